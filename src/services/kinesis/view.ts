/** Streams and shards as screens and conditions see them: small plain values, made new each time. */
import type { ShardLine, ShardsView } from '../../contract/shards.ts';
import { perSecond } from '../../contract/traffic.ts';
import type { LinkView, MeterView, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import { type ShardLimits, shardLimits } from './limits.ts';
import type { KinesisState, Shard, Stream } from './model.ts';
import { capacityOf } from './rules/capacity.ts';
import { described } from './rules/describing.ts';
import { decimal, fromHash, openShards } from './rules/hashRange.ts';
import { horizon, isGone, oldestAge, trimmedOf } from './rules/retention.ts';
import { nextNumber } from './rules/shardLog.ts';
import { hasTank, secondOf, tankBytes } from './rules/throughput.ts';

/** Shards of a stream that are shown one by one. */
const SHARDS_MAX = 200;
const METERS_MAX = 8;

export function view(state: KinesisState, now: Instant): ResourceView[] {
  const views: ResourceView[] = [];
  for (const stream of state.streams.values()) {
    views.push(streamView(state, stream, now));
    for (const shard of [...stream.shards.values()].slice(0, SHARDS_MAX)) {
      if (!isGone(stream, shard, now)) views.push(shardView(state, stream, shard, now));
    }
  }
  return views;
}

/** The fields of one of them, without what only a screen shows. */
export function fields(state: KinesisState, id: string, now: Instant): object | undefined {
  if (!id.startsWith('stream/') && !id.startsWith('shard/')) return undefined;
  for (const stream of state.streams.values()) {
    const place = placeOf(state, stream);
    if (id === `stream/${place}`) return streamFields(state, stream, now);
    if (!id.startsWith(`shard/${place}/`)) continue;
    const number = id.slice(`shard/${place}/`.length);
    const shard = [...stream.shards.values()]
      .slice(0, SHARDS_MAX)
      .find((one) => String(one.number) === number);
    return shard === undefined || isGone(stream, shard, now) ? undefined : shardFields(stream, shard, now);
  }
  return undefined;
}

function streamFields(state: KinesisState, stream: Stream, now: Instant): Record<string, unknown> {
  const { counters, openShards: open, created } = stream;
  let trimmed = counters.trimmedGone;
  for (const shard of stream.shards.values()) trimmed += trimmedOf(stream, shard, now);
  const { put, putBytes, throttledPuts, throttledReads, read } = counters;
  return {
    attributes: { ...described(state, stream), MaxRecordSizeInKiB: stream.recordKiB },
    openShards: open,
    put,
    putBytes,
    read,
    throttledPuts,
    throttledReads,
    trimmed,
    oldestAgeMs: oldestAge(stream, now),
    consumers: stream.consumers.size,
    createdAtMs: created,
  };
}

function shardFields(stream: Stream, shard: Shard, now: Instant): Record<string, unknown> {
  const { id, start, end, parents, closed, created } = shard;
  return {
    open: closed === undefined,
    putPerSecond: perSecond(shard.incoming, now),
    bytesPerSecond: perSecond(shard.incomingBytes, now),
    readPerSecond: perSecond(shard.outgoing, now),
    parents: [...parents],
    stream: stream.name,
    shardId: id,
    put: nextNumber(shard.log) - 1,
    kept: nextNumber(shard.log) - horizon(stream, shard, now),
    StartingHashKey: decimal(start),
    EndingHashKey: decimal(end),
    createdAtMs: created,
    ...(closed !== undefined && { closedAtMs: closed }),
  };
}

/** `orders` in the world's own account, `ACCOUNT/orders` elsewhere. */
const placeOf = (state: KinesisState, { account, name }: Stream): string =>
  account === state.account ? name : `${account}/${name}`;

function streamView(state: KinesisState, stream: Stream, now: Instant): ResourceView {
  const { name, counters, mode, openShards: open, order, status } = stream;
  const meters = metersOf(state, stream, now);
  const full = meters.find(({ used, limit }) => used >= limit)?.label;
  const { throttledPuts, throttledReads } = counters;
  return {
    id: `stream/${placeOf(state, stream)}`,
    kind: 'stream',
    name,
    title: 'Kinesis',
    role: 'resource',
    order,
    fields: streamFields(state, stream, now),
    scope: { label: mode === 'ON_DEMAND' ? 'on demand' : 'shards', value: String(open) },
    rates: {
      in: perSecond(stream.incoming, now),
      out: perSecond(stream.outgoing, now),
      refused: perSecond(stream.refused, now),
    },
    ...(full !== undefined && { full }),
    ...(meters.length > 0 && { meters }),
    figures: [
      { label: 'in', value: perSecond(stream.incoming, now), unit: '/s' },
      { label: 'out', value: perSecond(stream.outgoing, now), unit: '/s' },
      { label: 'throttled', value: throttledPuts + throttledReads, unit: '', bad: true },
    ],
    links: linksOf(stream),
    ...(status !== 'ACTIVE' && { notes: [status.toLowerCase()] }),
  };
}

/** The fullest meter of each of the busiest shards. */
function metersOf(state: KinesisState, stream: Stream, now: Instant): MeterView[] {
  const limits = shardLimits(state.limits);
  const unit = state.limits === 'scaled' ? '/s, scaled' : '/s';
  return openShards(stream)
    .map((shard) => ({ shard, load: loadOf(stream, shard, limits, now) }))
    .sort((a, b) => b.load.share - a.load.share || a.shard.number - b.shard.number)
    .slice(0, METERS_MAX)
    .sort((a, b) => a.shard.number - b.shard.number)
    .map(({ shard, load }) => ({
      label: `shard ${shard.number}`,
      used: load.used,
      limit: load.limit,
      unit: load.meter === 'bytes' ? `B${unit}` : unit,
    }));
}

interface Load {
  readonly meter: 'records' | 'bytes';
  readonly used: number;
  readonly limit: number;
  readonly share: number;
}

/** What a shard took in the present second, by the meter that is fuller. */
function loadOf(stream: Stream, { put }: Shard, limits: ShardLimits, now: Instant): Load {
  const fresh = put.second === secondOf(now);
  const records = fresh ? put.records : 0;
  const bytes = fresh ? put.bytes : 0;
  const byRecords = records / limits.records;
  const byBytes = bytes / limits.bytes;
  // A tank that is empty is full as a meter.
  const empty = hasTank(stream) && tankBytes(put, limits.bytes, now) < 1;
  return byRecords > byBytes
    ? { meter: 'records', used: records, limit: limits.records, share: byRecords }
    : { meter: 'bytes', used: bytes, limit: limits.bytes, share: empty ? 1 : byBytes };
}

/** Consumers with fan-out are no resources of their own: their apps say what they poll. */
const linksOf = (_stream: Stream): LinkView[] => [];

function shardView(state: KinesisState, stream: Stream, shard: Shard, now: Instant): ResourceView {
  const { number, closed } = shard;
  return {
    id: `shard/${placeOf(state, stream)}/${number}`,
    kind: 'shard',
    name: `${stream.name} ${number}`,
    title: 'Kinesis',
    role: 'resource',
    order: number,
    offStage: true,
    fields: shardFields(stream, shard, now),
    rates: {
      in: perSecond(shard.incoming, now),
      out: perSecond(shard.outgoing, now),
      refused: perSecond(shard.refusedPuts, now),
    },
    links: [],
    ...(closed !== undefined && { stopped: true }),
  };
}

export function shardsView(state: KinesisState, resource: string, now: Instant): ShardsView | undefined {
  const stream = [...state.streams.values()].find((one) => `stream/${placeOf(state, one)}` === resource);
  if (stream === undefined) return undefined;
  const limits = shardLimits(state.limits);
  const open = openShards(stream);
  const closed = [...stream.shards.values()].filter(
    (shard) => shard.closed !== undefined && !isGone(stream, shard, now),
  );
  const lines = [...open, ...closed].map((shard) => shardLine(stream, shard, limits, now));
  return {
    stream: resource as ResourceId,
    mode: stream.mode,
    status: stream.status,
    capacity:
      stream.mode === 'ON_DEMAND'
        ? {
            ...capacityOf(stream, limits, now),
            usedBytes: stream.load.second === secondOf(now) ? stream.load.bytes : 0,
          }
        : undefined,
    shards: lines,
    hot: hottest(lines, limits),
  };
}

const RING = 1_000n;

function shardLine(stream: Stream, shard: Shard, limits: ShardLimits, now: Instant): ShardLine {
  const all = 1n << 128n;
  const thousandth = (value: bigint): number => Number((value * RING) / all);
  const from = thousandth(fromHash(shard.start));
  const next = nextNumber(shard.log);
  return {
    number: shard.number,
    open: shard.closed === undefined,
    start: decimal(shard.start),
    end: decimal(shard.end),
    from,
    share: thousandth(fromHash(shard.end) + 1n) - from,
    parents: shard.parents,
    children: [...stream.shards.values()]
      .filter(({ parents }) => parents.includes(shard.number))
      .map(({ number }) => number),
    recordsPerSecond: perSecond(shard.incoming, now),
    bytesPerSecond: perSecond(shard.incomingBytes, now),
    readBytesPerSecond: perSecond(shard.outgoingBytes, now),
    refusedPutsPerSecond: perSecond(shard.refusedPuts, now),
    refusedReadsPerSecond: perSecond(shard.refusedReads, now),
    limits,
    kept: next - horizon(stream, shard, now),
    readers: [...shard.readers].map(([name, { position, behindMs, fanOut }]) => ({
      name,
      fanOut,
      records: Math.max(0, next - Math.max(position, horizon(stream, shard, now))),
      behindMs: position >= next ? 0 : behindMs,
    })),
  };
}

function hottest(lines: readonly ShardLine[], limits: ShardLimits): number | undefined {
  const open = lines.filter((line) => line.open);
  const heat = (line: ShardLine): number =>
    Math.max(line.recordsPerSecond / limits.records, line.bytesPerSecond / limits.bytes);
  const total = open.reduce((sum, line) => sum + heat(line), 0);
  const [first] = [...open].sort((a, b) => heat(b) - heat(a));
  if (first === undefined || open.length < 2) return undefined;
  const others = (total - heat(first)) / (open.length - 1);
  // A burst is short beside the ten seconds of a rate: what is refused tells of it, too.
  const isLoud = heat(first) > 0.5 || first.refusedPutsPerSecond > 0;
  return isLoud && heat(first) > 2 * others ? first.number : undefined;
}
