import { describe, expect, it } from 'vitest';
import { queueArn, subscribe, topic, topicArn, topics } from '../../support/topics.ts';

const refusal = (input: object, name = 'orders', limits: 'current' | 'study-guide' = 'current'): string => {
  const w = topics({ limits });
  return w.refusal(
    'Subscribe',
    { TopicArn: topic(w, name), Protocol: 'sqs', Endpoint: queueArn('bills'), ...input },
    'sns',
  ).message;
};
const AT = 'Invalid parameter: Attributes Reason: ';

describe('subscribing', () => {
  it('is checked in AWS’s order (T1, T2)', () => {
    expect(refusal({ Protocol: 'test-protocol' })).toBe(
      'Invalid parameter: Amazon SNS does not support this protocol string: test-protocol',
    );
    expect(refusal({ Endpoint: 'https://sqs.us-east-1.amazonaws.com/000000000000/bills' })).toBe(
      'Invalid parameter: SQS endpoint ARN',
    );
    expect(refusal({ Endpoint: queueArn('bills.fifo') })).toBe(
      'Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
    expect(refusal({ Protocol: 'http', Endpoint: 'https://a.example.com' })).toBe(
      'Invalid parameter: Endpoint must match the specified protocol',
    );
    expect(refusal({ Protocol: 'sms', Endpoint: 'NAA+15551234567' })).toBe(
      'Invalid SMS endpoint: NAA+15551234567',
    );
    expect(refusal({ TopicArn: topicArn('no') })).toBe('Topic does not exist');
  });

  it('a FIFO topic has queues only; in the study guide FIFO queues only', () => {
    expect(refusal({ Protocol: 'email', Endpoint: 'a@example.com' }, 'orders.fifo')).toContain('FIFO topics');
    const w = topics();
    subscribe(w, topic(w, 'orders.fifo'), 'sqs', queueArn('bills'));
    expect(refusal({}, 'orders.fifo', 'study-guide')).toContain('FIFO');
  });

  it('refuses attributes that are no such thing', () => {
    expect(refusal({ Attributes: { RawMessageDelivery: 'yes' } })).toBe(
      `${AT}RawMessageDelivery: Invalid value [yes]. Must be true or false.`,
    );
    expect(refusal({ Attributes: { FilterPolicyScope: 'X' } })).toBe(
      `${AT}FilterPolicyScope: Invalid value [X]. Please use either MessageBody or MessageAttributes`,
    );
    const dlq = { deadLetterTargetArn: queueArn('dlq') };
    const redrive = (value: object, name?: string, Endpoint = queueArn('bills')) =>
      refusal({ Endpoint, Attributes: { RedrivePolicy: JSON.stringify(value) } }, name);
    expect(redrive({ ...dlq, maxReceiveCount: 3 })).toBe(
      `${AT}RedrivePolicy: invalid JSON. Attribute maxReceiveCount is unknown.`,
    );
    expect(redrive({ deadLetterTargetArn: 'dlq' })).toBe(
      `${AT}RedrivePolicy: deadLetterTargetArn is an invalid arn`,
    );
    expect(redrive(dlq, 'orders.fifo', queueArn('bills.fifo'))).toBe(
      `${AT}RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`,
    );
  });

  it('again gives the same subscription, unless it should be another (T17)', () => {
    const w = topics();
    const arn = topic(w);
    const raw = { RawMessageDelivery: 'true' };
    const first = subscribe(w, arn, 'sqs', queueArn('bills'), raw);
    expect(subscribe(w, arn, 'sqs', queueArn('bills'), raw)).toBe(first);
    expect(subscribe(w, arn, 'sqs', queueArn('bills'))).toBe(first);
    const other = { TopicArn: arn, Protocol: 'sqs', Endpoint: queueArn('bills') };
    expect(
      w.refusal('Subscribe', { ...other, Attributes: { RawMessageDelivery: 'false' } }, 'sns').message,
    ).toBe(`${AT}Subscription already exists with different attributes`);
  });

  it('shows the attributes of a subscription as AWS does', () => {
    const w = topics();
    const TopicArn = topic(w);
    const SubscriptionArn = subscribe(w, TopicArn, 'sqs', queueArn('bills'), {
      FilterPolicy: '{"store":["a"]}',
    });
    const attributes = () => w.call('GetSubscriptionAttributes', { SubscriptionArn }, 'sns').Attributes;
    expect(attributes()).toEqual({
      ConfirmationWasAuthenticated: 'true',
      Endpoint: queueArn('bills'),
      FilterPolicy: '{"store":["a"]}',
      FilterPolicyScope: 'MessageAttributes',
      Owner: '000000000000',
      PendingConfirmation: 'false',
      Protocol: 'sqs',
      RawMessageDelivery: 'false',
      SubscriptionArn,
      SubscriptionPrincipal: 'arn:aws:iam::000000000000:root',
      TopicArn,
    });
    w.call(
      'SetSubscriptionAttributes',
      { SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{}' },
      'sns',
    );
    expect(attributes()).not.toHaveProperty('FilterPolicyScope');
  });

  it('is taken back; twice is fine, a topic is no subscription', () => {
    const w = topics();
    const arn = topic(w);
    const SubscriptionArn = subscribe(w, arn, 'sqs', queueArn('bills'));
    expect(w.refusal('Unsubscribe', { SubscriptionArn: arn }, 'sns').message).toBe(
      'Invalid parameter: SubscriptionId',
    );
    expect(w.refusal('Unsubscribe', { SubscriptionArn: 'x' }, 'sns').message).toBe(
      'Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1',
    );
    w.call('Unsubscribe', { SubscriptionArn }, 'sns');
    w.call('Unsubscribe', { SubscriptionArn }, 'sns');
    expect(w.call('ListSubscriptionsByTopic', { TopicArn: arn }, 'sns')).toEqual({ Subscriptions: [] });
    expect(w.call('GetTopicAttributes', { TopicArn: arn }, 'sns').Attributes.SubscriptionsDeleted).toBe('1');
  });

  it('tokens have a shape, and are of a topic', () => {
    const w = topics();
    const TopicArn = topic(w);
    const message = (Token: string) => w.refusal('ConfirmSubscription', { TopicArn, Token }, 'sns').message;
    expect(message('abc')).toBe('Invalid token');
    expect(message(`2336412f37${'0'.repeat(200)}`)).toBe('Invalid parameter: Token');
  });
});
