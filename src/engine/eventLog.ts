/**
 * The newest events of a world, oldest first. Bounded: what is older is rebuilt by replay.
 */
import type { LoggedEvent } from './service.ts';

export class EventLog {
  /** How many events the world has seen; the next event gets this number. */
  count = 0;
  readonly capacity: number;
  #ring: (LoggedEvent | undefined)[];
  /** The number of the oldest event still kept. */
  #first = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#ring = new Array<LoggedEvent | undefined>(capacity);
  }

  append(event: LoggedEvent): void {
    this.#ring[this.count % this.capacity] = event;
    this.count++;
    if (this.count - this.#first > this.capacity) this.#first = this.count - this.capacity;
  }

  /** The number of the oldest event still kept. */
  get first(): number {
    return this.#first;
  }

  at(sequence: number): LoggedEvent | undefined {
    if (sequence < this.#first || sequence >= this.count) return undefined;
    return this.#ring[sequence % this.capacity];
  }

  /** The events from `sequence` on, oldest first; at most the newest `limit`. */
  since(sequence: number, limit = this.capacity): LoggedEvent[] {
    const events: LoggedEvent[] = [];
    for (let at = Math.max(sequence, this.#first, this.count - limit); at < this.count; at++) {
      events.push(this.#ring[at % this.capacity]!);
    }
    return events;
  }

  /** The newest `limit` events, for a checkpoint. */
  tail(limit: number): LoggedEvent[] {
    return this.since(0, limit);
  }

  /** Back to the moment at which `count` events had happened, of which `tail` were the newest. */
  rewind(count: number, tail: readonly LoggedEvent[]): void {
    this.#ring = new Array<LoggedEvent | undefined>(this.capacity);
    this.#first = count - tail.length;
    this.count = this.#first;
    for (const event of tail) this.append(event);
  }
}
