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
