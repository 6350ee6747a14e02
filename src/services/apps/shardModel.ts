/** How an app stands in a stream that it reads: one reader for each shard. Plain data. */
import type { CallId } from '../../engine/service.ts';
import { type Instant, instant } from '../../engine/units.ts';

/** A record in a reader's hands. Frozen. */
export interface HeldRecord {
  readonly sequenceNumber: string;
  readonly key: string;
  readonly arrived: Instant;
  /** Its work will fail, whatever chance says. */
  readonly poison: boolean;
  /** Its place in an aggregated record, and whether it is the last one there; absent: it is a record of its own. */
  readonly sub?: number;
  readonly isLastSub?: boolean;
}

export interface ShardReader {
  /** `shardId-000000000000`. */
  readonly shard: string;
  /** Shards to be read to their ends before this one, so that each key stays in order. */
  readonly parents: readonly string[];
  /** It came after the app began to read: read from its first record, whatever --start says. */
  readonly isChild: boolean;
  /** Of a group of KCL workers: which of them reads it, '' for none; else ''. */
  by: string;
  /** `idle`: the app is stopped, or no worker holds the lease. `waiting`: for its parents. */
  state: 'idle' | 'waiting' | 'asking' | 'reading' | 'working' | 'resting' | 'subscribed';
  /** The call that is out, 0 for none. */
  call: CallId | 0;
  /** The app's turn in which it entered this state: a timer or an answer of an older turn is stale. */
  turn: number;
  since: Instant;
  until: Instant;
  /** Where the next read begins; empty: to be asked for. */
  iterator: string;
  /** The newest record it is done with, empty for none: where it goes on when its iterator is gone. */
  done: string;
  /** While it has done nothing: up to when there was nothing to do; 0 before it began. */
  issued: Instant;
  /** In the midst of an aggregated record: the user record that it is done with. Absent: none. */
  doneSub?: { readonly of: string; readonly sub: number };
  batch: readonly HeldRecord[];
  index: number;
  /** When it asked for records last, and when it asks again: once a second, counted from the asking. */
  asked: Instant;
  nextRead: Instant;
  /** It has read all, and is told of the next record: its reads until then would find nothing, and are only counted. */
  isQuiet: boolean;
  /** With enhanced fan-out: it is pushed the records. Absent without. */
  isSubscribed?: boolean;
  /** The answer in hand is the last of a closed shard. */
  isLast: boolean;
  /** MillisBehindLatest of the newest answer. */
  behindMs: number;
}

export interface StreamReading {
  readonly readers: Map<string, ShardReader>;
  /** Shards read to their ends. */
  readonly ended: Set<string>;
  /** The ask for the list of shards that is out, or planned; of an older turn it is stale. */
  turn: number;
  /** Of a registered consumer with enhanced fan-out. */
  consumerArn?: string;
}

export const streamReading = (): StreamReading => ({ readers: new Map(), ended: new Set(), turn: 0 });

export const newReader = (
  shard: string,
  parents: readonly string[],
  isChild: boolean,
  now: Instant,
): ShardReader => ({
  shard,
  parents,
  isChild,
  by: '',
  state: 'idle',
  call: 0,
  turn: 0,
  since: now,
  until: now,
  iterator: '',
  issued: instant(0),
  done: '',
  batch: NO_RECORDS,
  index: 0,
  asked: instant(0),
  nextRead: instant(0),
  isQuiet: false,
  isLast: false,
  behindMs: 0,
});

export const NO_RECORDS: readonly HeldRecord[] = Object.freeze([]);
