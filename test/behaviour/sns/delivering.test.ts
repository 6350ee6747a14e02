import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { arrived, carried, figures, publish, subscribed, topic, topics } from '../../support/topics.ts';

describe('a message of a topic', () => {
  it('reaches every subscribed queue in an envelope', () => {
    const w = topics();
    const arn = topic(w);
    const subscription = subscribed(w, arn, 'bills');
    subscribed(w, arn, 'parcels');
    const { MessageId } = publish(w, arn, 'order 1', {
      Subject: 'new',
      MessageAttributes: { store: { DataType: 'String', StringValue: 'a' } },
    });
    w.after(seconds(1));
    expect(carried(w, 'parcels')).toEqual(['order 1']);
    const envelope = JSON.parse(arrived(w, 'bills')[0]!);
    expect(Object.keys(envelope)).toEqual([
      'Type',
      'MessageId',
      'TopicArn',
      'Subject',
      'Message',
      'Timestamp',
      'SignatureVersion',
      'Signature',
      'SigningCertURL',
      'UnsubscribeURL',
      'MessageAttributes',
    ]);
    expect(envelope).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn: arn,
      Timestamp: '2026-01-05T09:00:00.000Z',
      SignatureVersion: '1',
      UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
      MessageAttributes: { store: { Type: 'String', Value: 'a' } },
    });
    expect(envelope.Signature).toHaveLength(344);
    expect(figures(w, 'topic/orders')).toMatchObject({ published: 1, delivered: 2, pending: 0 });
  });

  it('arrives raw, its attributes as those of the queue’s message', () => {
    const w = topics();
    const arn = topic(w);
    subscribed(w, arn, 'bills', { RawMessageDelivery: 'true' });
    publish(w, arn, 'order 1', {
      MessageAttributes: { store: { DataType: 'String', StringValue: 'a' } },
    });
    w.after(seconds(1));
    const url = 'https://sqs.us-east-1.amazonaws.com/000000000000/bills';
    const [message] = w.receive(url, { MessageAttributeNames: ['All'] });
    expect(message.Body).toBe('order 1');
    expect(message.MessageAttributes.store.StringValue).toBe('a');
  });
});
