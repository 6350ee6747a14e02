/** Producers with the Kinesis Producer Library, and who opens what they put. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { aggregate, opened } from '../../../src/services/apps/aggregation.ts';
import { apps } from '../../../src/services/apps/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { Streams } from '../../support/streams.ts';
import type { Output, World } from '../../support/world.ts';

const streamsWithApps = (): Streams => new Streams({}, [apps, sqs]);
const figures = (w: World, id: string): Output =>
  [...w.view('app'), ...w.view('kinesis')].find((one) => one.id === id)?.fields;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const produce = (w: World, more: object = {}): void => {
  const given = { name: 'web', to: 'stream/s', rate: '200/s', key: 'user-{1..20}', kpl: true, ...more };
  w.call('CreateProducer', given, 'app');
};

describe('the aggregated record', () => {
  test('is the magic number, a protobuf message, and its MD5', () => {
    const data = aggregate([
      { key: 'k1', data: bytes('a') },
      { key: 'k2', data: bytes('bc') },
      { key: 'k1', data: bytes('d') },
    ]);
    const hex = Buffer.from(data).toString('hex');
    // Written out by hand from the format: two keys (field 1), three records (field 3: key index, data).
    const message = ['0a026b31', '0a026b32', '1a0508001a0161', '1a0608011a026263', '1a0508001a0164'].join('');
    const md5 = createHash('md5').update(Buffer.from(message, 'hex')).digest('hex');
    expect(hex).toBe(`f3899ac2${message}${md5}`);
  });

  test('is opened again, and anything else is not', () => {
    const records = Array.from({ length: 300 }, (_, n) => ({
      key: `user-${n % 200}`,
      data: bytes('x'.repeat(n)),
    }));
    expect(opened(aggregate(records))).toEqual(records);
    const broken = aggregate(records);
    broken[10] = 255 - broken[10]!;
    expect(opened(broken)).toBeUndefined();
    expect(opened(bytes('plain'))).toBeUndefined();
  });
});

describe('a producer with the KPL', () => {
  test('puts thousands of user records a second into one shard, which takes a thousand', () => {
    const w = streamsWithApps().stream('s', 1);
    w.call('CreateConsumer', { name: 'reader', from: 'stream/s', time: '0' }, 'app');
    w.after(seconds(2));
    produce(w, { rate: '3000/s', count: 6_000 });
    w.after(seconds(6));
    expect(figures(w, 'app/web')).toMatchObject({ sent: 6_000, throttled: 0, lost: 0 });
    expect(figures(w, 'stream/s').put).toBeLessThan(40);
    expect(figures(w, 'app/reader')).toMatchObject({ received: 6_000, processed: 6_000, outOfOrder: 0 });
  });

  test('waits for the buffered time, and no longer', () => {
    for (const [time, low, high] of [
      ['100ms', 45, 51],
      ['1s', 4, 6],
    ] as const) {
      const w = streamsWithApps().stream('s', 1);
      produce(w, { recordMaxBufferedTime: time });
      w.after(seconds(5));
      const { requests } = figures(w, 'app/web');
      expect(requests).toBeGreaterThanOrEqual(low);
      expect(requests).toBeLessThanOrEqual(high);
    }
  });

  test('sends each user record to the shard of its own key', () => {
    const w = streamsWithApps().stream('s', 4);
    produce(w, { count: 400 });
    w.after(seconds(4));
    let count = 0;
    for (const shard of [0, 1, 2, 3]) {
      const range = w.shards()[shard].HashKeyRange;
      for (const { Data, PartitionKey } of w.read(w.iterator(shard)).Records as Output[]) {
        for (const { key } of opened(Data) ?? [{ key: PartitionKey }]) {
          const hash = BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
          expect(hash >= BigInt(range.StartingHashKey) && hash <= BigInt(range.EndingHashKey)).toBe(true);
          count++;
        }
      }
    }
    expect(count).toBe(400);
  });

  test('tries the user records of a refused record again', () => {
    const w = streamsWithApps().stream('s', 1);
    produce(w, { rate: '4000/s', size: '1KB', count: 3_000, retries: 10 });
    w.after(seconds(30));
    const web = figures(w, 'app/web');
    expect(web.throttled).toBeGreaterThan(100);
    expect(web).toMatchObject({ sent: 3_000, lost: 0 });
  });

  test('is opened by KCL workers, which after a crash go on at the record, not inside it', () => {
    const w = streamsWithApps().stream('s', 1);
    const given = { name: 'group', from: 'stream/s', workers: 2, time: '5ms', checkpointEvery: 'record' };
    w.call('CreateKclWorkers', { ...given, start: 'trim-horizon' }, 'app');
    produce(w, { rate: '100/s', count: 1_000, recordMaxBufferedTime: '1s' });
    w.after(seconds(6));
    w.call('Crash', { name: 'group-1' }, 'app');
    w.after(seconds(60));
    const group = figures(w, 'app/group');
    expect(group.processed - group.repeatedEffects).toBe(1_000);
    expect(group.repeatedEffects).toBeLessThan(101);
    expect(group.outOfOrder).toBe(0);
  });

  test('goes on inside a record after a stop', () => {
    const w = streamsWithApps().stream('s', 1);
    w.call('CreateConsumer', { name: 'reader', from: 'stream/s', time: '7ms', start: 'trim-horizon' }, 'app');
    produce(w, { rate: '100/s', count: 500, recordMaxBufferedTime: '1s' });
    w.after(seconds(3));
    w.call('Stop', { name: 'reader' }, 'app');
    w.after(seconds(1));
    w.call('Start', { name: 'reader' }, 'app');
    w.after(seconds(20));
    expect(figures(w, 'app/reader')).toMatchObject({ processed: 500, outOfOrder: 0 });
  });

  test('is for streams, without a batch', () => {
    const w = streamsWithApps().stream('s', 1);
    const refusal = (input: object): string =>
      w.refusal('CreateProducer', { name: 'x', to: 'stream/s', ...input }, 'app').message;
    expect(refusal({ kpl: true, batch: 10 })).toContain('collects by itself');
    expect(refusal({ to: 'queue/q', kpl: true })).toContain('does not apply to a queue');
    expect(refusal({ recordMaxBufferedTime: '1s' })).toContain('--kpl');
  });
});
