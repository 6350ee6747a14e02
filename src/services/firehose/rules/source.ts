/**
 * A Kinesis stream as the source: read from the newest record on, once a second and shard. Firehose Developer Guide,
 * Create a Firehose stream from Kinesis Data Streams. It shares each shard's reads with all other readers. While every
 * shard is read to its tip it waits to be told of a record, and the reads that would find nothing are counted.
 */
import {
  nextAsking,
  nextCheck,
  type ReadsSkipped,
  type RecordsArrived,
  readsSince,
  type WaitForRecords,
} from '../../../contract/streamWaiting.ts';
import type { Context, Outcome, Timer } from '../../../engine/service.ts';
import { after, instant } from '../../../engine/units.ts';
import { SOURCE_LIMIT, SOURCE_POLL } from '../limits.ts';
import { countStream } from '../metrics.ts';
import {
  type DeliveryStream,
  type FirehoseState,
  nameOfArn,
  type Source,
  type SourceShard,
} from '../model.ts';
import type { Sender } from './buffering.ts';
import { noteProblem } from './failing.ts';
import { callerOf } from './jobs.ts';
import { keyOf, streamOfLife } from './lookup.ts';
import { takeIn } from './pipeline.ts';

type Ctx = Context<FirehoseState>;

export interface SourceDue extends Timer {
  readonly type: 'firehose/SourceDue';
  readonly stream: string;
  readonly life: number;
  /** Absent in an old save. */
  readonly plan?: number;
}

/** What comes back with an answer of Kinesis. Frozen plain data. */
export interface SourceToken {
  readonly type: 'shards' | 'iterator' | 'records';
  readonly stream: string;
  readonly life: number;
  readonly shardId: string;
}

export const streamNameOf = ({ arn }: Source): string => nameOfArn(arn).replace(/^stream\//u, '');

/** Asks which shards there are, and begins at the newest record of each. */
export function startSource(context: Ctx, stream: DeliveryStream): void {
  const { source } = stream;
  if (source === undefined) return;
  source.since = context.now;
  ask(context, stream, 'ListShards', { StreamARN: source.arn }, 'shards', '');
}

function ask(
  context: Ctx,
  stream: DeliveryStream,
  operation: string,
  input: object,
  type: SourceToken['type'],
  shardId: string,
): void {
  const token: SourceToken = Object.freeze({ type, stream: keyOf(stream), life: stream.life, shardId });
  if (context.peek('kinesis') === undefined) {
    stream.source!.problem = 'There is no Kinesis in this world.';
    planPoll(context, stream);
    return;
  }
  context.request({ service: 'kinesis', operation, input, caller: callerOf(stream) }, token);
}

function planPoll(context: Ctx, stream: DeliveryStream, at = after(context.now, SOURCE_POLL)): void {
  const source = stream.source!;
  const plan = (source.plan ?? 0) + 1;
  source.plan = plan;
  const timer: SourceDue = { type: 'firehose/SourceDue', stream: keyOf(stream), life: stream.life, plan };
  context.schedule(at, timer);
}

const waiterName = (stream: DeliveryStream): string => `${keyOf(stream)}/${stream.life}`;

/** Every shard is read to its tip: waits for the next record of any. */
function waitIfQuiet(context: Ctx, stream: DeliveryStream): void {
  const source = stream.source!;
  const { asked } = source;
  const shards = [...source.shards.values()];
  if (asked === undefined || source.isQuiet || shards.some(({ waiting, isAtTip }) => waiting || !isAtTip))
    return;
  source.isQuiet = true;
  for (const { iterator = '' } of shards) {
    const payload: WaitForRecords = {
      type: 'WaitForRecords',
      to: 'firehose',
      reader: waiterName(stream),
      iterator,
      asked,
    };
    context.deliver({ to: 'kinesis', from: 'firehose', payload: Object.freeze(payload) });
  }
  planPoll(context, stream, nextCheck(asked));
}

/** Reads again, or ends: the reads that it left out are counted. `isReading`: the one that is due now is made. */
export function endQuiet(context: Ctx, stream: DeliveryStream, isReading: boolean): void {
  const { source } = stream;
  if (source?.asked === undefined || !source.isQuiet) return;
  source.isQuiet = false;
  const due = readsSince(source.asked, context.now);
  for (const { iterator = '' } of source.shards.values()) {
    const payload: ReadsSkipped = {
      type: 'ReadsSkipped',
      to: 'firehose',
      reader: waiterName(stream),
      iterator,
      count: isReading ? Math.max(0, due - 1) : due,
    };
    context.deliver({ to: 'kinesis', from: 'firehose', payload: Object.freeze(payload) });
  }
}

/** A record came, or a shard was closed: it finds it when it would have read. */
export function recordsArrived(context: Ctx, { reader, shardId, iterator }: RecordsArrived): void {
  const at = reader.lastIndexOf('/');
  const whose = { stream: reader.slice(0, at), life: Number(reader.slice(at + 1)) };
  const stream = streamOfLife(context.state, whose);
  const source = stream?.source;
  if (stream === undefined || source?.asked === undefined || !source.isQuiet) return;
  const shard = source.shards.get(shardId);
  if (shard !== undefined && iterator !== undefined) shard.iterator = iterator;
  planPoll(context, stream, instant(nextAsking(source.asked, context.now, SOURCE_POLL)));
}

/** Once a second: every shard that is not asked already. */
export function sourceDue(context: Ctx, timer: SourceDue): void {
  const stream = streamOfLife(context.state, timer);
  const source = stream?.source;
  if (stream === undefined || source === undefined || timer.plan !== source.plan) return;
  endQuiet(context, stream, stream.status === 'ACTIVE');
  if (stream.status !== 'ACTIVE') return;
  if (source.shards.size === 0) {
    startSource(context, stream);
    return;
  }
  source.asked = context.now;
  for (const shard of source.shards.values()) {
    if (shard.waiting) continue;
    if (shard.iterator === undefined) askIterator(context, stream, shard, 'LATEST');
    else read(context, stream, shard);
  }
  planPoll(context, stream);
}

function askIterator(
  context: Ctx,
  stream: DeliveryStream,
  shard: SourceShard,
  ShardIteratorType: 'LATEST' | 'TRIM_HORIZON' | 'AFTER_SEQUENCE_NUMBER',
): void {
  shard.waiting = true;
  const after = ShardIteratorType === 'AFTER_SEQUENCE_NUMBER' ? { StartingSequenceNumber: shard.last! } : {};
  const input = { StreamARN: stream.source!.arn, ShardId: shard.shardId, ShardIteratorType, ...after };
  ask(context, stream, 'GetShardIterator', input, 'iterator', shard.shardId);
}

function read(context: Ctx, stream: DeliveryStream, shard: SourceShard): void {
  shard.waiting = true;
  shard.isAtTip = false;
  const input = { ShardIterator: shard.iterator, Limit: SOURCE_LIMIT, StreamARN: stream.source!.arn };
  ask(context, stream, 'GetRecords', input, 'records', shard.shardId);
}

const addShard = (source: Source, shardId: string): SourceShard => {
  const shard: SourceShard = {
    shardId,
    iterator: undefined,
    waiting: false,
    last: undefined,
    isAtTip: false,
  };
  source.shards.set(shardId, shard);
  return shard;
};

interface KinesisRecord {
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
  readonly SequenceNumber: string;
  readonly ApproximateArrivalTimestamp?: Date;
}

interface Answer {
  readonly Shards?: readonly { readonly ShardId: string; readonly SequenceNumberRange?: object }[];
  readonly ShardIterator?: string;
  readonly NextShardIterator?: string | null;
  readonly Records?: readonly KinesisRecord[];
  readonly MillisBehindLatest?: number;
  readonly ChildShards?: readonly { readonly ShardId: string }[];
}

export function sourceAnswered(context: Ctx, token: SourceToken, outcome: Outcome, send: Sender): void {
  const stream = streamOfLife(context.state, token);
  const source = stream?.source;
  if (stream === undefined || source === undefined) return;
  const shard = source.shards.get(token.shardId);
  if (shard !== undefined) shard.waiting = false;
  if (!outcome.ok) {
    const { code, message } = outcome.refusal;
    refused(context, stream, shard, code, message);
    if (token.type === 'shards') planPoll(context, stream);
    return;
  }
  const output = outcome.output as Answer;
  source.problem = undefined;
  if (token.type === 'shards') {
    for (const { ShardId } of output.Shards ?? [])
      askIterator(context, stream, addShard(source, ShardId), 'LATEST');
    planPoll(context, stream);
  } else if (token.type === 'iterator') {
    if (shard !== undefined) shard.iterator = output.ShardIterator;
  } else if (shard !== undefined) {
    take(context, stream, shard, output, send);
  }
}

function refused(
  context: Ctx,
  stream: DeliveryStream,
  shard: SourceShard | undefined,
  code: string,
  message: string,
): void {
  const source = stream.source!;
  if (code === 'ProvisionedThroughputExceededException') {
    source.throttled++;
    countStream(context.state, stream, context.now, 'ThrottledGetRecords');
    return;
  }
  source.problem = `${code}: ${message}`;
  noteProblem(context, stream, `Kinesis.${code}`, message);
  if (shard === undefined || code !== 'ExpiredIteratorException') return;
  shard.iterator = undefined;
  askIterator(context, stream, shard, shard.last === undefined ? 'LATEST' : 'AFTER_SEQUENCE_NUMBER');
}

function take(context: Ctx, stream: DeliveryStream, shard: SourceShard, output: Answer, send: Sender): void {
  const { state, now } = context;
  const source = stream.source!;
  const { Records = [], NextShardIterator, MillisBehindLatest = 0, ChildShards = [] } = output;
  let bytes = 0;
  for (const record of Records) {
    const { Data, PartitionKey, SequenceNumber, ApproximateArrivalTimestamp } = record;
    bytes += Data.length;
    const at = ApproximateArrivalTimestamp === undefined ? now : arrival(state, ApproximateArrivalTimestamp);
    const origin = Object.freeze({
      shardId: shard.shardId,
      partitionKey: PartitionKey,
      sequenceNumber: SequenceNumber,
    });
    shard.last = SequenceNumber;
    takeIn(context, stream, { data: Data, at, origin }, send);
  }
  source.read += Records.length;
  source.behindMs = MillisBehindLatest;
  if (Records.length > 0) {
    countStream(state, stream, now, 'DataReadFromKinesisStream.Records', Records.length);
    countStream(state, stream, now, 'DataReadFromKinesisStream.Bytes', bytes);
    countStream(state, stream, now, 'KinesisMillisBehindLatest', MillisBehindLatest);
  }
  shard.iterator = NextShardIterator ?? undefined;
  if (shard.iterator !== undefined) {
    shard.isAtTip = Records.length === 0 && MillisBehindLatest === 0;
    if (shard.isAtTip) waitIfQuiet(context, stream);
    return;
  }
  // The shard was closed and is read to its end: its children are next, from their beginning.
  source.shards.delete(shard.shardId);
  for (const { ShardId } of ChildShards) {
    if (!source.shards.has(ShardId)) askIterator(context, stream, addShard(source, ShardId), 'TRIM_HORIZON');
  }
}

/** AWS's own time is UTC; services here hand over a Date, or its milliseconds. */
const arrival = ({ epoch }: FirehoseState, at: Date | number): ReturnType<typeof instant> =>
  instant(Number(at) - epoch);
