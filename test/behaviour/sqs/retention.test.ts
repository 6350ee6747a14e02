import { describe, expect, it } from 'vitest';
import { world } from '../../support/world.ts';

describe('retention', () => {
  it('counts from the send, hidden or not', () => {
    const w = world();
    const url = w.queue('orders', { MessageRetentionPeriod: '60' });
    w.send(url, 'visible');
    w.send(url, 'hidden');
    w.send(url, 'delayed', { DelaySeconds: 900 });
    w.receive(url, { VisibilityTimeout: 3_600 });
    expect(w.at(59.999).counts(url)).toEqual([1, 1, 1]);
    expect(w.at(60).counts(url)).toEqual([0, 0, 0]);
    expect(w.events('sqs/MessageExpired').map(({ body }) => body)).toEqual(['visible', 'hidden', 'delayed']);
  });

  it('is four days unless told otherwise', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    expect(w.at(4 * 86_400 - 0.001).counts(url)).toEqual([1, 0, 0]);
    expect(w.at(4 * 86_400).counts(url)).toEqual([0, 0, 0]);
  });

  it('made shorter expires what is now too old; made longer revives nothing', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'old');
    w.at(100).send(url, 'new');
    w.call('SetQueueAttributes', { QueueUrl: url, Attributes: { MessageRetentionPeriod: '60' } });
    expect(w.bodies(url, { VisibilityTimeout: 0 })).toEqual(['new']);
    w.call('SetQueueAttributes', { QueueUrl: url, Attributes: { MessageRetentionPeriod: '1209600' } });
    expect(w.at(1_000).counts(url)).toEqual([1, 0, 0]);
  });

  it('lets the handle of an expired message be deleted without complaint', () => {
    const w = world();
    const url = w.queue('orders', { MessageRetentionPeriod: '60' });
    w.send(url, 'a');
    const [{ ReceiptHandle }] = w.receive(url, { VisibilityTimeout: 3_600 }) as [{ ReceiptHandle: string }];
    expect(w.at(61).call('DeleteMessage', { QueueUrl: url, ReceiptHandle })).toEqual({});
  });
});
