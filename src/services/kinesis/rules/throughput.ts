/**
 * What one shard takes and gives. A meter is a window of one second of the world and not a bucket that refills, so that
 * a refusal can name the instant at which the same call is accepted. Kinesis Developer Guide, Quotas and limits.
 *
 * A stream with records larger than 1 MiB has a tank instead: it holds 10 MiB and refills at the shard's rate
 * (Handle large records). SIMPLER THAN AWS: how AWS meters inside a second is not documented.
 */
import type { Bytes, Instant } from '../../../engine/units.ts';
import { BURST_BYTES, RECORD_KIB, type ShardLimits } from '../limits.ts';
import type { PutMeter, ReadMeter, SecondLoad, Shard, Stream } from '../model.ts';

export const secondOf = (now: number): number => Math.floor(now / 1_000);

/** A meter, in the second of now. */
export function enterSecond(load: SecondLoad, now: Instant): void {
  const second = secondOf(now);
  if (load.second === second) return;
  load.second = second;
  load.records = 0;
  load.bytes = 0;
}

/** Why a put is refused. */
export type FullMeter = 'records' | 'bytes';

export const hasTank = ({ recordKiB }: Stream): boolean => recordKiB > RECORD_KIB.default;

/** Thousandths of a byte, so that a millisecond refills a whole number of them. */
const THOUSAND = 1_000;

/** What is left of the tank now. */
export function tankBytes({ tank, filledAt }: PutMeter, rate: Bytes, now: Instant): number {
  const full = BURST_BYTES * THOUSAND;
  return Math.min(full, (tank < 0 ? full : tank) + (now - filledAt) * rate) / THOUSAND;
}

/** Does the shard take a record of `size` now? */
export function fullMeter(
  stream: Stream,
  { put }: Shard,
  size: number,
  limits: ShardLimits,
  now: Instant,
): FullMeter | undefined {
  enterSecond(put, now);
  if (put.records >= limits.records) return 'records';
  if (hasTank(stream)) return tankBytes(put, limits.bytes, now) < size ? 'bytes' : undefined;
  // A record that is larger than a scaled limit has a second for itself.
  return put.bytes > 0 && put.bytes + size > limits.bytes ? 'bytes' : undefined;
}

/** Counts a record that `fullMeter` let through. */
export function countPut(
  stream: Stream,
  shard: Shard,
  size: number,
  limits: ShardLimits,
  now: Instant,
): void {
  const { put, peak } = shard;
  if (hasTank(stream)) {
    put.tank = Math.round((tankBytes(put, limits.bytes, now) - size) * THOUSAND);
    put.filledAt = now;
  }
  put.records++;
  put.bytes += size;
  if (put.bytes > peak.bytes) peak.bytes = put.bytes;
  if (put.records > peak.records) peak.records = put.records;
}

/** When a record of `size` can be taken again, if nobody else puts. */
export function putClears(
  stream: Stream,
  { put }: Shard,
  size: number,
  limits: ShardLimits,
  now: Instant,
): Instant {
  const nextSecond = (secondOf(now) + 1) * 1_000;
  if (!hasTank(stream) || put.records >= limits.records) return nextSecond as Instant;
  const lacks = size - tankBytes(put, limits.bytes, now);
  return (now + Math.max(1, Math.ceil((lacks * THOUSAND) / limits.bytes))) as Instant;
}

function enterReadSecond(read: ReadMeter, now: Instant): void {
  const second = secondOf(now);
  if (read.second === second) return;
  read.second = second;
  read.calls = 0;
  read.bytes = 0;
  read.iterators = 0;
}

/** Why a read is refused, and when it no longer is. */
export function fullRead(
  { read }: Shard,
  limits: ShardLimits,
  now: Instant,
): { readonly meter: 'calls' | 'bytes'; readonly clears: Instant } | undefined {
  enterReadSecond(read, now);
  const next = ((read.second + 1) * 1_000) as Instant;
  if (now < read.blockedUntil) return { meter: 'bytes', clears: read.blockedUntil };
  if (read.calls >= limits.calls) return { meter: 'calls', clears: next };
  if (read.bytes >= limits.bytesOut) return { meter: 'bytes', clears: next };
  return undefined;
}

/**
 * Counts a read. GetRecords: ten megabytes in one answer block the shard's reads for five seconds; here every answer
 * that goes beyond the second's two megabytes blocks for as long as it takes at that rate.
 */
export function countRead({ read }: Shard, bytes: number, limits: ShardLimits, now: Instant): void {
  enterReadSecond(read, now);
  read.calls++;
  read.bytes += bytes;
  if (read.bytes > limits.bytesOut) {
    read.blockedUntil = (now + Math.ceil((read.bytes * 1_000) / limits.bytesOut)) as Instant;
  }
}

/** Counts a GetShardIterator; false: too many in this second. */
export function countIterator({ read }: Shard, max: number, now: Instant): boolean {
  enterReadSecond(read, now);
  if (read.iterators >= max) return false;
  read.iterators++;
  return true;
}
