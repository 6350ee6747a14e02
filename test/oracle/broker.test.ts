import { describe, expect, it } from 'vitest';
import { Random } from '../../src/engine/random.ts';
import { milliseconds } from '../../src/engine/units.ts';
import { matchesHeaders, matchesTopic } from '../../src/services/mq/rabbit/routing.ts';
import { type BrokerClient, queueFigures } from '../support/brokerClients.ts';
import { bindTo, exchange, queue, rabbitClient, rabbitWorld } from '../support/rabbits.ts';
import type { Output, World } from '../support/world.ts';
import {
  NaiveBroker,
  type NaiveDelivery,
  type NaiveSettings,
  naiveHeaders,
  naiveTopic,
} from './naiveBroker.ts';

/** `BROKER_HISTORIES=3000` for many; `BROKER_FIRST=1867` begins with that seed. */
const HISTORIES = Number(process.env.BROKER_HISTORIES ?? 200);
const FIRST = Number(process.env.BROKER_FIRST ?? 1);
const STEPS = 60;
const QUEUES = ['a', 'b', 'c'] as const;

class History {
  readonly random: Random;
  readonly w: World;
  readonly naive = new NaiveBroker();
  readonly publisher: BrokerClient;
  readonly clients = new Map<string, BrokerClient>();
  readonly numbers = new Map<string, number>();
  published = 0;
  made = 0;

  constructor(seed: number) {
    this.random = Random.of(seed, 'broker history');
    this.w = rabbitWorld({ settings: { seed } });
    this.publisher = rabbitClient(this.w, 'publisher');
    for (const name of QUEUES) this.declare(name);
  }

  declare(name: string): void {
    const { random } = this;
    const quorum = random.chance(1, 2);
    const maxLength = random.chance(1, 2) ? random.integer(1, 5) : undefined;
    const rejectPublish = maxLength !== undefined && random.chance(1, 3);
    const ttl = random.chance(1, 3) ? random.integer(1, 30) : undefined;
    const dead = random.chance(2, 3) ? QUEUES[random.below(3)]! : undefined;
    const deliveryLimit = quorum ? random.integer(0, 3) : undefined;
    const settings: NaiveSettings = {
      ...(maxLength !== undefined && { maxLength, rejectPublish }),
      ...(ttl !== undefined && { ttl }),
      ...(dead !== undefined && { dead }),
      ...(deliveryLimit !== undefined && { deliveryLimit }),
    };
    this.naive.declare(name, settings);
    queue(this.publisher, name, {
      'x-queue-type': quorum ? 'quorum' : 'classic',
      ...(maxLength !== undefined && { 'x-max-length': maxLength }),
      ...(rejectPublish && { 'x-overflow': 'reject-publish' }),
      ...(ttl !== undefined && { 'x-message-ttl': ttl }),
      ...(dead !== undefined && { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': dead }),
      ...(deliveryLimit !== undefined && { 'x-delivery-limit': deliveryLimit }),
    });
  }

  run(): void {
    for (let step = 0; step < STEPS; step++) {
      const dice = this.random.below(100);
      if (dice < 45) this.publish();
      else if (dice < 60) this.subscribe();
      else if (dice < 85) this.settle();
      else if (dice < 90) this.close();
      else this.pass();
      if (this.naive.tied) return;
      this.compare();
    }
  }

  publish(): void {
    const id = ++this.published;
    const name = QUEUES[this.random.below(3)]!;
    const ttlMs = this.random.chance(1, 5) ? this.random.integer(1, 40) : -1;
    const taken = this.naive.publish(name, id, ttlMs);
    const events = this.publisher.tell({
      do: 'publish',
      destination: name,
      body: String(id),
      confirm: true,
      ...(ttlMs >= 0 && { properties: { ttlMs } }),
    });
    expect(events).toContainEqual({ is: 'confirmed', ok: taken });
  }

  subscribe(): void {
    if (this.clients.size >= 4) return;
    const name = `c${++this.made}`;
    const source = QUEUES[this.random.below(3)]!;
    const prefetch = this.random.integer(0, 3);
    const consumer = rabbitClient(this.w, name);
    this.clients.set(name, consumer);
    this.naive.subscribe(name, source, prefetch);
    consumer.subscribe(source, { tag: name, prefetch });
  }

  #anyone(): string | undefined {
    const names = [...this.clients.keys()];
    return names[this.random.below(Math.max(1, names.length))];
  }

  settle(): void {
    const name = this.#anyone();
    const last = name === undefined ? 0 : (this.naive.tags.get(name) ?? 0);
    if (name === undefined || last === 0) return;
    const tag = this.random.integer(Math.max(1, last - 3), last);
    const multiple = this.random.chance(1, 3);
    const how = (['ack', 'ack', 'requeue', 'reject'] as const)[this.random.below(4)]!;
    // An unknown tag would cost the channel: another test's business.
    const mine = this.naive.held.filter((one) => one.consumer === name);
    if (!mine.some((one) => (multiple ? one.tag <= tag : one.tag === tag))) return;
    this.naive.settle(name, tag, multiple, how);
    const client = this.clients.get(name)!;
    if (how === 'ack') client.does({ do: 'ack', deliveryTag: tag, multiple });
    else client.does({ do: 'nack', deliveryTag: tag, multiple, requeue: how === 'requeue' });
  }

  close(): void {
    const name = this.#anyone();
    if (name === undefined) return;
    this.compare();
    this.naive.close(name);
    this.clients.get(name)!.does({ do: 'close' });
    this.clients.delete(name);
  }

  pass(): void {
    const time = this.random.integer(1, 25);
    this.naive.pass(time);
    this.w.afterMs(milliseconds(time));
  }

  /** The same deliveries to the same consumers, and no message in two places or in none. */
  compare(): void {
    const expected = this.naive.deliveries;
    this.naive.deliveries = [];
    for (const [name, client] of this.clients) {
      const got: NaiveDelivery[] = client.received().map(({ deliveryTag, body, redelivered }) => ({
        consumer: name,
        tag: deliveryTag,
        id: Number(body),
        redelivered,
      }));
      same(
        got,
        expected.filter(({ consumer }) => consumer === name),
      );
    }
    const ends = { acked: 0, dead: 0, expired: 0, dropped: 0 };
    const views = this.w.view('mq');
    for (const name of QUEUES) {
      const id = `brokerqueue/shop/${name}` as const;
      const seen: Output = views.find((view) => view.id === id)?.fields;
      const { messages } = this.naive.queues.get(name)!;
      const ready = this.w
        .messages(id, 'mq')
        .flatMap(({ state, body }) => (state === 'visible' ? [Number(body)] : []));
      same([name, ready], [name, messages.map((message) => message.id)]);
      same(seen.unacknowledged, this.naive.held.filter((one) => one.queue === name).length);
      const gone =
        seen.acknowledged + seen.deadLettered + seen.expired + seen.dropped + seen.purged + seen.lost;
      same(seen.routed, seen.ready + seen.unacknowledged + gone);
      ends.acked += seen.acknowledged;
      ends.dead += seen.deadLettered;
      ends.expired += seen.expired;
      ends.dropped += seen.dropped;
    }
    same(ends, this.naive.ends);
  }
}

/** `expect` is dear where nearly all are equal. */
function same(got: unknown, expected: unknown): void {
  if (JSON.stringify(got) !== JSON.stringify(expected)) expect(got).toEqual(expected);
}

describe('RabbitMQ and a naive broker', () => {
  it(`agree over ${HISTORIES} random histories`, { timeout: 1_800_000 }, () => {
    for (let seed = FIRST; seed < FIRST + HISTORIES; seed++) {
      const history = new History(seed);
      try {
        history.run();
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
    }
  });

  it('agree about topic patterns and headers', () => {
    const random = Random.of(7, 'routing');
    const words = (letters: readonly string[]): string[] =>
      Array.from({ length: random.integer(1, 5) }, () => letters[random.below(letters.length)]!);
    let hits = 0;
    for (let round = 0; round < 5_000; round++) {
      const pattern = words(['a', 'b', '*', '#']);
      const key = words(['a', 'b']);
      const matches = matchesTopic(pattern.join('.'), key.join('.'));
      if (matches) hits++;
      if (matches !== naiveTopic(pattern, key)) expect([pattern, key]).toBe(matches);
    }
    expect(hits).toBeGreaterThan(250);
    const headers = (): Record<string, string | number> =>
      Object.fromEntries(words(['a', 'b', 'c', 'x-d']).map((name) => [name, random.below(2)]));
    for (let round = 0; round < 5_000; round++) {
      const mode = ['all', 'any', 'all-with-x', 'any-with-x'][random.below(4)]!;
      const wanted = { ...headers(), 'x-match': mode };
      const given = headers();
      if (matchesHeaders(wanted, given) !== naiveHeaders(wanted, given)) expect(wanted).toBe(given);
    }
  });

  it('agree about which queues a topic exchange reaches', () => {
    const w = rabbitWorld();
    const c = rabbitClient(w, 'c');
    exchange(c, 't', 'topic');
    const patterns = ['#', '*', 'a.#', '#.b', 'a.*.b', '*.b'];
    for (const pattern of patterns) {
      queue(c, pattern);
      bindTo(c, 't', pattern, pattern);
    }
    for (const key of ['a', 'b', 'a.b', 'a.a.b', 'b.a', '']) {
      const before = patterns.map((pattern) => queueFigures(w, pattern).routed);
      c.send(key, 'x', {}, { exchange: 't' });
      const reached = patterns.filter((pattern, at) => queueFigures(w, pattern).routed > before[at]!);
      const words = key === '' ? [] : key.split('.');
      expect([key, reached]).toEqual([key, patterns.filter((one) => naiveTopic(one.split('.'), words))]);
    }
  });
});
