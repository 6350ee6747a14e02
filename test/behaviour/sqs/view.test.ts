import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { world } from '../../support/world.ts';

describe('a queue on the screen', () => {
  it('shows its counters, attributes as values, and its stock', () => {
    const w = world();
    const url = w.queue('orders', { VisibilityTimeout: '20' });
    w.send(url, 'a');
    w.send(url, 'b');
    w.send(url, 'c', { DelaySeconds: 10 });
    const [{ ReceiptHandle }] = w.receive(url) as [{ ReceiptHandle: string }];
    w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    w.at(1).receive(url);
    w.receive(url);
    const [queue] = w.at(2).view();
    expect(queue).toMatchObject({
      id: 'queue/orders',
      kind: 'queue',
      name: 'orders',
      title: 'SQS',
      role: 'resource',
      fields: {
        visible: 0,
        inFlight: 1,
        delayed: 1,
        oldestAgeMs: 2_000,
        sent: 3,
        received: 2,
        deleted: 1,
        expired: 0,
        deadLettered: 0,
        moved: 0,
        duplicated: 0,
        emptyReceives: 1,
        fifo: false,
        createdAtMs: 0,
        attributes: { VisibilityTimeout: 20, DelaySeconds: 0, QueueArn: expect.stringContaining(':orders') },
      },
      scope: { label: 'hides', value: '20 s' },
      stock: { visible: 0, inFlight: 1, delayed: 1 },
      rates: { in: 0.3, out: 0.2 },
      links: [],
    });
  });

  it('forgets rates after ten seconds', () => {
    const w = world();
    const url = w.queue();
    for (let index = 0; index < 20; index++) w.send(url, 'a');
    expect(w.at(9).view()[0]!.rates!.in).toBe(2);
    expect(w.at(10).view()[0]!.rates!.in).toBe(0);
    w.send(url, 'a');
    expect(w.after(seconds(1)).view()[0]!.rates!.in).toBe(0.1);
  });

  it('shows its dead-letter queue as a link, and policies as objects', () => {
    const w = world();
    w.queue('dlq');
    const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:000000000000:dlq';
    w.queue('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: '3' }) });
    const orders = w.view().find(({ name }) => name === 'orders')!;
    expect(orders.links).toMatchObject([{ to: 'queue/dlq', type: 'redrive', label: 'after 3' }]);
    expect(orders.fields.attributes).toMatchObject({
      RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 3 },
    });
  });

  it('shows a delay of its own on its top line', () => {
    const w = world();
    w.queue('orders', { DelaySeconds: '300' });
    expect(w.view()[0]!.scope).toEqual({ label: 'delay', value: '5 min' });
  });

  it('lists its messages in order of sending', () => {
    const w = world();
    const url = w.queue();
    for (const body of ['a', 'b', 'c']) w.send(url, body);
    w.receive(url);
    expect(w.messages('queue/orders').map(({ body, state }) => `${body} ${state}`)).toEqual([
      'a inFlight',
      'b visible',
      'c visible',
    ]);
    expect(w.messages('queue/missing')).toEqual([]);
  });

  it('leaves the state alone', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    const before = w.digest();
    w.at(100).view();
    w.messages('queue/orders');
    expect(w.digest()).toBe(before);
  });
});
