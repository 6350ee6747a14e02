/**
 * What is kept of a mapping that reads a stream: for each shard where it stands, and lanes of records in their order. A
 * shard has as many lanes as the parallelization factor says; records of one key go through one lane, one batch at a
 * time, so the order of a key is kept. A batch that fails blocks its lane.
 */
import type { CallId, Context } from '../../../engine/service.ts';
import { after, type Instant, milliseconds } from '../../../engine/units.ts';
import type { LambdaState } from '../model.ts';
import { callerOf } from './destinations.ts';
import type { SourceDue, SourceToken } from './eventSources.ts';
import type { StreamEntry } from './kinesisRecord.ts';
import type { MappingRecord } from './mappingRecord.ts';
import { streamServiceOf, tableRequest } from './tableStreams.ts';

/** Records that go to the function together. Frozen. */
export interface StreamBatch {
  readonly entries: readonly StreamEntry[];
  /** Calls of the function that had these records, and how often they were tried again as they are. */
  readonly invokes: number;
  readonly retries: number;
  /** The last call of a tumbling window: it has no records. `early`: the state grew too large. */
  readonly last?: 'final' | 'early';
}

/** A tumbling window that is open; times in UTC milliseconds. Frozen, replaced whole. */
export interface ShardWindow {
  readonly start: number;
  readonly end: number;
  /** JSON: what the newest call answered. */
  readonly state: string;
  readonly isTooLarge: boolean;
  /** When it is over even though no later record came. */
  readonly closes: Instant;
}

export interface StreamLane {
  readonly index: number;
  state: 'idle' | 'working' | 'waiting';
  /** Records that are in no batch yet. Replaced whole. */
  pending: readonly StreamEntry[];
  /** Batches in their order; the first is at work, or tried again. Replaced whole. */
  batches: readonly StreamBatch[];
  /** When gathering ends; undefined: nothing is gathered. */
  until: Instant | undefined;
  /** When a lane that waits goes on. */
  wakes: Instant;
  /** Calls in a row for which the function had no room. */
  throttles: number;
}

export interface StreamShard {
  readonly shardId: string;
  readonly parents: readonly string[];
  /** Where reading begins. */
  readonly from: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /**
   * `waiting`: for its parents. `full`: for room in its lanes. `dormant`: for the next record. `read`: to its end, and
   * its last batches are at work.
   */
  state: 'waiting' | 'asking' | 'reading' | 'resting' | 'full' | 'dormant' | 'read';
  iterator: string | undefined;
  call: CallId | undefined;
  /** The newest record that was read. */
  last: string | undefined;
  /** When it was asked last; when reading began at its first place. */
  asked: Instant;
  began: Instant | undefined;
  /** The last answer was empty, and nothing more is there. */
  quiet: boolean;
  wakes: Instant;
  behindMs: number;
  lanes: readonly StreamLane[];
  /** Absent: the mapping has no windows, or none is open. */
  window?: ShardWindow;
}

export interface StreamWork {
  /** It is stopped: what is at work ends, nothing begins. */
  ending: boolean;
  listing: boolean;
  wakes: Instant;
  readonly shards: Map<string, StreamShard>;
  /** Shards that were read to their end. */
  readonly done: Set<string>;
  /** Batches at the function. */
  readonly batches: Map<number, { readonly shardId: string; readonly lane: number }>;
}

export const newWork = (now: Instant): StreamWork => ({
  ending: false,
  listing: false,
  wakes: now,
  shards: new Map(),
  done: new Set(),
  batches: new Map(),
});

export const streamWorkOf = (mapping: MappingRecord): StreamWork | undefined =>
  mapping.work as StreamWork | undefined;

const newLane = (index: number, now: Instant): StreamLane => ({
  index,
  state: 'idle',
  pending: [],
  batches: [],
  until: undefined,
  wakes: now,
  throttles: 0,
});

export const newLanes = (count: number, now: Instant): readonly StreamLane[] =>
  Array.from({ length: count }, (_, index) => newLane(index, now));

export function addShard(
  work: StreamWork,
  given: Pick<StreamShard, 'shardId' | 'parents' | 'from'>,
  lanes: number,
  now: Instant,
): void {
  work.shards.set(given.shardId, {
    ...given,
    state: 'waiting',
    iterator: undefined,
    call: undefined,
    last: undefined,
    asked: now,
    began: undefined,
    quiet: false,
    wakes: now,
    behindMs: 0,
    lanes: newLanes(lanes, now),
  });
}

export interface StreamToken extends SourceToken {
  readonly what: 'list' | 'iterator' | 'records';
  readonly shardId: string;
}

export interface StreamDue extends SourceDue {
  readonly what: 'list' | 'shard' | 'lane';
  readonly shardId: string;
  readonly lane: number;
}

/** A call to Kinesis as the function. */
export function askStream(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  what: StreamToken['what'],
  shardId = '',
): CallId {
  const [account = '', name = ''] = mapping.function.split('/');
  const token: StreamToken = Object.freeze({ type: 'source', mapping: mapping.uuid, what, shardId });
  const service = streamServiceOf(mapping);
  const asked = mapping.service === 'dynamodb' ? tableRequest(operation, input) : { operation, input };
  const request = { service, ...asked, caller: callerOf({ name, account }) };
  return context.request(request, token);
}

/** Something is due for a shard, a lane of it, or the list of shards. Answers when. */
export function planStream(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  waitMs: number,
  due: Pick<StreamDue, 'what' | 'shardId' | 'lane'>,
): Instant {
  const at = after(context.now, milliseconds(waitMs));
  const timer: StreamDue = { type: 'lambda/SourceDue', mapping: mapping.uuid, ...due };
  context.schedule(at, timer);
  return at;
}
