/**
 * Nodes of a RabbitMQ cluster that go and come back, against a naive cluster, over random histories: quorum queues,
 * classic ones mirrored (3.13) and on one node (4.2), consumers and publishers that connect again, confirms.
 */
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/engine/random.ts';
import { after, milliseconds } from '../../src/engine/units.ts';

import type { BrokerChanged } from '../../src/services/mq/events.ts';
import { BrokerClient, queueFigures } from '../support/brokerClients.ts';
import { histories, playAll, type Steps } from '../support/histories.ts';
import { queue, rabbitClient, rabbitWorld } from '../support/rabbits.ts';
import type { Output, World } from '../support/world.ts';
import { type ClusterDelivery, NaiveCluster, type NaiveKind } from './naiveCluster.ts';

const { count: HISTORIES, seeds, timeout } = histories(40);
const STEPS = 50;
const QUEUES = ['a', 'b', 'c'] as const;
const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'] as const;
/** An election takes so long. */
const ELECTION = { min: 1_000, max: 3_000 } as const;

interface Wish {
  readonly queue: string;
  readonly prefetch: number;
}

class History {
  readonly random: Random;
  readonly w: World;
  readonly naive = new NaiveCluster();
  publisher: BrokerClient | undefined;
  /** By name: its connection, and what it wants to consume. A consumer that was cut off comes again under a new name. */
  readonly clients = new Map<string, { readonly client: BrokerClient; readonly wish: Wish }>();
  wishes: Wish[] = [];
  /** Since when a quorum queue has a majority and no leader. */
  readonly leaderless = new Map<string, number>();
  readonly faults = new Map<number, string>();
  readonly bodies = new Map<number, string>();
  published = 0;
  made = 0;
  failovers = 0;
  /** Events so far. */
  heardOf = 0;

  constructor(seed: number) {
    this.random = Random.of(seed, 'cluster history');
    const isOld = this.random.chance(1, 2);
    const old = { version: '3.13', instanceType: 'mq.m5.large' };
    this.w = rabbitWorld({ cluster: true, settings: { seed }, ...(isOld && old) });
    this.connectPublisher();
    for (const name of QUEUES) this.declare(name, isOld);
  }

  declare(name: string, isOld: boolean): void {
    const { random } = this;
    const quorum = random.chance(1, 2);
    const kind: NaiveKind = quorum ? 'quorum' : isOld ? 'mirrored' : 'single';
    const maxLength = random.chance(1, 4) ? random.integer(2, 6) : undefined;
    const deliveryLimit = quorum ? random.integer(1, 5) : undefined;
    queue(this.publisher!, name, {
      'x-queue-type': quorum ? 'quorum' : 'classic',
      ...(maxLength !== undefined && { 'x-max-length': maxLength, 'x-overflow': 'drop-head' }),
      ...(deliveryLimit !== undefined && { 'x-delivery-limit': deliveryLimit }),
    });
    this.naive.declare(name, kind, queueFigures(this.w, name).leader, maxLength, deliveryLimit);
  }

  connectPublisher(): void {
    if (this.naive.up.length === 0) return;
    this.publisher = rabbitClient(this.w, `publisher-${++this.made}`);
  }

  run(steps: Steps): void {
    for (const _ of steps.of(this.random, STEPS)) {
      const dice = this.random.below(100);
      if (dice < 40) this.publish();
      else if (dice < 50) this.wish();
      else if (dice < 70) this.settle();
      else if (dice < 74) this.close();
      else if (dice < 82) this.fail();
      else if (dice < 86) this.mend();
      else if (dice < 87) this.reboot();
      else this.pass(this.random.integer(1, 6_000));
      this.compare();
      this.comeAgain();
      this.compare();
    }
    this.end();
  }

  publish(): void {
    if (this.publisher === undefined) return;
    const id = ++this.published;
    const name = QUEUES[this.random.below(3)]!;
    const persistent = this.random.chance(1, 2);
    this.naive.publish(name, id, persistent);
    this.heard(
      this.publisher.tell({
        do: 'publish',
        destination: name,
        body: String(id),
        confirm: true,
        properties: { persistent },
      }),
    );
  }

  readonly confirms: boolean[] = [];

  heard(events: readonly { readonly is: string; readonly ok?: boolean }[]): void {
    for (const { is, ok } of events) if (is === 'confirmed') this.confirms.push(ok === true);
  }

  wish(): void {
    if (this.clients.size + this.wishes.length >= 5) return;
    this.wishes.push({ queue: QUEUES[this.random.below(3)]!, prefetch: this.random.integer(0, 3) });
  }

  /** Whoever was cut off connects to a node that is up, and consumes again. */
  comeAgain(): void {
    if (this.publisher === undefined) this.connectPublisher();
    const { wishes } = this;
    this.wishes = [];
    for (const wish of wishes) {
      const client = new BrokerClient(this.w, `c${++this.made}`);
      if (this.naive.up.length === 0) {
        expect(() => client.connect('amqp-0-9-1')).toThrow('connection refused');
        this.wishes.push(wish);
        continue;
      }
      const account = this.w.settings.account;
      const connect = {
        do: 'connect',
        broker: 'shop',
        account,
        protocol: 'amqp-0-9-1',
        user: 'app',
      } as const;
      const { node } = client.does(connect);
      expect(this.naive.up).toContain(node);
      const { name } = client;
      if (this.naive.queues.get(wish.queue)!.leader === 0) {
        const subscribe = { do: 'subscribe', destination: wish.queue, tag: name, ack: 'individual' } as const;
        expect(['INTERNAL_ERROR', 'NOT_FOUND']).toContain(client.refusal(subscribe).code);
        client.tell({ do: 'close' });
        this.wishes.push(wish);
        continue;
      }
      this.clients.set(name, { client, wish });
      this.naive.subscribe(name, wish.queue, wish.prefetch, node);
      client.subscribe(wish.queue, { tag: name, prefetch: wish.prefetch });
    }
  }

  #anyone(): string | undefined {
    const names = [...this.clients.keys()];
    return names[this.random.below(Math.max(1, names.length))];
  }

  settle(): void {
    const name = this.#anyone();
    if (name === undefined) return;
    const { held, stale } = this.naive.consumers.get(name)!;
    const tags = [...stale, ...held.map(({ tag }) => tag)];
    const tag = tags[this.random.below(Math.max(1, tags.length))];
    if (tag === undefined) return;
    const how = (['ack', 'ack', 'ack', 'requeue', 'reject'] as const)[this.random.below(5)]!;
    this.naive.settle(name, tag, how);
    const { client } = this.clients.get(name)!;
    if (how === 'ack') client.does({ do: 'ack', deliveryTag: tag });
    else client.does({ do: 'nack', deliveryTag: tag, requeue: how === 'requeue' });
  }

  close(): void {
    const name = this.#anyone();
    if (name === undefined) return;
    this.naive.close(name);
    this.clients.get(name)!.client.does({ do: 'close' });
    this.clients.delete(name);
  }

  fail(): void {
    const node = this.random.integer(1, 3);
    if (this.faults.has(node) || !this.naive.up.includes(node)) return;
    const input = { kind: 'zone-down', on: 'broker/shop', zone: ZONES[node - 1] };
    this.faults.set(node, this.w.call('Inject', input, 'fault').id);
    this.follow();
  }

  mend(): void {
    const [node] = [...this.faults.keys()];
    if (node === undefined) return;
    this.w.call('Clear', { id: this.faults.get(node) }, 'fault');
    this.faults.delete(node);
    this.pass(11_000);
  }

  /** One node after the other. */
  reboot(): void {
    if (this.faults.size > 0 || this.naive.up.length < 3) return;
    const { BrokerId } = this.w.call('ListBrokers', {}, 'mq').BrokerSummaries[0];
    this.w.call('RebootBroker', { BrokerId }, 'mq');
    this.follow();
    this.pass(100_000);
  }

  /** Instant by instant, so that the naive cluster hears of nodes and leaders in their order. */
  pass(time: number): void {
    const { simulation } = this.w;
    const end = after(this.w.now, milliseconds(time));
    for (let due = simulation.nextDue(); due !== undefined && due <= end; due = simulation.nextDue()) {
      simulation.runUntil(due);
      this.follow();
    }
    simulation.runUntil(end);
    this.follow();
  }

  /** What the cluster cannot know by itself: which nodes are up, and who was elected. */
  follow(): void {
    const { naive } = this;
    for (const { event } of this.w.simulation.log.since(this.heardOf)) {
      this.heardOf++;
      if (event.type === 'mq/NodeUp') naive.nodeUp((event as BrokerChanged).node!);
      if (event.type !== 'mq/NodeDown') continue;
      this.failovers++;
      naive.nodeDown((event as BrokerChanged).node!);
    }
    if (this.publisher !== undefined) {
      const events = this.publisher.news();
      this.heard(events);
      if (events.some(({ is }) => is === 'closed')) {
        naive.publisherLost();
        this.publisher = undefined;
      }
    }
    for (const name of QUEUES) this.followLeader(name);
  }

  followLeader(name: string): void {
    const mine = this.naive.queues.get(name)!;
    const { leader, electionEndsMs } = queueFigures(this.w, name);
    if (mine.kind === 'quorum' && mine.leader === 0 && this.naive.hasMajority()) {
      const since = this.leaderless.get(name) ?? this.w.now;
      this.leaderless.set(name, since);
      if (leader === 0) {
        expect(electionEndsMs).toBeGreaterThanOrEqual(since);
        expect(electionEndsMs).toBeLessThanOrEqual(this.w.now + ELECTION.max);
        return;
      }
      expect(this.naive.up).toContain(leader);
      expect(this.w.now - since).toBeGreaterThanOrEqual(ELECTION.min);
      this.naive.lead(name, leader);
    }
    if (mine.leader !== 0) this.leaderless.delete(name);
    else if (!this.naive.hasMajority()) this.leaderless.delete(name);
    same([name, leader], [name, mine.leader]);
  }

  /** The same deliveries and confirms, and each message in one place. */
  compare(): void {
    if (this.publisher !== undefined) this.heard(this.publisher.news());
    const expected = this.naive.deliveries;
    this.naive.deliveries = [];
    for (const [consumer, { client, wish }] of [...this.clients]) {
      const events = client.news();
      const got = client
        .received()
        .concat(events.flatMap((event) => (event.is === 'delivered' ? [event.message] : [])));
      const all = got.map(({ deliveryTag, body, redelivered }): ClusterDelivery => {
        return { consumer, tag: deliveryTag, id: Number(body), redelivered };
      });
      same(
        all,
        expected.filter((one) => one.consumer === consumer),
      );
      const isCut = events.some(({ is }) => is === 'closed' || is === 'cancelled');
      same([consumer, isCut], [consumer, !this.naive.consumers.has(consumer)]);
      if (!isCut) continue;
      if (!events.some(({ is }) => is === 'closed')) client.tell({ do: 'close' });
      this.clients.delete(consumer);
      this.wishes.push(wish);
    }
    same(
      this.confirms.splice(0),
      this.naive.confirms.splice(0).map(([, ok]) => ok),
    );
    this.compareQueues();
  }

  compareQueues(): void {
    const ends = { acked: 0, dropped: 0, lost: 0 };
    for (const name of QUEUES) {
      const seen: Output = queueFigures(this.w, name);
      const mine = this.naive.queues.get(name)!;
      const ready = this.w
        .messages(`brokerqueue/shop/${name}`, 'mq')
        .flatMap(({ state, body }) => (state === 'visible' ? [Number(body)] : []));
      same([name, ready], [name, mine.messages.map(({ id }) => id)]);
      const held = [...this.naive.consumers.values()].flatMap((one) => one.held);
      same(seen.unacknowledged, held.filter((one) => one.queue === name).length);
      same(seen.waiting, mine.waiting.length);
      ends.acked += seen.acknowledged;
      ends.dropped += seen.dropped;
      ends.lost += seen.lost;
    }
    // What waited for a leader when its publisher went is counted by the broker alone.
    const { acked, dropped } = this.naive.ends;
    same([ends.acked, ends.dropped], [acked, dropped]);
  }

  /** All nodes come back: every queue works again, and nothing that was confirmed is missing. */
  end(): void {
    while (this.faults.size > 0) this.mend();
    this.pass(30_000);
    this.compare();
    expect(this.naive.up.length).toBe(3);
    for (const name of QUEUES)
      expect(queueFigures(this.w, name)).toMatchObject({ available: true, waiting: 0 });
  }
}

/** `expect` is dear where nearly all are equal. */
function same(got: unknown, expected: unknown): void {
  if (JSON.stringify(got) !== JSON.stringify(expected)) expect(got).toEqual(expected);
}

describe('A RabbitMQ cluster and a naive one', () => {
  it(`agree over ${HISTORIES} random histories of nodes that go and come back`, {
    timeout,
  }, () => {
    let failovers = 0;
    playAll(seeds, (seed, steps) => {
      const history = new History(seed);
      history.run(steps);
      failovers += history.failovers;
    });
    expect(failovers).toBeGreaterThan(HISTORIES);
  });
});
