/** Quotas and defaults of SQS, with unit and the AWS page they stand on. */
import type { LimitsProfile } from '../../contract/world.ts';
import {
  type Bytes,
  bytes,
  type Milliseconds,
  milliseconds,
  type Seconds,
  seconds,
} from '../../engine/units.ts';

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** SQS API Reference, CreateQueue and SetQueueAttributes: attributes that are numbers. */
export const ATTRIBUTE_RANGES = {
  VisibilityTimeout: { min: 0, max: 43_200, default: 30 },
  DelaySeconds: { min: 0, max: 900, default: 0 },
  MessageRetentionPeriod: { min: 60, max: 1_209_600, default: 345_600 },
  MaximumMessageSize: { min: 1_024, max: 1_048_576, default: 1_048_576 },
  ReceiveMessageWaitTimeSeconds: { min: 0, max: 20, default: 0 },
  KmsDataKeyReusePeriodSeconds: { min: 60, max: 86_400, default: 300 },
} as const satisfies Record<string, NumberRange>;

export const VISIBILITY_SECONDS_MAX: Seconds = seconds(43_200);
export const DELAY_SECONDS_MAX: Seconds = seconds(900);
export const WAIT_SECONDS_MAX: Seconds = seconds(20);
export const RECEIVE_COUNT_MAX = 10;
export const BATCH_ENTRIES_MAX = 10;
/** SQS Developer Guide, Amazon SQS dead-letter queues. */
export const MAX_RECEIVE_COUNT_RANGE = { min: 1, max: 1_000 } as const;
export const SOURCE_QUEUES_ALLOWED_MAX = 10;
/** SQS Developer Guide, Amazon SQS message quotas: "Message attributes". */
export const MESSAGE_ATTRIBUTES_MAX = 10;
export const ATTRIBUTE_NAME_LENGTH_MAX = 256;
/** SQS API Reference, AddPermission; Developer Guide, Amazon SQS policy quotas. */
export const LABEL_LENGTH_MAX = 80;
export const ACTIONS_MAX = 7;
export const POLICY_BYTES_MAX: Bytes = bytes(8_192);
export const POLICY_STATEMENTS_MAX = 20;
export const POLICY_PRINCIPALS_MAX = 50;
export const POLICY_CONDITIONS_MAX = 10;
/** Of one statement. */
export const POLICY_ACTIONS_MAX = 7;
/** SQS API Reference, ListQueues; StartMessageMoveTask; ListMessageMoveTasks. */
export const LIST_RESULTS_MAX = 1_000;
export const MOVE_RATE_MAX = 500;
export const MOVE_TASKS_LISTED_MAX = 10;
/** The rate we choose when StartMessageMoveTask names none: messages a second. SIMPLER THAN AWS: it adapts its rate. */
export const MOVE_RATE_DEFAULT = 100;
/** Tasks remembered for each source queue. */
export const MOVE_TASKS_KEPT = 10;

/** SQS Developer Guide, Exactly-once processing in Amazon SQS: also how long a receive attempt id holds. */
export const DEDUPLICATION_WINDOW: Milliseconds = milliseconds(300_000);
/** SQS API Reference, DeleteQueue and PurgeQueue. */
export const NAME_REUSE_WAIT: Milliseconds = milliseconds(60_000);
export const PURGE_WAIT: Milliseconds = milliseconds(60_000);
/** SQS Developer Guide, Amazon SQS message quotas: "In-flight messages", of standard and of FIFO queues. */
const IN_FLIGHT_MAX = 120_000;
/** `scaled` worlds hold a thousandth of it. */
export const inFlightMax = (profile: LimitsProfile): number =>
  profile === 'scaled' ? IN_FLIGHT_MAX / 1_000 : IN_FLIGHT_MAX;

/** SQS Developer Guide, Amazon SQS message quotas: FIFO calls a second for each action, and for each partition. */
const FIFO_CALLS_MAX = 300;
/** The same, high throughput for FIFO queues: by Region. UNSURE: the figures below 19,000. */
const HIGH_THROUGHPUT_CALLS_MAX: Readonly<Record<string, number>> = {
  'us-east-1': 70_000,
  'us-west-2': 70_000,
  'eu-west-1': 70_000,
  'us-east-2': 19_000,
  'eu-central-1': 19_000,
  'ap-south-1': 9_000,
  'ap-southeast-1': 9_000,
  'ap-southeast-2': 9_000,
  'ap-northeast-1': 9_000,
  'eu-west-2': 4_500,
  'sa-east-1': 4_500,
};
const HIGH_THROUGHPUT_CALLS_ELSEWHERE = 2_400;

/** `scaled` worlds meter a hundredth. */
const scaledCalls = (profile: LimitsProfile, calls: number): number =>
  profile === 'scaled' ? calls / 100 : calls;

export const fifoCallsMax = (profile: LimitsProfile): number => scaledCalls(profile, FIFO_CALLS_MAX);

export const highThroughputCallsMax = (profile: LimitsProfile, region: string): number =>
  scaledCalls(profile, HIGH_THROUGHPUT_CALLS_MAX[region] ?? HIGH_THROUGHPUT_CALLS_ELSEWHERE);

/** Messages that one receive moves to the dead-letter queue at most. */
export const DEAD_LETTERS_AT_ONCE_MAX = 4_096;

/** Messages that one slice of the store's due work touches. */
export const STORE_SLICE = 4_096;

export interface SizeLimits {
  /** Largest and default MaximumMessageSize. */
  readonly messageBytesMax: Bytes;
  readonly batchBytesMax: Bytes;
}

/** SQS Developer Guide, Amazon SQS message quotas. The study guide's figures are those before August 2025. */
const SIZES = {
  current: { messageBytesMax: bytes(1_048_576), batchBytesMax: bytes(1_048_576) },
  scaled: { messageBytesMax: bytes(1_048_576), batchBytesMax: bytes(1_048_576) },
  'study-guide': { messageBytesMax: bytes(262_144), batchBytesMax: bytes(262_144) },
} as const satisfies Record<LimitsProfile, SizeLimits>;

export const sizeLimits = (profile: LimitsProfile): SizeLimits => SIZES[profile];
