/**
 * A queue's attributes: from the texts of a request to values, and back to texts.
 *
 * SIMPLER THAN AWS: a change holds at once; there it takes up to 60 seconds, for MessageRetentionPeriod 15 minutes.
 * SIMPLER THAN AWS: a new DelaySeconds of a FIFO queue does not reach the messages that already wait in it.
 */
import { bytes, seconds } from '../../../engine/units.ts';
import { invalidAttributeName, invalidAttributeValue, unknownAttribute } from '../errors.ts';
import { ATTRIBUTE_RANGES, sizeLimits } from '../limits.ts';
import type { QueueSettings, SqsState } from '../model.ts';
import { parseQueuePolicy } from './queuePolicy.ts';
import { type PolicyOwner, parseRedriveAllowPolicy, parseRedrivePolicy } from './redrivePolicy.ts';

export type AttributeMap = Readonly<Partial<Record<string, string>>>;
type Changes = { -readonly [Name in keyof QueueSettings]?: QueueSettings[Name] | undefined };

export const defaultSettings = (state: SqsState): QueueSettings =>
  Object.freeze({
    VisibilityTimeout: seconds(ATTRIBUTE_RANGES.VisibilityTimeout.default),
    DelaySeconds: seconds(ATTRIBUTE_RANGES.DelaySeconds.default),
    MessageRetentionPeriod: seconds(ATTRIBUTE_RANGES.MessageRetentionPeriod.default),
    MaximumMessageSize: sizeLimits(state.limits).messageBytesMax,
    ReceiveMessageWaitTimeSeconds: seconds(ATTRIBUTE_RANGES.ReceiveMessageWaitTimeSeconds.default),
    KmsDataKeyReusePeriodSeconds: seconds(ATTRIBUTE_RANGES.KmsDataKeyReusePeriodSeconds.default),
    SqsManagedSseEnabled: true,
    ContentBasedDeduplication: false,
    DeduplicationScope: 'queue',
    FifoThroughputLimit: 'perQueue',
  });

/** The settings after the given attributes are set. Refuses the first that cannot be; changes nothing. */
export function withAttributes(
  state: SqsState,
  owner: PolicyOwner,
  settings: QueueSettings,
  given: AttributeMap,
): QueueSettings {
  if (isTrue(given.SqsManagedSseEnabled) && given.KmsMasterKeyId) {
    throw invalidAttributeName(
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  const changes: Changes = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) readAttribute(state, owner, name, value, changes);
  }
  const result = { ...settings, ...changes };
  if (result.FifoThroughputLimit === 'perMessageGroupId' && result.DeduplicationScope !== 'messageGroup') {
    // UNSURE: the sentence. SQS API Reference, SetQueueAttributes: allowed only when the scope is messageGroup.
    throw invalidAttributeValue('Invalid value for the parameter FifoThroughputLimit.', {
      why: 'perMessageGroupId needs DeduplicationScope messageGroup; it is queue.',
    });
  }
  for (const name of Object.keys(result) as (keyof QueueSettings)[]) {
    if (result[name] === undefined) delete result[name];
  }
  return Object.freeze(result) as QueueSettings;
}

function readAttribute(
  state: SqsState,
  owner: PolicyOwner,
  name: string,
  value: string,
  changes: Changes,
): void {
  switch (name) {
    case 'VisibilityTimeout':
    case 'DelaySeconds':
    case 'MessageRetentionPeriod':
    case 'ReceiveMessageWaitTimeSeconds':
    case 'KmsDataKeyReusePeriodSeconds':
      changes[name] = seconds(number(name, value, ATTRIBUTE_RANGES[name].max));
      return;
    case 'MaximumMessageSize':
      changes[name] = bytes(number(name, value, sizeLimits(state.limits).messageBytesMax));
      return;
    case 'Policy':
      changes[name] =
        value === '' ? undefined : Object.freeze({ text: value, policy: parseQueuePolicy(value) });
      return;
    case 'RedrivePolicy':
      changes[name] =
        value === ''
          ? undefined
          : Object.freeze({ text: value, policy: parseRedrivePolicy(state, owner, value) });
      return;
    case 'RedriveAllowPolicy':
      changes[name] =
        value === '' ? undefined : Object.freeze({ text: value, policy: parseRedriveAllowPolicy(value) });
      return;
    case 'KmsMasterKeyId':
      changes[name] = value === '' ? undefined : value;
      if (value !== '') changes.SqsManagedSseEnabled = false;
      return;
    case 'SqsManagedSseEnabled':
      changes[name] = flag(name, value);
      if (isTrue(value)) changes.KmsMasterKeyId = undefined;
      return;
    default:
      readFifoAttribute(owner, name, value, changes);
  }
}

function readFifoAttribute(owner: PolicyOwner, name: string, value: string, changes: Changes): void {
  switch (name) {
    case 'FifoQueue':
      // The type of a queue is decided when it is made.
      return;
    case 'ContentBasedDeduplication':
      if (!owner.fifo) throw unknownAttribute(name);
      changes[name] = flag(name, value);
      return;
    case 'DeduplicationScope':
    case 'FifoThroughputLimit':
      if (!owner.fifo) {
        throw invalidAttributeName(`You can specify the ${name} only when FifoQueue is set to true.`);
      }
      if (name === 'DeduplicationScope' && (value === 'queue' || value === 'messageGroup')) {
        changes.DeduplicationScope = value;
      } else if (name === 'FifoThroughputLimit' && (value === 'perQueue' || value === 'perMessageGroupId')) {
        changes.FifoThroughputLimit = value;
      } else throw invalidAttributeValue(`Invalid value for the parameter ${name}.`);
      return;
    default:
      // Unknown names, and those that can only be read.
      throw unknownAttribute(name);
  }
}

function number(name: keyof typeof ATTRIBUTE_RANGES, value: string, max: number): number {
  const { min } = ATTRIBUTE_RANGES[name];
  const result = Number(value);
  if (!/^\d{1,10}$/.test(value) || result < min || result > max) {
    throw invalidAttributeValue(`Invalid value for the parameter ${name}.`, {
      why: `${name} is a whole number from ${min} to ${max}; given was ${value === '' ? 'nothing' : value}.`,
    });
  }
  return result;
}

function flag(name: string, value: string): boolean {
  if (!isTrue(value) && value.toLowerCase() !== 'false') {
    throw invalidAttributeValue(`Invalid value for the parameter ${name}.`);
  }
  return isTrue(value);
}

/** Recorded: `True` is taken as `true` is. */
export const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true';
