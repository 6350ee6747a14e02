/** Delivery streams as screens and conditions see them: small plain values, made new each time. */
import { perSecond } from '../../contract/traffic.ts';
import type { LinkView, MeterView, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import { type Buffer, type DeliveryStream, type FirehoseState, nameOfArn, type Target } from './model.ts';
import { indexName, indexOf } from './rules/openSearch.ts';
import { tableOf } from './rules/redshift.ts';
import { streamNameOf } from './rules/source.ts';
import { gaugesNow } from './rules/throughput.ts';

/** Buffers that are shown one by one: partitions can be hundreds. */
const BUFFERS_SHOWN_MAX = 20;

export function view(state: FirehoseState, now: Instant): ResourceView[] {
  const streams = [...state.streams.values()].map((stream) => streamView(state, stream, now));
  const filled = [...state.targets.values()];
  return [...streams, ...[...filled, ...emptyTargets(state, now)].map(targetView)];
}

/** Tables and indexes that nothing came to yet: where a stream delivers is seen from the beginning. */
function emptyTargets(state: FirehoseState, now: Instant): Target[] {
  const found = new Map<string, Target>();
  for (const stream of state.streams.values()) {
    const names = targetsOf(state, stream, now);
    if (names === undefined || names.filled.length > 0) continue;
    const { kind, next: name } = names;
    const order = state.targets.size + found.size + 1;
    if (found.has(`${kind}/${name}`)) continue;
    found.set(`${kind}/${name}`, { kind, name, order, records: 0, bytes: 0, loads: 0, failed: 0 });
  }
  return [...found.values()];
}

interface Targets {
  readonly kind: Target['kind'];
  /** Where a record of now goes. */
  readonly next: string;
  /** Those that have something: an index that rotates leaves its older ones. */
  readonly filled: readonly string[];
}

/** Undefined: it delivers to a bucket or an endpoint. */
function targetsOf(state: FirehoseState, stream: DeliveryStream, now: Instant): Targets | undefined {
  const { kind } = stream.destination;
  if (kind === 's3' || kind === 'splunk' || kind === 'http') return undefined;
  if (kind === 'redshift') {
    const next = tableOf(stream);
    return { kind: 'table', next, filled: state.targets.has(`table/${next}`) ? [next] : [] };
  }
  const base = indexName(stream);
  const isItsOwn = (name: string): boolean =>
    name === base || (name.startsWith(base) && /^-\d{4}(?:-w?\d+)*$/u.test(name.slice(base.length)));
  const filled = [...state.targets.values()]
    .filter((target) => target.kind === 'index' && isItsOwn(target.name))
    .map(({ name }) => name);
  return { kind: 'index', next: indexOf(state, stream, { at: now }), filled };
}

const idOf = (state: FirehoseState, { account, name }: DeliveryStream): ResourceId =>
  `delivery/${account === state.account ? name : `${account}/${name}`}`;

interface Held {
  readonly records: number;
  readonly bytes: number;
  readonly oldest: number;
}

/** Records that are neither delivered nor failed, wherever they wait. */
export function heldIn(state: FirehoseState, stream: DeliveryStream): Held {
  let records = 0;
  let bytes = 0;
  let oldest = -1;
  const add = (part: {
    readonly records: readonly { readonly size: number }[];
    readonly oldest: Instant;
  }): void => {
    records += part.records.length;
    for (const { size } of part.records) bytes += size;
    if (oldest < 0 || part.oldest < oldest) oldest = part.oldest;
  };
  const counts = (purpose: Buffer['purpose']): boolean => purpose === 'data' || purpose === 'transform';
  for (const buffer of stream.buffers.values()) if (counts(buffer.purpose)) add(buffer);
  for (const job of state.jobs.values()) if (job.life === stream.life && counts(job.purpose)) add(job);
  return { records, bytes, oldest };
}

function streamView(state: FirehoseState, stream: DeliveryStream, now: Instant): ResourceView {
  const { name, counters, status, destination, source, refusals, incoming, outgoing } = stream;
  const held = heldIn(state, stream);
  const meters: MeterView[] =
    source === undefined
      ? gaugesNow(state, stream, now).map(({ meter, used, limit }) => ({
          label: meter,
          used,
          limit,
          unit: state.limits === 'scaled' ? '/s, scaled' : '/s',
        }))
      : [];
  const full = meters.find(({ used, limit }) => used >= limit)?.label;
  const race = raceOf(stream, now);
  const retrying = [...state.jobs.values()].filter(
    (job) => job.life === stream.life && job.next !== undefined,
  );
  const { size, interval } = destination.hints;
  return {
    id: idOf(state, stream),
    kind: 'delivery',
    name,
    title: 'Firehose',
    role: 'resource',
    order: stream.life,
    fields: {
      attributes: attributesOf(stream),
      bufferedRecords: held.records,
      bufferedBytes: held.bytes,
      bufferAgeMs: held.oldest < 0 ? 0 : now - held.oldest,
      ...counters,
      retrying: retrying.length,
      buffers: buffersOf(stream, now),
      waiting: retrying.slice(0, 5).map((job) => ({
        step: job.step,
        purpose: job.purpose,
        records: job.records.length,
        attempt: job.attempt + 1,
        nextAtMs: job.next,
        reason: job.problem,
      })),
      written: stream.written.map((object) => ({ ...object, atMs: object.at })),
      log: stream.log.slice(-5).map((line) => ({ ...line, atMs: line.at })),
      createdAtMs: stream.created,
    },
    scope: {
      label: 'buffers',
      value: interval === 0 ? 'off' : `${size / 1_048_576} MB or ${interval / 1_000} s`,
    },
    rates: {
      in: perSecond(incoming, now),
      out: perSecond(outgoing, now),
      refused: perSecond(refusals, now),
    },
    ...(full !== undefined && { full }),
    meters: [...race, ...meters],
    links: linksOf(state, stream, now, retrying.length),
    ...(status !== 'ACTIVE' && { stopped: true }),
  };
}

/** AWS's own words, as DescribeDeliveryStream gives them, flat. */
function attributesOf(stream: DeliveryStream): Record<string, unknown> {
  const { destination, status, type, version, encryption, source } = stream;
  const { hints, place, config, processing, conversion, partitioned } = destination;
  return {
    DeliveryStreamStatus: status,
    DeliveryStreamType: type,
    VersionId: String(version),
    Destination: destination.kind,
    BucketName: place.bucket,
    ...(place.prefix !== undefined && { Prefix: place.prefix }),
    ...(place.errorPrefix !== undefined && { ErrorOutputPrefix: place.errorPrefix }),
    SizeInMBs: hints.size / 1_048_576,
    IntervalInSeconds: hints.interval / 1_000,
    CompressionFormat: place.compression,
    S3BackupMode: config.S3BackupMode ?? 'Disabled',
    RetryDurationInSeconds: destination.retry / 1_000,
    EncryptionStatus: encryption.status,
    DynamicPartitioning: partitioned,
    ...(conversion !== undefined && { OutputFormat: conversion.format }),
    ...(processing.lambda !== undefined && { LambdaArn: processing.lambda.arn }),
    ...(source !== undefined && { KinesisStreamARN: source.arn }),
  };
}

/** How far the buffer of the destination is, by size and by time: of several, the one that is due first. */
function raceOf({ buffers, destination }: DeliveryStream, now: Instant): MeterView[] {
  const [first] = [...buffers.values()]
    .filter(({ purpose }) => purpose === 'data')
    .sort((one, other) => one.due - other.due);
  const { bytes, sizeMax, opened, interval } = first ?? {
    bytes: 0,
    sizeMax: destination.hints.size,
    opened: now,
    interval: destination.hints.interval,
  };
  const size: MeterView = { label: 'size', used: bytes, limit: sizeMax, unit: 'B', fills: true };
  if (interval === 0) return [size];
  const used = Math.floor((now - opened) / 1_000);
  return [size, { label: 'time', used, limit: interval / 1_000, unit: 's', fills: true }];
}

/** What is needed to draw the race of size and time to the finishing line. */
function buffersOf(stream: DeliveryStream, now: Instant): object[] {
  const rate = perSecond(stream.incomingBytes, now);
  return [...stream.buffers.values()].slice(0, BUFFERS_SHOWN_MAX).map((buffer) => {
    const { purpose, partition, records, bytes, sizeMax, due, opened, interval } = buffer;
    const left = Math.max(0, sizeMax - bytes);
    const leftMs = Math.max(1, due - now);
    const fullAt = rate > 0 ? Math.round(now + (left / rate) * 1_000) : undefined;
    const bySize = fullAt !== undefined && fullAt < due;
    return {
      purpose,
      ...(partition !== undefined && { partition: { ...partition } }),
      records: records.length,
      bytes,
      sizeBytes: sizeMax,
      openedAtMs: opened,
      ageMs: now - opened,
      intervalMs: interval,
      dueAtMs: due,
      ...(fullAt !== undefined && { fullAtMs: fullAt }),
      bytesPerSecond: rate,
      first: interval === 0 ? 'off' : bySize ? 'size' : 'interval',
      flushAtMs: bySize ? fullAt : due,
      /** At this rate both would come at once. */
      turningBytesPerSecond: Math.ceil((left * 1_000) / leftMs),
    };
  });
}

function linksOf(state: FirehoseState, stream: DeliveryStream, now: Instant, retrying: number): LinkView[] {
  const { destination, source, outgoing } = stream;
  const { kind, place, processing, backup } = destination;
  const out = perSecond(outgoing, now);
  const refused = retrying > 0 ? 1 : 0;
  const link = (to: ResourceId, label?: string, rate = out): LinkView => ({
    to,
    type: 'deliver',
    ...(label !== undefined && { label }),
    perSecond: rate,
    refusedPerSecond: label === undefined ? refused : 0,
  });
  const links: LinkView[] = [];
  if (source !== undefined) {
    links.push({
      to: `stream/${streamNameOf(source)}`,
      type: 'poll',
      perSecond: perSecond(stream.incoming, now),
      refusedPerSecond: source.throttled > 0 && source.problem !== undefined ? 1 : 0,
    });
  }
  if (processing.lambda !== undefined) {
    links.push(link(`function/${nameOfArn(processing.lambda.arn)}`, 'transforms'));
  }
  links.push(...mainLinks(stream, targetsOf(state, stream, now), link));
  const failures = kind !== 's3' && kind !== 'redshift';
  if (failures) links.push(link(`bucket/${place.bucket}`, backup === undefined ? 'failed' : 'all', 0));
  if (kind === 'redshift') links.push(link(`bucket/${place.bucket}`, 'stages', 0));
  if (!failures && backup !== undefined && backup.bucket !== place.bucket) {
    links.push(link(`bucket/${backup.bucket}`, 'backup', 0));
  }
  return links;
}

function mainLinks(
  stream: DeliveryStream,
  targets: Targets | undefined,
  link: (to: ResourceId, label?: string, rate?: number) => LinkView,
): LinkView[] {
  const { kind, place, config } = stream.destination;
  if (targets !== undefined) {
    const { next, filled } = targets;
    const names = filled.length === 0 ? [next] : filled;
    return names.map((name) =>
      name === next ? link(`${targets.kind}/${name}`) : link(`${targets.kind}/${name}`, undefined, 0),
    );
  }
  if (kind === 's3') return [link(`bucket/${place.bucket}`)];
  const url = kind === 'splunk' ? config.HECEndpoint : (config.EndpointConfiguration as { Url?: string }).Url;
  return [link(`endpoint/${hostName(String(url))}`)];
}

/** Endpoints that are made without an address have one that holds their name. */
const hostName = (url: string): string =>
  /^https?:\/\/([^/]+)\.example\.com/u.exec(url)?.[1] ??
  url.replace(/^https?:\/\//u, '').replace(/\/.*$/u, '');

const targetView = ({ kind, name, order, records, bytes, loads, failed }: Target): ResourceView => ({
  id: `${kind}/${name}`,
  kind,
  name,
  title: kind === 'table' ? 'Redshift' : 'OpenSearch',
  role: 'sink',
  order: 1_000_000 + order,
  fields: { records, bytes, loads, failed },
  links: [],
});
