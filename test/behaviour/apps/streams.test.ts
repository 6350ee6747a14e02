/** Apps that put records into streams and read them. */
import { describe, expect, test } from 'vitest';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { apps } from '../../../src/services/apps/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { deliveries, delivery, figures } from '../../support/deliveries.ts';
import { Streams } from '../../support/streams.ts';
import type { Output, World } from '../../support/world.ts';

const streamsWithApps = (): Streams => new Streams({}, [apps, sqs]);

const app = (w: World, name: string): Output => w.view('app').find(({ id }) => id === `app/${name}`)?.fields;
const ofStream = (w: World): Output => w.view('kinesis').find(({ id }) => id === 'stream/s')?.fields;

describe('a producer of records', () => {
  test('with one key has at least 500 of 1,500 a second refused by the one shard of two', () => {
    const w = streamsWithApps().stream('s', 2);
    const given = { name: 'web', to: 'stream/s', rate: '1500/s', size: '200', key: 'user-1', retries: 0 };
    w.call('CreateProducer', { ...given, stopped: true }, 'app');
    w.call('Start', { name: 'web' }, 'app');
    w.after(seconds(10));
    const web = app(w, 'web');
    expect(web.throttledPerSecond).toBeGreaterThanOrEqual(490);
    expect(web.throttledPerSecond).toBeLessThanOrEqual(510);
    expect(web.throttled).toBeGreaterThanOrEqual(4_500);
    expect(web.lost).toBe(web.throttled);
    expect(web.sentPerSecond).toBeCloseTo(1_000, -2);
    const refused = w.events('kinesis/RecordThrottled');
    expect(new Set(refused.map(({ by, shard, meter }) => `${by} ${shard} ${meter}`))).toEqual(
      new Set(['web 1 records']),
    );
    expect(w.view('app')[0]!.links).toMatchObject([{ to: 'stream/s', type: 'send' }]);
  });

  test('is refused by a shard that events name by its number, also after a split', () => {
    const w = new Streams({ limits: 'scaled' }, [apps, sqs]).stream('s', 2);
    w.call('CreateProducer', { name: 'web', to: 'stream/s', rate: '30/s', key: 'user-1', retries: 0 }, 'app');
    w.after(seconds(3));
    const numbers = (from: number): number[] => [
      ...new Set(
        w
          .events('kinesis/RecordThrottled')
          .filter(({ at }) => at > from)
          .map(({ shard }) => shard as number),
      ),
    ];
    expect(numbers(0)).toEqual([1]);
    w.ask('SplitShard', {
      StreamName: 's',
      ShardToSplit: 'shardId-000000000001',
      NewStartingHashKey: '255211775190703847597530955573826158592',
    });
    w.after(seconds(6));
    const [split] = w.events('kinesis/ShardSplit');
    expect(split!.children).toEqual([2, 3]);
    w.after(seconds(3));
    expect(numbers(split!.at)).toEqual([3]);
  });

  test('with a hundred keys has none refused', () => {
    const w = streamsWithApps().stream('s', 2);
    const given = { name: 'web', to: 'stream/s', rate: '1500/s', key: 'user-{1..100}', retries: 0 };
    w.call('CreateProducer', given, 'app');
    w.after(seconds(10));
    expect(app(w, 'web')).toMatchObject({ throttled: 0, lost: 0 });
    expect(app(w, 'web').sent).toBeGreaterThan(14_900);
  });

  test('sends a batch as one request, and tries only its refused records again', () => {
    const w = streamsWithApps().stream('s', 1);
    const given = { name: 'web', to: 'stream/s', rate: '20000/s', batch: 500, count: 1_500, retries: 10 };
    w.call('CreateProducer', given, 'app');
    w.after(seconds(60));
    const web = app(w, 'web');
    expect(web).toMatchObject({ sent: 1_500, lost: 0, running: false });
    expect(web.throttled).toBeGreaterThanOrEqual(500);
    expect(web.requests).toBeLessThan(20);
    expect(ofStream(w)).toMatchObject({ put: 1_500, throttledPuts: web.throttled });
  });

  test('gives each record a key of its own unless told', () => {
    const w = streamsWithApps().stream('s', 1);
    w.call('CreateProducer', { name: 'web', to: 'stream/s', rate: '10/s', count: 3, body: 'b{n}' }, 'app');
    w.after(seconds(1));
    const { Records } = w.read(w.iterator(0));
    expect(Records.map(({ PartitionKey }: Output) => PartitionKey)).toEqual(['1', '2', '3']);
  });

  test('refuses a group, and a key where there is none', () => {
    const w = streamsWithApps();
    const refusal = (input: object): string =>
      w.refusal('CreateProducer', { name: 'web', ...input }, 'app').message;
    expect(refusal({ to: 'stream/s', group: 'a' })).toBe(
      '--group does not apply to a stream: leave it out. Records of one --key stay in order.',
    );
    expect(refusal({ to: 'queue/q', key: 'a' })).toContain('--key does not apply to a queue');
    expect(refusal({ to: 'queue/q', batch: 11 })).toContain('between 1 and 10');
    expect(refusal({ to: 'stream/s', batch: 501 })).toContain('between 1 and 500');
  });

  test('hands records to a delivery stream, in batches too', () => {
    const w = deliveries();
    delivery(w);
    w.call('CreateProducer', { name: 'one', to: 'delivery/clicks', rate: '10/s', count: 20 }, 'app');
    w.call(
      'CreateProducer',
      { name: 'many', to: 'delivery/clicks', rate: '100/s', batch: 50, count: 100 },
      'app',
    );
    w.afterMs(milliseconds(5_000));
    expect(app(w, 'one')).toMatchObject({ sent: 20, requests: 20 });
    expect(app(w, 'many')).toMatchObject({ sent: 100, requests: 2 });
    expect(figures(w).requests).toBe(22);
    expect(w.events('firehose/RecordsPut').some(({ by }) => by === 'many')).toBe(true);
    expect(w.view('app')[0]!.links).toMatchObject([{ to: 'delivery/clicks', type: 'send' }]);
  });
});

describe('a consumer of a stream', () => {
  const produce = (w: World, more: object = {}): void => {
    const given = { name: 'web', to: 'stream/s', rate: '100/s', key: 'user-{1..50}', ...more };
    w.call('CreateProducer', given, 'app');
  };
  const consume = (w: World, more: object = {}): void => {
    w.call('CreateConsumer', { name: 'reader', from: 'stream/s', ...more }, 'app');
  };
  const calls = (w: World, name: string): number => app(w, name).requests;

  test('works on each record once, in the order of its key, a second after it came', () => {
    const w = streamsWithApps().stream('s', 4);
    consume(w, { time: '5ms' });
    w.after(seconds(1));
    produce(w, { count: 2_000 });
    w.after(seconds(30));
    const reader = app(w, 'reader');
    expect(reader).toMatchObject({
      received: 2_000,
      processed: 2_000,
      outOfOrder: 0,
      failed: 0,
      behindMs: 0,
    });
    expect(reader.latencyMs.p95).toBeLessThanOrEqual(1_500);
    expect(reader.latencyMs.p50).toBeGreaterThan(100);
    expect(w.view('app').find(({ name }) => name === 'reader')!.links).toMatchObject([
      { to: 'stream/s', type: 'poll' },
    ]);
  });

  test('asks for an iterator once a shard, and reads once a second and shard', () => {
    const w = streamsWithApps().stream('s', 3);
    consume(w);
    w.after(seconds(60));
    expect(calls(w, 'reader')).toBeGreaterThanOrEqual(1 + 3 + 3 * 59);
    expect(calls(w, 'reader')).toBeLessThanOrEqual(1 + 3 + 3 * 61);
  });

  test('begins with the newest, or with the oldest that is kept', () => {
    const w = streamsWithApps().stream('s', 2);
    for (let n = 0; n < 10; n++) w.put(`k${n}`);
    consume(w);
    consume(w, { name: 'history', start: 'trim-horizon' });
    w.after(seconds(5));
    w.put('late');
    w.after(seconds(5));
    expect(app(w, 'reader').processed).toBe(1);
    expect(app(w, 'history').processed).toBe(11);
  });

  test('follows a split and a merge without losing or repeating a record', () => {
    const w = streamsWithApps().stream('s', 2);
    consume(w, { time: '4ms' });
    w.after(seconds(1));
    produce(w, { count: 6_000 });
    w.after(seconds(10));
    w.ask('SplitShard', {
      StreamName: 's',
      ShardToSplit: 'shardId-000000000001',
      NewStartingHashKey: '255211775190703847597530955573826158592',
    });
    w.after(seconds(20));
    w.ask('MergeShards', {
      StreamName: 's',
      ShardToMerge: 'shardId-000000000000',
      AdjacentShardToMerge: 'shardId-000000000002',
    });
    w.after(seconds(60));
    expect(w.shards()).toHaveLength(5);
    expect(app(w, 'web').sent).toBe(6_000);
    expect(app(w, 'reader')).toMatchObject({ received: 6_000, processed: 6_000, outOfOrder: 0 });
    expect(ofStream(w)).toMatchObject({ put: 6_000, read: 6_000 });
  });

  test('falls behind when its work takes longer than the records come', () => {
    const w = streamsWithApps().stream('s', 1);
    consume(w, { time: '20ms' });
    w.after(seconds(1));
    produce(w);
    w.after(seconds(60));
    expect(app(w, 'reader').behindMs).toBeGreaterThan(20_000);
    expect(app(w, 'reader').processed).toBeLessThan(3_100);
  });

  test('whose iterator expired goes on after its newest record', () => {
    const w = streamsWithApps().stream('s', 1);
    consume(w, { time: '4s' });
    w.after(seconds(1));
    produce(w, { rate: '100/s', count: 100 });
    w.after(seconds(200));
    for (let n = 0; n < 5; n++) w.put('late');
    w.after(seconds(400));
    expect(w.events('kinesis/IteratorExpired')).toMatchObject([{ by: 'reader' }]);
    expect(app(w, 'reader')).toMatchObject({ received: 105, processed: 105, behindMs: 0 });
  });

  test('tries a throttled read again', () => {
    const w = streamsWithApps().stream('s', 1);
    for (let n = 0; n < 8; n++) consume(w, { name: `reader${n}` });
    w.after(seconds(1));
    produce(w, { rate: '10/s', count: 100 });
    w.after(seconds(40));
    const readers = Array.from({ length: 8 }, (_, n) => app(w, `reader${n}`));
    expect(readers.reduce((sum, { throttled }) => sum + throttled, 0)).toBeGreaterThan(0);
    for (const reader of readers) expect(reader.received).toBeLessThanOrEqual(100);
    expect(readers[0].processed).toBe(100);
  });

  test('goes on where it stood when it is stopped or crashes', () => {
    const w = streamsWithApps().stream('s', 2);
    consume(w, { time: '7ms' });
    w.after(seconds(1));
    produce(w, { count: 3_000 });
    w.after(seconds(10));
    w.call('Stop', { name: 'reader' }, 'app');
    w.after(seconds(400));
    w.call('Start', { name: 'reader' }, 'app');
    w.after(seconds(3));
    w.call('Crash', { name: 'reader' }, 'app');
    w.after(seconds(1));
    w.call('Start', { name: 'reader' }, 'app');
    w.after(seconds(60));
    expect(app(w, 'reader')).toMatchObject({ processed: 3_000, outOfOrder: 0 });
  });

  test('that had nothing to do misses nothing while it is stopped', () => {
    const w = streamsWithApps().stream('s', 1);
    w.put('old');
    consume(w);
    w.after(seconds(10));
    w.call('Stop', { name: 'reader' }, 'app');
    w.after(seconds(1));
    w.put('while stopped');
    w.after(seconds(400));
    w.call('Start', { name: 'reader' }, 'app');
    w.after(seconds(5));
    expect(app(w, 'reader')).toMatchObject({ processed: 1, running: true });
  });

  test('shows a reader for each shard, and says why it is behind', () => {
    const w = streamsWithApps().stream('s', 2);
    consume(w, { time: '1m' });
    w.after(seconds(1));
    produce(w, { key: 'user-1' });
    w.after(seconds(30));
    const reader = w.view('app').find(({ name }) => name === 'reader')!;
    expect(reader.workers).toMatchObject([
      { name: 'shard 0', state: 'idle' },
      { name: 'shard 1', state: 'working' },
    ]);
    const ground = { state: w.simulation.stateOf('app'), now: w.now, settings: w.settings };
    const told = apps.why?.(ground as never, { type: 'resource', id: 'app/reader' } as never);
    expect(told).toMatchObject({
      see: ['stream/s'],
      table: { rows: [{}, { name: 'shard 1', mark: 'working' }] },
    });
    expect(told?.answer).toMatch(/^reader is .* behind/u);
  });

  test('that was made before its stream waits for it', () => {
    const w = streamsWithApps();
    consume(w);
    w.after(seconds(3));
    w.stream('s', 1).after(seconds(3));
    w.put('a');
    w.after(seconds(3));
    expect(app(w, 'reader').processed).toBe(1);
  });

  test('stops after its count, in the middle of what it read', () => {
    const w = streamsWithApps().stream('s', 1);
    for (let n = 0; n < 10; n++) w.put('k');
    consume(w, { start: 'trim-horizon', count: 4, time: '0' });
    w.after(seconds(5));
    expect(app(w, 'reader')).toMatchObject({ processed: 4, running: false });
  });

  test('has no workers, and none of the flags of a queue', () => {
    const w = streamsWithApps();
    const refusal = (input: object): string =>
      w.refusal('CreateConsumer', { name: 'reader', from: 'stream/s', ...input }, 'app').message;
    expect(refusal({ concurrency: 2 })).toContain('app create-kcl-workers');
    expect(refusal({ visibility: '30s' })).toContain('--visibility does not apply to a stream');
    expect(refusal({ start: 'now' })).toContain('one of latest, trim-horizon');
    expect(refusal({ from: 'queue/q', start: 'latest' })).toContain('--start does not apply to a queue');
  });

  test('leaves a consumer of a queue as it is', () => {
    const w = streamsWithApps();
    const url = w.queue('orders');
    for (let n = 0; n < 3; n++) w.send(url, `order ${n}`);
    w.call('CreateConsumer', { name: 'worker', from: 'queue/orders', time: '1s' }, 'app');
    w.after(seconds(5));
    const worker = app(w, 'worker');
    expect(worker).toMatchObject({ received: 3, processed: 3 });
    expect('behindMs' in worker).toBe(false);
    expect(w.counts(url)).toEqual([0, 0, 0]);
    expect(w.refusal('Update', { name: 'worker', from: 'stream/s' }, 'app').message).toContain(
      'it takes from a queue; make another app',
    );
  });
});
