import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  arrived,
  carried,
  figures,
  lettingIn,
  publish,
  queueArn,
  queueUrl,
  subscribe,
  subscribed,
  topic,
  topics,
} from '../../support/topics.ts';

const CONTENT = { ContentBasedDeduplication: 'true' };
const group = (MessageGroupId: string, more: object = {}) => ({ MessageGroupId, ...more });
const DIGEST = '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25';

describe('a FIFO topic', () => {
  it('delivers a repeat once, and hands group and id on to FIFO queues alone (T13)', () => {
    const w = topics();
    const arn = topic(w, 'orders.fifo', CONTENT);
    subscribed(w, arn, 'bills.fifo');
    subscribed(w, arn, 'log');
    const first = publish(w, arn, 'Test', group('1'));
    expect(publish(w, arn, 'Test', group('2'))).toEqual(first);
    expect(first.SequenceNumber).toMatch(/^\d{20}$/u);
    w.after(seconds(1));
    const [message] = w.receive(queueUrl('bills.fifo'), { AttributeNames: ['All'] });
    expect(message.Attributes).toMatchObject({ MessageGroupId: '1', MessageDeduplicationId: DIGEST });
    const envelope = JSON.parse(arrived(w, 'log')[0]!);
    expect(Object.keys(envelope)).toEqual([
      'Type',
      'MessageId',
      'SequenceNumber',
      'TopicArn',
      'Message',
      'Timestamp',
      'UnsubscribeURL',
    ]);
    const [copy] = w.receive(queueUrl('log'), { AttributeNames: ['All'] });
    expect(copy.Attributes).not.toHaveProperty('MessageGroupId');
    expect(w.events('sns/MessageDeduplicated')).toHaveLength(1);
  });

  it('forgets an id after five minutes', () => {
    const w = topics();
    const arn = topic(w, 'orders.fifo');
    const send = () => publish(w, arn, 'x', group('g', { MessageDeduplicationId: 'd' }));
    const first = send();
    w.after(seconds(299.9));
    expect(send()).toEqual(first);
    w.after(seconds(0.1));
    expect(send()).not.toEqual(first);
  });

  it('with the scope MessageGroup knows an id in each group', () => {
    const w = topics();
    const arn = topic(w, 'orders.fifo', { ...CONTENT, FifoThroughputScope: 'MessageGroup' });
    subscribed(w, arn, 'bills');
    publish(w, arn, 'Test', group('1'));
    publish(w, arn, 'Test', group('2'));
    w.after(seconds(1));
    expect(carried(w, 'bills')).toEqual(['Test', 'Test']);
  });

  it('keeps the order of a group while its head is tried again', () => {
    const w = topics();
    const arn = topic(w, 'orders.fifo', CONTENT);
    subscribed(w, arn, 'bills.fifo', { RawMessageDelivery: 'true' });
    // The queue is filled to its limit of calls in this second.
    for (let n = 0; n < 300; n++) w.sendTo(queueUrl('bills.fifo'), 'other', `fill-${n}`);
    for (let n = 1; n <= 25; n++) publish(w, arn, `order ${n}`, group('a'));
    w.after(seconds(10));
    const failed = w.events('sns/DeliveryFailed');
    expect(failed[0]).toMatchObject({ reason: 'RequestThrottled', body: 'order 1' });
    expect(failed.every(({ body }) => body === 'order 1')).toBe(true);
    const bodies = w
      .events('sqs/MessageSent')
      .map(({ body }) => String(body))
      .filter((body) => body.startsWith('order'));
    expect(bodies).toEqual(Array.from({ length: 25 }, (_, n) => `order ${n + 1}`));
    expect(figures(w, 'topic/orders.fifo')).toMatchObject({ delivered: 25, pending: 0 });
  });

  it('takes 3,000 messages a second, and says when the next is', () => {
    const w = topics({ limits: 'scaled' });
    const TopicArn = topic(w, 'orders.fifo', CONTENT);
    for (let n = 0; n < 30; n++) publish(w, TopicArn, `m${n}`, group(`g${n}`));
    const refusal = w.refusal('Publish', { TopicArn, Message: 'one more', ...group('g') }, 'sns');
    expect(refusal).toMatchObject({ code: 'Throttled', httpStatus: 429, message: 'Rate exceeded' });
    expect(refusal.why).toBe(
      'orders.fifo: messages 30 of 30 in this second, 1 more asked (scaled: 1/100 of the AWS figure); it clears in 1000 ms, when the next second begins.',
    );
    w.after(seconds(1));
    publish(w, TopicArn, 'one more', group('g'));
    expect(figures(w, 'topic/orders.fifo')).toMatchObject({ published: 31, throttled: 1 });
  });

  it('sends its archive again to who asks for it', () => {
    const w = topics();
    const arn = topic(w, 'orders.fifo', { ...CONTENT, ArchivePolicy: '{"MessageRetentionPeriod":"7"}' });
    const raw = { RawMessageDelivery: 'true' };
    publish(w, arn, 'one', group('g'));
    w.after(seconds(10));
    publish(w, arn, 'two', group('g'));
    w.after(seconds(600));
    const SubscriptionArn = subscribed(w, arn, 'late.fifo', raw);
    const replay = { PointType: 'Timestamp', StartingPoint: '2026-01-05T09:00:05.000Z' };
    w.call(
      'SetSubscriptionAttributes',
      { SubscriptionArn, AttributeName: 'ReplayPolicy', AttributeValue: JSON.stringify(replay) },
      'sns',
    );
    w.after(seconds(1));
    expect(arrived(w, 'late.fifo')).toEqual(['two']);
    const { Attributes } = w.call('GetSubscriptionAttributes', { SubscriptionArn }, 'sns');
    expect(Attributes.ReplayStatus).toBe('Completed');
  });

  it('sends its archive again to who subscribes with a replay policy', () => {
    const w = topics();
    const arn = topic(w, 'orders.fifo', { ...CONTENT, ArchivePolicy: '{"MessageRetentionPeriod":"7"}' });
    publish(w, arn, 'one', group('g'));
    w.after(seconds(10));
    publish(w, arn, 'two', group('g'));
    w.after(seconds(600));
    const replay = { PointType: 'Timestamp', StartingPoint: '2026-01-05T09:00:00.000Z' };
    const ReplayPolicy = JSON.stringify(replay);
    const SubscriptionArn = subscribed(w, arn, 'late.fifo', { RawMessageDelivery: 'true', ReplayPolicy });
    w.after(seconds(1));
    expect(arrived(w, 'late.fifo')).toEqual(['one', 'two']);
    const { Attributes } = w.call('GetSubscriptionAttributes', { SubscriptionArn }, 'sns');
    expect(Attributes.ReplayStatus).toBe('Completed');
  });

  it('has a FIFO queue for its dead letters', () => {
    const w = topics();
    const arn = topic(w, 'orders.fifo', CONTENT);
    w.queue('dlq.fifo', { Policy: lettingIn('dlq.fifo', arn) });
    subscribe(w, arn, 'sqs', queueArn('gone.fifo'), {
      RawMessageDelivery: 'true',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dlq.fifo') }),
    });
    for (const body of ['a', 'b', 'c']) publish(w, arn, body, group('g'));
    w.after(seconds(1));
    expect(arrived(w, 'dlq.fifo')).toEqual(['a', 'b', 'c']);
  });
});
