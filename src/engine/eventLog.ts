/**
 * The newest events of a world, oldest first. Bounded: what is older is rebuilt by replay. Short, because what lives
 * long costs the collector more than it is worth; but it never forgets what somebody still has to be told.
 *
 * Columns, not records: a record of the log, and the event that an answer is, are made when somebody reads them.
 */
import type { DomainEvent, LoggedEvent, Outcome, Request } from './service.ts';
import { type Instant, instant } from './units.ts';

/** The one event that is the kernel's own: an answer reached its caller. */
export interface Answered extends DomainEvent {
  readonly type: 'api/Answered';
  readonly call: Request;
  readonly outcome: Outcome;
}

/** A ring of events: a number's place is its remainder. */
class Ring {
  readonly length: number;
  readonly at: Float64Array;
  /** The event, or of an answer that nobody has read yet its call. */
  readonly what: (DomainEvent | Request | undefined)[];
  /** Of an answer that nobody has read yet. */
  readonly outcome: (Outcome | undefined)[];

  constructor(length: number) {
    this.length = length;
    this.at = new Float64Array(length);
    this.what = new Array<DomainEvent | Request | undefined>(length).fill(undefined);
    this.outcome = new Array<Outcome | undefined>(length).fill(undefined);
  }

  read(sequence: number): LoggedEvent {
    const place = sequence % this.length;
    const outcome = this.outcome[place];
    let event = this.what[place] as DomainEvent;
    if (outcome !== undefined) {
      event = answered(this.what[place] as Request, outcome);
      this.what[place] = event;
      this.outcome[place] = undefined;
    }
    return { sequence, at: instant(this.at[place]!), event };
  }

  copyFrom(other: Ring, sequence: number): void {
    const [from, to] = [sequence % other.length, sequence % this.length];
    this.at[to] = other.at[from]!;
    this.what[to] = other.what[from];
    this.outcome[to] = other.outcome[from];
  }
}

const answered = (call: Request, outcome: Outcome): Answered => ({
  type: 'api/Answered',
  by: call.caller.by,
  call,
  outcome,
});

export class EventLog {
  /** How many events the world has seen; the next event gets this number. */
  count = 0;
  /** Events from this number on are kept, however many: a reader has not seen them yet. */
  keepFrom = Number.POSITIVE_INFINITY;
  readonly capacity: number;
  #ring: Ring;
  /** The number of the oldest event still kept. */
  #first = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#ring = new Ring(capacity);
  }

  append(at: Instant, event: DomainEvent): void {
    this.#put(at, event, undefined);
  }

  /** An answer reached its caller: `Answered`. */
  appendAnswer(at: Instant, call: Request, outcome: Outcome): void {
    this.#put(at, call, outcome);
  }

  /** The number of the oldest event still kept. */
  get first(): number {
    return this.#first;
  }

  at(sequence: number): LoggedEvent | undefined {
    if (sequence < this.#first || sequence >= this.count) return undefined;
    return this.#ring.read(sequence);
  }

  /** The events from `sequence` on, oldest first; at most the newest `limit`. */
  since(sequence: number, limit = Number.POSITIVE_INFINITY): LoggedEvent[] {
    const events: LoggedEvent[] = [];
    for (let at = Math.max(sequence, this.#first, this.count - limit); at < this.count; at++) {
      events.push(this.#ring.read(at));
    }
    return events;
  }

  /** The newest `limit` events, for a checkpoint. */
  tail(limit: number): LoggedEvent[] {
    return this.since(0, limit);
  }

  /** Back to the moment at which `count` events had happened, of which `tail` were the newest. */
  rewind(count: number, tail: readonly LoggedEvent[]): void {
    this.#ring = new Ring(Math.max(this.capacity, tail.length));
    this.#first = count - tail.length;
    this.count = this.#first;
    for (const { at, event } of tail) this.append(at, event);
  }

  #put(at: Instant, what: DomainEvent | Request, outcome: Outcome | undefined): void {
    if (this.count - this.#first === this.#ring.length) this.#makeRoom();
    const ring = this.#ring;
    const place = this.count % ring.length;
    ring.at[place] = at;
    ring.what[place] = what;
    ring.outcome[place] = outcome;
    this.count++;
  }

  /** Forgets the oldest event; grows while somebody waits for it, and shrinks again once they have been told. */
  #makeRoom(): void {
    const wanted = this.keepFrom <= this.#first;
    if (!wanted && this.#ring.length === this.capacity) {
      this.#first++;
      return;
    }
    const before = this.#ring;
    if (!wanted) this.#first = Math.max(this.#first, this.count - this.capacity + 1);
    this.#ring = new Ring(wanted ? 2 * before.length : this.capacity);
    for (let sequence = this.#first; sequence < this.count; sequence++) this.#ring.copyFrom(before, sequence);
  }
}
