/** Why a notification configuration was refused. */
import { helps, helpsNot, type Why, type WhyGround, type WhyQuestion, worded } from '../../contract/why.ts';
import type { S3State } from './model.ts';

const DESTINATIONS: Why['rule'] = {
  name: 's3/notification-destinations',
  says: 'A destination must be there, must not be FIFO, and its policy must let s3.amazonaws.com in for this bucket.',
  page: 'Amazon S3 User Guide: Granting permissions to publish event notification messages to a destination',
};
const OVERLAPS: Why['rule'] = {
  name: 's3/notification-overlap',
  says: 'Two rules that share an event must not fit the same key, by prefix and suffix.',
  page: 'Amazon S3 User Guide: Configuring event notifications using object key name filtering',
};

export function why({ now }: WhyGround<S3State>, question: WhyQuestion): Why | undefined {
  if (question.type !== 'call' || question.outcome.ok) return undefined;
  const { service, operation, input } = question.request;
  if (service !== 's3' || operation !== 'PutBucketNotificationConfiguration') return undefined;
  const { message, why: detail = '', decision } = question.outcome.refusal;
  const overlap = /overlap/iu.test(message);
  if (decision !== undefined || (!overlap && !message.startsWith('Unable to validate'))) return undefined;
  const { Bucket = '' } = input as { readonly Bucket?: string };
  return {
    title: `the notifications of ${Bucket} were refused`,
    answer: overlap
      ? 'Two rules could both tell of the same object.'
      : 'A destination cannot be told: nothing was set, and the old configuration stays.',
    at: now,
    rule: overlap ? OVERLAPS : DESTINATIONS,
    values: [{ label: 'S3 found', is: worded(detail) }],
    changes: { by: 'act', into: overlap ? 'the rules no longer meet' : 'the destination lets the bucket in' },
    remedies: overlap
      ? [
          helps('give the rules prefixes or suffixes that no key has both of'),
          helps('tell one SNS topic, and subscribe several queues to it'),
        ]
      : [
          helps(
            `a policy at the destination: Principal Service s3.amazonaws.com, aws:SourceArn arn:aws:s3:::${Bucket}`,
          ),
          helpsNot('a policy of the bucket: it says who may use the bucket, not whom it may tell'),
        ],
  };
}
