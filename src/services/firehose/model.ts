/**
 * Firehose's state: delivery streams, the buffers of each, and what is on its way to a destination.
 *
 * A record is in exactly one place: a buffer, a job on its way, or counted as delivered, failed, dropped or lost.
 * `size` is its size as it came in, whatever a function made of its data: so bytes add up.
 */
import { messageId } from '../../contract/messageId.ts';
import { type Ledger, newLedger } from '../../contract/metrics.ts';
import { newTraffic, type Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings, LimitsProfile } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';
import type { Destination, S3Place } from './rules/destination.ts';

/** Where a record of a Kinesis stream came from. */
export interface Origin {
  readonly shardId: string;
  readonly partitionKey: string;
  readonly sequenceNumber: string;
}

/** Frozen. */
export interface FirehoseRecord {
  /** Counted in the world from 1. */
  readonly number: number;
  /** When it arrived. */
  readonly at: Instant;
  readonly data: Uint8Array;
  /** Bytes as it came in. */
  readonly size: number;
  readonly origin: Origin | undefined;
}

/** Where records wait: for the function, for the destination, for the backup, or to be written as failed. */
export type Purpose = 'transform' | 'data' | 'backup' | ErrorType;
export type ErrorType =
  | 'processing-failed'
  | 'format-conversion-failed'
  | 'AmazonOpenSearchService-failed'
  | 'splunk-failed'
  | 'http-endpoint-failed';

export const isError = (purpose: Purpose): purpose is ErrorType => purpose.endsWith('-failed');

export interface Buffer {
  readonly id: number;
  readonly purpose: Purpose;
  /** Of dynamic partitioning: its keys. */
  readonly partition: Readonly<Record<string, string>> | undefined;
  readonly records: FirehoseRecord[];
  bytes: number;
  readonly opened: Instant;
  /** Arrival of its oldest record. */
  oldest: Instant;
  readonly due: Instant;
  readonly sizeMax: number;
  readonly interval: number;
}

export type FlushReason = 'size' | 'interval' | 'off';

/** Records on their way: to the function, a bucket, a table, an index, an endpoint. */
export interface Job {
  readonly id: number;
  readonly stream: string;
  readonly life: number;
  readonly purpose: Purpose;
  readonly step: 'transform' | 's3' | 'copy' | 'index' | 'endpoint';
  /** Frozen. */
  readonly records: readonly FirehoseRecord[];
  /** Bytes of their data. */
  readonly bytes: number;
  readonly oldest: Instant;
  readonly reason: FlushReason;
  readonly place: S3Place | undefined;
  readonly key: string | undefined;
  /** Made before it goes out, where it is not the records' data in a row: a Parquet file. */
  readonly body: Uint8Array | undefined;
  /** Attempts so far. */
  attempt: number;
  readonly started: Instant;
  firstFailure: Instant | undefined;
  next: Instant | undefined;
  problem: string | undefined;
}

/** An object that was written. Frozen. */
export interface Written {
  readonly at: Instant;
  readonly bucket: string;
  readonly key: string;
  readonly records: number;
  readonly bytes: number;
  readonly reason: FlushReason;
  readonly purpose: Purpose;
}

/** What went wrong lately. Frozen. */
interface LogLine {
  readonly at: Instant;
  readonly code: string;
  readonly message: string;
}

export interface Counters {
  records: number;
  bytes: number;
  /** As they are billed: each record in steps of 5 KB. */
  billedBytes: number;
  requests: number;
  throttled: number;
  delivered: number;
  deliveredBytes: number;
  failed: number;
  failedBytes: number;
  dropped: number;
  droppedBytes: number;
  lost: number;
  lostBytes: number;
  backedUp: number;
  backedUpBytes: number;
  /** More records than came in, because one was taken apart. */
  split: number;
  objects: number;
  transformed: number;
}

/** A shard that is read. */
export interface SourceShard {
  readonly shardId: string;
  /** Undefined while it is asked for. */
  iterator: string | undefined;
  waiting: boolean;
  /** The newest record that was read. */
  last: string | undefined;
  /** The newest read found nothing, and nothing was left behind. */
  isAtTip: boolean;
}

export interface Source {
  readonly arn: string;
  readonly role: string;
  since: Instant | undefined;
  /** When it read last. Absent in an old save, until it reads. */
  asked?: Instant;
  /** Counts the plans to read: a timer of an older plan is stale. Absent in an old save, whose one timer has none. */
  plan?: number;
  /** It has read all, and Kinesis tells it of the next record; its reads until then are only counted. */
  isQuiet: boolean;
  readonly shards: Map<string, SourceShard>;
  read: number;
  throttled: number;
  problem: string | undefined;
  behindMs: number;
}

export type EncryptionStatus = 'DISABLED' | 'ENABLING' | 'ENABLED' | 'DISABLING';

export interface DeliveryStream {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly life: number;
  readonly created: Instant;
  readonly type: 'DirectPut' | 'KinesisStreamAsSource';
  readonly throughputHint: number | undefined;
  readonly source: Source | undefined;
  status: 'CREATING' | 'ACTIVE' | 'DELETING';
  version: number;
  updated: Instant | undefined;
  destination: Destination;
  tags: Readonly<Record<string, string>>;
  encryption: { readonly status: EncryptionStatus; readonly keyType?: string; readonly keyArn?: string };
  /** By purpose and partition. */
  readonly buffers: Map<string, Buffer>;
  /** Redshift: staged objects that wait for their COPY, oldest first. */
  readonly copies: number[];
  readonly counters: Counters;
  readonly meters: { second: number; records: number; requests: number; bytes: number };
  readonly incoming: Traffic;
  readonly incomingBytes: Traffic;
  readonly outgoing: Traffic;
  readonly refusals: Traffic;
  written: Written[];
  log: LogLine[];
}

/** A table of Redshift or an index of OpenSearch, as far as delivery streams fill it. */
export interface Target {
  readonly kind: 'table' | 'index';
  readonly name: string;
  readonly order: number;
  records: number;
  bytes: number;
  loads: number;
  failed: number;
}

export interface FirehoseState {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  readonly limits: LimitsProfile;
  /** By `account/name`. */
  readonly streams: Map<string, DeliveryStream>;
  readonly jobs: Map<number, Job>;
  /** Requests to endpoints that wait for an answer: delivery → job. */
  readonly awaiting: Map<number, number>;
  readonly targets: Map<string, Target>;
  readonly ledger: Ledger;
  /** Billed so far, by item of the price list. */
  readonly used: Map<string, number>;
  livesMade: number;
  recordsMade: number;
  buffersMade: number;
  jobsMade: number;
  objectsMade: number;
  deliveriesMade: number;
}

export const createState = ({ seed, epoch, region, account, limits }: AwsWorldSettings): FirehoseState => ({
  seed,
  epoch,
  region,
  account,
  limits,
  streams: new Map(),
  jobs: new Map(),
  awaiting: new Map(),
  targets: new Map(),
  ledger: newLedger(),
  used: new Map(),
  livesMade: 0,
  recordsMade: 0,
  buffersMade: 0,
  jobsMade: 0,
  objectsMade: 0,
  deliveriesMade: 0,
});

const newCounters = (): Counters => ({
  records: 0,
  bytes: 0,
  billedBytes: 0,
  requests: 0,
  throttled: 0,
  delivered: 0,
  deliveredBytes: 0,
  failed: 0,
  failedBytes: 0,
  dropped: 0,
  droppedBytes: 0,
  lost: 0,
  lostBytes: 0,
  backedUp: 0,
  backedUpBytes: 0,
  split: 0,
  objects: 0,
  transformed: 0,
});

export const newStream = (
  facts: Pick<
    DeliveryStream,
    | 'name'
    | 'account'
    | 'arn'
    | 'life'
    | 'created'
    | 'type'
    | 'throughputHint'
    | 'source'
    | 'destination'
    | 'tags'
    | 'encryption'
  >,
): DeliveryStream => ({
  ...facts,
  status: 'CREATING',
  version: 1,
  updated: undefined,
  buffers: new Map(),
  copies: [],
  counters: newCounters(),
  meters: { second: -1, records: 0, requests: 0, bytes: 0 },
  incoming: newTraffic(),
  incomingBytes: newTraffic(),
  outgoing: newTraffic(),
  refusals: newTraffic(),
  written: [],
  log: [],
});

export const streamKey = (account: string, name: string): string => `${account}/${name}`;

/** Families of ids. */
const OBJECT_IDS = 31;
const REQUEST_IDS = 32;
export const objectUuid = (seed: number, count: number): string => messageId(seed, count, OBJECT_IDS);
export const requestUuid = (seed: number, count: number): string => messageId(seed, count, REQUEST_IDS);

/** What a function and a bucket know a record by. SIMPLER THAN AWS: shorter than AWS's, and in order. */
export const recordIdOf = ({ number }: Pick<FirehoseRecord, 'number'>): string =>
  `49${String(number).padStart(18, '0')}000000`;

export function use(state: FirehoseState, item: string, quantity: number): void {
  state.used.set(item, (state.used.get(item) ?? 0) + quantity);
}

/** `arn:aws:s3:::name` → `name`. */
export const nameOfArn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
