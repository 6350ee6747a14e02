import { describe, expect, it } from 'vitest';
import { world } from '../../support/world.ts';

const sent = (body: string, group = 'g', id = 'd') => ({
  MessageBody: body,
  MessageGroupId: group,
  MessageDeduplicationId: id,
});

describe('deduplication on a FIFO queue', () => {
  it('lasts five minutes from the first send, to the millisecond, receive and delete notwithstanding', () => {
    const w = world();
    const url = w.queue('orders.fifo');
    const first = w.call('SendMessage', { QueueUrl: url, ...sent('a') });
    const [{ ReceiptHandle }] = w.receive(url) as [{ ReceiptHandle: string }];
    w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    const second = w.at(299.999).call('SendMessage', { QueueUrl: url, ...sent('b') });
    expect(second.MessageId).toBe(first.MessageId);
    expect(second.SequenceNumber).toBe(first.SequenceNumber);
    expect(w.counts(url)).toEqual([0, 0, 0]);
    const third = w.at(300).call('SendMessage', { QueueUrl: url, ...sent('c') });
    expect(third.MessageId).not.toBe(first.MessageId);
    expect(w.bodies(url)).toEqual(['c']);
    expect(w.events('sqs/MessageDeduplicated')).toMatchObject([{ messageId: first.MessageId, by: 'you' }]);
  });

  it('does not care for the group, unless its scope is the group', () => {
    const w = world();
    const whole = w.queue('whole.fifo');
    const grouped = w.queue('grouped.fifo', { DeduplicationScope: 'messageGroup' });
    for (const QueueUrl of [whole, grouped]) {
      w.call('SendMessage', { QueueUrl, ...sent('a', 'g1') });
      w.call('SendMessage', { QueueUrl, ...sent('b', 'g2') });
      w.call('SendMessage', { QueueUrl, ...sent('c', 'g2') });
    }
    expect(w.counts(whole)).toEqual([1, 0, 0]);
    expect(w.counts(grouped)).toEqual([2, 0, 0]);
  });

  it('keeps what it remembers when the scope changes', () => {
    const w = world();
    const url = w.queue('orders.fifo');
    w.call('SendMessage', { QueueUrl: url, ...sent('a', 'g1') });
    w.call('SetQueueAttributes', { QueueUrl: url, Attributes: { DeduplicationScope: 'messageGroup' } });
    w.call('SendMessage', { QueueUrl: url, ...sent('b', 'g1') });
    w.call('SendMessage', { QueueUrl: url, ...sent('c', 'g2') });
    expect(w.counts(url)).toEqual([1, 0, 0]);
  });

  it('by content takes the SHA-256 of the body, not the attributes', () => {
    const w = world();
    const url = w.queue('orders.fifo', { ContentBasedDeduplication: 'true' });
    const attribute = (StringValue: string) => ({
      MessageAttributes: { a: { DataType: 'String', StringValue } },
    });
    w.send(url, 'Test', { MessageGroupId: 'g', ...attribute('1') });
    w.send(url, 'Test', { MessageGroupId: 'g', ...attribute('2') });
    const [message, ...others] = w.receive(url, {
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['MessageDeduplicationId'],
    });
    expect(others).toEqual([]);
    expect(message.Attributes.MessageDeduplicationId).toBe(
      '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25',
    );
  });

  it('is forgotten by a purge', () => {
    const w = world();
    const url = w.queue('orders.fifo');
    w.call('SendMessage', { QueueUrl: url, ...sent('a') });
    w.call('PurgeQueue', { QueueUrl: url });
    w.call('SendMessage', { QueueUrl: url, ...sent('b') });
    expect(w.bodies(url)).toEqual(['b']);
  });

  it('needs an id, or the queue’s leave to make one', () => {
    const w = world();
    const url = w.queue('orders.fifo');
    const input = { QueueUrl: url, MessageBody: 'x', MessageGroupId: 'g' };
    expect(w.refusal('SendMessage', input)).toMatchObject({
      code: 'InvalidParameterValue',
      message:
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    });
  });

  it('survives a checkpoint and a save', () => {
    const w = world();
    const url = w.queue('orders.fifo');
    w.call('SendMessage', { QueueUrl: url, ...sent('a') });
    const image = w.simulation.checkpoint();
    w.call('PurgeQueue', { QueueUrl: url });
    w.simulation.restore(image);
    w.call('SendMessage', { QueueUrl: url, ...sent('b') });
    expect(w.counts(url)).toEqual([1, 0, 0]);
  });
});
