/**
 * The CloudWatch metrics of buckets: request metrics, of the filter EntireBucket. Amazon S3 User Guide, Monitoring
 * metrics with Amazon CloudWatch. SIMPLER THAN AWS: there they are switched on and paid for.
 */
import { metricTable } from '../../contract/metricTable.ts';
import type { TrackKind } from '../../contract/metricTrack.ts';
import type { Instant } from '../../engine/units.ts';
import type { Bucket, S3State } from './model.ts';

const METRICS = {
  PutRequests: ['sum', 'Count'],
  GetRequests: ['sum', 'Count'],
  HeadRequests: ['sum', 'Count'],
  ListRequests: ['sum', 'Count'],
  DeleteRequests: ['sum', 'Count'],
  BytesUploaded: ['set', 'Bytes'],
  BytesDownloaded: ['set', 'Bytes'],
} as const satisfies Readonly<Record<string, readonly [TrackKind, string]>>;

export type BucketMetric = keyof typeof METRICS;

const table = metricTable({
  namespace: 'AWS/S3',
  metrics: METRICS,
  subject(key) {
    const [account = '', name = ''] = key.split('/');
    return {
      account,
      dimensions: [
        { Name: 'BucketName', Value: name },
        { Name: 'FilterId', Value: 'EntireBucket' },
      ],
      resource: `bucket/${name}`,
    };
  },
});

export const metrics = table.series;

export const countBucket = (
  { ledger }: S3State,
  { account, name }: Bucket,
  now: Instant,
  metric: BucketMetric,
  value = 1,
): void => table.count(ledger, `${account}/${name}`, now, metric, value);
