/** Which shards ListShards lists. API Reference, ShardFilter. */
import type { Context } from '../../../engine/service.ts';
import { type Instant, instant } from '../../../engine/units.ts';
import { invalidArgument } from '../errors.ts';
import type { KinesisState, Shard, Stream } from '../model.ts';
import { shardNumber } from './lookup.ts';
import { utcOf } from './positions.ts';
import { isGone, retention } from './retention.ts';

export interface ShardFilter {
  readonly Type?: string;
  readonly ShardId?: string;
  readonly Timestamp?: unknown;
}

/** In the order of their numbers. `after`: the id of the last one that was listed. */
export function shardsBy(
  { state, now }: Context<KinesisState>,
  stream: Stream,
  filter: ShardFilter | undefined,
  after: string | undefined,
): Shard[] {
  const start = after === undefined ? -1 : numberIn(after);
  const passes = passing(state, stream, filter, now);
  return [...stream.shards.values()].filter(
    (shard) => shard.number > start && !isGone(stream, shard, now) && passes(shard),
  );
}

function numberIn(id: string): number {
  const number = shardNumber(id);
  // UNSURE: the sentence.
  if (number === undefined) throw invalidArgument(`Invalid shard id ${id}.`);
  return number;
}

function passing(
  { epoch }: KinesisState,
  stream: Stream,
  filter: ShardFilter | undefined,
  now: Instant,
): (shard: Shard) => boolean {
  const horizon = instant(Math.max(stream.created, now - retention(stream)));
  const openAt =
    (at: number) =>
    ({ created, closed }: Shard): boolean =>
      created <= at && (closed === undefined || closed > at);
  const time = (): number => {
    // UNSURE: the sentence.
    if (filter?.Timestamp === undefined) throw invalidArgument(`${filter?.Type} needs a Timestamp.`);
    return Math.max(horizon, utcOf(filter.Timestamp) - epoch);
  };
  switch (filter?.Type) {
    case 'AFTER_SHARD_ID': {
      // UNSURE: the sentence.
      if (filter.ShardId === undefined) throw invalidArgument('AFTER_SHARD_ID needs a ShardId.');
      const number = numberIn(filter.ShardId);
      return (shard) => shard.number > number;
    }
    case 'AT_LATEST':
      return ({ closed }) => closed === undefined;
    case 'AT_TRIM_HORIZON':
      return openAt(Math.max(horizon, firstShardAt(stream)));
    case 'AT_TIMESTAMP':
      return openAt(time());
    case 'FROM_TIMESTAMP': {
      const at = time();
      return ({ closed }) => closed === undefined || closed >= at;
    }
    default:
      return () => true;
  }
}

/** A stream has its first shards some seconds after its creation. */
const firstShardAt = ({ shards }: Stream): number => [...shards.values()][0]?.created ?? 0;
