import { describe, expect, it } from 'vitest';
import { world } from '../../support/world.ts';

const NAME_RULE = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
const FIFO_RULE =
  'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length';

describe('creating a queue', () => {
  it('answers its URL, the same one when it is asked again in the same words', () => {
    const w = world();
    const attributes = { VisibilityTimeout: '20' };
    expect(w.queue('orders', attributes)).toBe('https://sqs.us-east-1.amazonaws.com/000000000000/orders');
    expect(w.queue('orders', attributes)).toBe(w.queue('orders'));
    expect(w.events('sqs/QueueCreated')).toHaveLength(1);
  });

  it('refuses another value for an attribute of a queue that exists', () => {
    const w = world();
    w.queue('orders', { VisibilityTimeout: '20' });
    const again = { QueueName: 'orders', Attributes: { VisibilityTimeout: '30' } };
    expect(w.refusal('CreateQueue', again)).toMatchObject({
      code: 'QueueAlreadyExists',
      jsonCode: 'QueueNameExists',
      message:
        'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
      why: 'VisibilityTimeout of orders is 20; asked was 30.',
    });
  });

  it.each([
    ['a b', {}, NAME_RULE],
    ['', {}, 'Queue name cannot be empty'],
    ['x'.repeat(81), {}, NAME_RULE],
    ['orders.fifo', {}, NAME_RULE],
    ['orders', { FifoQueue: 'true' }, FIFO_RULE],
    [`${'x'.repeat(76)}.fifo`, { FifoQueue: 'true' }, FIFO_RULE],
  ])('refuses the name %j with %j', (QueueName, Attributes, message) => {
    expect(world().refusal('CreateQueue', { QueueName, Attributes })).toMatchObject({
      code: 'InvalidParameterValue',
      message,
    });
  });

  it('takes 80 characters, suffix included', () => {
    const w = world();
    expect(w.queue('x'.repeat(80))).toMatch(/x{80}$/);
    expect(w.queue(`${'x'.repeat(75)}.fifo`)).toMatch(/\.fifo$/);
  });

  it('needs 60 seconds after a delete, to the millisecond', () => {
    const w = world();
    const url = w.queue();
    w.call('DeleteQueue', { QueueUrl: url });
    expect(w.at(59.9).refusal('CreateQueue', { QueueName: 'orders' })).toMatchObject({
      code: 'AWS.SimpleQueueService.QueueDeletedRecently',
      message:
        'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
      why: 'The name is free again in 0.1 s.',
    });
    expect(w.at(60).queue()).toBe(url);
  });
});

describe('a deleted queue', () => {
  it('is gone at once, with its messages', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    w.call('DeleteQueue', { QueueUrl: url });
    expect(w.refusal('ReceiveMessage', { QueueUrl: url })).toMatchObject({
      code: 'AWS.SimpleQueueService.NonExistentQueue',
      jsonCode: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
    w.at(60).queue();
    expect(w.counts(url)).toEqual([0, 0, 0]);
    expect(w.at(5 * 86_400).events('sqs/MessageExpired')).toEqual([]);
  });
});

describe('finding queues', () => {
  it('lists URLs in order, by prefix, in pages', () => {
    const w = world();
    for (const name of ['orders', 'bills', 'orders-dlq', 'a']) w.queue(name);
    const names = (output: { QueueUrls?: string[] }) => output.QueueUrls?.map((url) => url.split('/').at(-1));
    expect(names(w.call('ListQueues'))).toEqual(['a', 'bills', 'orders', 'orders-dlq']);
    expect(names(w.call('ListQueues', { QueueNamePrefix: 'ord' }))).toEqual(['orders', 'orders-dlq']);
    expect(w.call('ListQueues', { QueueNamePrefix: 'zzz' })).toEqual({});
    const first = w.call('ListQueues', { MaxResults: 3 });
    expect(names(first)).toEqual(['a', 'bills', 'orders']);
    const second = w.call('ListQueues', { MaxResults: 3, NextToken: first.NextToken });
    expect(names(second)).toEqual(['orders-dlq']);
    expect(second).not.toHaveProperty('NextToken');
  });

  it('by name answers the URL', () => {
    const w = world();
    const url = w.queue();
    expect(w.call('GetQueueUrl', { QueueName: 'orders' })).toEqual({ QueueUrl: url });
    expect(w.refusal('GetQueueUrl', { QueueName: 'Orders' }).code).toBe(
      'AWS.SimpleQueueService.NonExistentQueue',
    );
  });

  it('accepts the URL of a local endpoint', () => {
    const w = world();
    const url = w.queue();
    w.send('http://localhost:4566/000000000000/orders', 'a');
    expect(w.bodies(url)).toEqual(['a']);
  });

  it.each(['orders', 'https://sqs.eu-west-1.amazonaws.com/000000000000/orders', 'https://example.com/', ''])(
    'refuses the address %j',
    (QueueUrl) => {
      const w = world();
      w.queue();
      expect(w.refusal('ReceiveMessage', { QueueUrl })).toMatchObject({
        code: 'InvalidAddress',
        message: `The address ${QueueUrl} is not valid for this endpoint.`,
      });
    },
  );

  it('of another account is refused', () => {
    const w = world();
    const url = w.queue();
    w.as({ account: '111111111111', profile: 'partner' });
    expect(w.refusal('SendMessage', { QueueUrl: url, MessageBody: 'x' })).toMatchObject({
      code: 'AccessDenied',
      httpStatus: 403,
      message:
        'User: arn:aws:iam::111111111111:root is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:orders because no resource-based policy allows the sqs:sendmessage action',
    });
    expect(w.queue()).toBe('https://sqs.us-east-1.amazonaws.com/111111111111/orders');
    expect(w.call('ListQueues').QueueUrls).toHaveLength(1);
  });
});

describe('a purge', () => {
  it('removes what is visible, in flight and delayed; later messages stay', () => {
    const w = world();
    const url = w.queue();
    w.send(url, 'a');
    w.receive(url);
    w.send(url, 'b');
    w.send(url, 'c', { DelaySeconds: 10 });
    w.call('PurgeQueue', { QueueUrl: url });
    expect(w.counts(url)).toEqual([0, 0, 0]);
    w.send(url, 'd');
    expect(w.at(60).bodies(url)).toEqual(['d']);
    expect(w.events('sqs/QueuePurged')).toMatchObject([{ queue: 'orders', dropped: 3 }]);
  });

  it('is possible once in 60 seconds, to the millisecond', () => {
    const w = world();
    const url = w.queue();
    w.call('PurgeQueue', { QueueUrl: url });
    expect(w.at(59.9).refusal('PurgeQueue', { QueueUrl: url })).toMatchObject({
      code: 'AWS.SimpleQueueService.PurgeQueueInProgress',
      httpStatus: 403,
      message: 'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
    });
    w.at(60).call('PurgeQueue', { QueueUrl: url });
  });
});
