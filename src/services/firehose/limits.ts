/** Quotas and defaults of Firehose, with the title of the AWS page that states them. */
import type { LimitsProfile } from '../../contract/world.ts';
import { type Bytes, bytes, type Milliseconds, milliseconds } from '../../engine/units.ts';

export const MEGABYTE = 1_048_576;
/** Firehose API Reference, Record: before base64. */
export const RECORD_BYTES_MAX = 1_024_000;
/** Firehose API Reference, PutRecordBatch. */
export const BATCH_RECORDS_MAX = 500;
export const BATCH_BYTES_MAX = 4 * MEGABYTE;
export const TAGS_MAX = 50;
/** UNSURE: how long a stream takes to be made, deleted, encrypted; the guide says "a few minutes" at most. */
export const CREATING: readonly [Milliseconds, Milliseconds] = [milliseconds(10_000), milliseconds(20_000)];
export const CHANGING = milliseconds(5_000);
/** Firehose Developer Guide, Understand buffering hints: zero buffering delivers within seconds. UNSURE: one second. */
export const ZERO_BUFFERING_WAIT = milliseconds(1_000);
/** Firehose Developer Guide, Handle data delivery failures: S3 is tried for 24 hours. */
export const S3_RETRY: Milliseconds = milliseconds(24 * 3_600_000);
/** UNSURE: the waits between attempts; they double from the first to the last. */
export const BACKOFF: { readonly first: number; readonly last: number } = { first: 5_000, last: 300_000 };
export const ENDPOINT_BACKOFF: typeof BACKOFF = { first: 1_000, last: 120_000 };
export const LAMBDA_RETRY_WAIT = milliseconds(1_000);
/** Firehose Developer Guide, HTTP endpoint delivery request and response specifications: three minutes. */
export const ANSWER_WAIT: Milliseconds = milliseconds(180_000);
/** Firehose Developer Guide, Dynamic partitioning: active partitions of a stream. */
export const ACTIVE_PARTITIONS_MAX = 500;
/** Firehose Developer Guide, Create a Firehose stream from a Kinesis stream: GetRecords once a second and shard. */
export const SOURCE_POLL: Milliseconds = milliseconds(1_000);
export const SOURCE_LIMIT = 10_000;
/** Firehose Developer Guide, Custom prefixes: a prefix after evaluation. UNSURE: whether it is checked before. */
export const PREFIX_LENGTH_MAX = 1_024;
/** What screens remember of a stream. */
export const WRITTEN_KEPT = 20;
export const LOG_KEPT = 20;

export interface Quotas {
  readonly streams: number;
  readonly records: number;
  readonly requests: number;
  readonly bytes: Bytes;
}

/** Firehose Developer Guide, Quota: per stream and second, PutRecord and PutRecordBatch together. */
const LARGE: Quotas = { streams: 5_000, records: 500_000, requests: 2_000, bytes: bytes(5 * MEGABYTE) };
const SMALL: Quotas = { streams: 5_000, records: 100_000, requests: 1_000, bytes: bytes(MEGABYTE) };
const SCALED: Quotas = { streams: 5, records: 5_000, requests: 20, bytes: bytes(52_428) };
const LARGE_REGIONS: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1'];

export const quotas = (profile: LimitsProfile, region: string): Quotas =>
  profile === 'scaled' ? SCALED : LARGE_REGIONS.includes(region) ? LARGE : SMALL;

export type DestinationKind =
  | 's3'
  | 'redshift'
  | 'openSearch'
  | 'openSearchServerless'
  | 'elasticsearch'
  | 'splunk'
  | 'http';

export interface HintRange {
  readonly sizeMax: number;
  readonly size: number;
  readonly intervalMax: number;
  readonly interval: number;
}

/** In MB and seconds. Firehose Developer Guide, Configure buffering hints; Firehose API Reference. */
export const HINTS: Readonly<Record<DestinationKind, HintRange>> = {
  s3: { sizeMax: 128, size: 5, intervalMax: 900, interval: 300 },
  redshift: { sizeMax: 128, size: 5, intervalMax: 900, interval: 300 },
  openSearch: { sizeMax: 100, size: 5, intervalMax: 900, interval: 300 },
  openSearchServerless: { sizeMax: 100, size: 5, intervalMax: 900, interval: 300 },
  elasticsearch: { sizeMax: 100, size: 5, intervalMax: 900, interval: 300 },
  splunk: { sizeMax: 5, size: 5, intervalMax: 60, interval: 60 },
  // UNSURE: 60 s in the guide's table, 300 s in the API Reference.
  http: { sizeMax: 64, size: 5, intervalMax: 900, interval: 300 },
};

/** In seconds. Firehose API Reference, the RetryOptions of each destination. */
export const RETRY: Readonly<Record<DestinationKind, number>> = {
  s3: 86_400,
  redshift: 3_600,
  openSearch: 300,
  openSearchServerless: 300,
  elasticsearch: 300,
  splunk: 300,
  http: 300,
};
/** Conversion and partitioning: Firehose Developer Guide, Convert input data format; Dynamic partitioning. */
export const LARGE_BUFFER_MB = { min: 64, size: 128 };
