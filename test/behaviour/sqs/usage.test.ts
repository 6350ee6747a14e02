import { expect, it } from 'vitest';
import type { SqsState } from '../../../src/services/sqs/model.ts';
import { usage } from '../../../src/services/sqs/usage.ts';
import { type World, world } from '../../support/world.ts';

const used = (w: World): Record<string, number> =>
  Object.fromEntries(
    usage(w.simulation.stateOf('sqs') as SqsState).map(({ item, quantity }) => [item.slice(4), quantity]),
  );

it('bills each 64 KB chunk of what is sent and of what is returned', () => {
  const w = world();
  const QueueUrl = w.call('CreateQueue', { QueueName: 'orders' }).QueueUrl;
  const before = used(w)['standard-requests']!;
  w.call('SendMessage', { QueueUrl, MessageBody: 'x'.repeat(65_537) });
  expect(used(w)['standard-requests']).toBe(before + 2);
  w.call('ReceiveMessage', { QueueUrl });
  expect(used(w)['standard-requests']).toBe(before + 4);
});

it('bills an empty receive as one request', () => {
  const w = world();
  const QueueUrl = w.call('CreateQueue', { QueueName: 'orders' }).QueueUrl;
  const before = used(w)['standard-requests']!;
  w.call('ReceiveMessage', { QueueUrl });
  expect(used(w)['standard-requests']).toBe(before + 1);
});

it('bills a batch by the sum of its messages', () => {
  const w = world();
  const QueueUrl = w.call('CreateQueue', { QueueName: 'orders' }).QueueUrl;
  const before = used(w)['standard-requests']!;
  const Entries = Array.from({ length: 10 }, (_, index) => ({
    Id: `m${index}`,
    MessageBody: 'x'.repeat(6_554),
  }));
  w.call('SendMessageBatch', { QueueUrl, Entries });
  expect(used(w)['standard-requests']).toBe(before + 2);
});

it('bills messages of a FIFO queue at the FIFO rate, and its other calls at the standard rate', () => {
  const w = world();
  const QueueUrl = w.call('CreateQueue', { QueueName: 'a.fifo', Attributes: { FifoQueue: 'true' } }).QueueUrl;
  w.call('SendMessage', { QueueUrl, MessageBody: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' });
  w.call('GetQueueAttributes', { QueueUrl });
  expect(used(w)).toMatchObject({ 'standard-requests': 2, 'fifo-requests': 1 });
});
