import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { world } from '../../support/world.ts';

const withCount = { MessageSystemAttributeNames: ['ApproximateReceiveCount'] };

describe('the visibility timeout', () => {
  it('hides a received message for 30 seconds, to the millisecond', () => {
    const w = world();
    const url = w.queue();
    const sent = w.send(url, 'order 1');
    const [first] = w.receive(url);
    expect(first.MessageId).toBe(sent.MessageId);
    expect(w.at(29.999).call('ReceiveMessage', { QueueUrl: url })).toEqual({});
    const [again] = w.at(30).receive(url, withCount);
    expect(again.MessageId).toBe(sent.MessageId);
    expect(again.ReceiptHandle).not.toBe(first.ReceiptHandle);
    expect(again.Attributes).toEqual({ ApproximateReceiveCount: '2' });
  });

  it('of a receive overrides that of the queue, once', () => {
    const w = world();
    const url = w.queue('orders', { VisibilityTimeout: '10' });
    w.send(url, 'order 1');
    w.receive(url, { VisibilityTimeout: 2 });
    expect(w.at(1.999).receive(url)).toEqual([]);
    expect(w.at(2).receive(url)).toHaveLength(1);
    expect(w.at(11.999).receive(url)).toEqual([]);
    expect(w.at(12).receive(url)).toHaveLength(1);
  });

  it('of zero shows the message again at once, at the tail', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    w.send(url, 'b');
    expect(w.bodies(url, { VisibilityTimeout: 0 })).toEqual(['a']);
    expect(w.bodies(url, { MaxNumberOfMessages: 10, VisibilityTimeout: 0 })).toEqual(['b', 'a']);
  });

  it('is changed from the call on, not from the receive', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'order 1');
    const [{ ReceiptHandle }] = w.receive(url) as [{ ReceiptHandle: string }];
    w.at(20).call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 60 });
    expect(w.at(79.999).receive(url)).toEqual([]);
    expect(w.at(80).receive(url)).toHaveLength(1);
  });

  it('changed to zero shows the message at once', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'order 1');
    const [{ ReceiptHandle }] = w.receive(url) as [{ ReceiptHandle: string }];
    w.at(5).call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 });
    expect(w.receive(url)).toHaveLength(1);
    expect(w.events('sqs/MessageVisible')).toMatchObject([{ at: 5000, reason: 'changed', by: 'you' }]);
  });

  it('is at most 12 hours from the receive on', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'order 1');
    const [{ ReceiptHandle }] = w.receive(url) as [{ ReceiptHandle: string }];
    const change = { QueueUrl: url, ReceiptHandle };
    expect(
      w.at(1).refusal('ChangeMessageVisibility', { ...change, VisibilityTimeout: 43_200 }),
    ).toMatchObject({
      code: 'InvalidParameterValue',
      message:
        'Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
      why: 'It has been hidden for 1 s; with 43200 s more it would be over 12 hours.',
    });
    w.call('ChangeMessageVisibility', { ...change, VisibilityTimeout: 43_199 });
    expect(w.at(43_199.999).receive(url)).toEqual([]);
    expect(w.at(43_200).receive(url)).toHaveLength(1);
  });

  it('that has ended: a change of a standard message is accepted without effect', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'order 1');
    const [{ ReceiptHandle }] = w.receive(url, { VisibilityTimeout: 1 }) as [{ ReceiptHandle: string }];
    w.at(2).call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 60 });
    expect(w.counts(url)).toEqual([1, 0, 0]);
  });

  it('of a deleted message cannot be changed', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'order 1');
    const [{ ReceiptHandle }] = w.receive(url) as [{ ReceiptHandle: string }];
    w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    const change = { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 5 };
    expect(w.refusal('ChangeMessageVisibility', change).message).toBe(
      `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  });

  it('tells who holds a message, and until when', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'order 1');
    w.as({ by: 'worker-1' }).receive(url);
    w.after(seconds(3));
    expect(w.messages('queue/orders')).toMatchObject([
      { body: 'order 1', state: 'inFlight', holder: 'worker-1', due: 30_000, receiveCount: 1 },
    ]);
  });
});
