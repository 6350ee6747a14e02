/** What GetQueueAttributes shows of a queue, in the order in which AWS writes it. */
import type { Instant } from '../../../engine/units.ts';
import { ATTRIBUTE_RANGES } from '../limits.ts';
import { type Queue, type SqsState, utc } from '../model.ts';

type Read = (queue: Queue, state: SqsState) => string | number | undefined;

const epochSeconds = (state: SqsState, at: Instant): number => Math.floor(utc(state, at) / 1000);

const READ = {
  QueueArn: (queue) => queue.arn,
  ApproximateNumberOfMessages: (queue, { store }) => store.counts(queue.row).visible,
  ApproximateNumberOfMessagesNotVisible: (queue, { store }) => store.counts(queue.row).inFlight,
  ApproximateNumberOfMessagesDelayed: (queue, { store }) => store.counts(queue.row).delayed,
  CreatedTimestamp: (queue, state) => epochSeconds(state, queue.created),
  LastModifiedTimestamp: (queue, state) => epochSeconds(state, queue.modified),
  VisibilityTimeout: ({ settings }) => settings.VisibilityTimeout,
  MaximumMessageSize: ({ settings }) => settings.MaximumMessageSize,
  MessageRetentionPeriod: ({ settings }) => settings.MessageRetentionPeriod,
  DelaySeconds: ({ settings }) => settings.DelaySeconds,
  ReceiveMessageWaitTimeSeconds: ({ settings }) => settings.ReceiveMessageWaitTimeSeconds,
  Policy: ({ settings }) => settings.Policy?.text,
  RedrivePolicy: ({ settings }) => settings.RedrivePolicy?.text,
  RedriveAllowPolicy: ({ settings }) => settings.RedriveAllowPolicy?.text,
  KmsMasterKeyId: ({ settings }) => settings.KmsMasterKeyId,
  KmsDataKeyReusePeriodSeconds: ({ settings }) =>
    settings.KmsDataKeyReusePeriodSeconds === ATTRIBUTE_RANGES.KmsDataKeyReusePeriodSeconds.default
      ? undefined
      : settings.KmsDataKeyReusePeriodSeconds,
  SqsManagedSseEnabled: ({ settings }) => flag(settings.SqsManagedSseEnabled),
  FifoQueue: ({ fifo }) => (fifo ? 'true' : undefined),
  ContentBasedDeduplication: ({ fifo, settings }) =>
    fifo ? flag(settings.ContentBasedDeduplication) : undefined,
  DeduplicationScope: ({ fifo, settings }) => (fifo ? settings.DeduplicationScope : undefined),
  FifoThroughputLimit: ({ fifo, settings }) => (fifo ? settings.FifoThroughputLimit : undefined),
} satisfies Record<string, Read>;

const flag = (value: boolean | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

export type AttributeName = keyof typeof READ;

export const ATTRIBUTE_NAMES = Object.keys(READ) as readonly AttributeName[];

export const isAttributeName = (name: string): name is AttributeName => Object.hasOwn(READ, name);

/** Numbers as numbers, policies as the texts that were given; undefined: the queue has no such attribute. */
export const attributeValue = (
  state: SqsState,
  queue: Queue,
  name: AttributeName,
): string | number | undefined => (READ[name] as Read)(queue, state);
