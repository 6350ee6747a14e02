/** RedrivePolicy and RedriveAllowPolicy: JSON texts on a queue, read once. */
import { parseArn } from '../../../contract/arn.ts';
import { invalidAttributeValue, invalidValue } from '../errors.ts';
import { MAX_RECEIVE_COUNT_RANGE, SOURCE_QUEUES_ALLOWED_MAX } from '../limits.ts';
import type { Queue, RedriveAllowPolicy, RedrivePolicy, SqsState } from '../model.ts';

/** Who is about to get the policy: the queue may not be there yet. */
export interface PolicyOwner {
  readonly key: string;
  readonly account: string;
  readonly arn: string;
  readonly fifo: boolean;
}

export function parseRedrivePolicy(state: SqsState, owner: PolicyOwner, text: string): RedrivePolicy {
  const refuse = (reason: string, why?: string): Error =>
    invalidValue(text, 'RedrivePolicy', reason, why === undefined ? {} : { why });
  const given = jsonObject(text);
  if (given === undefined) {
    throw invalidAttributeValue(
      'Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.',
    );
  }
  for (const name of ['maxReceiveCount', 'deadLetterTargetArn']) {
    if (given[name] === undefined) {
      throw refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
    }
  }
  const { min, max } = MAX_RECEIVE_COUNT_RANGE;
  const count = Number(given.maxReceiveCount);
  if (!Number.isInteger(count) || count < min || count > max || given.maxReceiveCount === '') {
    throw refuse(
      `Invalid value for maxReceiveCount: ${String(given.maxReceiveCount)}, valid values are from ${min} to ${max} both inclusive.`,
    );
  }
  if (Object.keys(given).length > 2) {
    throw refuse('Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].');
  }
  const policy = Object.freeze({
    deadLetterTargetArn: String(given.deadLetterTargetArn),
    maxReceiveCount: count,
  });
  checkTarget(state, owner, policy, refuse);
  return policy;
}

/** SQS Developer Guide, Dead-letter queues: same type, same account, same region. */
function checkTarget(
  state: SqsState,
  owner: PolicyOwner,
  { deadLetterTargetArn }: RedrivePolicy,
  refuse: (reason: string, why?: string) => Error,
): void {
  const arn = parseArn(deadLetterTargetArn);
  if (arn === undefined) throw refuse('Dead-letter target ARN should be fully qualified ARN.');
  if (arn.account !== owner.account) {
    throw refuse('Dead-letter target owner should be same as the source.');
  }
  const target = queueByArn(state, deadLetterTargetArn);
  if (target === undefined) throw refuse('Dead letter target does not exist.');
  if (target.key === owner.key) {
    // UNSURE: the sentence for a queue that names itself.
    throw refuse('Dead-letter queue must be a different queue than the source.');
  }
  if (target.fifo !== owner.fifo) {
    // The second full stop is AWS's own.
    throw refuse(
      'Dead-letter queue must be same type of queue as the source..',
      `The source is a ${typeName(owner.fifo)} queue, ${target.name} a ${typeName(target.fifo)} queue.`,
    );
  }
  const allow = target.settings.RedriveAllowPolicy?.policy;
  if (allow !== undefined && !allows(allow, owner.arn)) {
    // UNSURE: the sentence when the target's RedriveAllowPolicy leaves the source out.
    throw refuse(
      'The dead-letter queue does not allow this queue to use it as a dead-letter queue.',
      `RedriveAllowPolicy of ${target.name} says ${allow.redrivePermission}.`,
    );
  }
}

const typeName = (fifo: boolean): string => (fifo ? 'FIFO' : 'standard');

const allows = (policy: RedriveAllowPolicy, sourceArn: string): boolean =>
  policy.redrivePermission === 'allowAll' ||
  (policy.redrivePermission === 'byQueue' && policy.sourceQueueArns.includes(sourceArn));

const FORMAT =
  "Invalid value for the parameter RedriveAllowPolicy. Reason: Amazon SQS can't create the redrive allow policy, as it’s in an unsupported format.";
const CANNOT = "Amazon SQS can't create the redrive allow policy.";

export function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const given = jsonObject(text);
  const permission = given?.redrivePermission;
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue') {
    throw invalidAttributeValue(FORMAT);
  }
  const arns = given?.sourceQueueArns;
  if (arns !== undefined && !(Array.isArray(arns) && arns.every((arn) => typeof arn === 'string'))) {
    throw invalidAttributeValue(FORMAT);
  }
  const refuse = (reason: string): Error => invalidValue(text, 'RedriveAllowPolicy', `${CANNOT} ${reason}`);
  if (permission !== 'byQueue' && arns !== undefined) {
    throw refuse('To specify one or more source queue ARNs, you must set redrivePermission to byQueue.');
  }
  if (permission === 'byQueue' && (arns === undefined || arns.length === 0)) {
    throw refuse(
      'When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.',
    );
  }
  if (arns !== undefined && arns.length > SOURCE_QUEUES_ALLOWED_MAX) {
    throw refuse(`The maximum number of source queue ARNs you can specify is ${SOURCE_QUEUES_ALLOWED_MAX}.`);
  }
  return Object.freeze({
    redrivePermission: permission,
    sourceQueueArns: Object.freeze((arns ?? []) as string[]),
  });
}

/** Undefined: no queue of this region and its accounts has this ARN. */
export function queueByArn(state: SqsState, text: string): Queue | undefined {
  const arn = parseArn(text);
  if (arn === undefined || arn.service !== 'sqs' || arn.region !== state.region) return undefined;
  return state.queues.get(`${arn.account}/${arn.resource}`);
}

/** The queues whose RedrivePolicy names `target`, in order of creation. */
export const sourcesOf = (state: SqsState, target: Queue): Queue[] =>
  [...state.queues.values()].filter(
    (queue) => queue.settings.RedrivePolicy?.policy.deadLetterTargetArn === target.arn,
  );

export function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Not JSON: the caller refuses it in AWS's words.
    return undefined;
  }
}
