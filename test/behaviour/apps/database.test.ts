import { describe, expect, test } from 'vitest';
import { Playground } from '../../support/playground.ts';

const shop = (to: string, engine: string, more: object = {}): Playground => {
  const world = new Playground().queue('orders');
  world.app('CreateDatabase', { name: 'books', engine, writeCapacity: '50/s', ...more });
  return world.app('CreateWebsite', { name: 'shop', rate: '200/s', to, retries: 0 });
};

const latency = (world: Playground, name: string): Record<string, number> =>
  world.resource(name).fields.latencyMs as Record<string, number>;

describe('a website', () => {
  test('that writes to a full DynamoDB table loses what is over the capacity', () => {
    const world = shop('database/books', 'dynamodb').after(20_000);
    expect(world.figure('database/books', 'writes')).toBeGreaterThan(1_000);
    expect(world.figure('database/books', 'writes')).toBeLessThanOrEqual(1_050);
    expect(world.figure('app/shop', 'lost')).toBeGreaterThan(2_900);
    expect(world.figure('app/shop', 'throttled')).toBe(world.figure('app/shop', 'lost'));
    expect(world.resource('database/books').full).toBe('write capacity');
    expect(world.events('app/Refused')[0]).toMatchObject({
      app: 'shop',
      operation: 'Write',
      code: 'ProvisionedThroughputExceededException',
    });
  });

  test('that writes to a full relational database makes its visitors wait, and loses orders too', () => {
    const world = shop('database/books', 'rds').after(20_000);
    expect(latency(world, 'app/shop').p95).toBeGreaterThan(1_900);
    expect(world.figure('database/books', 'waiting')).toBeGreaterThan(90);
    expect(world.figure('database/books', 'refusedWrites')).toBeGreaterThan(2_000);
    expect(world.events('app/Refused')[0]).toMatchObject({ code: 'TooManyConnections' });
  });

  test('that sends to a queue answers at once, and no order is lost', () => {
    const world = shop('queue/orders', 'rds');
    world.app('CreateConsumer', {
      name: 'worker',
      from: 'queue/orders',
      writes: 'database/books',
      time: '10ms',
      concurrency: 20,
      batch: 10,
    });
    world.after(10_000).app('Stop', { name: 'shop' });
    expect(latency(world, 'app/shop').p95).toBeLessThan(10);
    expect(world.figure('app/shop', 'lost')).toBe(0);
    expect(world.figure('queue/orders', 'visible')).toBeGreaterThan(1_000);
    world.after(60_000);
    expect(world.figure('database/books', 'writes')).toBe(world.figure('app/shop', 'sent'));
    expect(world.figure('database/books', 'refusedWrites')).toBe(0);
    expect(world.figure('queue/orders', 'deleted')).toBe(world.figure('app/shop', 'sent'));
  });

  test('that tries again makes the visitor wait for that, too', () => {
    const once = shop('database/books', 'dynamodb').after(20_000);
    const again = shop('database/books', 'dynamodb');
    again.app('Update', { name: 'shop', retries: 3 }).after(20_000);
    expect(latency(once, 'app/shop').max).toBeLessThan(10);
    expect(latency(again, 'app/shop').p95).toBeGreaterThan(100);
  });
});

describe('a database', () => {
  test('saves 300 seconds of unused DynamoDB capacity, and no more', () => {
    const world = new Playground();
    world.app('CreateDatabase', { name: 'books', writeCapacity: '10/s' }).after(3_600_000);
    world.app('CreateWebsite', { name: 'shop', rate: '1000/s', to: 'database/books', retries: 0 });
    world.after(3_000);
    const { writes } = world.resource('database/books').fields;
    expect(Number(writes)).toBeGreaterThanOrEqual(2_990);
    world.after(10_000);
    expect(world.figure('database/books', 'writes')).toBeLessThanOrEqual(10 * 301 + 10 * 14);
  });

  test('gives up a relational write whose turn comes too late', () => {
    const world = new Playground();
    world.app('CreateDatabase', { name: 'books', engine: 'rds', writeCapacity: '1/s', timeout: '2s' });
    world.app('CreateWebsite', { name: 'shop', rate: '10/s', to: 'database/books' }).after(5_000);
    expect(world.events('app/Refused').some(({ code }) => code === 'QueryTimeout')).toBe(true);
    expect(latency(world, 'app/shop').max).toBeLessThanOrEqual(2_000);
  });

  test('takes more after its capacity was raised', () => {
    const world = shop('database/books', 'dynamodb').after(10_000);
    world.app('Update', { name: 'books', writeCapacity: '300/s' });
    const lost = world.after(1_000).figure('app/shop', 'lost');
    expect(world.after(10_000).figure('app/shop', 'lost')).toBe(lost);
    expect(world.resource('database/books').full).toBeUndefined();
  });

  test('answers one write by hand, after its time', () => {
    const world = new Playground().app('CreateDatabase', { name: 'books' });
    const before = world.simulation.now;
    world.app('Write', { to: 'database/books' });
    expect(world.simulation.now).toBeGreaterThan(before);
    expect(world.figure('database/books', 'writes')).toBe(1);
    expect(world.call('app', 'Write', { to: 'database/none' })).toMatchObject({
      ok: false,
      refusal: { code: 'ResourceNotFoundException' },
    });
  });

  test('refuses flags and values that do not fit', () => {
    const world = new Playground().app('CreateDatabase', { name: 'books' });
    const refused = (operation: string, input: object): unknown => world.call('app', operation, input);
    for (const input of [
      { name: 'a', engine: 'oracle' },
      { name: 'a', engine: 'dynamodb', connections: 5 },
      { name: 'a', writeCapacity: 'fast' },
      { name: 'books' },
    ]) {
      expect(refused('CreateDatabase', input)).toMatchObject({ ok: false });
    }
    expect(refused('Update', { name: 'books', concurrency: 2 })).toMatchObject({ ok: false });
    expect(refused('Stop', { name: 'books' })).toMatchObject({ ok: false });
  });
});

describe('a consumer that writes', () => {
  test('leaves a message whose write was refused: it comes back and is written later', () => {
    const world = new Playground().queue('orders', { VisibilityTimeout: '5' });
    world.app('CreateDatabase', { name: 'books', writeCapacity: '1/s' });
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', rate: '100/s', count: 20 });
    world.app('CreateConsumer', {
      name: 'worker',
      from: 'queue/orders',
      writes: 'database/books',
      time: '1ms',
    });
    world.after(2_000);
    expect(world.figure('app/worker', 'failed')).toBeGreaterThan(5);
    expect(world.figure('queue/orders', 'inFlight')).toBeGreaterThan(5);
    world.after(120_000);
    expect(world.figure('database/books', 'writes')).toBe(20);
    expect(world.figure('queue/orders', 'deleted')).toBe(20);
  });
});

describe('a heartbeat', () => {
  test('keeps a message hidden for as long as its work lasts', () => {
    const work = (more: object): Playground => {
      const world = new Playground().queue('orders', { VisibilityTimeout: '5' });
      world.app('CreateProducer', { name: 'web', to: 'queue/orders', count: 1 });
      world.app('CreateConsumer', {
        name: 'worker',
        from: 'queue/orders',
        time: '18s',
        concurrency: 2,
        ...more,
      });
      return world.after(60_000);
    };
    expect(work({}).figure('app/worker', 'repeatedEffects')).toBeGreaterThan(0);
    const beating = work({ heartbeat: '3s' });
    expect(beating.figure('app/worker', 'received')).toBe(1);
    expect(beating.figure('app/worker', 'processed')).toBe(1);
    expect(beating.events('sqs/VisibilityChanged')).toHaveLength(5);
  });

  test('ends with the worker: after a crash the message comes back', () => {
    const world = new Playground().queue('orders', { VisibilityTimeout: '5' });
    world.app('CreateProducer', { name: 'web', to: 'queue/orders', count: 1 });
    world.app('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '60s', heartbeat: '3s' });
    world.after(10_000).app('Crash', { name: 'worker' }).after(7_000);
    expect(world.figure('queue/orders', 'visible')).toBe(1);
    world.app('Start', { name: 'worker' }).after(1_000);
    expect(world.figure('queue/orders', 'inFlight')).toBe(1);
  });
});
