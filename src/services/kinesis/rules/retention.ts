/**
 * How long records are kept. Whether one is still there follows from its instant; a timer for the whole stream tells of
 * it and frees memory, at most once a minute. Kinesis Developer Guide, Changing the data retention period: a shorter
 * period takes data away at once, a longer one brings nothing back.
 */
import type { Context } from '../../../engine/service.ts';
import { type Instant, instant, type Milliseconds, milliseconds } from '../../../engine/units.ts';
import { emit, KINESIS_PRINCIPAL } from '../events.ts';
import type { KinesisState, Shard, Stream } from '../model.ts';
import { arrivalOf, dropBefore, firstAt, nextNumber } from './shardLog.ts';

const HOUR_MS = 3_600_000;
const TRIM_STEP_MS = 60_000;

export const retention = ({ retentionHours }: Stream): Milliseconds => milliseconds(retentionHours * HOUR_MS);

/** The number of the oldest record that can be read now. */
export function horizon(stream: Stream, shard: Shard, now: number): number {
  const { log } = shard;
  const oldest = arrivalOf(log, log.first);
  const cut = now - retention(stream) + 1;
  return oldest === undefined || oldest >= cut ? log.first : firstAt(log, instant(cut));
}

/** A closed shard goes when the newest record that it can have had is gone. */
export const isGone = (stream: Stream, { closed }: Shard, now: number): boolean =>
  closed !== undefined && now - closed >= retention(stream);

/** Records of a shard that outlived the retention period so far. */
export const trimmedOf = (stream: Stream, shard: Shard, now: number): number =>
  horizon(stream, shard, now) - 1;

export interface TrimDue {
  readonly type: 'kinesis/TrimDue';
  readonly stream: string;
  readonly order: number;
}

/** When the next thing of the stream is to be trimmed; undefined: never. */
function nextTrim(stream: Stream): number | undefined {
  let first: number | undefined;
  for (const { log, closed } of stream.shards.values()) {
    const at = arrivalOf(log, log.first) ?? closed;
    if (at !== undefined && (first === undefined || at < first)) first = at;
  }
  return first === undefined ? undefined : first + retention(stream);
}

/** Plans a trim if none is planned. Cheap when one is: called at every put. */
export function planTrim(context: Context<KinesisState>, stream: Stream): void {
  if (stream.trimAt >= 0) return;
  armTrim(context, stream, 0);
}

function armTrim(context: Context<KinesisState>, stream: Stream, wait: number): void {
  const next = nextTrim(stream);
  stream.trimAt = next === undefined ? -1 : Math.max(next, context.now + wait);
  if (next === undefined) return;
  context.schedule(instant(stream.trimAt), {
    type: 'kinesis/TrimDue',
    stream: stream.key,
    order: stream.order,
  } as TrimDue);
}

export function trimDue(context: Context<KinesisState>, { stream: key, order }: TrimDue): void {
  const stream = context.state.streams.get(key);
  if (stream?.order !== order || stream.trimAt !== context.now) return;
  trim(context, stream);
  armTrim(context, stream, TRIM_STEP_MS);
}

/** Takes away what has outlived the period that holds now, and tells of it. */
function trim(context: Context<KinesisState>, stream: Stream): void {
  const { now } = context;
  for (const shard of stream.shards.values()) {
    const first = horizon(stream, shard, now);
    const count = first - shard.log.first;
    if (count > 0) {
      dropBefore(shard.log, first);
      emit(context, {
        type: 'kinesis/RecordsTrimmed',
        by: KINESIS_PRINCIPAL,
        stream: stream.name,
        shard: shard.number,
        count,
      });
    }
    if (isGone(stream, shard, now)) {
      stream.counters.trimmedGone += nextNumber(shard.log) - 1;
      stream.shards.delete(shard.number);
    }
  }
}

/** Another period: what it leaves out goes at once. */
export function setRetention(context: Context<KinesisState>, stream: Stream, hours: number): void {
  trim(context, stream);
  stream.retentionHours = hours;
  trim(context, stream);
  armTrim(context, stream, 0);
}

/** The age of the oldest record that can be read; 0 when there is none. */
export function oldestAge(stream: Stream, now: Instant): number {
  let age = 0;
  for (const shard of stream.shards.values()) {
    const at = arrivalOf(shard.log, horizon(stream, shard, now));
    if (at !== undefined && now - at > age) age = now - at;
  }
  return age;
}
