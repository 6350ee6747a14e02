import { describe, expect, it } from 'vitest';
import { instant, milliseconds, seconds } from '../../../src/engine/units.ts';
import { sns } from '../../../src/services/sns/index.ts';
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

describe('a topic', () => {
  it('counts for CloudWatch what it takes, delivers, filters and loses', () => {
    const w = topics();
    const arn = topic(w);
    subscribed(w, arn, 'bills');
    subscribed(w, arn, 'red', { FilterPolicy: '{"colour":["red"]}' });
    publish(w, arn, 'order 1');
    w.after(seconds(90));
    const all = [...sns.metrics!(w.simulation.stateOf('sns'), w.now, w.settings)];
    const sum = (name: string): number | undefined =>
      all
        .find((series) => series.name === name)
        ?.read({ from: instant(0), to: w.now, period: milliseconds(60_000) })
        .reduce((total, point) => total + point.sum, 0);
    expect(all[0]).toMatchObject({
      namespace: 'AWS/SNS',
      dimensions: [{ Name: 'TopicName', Value: 'orders' }],
      resource: 'topic/orders',
    });
    expect(sum('NumberOfMessagesPublished')).toBe(1);
    expect(sum('PublishSize')).toBe(7);
    expect(sum('NumberOfNotificationsDelivered')).toBe(1);
    expect(sum('NumberOfNotificationsFilteredOut')).toBe(1);
    expect(sum('NumberOfNotificationsFilteredOut-NoMessageAttributes')).toBe(1);
    expect(sum('NumberOfNotificationsFailed')).toBe(0);
  });

  it('bills publishes by 64 KB, and deliveries by their kind', () => {
    const w = topics();
    const arn = topic(w);
    subscribed(w, arn, 'bills');
    publish(w, arn, 'x'.repeat(262_144));
    w.after(seconds(1));
    const used = new Map(
      sns.usage(w.simulation.stateOf('sns'), w.now).map(({ item, quantity }) => [item, quantity]),
    );
    expect(used.get('sns/publishes')).toBe(4);
    expect(used.get('sns/queue-deliveries')).toBe(1);
  });
});
