/** Shards: listed, split, merged, brought to another number. Kinesis Developer Guide, Reshard a stream. */
import {
  ListShards$,
  type ListShardsInput,
  MergeShards$,
  type MergeShardsInput,
  SplitShard$,
  type SplitShardInput,
  UpdateShardCount$,
  type UpdateShardCountInput,
} from '@aws-sdk/client-kinesis';
import type { Context } from '../../../engine/service.ts';
import { kinesisOperation, NEXT_TOKEN, results, STREAM } from '../define.ts';
import { invalidArgument, limitExceeded, notActive, onDemandRefused, shardNotFound } from '../errors.ts';
import { COUNT_CHANGES_MAX, DAY, SHARDS_OF_STREAM_MAX, UPDATING } from '../limits.ts';
import { type KinesisState, type Shard, type Stream, shardId } from '../model.ts';
import { begin } from '../rules/changes.ts';
import { describedShard } from '../rules/describing.ts';
import { decimal, fromHash, toHash } from '../rules/hashRange.ts';
import { findStream, named, parsedShard, shardAt, streamAt } from '../rules/lookup.ts';
import { readToken, tokenText } from '../rules/paging.ts';
import { type ShardFilter, shardsBy } from '../rules/shardFilter.ts';
import { checkShards } from './streams.ts';

type Ctx = Context<KinesisState>;
const PAGE = 1_000;

export const listShards = kinesisOperation<ListShardsInput>(ListShards$, {
  summary: 'Lists the shards of a stream, all or those of a time.',
  members: {
    ...STREAM,
    NextToken: NEXT_TOKEN,
    ExclusiveStartShardId: { purpose: 'only shards after this one' },
    MaxResults: results(PAGE),
    StreamCreationTimestamp: { purpose: 'tells it from an older stream of the name' },
    ShardFilter: { purpose: 'which: Type=AT_LATEST, Type=AFTER_SHARD_ID,ShardId=…' },
  },
  pagination: {
    inputToken: 'NextToken',
    outputToken: 'NextToken',
    result: 'Shards',
    limitKey: 'MaxResults',
  },
  handle(context, input) {
    const { state, now } = context;
    const { NextToken, StreamName, StreamARN, MaxResults = PAGE } = input;
    const isNamed = StreamName !== undefined || StreamARN !== undefined;
    if (NextToken !== undefined && isNamed) {
      throw invalidArgument('NextToken and StreamName cannot be provided together.');
    }
    if (NextToken === undefined && !isNamed) {
      throw invalidArgument('Either NextToken or StreamName should be provided.');
    }
    const token = NextToken === undefined ? undefined : readToken(NextToken, now);
    const [account = '', name = ''] = token?.stream.split('/') ?? [];
    const stream = streamAt(
      context,
      token === undefined ? input : { StreamName: name, StreamARN: arnOf(state, account, name) },
    );
    const filter = (token?.filter ?? input.ShardFilter) as ShardFilter | undefined;
    const after = token?.after ?? input.ExclusiveStartShardId;
    const found = shardsBy(context, stream, filter, after);
    const page = found.slice(0, MaxResults);
    return {
      Shards: page.map((shard) => describedShard(state, shard)),
      ...(found.length > page.length && {
        NextToken: tokenText({ issued: now, stream: stream.key, after: page.at(-1)!.id, filter }),
      }),
    };
  },
});

const arnOf = (state: KinesisState, account: string, name: string): string | undefined =>
  findStream(state, { account, name })?.arn;

/** In AWS's order: can the ids be read, is there a stream, is it ACTIVE, are there the shards. */
function reshardable(
  context: Ctx,
  ref: SplitShardInput | MergeShardsInput,
  ids: readonly string[],
): { readonly stream: Stream; readonly shards: readonly Shard[] } {
  const who = named(ref, context.caller.account);
  const numbers = ids.map((id) => parsedShard(id, who));
  const stream = streamAt(context, ref);
  if (stream.status !== 'ACTIVE') throw notActive(stream, stream.status);
  if (stream.mode === 'ON_DEMAND') throw onDemandRefused(stream);
  const missing = numbers.find((number) => !stream.shards.has(number));
  if (missing !== undefined) throw shardNotFound(shardId(missing), stream);
  return { stream, shards: numbers.map((number) => shardAt(stream, number, context.now)) };
}

function refuseClosed({ name, account }: Stream, { id, closed }: Shard): void {
  if (closed === undefined) return;
  throw invalidArgument(
    `Shard ${id} in stream ${name} under account ${account} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
}

export const splitShard = kinesisOperation<SplitShardInput>(SplitShard$, {
  summary: 'Closes a shard and opens two: each takes a part of its hash keys.',
  members: {
    ...STREAM,
    ShardToSplit: { purpose: 'the shard' },
    NewStartingHashKey: { purpose: 'where the upper of the two begins' },
  },
  handle(context, input) {
    const { stream, shards } = reshardable(context, input, [input.ShardToSplit!]);
    const shard = shards[0]!;
    refuseClosed(stream, shard);
    const key = BigInt(input.NewStartingHashKey!);
    if (key <= fromHash(shard.start) + 1n || key >= fromHash(shard.end)) {
      // The highest key is refused too: each half has more than one.
      throw invalidArgument(
        `NewStartingHashKey ${key} used in SplitShard() on shard ${shard.id} in stream ${stream.name} under account ${stream.account} is not both greater than one plus the shard's StartingHashKey ${decimal(shard.start)} and less than the shard's EndingHashKey ${decimal(shard.end)}.`,
      );
    }
    checkShards(context.state, stream.account, 1);
    begin(context, stream, { type: 'split', shard: shard.number, at: toHash(key) }, UPDATING);
    return {};
  },
});

export const mergeShards = kinesisOperation<MergeShardsInput>(MergeShards$, {
  summary: 'Closes two neighbours and opens one with the hash keys of both.',
  members: {
    ...STREAM,
    ShardToMerge: { purpose: 'the lower neighbour' },
    AdjacentShardToMerge: { purpose: 'the upper neighbour' },
  },
  handle(context, input) {
    const ids = [input.ShardToMerge!, input.AdjacentShardToMerge!];
    const { stream, shards } = reshardable(context, input, ids);
    const [lower, upper] = shards as [Shard, Shard];
    refuseClosed(stream, lower);
    refuseClosed(stream, upper);
    if (fromHash(lower.end) + 1n !== fromHash(upper.start)) {
      throw invalidArgument(
        `Shards ${lower.id} and ${upper.id} in stream ${stream.name} under account ${stream.account} are not an adjacent pair of shards eligible for merging`,
      );
    }
    begin(context, stream, { type: 'merge', shard: lower.number, other: upper.number }, UPDATING);
    return {};
  },
});

export const updateShardCount = kinesisOperation<UpdateShardCountInput>(UpdateShardCount$, {
  summary: 'Brings a stream to another number of shards, at most double, at least half.',
  members: {
    ...STREAM,
    TargetShardCount: { purpose: 'how many open shards', min: 1, max: SHARDS_OF_STREAM_MAX },
    ScalingType: { purpose: 'how the ranges are cut', values: ['UNIFORM_SCALING'] },
  },
  handle(context, input) {
    const { state, now } = context;
    const stream = streamAt(context, input);
    if (stream.status !== 'ACTIVE') throw notActive(stream, stream.status);
    if (stream.mode === 'ON_DEMAND') throw onDemandRefused(stream);
    const target = input.TargetShardCount!;
    const { openShards: open } = stream;
    checkTarget(open, target);
    const calls = stream.countChanges.filter((at) => now - at < DAY);
    if (calls.length >= COUNT_CHANGES_MAX) {
      // UNSURE: the sentence.
      throw limitExceeded(
        `Stream ${stream.name} under account ${stream.account} has been scaled ${COUNT_CHANGES_MAX} times within the last 24 hours.`,
        `The oldest of these is forgotten in ${DAY - (now - calls[0]!)} ms.`,
      );
    }
    if (target > open) checkShards(state, stream.account, target - open);
    stream.countChanges = [...calls, now];
    begin(context, stream, { type: 'count', target }, UPDATING);
    return {
      StreamName: stream.name,
      CurrentShardCount: open,
      TargetShardCount: target,
      StreamARN: stream.arn,
    };
  },
});

/** UNSURE: code and sentences. */
function checkTarget(open: number, target: number): void {
  const counts = `Current open shard count: ${open} Target shard count: ${target}`;
  if (target > 2 * open) {
    throw limitExceeded(
      `UpdateShardCount cannot scale up over double your current open shard count. ${counts}`,
    );
  }
  if (2 * target < open) {
    throw limitExceeded(
      `UpdateShardCount cannot scale down below half your current open shard count. ${counts}`,
    );
  }
  if (target > SHARDS_OF_STREAM_MAX) {
    throw limitExceeded(`UpdateShardCount cannot scale over ${SHARDS_OF_STREAM_MAX} shards in a stream.`);
  }
}
