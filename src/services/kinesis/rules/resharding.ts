/**
 * Splits and merges: parents are closed and keep their records, children take the new ones. Kinesis Developer Guide,
 * Reshard a stream.
 */
import type { Context } from '../../../engine/service.ts';
import { emit } from '../events.ts';
import { addShard, type KinesisState, type Shard, type Stream } from '../model.ts';
import { evenRanges, fromHash, openShards, toHash } from './hashRange.ts';
import { planTrim } from './retention.ts';

type Ctx = Context<KinesisState>;

function close(stream: Stream, shard: Shard, now: Shard['created']): void {
  shard.closed = now;
  stream.openShards--;
  stream.topology++;
}

/** `at`: the first hash key of the upper child. */
export function splitShard(context: Ctx, stream: Stream, shard: Shard, at: string): void {
  const { now, caller } = context;
  close(stream, shard, now);
  const parents = [shard.number];
  const lower = addShard(stream, { start: shard.start, end: before(at), parents }, now);
  const upper = addShard(stream, { start: at, end: shard.end, parents }, now);
  emit(context, {
    type: 'kinesis/ShardSplit',
    by: by(caller.by),
    stream: stream.name,
    shard: shard.number,
    children: [lower.number, upper.number],
  });
  planTrim(context, stream);
}

/** `lower` and `upper` are neighbours. `first`: the one that was named first. */
export function mergeShards(context: Ctx, stream: Stream, lower: Shard, upper: Shard): void {
  const { now, caller } = context;
  close(stream, lower, now);
  close(stream, upper, now);
  const parents = [lower.number, upper.number];
  const merged = addShard(stream, { start: lower.start, end: upper.end, parents }, now);
  emit(context, {
    type: 'kinesis/ShardsMerged',
    by: by(caller.by),
    stream: stream.name,
    shard: merged.number,
    parents,
  });
  planTrim(context, stream);
}

const by = (name: string): string => (name === 'kinesis' ? 'kinesis.amazonaws.com' : name);
const before = (hash: string): string => toHash(fromHash(hash) - 1n);

/**
 * Equal ranges for `target` shards, by splits and merges of two: first splits where a new range begins, then merges
 * where an old one did. UpdateShardCount: "small temporary shards" are closed again.
 */
export function scaleUniformly(context: Ctx, stream: Stream, target: number): void {
  const wanted = evenRanges(target).map(({ start }) => start);
  const had = new Set(openShards(stream).map(({ start }) => start));
  for (const start of wanted) {
    if (had.has(start)) continue;
    const holder = openShards(stream).find((shard) => shard.start < start && shard.end >= start);
    if (holder !== undefined) splitShard(context, stream, holder, start);
  }
  const keep = new Set(wanted);
  for (;;) {
    const open = openShards(stream);
    const index = open.findIndex(({ start }) => !keep.has(start));
    if (index < 1) return;
    mergeShards(context, stream, open[index - 1]!, open[index]!);
  }
}
