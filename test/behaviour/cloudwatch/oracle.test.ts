import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricSeries } from '../../../src/contract/metrics.ts';
import { METRIC_MINUTES_MAX, MINUTE_MS } from '../../../src/contract/metricTrack.ts';
import { instant, milliseconds, seconds } from '../../../src/engine/units.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { histories } from '../../support/histories.ts';
import { type World, world } from '../../support/world.ts';

/** What a naive watcher writes down: gauges at the end of each minute, events of each minute. */
class Watcher {
  readonly gauges = new Map<number, { visible: number; inFlight: number; delayed: number; age: number }>();
  readonly #w: World;

  constructor(w: World) {
    this.#w = w;
  }

  /** Lets time pass, and stops to look one millisecond before each minute ends. */
  pass(ms: number): void {
    const w = this.#w;
    const until = w.now + ms;
    while (w.now < until) {
      const minute = Math.floor(w.now / MINUTE_MS);
      const look = (minute + 1) * MINUTE_MS - 1;
      if (w.now < look && look <= until) w.afterMs(milliseconds(look - w.now));
      if (w.now === look) this.#look(minute);
      const next = Math.min(until, w.now === look ? look + 1 : until);
      w.afterMs(milliseconds(next - w.now));
    }
  }

  #look(minute: number): void {
    const { fields } = this.#w.view().find(({ id }) => id === 'queue/orders')!;
    const { visible, inFlight, delayed, oldestAgeMs } = fields as Record<string, number>;
    const oldest = visible! + inFlight! + delayed! > 0;
    this.gauges.set(minute, {
      visible: visible!,
      inFlight: inFlight!,
      delayed: delayed!,
      age: oldest ? Math.floor((oldestAgeMs! + 1) / 1000) : 0,
    });
  }

  events(type: string, minute: number): number {
    return this.#w
      .events(type)
      .filter(({ at, queue }) => queue === 'orders' && Math.floor(at / MINUTE_MS) === minute).length;
  }
}

const seriesOf = (w: World): Map<string, MetricSeries> =>
  new Map(
    [...sqs.metrics!(w.simulation.stateOf('sqs'), w.now, w.settings)]
      .filter(({ dimensions }) => dimensions[0]!.Value === 'orders')
      .map((series) => [series.name, series]),
  );

const byMinute = (series: MetricSeries, w: World): Map<number, number> =>
  new Map(
    series
      .read({ from: instant(0), to: w.now, period: milliseconds(MINUTE_MS) })
      .map(({ at, sum }) => [at / MINUTE_MS, sum]),
  );

const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('send' as const), delay: fc.nat(90) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('receive' as const), hide: fc.nat(150) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'purge' as const }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.nat(200_000) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'rewind' as const }) },
);

describe('the metrics of queues', () => {
  it('are what a recount of the log and of the store gives, for every minute', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 60 }), (acts) => {
        const w = world();
        const url = w.queue('orders', { MessageRetentionPeriod: '300' });
        const watcher = new Watcher(w);
        const handles: string[] = [];
        let purged = -1e9;
        for (const one of acts) {
          if (one.type === 'send') {
            w.call('SendMessage', { QueueUrl: url, MessageBody: 'x', DelaySeconds: one.delay });
          } else if (one.type === 'receive') {
            const { Messages = [] } = w.call('ReceiveMessage', {
              QueueUrl: url,
              VisibilityTimeout: one.hide,
            });
            for (const { ReceiptHandle } of Messages) handles.push(ReceiptHandle);
          } else if (one.type === 'delete') {
            const handle = handles[one.which];
            if (handle !== undefined) w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle: handle });
          } else if (one.type === 'purge') {
            if (w.now - purged < 60_000) continue;
            purged = w.now;
            w.call('PurgeQueue', { QueueUrl: url });
          } else if (one.type === 'rewind') {
            w.simulation.restore(w.simulation.checkpoint());
          } else watcher.pass(one.ms);
        }
        watcher.pass(61_000);
        const series = seriesOf(w);
        const read = (name: string): Map<number, number> => byMinute(series.get(name)!, w);
        const sent = read('NumberOfMessagesSent');
        const received = read('NumberOfMessagesReceived');
        const empty = read('NumberOfEmptyReceives');
        const visible = read('ApproximateNumberOfMessagesVisible');
        const hidden = read('ApproximateNumberOfMessagesNotVisible');
        const delayed = read('ApproximateNumberOfMessagesDelayed');
        const age = read('ApproximateAgeOfOldestMessage');
        expect(watcher.gauges.size).toBeGreaterThan(0);
        for (const [minute, gauges] of watcher.gauges) {
          expect(sent.get(minute)).toBe(watcher.events('sqs/MessageSent', minute));
          expect(received.get(minute)).toBe(watcher.events('sqs/MessageReceived', minute));
          expect(empty.get(minute)).toBe(watcher.events('sqs/ReceiveEmpty', minute));
          expect({
            visible: visible.get(minute),
            inFlight: hidden.get(minute),
            delayed: delayed.get(minute),
            age: age.get(minute),
          }).toEqual(gauges);
        }
      }),
      { numRuns: histories(120).count },
    );
  });

  it('tell the sizes of what was sent', () => {
    const w = world();
    const url = w.queue('orders');
    for (const body of ['a', 'four', '12']) w.send(url, body);
    w.at(61);
    const [point, ...more] = seriesOf(w)
      .get('SentMessageSize')!
      .read({ from: instant(0), to: w.now, period: milliseconds(MINUTE_MS) });
    expect(more).toEqual([]);
    expect(point).toEqual({ at: 0, sum: 7, minimum: 1, maximum: 4, sampleCount: 3 });
  });

  it('end six hours after the queue was last used', () => {
    const w = world();
    const url = w.queue('orders');
    w.after(seconds(14 * 86_400));
    const minutes = [...byMinute(seriesOf(w).get('NumberOfMessagesSent')!, w).keys()];
    expect(minutes).toHaveLength(361);
    expect(minutes.at(-1)).toBe(360);
    // Somebody looks: it reports again from that minute on.
    w.call('GetQueueAttributes', { QueueUrl: url });
    w.after(seconds(120));
    expect([...byMinute(seriesOf(w).get('NumberOfMessagesSent')!, w).keys()].slice(361)).toEqual([
      20_160, 20_161,
    ]);
  });

  it('go on while a message waits, and its age grows', () => {
    const w = world();
    const url = w.queue('orders', { MessageRetentionPeriod: '1209600' });
    w.send(url, 'x');
    w.after(seconds(2 * 86_400));
    const age = byMinute(seriesOf(w).get('ApproximateAgeOfOldestMessage')!, w);
    expect(age.size).toBe(2880);
    expect(age.get(2879)).toBe(2 * 86_400);
  });

  it('keep fifteen days and no more', () => {
    const w = world();
    const url = w.queue('orders');
    for (let hour = 0; hour < 24 * 16; hour++) {
      w.send(url, 'x');
      w.after(seconds(3600));
    }
    const sent = byMinute(seriesOf(w).get('NumberOfMessagesSent')!, w);
    expect(Math.min(...sent.keys())).toBe(24 * 16 * 60 - METRIC_MINUTES_MAX);
  });

  it('cost nothing in idle time, and little in a checkpoint', () => {
    const w = world();
    const url = w.queue('orders');
    for (let minute = 0; minute < 1000; minute++) {
      w.send(url, 'x');
      w.after(seconds(60));
    }
    const one = w.simulation.checkpoint();
    w.send(url, 'x');
    const other = w.simulation.checkpoint();
    // biome-ignore lint/suspicious/noExplicitAny: a look inside the image
    const chunks = (image: any): unknown =>
      image.services
        .find(([name]: [string]) => name === 'sqs')[1]
        .plain.ledger.subjects.get('000000000000/orders')
        .tracks.get('NumberOfMessagesSent').chunks;
    expect((chunks(one) as unknown[]).length).toBeGreaterThan(10);
    expect(chunks(other)).toBe(chunks(one));
  });

  it('keep what a deleted queue did', () => {
    const w = world();
    const url = w.queue('orders');
    w.send(url, 'x');
    w.call('DeleteQueue', { QueueUrl: url });
    w.after(seconds(600));
    expect([...byMinute(seriesOf(w).get('NumberOfMessagesSent')!, w)]).toEqual([[0, 1]]);
  });
});
