import { describe, expect, test } from 'vitest';
import { Playground, queueUrl } from '../../support/playground.ts';

const send = (world: Playground, queue: string, ...bodies: string[]): Playground => {
  for (const body of bodies)
    world.must('sqs', 'SendMessage', { QueueUrl: queueUrl(queue), MessageBody: body });
  return world;
};

describe('a consumer', () => {
  test('takes, works, deletes, and takes again', () => {
    const world = send(new Playground().queue('orders'), 'orders', 'a', 'b', 'c');
    world.app('CreateConsumer', { name: 'worker-1', from: 'queue/orders', time: '2s' }).after(1_000);
    expect(world.resource('app/worker-1').workers).toMatchObject([
      { name: 'worker-1', state: 'working', messageId: expect.any(String) },
    ]);
    expect(world.resource('queue/orders').fields).toMatchObject({ visible: 2, inFlight: 1 });
    world.after(6_000);
    expect(world.resource('app/worker-1').fields).toMatchObject({ received: 3, processed: 3, failed: 0 });
    expect(world.resource('queue/orders').fields).toMatchObject({ visible: 0, inFlight: 0, deleted: 3 });
    expect(world.resource('app/worker-1').workers).toMatchObject([{ state: 'polling' }]);
  });

  test('waits in a long poll: the call takes the message the moment it comes', () => {
    const world = new Playground().queue('orders');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '1s' }).after(7_000);
    expect(world.figure('app/worker', 'requests')).toBe(1);
    send(world, 'orders', 'a').after(20);
    expect(world.figure('app/worker', 'received')).toBe(1);
  });

  test('with short polls makes many more calls for nothing', () => {
    const world = new Playground().queue('orders');
    world.app('CreateConsumer', { name: 'long', from: 'queue/orders' });
    world.app('CreateConsumer', { name: 'short', from: 'queue/orders', wait: '0' }).after(60_000);
    expect(world.figure('app/long', 'emptyReceives')).toBe(2);
    expect(world.figure('app/short', 'emptyReceives')).toBeGreaterThan(55);
  });

  test('has workers, each a client with a name of its own', () => {
    const world = send(new Playground().queue('orders'), 'orders', 'a', 'b', 'c', 'd');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', concurrency: 3, time: '5s' });
    world.after(1_000);
    expect(world.resource('queue/orders').fields).toMatchObject({ visible: 1, inFlight: 3 });
    expect(new Set(world.events('sqs/MessageReceived').map(({ by }) => by))).toEqual(
      new Set(['worker-1', 'worker-2', 'worker-3']),
    );
  });

  test('grows and shrinks; what is in hand is finished', () => {
    const world = send(new Playground().queue('orders'), 'orders', ...'abcdefgh');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', concurrency: 1, time: '10s' });
    world.after(1_000).app('Update', { name: 'worker', concurrency: 4 }).after(1_000);
    expect(world.figure('queue/orders', 'inFlight')).toBe(4);
    world.app('Update', { name: 'worker', concurrency: 2 }).after(9_500);
    expect(world.figure('app/worker', 'processed')).toBe(4);
    expect(world.figure('queue/orders', 'inFlight')).toBe(2);
  });

  test('with a batch works one message after the other', () => {
    const world = send(new Playground().queue('orders'), 'orders', ...'abcde');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', batch: 5, time: '2s' }).after(5_000);
    expect(world.resource('queue/orders').fields).toMatchObject({ inFlight: 3, deleted: 2 });
  });

  test('stops without dropping what it holds', () => {
    const world = send(new Playground().queue('orders'), 'orders', 'a', 'b');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '5s' }).after(1_000);
    world.app('Stop', { name: 'worker' }).after(30_000);
    expect(world.resource('queue/orders').fields).toMatchObject({ visible: 1, inFlight: 0, deleted: 1 });
    expect(world.resource('app/worker').workers).toMatchObject([{ state: 'idle' }]);
  });
});

describe('a message that takes longer than its visibility timeout', () => {
  const slow = (more: object): Playground => {
    const world = send(new Playground().queue('orders', { VisibilityTimeout: '5' }), 'orders', 'charge');
    world.app('CreateConsumer', {
      name: 'worker',
      from: 'queue/orders',
      time: '8s',
      concurrency: 2,
      count: 2,
      ...more,
    });
    return world.after(60_000);
  };

  test('is worked again, and its effect is there again', () => {
    const world = slow({});
    expect(world.figure('app/worker', 'processed')).toBeGreaterThanOrEqual(2);
    expect(world.figure('app/worker', 'repeatedEffects')).toBe(world.figure('app/worker', 'processed') - 1);
    expect(world.events('app/EffectRepeated')[0]).toMatchObject({
      app: 'worker',
      worker: 'worker-2',
      messageId: expect.any(String),
    });
  });

  test('has its effect once with an idempotent consumer', () => {
    const world = slow({ idempotent: true });
    expect(world.figure('app/worker', 'received')).toBeGreaterThanOrEqual(2);
    expect(world.figure('app/worker', 'processed')).toBe(1);
    expect(world.figure('app/worker', 'repeatedEffects')).toBe(0);
    expect(world.resource('queue/orders').fields).toMatchObject({ visible: 0, inFlight: 0 });
  });

  test('is seen: the worker is slow when its work outlasts the hiding it asked for', () => {
    const world = send(new Playground().queue('orders'), 'orders', 'a');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '8s', visibility: '5s' });
    world.after(1_000);
    const [worker] = world.resource('app/worker').workers!;
    expect(worker).toMatchObject({ state: 'slow' });
    expect(worker!.until! - worker!.hiddenUntil!).toBe(3_000);
  });
});

describe('a consumer that fails', () => {
  test('does not delete: the message comes back when its timeout ends', () => {
    const world = send(new Playground().queue('orders', { VisibilityTimeout: '30' }), 'orders', 'a');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '1s', fail: '1 in 1' });
    world.after(29_000);
    expect(world.resource('app/worker').fields).toMatchObject({ received: 1, failed: 1, processed: 0 });
    world.after(3_000);
    expect(world.figure('app/worker', 'received')).toBe(2);
  });

  test('on one text works all other messages', () => {
    const world = send(new Playground().queue('orders'), 'orders', 'good', 'a poison pill', 'good too');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '1s', failOn: 'poison' });
    world.after(20_000);
    expect(world.resource('app/worker').fields).toMatchObject({ processed: 2, failed: 1 });
    expect(world.figure('queue/orders', 'inFlight')).toBe(1);
  });

  test('sends a poison message to the dead-letter queue', () => {
    const world = new Playground().queue('dead');
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
      maxReceiveCount: 3,
    });
    send(world.queue('orders', { VisibilityTimeout: '5', RedrivePolicy }), 'orders', 'poison');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '1s', fail: '1 in 1' });
    world.after(60_000);
    expect(world.figure('app/worker', 'failed')).toBe(3);
    expect(world.figure('queue/dead', 'visible')).toBe(1);
  });
});

describe('a consumer that crashes', () => {
  test('leaves its message in flight until the timeout, and works again after a start', () => {
    const world = send(new Playground().queue('orders', { VisibilityTimeout: '30' }), 'orders', 'a');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '5s' }).after(1_000);
    world.app('Crash', { name: 'worker' });
    expect(world.resource('app/worker').workers).toMatchObject([{ state: 'crashed' }]);
    world.after(28_000);
    expect(world.resource('queue/orders').fields).toMatchObject({ visible: 0, inFlight: 1 });
    world.after(2_000);
    expect(world.resource('queue/orders').fields).toMatchObject({ visible: 1, inFlight: 0 });
    expect(world.figure('app/worker', 'processed')).toBe(0);
    world.app('Start', { name: 'worker' }).after(6_000);
    expect(world.figure('app/worker', 'processed')).toBe(1);
  });

  test('crashes one worker at a time by chance; the others go on', () => {
    const world = new Playground({ seed: 3 }).queue('orders');
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '5/s' });
    world.app('CreateConsumer', {
      name: 'worker',
      from: 'queue/orders',
      concurrency: 10,
      time: '1s',
      crash: '1 in 100',
    });
    world.after(60_000);
    const crashed = world.resource('app/worker').workers!.filter(({ state }) => state === 'crashed');
    expect(crashed.length).toBeGreaterThan(0);
    expect(crashed.length).toBeLessThan(10);
    expect(world.events('app/Crashed')).toHaveLength(crashed.length);
    expect(world.events('app/Crashed')[0]).toMatchObject({ app: 'worker', messageId: expect.any(String) });
  });
});

test('a consumer that does not delete works the same message for ever', () => {
  const world = send(new Playground().queue('orders', { VisibilityTimeout: '5' }), 'orders', 'a');
  world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '1s', delete: false });
  world.after(60_000);
  expect(world.figure('app/worker', 'processed')).toBeGreaterThan(8);
  expect(world.figure('app/worker', 'repeatedEffects')).toBe(world.figure('app/worker', 'processed') - 1);
});

test('the same world runs the same, also from a checkpoint in the middle', () => {
  const begin = (): Playground => {
    const world = new Playground({ seed: 9 }).queue('orders', { VisibilityTimeout: '10' });
    world.app('CreateProducer', {
      name: 'web',
      to: 'queue/orders',
      rate: '20/s',
      pattern: 'poisson',
      batch: 3,
    });
    world.app('CreateConsumer', {
      name: 'worker',
      from: 'queue/orders',
      concurrency: 8,
      batch: 4,
      time: '100ms..3s',
      fail: '1 in 10',
      crash: '1 in 200',
    });
    return world;
  };
  const whole = begin().after(120_000);
  const halved = begin().after(60_000);
  const image = halved.simulation.checkpoint();
  halved.after(30_000);
  halved.simulation.restore(image);
  halved.after(60_000);
  expect(halved.simulation.digest()).toBe(whole.simulation.digest());
  expect(whole.figure('app/worker', 'failed')).toBeGreaterThan(10);
});

describe('order', () => {
  test('is kept within each group of a FIFO queue, however the groups mix', () => {
    const world = new Playground().queue('orders.fifo', { FifoQueue: 'true' });
    world.app('CreateProducer', { name: 'web', to: 'queue/orders.fifo', group: 'user-{1..9}', rate: '30/s' });
    world.app('CreateConsumer', {
      name: 'worker',
      from: 'queue/orders.fifo',
      concurrency: 5,
      batch: 3,
      time: '50ms..300ms',
    });
    world.after(60_000);
    expect(world.figure('app/worker', 'received')).toBeGreaterThan(1_000);
    expect(world.figure('app/worker', 'outOfOrder')).toBe(0);
  });

  test('is lost when a message of a standard queue comes again', () => {
    const world = send(new Playground().queue('orders', { VisibilityTimeout: '5' }), 'orders', 'a').after(10);
    send(world, 'orders', 'b', 'c');
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '1s', fail: '1 in 1' });
    world.after(8_000);
    expect(world.figure('app/worker', 'outOfOrder')).toBeGreaterThan(0);
  });
});
