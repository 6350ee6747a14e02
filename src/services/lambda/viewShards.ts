/** How far a mapping is in each shard of its stream. */
import type { Instant } from '../../engine/units.ts';
import type { MappingRecord } from './rules/mappingRecord.ts';
import { type StreamLane, type StreamShard, streamWorkOf } from './rules/streamWork.ts';

/** As conditions and screens see it. */
interface ShardAtWork {
  readonly shardId: string;
  readonly state: 'reading' | 'working' | 'blocked' | 'waiting';
  /** Records that were read and are not done. */
  readonly held: number;
  readonly behindMs: number;
  /** Of a blocked shard: calls so far that had its records, and when it is tried again. */
  readonly attempts?: number;
  readonly retryAtMs?: Instant;
  /** Of tumbling windows: the one that is open, and what its calls handed on, as JSON. */
  readonly window?: { readonly startMs: number; readonly endMs: number; readonly state: string };
}

/** A lane whose first batch failed and waits for another try. */
export const blockedLane = ({ lanes }: StreamShard): StreamLane | undefined =>
  lanes.find(({ state, batches }) => state === 'waiting' && (batches[0]?.invokes ?? 0) > 0);

export const heldIn = ({ lanes }: StreamShard): number =>
  lanes.reduce(
    (sum, { batches, pending }) =>
      sum + pending.length + batches.reduce((all, { entries }) => all + entries.length, 0),
    0,
  );

export function shardsAtWork(mapping: MappingRecord, epoch: number): ShardAtWork[] {
  const shards = streamWorkOf(mapping)?.shards.values() ?? [];
  return [...shards].map((shard) => {
    const blocked = blockedLane(shard);
    const works = shard.lanes.some(({ state }) => state === 'working');
    return {
      shardId: shard.shardId,
      state:
        blocked !== undefined
          ? 'blocked'
          : works
            ? 'working'
            : shard.state === 'waiting'
              ? 'waiting'
              : 'reading',
      held: heldIn(shard),
      behindMs: shard.behindMs,
      ...(blocked !== undefined && {
        attempts: blocked.batches[0]!.invokes,
        retryAtMs: blocked.wakes,
      }),
      ...(shard.window !== undefined && {
        window: {
          startMs: shard.window.start - epoch,
          endMs: shard.window.end - epoch,
          state: shard.window.state,
        },
      }),
    };
  });
}
