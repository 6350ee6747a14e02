import { describe, expect, it } from 'vitest';
import { type World, world } from '../../support/world.ts';

/** `g1-m1` goes to group `g1`. */
function fifo(w: World, ...bodies: string[]): string {
  const url = w.queue('orders.fifo');
  for (const body of bodies) w.sendTo(url, body.slice(0, 2), body);
  return url;
}

const take = (max: number, VisibilityTimeout?: number) => ({
  MaxNumberOfMessages: max,
  ...(VisibilityTimeout === undefined ? {} : { VisibilityTimeout }),
});

describe('a FIFO queue', () => {
  it('fills an answer from one group before the next; served groups go to the back', () => {
    const w = world();
    const url = fifo(w, 'g1-m1', 'g2-m1', 'g2-m2', 'g3-m1', 'g1-m2');
    expect(w.bodies(url, take(3, 0))).toEqual(['g1-m1', 'g1-m2', 'g2-m1']);
    expect(w.bodies(url, take(10, 0))).toEqual(['g3-m1', 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2']);
  });

  it('holds a group back while one of its first messages is in flight', () => {
    const w = world();
    const url = fifo(w, 'g1-m1', 'g2-m1', 'g1-m2', 'g2-m2', 'g1-m3');
    const [first, second] = w.receive(url, take(2));
    expect([first.Body, second.Body]).toEqual(['g1-m1', 'g1-m2']);
    w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle: first.ReceiptHandle });
    expect(w.bodies(url, take(10))).toEqual(['g2-m1', 'g2-m2']);
    w.call('ReceiveMessage', { QueueUrl: url });
    expect(w.events('sqs/ReceiveEmpty')).toMatchObject([{ reason: 'groupBlocked', queue: 'orders.fifo' }]);
  });

  it.each([
    [0, []],
    [1, ['g1-m1']],
    [2, ['g1-m1', 'g1-m2']],
  ])('hands out a group up to its first invisible message (the one at %i)', (extended, expected) => {
    const w = world();
    const url = fifo(w, 'g1-m1', 'g1-m2', 'g1-m3');
    const received = w.receive(url, take(3, 1));
    const { ReceiptHandle } = received[extended]!;
    w.call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 4 });
    expect(w.at(1.5).bodies(url, take(10))).toEqual(expected);
  });

  it('counts messages that wait for their group as visible', () => {
    const w = world();
    const url = fifo(w, 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2', 'g3-m1', 'g3-m2');
    w.receive(url);
    w.receive(url);
    expect(w.counts(url)).toEqual([4, 2, 0]);
  });

  it('does not unblock a group by a new message', () => {
    const w = world();
    const url = fifo(w, 'g1-m1');
    w.receive(url);
    w.sendTo(url, 'g1', 'g1-m2');
    expect(w.receive(url)).toEqual([]);
  });

  it('goes on with a group when its head expires', () => {
    const w = world();
    const url = w.queue('orders.fifo', { MessageRetentionPeriod: '60' });
    w.sendTo(url, 'g1', 'g1-m1');
    w.at(30).sendTo(url, 'g1', 'g1-m2');
    w.receive(url, take(1, 3_600));
    expect(w.at(59.999).receive(url)).toEqual([]);
    expect(w.at(60).bodies(url)).toEqual(['g1-m2']);
  });

  it('refuses a handle whose visibility timeout has ended', () => {
    const w = world();
    const url = fifo(w, 'g1-m1');
    const [{ ReceiptHandle }] = w.receive(url, take(1, 1)) as [{ ReceiptHandle: string }];
    w.at(1);
    const expired = `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`;
    expect(w.refusal('DeleteMessage', { QueueUrl: url, ReceiptHandle }).message).toBe(expired);
    w.receive(url);
    expect(w.refusal('DeleteMessage', { QueueUrl: url, ReceiptHandle }).message).toBe(expired);
    expect(w.counts(url)).toEqual([0, 1, 0]);
  });

  it('accepts a handle past the first timeout when it was extended, and again after the delete', () => {
    const w = world();
    const url = fifo(w, 'g1-m1');
    const [{ ReceiptHandle }] = w.receive(url, take(1, 1)) as [{ ReceiptHandle: string }];
    w.call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 10 });
    w.at(5).call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    w.at(60).call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    expect(w.counts(url)).toEqual([0, 0, 0]);
  });

  it('numbers its messages with 20 digits that grow', () => {
    const w = world();
    const url = w.queue('orders.fifo');
    const numbers = ['a', 'b', 'c'].map((body) => w.sendTo(url, 'g', body).SequenceNumber as string);
    expect(numbers.every((number) => /^\d{20}$/.test(number))).toBe(true);
    expect([...numbers].sort()).toEqual(numbers);
    expect(new Set(numbers).size).toBe(3);
  });

  it('needs a group; in a batch the same sentence has another code', () => {
    const w = world();
    const url = w.queue('orders.fifo');
    const message = 'The request must contain the parameter MessageGroupId.';
    expect(w.refusal('SendMessage', { QueueUrl: url, MessageBody: 'x' })).toMatchObject({
      code: 'MissingParameter',
      message,
    });
    const Entries = [{ Id: 'a', MessageBody: 'x' }];
    expect(w.refusal('SendMessageBatch', { QueueUrl: url, Entries })).toMatchObject({
      code: 'InvalidParameterValue',
      message,
    });
  });
});
