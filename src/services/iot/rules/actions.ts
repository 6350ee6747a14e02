/** What a rule can do with a message: which actions there are, and the call that each makes. */
import type { Action } from '@aws-sdk/client-iot';
import { parseArn } from '../../../contract/arn.ts';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64 } from '../../../engine/plainJson.ts';
import type { Caller, Request } from '../../../engine/service.ts';
import { invalid, notModelled } from '../errors.ts';
import { IOT_PRINCIPAL } from '../events.ts';
import type { Flight } from '../model.ts';
import type { Surroundings } from './sqlFunctions.ts';
import { checkTemplate, filled } from './template.ts';

export type ActionName =
  | 'firehose'
  | 'kinesis'
  | 'sqs'
  | 'sns'
  | 's3'
  | 'lambda'
  | 'cloudwatchLogs'
  | 'republish';

/** What each needs, and what of it may be a template. */
const NEEDS: Readonly<Record<ActionName, readonly string[]>> = {
  firehose: ['roleArn', 'deliveryStreamName'],
  kinesis: ['roleArn', 'streamName'],
  sqs: ['roleArn', 'queueUrl'],
  sns: ['roleArn', 'targetArn'],
  s3: ['roleArn', 'bucketName', 'key'],
  lambda: ['functionArn'],
  cloudwatchLogs: ['roleArn', 'logGroupName'],
  republish: ['roleArn', 'topic'],
};
const TEMPLATES = [
  'deliveryStreamName',
  'streamName',
  'partitionKey',
  'key',
  'bucketName',
  'topic',
  'targetArn',
];
const REFUSED: Readonly<Record<string, string>> = {
  batchMode: 'each message is handed on alone',
  cannedAcl: 'objects have no access control lists here',
  headers: 'headers of MQTT 5',
};
const ROLE = /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/u;

type Fields = Readonly<Record<string, unknown>>;

/** The one member of an action. */
export function partOf(action: Action): { readonly name: ActionName; readonly fields: Fields } {
  const [name, fields] = Object.entries(action).find(([, value]) => value !== undefined)!;
  return { name: name as ActionName, fields: fields as Fields };
}

/** Refuses what is no action, or is not modelled; answers it frozen. */
export function readAction(action: Action, where: string): Action {
  const given = Object.entries(action).filter(([, value]) => value !== undefined);
  if (given.length !== 1) throw invalid(`Exactly one action type must be specified at ${where}`);
  const [name, value] = given[0]!;
  const needs = NEEDS[name as ActionName];
  if (needs === undefined) {
    throw notModelled(`the action ${name}`, `Actions here: ${Object.keys(NEEDS).join(', ')}.`);
  }
  const fields = value as Fields;
  const lacking = needs.find((member) => typeof fields[member] !== 'string' || fields[member] === '');
  if (lacking !== undefined) {
    throw invalid(
      `1 validation error detected: Value null at '${where}.${name}.${lacking}' failed to satisfy constraint: Member must not be null`,
      lacking === 'roleArn'
        ? 'AWS IoT acts as a role: roleArn=arn:aws:iam::000000000000:role/iot.'
        : undefined,
    );
  }
  const refused = Object.keys(REFUSED).find(
    (member) => fields[member] !== undefined && fields[member] !== false,
  );
  if (refused !== undefined) throw notModelled(`${name}.${refused}`, REFUSED[refused]!);
  if (needs.includes('roleArn') && !ROLE.test(String(fields.roleArn))) {
    throw invalid(
      `Invalid role ARN: ${String(fields.roleArn)}`,
      'A role: arn:aws:iam::000000000000:role/iot.',
    );
  }
  for (const member of TEMPLATES) checkTemplate(fields[member] as string | undefined);
  return Object.freeze({ [name]: Object.freeze({ ...fields }) }) as unknown as Action;
}

/** SIMPLER THAN AWS: a role may do what its account may. */
const roleCaller = (ruleArn: string): Caller => ({
  by: ruleArn.slice(ruleArn.lastIndexOf('/') + 1),
  account: parseArn(ruleArn)!.account,
  profile: 'default',
  secure: true,
});

const principal = (ruleArn: string): Caller => ({
  by: IOT_PRINCIPAL,
  account: parseArn(ruleArn)!.account,
  profile: IOT_PRINCIPAL,
  secure: true,
  sourceArn: ruleArn,
});

/** Texts of a message that is none become base64. */
const textOf = (data: Uint8Array): string => utf8Text(data) ?? base64(data);

export type Deed =
  | { readonly type: 'call'; readonly request: Request }
  | { readonly type: 'log'; readonly group: string; readonly text: string }
  | { readonly type: 'republish'; readonly topic: string };

type Writer = (fields: (name: string) => string, flight: Flight, given: Fields) => Deed;

const call = (service: string, operation: string, input: object, caller: Caller): Deed => ({
  type: 'call',
  request: { service, operation, input, caller },
});

const WRITERS: Readonly<Record<ActionName, Writer>> = {
  firehose: (of, { data, ruleArn }, { separator }) => {
    const end = utf8Bytes(typeof separator === 'string' ? separator : '');
    const Data = new Uint8Array(data.length + end.length);
    Data.set(data);
    Data.set(end, data.length);
    const input = { DeliveryStreamName: of('deliveryStreamName'), Record: { Data } };
    return call('firehose', 'PutRecord', input, roleCaller(ruleArn));
  },
  // AWS IoT Core Developer Guide, Kinesis Data Streams action: without a partition key all go to one shard.
  kinesis: (of, { data, ruleArn }, { partitionKey }) =>
    call(
      'kinesis',
      'PutRecord',
      {
        StreamName: of('streamName'),
        Data: data,
        PartitionKey: partitionKey === undefined ? 'iot' : of('partitionKey') || 'iot',
      },
      roleCaller(ruleArn),
    ),
  sqs: (of, { data, ruleArn }, { useBase64 }) =>
    call(
      'sqs',
      'SendMessage',
      { QueueUrl: of('queueUrl'), MessageBody: useBase64 === true ? base64(data) : textOf(data) },
      roleCaller(ruleArn),
    ),
  sns: (of, { data, ruleArn }, { messageFormat }) =>
    call(
      'sns',
      'Publish',
      {
        TopicArn: of('targetArn'),
        Message: textOf(data),
        ...(messageFormat === 'JSON' && { MessageStructure: 'json' }),
      },
      roleCaller(ruleArn),
    ),
  s3: (of, { data, ruleArn }) =>
    call('s3', 'PutObject', { Bucket: of('bucketName'), Key: of('key'), Body: data }, roleCaller(ruleArn)),
  lambda: (of, { data, ruleArn }) =>
    call(
      'lambda',
      'Invoke',
      { FunctionName: of('functionArn'), InvocationType: 'Event', Payload: data },
      principal(ruleArn),
    ),
  cloudwatchLogs: (of, { data }) => ({ type: 'log', group: of('logGroupName'), text: textOf(data) }),
  republish: (of) => ({ type: 'republish', topic: of('topic') }),
};

export function deedOf(flight: Flight, around: Surroundings): Deed {
  const { name, fields } = partOf(flight.action);
  const of = (member: string): string => filled(String(fields[member] ?? ''), flight.message.payload, around);
  return WRITERS[name](of, flight, fields);
}

const PLACES: Readonly<Record<ActionName, string>> = {
  firehose: 'deliveryStreamName',
  kinesis: 'streamName',
  sqs: 'queueUrl',
  sns: 'targetArn',
  s3: 'bucketName',
  lambda: 'functionArn',
  cloudwatchLogs: 'logGroupName',
  republish: 'topic',
};

/** What it is done to, as it is written in the rule. */
export function placeOf(action: Action): string {
  const { name, fields } = partOf(action);
  return String(fields[PLACES[name]] ?? '');
}
