/**
 * The newest events of a world, oldest first. Bounded: what is older is rebuilt by replay. Short, because what lives
 * long costs the collector more than it is worth; but it never forgets what somebody still has to be told.
 */
import type { LoggedEvent } from './service.ts';

export class EventLog {
  /** How many events the world has seen; the next event gets this number. */
  count = 0;
  /** Events from this number on are kept, however many: a reader has not seen them yet. */
  keepFrom = Number.POSITIVE_INFINITY;
  readonly capacity: number;
  #ring: (LoggedEvent | undefined)[];
  /** The number of the oldest event still kept. */
  #first = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#ring = new Array<LoggedEvent | undefined>(capacity);
  }

  append(event: LoggedEvent): void {
    if (this.count - this.#first === this.#ring.length) this.#makeRoom();
    this.#ring[this.count % this.#ring.length] = event;
    this.count++;
  }

  /** The number of the oldest event still kept. */
  get first(): number {
    return this.#first;
  }

  at(sequence: number): LoggedEvent | undefined {
    if (sequence < this.#first || sequence >= this.count) return undefined;
    return this.#ring[sequence % this.#ring.length];
  }

  /** The events from `sequence` on, oldest first; at most the newest `limit`. */
  since(sequence: number, limit = Number.POSITIVE_INFINITY): LoggedEvent[] {
    const events: LoggedEvent[] = [];
    for (let at = Math.max(sequence, this.#first, this.count - limit); at < this.count; at++) {
      events.push(this.#ring[at % this.#ring.length]!);
    }
    return events;
  }

  /** The newest `limit` events, for a checkpoint. */
  tail(limit: number): LoggedEvent[] {
    return this.since(0, limit);
  }

  /** Back to the moment at which `count` events had happened, of which `tail` were the newest. */
  rewind(count: number, tail: readonly LoggedEvent[]): void {
    this.#ring = new Array<LoggedEvent | undefined>(Math.max(this.capacity, tail.length));
    this.#first = count - tail.length;
    this.count = this.#first;
    for (const event of tail) this.append(event);
  }

  /** Forgets the oldest event; grows while somebody waits for it, and shrinks again once they have been told. */
  #makeRoom(): void {
    const wanted = this.keepFrom <= this.#first;
    if (!wanted && this.#ring.length === this.capacity) {
      this.#first++;
      return;
    }
    const events = wanted ? this.since(0) : this.since(0, this.capacity - 1);
    this.#ring = new Array<LoggedEvent | undefined>(wanted ? 2 * this.#ring.length : this.capacity);
    this.#first = this.count - events.length;
    for (const [index, event] of events.entries()) {
      this.#ring[(this.#first + index) % this.#ring.length] = event;
    }
  }
}
