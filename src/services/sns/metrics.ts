/**
 * The CloudWatch metrics of topics: counted where things happen. SNS Developer Guide, Monitoring Amazon SNS topics
 * using CloudWatch.
 */
import {
  count,
  endReport,
  ledgerSeries,
  type MetricName,
  type MetricSeries,
  report,
  sample,
  subjectOf,
} from '../../contract/metrics.ts';
import type { TrackKind } from '../../contract/metricTrack.ts';
import type { Instant } from '../../engine/units.ts';
import type { SnsState, Topic } from './model.ts';

/** Every count, and the size of messages. */
const METRICS = {
  NumberOfMessagesPublished: ['sum', 'Count'],
  PublishSize: ['set', 'Bytes'],
  NumberOfNotificationsDelivered: ['sum', 'Count'],
  NumberOfNotificationsFailed: ['sum', 'Count'],
  NumberOfNotificationsFilteredOut: ['sum', 'Count'],
  'NumberOfNotificationsFilteredOut-MessageAttributes': ['sum', 'Count'],
  'NumberOfNotificationsFilteredOut-MessageBody': ['sum', 'Count'],
  'NumberOfNotificationsFilteredOut-NoMessageAttributes': ['sum', 'Count'],
  'NumberOfNotificationsFilteredOut-InvalidMessageBody': ['sum', 'Count'],
  NumberOfNotificationsRedrivenToDlq: ['sum', 'Count'],
  NumberOfNotificationsFailedToRedriveToDlq: ['sum', 'Count'],
} as const satisfies Readonly<Record<string, readonly [TrackKind, string]>>;

export type TopicMetric = keyof typeof METRICS;

/** A topic reports while it is used. UNSURE: for how long after; here as a queue, six hours. */
const ACTIVE_MINUTES = 360;

export function countTopic(
  state: SnsState,
  topicArn: string,
  now: Instant,
  metric: TopicMetric,
  value = 1,
): void {
  if (!topicArn.startsWith('arn:') || value === 0) return;
  const subject = subjectOf(state.ledger, topicArn);
  report(subject, now, ACTIVE_MINUTES);
  if (METRICS[metric][0] === 'set') sample(subject, now, metric, value);
  else count(subject, now, metric, value);
}

/** The topic is gone; what it counted stays to be read. */
export const endTopic = ({ ledger }: SnsState, { arn }: Topic, now: Instant): void => {
  const subject = ledger.subjects.get(arn);
  if (subject !== undefined) endReport(subject, now);
};

export function* metrics(
  state: SnsState,
  now: Instant,
  _settings: unknown,
  wanted: Partial<MetricName> = {},
): Iterable<MetricSeries> {
  if (wanted.namespace !== undefined && wanted.namespace !== 'AWS/SNS') return;
  for (const [arn, subject] of state.ledger.subjects) {
    const account = arn.split(':')[4] ?? '';
    const topic = arn.split(':')[5] ?? '';
    if (wanted.account !== undefined && wanted.account !== account) continue;
    for (const [name, [kind, unit]] of Object.entries(METRICS)) {
      if (wanted.name !== undefined && wanted.name !== name) continue;
      yield ledgerSeries(
        {
          account,
          namespace: 'AWS/SNS',
          name,
          unit,
          dimensions: [{ Name: 'TopicName', Value: topic }],
          resource: `topic/${account === state.account ? topic : `${account}/${topic}`}`,
        },
        kind,
        subject,
        now,
      );
    }
  }
}
