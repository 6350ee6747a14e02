/** Kinesis Agents that tail a log, and Flink applications that count by windows. */
import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { apps } from '../../../src/services/apps/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { deliveries, delivery, figures as ofDelivery } from '../../support/deliveries.ts';
import { Streams } from '../../support/streams.ts';
import type { Output, World } from '../../support/world.ts';

const streamsWithApps = (): Streams => new Streams({}, [apps, sqs]);
const figures = (w: World, id: string): Output =>
  [...w.view('app'), ...w.view('kinesis')].find((one) => one.id === id)?.fields;
const agent = (w: World, more: object = {}): void => {
  w.call('CreateAgent', { name: 'tail', to: 'stream/s', rate: '20/s', ...more }, 'app');
};

describe('a Kinesis Agent', () => {
  test('sends lines in batches of 500, or when the oldest has waited long enough', () => {
    const w = streamsWithApps().stream('s', 1);
    agent(w, { maxBufferAge: '5s' });
    w.after(seconds(4));
    expect(figures(w, 'app/tail')).toMatchObject({ sent: 0, checkpointLine: 0 });
    w.after(seconds(2));
    expect(figures(w, 'app/tail').sent).toBeGreaterThanOrEqual(100);
    expect(figures(w, 'app/tail').requests).toBe(1);
    const busy = streamsWithApps().stream('s', 4);
    agent(busy, { rate: '250/s' });
    busy.after(seconds(11));
    expect(figures(busy, 'app/tail')).toMatchObject({ sent: 2_500, requests: 5 });
    const view = w.view('app')[0]!;
    expect(view).toMatchObject({ title: 'agent', links: [{ to: 'stream/s', type: 'send' }] });
    expect(view.notes).toContain('tails /var/log/app.log');
  });

  test('begins at its checkpoint after a crash: no line is missing, some come twice', () => {
    const w = streamsWithApps().stream('s', 1);
    agent(w, { rate: '600/s', maxBufferAge: '1s', count: 3_000 });
    w.after(seconds(3));
    w.call('Crash', { name: 'tail' }, 'app');
    w.after(seconds(20));
    w.call('Start', { name: 'tail' }, 'app');
    w.after(seconds(30));
    const tail = figures(w, 'app/tail');
    expect(tail).toMatchObject({ linesWritten: 3_000, checkpointLine: 3_000, buffered: 0, lost: 0 });
    expect(figures(w, 'stream/s').put).toBeGreaterThanOrEqual(3_000);
    const lines = new Set<string>();
    for (let iterator = w.iterator(0); ; ) {
      const { Records, NextShardIterator } = w.read(iterator);
      for (const { Data } of Records) lines.add(new TextDecoder().decode(Data));
      if (Records.length === 0) break;
      iterator = NextShardIterator;
    }
    expect(lines.size).toBe(3_000);
  });

  test('tries again until the stream takes its lines', () => {
    const w = streamsWithApps();
    agent(w, { rate: '100/s', count: 100, maxBufferAge: '1s' });
    w.after(seconds(10));
    expect(figures(w, 'app/tail')).toMatchObject({ sent: 0, lost: 0 });
    w.stream('s', 1);
    w.after(seconds(60));
    expect(figures(w, 'app/tail')).toMatchObject({ sent: 100, checkpointLine: 100, lost: 0 });
  });

  test('feeds a delivery stream too', () => {
    const w = deliveries();
    delivery(w);
    w.call('CreateAgent', { name: 'tail', to: 'delivery/clicks', rate: '50/s', maxBufferAge: '2s' }, 'app');
    w.after(seconds(9));
    expect(ofDelivery(w).records).toBeGreaterThan(300);
  });

  test('refuses what does not fit', () => {
    const w = streamsWithApps();
    const refusal = (input: object): string =>
      w.refusal('CreateAgent', { name: 'x', to: 'stream/s', ...input }, 'app').message;
    expect(refusal({ to: 'queue/q' })).toContain('stream/NAME or delivery/NAME');
    expect(refusal({ maxBufferAge: '20m' })).toContain('from 1s to 15m');
  });
});

describe('a windowed count', () => {
  test('counts records by key in windows of their arrival, and sends the counts on', () => {
    const w = streamsWithApps().stream('s', 2).stream('counts', 1);
    w.call('CreateFlink', { name: 'sums', from: 'stream/s', window: '10s', to: 'stream/counts' }, 'app');
    w.after(seconds(1));
    const given = { name: 'web', to: 'stream/s', rate: '30/s', key: '{red,green,blue}', count: 900 };
    w.call('CreateProducer', given, 'app');
    w.after(seconds(60));
    const windows = w.events('app/WindowClosed') as Output[];
    expect(windows.reduce((sum, { total }) => sum + total, 0)).toBe(900);
    for (const { startMs, endMs, counts, total } of windows) {
      expect(endMs - startMs).toBe(10_000);
      expect(startMs % 10_000).toBe(0);
      expect(counts.red + counts.green + counts.blue).toBe(total);
    }
    const full = windows.filter(({ total }) => total === 300);
    expect(full.length).toBeGreaterThanOrEqual(2);
    expect(full[0].counts).toEqual({ red: 100, green: 100, blue: 100 });
    const sums = figures(w, 'app/sums');
    expect(sums).toMatchObject({ windowsClosed: windows.length, lateRecords: 0, sent: windows.length * 3 });
    expect(sums.window).toMatchObject({ keys: 3 });
    expect(figures(w, 'stream/counts').put).toBe(windows.length * 3);
    const view = w.view('app').find(({ id }) => id === 'app/sums')!;
    expect(view.title).toBe('Flink');
    expect(view.links.map(({ to, type }) => `${type} ${to}`)).toEqual([
      'poll stream/s',
      'send stream/counts',
    ]);
  });

  test('waits with a window until all shards are read past its end', () => {
    const w = streamsWithApps().stream('s', 1);
    w.call('CreateFlink', { name: 'sums', from: 'stream/s', window: '5s', time: '30ms' }, 'app');
    w.after(seconds(1));
    w.call('CreateProducer', { name: 'web', to: 'stream/s', rate: '60/s', key: 'a', count: 600 }, 'app');
    w.after(seconds(60));
    expect(figures(w, 'app/sums')).toMatchObject({ processed: 600, lateRecords: 0 });
    const windows = w.events('app/WindowClosed') as Output[];
    expect(windows.reduce((sum, { total }) => sum + total, 0)).toBe(600);
  });

  test('is made for streams, with windows of at least a second', () => {
    const w = streamsWithApps();
    const refusal = (input: object): string =>
      w.refusal('CreateFlink', { name: 'x', from: 'stream/s', ...input }, 'app').message;
    expect(refusal({ from: 'queue/q' })).toContain('stream/NAME');
    expect(refusal({ window: '10ms' })).toContain('at least 1s');
  });
});
