/**
 * Acknowledgement, redelivery and failover against a naive model, over random histories: what is where is told by the
 * engine's counters and by a plain list of messages, and the two must agree.
 */
import { describe, expect, it } from 'vitest';
import type { BrokerMessage } from '../../src/contract/broker.ts';
import { Random } from '../../src/engine/random.ts';
import { seconds } from '../../src/engine/units.ts';
import {
  activeBroker,
  type BrokerClient,
  brokerFigures,
  brokers,
  client,
  queueFigures,
} from '../support/brokerClients.ts';
import { histories, playAll, type Steps } from '../support/histories.ts';

const { count: HISTORIES, seeds, timeout } = histories(120);
const STEPS = 60;

interface Known {
  readonly persistent: boolean;
  /** Times it came to a consumer, and how often it was given back. */
  deliveries: number;
  returns: number;
  state: 'open' | 'done' | 'dead' | 'lost';
}

const QUEUE = 'queue://orders';

class History {
  readonly w = brokers();
  readonly id = activeBroker(this.w);
  readonly known = new Map<string, Known>();
  readonly random: Random;
  till: BrokerClient;
  workers: { client: BrokerClient; held: BrokerMessage[]; readonly prefetch: number }[] = [];
  made = 0;

  constructor(seed: number) {
    this.random = Random.of(seed, 'failover history');
    this.till = client(this.w, 'till').connect();
    this.hire();
    this.hire();
  }

  roll(sides: number): number {
    return this.random.below(sides);
  }

  hire(): void {
    const worker = client(this.w, `worker-${++this.made}`).connect();
    const prefetch = 1 + this.roll(4);
    worker.subscribe(QUEUE, { prefetch });
    this.workers.push({ client: worker, held: [], prefetch });
  }

  collect(): void {
    for (const { client: worker, held } of this.workers) {
      for (const message of worker.received()) {
        const known = this.known.get(message.body)!;
        expect(known.state).toBe('open');
        expect(message.redelivered).toBe(known.deliveries > 0);
        known.deliveries++;
        expect(message.deliveryCount).toBe(known.deliveries);
        held.push(message);
      }
    }
  }

  send(): void {
    const body = `m${this.known.size}`;
    const persistent = this.roll(3) > 0;
    this.known.set(body, { persistent, deliveries: 0, returns: 0, state: 'open' });
    this.till.send(QUEUE, body, { persistent });
  }

  settle(requeue: boolean): void {
    const worker = this.workers[this.roll(this.workers.length)]!;
    const [message] = worker.held.splice(this.roll(Math.max(1, worker.held.length)), 1);
    if (message === undefined) return;
    const known = this.known.get(message.body)!;
    if (!requeue) {
      worker.client.ack(message);
      known.state = 'done';
      return;
    }
    worker.client.does({ do: 'nack', deliveryTag: message.deliveryTag, requeue: true });
    // One delivery and six more; what is not persistent has no dead letters.
    if (known.deliveries >= 7) known.state = known.persistent ? 'dead' : 'lost';
  }

  crash(): void {
    const [worker] = this.workers.splice(this.roll(this.workers.length), 1);
    worker!.client.does({ do: 'close', lost: true });
    this.hire();
  }

  reboot(): void {
    this.w.call('RebootBroker', { BrokerId: this.id }, 'mq');
    for (const known of this.known.values())
      if (known.state === 'open' && !known.persistent) known.state = 'lost';
    this.w.after(seconds(60));
    this.till = client(this.w, `till-${++this.made}`).connect();
    this.workers = [];
    this.hire();
    this.hire();
  }

  step(): void {
    const action = this.roll(40);
    if (action < 16) this.send();
    else if (action < 24) this.settle(false);
    else if (action < 34) this.settle(true);
    else if (action < 37) this.w.after(seconds(1));
    else if (action < 39) this.crash();
    else this.reboot();
    this.collect();
  }

  count(state: Known['state']): number {
    return [...this.known.values()].filter((known) => known.state === state).length;
  }

  check(): void {
    const figures = queueFigures(this.w, 'orders');
    if (figures === undefined) return;
    // Prefetch: nobody holds more, and nothing is ready while somebody could take it.
    for (const { held, prefetch } of this.workers) expect(held.length).toBeLessThanOrEqual(prefetch);
    if (this.workers.some(({ held, prefetch }) => held.length < prefetch)) expect(figures.ready).toBe(0);
    expect(figures.ready + figures.unacknowledged).toBe(this.count('open'));
    expect(figures.acknowledged).toBe(this.count('done'));
    expect(figures.deadLettered).toBe(this.count('dead'));
    expect(figures.lost + figures.dropped).toBe(this.count('lost'));
    const inside = figures.ready + figures.unacknowledged + figures.acknowledged + figures.purged;
    const outside = figures.deadLettered + figures.expired + figures.dropped + figures.lost;
    expect(figures.enqueued).toBe(inside + outside);
  }

  /** Everybody works well until nothing is left. */
  end(): void {
    for (let round = 0; round < 200 && this.count('open') > 0; round++) {
      this.w.after(seconds(1));
      this.collect();
      for (const { client: worker, held } of this.workers) {
        for (const message of held.splice(0)) {
          worker.ack(message);
          this.known.get(message.body)!.state = 'done';
        }
      }
    }
  }
}

function play(seed: number, steps: Steps): void {
  const history = new History(seed);
  for (const _ of steps.of(history.random, STEPS)) {
    history.step();
    history.check();
  }
  history.end();
  history.check();
  // No persistent message is lost by a failover; each other one was delivered or is counted.
  expect(history.count('open')).toBe(0);
  for (const { persistent, state } of history.known.values()) {
    if (persistent) expect(['done', 'dead']).toContain(state);
  }
  expect(brokerFigures(history.w)).toMatchObject({
    ready: queueFigures(history.w, 'ActiveMQ.DLQ')?.ready ?? 0,
  });
}

describe('ActiveMQ and a naive model', () => {
  it(`agree over ${HISTORIES} random histories of prefetch, acknowledgement, redelivery and failover`, {
    timeout,
  }, () => {
    playAll(seeds, play);
  });
});
