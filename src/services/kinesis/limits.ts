/** Quotas and defaults of Kinesis Data Streams, with the title of the AWS page that states them. */
import type { ShardLimits } from '../../contract/shards.ts';
import type { LimitsProfile } from '../../contract/world.ts';
import { type Bytes, bytes, type Milliseconds, milliseconds } from '../../engine/units.ts';

const MIB = 1_048_576;
const HOUR_MS = 3_600_000;
export const DAY: Milliseconds = milliseconds(24 * HOUR_MS);

/** How long a change of a stream takes. UNSURE: there, seconds to minutes. */
export const CREATING: Milliseconds = milliseconds(3_000);
export const UPDATING: Milliseconds = milliseconds(2_000);
export const DELETING: Milliseconds = milliseconds(3_000);
export const CONSUMER_CREATING: Milliseconds = milliseconds(2_000);
export const CONSUMER_DELETING: Milliseconds = milliseconds(1_000);

/** Amazon Kinesis Data Streams API Reference, CreateStream: a stream on demand begins with four shards. */
export const ON_DEMAND_SHARDS = 4;
export const SHARDS_OF_STREAM_MAX = 10_000;
/** Kinesis Developer Guide, Quotas and limits: shards of an account, by Region; elsewhere 1,000. */
export const shardsMax = (region: string): number =>
  ['us-east-1', 'us-west-2', 'eu-west-1'].includes(region) ? 20_000 : 1_000;
export const ON_DEMAND_STREAMS_MAX = 50;
export const CREATING_MAX = 5;

export const RETENTION_HOURS = { min: 24, max: 8_760, default: 24 } as const;
export const RECORD_KIB = { min: 1_024, max: 10_240, default: 1_024 } as const;
export const RECORDS_OF_PUT_MAX = 500;
export const PARTITION_KEY_MAX = 256;
export const TAGS_MAX = 50;
export const CONSUMERS_MAX = 20;
export const CONSUMERS_CREATING_MAX = 5;
export const KEY_CHANGES_MAX = 25;
/** UpdateStreamMode: "You can switch between on-demand and provisioned modes twice in a 24-hour period". */
export const MODE_CHANGES_MAX = 2;
/** UpdateShardCount: "Scale more than ten times per rolling 24-hour period per stream". */
export const COUNT_CHANGES_MAX = 10;
export const POLICY_BYTES_MAX = 20_480;

/** GetRecords: "ten megabytes of data", 10,000 records; a reader's meter is two megabytes and five calls a second. */
export const ANSWER_BYTES_MAX: Bytes = bytes(10 * MIB);
export const ANSWER_RECORDS_MAX = 10_000;
export const ITERATOR_LIFE: Milliseconds = milliseconds(300_000);
export const TOKEN_LIFE: Milliseconds = milliseconds(300_000);
export const ITERATORS_PER_SECOND = 5;

/** SubscribeToShard: "5 minutes", again only after five seconds. Developer Guide: about 70 ms from put to push. */
export const SUBSCRIPTION_LIFE: Milliseconds = milliseconds(300_000);
export const SUBSCRIPTION_TAKEOVER: Milliseconds = milliseconds(5_000);
export const PUSH_DELAY: Milliseconds = milliseconds(70);
export const PUSH_BYTES_PER_SECOND: Bytes = bytes(2 * MIB);

export type { ShardLimits };

const SHARD: ShardLimits = { records: 1_000, bytes: bytes(MIB), calls: 5, bytesOut: bytes(2 * MIB) };
/** Scaled: a hundredth. The calls stay: five a second can be seen. */
const SCALED: ShardLimits = {
  records: 10,
  bytes: bytes(Math.floor(MIB / 100)),
  calls: 5,
  bytesOut: bytes(Math.floor((2 * MIB) / 100)),
};

export const shardLimits = (limits: LimitsProfile): ShardLimits => (limits === 'scaled' ? SCALED : SHARD);

/** PutRecords: ten megabytes a request with the keys; five in the figures of the exam course. */
export const putBytesMax = (limits: LimitsProfile): Bytes =>
  bytes(limits === 'study-guide' ? 5 * MIB : 10 * MIB);

/** A stream with large records has a tank: Developer Guide, Handle large records. */
export const BURST_BYTES: Bytes = bytes(10 * MIB);

/** Developer Guide, On-demand mode: what a new stream takes, a shard that is split, and how long a peak counts. */
export const ON_DEMAND = {
  shards: 4,
  splitBytes: 500_000,
  splitRecords: 500,
  window: milliseconds(15 * 60_000),
  memory: milliseconds(30 * 24 * HOUR_MS),
} as const;
