import { describe, expect, it } from 'vitest';
import { type World, world } from '../../support/world.ts';

const ACCOUNT = '000000000000';
const arn = (name: string): string => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
const policy = (name: string, maxReceiveCount: number | string): string =>
  JSON.stringify({ deadLetterTargetArn: arn(name), maxReceiveCount });

function pair(w: World, maxReceiveCount: number, type: '' | '.fifo' = '', more: Record<string, string> = {}) {
  const dlq = w.queue(`dlq${type}`);
  const url = w.queue(`orders${type}`, { RedrivePolicy: policy(`dlq${type}`, maxReceiveCount), ...more });
  return { dlq, url };
}

const peek = { VisibilityTimeout: 0 };
const all = { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] };

describe('a dead-letter queue', () => {
  it('gets a message at the receive after the last allowed one', () => {
    const w = world();
    const { dlq, url } = pair(w, 2, '.fifo');
    const { MessageId } = w.sendTo(url, 'g', 'poison');
    w.sendTo(url, 'g', 'next');
    expect(w.bodies(url, peek)).toEqual(['poison']);
    expect(w.bodies(url, peek)).toEqual(['poison']);
    expect(w.bodies(url, peek)).toEqual(['next']);
    const [dead] = w.receive(dlq, all);
    expect(dead).toMatchObject({ MessageId, Body: 'poison' });
    expect(dead.Attributes).toMatchObject({
      ApproximateReceiveCount: '3',
      DeadLetterQueueSourceArn: arn('orders.fifo'),
      MessageGroupId: 'g',
      MessageDeduplicationId: 'poison',
    });
    expect(w.events('sqs/MessageDeadLettered')).toMatchObject([
      { queue: 'orders.fifo', to: 'dlq.fifo', messageId: MessageId, receiveCount: 2 },
    ]);
  });

  it('with maxReceiveCount 1 gets it at the second receive', () => {
    const w = world();
    const { dlq, url } = pair(w, 1);
    w.send(url, 'a');
    expect(w.receive(url, peek)).toHaveLength(1);
    expect(w.receive(url)).toEqual([]);
    expect(w.counts(dlq)).toEqual([1, 0, 0]);
  });

  it('does not get a message by itself: it waits for the next receive', () => {
    const w = world();
    const { dlq, url } = pair(w, 1);
    w.send(url, 'a');
    w.receive(url);
    expect(w.at(3_600).counts(url)).toEqual([1, 0, 0]);
    expect(w.counts(dlq)).toEqual([0, 0, 0]);
  });

  it('is looked past: one receive hands out what follows', () => {
    const w = world();
    const { url } = pair(w, 1);
    w.send(url, 'a');
    w.send(url, 'b');
    w.receive(url, { ...peek, MaxNumberOfMessages: 2 });
    w.send(url, 'c');
    expect(w.bodies(url, all)).toEqual(['c']);
  });

  it('keeps the send time on a standard queue, so that retention runs on', () => {
    const w = world();
    const dlq = w.queue('dlq', { MessageRetentionPeriod: String(4 * 86_400) });
    const url = w.queue('orders', { RedrivePolicy: policy('dlq', 1) });
    w.send(url, 'a');
    w.receive(url);
    w.at(86_400).receive(url);
    expect(w.at(4 * 86_400 - 0.001).counts(dlq)).toEqual([1, 0, 0]);
    expect(w.at(4 * 86_400).counts(dlq)).toEqual([0, 0, 0]);
  });

  it('starts a FIFO message’s retention anew', () => {
    const w = world();
    const dlq = w.queue('dlq.fifo', { MessageRetentionPeriod: '3600' });
    const url = w.queue('orders.fifo', { RedrivePolicy: policy('dlq.fifo', 1) });
    w.sendTo(url, 'g', 'a');
    w.receive(url);
    w.at(3_000).receive(url);
    expect(w.at(6_599.999).counts(dlq)).toEqual([1, 0, 0]);
    expect(w.at(6_600).counts(dlq)).toEqual([0, 0, 0]);
  });

  it('wakes its own long polls', () => {
    const w = world();
    const { dlq, url } = pair(w, 1);
    w.send(url, 'a');
    w.receive(url, peek);
    const poll = w.start('ReceiveMessage', { QueueUrl: dlq, WaitTimeSeconds: 20 });
    w.at(7).receive(url);
    expect(w.answer(poll)).toMatchObject({ at: 7_000, outcome: { output: { Messages: [{ Body: 'a' }] } } });
  });

  it('that was deleted takes nothing: messages stay', () => {
    const w = world();
    const { dlq, url } = pair(w, 1);
    w.send(url, 'a');
    w.receive(url, peek);
    w.call('DeleteQueue', { QueueUrl: dlq });
    expect(w.receive(url)).toHaveLength(1);
  });

  it('two queues that are each other’s do not wake each other for ever', () => {
    const w = world();
    const { dlq, url } = pair(w, 1);
    w.call('SetQueueAttributes', { QueueUrl: dlq, Attributes: { RedrivePolicy: policy('orders', 1) } });
    w.send(url, 'a');
    w.receive(url, peek);
    for (const QueueUrl of [url, dlq]) w.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    w.at(60);
    expect(w.counts(url)[0] + w.counts(dlq)[0]).toBe(1);
  });

  it('knows its sources', () => {
    const w = world();
    const { dlq, url } = pair(w, 1);
    expect(w.call('ListDeadLetterSourceQueues', { QueueUrl: dlq })).toEqual({ queueUrls: [url] });
    w.call('SetQueueAttributes', { QueueUrl: url, Attributes: { RedrivePolicy: '' } });
    expect(w.call('ListDeadLetterSourceQueues', { QueueUrl: dlq })).toEqual({ queueUrls: [] });
  });
});

describe('a RedrivePolicy', () => {
  const invalid = (text: string, reason: string) => ({
    code: 'InvalidParameterValue',
    message: `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
  });

  it.each([
    ['{"maxReceiveCount":1}', 'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.'],
    [
      `{"deadLetterTargetArn":"${arn('dlq')}"}`,
      'Redrive policy does not contain mandatory attribute: maxReceiveCount.',
    ],
    [
      policy('dlq', 0),
      'Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.',
    ],
    [
      policy('dlq', 1_001),
      'Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.',
    ],
    [policy('missing', 1), 'Dead letter target does not exist.'],
    [policy('dlq.fifo', 1), 'Dead-letter queue must be same type of queue as the source..'],
    [
      policy('dlq', 1).replace(ACCOUNT, '123456789012'),
      'Dead-letter target owner should be same as the source.',
    ],
  ])('%s is refused', (text, reason) => {
    const w = world();
    w.queue('dlq');
    w.queue('dlq.fifo');
    const url = w.queue();
    const input = { QueueUrl: url, Attributes: { RedrivePolicy: text } };
    expect(w.refusal('SetQueueAttributes', input)).toMatchObject(invalid(text, reason));
  });

  it('takes the count as a number or as a text, from 1 to 1000', () => {
    const w = world();
    w.queue('dlq');
    const url = w.queue();
    for (const count of [1, 1_000, '3']) {
      const RedrivePolicy = policy('dlq', count);
      w.call('SetQueueAttributes', { QueueUrl: url, Attributes: { RedrivePolicy } });
      expect(w.attributes(url, 'RedrivePolicy')).toEqual({ RedrivePolicy });
    }
  });

  it('needs the leave of the dead-letter queue', () => {
    const w = world();
    const dlq = w.queue('dlq');
    const url = w.queue();
    const allow = (value: object) =>
      w.call('SetQueueAttributes', {
        QueueUrl: dlq,
        Attributes: { RedriveAllowPolicy: JSON.stringify(value) },
      });
    const ask = { QueueUrl: url, Attributes: { RedrivePolicy: policy('dlq', 1) } };
    allow({ redrivePermission: 'denyAll' });
    expect(w.refusal('SetQueueAttributes', ask).why).toBe('RedriveAllowPolicy of dlq says denyAll.');
    allow({ redrivePermission: 'byQueue', sourceQueueArns: [arn('other')] });
    expect(w.refusal('SetQueueAttributes', ask).code).toBe('InvalidParameterValue');
    allow({ redrivePermission: 'byQueue', sourceQueueArns: [arn('orders')] });
    w.call('SetQueueAttributes', ask);
  });

  it('is out of reach for a handle of the queue from which its message came', () => {
    for (const type of ['', '.fifo'] as const) {
      const w = world();
      const { dlq, url } = pair(w, 1, type);
      if (type === '') w.send(url, 'poison');
      else w.sendTo(url, 'g', 'poison');
      const [{ ReceiptHandle }] = w.receive(url, peek);
      w.receive(url);
      expect(w.bodies(dlq, { VisibilityTimeout: 60 })).toEqual(['poison']);
      const change = { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 };
      expect(w.refusal('ChangeMessageVisibility', change).code).toBe('InvalidParameterValue');
      expect(w.counts(dlq)).toEqual([0, 1, 0]);
    }
  });
});
