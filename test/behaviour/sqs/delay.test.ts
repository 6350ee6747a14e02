import { describe, expect, it } from 'vitest';
import { world } from '../../support/world.ts';

describe('a delay', () => {
  it('keeps a message back, counted as delayed, to the millisecond', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'later', { DelaySeconds: 10 });
    expect(w.at(9.999).receive(url)).toEqual([]);
    expect(w.counts(url)).toEqual([0, 0, 1]);
    expect(w.at(10).bodies(url)).toEqual(['later']);
    expect(w.events('sqs/MessageVisible')).toMatchObject([
      { at: 10_000, reason: 'delay', body: 'later', by: 'sqs.amazonaws.com' },
    ]);
  });

  it('of a message replaces that of a standard queue, zero too', () => {
    const w = world();
    const url = w.queue('orders', { DelaySeconds: '10' });
    w.send(url, 'queue’s');
    w.send(url, 'own', { DelaySeconds: 2 });
    w.send(url, 'none', { DelaySeconds: 0 });
    expect(w.bodies(url)).toEqual(['none']);
    expect(w.at(2).bodies(url)).toEqual(['own']);
    expect(w.at(10).bodies(url)).toEqual(['queue’s']);
  });

  it('of a FIFO queue counts; a message’s own is refused, unless it is zero', () => {
    const w = world();
    const url = w.queue('orders.fifo', { DelaySeconds: '2' });
    const ids = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
    w.send(url, 'a', { ...ids, DelaySeconds: 0 });
    expect(w.at(1.999).receive(url)).toEqual([]);
    expect(w.at(2).bodies(url)).toEqual(['a']);
    expect(
      w.refusal('SendMessage', { QueueUrl: url, MessageBody: 'b', ...ids, DelaySeconds: 2 }),
    ).toMatchObject({
      code: 'InvalidParameterValue',
      message:
        'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    });
  });

  it('changed on a standard queue does not reach what waits', () => {
    const w = world();
    const url = w.queue('orders', { DelaySeconds: '10' });
    w.send(url, 'a');
    w.call('SetQueueAttributes', { QueueUrl: url, Attributes: { DelaySeconds: '0' } });
    expect(w.at(9.999).receive(url)).toEqual([]);
    expect(w.at(10).receive(url)).toHaveLength(1);
  });

  it('is 0 to 900 seconds', () => {
    const w = world();
    const url = w.queue();
    for (const DelaySeconds of [-1, 901, 1.5]) {
      expect(w.refusal('SendMessage', { QueueUrl: url, MessageBody: 'x', DelaySeconds }).message).toBe(
        `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
      );
    }
    w.send(url, 'x', { DelaySeconds: 900 });
    expect(w.at(899.999).receive(url)).toEqual([]);
    expect(w.at(900).receive(url)).toHaveLength(1);
  });
});
