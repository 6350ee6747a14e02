/** Consumers with enhanced fan-out: pushed, each with a meter of its own. */
import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { apps } from '../../../src/services/apps/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { Streams } from '../../support/streams.ts';
import type { Output, World } from '../../support/world.ts';

const streamsWithApps = (): Streams => new Streams({}, [apps, sqs]);
const figures = (w: World, name: string): Output =>
  w.view('app').find(({ id }) => id === `app/${name}`)?.fields;
const produce = (w: World, more: object = {}): void => {
  const given = { name: 'web', to: 'stream/s', rate: '20/s', key: 'user-{1..40}', ...more };
  w.call('CreateProducer', given, 'app');
};
const consume = (w: World, name: string, more: object = {}): void => {
  w.call('CreateConsumer', { name, from: 'stream/s', time: '0', enhancedFanOut: true, ...more }, 'app');
};

describe('a consumer with enhanced fan-out', () => {
  test('registers, subscribes to each shard, and has a record 70 ms after it was put', () => {
    const w = streamsWithApps().stream('s', 2);
    consume(w, 'fast');
    w.call('CreateConsumer', { name: 'slow', from: 'stream/s', time: '0' }, 'app');
    w.after(seconds(5));
    expect(w.events('kinesis/Subscribed').map(({ by, shard }) => `${by} ${shard}`)).toEqual([
      'fast 0',
      'fast 1',
    ]);
    produce(w, { count: 200 });
    w.after(seconds(15));
    expect(figures(w, 'fast')).toMatchObject({
      received: 200,
      processed: 200,
      outOfOrder: 0,
      subscriptions: 2,
    });
    expect(figures(w, 'fast').latencyMs.p95).toBeLessThanOrEqual(75);
    expect(figures(w, 'slow').latencyMs.p50).toBeGreaterThan(200);
    const view = w.view('app').find(({ id }) => id === 'app/fast')!;
    expect(view.notes).toContain('enhanced fan-out');
  });

  test('takes none of the reads that those who poll share', () => {
    const w = streamsWithApps().stream('s', 1);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) consume(w, name);
    w.after(seconds(6));
    produce(w, { count: 100 });
    w.after(seconds(10));
    expect(w.events('kinesis/ReadThrottled')).toEqual([]);
    for (const name of ['a', 'd', 'g']) expect(figures(w, name)).toMatchObject({ processed: 100 });
  });

  test('subscribes again after five minutes, without losing or repeating a record', () => {
    const w = streamsWithApps().stream('s', 1);
    consume(w, 'fast', { time: '5ms' });
    w.after(seconds(5));
    produce(w, { rate: '1/s', count: 620 });
    w.after(seconds(640));
    expect(figures(w, 'fast')).toMatchObject({ processed: 620, received: 620, outOfOrder: 0 });
    expect(w.events('kinesis/Subscribed').length).toBeGreaterThanOrEqual(3);
  });

  test('follows a split, parents first', () => {
    const w = streamsWithApps().stream('s', 1);
    consume(w, 'fast', { time: '30ms' });
    w.after(seconds(5));
    produce(w, { count: 300 });
    w.after(seconds(4));
    w.ask('SplitShard', {
      StreamName: 's',
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: '170141183460469231731687303715884105728',
    });
    w.after(seconds(30));
    expect(figures(w, 'fast')).toMatchObject({ processed: 300, outOfOrder: 0, subscriptions: 2 });
  });

  test('is pushed nothing while it is stopped, and goes on where it was', () => {
    const w = streamsWithApps().stream('s', 1);
    consume(w, 'fast');
    w.after(seconds(5));
    produce(w, { count: 200 });
    w.after(seconds(3));
    w.call('Stop', { name: 'fast' }, 'app');
    w.after(seconds(2));
    expect(w.events('kinesis/SubscriptionEnded')).toHaveLength(1);
    const { received } = figures(w, 'fast');
    w.after(seconds(10));
    expect(figures(w, 'fast').received).toBe(received);
    w.call('Start', { name: 'fast' }, 'app');
    w.after(seconds(3));
    expect(figures(w, 'fast')).toMatchObject({ received: 200, processed: 200 });
  });

  test('works for KCL workers too: a crashed worker’s shard is pushed to the next', () => {
    const w = streamsWithApps().stream('s', 2);
    const given = { name: 'group', from: 'stream/s', workers: 2, time: '0', enhancedFanOut: true };
    w.call('CreateKclWorkers', { ...given, checkpointEvery: 'record' }, 'app');
    w.after(seconds(5));
    produce(w, { count: 400 });
    w.after(seconds(5));
    w.call('Crash', { name: 'group-2' }, 'app');
    w.after(seconds(30));
    expect(figures(w, 'group')).toMatchObject({ processed: 400, repeatedEffects: 0, outOfOrder: 0 });
  });

  test('is refused on a queue', () => {
    const w = streamsWithApps();
    w.queue('q');
    const input = { name: 'x', from: 'queue/q', enhancedFanOut: true };
    expect(w.refusal('CreateConsumer', input, 'app').message).toContain('does not apply to a queue');
  });
});
