/**
 * The CloudWatch metrics of buckets: request metrics, of the filter EntireBucket. Amazon S3 User Guide, Monitoring
 * metrics with Amazon CloudWatch. SIMPLER THAN AWS: there they are switched on and paid for.
 */
import {
  count,
  ledgerSeries,
  type MetricName,
  type MetricSeries,
  report,
  sample,
  subjectOf,
} from '../../contract/metrics.ts';
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

/** A bucket reports while it is used. */
const ACTIVE_MINUTES = 360;

export function countBucket(
  state: S3State,
  bucket: Bucket,
  now: Instant,
  metric: BucketMetric,
  value = 1,
): void {
  const subject = subjectOf(state.ledger, `${bucket.account}/${bucket.name}`);
  report(subject, now, ACTIVE_MINUTES);
  if (METRICS[metric][0] === 'set') sample(subject, now, metric, value);
  else count(subject, now, metric, value);
}

export function* metrics(
  state: S3State,
  now: Instant,
  _settings: unknown,
  wanted: Partial<MetricName> = {},
): Iterable<MetricSeries> {
  if (wanted.namespace !== undefined && wanted.namespace !== 'AWS/S3') return;
  for (const [key, subject] of state.ledger.subjects) {
    const slash = key.indexOf('/');
    const account = key.slice(0, slash);
    const name = key.slice(slash + 1);
    if (wanted.account !== undefined && wanted.account !== account) continue;
    for (const [metric, [kind, unit]] of Object.entries(METRICS)) {
      if (wanted.name !== undefined && wanted.name !== metric) continue;
      yield ledgerSeries(
        {
          account,
          namespace: 'AWS/S3',
          name: metric,
          unit,
          dimensions: [
            { Name: 'BucketName', Value: name },
            { Name: 'FilterId', Value: 'EntireBucket' },
          ],
          resource: `bucket/${name}`,
        },
        kind,
        subject,
        now,
      );
    }
  }
}
