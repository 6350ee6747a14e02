/** What a target must be, and how each kind is called. EventBridge User Guide, Event bus targets in Amazon EventBridge. */
import type { Target as GivenTarget } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../../contract/arn.ts';
import { utf8Bytes } from '../../../contract/text.ts';
import type { Caller, Request } from '../../../engine/service.ts';
import { constraint, notModelled, validation } from '../errors.ts';
import { EVENTS_PRINCIPAL } from '../events.ts';
import { INPUT_MAX, NAME, RETRY } from '../limits.ts';
import type { Envelope, Flight, Target } from '../model.ts';
import { parsePath, readPath, valueAt } from './jsonPath.ts';

/** Which services are targets, and whether they are called with a role. */
const ROLE: Readonly<Record<string, boolean>> = {
  firehose: true,
  kinesis: true,
  sqs: false,
  sns: false,
  lambda: false,
  logs: false,
};

const OTHER_PARAMETERS = [
  'RunCommandParameters',
  'EcsParameters',
  'BatchParameters',
  'HttpParameters',
  'RedshiftDataParameters',
  'SageMakerPipelineParameters',
  'AppSyncParameters',
] as const;

/** Refuses, in this order: ARN, role, parameters, input, retries. */
export function readTarget(given: GivenTarget): Target {
  const { Id = '', Arn = '', RoleArn } = given;
  if (!NAME.test(Id))
    throw constraint(Id, 'targets.1.member.id', 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
  const service = serviceOf(Arn);
  checkRole(service, Arn, RoleArn);
  const other = OTHER_PARAMETERS.find((name) => given[name] !== undefined);
  if (other !== undefined) throw notModelled(other, `It is for targets that are not there; ${Id} is ${Arn}.`);
  const isFifo = service === 'sqs' && Arn.endsWith('.fifo');
  const group = given.SqsParameters?.MessageGroupId;
  if (isFifo && group === undefined) {
    throw validation(`Parameter(s) SqsParameters must be specified for target: ${Id}.`, {
      why: 'A FIFO queue needs a MessageGroupId: SqsParameters={MessageGroupId=orders}. It must deduplicate by content, too.',
    });
  }
  const partition = given.KinesisParameters?.PartitionKeyPath;
  if (partition !== undefined) readPath(partition, 'PartitionKeyPath');
  const inputs = readInputs(given);
  return Object.freeze({
    id: Id,
    arn: Arn,
    role: RoleArn ?? null,
    ...inputs,
    partitionKeyPath: partition ?? null,
    messageGroupId: group ?? null,
    deadLetter: readDeadLetter(given),
    retry: readRetry(given),
  });
}

function serviceOf(arn: string): string {
  const { service, resource } = parseArn(arn) ?? {};
  if (service === undefined) {
    throw validation(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if (ROLE[service] === undefined) {
    throw notModelled(
      `targets of the service ${service}`,
      'Targets here: Firehose, Kinesis, SQS, SNS, Lambda, CloudWatch Logs.',
    );
  }
  if (service === 'logs' && !resource!.startsWith('log-group:/aws/events/')) {
    // API Reference, PutTargets: names of such groups start with /aws/events.
    throw validation(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`, {
      why: 'The name of a log group that is a target begins with /aws/events/.',
    });
  }
  if (service === 'sns' && arn.endsWith('.fifo')) {
    // UNSURE: the sentence.
    throw validation(`Parameter ${arn} is not valid. Reason: FIFO topics are not supported as targets.`);
  }
  return service;
}

const ROLE_ARN = /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/u;

function checkRole(service: string, arn: string, role: string | undefined): void {
  if (ROLE[service] === true && role === undefined) {
    throw validation(`RoleArn is required for target ${arn}.`, {
      why: `EventBridge puts into ${service === 'firehose' ? 'a delivery stream' : 'a stream'} as a role; queues, topics and functions have a policy instead.`,
    });
  }
  // UNSURE: the sentence.
  if (ROLE[service] === false && role !== undefined) {
    throw validation(`RoleArn is not supported for target ${arn}.`, {
      why: `The policy of the resource must let ${EVENTS_PRINCIPAL} in.`,
    });
  }
  if (role !== undefined && !ROLE_ARN.test(role)) {
    throw validation(`Provided role '${role}' cannot be assumed by principal '${EVENTS_PRINCIPAL}'.`, {
      why: 'Any role of the account does: arn:aws:iam::000000000000:role/events.',
    });
  }
}

function readInputs(given: GivenTarget): Pick<Target, 'input' | 'inputPath' | 'transformer'> {
  const { Id, Input, InputPath, InputTransformer } = given;
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1) {
    throw validation(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined) {
    if (Input.length > INPUT_MAX)
      throw constraint(Input, 'targets.1.member.input', `have length less than or equal to ${INPUT_MAX}`);
    if (!isJson(Input))
      throw validation(`JSON syntax error in input for target ${Id}.`, {
        why: 'Input is JSON: \'{"kind":"tick"}\', or a text in quotes.',
      });
  }
  if (InputPath !== undefined) readPath(InputPath, 'InputPath');
  const paths = InputTransformer?.InputPathsMap ?? {};
  for (const path of Object.values(paths)) readPath(path, 'InputPathsMap');
  const template = InputTransformer?.InputTemplate;
  if (template !== undefined) checkTemplate(template, paths, Id!);
  return {
    input: Input ?? null,
    inputPath: InputPath ?? null,
    transformer:
      template === undefined ? null : Object.freeze({ paths: Object.freeze({ ...paths }), template }),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkTemplate(template: string, paths: Readonly<Record<string, string>>, id: string): void {
  for (const [, name = ''] of template.matchAll(/<([A-Za-z0-9_\-.]+)>/gu)) {
    if (Object.hasOwn(paths, name) || name.startsWith('aws.events.')) continue;
    // UNSURE: the sentence.
    throw validation(`InputTemplate for target ${id} contains invalid placeholder ${name}.`, {
      why: `InputPathsMap must name it: {"${name}":"$.detail.${name}"}.`,
    });
  }
}

function readDeadLetter({ DeadLetterConfig }: GivenTarget): string | null {
  const arn = DeadLetterConfig?.Arn;
  if (arn === undefined) return null;
  if (parseArn(arn)?.service !== 'sqs' || arn.endsWith('.fifo')) {
    // UNSURE: the sentence.
    throw validation(
      `Parameter ${arn} is not valid. Reason: The dead-letter queue must be a standard SQS queue.`,
    );
  }
  return arn;
}

function readRetry({ RetryPolicy }: GivenTarget): Target['retry'] {
  if (RetryPolicy === undefined) return null;
  const { MaximumRetryAttempts: attempts = RETRY.attempts, MaximumEventAgeInSeconds: age = RETRY.age } =
    RetryPolicy;
  if (attempts < 0 || attempts > RETRY.attempts) {
    throw constraint(
      String(attempts),
      'targets.1.member.retryPolicy.maximumRetryAttempts',
      `have value ${attempts < 0 ? 'greater than or equal to 0' : `less than or equal to ${RETRY.attempts}`}`,
    );
  }
  if (age < RETRY.ageMin || age > RETRY.age) {
    throw constraint(
      String(age),
      'targets.1.member.retryPolicy.maximumEventAgeInSeconds',
      `have value ${age < RETRY.ageMin ? `greater than or equal to ${RETRY.ageMin}` : `less than or equal to ${RETRY.age}`}`,
    );
  }
  return Object.freeze({ attempts, age });
}

/** `arn:aws:sqs:…` → the queue's URL. */
export function queueUrlOf(arn: string): string {
  const { region, account, resource } = parseArn(arn)!;
  return `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
}

/** As EventBridge itself: the policy of the resource is asked, with the rule as source. */
export const principal = (ruleArn: string): Caller => ({
  by: EVENTS_PRINCIPAL,
  account: parseArn(ruleArn)!.account,
  profile: EVENTS_PRINCIPAL,
  secure: true,
  sourceArn: ruleArn,
});

/** SIMPLER THAN AWS: a role may do what its account may. */
const roleCaller = (ruleArn: string): Caller => ({
  by: ruleArn.slice(ruleArn.lastIndexOf('/') + 1),
  account: parseArn(ruleArn)!.account,
  profile: 'default',
  secure: true,
});

function keyFor({ partitionKeyPath }: Target, event: Envelope): string {
  if (partitionKeyPath === null) return event.id;
  const value = valueAt(event, parsePath(partitionKeyPath) ?? []);
  if (value === undefined) return event.id;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The call that hands `text` to the target; undefined: a log group, which is written to. */
export function requestFor({ target, event, ruleArn }: Flight, text: string): Request | undefined {
  const { arn } = target;
  const { service = '', resource = '' } = parseArn(arn) ?? {};
  const name = resource.slice(resource.search(/[/:]/u) + 1);
  switch (service) {
    case 'firehose': {
      const input = { DeliveryStreamName: name, Record: { Data: utf8Bytes(text) } };
      return { service, operation: 'PutRecord', input, caller: roleCaller(ruleArn) };
    }
    case 'kinesis': {
      const input = { StreamARN: arn, Data: utf8Bytes(text), PartitionKey: keyFor(target, event) };
      return { service, operation: 'PutRecord', input, caller: roleCaller(ruleArn) };
    }
    case 'sqs': {
      const group = target.messageGroupId === null ? {} : { MessageGroupId: target.messageGroupId };
      const input = { QueueUrl: queueUrlOf(arn), MessageBody: text, ...group };
      return { service, operation: 'SendMessage', input, caller: principal(ruleArn) };
    }
    case 'sns': {
      const input = { TopicArn: arn, Message: text };
      return { service, operation: 'Publish', input, caller: principal(ruleArn) };
    }
    case 'lambda': {
      const input = { FunctionName: arn, InvocationType: 'Event', Payload: utf8Bytes(text) };
      return { service, operation: 'Invoke', input, caller: principal(ruleArn) };
    }
    default:
      return undefined;
  }
}
