/**
 * What a stream on demand takes. Kinesis Developer Guide, Choose the right mode: 4 MB/s or 4,000 records a second at
 * the start, then double the peak of the last 30 days; more than that within 15 minutes is throttled. Shards that took
 * over 500 KB/s are split evenly.
 *
 * SIMPLER THAN AWS: the quarters of an hour stand fast, a peak counts when its quarter is over, shards are split at the
 * first put of the next one, and never merged.
 */
import type { Context } from '../../../engine/service.ts';
import type { Instant } from '../../../engine/units.ts';
import { KINESIS_PRINCIPAL } from '../events.ts';
import { ON_DEMAND, SHARDS_OF_STREAM_MAX, type ShardLimits, shardLimits } from '../limits.ts';
import type { KinesisState, Peak, Stream } from '../model.ts';
import { accrue } from './billing.ts';
import { fromHash, openShards, toHash } from './hashRange.ts';
import { splitShard } from './resharding.ts';
import { enterSecond, type FullMeter } from './throughput.ts';

const quarterOf = (now: number): number => Math.floor(now / ON_DEMAND.window);
const QUARTERS_KEPT = ON_DEMAND.memory / ON_DEMAND.window;

export interface Capacity {
  readonly bytes: number;
  readonly records: number;
}

/** What it takes in a second now. */
export function capacityOf({ peaks }: Stream, limits: ShardLimits, now: Instant): Capacity {
  const oldest = quarterOf(now) - QUARTERS_KEPT;
  let bytes = ON_DEMAND.shards * limits.bytes;
  let records = ON_DEMAND.shards * limits.records;
  const count = (peak: Peak): void => {
    if (peak.quarter < oldest || peak.quarter >= quarterOf(now)) return;
    bytes = Math.max(bytes, 2 * peak.bytes);
    records = Math.max(records, 2 * peak.records);
  };
  for (const peak of peaks.past) count(peak);
  count(peaks);
  return { bytes, records };
}

/** Before puts of a call: a new quarter of an hour may begin. */
export function enterQuarter(context: Context<KinesisState>, stream: Stream): void {
  const { now, state } = context;
  const quarter = quarterOf(now);
  const { peaks } = stream;
  if (peaks.quarter === quarter) return;
  if (peaks.records > 0) {
    const { bytes, records } = peaks;
    remember(stream, Object.freeze({ quarter: peaks.quarter, bytes, records }), quarter);
  }
  peaks.quarter = quarter;
  peaks.bytes = 0;
  peaks.records = 0;
  if (stream.mode === 'ON_DEMAND') splitBusy(context, stream, shardLimits(state.limits));
  for (const { peak } of stream.shards.values()) {
    peak.bytes = 0;
    peak.records = 0;
  }
}

/** A peak that a later one reaches no longer counts. */
function remember({ peaks }: Stream, peak: Peak, quarter: number): void {
  const kept = peaks.past.filter(
    (past) =>
      past.quarter >= quarter - QUARTERS_KEPT && (past.bytes > peak.bytes || past.records > peak.records),
  );
  peaks.past = Object.freeze([...kept, peak]);
}

/** A stream that becomes one on demand keeps what its shards took. */
export function seedPeak(stream: Stream, limits: ShardLimits, now: Instant): void {
  const half = stream.openShards / 2;
  remember(
    stream,
    Object.freeze({
      quarter: quarterOf(now) - 1,
      bytes: Math.ceil(half * limits.bytes),
      records: Math.ceil(half * limits.records),
    }),
    quarterOf(now),
  );
}

function splitBusy(context: Context<KinesisState>, stream: Stream, limits: ShardLimits): void {
  const share = limits.records / shardLimits('current').records;
  accrue(stream, context.now);
  for (const shard of openShards(stream)) {
    const busy =
      shard.peak.bytes > ON_DEMAND.splitBytes * share || shard.peak.records > ON_DEMAND.splitRecords * share;
    if (!busy || stream.openShards >= SHARDS_OF_STREAM_MAX) continue;
    const middle = (fromHash(shard.start) + fromHash(shard.end) + 1n) / 2n;
    splitShard(context, stream, shard, { at: toHash(middle), by: KINESIS_PRINCIPAL });
  }
}

/** Does the stream as a whole take a record now? Undefined: yes. `capacity`: undefined for provisioned ones. */
export function fullStream(
  stream: Stream,
  capacity: Capacity | undefined,
  size: number,
  now: Instant,
): FullMeter | undefined {
  enterSecond(stream.load, now);
  if (capacity === undefined) return undefined;
  if (stream.load.records >= capacity.records) return 'records';
  return stream.load.bytes > 0 && stream.load.bytes + size > capacity.bytes ? 'bytes' : undefined;
}

/** Counts a record; `fullStream` was asked before. */
export function countLoad({ load, peaks }: Stream, size: number): void {
  load.records++;
  load.bytes += size;
  if (load.bytes > peaks.bytes) peaks.bytes = load.bytes;
  if (load.records > peaks.records) peaks.records = load.records;
}
