/** The CloudWatch metrics of delivery streams. Firehose Developer Guide, Monitor with CloudWatch metrics. */
import {
  count,
  endReport,
  ledgerSeries,
  type MetricName,
  type MetricSeries,
  note,
  report,
  sample,
  subjectOf,
} from '../../contract/metrics.ts';
import type { TrackKind } from '../../contract/metricTrack.ts';
import type { Context } from '../../engine/service.ts';
import type { Instant } from '../../engine/units.ts';
import type { DestinationKind } from './limits.ts';
import type { DeliveryStream, FirehoseState } from './model.ts';

const sums = (unit: string, ...names: string[]) =>
  names.map((name) => [name, ['sum', unit] as const] as const);
const PREFIXES = [
  'DeliveryToS3',
  'DeliveryToRedshift',
  'DeliveryToAmazonOpenSearchService',
  'DeliveryToAmazonOpenSearchServerless',
  'DeliveryToElasticsearch',
  'DeliveryToSplunk',
  'DeliveryToHttpEndpoint',
  'BackupToS3',
] as const;

const METRICS: Readonly<Record<string, readonly [TrackKind, string]>> = Object.fromEntries([
  ...sums('Bytes', 'IncomingBytes', 'SucceedProcessing.Bytes', 'DataReadFromKinesisStream.Bytes'),
  ...sums(
    'Bytes',
    'PutRecord.Bytes',
    'PutRecordBatch.Bytes',
    'SucceedConversion.Bytes',
    'FailedConversion.Bytes',
  ),
  ...sums('Count', 'IncomingRecords', 'IncomingPutRequests', 'ThrottledRecords', 'ThrottledGetRecords'),
  ...sums('Count', 'PutRecord.Requests', 'PutRecordBatch.Requests', 'PutRecordBatch.Records'),
  ...sums('Count', 'SucceedProcessing.Records', 'SucceedConversion.Records', 'FailedConversion.Records'),
  ...sums('Count', 'DataReadFromKinesisStream.Records', 'PartitionCountExceeded'),
  ['PartitionCount', ['set', 'Count']],
  ['ExecuteProcessing.Success', ['set', 'Count']],
  ['ExecuteProcessing.Duration', ['set', 'Milliseconds']],
  ['KinesisMillisBehindLatest', ['set', 'Milliseconds']],
  ...PREFIXES.flatMap((prefix) => [
    ...sums('Bytes', `${prefix}.Bytes`),
    ...sums('Count', `${prefix}.Records`),
    [`${prefix}.Success`, ['set', 'Count']] as const,
    [`${prefix}.DataFreshness`, ['since', 'Seconds']] as const,
  ]),
  ...sums('Count', 'DeliveryToS3.ObjectCount'),
]);

const PREFIX: Readonly<Record<DestinationKind, (typeof PREFIXES)[number]>> = {
  s3: 'DeliveryToS3',
  redshift: 'DeliveryToRedshift',
  openSearch: 'DeliveryToAmazonOpenSearchService',
  openSearchServerless: 'DeliveryToAmazonOpenSearchServerless',
  elasticsearch: 'DeliveryToElasticsearch',
  splunk: 'DeliveryToSplunk',
  http: 'DeliveryToHttpEndpoint',
};
export const deliveryPrefix = (kind: DestinationKind): string => PREFIX[kind];

/** A stream reports while it is used. UNSURE: for how long after; here as a queue, six hours. */
const ACTIVE_MINUTES = 360;

export function countStream(
  state: FirehoseState,
  { arn }: DeliveryStream,
  now: Instant,
  metric: string,
  value = 1,
): void {
  const subject = subjectOf(state.ledger, arn);
  report(subject, now, ACTIVE_MINUTES);
  if (METRICS[metric]![0] === 'set') sample(subject, now, metric, value);
  else count(subject, now, metric, value);
}

/** The age of the oldest record that is not delivered yet. */
export function noteFreshness(
  { state, now }: Pick<Context<FirehoseState>, 'state' | 'now'>,
  stream: DeliveryStream,
): void {
  let oldest = -1;
  const look = (at: number): void => {
    if (oldest < 0 || at < oldest) oldest = at;
  };
  for (const { purpose, oldest: at } of stream.buffers.values()) {
    if (purpose === 'data' || purpose === 'transform') look(at);
  }
  for (const job of state.jobs.values()) {
    if (job.life === stream.life && (job.purpose === 'data' || job.purpose === 'transform')) look(job.oldest);
  }
  const metric = `${PREFIX[stream.destination.kind]}.DataFreshness`;
  note(subjectOf(state.ledger, stream.arn), now, metric, oldest);
}

/** It is gone; what it counted stays to be read. */
export function endStream({ ledger }: FirehoseState, { arn }: DeliveryStream, now: Instant): void {
  const subject = ledger.subjects.get(arn);
  if (subject !== undefined) endReport(subject, now);
}

export function* metrics(
  state: FirehoseState,
  now: Instant,
  _settings: unknown,
  wanted: Partial<MetricName> = {},
): Iterable<MetricSeries> {
  if (wanted.namespace !== undefined && wanted.namespace !== 'AWS/Firehose') return;
  for (const [arn, subject] of state.ledger.subjects) {
    const account = arn.split(':')[4] ?? '';
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    if (wanted.account !== undefined && wanted.account !== account) continue;
    for (const [metric, [kind, unit]] of Object.entries(METRICS)) {
      if (wanted.name !== undefined && wanted.name !== metric) continue;
      // Of the destinations it has not, a stream reports nothing.
      if (wanted.name === undefined && !subject.tracks.has(metric)) continue;
      yield ledgerSeries(
        {
          account,
          namespace: 'AWS/Firehose',
          name: metric,
          unit,
          dimensions: [{ Name: 'DeliveryStreamName', Value: name }],
          resource: `delivery/${account === state.account ? name : `${account}/${name}`}`,
        },
        kind,
        subject,
        now,
      );
    }
  }
}
