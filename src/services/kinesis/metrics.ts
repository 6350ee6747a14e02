/**
 * The CloudWatch metrics of streams, counted where things happen. Kinesis Developer Guide, Monitor the service with
 * CloudWatch: basic ones of the stream; those of a shard only with enhanced monitoring.
 */
import {
  count,
  endReport,
  ledgerSeries,
  type MetricDimension,
  type MetricName,
  type MetricSeries,
  report,
  type Subject,
  sample,
  samples,
  subjectOf,
} from '../../contract/metrics.ts';
import type { TrackKind } from '../../contract/metricTrack.ts';
import type { Instant } from '../../engine/units.ts';
import type { KinesisState, Shard, Stream } from './model.ts';

const SUM_COUNT = ['sum', 'Count'] as const;
const SUM_BYTES = ['sum', 'Bytes'] as const;
const SET_COUNT = ['set', 'Count'] as const;
const SET_MS = ['set', 'Milliseconds'] as const;

const OF_STREAM = {
  IncomingBytes: SUM_BYTES,
  IncomingRecords: SUM_COUNT,
  'PutRecord.Bytes': SUM_BYTES,
  'PutRecord.Success': SET_COUNT,
  'PutRecords.Bytes': SUM_BYTES,
  'PutRecords.Records': SUM_COUNT,
  'PutRecords.Success': SET_COUNT,
  'PutRecords.TotalRecords': SUM_COUNT,
  'PutRecords.SuccessfulRecords': SUM_COUNT,
  'PutRecords.FailedRecords': SUM_COUNT,
  'PutRecords.ThrottledRecords': SUM_COUNT,
  'GetRecords.Bytes': SUM_BYTES,
  'GetRecords.Records': SUM_COUNT,
  'GetRecords.IteratorAgeMilliseconds': SET_MS,
  'GetRecords.Success': SET_COUNT,
  WriteProvisionedThroughputExceeded: SET_COUNT,
  ReadProvisionedThroughputExceeded: SET_COUNT,
} as const satisfies Table;

const OF_SHARD = {
  IncomingBytes: SUM_BYTES,
  IncomingRecords: SUM_COUNT,
  OutgoingBytes: SUM_BYTES,
  OutgoingRecords: SUM_COUNT,
  WriteProvisionedThroughputExceeded: SET_COUNT,
  ReadProvisionedThroughputExceeded: SET_COUNT,
  IteratorAgeMilliseconds: SET_MS,
} as const satisfies Table;

const OF_CONSUMER = {
  'SubscribeToShard.Success': SET_COUNT,
  'SubscribeToShard.RateExceeded': SET_COUNT,
  'SubscribeToShardEvent.Bytes': SUM_BYTES,
  'SubscribeToShardEvent.MillisBehindLatest': SET_MS,
  'SubscribeToShardEvent.Records': SUM_COUNT,
  'SubscribeToShardEvent.Success': SET_COUNT,
} as const satisfies Table;

type Table = Readonly<Record<string, readonly [TrackKind, string]>>;

const add = (table: Table, subject: Subject, now: Instant, metric: string, value: number): void => {
  if (table[metric]![0] === 'set') sample(subject, now, metric, value);
  else count(subject, now, metric, value);
};

export function countStream(
  state: KinesisState,
  stream: Stream,
  now: Instant,
  metric: keyof typeof OF_STREAM,
  value: number,
): void {
  add(OF_STREAM, subjectOf(state.ledger, stream.key), now, metric, value);
}

/** Reads of a quiet shard that were not made one by one. */
export function countSkipped(
  state: KinesisState,
  stream: Stream,
  shard: Shard,
  now: Instant,
  reads: number,
): void {
  const subject = subjectOf(state.ledger, stream.key);
  samples(subject, now, 'GetRecords.IteratorAgeMilliseconds', 0, reads);
  samples(subject, now, 'GetRecords.Success', 1, reads);
  samples(subject, now, 'ReadProvisionedThroughputExceeded', 0, reads);
  if (!stream.monitoring.includes('IteratorAgeMilliseconds')) return;
  const ofShard = subjectOf(state.ledger, `${stream.key}/${shard.id}`);
  report(ofShard, now, 1);
  samples(ofShard, now, 'IteratorAgeMilliseconds', 0, reads);
}

/** Counts only while enhanced monitoring asks for it. */
export function countShard(
  state: KinesisState,
  stream: Stream,
  shard: Shard,
  now: Instant,
  metric: keyof typeof OF_SHARD,
  value: number,
): void {
  if (!stream.monitoring.includes(metric)) return;
  const subject = subjectOf(state.ledger, `${stream.key}/${shard.id}`);
  report(subject, now, 1);
  add(OF_SHARD, subject, now, metric, value);
}

export function countConsumer(
  state: KinesisState,
  stream: Stream,
  consumer: string,
  now: Instant,
  metric: keyof typeof OF_CONSUMER,
  value: number,
): void {
  const subject = subjectOf(state.ledger, `${stream.key}//${consumer}`);
  report(subject, now, 1);
  add(OF_CONSUMER, subject, now, metric, value);
}

/** A stream reports as long as it exists. */
export const reportStream = ({ ledger }: KinesisState, { key }: Stream, now: Instant): void =>
  report(subjectOf(ledger, key), now);

export function endStream({ ledger }: KinesisState, { key }: Stream, now: Instant): void {
  for (const [name, subject] of ledger.subjects) {
    if (name === key || name.startsWith(`${key}/`)) endReport(subject, now);
  }
}

/** Of a subject's key: `account/stream`, `account/stream/shardId-…`, `account/stream//consumer`. */
function described(key: string): {
  readonly account: string;
  readonly stream: string;
  readonly dimensions: readonly MetricDimension[];
  readonly table: Table;
} {
  const [account = '', stream = '', shard, consumer] = key.split('/');
  const named = { Name: 'StreamName', Value: stream };
  if (consumer !== undefined) {
    return {
      account,
      stream,
      dimensions: [named, { Name: 'ConsumerName', Value: consumer }],
      table: OF_CONSUMER,
    };
  }
  if (shard !== undefined) {
    return { account, stream, dimensions: [named, { Name: 'ShardId', Value: shard }], table: OF_SHARD };
  }
  return { account, stream, dimensions: [named], table: OF_STREAM };
}

export function* metrics(
  state: KinesisState,
  now: Instant,
  _settings: unknown,
  wanted: Partial<MetricName> = {},
): Iterable<MetricSeries> {
  if (wanted.namespace !== undefined && wanted.namespace !== 'AWS/Kinesis') return;
  for (const [key, subject] of state.ledger.subjects) {
    const { account, stream, dimensions, table } = described(key);
    if (wanted.account !== undefined && wanted.account !== account) continue;
    const resource = `stream/${account === state.account ? stream : `${account}/${stream}`}`;
    for (const [name, [kind, unit]] of Object.entries(table)) {
      if (wanted.name !== undefined && wanted.name !== name) continue;
      yield ledgerSeries(
        { account, namespace: 'AWS/Kinesis', name, unit, dimensions, resource },
        kind,
        subject,
        now,
      );
    }
  }
}
