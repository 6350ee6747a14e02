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

/** `at`: the first hash key of the upper child. `by`: who asked for it. */
export function splitShard(
  context: Ctx,
  stream: Stream,
  shard: Shard,
  { at, by }: { readonly at: string; readonly by: string },
): void {
  const { now } = context;
  close(stream, shard, now);
  const parents = [shard.number];
  const lower = addShard(stream, { start: shard.start, end: before(at), parents }, now);
  const upper = addShard(stream, { start: at, end: shard.end, parents }, now);
  emit(context, {
    type: 'kinesis/ShardSplit',
    by,
    stream: stream.name,
    shard: shard.number,
    children: [lower.number, upper.number],
  });
  planTrim(context, stream);
}

/** Two neighbours, the lower first. */
export function mergeShards(
  context: Ctx,
  stream: Stream,
  [lower, upper]: readonly [Shard, Shard],
  by: string,
): void {
  const { now } = context;
  close(stream, lower, now);
  close(stream, upper, now);
  const parents = [lower.number, upper.number];
  const merged = addShard(stream, { start: lower.start, end: upper.end, parents }, now);
  emit(context, {
    type: 'kinesis/ShardsMerged',
    by,
    stream: stream.name,
    shard: merged.number,
    parents,
  });
  planTrim(context, stream);
}

const before = (hash: string): string => toHash(fromHash(hash) - 1n);

/**
 * Equal ranges for `target` shards, by splits and merges of two: first splits where a new range begins, then merges
 * where an old one did. UpdateShardCount: "small temporary shards" are closed again.
 */
export function scaleUniformly(context: Ctx, stream: Stream, target: number, by: string): void {
  const wanted = evenRanges(target).map(({ start }) => start);
  const had = new Set(openShards(stream).map(({ start }) => start));
  for (const start of wanted) {
    if (had.has(start)) continue;
    const holder = openShards(stream).find((shard) => shard.start < start && shard.end >= start);
    if (holder !== undefined) splitShard(context, stream, holder, { at: start, by });
  }
  const keep = new Set(wanted);
  for (;;) {
    const open = openShards(stream);
    const index = open.findIndex(({ start }) => !keep.has(start));
    if (index < 1) return;
    mergeShards(context, stream, [open[index - 1]!, open[index]!], by);
  }
}
