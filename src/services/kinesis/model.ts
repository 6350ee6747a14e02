/** What Kinesis keeps: streams, their shards, and who reads them. Plain data. */
import { type Ledger, newLedger } from '../../contract/metrics.ts';
import { newTraffic, type Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings, LimitsProfile } from '../../contract/world.ts';
import type { CallId } from '../../engine/service.ts';
import type { Instant } from '../../engine/units.ts';
import { RETENTION_HOURS } from './limits.ts';
import { newLog, type ShardLog } from './rules/shardLog.ts';

type StreamStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';

/** The change that is done when the status is ACTIVE again. */
export type Change =
  | { readonly type: 'create'; readonly shards: number }
  | { readonly type: 'split'; readonly shard: number; readonly at: string }
  | { readonly type: 'merge'; readonly shard: number; readonly other: number }
  | { readonly type: 'count'; readonly target: number }
  | { readonly type: 'mode'; readonly mode: StreamMode }
  | { readonly type: 'encryption'; readonly keyId: string | undefined }
  | { readonly type: 'recordSize'; readonly kib: number }
  | { readonly type: 'delete' };

export interface Stream {
  /** `account/name`. */
  readonly key: string;
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  /** Tells it from another of the same name. */
  readonly order: number;
  readonly created: Instant;
  status: StreamStatus;
  /** Under way, when it is done, and who asked for it. */
  change: { readonly to: Change; readonly at: Instant; readonly by: string } | undefined;
  mode: StreamMode;
  retentionHours: number;
  recordKiB: number;
  /** The key of its encryption; undefined: none. */
  keyId: string | undefined;
  monitoring: readonly string[];
  tags: Readonly<Record<string, string>>;
  policy: { readonly text: string; readonly document: object } | undefined;
  /** When limits of a rolling day were used. */
  modeChanges: Instant[];
  countChanges: Instant[];
  keyChanges: Instant[];
  /** By number. */
  readonly shards: Map<number, Shard>;
  shardsMade: number;
  openShards: number;
  /** Grows whenever another set of shards is open. */
  topology: number;
  readonly consumers: Map<string, Consumer>;
  readonly counters: StreamCounters;
  readonly incoming: Traffic;
  readonly outgoing: Traffic;
  readonly refused: Traffic;
  /** The whole stream in the present second, for its capacity on demand. */
  readonly load: SecondLoad;
  readonly peaks: Peaks;
  /** The earliest instant for which a trim is planned; -1: none. */
  trimAt: number;
  /** The bill up to `since`, for as many shards and consumers as there were. */
  readonly billed: Billed;
}

interface StreamCounters {
  put: number;
  putBytes: number;
  throttledPuts: number;
  throttledReads: number;
  read: number;
  readBytes: number;
  /** Of shards that are gone. */
  trimmedGone: number;
}

export interface SecondLoad {
  second: number;
  records: number;
  bytes: number;
}

/** The busiest second of each quarter of an hour, oldest first; what counts for the capacity on demand. */
interface Peaks {
  /** The quarter that runs. */
  quarter: number;
  bytes: number;
  records: number;
  past: readonly Peak[];
}

export interface Peak {
  readonly quarter: number;
  readonly bytes: number;
  readonly records: number;
}

export interface Billed {
  since: Instant;
  shardMs: number;
  extendedShardMs: number;
  onDemandMs: number;
  consumerShardMs: number;
}

export interface Shard {
  readonly number: number;
  readonly id: string;
  /** The first and the last hash key, as 32 hexadecimal digits. */
  readonly start: string;
  readonly end: string;
  readonly parents: readonly number[];
  readonly created: Instant;
  closed: Instant | undefined;
  readonly log: ShardLog;
  readonly put: PutMeter;
  readonly read: ReadMeter;
  /** The busiest second of the running quarter of an hour, for splits on demand. */
  readonly peak: { bytes: number; records: number };
  readonly incoming: Traffic;
  readonly incomingBytes: Traffic;
  readonly outgoing: Traffic;
  readonly outgoingBytes: Traffic;
  readonly refusedPuts: Traffic;
  readonly refusedReads: Traffic;
  /** Who reads it, and the next record for each. */
  readonly readers: Map<string, Reader>;
}

interface Reader {
  position: number;
  at: Instant;
  /** From the last answer. */
  behindMs: number;
  fanOut: boolean;
}

export interface PutMeter extends SecondLoad {
  /** Of large records: what is left of the tank, in thousandths of a byte, at `filledAt`. */
  tank: number;
  filledAt: Instant;
}

export interface ReadMeter {
  second: number;
  calls: number;
  bytes: number;
  iterators: number;
  /** After a large answer. */
  blockedUntil: Instant;
}

export interface Consumer {
  readonly name: string;
  readonly arn: string;
  readonly created: Instant;
  tags: Readonly<Record<string, string>>;
  status: 'CREATING' | 'ACTIVE' | 'DELETING';
  policy: Stream['policy'];
}

/** A consumer that is pushed the records of a shard, for five minutes. */
export interface Subscription {
  readonly id: number;
  readonly stream: string;
  readonly order: number;
  readonly consumer: string;
  readonly shard: number;
  /** The app. */
  readonly by: string;
  /** The call of a real client. */
  readonly call?: CallId;
  readonly since: Instant;
  readonly until: Instant;
  position: number;
  /** A push is planned; else the next put plans one. */
  armed: boolean;
  /** Not before: the meter of this consumer and shard. */
  free: Instant;
}

/** A reader that has read all of a shard. Frozen. */
export interface WaitingReader {
  readonly to: string;
  readonly reader: string;
  readonly shard: number;
  /** The number of the record that it waits for. */
  readonly position: number;
  /** Its last reading; it would read once a second from then on. Undefined: its reads do not count. */
  readonly asked: Instant | undefined;
}

export interface KinesisState {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  readonly limits: LimitsProfile;
  readonly streams: Map<string, Stream>;
  streamsMade: number;
  readonly subscriptions: Map<number, Subscription>;
  subscriptionsMade: number;
  /** By stream; the lists are replaced whole. */
  readonly waiting: Map<string, readonly WaitingReader[]>;
  readonly ledger: Ledger;
  /** For the bill and its alternatives. */
  readonly used: Used;
}

interface Used {
  putPayloadUnits: number;
  onDemandBytesIn: number;
  onDemandBytesOut: number;
  onDemandFanOutBytes: number;
  fanOutBytes: number;
  getRecords: number;
  /** Of streams that are gone. */
  readonly gone: Billed;
  /** What the same records would count the other way: alternatives. */
  readonly provisioned: { records: number; roundedBytes: number };
  readonly onDemand: { records: number; payloadUnits: number };
}

const newBilled = (since: Instant): Billed => ({
  since,
  shardMs: 0,
  extendedShardMs: 0,
  onDemandMs: 0,
  consumerShardMs: 0,
});

export const createState = (settings: AwsWorldSettings): KinesisState => ({
  seed: settings.seed,
  epoch: settings.epoch,
  region: settings.region,
  account: settings.account,
  limits: settings.limits,
  streams: new Map(),
  streamsMade: 0,
  subscriptions: new Map(),
  subscriptionsMade: 0,
  waiting: new Map(),
  ledger: newLedger(),
  used: {
    putPayloadUnits: 0,
    onDemandBytesIn: 0,
    onDemandBytesOut: 0,
    onDemandFanOutBytes: 0,
    fanOutBytes: 0,
    getRecords: 0,
    gone: newBilled(0 as Instant),
    provisioned: { records: 0, roundedBytes: 0 },
    onDemand: { records: 0, payloadUnits: 0 },
  },
});

export const streamArn = ({ region }: Pick<KinesisState, 'region'>, account: string, name: string): string =>
  `arn:aws:kinesis:${region}:${account}:stream/${name}`;

export const shardId = (number: number): string => `shardId-${String(number).padStart(12, '0')}`;

export function newStream(
  state: KinesisState,
  of: Pick<Stream, 'name' | 'account' | 'mode' | 'recordKiB' | 'tags'> & { readonly now: Instant },
): Stream {
  const { now, account, name } = of;
  return {
    key: `${account}/${name}`,
    name,
    account,
    arn: streamArn(state, account, name),
    order: state.streamsMade++,
    created: now,
    status: 'CREATING',
    change: undefined,
    mode: of.mode,
    retentionHours: RETENTION_HOURS.default,
    recordKiB: of.recordKiB,
    keyId: undefined,
    monitoring: [],
    tags: of.tags,
    policy: undefined,
    modeChanges: [],
    countChanges: [],
    keyChanges: [],
    shards: new Map(),
    shardsMade: 0,
    openShards: 0,
    topology: 0,
    consumers: new Map(),
    counters: {
      put: 0,
      putBytes: 0,
      throttledPuts: 0,
      throttledReads: 0,
      read: 0,
      readBytes: 0,
      trimmedGone: 0,
    },
    incoming: newTraffic(),
    outgoing: newTraffic(),
    refused: newTraffic(),
    load: { second: 0, records: 0, bytes: 0 },
    peaks: { quarter: 0, bytes: 0, records: 0, past: Object.freeze([]) },
    trimAt: -1,
    billed: newBilled(now),
  };
}

export function addShard(
  stream: Stream,
  range: Pick<Shard, 'start' | 'end' | 'parents'>,
  now: Instant,
): Shard {
  const number = stream.shardsMade++;
  const shard: Shard = {
    ...range,
    number,
    id: shardId(number),
    created: now,
    closed: undefined,
    log: newLog(),
    put: { second: 0, records: 0, bytes: 0, tank: -1, filledAt: now },
    read: { second: 0, calls: 0, bytes: 0, iterators: 0, blockedUntil: now },
    peak: { bytes: 0, records: 0 },
    incoming: newTraffic(),
    incomingBytes: newTraffic(),
    outgoing: newTraffic(),
    outgoingBytes: newTraffic(),
    refusedPuts: newTraffic(),
    refusedReads: newTraffic(),
    readers: new Map(),
  };
  stream.shards.set(number, shard);
  stream.openShards++;
  stream.topology++;
  return shard;
}
