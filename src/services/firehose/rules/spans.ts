/**
 * Which records of a data stream are in an object, shortly: for the story of a record. Where nothing is left out between
 * them, the first and the last of each shard say it; else each is named, when they are few.
 */
import type { DeliveryStream, FirehoseRecord } from '../model.ts';

/** Sequence numbers of one shard. Frozen. */
export interface RecordSpan {
  readonly shardId: string;
  readonly first: string;
  readonly last: string;
}

const NAMED_MAX = 500;

/** Undefined: they are of no data stream, or too many to name. */
export function spansOf(
  { source, destination }: DeliveryStream,
  records: readonly FirehoseRecord[],
): readonly RecordSpan[] | undefined {
  if (source === undefined) return undefined;
  const { partitioned, processing, conversion } = destination;
  const hasGaps = partitioned || processing.lambda !== undefined || conversion !== undefined;
  if (hasGaps && records.length > NAMED_MAX) return undefined;
  const spans: { shardId: string; first: string; last: string }[] = [];
  const open = new Map<string, { shardId: string; first: string; last: string }>();
  for (const { origin } of records) {
    if (origin === undefined) continue;
    const { shardId, sequenceNumber } = origin;
    const span = hasGaps ? undefined : open.get(shardId);
    if (span === undefined) {
      const begun = { shardId, first: sequenceNumber, last: sequenceNumber };
      open.set(shardId, begun);
      spans.push(begun);
    } else span.last = sequenceNumber;
  }
  return Object.freeze(spans.map((span) => Object.freeze(span)));
}
