/**
 * How an event is tied to others of a story: the message it is about, what that message became elsewhere, and, for the
 * records of a stream, whether one of them is among many that the event is about.
 */
import type { EventView } from './snapshot.ts';
import { textOf } from './storyTelling.ts';

/** A message's id, or the sequence number of a record. */
export const idOfEvent = ({ fields, type }: EventView): string =>
  textOf(fields, 'messageId') || (type === 'kinesis/RecordPut' ? textOf(fields, 'sequenceNumber') : '');

/** Under which id the message goes on; empty: it does not. */
export const heirOf = ({ fields }: EventView): string =>
  textOf(fields, 'newMessageId') || textOf(fields, 'became');

interface Span {
  readonly shard: number;
  readonly first: string;
  readonly last: string;
}

function spansOf({ type, fields }: EventView): readonly Span[] {
  if (type === 'kinesis/RecordsRead') {
    const { shard } = fields;
    return [{ shard: Number(shard), first: textOf(fields, 'first'), last: textOf(fields, 'last') }];
  }
  if (!Array.isArray(fields.spans)) return [];
  return (fields.spans as readonly { shardId: string; first: string; last: string }[]).map(
    ({ shardId, first, last }) => ({
      shard: Number(shardId.slice(shardId.lastIndexOf('-') + 1)),
      first,
      last,
    }),
  );
}

/** Of these records, in which shard each lies: those that the event is about. Sequence numbers have equally many digits. */
export function recordsIn(event: EventView, shards: ReadonlyMap<string, number>): readonly string[] {
  if (shards.size === 0) return [];
  const spans = spansOf(event);
  if (spans.length === 0) return [];
  return [...shards]
    .filter(([id, at]) => spans.some(({ shard, first, last }) => shard === at && first <= id && id <= last))
    .map(([id]) => id);
}

/**
 * Records that a checkpoint covers and none before did: these are noted. And those that the next worker of a group reads
 * again, because the one before it was gone before it noted them.
 */
export function recordsBehind(
  { type, fields }: EventView,
  shards: ReadonlyMap<string, number>,
  noted: Set<string>,
): readonly string[] {
  const isNote = type === 'kinesis/Checkpointed';
  if (!isNote && (type !== 'kinesis/LeaseTaken' || textOf(fields, 'reason') !== 'expired')) return [];
  const app = textOf(fields, 'app');
  const upTo = textOf(fields, 'sequenceNumber');
  const left = [...shards]
    .filter(([id, shard]) => shard === fields.shard && !noted.has(`${app}/${id}`))
    .map(([id]) => id)
    .filter((id) => !isNote || upTo === 'SHARD_END' || id <= upTo);
  if (isNote) for (const id of left) noted.add(`${app}/${id}`);
  return left;
}
