/**
 * Reading a stream for a mapping: which shards there are, parents before their children, each with an iterator of its
 * own. A shard that is read to its tip is asked again once a second; when nothing more is there, it waits to be told.
 */
import { nextAsking, type WaitForRecords } from '../../../contract/streamWaiting.ts';
import type { Context, Outcome, Refusal } from '../../../engine/service.ts';
import { emit } from '../events.ts';
import { STREAM_POLL } from '../limits.ts';
import type { LambdaState } from '../model.ts';
import { passes } from './filterPattern.ts';
import { entryOf, filteredOf, type ReadRecord, type StreamEntry } from './kinesisRecord.ts';
import type { MappingRecord } from './mappingRecord.ts';
import { streamSettingsOf } from './streamSettings.ts';
import { addShard, askStream, planStream, type StreamShard, type StreamWork } from './streamWork.ts';
import { streamServiceOf } from './tableStreams.ts';

type Ctx = Context<LambdaState>;

/** A stream that cannot be read is tried again after so long, in ms. UNSURE: how long Lambda waits. */
const TROUBLE_WAIT = 30_000;
const ANSWER_RECORDS = 10_000;

export const factorOf = ({ settings }: MappingRecord): number =>
  streamSettingsOf(settings).ParallelizationFactor;
const nameOf = ({ function: key }: MappingRecord): string => key.slice(key.indexOf('/') + 1);

export function listShards(context: Ctx, mapping: MappingRecord, work: StreamWork): void {
  work.listing = true;
  const input = { StreamARN: mapping.source, MaxResults: ANSWER_RECORDS };
  askStream(context, mapping, 'ListShards', input, 'list');
}

interface ListedShard {
  readonly ShardId: string;
  readonly ParentShardId?: string | undefined;
  readonly AdjacentParentShardId?: string | undefined;
  readonly SequenceNumberRange?: { readonly EndingSequenceNumber?: string | undefined };
}

/** Parents that are not here any more cannot hold back their children. */
export function shardsListed(context: Ctx, mapping: MappingRecord, work: StreamWork, outcome: Outcome): void {
  work.listing = false;
  if (!outcome.ok) {
    noteTrouble(context, mapping, work, outcome.refusal);
    return;
  }
  mapping.trouble = undefined;
  const { Shards = [] } = outcome.output as { readonly Shards?: readonly ListedShard[] };
  const isFirst = work.shards.size === 0 && work.done.size === 0;
  const from = isFirst ? streamSettingsOf(mapping.settings).StartingPosition : 'TRIM_HORIZON';
  for (const { ShardId: shardId, ParentShardId, AdjacentParentShardId, SequenceNumberRange } of Shards) {
    if (work.shards.has(shardId) || work.done.has(shardId)) continue;
    if (from === 'LATEST' && SequenceNumberRange?.EndingSequenceNumber !== undefined) {
      work.done.add(shardId);
      continue;
    }
    const parents = [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined);
    addShard(work, { shardId, parents: Object.freeze(parents), from }, factorOf(mapping), context.now);
  }
  if (work.shards.size === 0) planList(context, mapping, work);
  beginShards(context, mapping, work);
}

function planList(context: Ctx, mapping: MappingRecord, work: StreamWork): void {
  work.wakes = planStream(context, mapping, TROUBLE_WAIT, { what: 'list', shardId: '', lane: 0 });
}

/** Kinesis does not answer for the whole stream: look again later. */
function noteTrouble(
  context: Ctx,
  mapping: MappingRecord,
  work: StreamWork,
  { code, message }: Refusal,
): void {
  const isGone = code === 'ResourceNotFoundException';
  mapping.trouble = isGone ? `Stream not found: ${mapping.source}` : `PROBLEM: ${code}: ${message}`;
  if (isGone) forgetStream(work);
  if (!work.ending) planList(context, mapping, work);
}

/** Its sequence numbers mean nothing any more. */
function forgetStream(work: StreamWork): void {
  for (const { shardId, lanes } of [...work.shards.values()]) {
    if (lanes.every(({ state }) => state !== 'working')) work.shards.delete(shardId);
  }
  work.done.clear();
}

/** Shards whose parents are read begin. */
export function beginShards(context: Ctx, mapping: MappingRecord, work: StreamWork): void {
  if (work.ending) return;
  for (const shard of work.shards.values()) {
    if (shard.state !== 'waiting' || shard.parents.some((parent) => work.shards.has(parent))) continue;
    askIterator(context, mapping, shard);
  }
}

function askIterator(context: Ctx, mapping: MappingRecord, shard: StreamShard): void {
  const { from, last, shardId: ShardId } = shard;
  const { StartingPositionTimestamp: Timestamp } = streamSettingsOf(mapping.settings);
  const place =
    last !== undefined
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: last }
      : shard.began !== undefined && from === 'LATEST'
        ? { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: context.state.epoch + shard.began }
        : { ShardIteratorType: from, ...(from === 'AT_TIMESTAMP' && { Timestamp }) };
  shard.state = 'asking';
  const input = { StreamARN: mapping.source, ShardId, ...place };
  shard.call = askStream(context, mapping, 'GetShardIterator', input, 'iterator', ShardId);
}

function read(context: Ctx, mapping: MappingRecord, shard: StreamShard): void {
  if (shard.iterator === undefined) {
    askIterator(context, mapping, shard);
    return;
  }
  shard.state = 'reading';
  shard.asked = context.now;
  const input = { ShardIterator: shard.iterator, Limit: ANSWER_RECORDS, StreamARN: mapping.source };
  shard.call = askStream(context, mapping, 'GetRecords', input, 'records', shard.shardId);
}

/** There is room for more: now, when its second is over, or when it is told. */
export function nextRead(context: Ctx, mapping: MappingRecord, shard: StreamShard): void {
  const { now } = context;
  if (shard.quiet && shard.iterator !== undefined) {
    shard.state = 'dormant';
    const payload: WaitForRecords = Object.freeze({
      type: 'WaitForRecords',
      to: 'lambda',
      reader: mapping.uuid,
      iterator: shard.iterator,
    });
    context.deliver({ to: streamServiceOf(mapping), from: 'lambda', payload });
    return;
  }
  const wait = shard.behindMs > 0 ? STREAM_POLL.busy : STREAM_POLL.idle;
  const left = shard.asked + wait - now;
  if (left <= 0 || shard.iterator === undefined) read(context, mapping, shard);
  else rest(context, mapping, shard, left);
}

function rest(context: Ctx, mapping: MappingRecord, shard: StreamShard, waitMs: number): void {
  shard.state = 'resting';
  shard.wakes = planStream(context, mapping, waitMs, { what: 'shard', shardId: shard.shardId, lane: 0 });
}

export function restOver(context: Ctx, mapping: MappingRecord, shard: StreamShard): void {
  if (shard.state === 'resting' && shard.wakes === context.now) read(context, mapping, shard);
}

/** A shard that waited to be told. `iterator`: undefined when the stream is gone. */
export function recordsArrived(
  context: Ctx,
  mapping: MappingRecord,
  work: StreamWork,
  shard: StreamShard,
  iterator: string | undefined,
): void {
  if (shard.state !== 'dormant' || work.ending) return;
  shard.quiet = false;
  shard.iterator = iterator;
  if (iterator === undefined) {
    shard.state = 'full';
    if (!work.listing) listShards(context, mapping, work);
    return;
  }
  const { now } = context;
  rest(context, mapping, shard, nextAsking(shard.asked, now, STREAM_POLL.idle) - now);
}

export function iteratorAnswered(
  context: Ctx,
  mapping: MappingRecord,
  work: StreamWork,
  shard: StreamShard,
  outcome: Outcome,
): void {
  shard.call = undefined;
  if (!outcome.ok) {
    refused(context, mapping, work, shard, outcome.refusal);
    return;
  }
  mapping.trouble = undefined;
  shard.iterator = (outcome.output as { readonly ShardIterator: string }).ShardIterator;
  shard.began ??= context.now;
  read(context, mapping, shard);
}

function refused(
  context: Ctx,
  mapping: MappingRecord,
  work: StreamWork,
  shard: StreamShard,
  refusal: Refusal,
): void {
  const { code, message } = refusal;
  switch (code) {
    case 'ExpiredIteratorException':
      shard.iterator = undefined;
      askIterator(context, mapping, shard);
      return;
    case 'ProvisionedThroughputExceededException':
      rest(context, mapping, shard, STREAM_POLL.idle);
      return;
    case 'ResourceNotFoundException':
      shard.state = 'full';
      shard.iterator = undefined;
      if (!work.listing) noteTrouble(context, mapping, work, refusal);
      return;
    case 'InvalidArgumentException':
      // Its place is of an earlier stream of the name.
      work.shards.delete(shard.shardId);
      if (!work.listing) listShards(context, mapping, work);
      return;
    default:
      mapping.trouble = `PROBLEM: ${code}: ${message}`;
      rest(context, mapping, shard, TROUBLE_WAIT);
  }
}

interface ReadAnswer {
  readonly Records?: readonly ReadRecord[];
  readonly NextShardIterator?: string | null;
  readonly MillisBehindLatest?: number;
  readonly ChildShards?: readonly { readonly ShardId: string; readonly ParentShards: readonly string[] }[];
}

/** Puts what was read into the lanes. False: it was refused. */
export function recordsAnswered(
  context: Ctx,
  mapping: MappingRecord,
  work: StreamWork,
  shard: StreamShard,
  outcome: Outcome,
): boolean {
  shard.call = undefined;
  if (!outcome.ok) {
    refused(context, mapping, work, shard, outcome.refusal);
    return false;
  }
  const {
    Records = [],
    NextShardIterator,
    MillisBehindLatest = 0,
    ChildShards = [],
  } = outcome.output as ReadAnswer;
  const utc = context.state.epoch + context.now;
  distribute(
    shard,
    keep(
      context,
      mapping,
      Records.map((record) => entryOf(record, utc)),
    ),
  );
  shard.last = Records.at(-1)?.SequenceNumber ?? shard.last;
  shard.iterator = NextShardIterator ?? undefined;
  shard.behindMs = MillisBehindLatest;
  shard.quiet = Records.length === 0 && MillisBehindLatest === 0;
  shard.state = shard.iterator === undefined ? 'read' : 'full';
  for (const { ShardId: shardId, ParentShards } of ChildShards) {
    if (work.shards.has(shardId) || work.done.has(shardId)) continue;
    const given = { shardId, parents: Object.freeze([...ParentShards]), from: 'TRIM_HORIZON' } as const;
    addShard(work, given, factorOf(mapping), context.now);
  }
  return true;
}

/** What the filters let through; the rest is passed over. */
function keep(context: Ctx, mapping: MappingRecord, entries: readonly StreamEntry[]): readonly StreamEntry[] {
  const { filters } = mapping.settings;
  if (filters.length === 0) return entries;
  const inside = mapping.service === 'dynamodb' ? '' : 'data';
  const kept = entries.filter((entry) => passes(filters, filteredOf(entry, mapping.source), inside));
  const count = entries.length - kept.length;
  if (count > 0) {
    mapping.counters.filtered += count;
    const { uuid, source } = mapping;
    const name = nameOf(mapping);
    emit(context, {
      type: 'lambda/MessagesFiltered',
      by: name,
      function: name,
      mapping: uuid,
      source,
      count,
    });
  }
  return kept;
}

/** Records of one key go to one lane. */
export function distribute(shard: StreamShard, entries: readonly StreamEntry[]): void {
  if (entries.length === 0) return;
  const { lanes } = shard;
  if (lanes.length === 1) {
    const lane = lanes[0]!;
    lane.pending = Object.freeze([...lane.pending, ...entries]);
    return;
  }
  const added: StreamEntry[][] = lanes.map(() => []);
  for (const entry of entries) added[laneOf(entry.key, lanes.length)]!.push(entry);
  for (const lane of lanes) {
    const more = added[lane.index]!;
    if (more.length > 0) lane.pending = Object.freeze([...lane.pending, ...more]);
  }
}

/** FNV-1a. */
function laneOf(key: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % lanes;
}
