/**
 * RabbitMQ the slow and plain way, from its documents alone: one list a queue, looked through from the front each time.
 * Messages are numbers; time is a number.
 */
export interface NaiveSettings {
  readonly maxLength?: number;
  readonly rejectPublish?: boolean;
  readonly ttl?: number;
  readonly dead?: string;
  readonly deliveryLimit?: number;
}
interface NaiveMessage {
  readonly id: number;
  readonly place: number;
  readonly expires: number;
  readonly returns: number;
  readonly redelivered: boolean;
  /** Where it died and whether it was rejected there, newest first. */
  readonly died: readonly { readonly queue: string; readonly rejected: boolean }[];
}
interface NaiveHeld extends NaiveMessage {
  readonly tag: number;
  readonly queue: string;
  readonly consumer: string;
}
interface NaiveConsumer {
  readonly name: string;
  readonly queue: string;
  readonly prefetch: number;
}
interface NaiveQueue {
  readonly settings: NaiveSettings;
  messages: NaiveMessage[];
  /** Consumers that can take one, next first. */
  turn: string[];
  places: number;
}

export interface NaiveDelivery {
  readonly consumer: string;
  readonly tag: number;
  readonly id: number;
  readonly redelivered: boolean;
}

export class NaiveBroker {
  now = 0;
  queues = new Map<string, NaiveQueue>();
  consumers = new Map<string, NaiveConsumer>();
  held: NaiveHeld[] = [];
  tags = new Map<string, number>();
  deliveries: NaiveDelivery[] = [];
  /** What became of each publish in each queue. */
  ends = { acked: 0, dead: 0, expired: 0, dropped: 0 };

  private copy(): NaiveBroker {
    const { now, queues, consumers, held, tags, deliveries, ends } = this;
    return Object.assign(
      new NaiveBroker(),
      structuredClone({ now, queues, consumers, held, tags, deliveries, ends }),
    );
  }

  /** Two that tell the same are the same from now on. */
  get telling(): string {
    const { queues, consumers, held, tags, deliveries, ends } = this;
    return JSON.stringify([[...queues], [...consumers], held, [...tags], deliveries, ends]);
  }

  declare(name: string, settings: NaiveSettings): void {
    this.queues.set(name, { settings, messages: [], turn: [], places: 0 });
  }

  publish(queue: string, id: number, ttl = -1): boolean {
    const { settings, messages } = this.queues.get(queue)!;
    const { maxLength = -1, rejectPublish = false } = settings;
    if (rejectPublish && maxLength >= 0 && messages.length >= maxLength) return false;
    this.add(queue, { id, returns: 0, redelivered: false, died: [] }, ttl);
    return true;
  }

  private add(name: string, message: Omit<NaiveMessage, 'place' | 'expires'>, ttl: number): void {
    const queue = this.queues.get(name)!;
    const times = [ttl, queue.settings.ttl ?? -1].filter((time) => time >= 0);
    const expires = times.length === 0 ? -1 : this.now + Math.min(...times);
    queue.messages.push({ ...message, place: queue.places++, expires });
    this.work(name);
  }

  /** Hands out, then drops from the head what is too old or too many. A head that is too old now: `looks`. */
  private work(name: string): void {
    const queue = this.queues.get(name)!;
    for (;;) {
      this.expire(name);
      const next = queue.turn[0];
      if (next === undefined || queue.messages.length === 0) break;
      const message = queue.messages.shift()!;
      queue.turn.shift();
      this.hand(next, name, message);
      this.join(next);
    }
    const { maxLength = -1, rejectPublish = false } = queue.settings;
    while (!rejectPublish && maxLength >= 0 && queue.messages.length > maxLength) {
      this.die(name, queue.messages.shift()!, 'maxlen');
    }
  }

  private expire(name: string): void {
    const queue = this.queues.get(name)!;
    while (queue.messages.length > 0) {
      const { expires } = queue.messages[0]!;
      if (expires < 0 || expires > this.now) return;
      this.die(name, queue.messages.shift()!, 'expired');
    }
  }

  /** To the end of the row, if it can take one and does not stand in it. */
  private join(consumer: string): void {
    const { turn } = this.queues.get(this.consumers.get(consumer)!.queue)!;
    if (this.isFree(consumer) && !turn.includes(consumer)) turn.push(consumer);
  }

  private isFree(consumer: string): boolean {
    const { prefetch } = this.consumers.get(consumer)!;
    return prefetch === 0 || this.held.filter((one) => one.consumer === consumer).length < prefetch;
  }

  private hand(consumer: string, queue: string, message: NaiveMessage): void {
    const tag = (this.tags.get(consumer) ?? 0) + 1;
    this.tags.set(consumer, tag);
    this.held.push({ ...message, tag, queue, consumer });
    this.deliveries.push({ consumer, tag, id: message.id, redelivered: message.redelivered });
  }

  private die(
    name: string,
    message: NaiveMessage,
    reason: 'maxlen' | 'expired' | 'rejected' | 'limit',
  ): void {
    const { dead } = this.queues.get(name)!.settings;
    const died = [{ queue: name, rejected: reason === 'rejected' }, ...message.died];
    const way = died.slice(0, died.findIndex(({ queue }) => queue === dead) + 1);
    const goesRound = way.length > 0 && way.every(({ rejected }) => !rejected);
    if (dead === undefined || goesRound) {
      this.ends[reason === 'expired' ? 'expired' : 'dropped']++;
      return;
    }
    this.ends.dead++;
    this.add(dead, { id: message.id, returns: 0, redelivered: false, died }, -1);
  }

  subscribe(name: string, queue: string, prefetch: number): void {
    this.consumers.set(name, { name, queue, prefetch });
    this.join(name);
    this.work(queue);
  }

  settle(consumer: string, tag: number, multiple: boolean, how: 'ack' | 'requeue' | 'reject'): boolean {
    const mine = this.held.filter((one) => one.consumer === consumer);
    const chosen = mine.filter((one) => (multiple ? one.tag <= tag : one.tag === tag));
    if (chosen.length === 0) return false;
    const touched = new Set<string>();
    for (const one of chosen) {
      this.held.splice(this.held.indexOf(one), 1);
      touched.add(one.queue);
      this.finish(one, how);
      this.join(consumer);
    }
    for (const queue of touched) this.work(queue);
    return true;
  }

  private finish(one: NaiveHeld, how: 'ack' | 'requeue' | 'reject'): void {
    const queue = this.queues.get(one.queue)!;
    if (how === 'ack') {
      this.ends.acked++;
      return;
    }
    if (how === 'reject') {
      this.die(one.queue, one, 'rejected');
      return;
    }
    const returns = one.returns + 1;
    const { deliveryLimit = -1 } = queue.settings;
    if (deliveryLimit >= 0 && returns > deliveryLimit) {
      this.die(one.queue, one, 'limit');
      return;
    }
    const { id, place, expires, died } = one;
    const back = { id, place, expires, died, returns, redelivered: true };
    const at = queue.messages.findIndex((other) => other.place > place);
    queue.messages.splice(at < 0 ? queue.messages.length : at, 0, back);
  }

  close(consumer: string): void {
    const { queue } = this.consumers.get(consumer)!;
    const { turn } = this.queues.get(queue)!;
    if (turn.includes(consumer)) turn.splice(turn.indexOf(consumer), 1);
    const mine = this.held.filter((one) => one.consumer === consumer);
    for (const one of mine) {
      this.held.splice(this.held.indexOf(one), 1);
      this.finish(one, 'requeue');
    }
    this.consumers.delete(consumer);
    this.work(queue);
  }

  /**
   * A millisecond later: every broker that this one may be then. Each queue is a process of its own, so when messages
   * of several queues grow too old in one instant, nobody promises which queue looks at its own first.
   */
  tick(): NaiveBroker[] {
    this.now++;
    return this.looks();
  }

  /** Each queue's own timer for its head, at this instant. */
  looks(): NaiveBroker[] {
    const due = [...this.queues.keys()].filter((name) => this.isDue(name));
    if (due.length === 0) return [this];
    const brokers = due.map((name, at) => {
      const broker = at === due.length - 1 ? this : this.copy();
      return [broker, name] as const;
    });
    return brokers.flatMap(([broker, name]) => {
      broker.work(name);
      return broker.looks();
    });
  }

  private isDue(name: string): boolean {
    const expires = this.queues.get(name)!.messages[0]?.expires ?? -1;
    return expires >= 0 && expires <= this.now;
  }
}

/** Does a topic pattern match? Every way to give words to `#` is tried. */
export function naiveTopic(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  if (first === '#') return words.some((_, at) => naiveTopic(rest, words.slice(at))) || naiveTopic(rest, []);
  return words.length > 0 && (first === '*' || first === words[0]) && naiveTopic(rest, words.slice(1));
}

/** Does a binding of a headers exchange match? */
export function naiveHeaders(
  wanted: Readonly<Record<string, string | number>>,
  headers: Readonly<Record<string, string | number>>,
): boolean {
  let hits = 0;
  let asked = 0;
  for (const [name, value] of Object.entries(wanted)) {
    if (name === 'x-match' || (name.startsWith('x-') && !String(wanted['x-match']).endsWith('-with-x')))
      continue;
    asked++;
    if (headers[name] === value) hits++;
  }
  return String(wanted['x-match'] ?? 'all').startsWith('any') ? hits > 0 : hits === asked;
}
