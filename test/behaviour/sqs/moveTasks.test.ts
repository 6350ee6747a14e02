import { describe, expect, it } from 'vitest';
import { type World, world } from '../../support/world.ts';

const arn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

/** A dead-letter queue with messages that failed in `orders`. */
function failed(w: World, count: number) {
  const dlq = w.queue('dlq');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dlq'), maxReceiveCount: 1 });
  const url = w.queue('orders', { RedrivePolicy });
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push(w.send(url, `m${index}`).MessageId);
  for (let index = 0; index < count; index++) w.receive(url, { VisibilityTimeout: 0 });
  w.receive(url);
  expect(w.counts(dlq)).toEqual([count, 0, 0]);
  return { dlq, url, ids };
}

const start = { SourceArn: arn('dlq') };
const list = (w: World) => w.call('ListMessageMoveTasks', { ...start, MaxResults: 10 }).Results;

describe('a move task', () => {
  it('moves messages back to where they were sent, as new messages, at the rate asked for', () => {
    const w = world();
    const { dlq, url, ids } = failed(w, 3);
    w.call('StartMessageMoveTask', { ...start, MaxNumberOfMessagesPerSecond: 2 });
    expect(list(w)).toMatchObject([
      {
        Status: 'RUNNING',
        SourceArn: arn('dlq'),
        MaxNumberOfMessagesPerSecond: 2,
        ApproximateNumberOfMessagesMoved: 0,
        ApproximateNumberOfMessagesToMove: 3,
      },
    ]);
    expect(w.at(0.999).counts(dlq)).toEqual([2, 0, 0]);
    expect(w.at(1.5).counts(dlq)).toEqual([0, 0, 0]);
    const moved = w.receive(url, { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] });
    expect(moved.map(({ Body }) => Body)).toEqual(['m0', 'm1', 'm2']);
    expect(moved.some(({ MessageId }) => ids.includes(MessageId))).toBe(false);
    expect(moved[0].Attributes.ApproximateReceiveCount).toBe('1');
    expect(moved[0].Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
    const [task] = list(w);
    expect(task).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 });
    expect(task).not.toHaveProperty('TaskHandle');
    expect(w.events('sqs/MessageMoved')).toMatchObject([
      { queue: 'dlq', to: 'orders', messageId: ids[0], body: 'm0' },
      { body: 'm1' },
      { body: 'm2' },
    ]);
  });

  it('moves to another queue when told so', () => {
    const w = world();
    failed(w, 1);
    const other = w.queue('other');
    w.call('StartMessageMoveTask', { ...start, DestinationArn: arn('other') });
    expect(w.at(1).bodies(other)).toEqual(['m0']);
    expect(list(w)[0].DestinationArn).toBe(arn('other'));
  });

  it('stops after the message on its way when it is cancelled', () => {
    const w = world();
    const { dlq } = failed(w, 10);
    const { TaskHandle } = w.call('StartMessageMoveTask', { ...start, MaxNumberOfMessagesPerSecond: 1 });
    expect(w.at(2).call('CancelMessageMoveTask', { TaskHandle })).toEqual({
      ApproximateNumberOfMessagesMoved: 2,
    });
    expect(list(w)[0].Status).toBe('CANCELLING');
    expect(w.at(10).counts(dlq)).toEqual([7, 0, 0]);
    expect(list(w)[0]).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 3 });
    expect(w.refusal('CancelMessageMoveTask', { TaskHandle })).toMatchObject({
      code: 'ResourceNotFoundException',
      httpStatus: 404,
      message: 'Task does not exist.',
    });
  });

  it('fails when its target vanishes', () => {
    const w = world();
    const { url } = failed(w, 2);
    w.call('StartMessageMoveTask', { ...start, MaxNumberOfMessagesPerSecond: 1 });
    w.at(0.5).call('DeleteQueue', { QueueUrl: url });
    expect(w.at(2).call('ListMessageMoveTasks', start).Results).toMatchObject([
      { Status: 'FAILED', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' },
    ]);
  });

  it('runs alone, and only from a dead-letter queue that exists', () => {
    const w = world();
    failed(w, 5);
    w.queue('plain');
    w.call('StartMessageMoveTask', { ...start, MaxNumberOfMessagesPerSecond: 1 });
    expect(w.refusal('StartMessageMoveTask', start).message).toBe(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
    expect(w.refusal('StartMessageMoveTask', { SourceArn: arn('plain') })).toMatchObject({
      code: 'InvalidParameterValue',
      message: 'Source queue must be configured as a Dead Letter Queue.',
    });
    expect(w.refusal('StartMessageMoveTask', { SourceArn: arn('missing') })).toMatchObject({
      code: 'ResourceNotFoundException',
      message: "The resource that you specified for the SourceArn parameter doesn't exist.",
    });
    expect(w.refusal('StartMessageMoveTask', { ...start, DestinationArn: arn('missing') }).message).toBe(
      "The resource that you specified for the DestinationArn parameter doesn't exist.",
    );
    expect(w.refusal('CancelMessageMoveTask', { TaskHandle: 'garbage' }).message).toBe(
      'Value for parameter TaskHandle is invalid.',
    );
  });

  it('wakes a long poll of its target', () => {
    const w = world();
    const { url } = failed(w, 1);
    const poll = w.start('ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 20 });
    w.call('StartMessageMoveTask', { ...start, MaxNumberOfMessagesPerSecond: 1 });
    w.at(5);
    expect(w.answer(poll)).toMatchObject({ at: 1_000, outcome: { output: { Messages: [{ Body: 'm0' }] } } });
  });

  it('waits while a FIFO queue’s groups are blocked, and then goes on at its rate', () => {
    const w = world();
    const dlq = w.queue('dlq.fifo');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dlq.fifo'), maxReceiveCount: 1 });
    w.queue('orders.fifo', { RedrivePolicy });
    w.queue('other.fifo');
    for (const body of ['a', 'b', 'c']) w.sendTo(dlq, 'g', body);
    w.receive(dlq, { VisibilityTimeout: 5 });
    w.call('StartMessageMoveTask', {
      SourceArn: arn('dlq.fifo'),
      DestinationArn: arn('other.fifo'),
      MaxNumberOfMessagesPerSecond: 2,
    });
    expect(w.at(4.999).counts(dlq)).toEqual([2, 1, 0]);
    w.at(60);
    expect(w.events('sqs/MessageMoved').map(({ at, body }) => `${body} ${at}`)).toEqual([
      'a 5000',
      'b 5500',
      'c 6000',
    ]);
  });

  it('fails at a message that was sent straight to the dead-letter queue: its source is unknown', () => {
    const w = world();
    const { dlq } = failed(w, 1);
    w.send(dlq, 'direct');
    w.call('StartMessageMoveTask', start);
    expect(w.at(5).counts(dlq)).toEqual([1, 0, 0]);
    expect(list(w)[0]).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'CouldNotDetermineMessageSource',
      ApproximateNumberOfMessagesMoved: 1,
    });
  });

  it('wants a target other than its source, ARNs, and a rate of 1 to 500', () => {
    const w = world();
    failed(w, 1);
    const refused = (more: object) => w.refusal('StartMessageMoveTask', { ...start, ...more }).message;
    expect(refused({ DestinationArn: arn('dlq') })).toBe(
      'Source queue arn and destination queue arn cannot be the same.',
    );
    expect(refused({ DestinationArn: 'orders' })).toBe(
      'You must use this format to specify the DestinationArn: arn:<partition>:<service>:<region>:<account-id>:<resource-id>',
    );
    expect(refused({ MaxNumberOfMessagesPerSecond: 501 })).toBe(
      "Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a number that's between 1 and 500.",
    );
  });
});
