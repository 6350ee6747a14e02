/**
 * The CloudWatch metrics of topics: counted where things happen. SNS Developer Guide, Monitoring Amazon SNS topics
 * using CloudWatch.
 */
import { parseArn } from '../../contract/arn.ts';
import { metricTable } from '../../contract/metricTable.ts';
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

const table = metricTable({
  namespace: 'AWS/SNS',
  metrics: METRICS,
  subject(topicArn, own) {
    const { account = '', resource = '' } = parseArn(topicArn) ?? {};
    return {
      account,
      dimensions: [{ Name: 'TopicName', Value: resource }],
      resource: `topic/${account === own ? resource : `${account}/${resource}`}`,
    };
  },
});

export const metrics = table.series;

export function countTopic(
  { ledger }: SnsState,
  topicArn: string,
  now: Instant,
  metric: TopicMetric,
  value = 1,
): void {
  if (topicArn.startsWith('arn:') && value !== 0) table.count(ledger, topicArn, now, metric, value);
}

export const endTopic = ({ ledger }: SnsState, { arn }: Topic, now: Instant): void =>
  table.end(ledger, arn, now);
