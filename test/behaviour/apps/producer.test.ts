import { describe, expect, test } from 'vitest';
import { Playground, queueUrl } from '../../support/playground.ts';

describe('a producer', () => {
  test('sends at its rate, and the queue fills', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '12/s' }).after(60_000);
    expect(world.figure('app/web', 'sent')).toBeGreaterThanOrEqual(718);
    expect(world.figure('app/web', 'sent')).toBeLessThanOrEqual(721);
    expect(world.figure('app/web', 'sentPerSecond')).toBeCloseTo(12, 0);
    world.app('Stop', { name: 'web' }).after(20);
    expect(world.figure('queue/orders', 'visible')).toBe(world.figure('app/web', 'sent'));
  });

  test('sends its first message at once', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '1/h' }).after(10);
    expect(world.figure('app/web', 'sent')).toBe(1);
  });

  test('is the caller of its calls, and counts in its bodies', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', {
      name: 'web',
      to: 'queue/orders',
      body: 'order {n}',
      count: 3,
      rate: '10/s',
    });
    world.after(2_000);
    expect(world.events('sqs/MessageSent').map(({ by, body }) => [by, body])).toEqual([
      ['web', 'order 1'],
      ['web', 'order 2'],
      ['web', 'order 3'],
    ]);
  });

  test('stops after its count, also when that is no whole number of batches', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '100/s', batch: 10, count: 25 });
    world.after(5_000);
    expect(world.figure('queue/orders', 'visible')).toBe(25);
    expect(world.resource('app/web').fields).toMatchObject({ running: false, sent: 25, requests: 3 });
    expect(world.events('app/Stopped')).toMatchObject([{ app: 'web', reason: 'count' }]);
  });

  test('pads its bodies to a size', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', size: '1KB', count: 1 }).after(1_000);
    const answer = world.must('sqs', 'ReceiveMessage', { QueueUrl: queueUrl('orders') });
    const [message] = answer.Messages as { Body: string }[];
    expect(message!.Body).toHaveLength(1_024);
  });

  test('spreads FIFO messages over its groups, each with an id of its own', () => {
    const world = new Playground().queue('orders.fifo', { FifoQueue: 'true' });
    world.app('CreateProducer', {
      name: 'web',
      to: 'queue/orders.fifo',
      group: 'user-{1..3}',
      rate: '10/s',
      count: 6,
    });
    world.after(3_000);
    expect(world.events('sqs/MessageSent').map(({ group }) => group)).toEqual([
      'user-1',
      'user-2',
      'user-3',
      'user-1',
      'user-2',
      'user-3',
    ]);
  });

  test('stopped and started again goes on; deleted it is gone', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '10/s' }).after(1_000);
    world.app('Stop', { name: 'web' }).after(20);
    const sent = world.figure('app/web', 'sent');
    world.after(60_000);
    expect(world.figure('app/web', 'sent')).toBe(sent);
    expect(world.figure('app/web', 'sentPerSecond')).toBe(0);
    world.app('Start', { name: 'web' }).after(1_000);
    expect(world.figure('app/web', 'sent')).toBeGreaterThanOrEqual(sent + 9);
    world.app('Delete', { name: 'web' }).after(1_000);
    expect(world.resources().map(({ id }) => id)).toEqual(['queue/orders']);
  });

  test('changes its rate from now on, without catching up', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '1/h' }).after(3_500_000);
    world.app('Update', { name: 'web', rate: '10/s' }).after(10_000);
    expect(world.figure('app/web', 'sent')).toBeGreaterThanOrEqual(100);
    expect(world.figure('app/web', 'sent')).toBeLessThanOrEqual(102);
  });
});

describe('a producer whose queue does not exist', () => {
  test('keeps trying, shows the refusal, and tells it once a second', () => {
    const world = new Playground();
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '10/s' }).after(2_999);
    const told = world.events('app/Refused');
    expect(told).toHaveLength(3);
    expect(told[0]).toMatchObject({
      app: 'web',
      operation: 'SendMessage',
      code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
    expect(world.figure('app/web', 'lost')).toBeGreaterThan(20);
    world.queue('orders').after(2_000);
    expect(world.figure('queue/orders', 'visible')).toBeGreaterThan(10);
  });
});

describe('an app command', () => {
  test.each([
    ['CreateProducer', { name: 'web', to: 'orders' }, 'write KIND/NAME, like queue/orders'],
    ['CreateProducer', { name: 'web', to: 'queue/orders', rate: 'fast' }, 'a rate is a number per time'],
    ['CreateProducer', { name: 'web', to: 'queue/a.fifo' }, 'needs a message group'],
    ['CreateProducer', { name: 'you', to: 'queue/orders' }, 'this name is taken'],
    ['CreateConsumer', { name: 'w', from: 'queue/orders', wait: '21s' }, 'a long poll lasts at most 20s'],
    ['CreateConsumer', { name: 'w', from: 'queue/orders', batch: 11 }, 'a whole number between 1 and 10'],
    ['Start', { name: 'nobody' }, 'There is no app named nobody'],
  ])('%s %j is refused: %s', (operation, input, sentence) => {
    const world = new Playground();
    const before = world.simulation.stateOf('app');
    const outcome = world.call('app', operation, input);
    expect(outcome).toMatchObject({ ok: false, refusal: { message: expect.stringContaining(sentence) } });
    expect(before).toEqual(new Playground().simulation.stateOf('app'));
  });

  test('does not take another kind’s flags, nor a name twice', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders' });
    expect(world.call('app', 'Update', { name: 'web', time: '5s' })).toMatchObject({
      refusal: { code: 'InvalidParameterCombination' },
    });
    expect(world.call('app', 'CreateConsumer', { name: 'web', from: 'queue/orders' })).toMatchObject({
      refusal: { code: 'AppAlreadyExists' },
    });
  });

  test('lists and describes', () => {
    const world = new Playground().queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '10/s' });
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '2s..8s', stopped: true });
    expect(world.must('app', 'List', {})).toEqual({
      apps: [
        { name: 'web', kind: 'producer', running: true, to: 'queue/orders' },
        { name: 'worker', kind: 'consumer', running: false, from: 'queue/orders' },
      ],
    });
    expect(world.must('app', 'Describe', { name: 'worker' })).toMatchObject({
      settings: { time: '2s..8s' },
      figures: { received: 0, latencyMs: { p95: 0 } },
    });
  });
});
