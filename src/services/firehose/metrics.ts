/** The CloudWatch metrics of delivery streams. Firehose Developer Guide, Monitor with CloudWatch metrics. */
import { parseArn } from '../../contract/arn.ts';
import { note, subjectOf } from '../../contract/metrics.ts';
import { metricTable } from '../../contract/metricTable.ts';
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

const table = metricTable({
  namespace: 'AWS/Firehose',
  metrics: METRICS,
  // Of the destinations it has not, a stream reports nothing.
  onlyCounted: true,
  subject(arn, own) {
    const { account = '', resource = '' } = parseArn(arn) ?? {};
    const name = resource.slice(resource.lastIndexOf('/') + 1);
    return {
      account,
      dimensions: [{ Name: 'DeliveryStreamName', Value: name }],
      resource: `delivery/${account === own ? name : `${account}/${name}`}`,
    };
  },
});

export const metrics = table.series;

export const countStream = (
  { ledger }: FirehoseState,
  { arn }: DeliveryStream,
  now: Instant,
  metric: string,
  value = 1,
): void => table.count(ledger, arn, now, metric, value);

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

export const endStream = ({ ledger }: FirehoseState, { arn }: DeliveryStream, now: Instant): void =>
  table.end(ledger, arn, now);
