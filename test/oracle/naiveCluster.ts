/**
 * A RabbitMQ cluster the slow and plain way, from its documents alone: nodes go and come back, and what that does to
 * queues, consumers, messages and confirms. RabbitMQ, Quorum Queues; Classic Queue Mirroring; Clustering. Which node
 * becomes the leader of a quorum queue, and when, nobody promises: it is told (`lead`).
 */
export type NaiveKind = 'quorum' | 'mirrored' | 'single';
interface ClusterMessage {
  readonly id: number;
  readonly place: number;
  readonly persistent: boolean;
  readonly returns: number;
  readonly redelivered: boolean;
}
interface ClusterHeld {
  readonly message: ClusterMessage;
  readonly queue: string;
  readonly tag: number;
}
export interface ClusterConsumer {
  readonly name: string;
  readonly queue: string;
  readonly prefetch: number;
  readonly node: number;
  lastTag: number;
  held: ClusterHeld[];
  /** Tags of deliveries that a new leader has taken back: they settle nothing. */
  readonly stale: Set<number>;
}
interface ClusterQueue {
  readonly name: string;
  readonly kind: NaiveKind;
  readonly home: number;
  readonly maxLength: number;
  readonly deliveryLimit: number;
  leader: number;
  messages: ClusterMessage[];
  waiting: { readonly id: number; readonly persistent: boolean }[];
  turn: string[];
  places: number;
}
export interface ClusterDelivery {
  readonly consumer: string;
  readonly tag: number;
  readonly id: number;
  readonly redelivered: boolean;
}

const NODES = [1, 2, 3] as const;

export class NaiveCluster {
  readonly queues = new Map<string, ClusterQueue>();
  /** In their order of registration. */
  readonly consumers = new Map<string, ClusterConsumer>();
  /** Nodes that are up, those that have run longest first. */
  up: number[] = [...NODES];
  deliveries: ClusterDelivery[] = [];
  /** By message: did the publisher hear yes or no? */
  confirms: [number, boolean][] = [];
  readonly ends = { acked: 0, dropped: 0, lost: 0 };

  declare(name: string, kind: NaiveKind, home: number, maxLength = -1, deliveryLimit = -1): void {
    const empty = { messages: [], waiting: [], turn: [], places: 0 };
    this.queues.set(name, { name, kind, home, maxLength, deliveryLimit, leader: home, ...empty });
  }

  hasMajority(): boolean {
    return this.up.length >= 2;
  }

  publish(name: string, id: number, persistent: boolean): void {
    const queue = this.queues.get(name)!;
    if (queue.leader !== 0) {
      this.add(queue, id, persistent);
      this.confirms.push([id, true]);
    } else if (queue.kind === 'quorum') queue.waiting.push({ id, persistent });
    // Nothing is bound there now: what is routed nowhere is confirmed, and gone.
    else this.confirms.push([id, true]);
  }

  private add(queue: ClusterQueue, id: number, persistent: boolean): void {
    queue.messages.push({ id, place: queue.places++, persistent, returns: 0, redelivered: false });
    this.work(queue);
  }

  private work(queue: ClusterQueue): void {
    if (!this.up.includes(queue.leader)) return;
    while (queue.messages.length > 0) {
      const name = queue.turn.find((one) => this.isFree(this.consumers.get(one)!));
      queue.turn = queue.turn.filter((one) => one !== name);
      if (name === undefined) break;
      const consumer = this.consumers.get(name)!;
      const message = queue.messages.shift()!;
      const tag = ++consumer.lastTag;
      consumer.held.push({ message, queue: queue.name, tag });
      this.deliveries.push({ consumer: name, tag, id: message.id, redelivered: message.redelivered });
      this.join(consumer);
    }
    while (queue.maxLength >= 0 && queue.messages.length > queue.maxLength) {
      queue.messages.shift();
      this.ends.dropped++;
    }
  }

  private join(consumer: ClusterConsumer): void {
    const { turn } = this.queues.get(consumer.queue)!;
    if (!turn.includes(consumer.name) && this.isFree(consumer)) turn.push(consumer.name);
  }

  private isFree({ node, prefetch, held }: ClusterConsumer): boolean {
    return this.up.includes(node) && (prefetch === 0 || held.length < prefetch);
  }

  subscribe(name: string, queue: string, prefetch: number, node: number): void {
    const consumer = { name, queue, prefetch, node, lastTag: 0, held: [], stale: new Set<number>() };
    this.consumers.set(name, consumer);
    this.join(consumer);
    this.work(this.queues.get(queue)!);
  }

  settle(name: string, tag: number, how: 'ack' | 'requeue' | 'reject'): void {
    const consumer = this.consumers.get(name)!;
    if (consumer.stale.delete(tag)) return;
    const one = consumer.held.find((held) => held.tag === tag)!;
    consumer.held = consumer.held.filter((held) => held !== one);
    const queue = this.queues.get(one.queue)!;
    if (how === 'ack') this.ends.acked++;
    else if (how === 'reject') this.ends.dropped++;
    else this.putBack(queue, one.message, true);
    this.join(consumer);
    this.work(queue);
  }

  private putBack(queue: ClusterQueue, message: ClusterMessage, counts: boolean): void {
    const returns = message.returns + (counts ? 1 : 0);
    if (queue.deliveryLimit >= 0 && returns > queue.deliveryLimit) {
      this.ends.dropped++;
      return;
    }
    const at = queue.messages.findIndex(({ place }) => place > message.place);
    const back = { ...message, returns, redelivered: true };
    queue.messages.splice(at < 0 ? queue.messages.length : at, 0, back);
  }

  /** The connection of a consumer ends, for whatever reason. */
  close(name: string): void {
    const consumer = this.consumers.get(name)!;
    this.consumers.delete(name);
    const queue = this.queues.get(consumer.queue)!;
    queue.turn = queue.turn.filter((one) => one !== name);
    for (const { message } of consumer.held) this.putBack(queue, message, true);
    this.work(queue);
  }

  /** The publisher's connection ends: what nobody has confirmed is gone. */
  publisherLost(): void {
    for (const queue of this.queues.values()) {
      this.ends.lost += queue.waiting.length;
      queue.waiting = [];
    }
  }

  nodeDown(node: number): void {
    this.up = this.up.filter((one) => one !== node);
    for (const queue of this.queues.values()) {
      if (queue.kind === 'quorum') {
        if (queue.leader === node || !this.hasMajority()) queue.leader = 0;
      } else if (queue.leader === node) this.classicLost(queue);
    }
    for (const consumer of [...this.consumers.values()])
      if (consumer.node === node) this.close(consumer.name);
  }

  private classicLost(queue: ClusterQueue): void {
    queue.leader = 0;
    const mine = [...this.consumers.values()].filter((one) => one.queue === queue.name);
    for (const consumer of mine) {
      for (const { tag, message } of consumer.held) {
        consumer.stale.add(tag);
        this.putBack(queue, message, false);
      }
      consumer.held = [];
    }
    const [mirror] = queue.kind === 'mirrored' ? this.up : [];
    if (mirror !== undefined) {
      queue.turn = mine.filter((one) => this.isFree(one)).map(({ name }) => name);
      this.lead(queue.name, mirror);
      return;
    }
    const kept = queue.messages.filter(({ persistent }) => persistent);
    this.ends.lost += queue.messages.length - kept.length;
    queue.messages = kept;
    queue.turn = [];
    for (const { name } of mine) this.cancel(name);
  }

  /** It consumes nothing any more; its connection stays. */
  private cancel(name: string): void {
    this.consumers.delete(name);
  }

  nodeUp(node: number): void {
    this.up.push(node);
    for (const queue of this.queues.values()) {
      if (queue.leader !== 0 || queue.kind === 'quorum') continue;
      if (queue.kind === 'mirrored' || queue.home === node) this.lead(queue.name, node);
    }
  }

  lead(name: string, node: number): void {
    const queue = this.queues.get(name)!;
    queue.leader = node;
    for (const { id, persistent } of queue.waiting.splice(0)) {
      this.add(queue, id, persistent);
      this.confirms.push([id, true]);
    }
    this.work(queue);
  }
}
