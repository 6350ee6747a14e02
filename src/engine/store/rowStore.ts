/**
 * The message store on paged rows: every operation costs the same whatever waits, a checkpoint copies a table,
 * going back is an assignment.
 *
 * A queue is a row that names its body; the body heads the lists of its messages and counts them. A purge gives
 * the queue a new body and leaves the old one, dead, to be taken apart in slices: its messages are held by no
 * receipt from that moment on.
 */
import { assert } from '../assert.ts';
import { Hasher } from '../digest.ts';
import { after, type Instant, type Milliseconds, START } from '../units.ts';
import type { AgeEntry } from './ageHeap.ts';
import { Ages, toInstant } from './ages.ts';
import { Bodies } from './bodies.ts';
import { readFacts, stateOf } from './facts.ts';
import { GroupNames } from './groupNames.ts';
import { Groups } from './groups.ts';
import * as word from './layout.ts';
import type {
  Content,
  Counts,
  MessageFacts,
  MessageState,
  MessageStore,
  QueueRow,
  Receipt,
  Row,
  StoreHooks,
  StoreImage,
} from './messageStore.ts';
import { RowStoreImage } from './rowImage.ts';
import { type RowNumber, Rows } from './rows.ts';
import { Wheel } from './wheel.ts';

/** How far the wheel may fall behind while nothing is due. */
const LAG = 1_000_000;

class RowStore implements MessageStore {
  readonly #rows = new Rows();
  readonly #wheel = new Wheel(this.#rows);
  readonly #names = new GroupNames(this.#rows);
  readonly #groups = new Groups(this.#rows, this.#names);
  readonly #ages = new Ages(this.#rows);
  readonly #bodies = new Bodies(this.#rows, this.#wheel, this.#groups, this.#ages);
  #clock: Instant = START;
  /** Of receipts: grows with every handing-out, so that no two are alike. */
  #generation = 0;
  #queueCount = 0;
  #isAdvancing = false;

  addQueue(settings: { readonly fifo: boolean; readonly retention: Milliseconds }): QueueRow {
    const queue = this.#rows.alloc();
    this.#rows.set(queue, word.KIND, word.QUEUE);
    this.#rows.set(queue, word.QUEUE_NUMBER, this.#queueCount++);
    this.#bodies.make(queue, settings.fifo ? 1 : 0, settings.retention);
    return queue as QueueRow;
  }

  setRetention(queue: QueueRow, retention: Milliseconds): void {
    const body = this.#body(queue);
    this.#rows.set(body, word.RETENTION, retention);
    this.#ages.arm(body, this.#clock);
  }

  dropQueue(queue: QueueRow): void {
    this.#write();
    this.#bodies.kill(this.#body(queue));
    this.#rows.release(queue);
  }

  purge(queue: QueueRow): void {
    this.#write();
    const body = this.#body(queue);
    this.#bodies.kill(body);
    this.#bodies.make(queue, this.#rows.get(body, word.IS_FIFO), this.#rows.get(body, word.RETENTION));
  }

  send(
    queue: QueueRow,
    content: Content,
    now: Instant,
    how: { readonly delay: Milliseconds; readonly group?: string },
  ): Row {
    this.#write(now);
    const body = this.#body(queue);
    const { delay, group } = how;
    assert((group !== undefined) === this.#isFifo(body), 'a FIFO queue, and only it, has message groups');
    const rows = this.#rows;
    const row = rows.alloc();
    const page = rows.own(row);
    const at = rows.at(row);
    page[at + word.BODY] = body;
    page[at + word.GROUP] = 0;
    page[at + word.SENT] = now | 0;
    page[at + word.RECEIVE_COUNT] = 0;
    page[at + word.HOLDER] = 0;
    page[at + word.GENERATION] = this.#nextGeneration();
    page[at + word.KIND] = delay > 0 ? word.DELAYED : word.VISIBLE;
    rows.setRef(row, content);
    this.#ages.join(body, row, now);
    if (delay > 0) this.#wheel.add(row, after(now, delay) | 0);
    this.#bodies.count(body, row, 1);
    if (group !== undefined) this.#groups.join(body, row, group);
    else if (delay === 0) rows.append(body, row, word.NEXT);
    return row as Row;
  }

  receivable(queue: QueueRow, max: number): Row[] {
    const body = this.#body(queue);
    if (this.#isFifo(body)) return this.#groups.receivable(body, max) as Row[];
    let row = this.#rows.get(body, word.NEXT);
    if (row === body || max < 1) return [];
    // A list that begins empty takes room for seventeen, and most receives take one.
    const rows: Row[] = [row as Row];
    for (;;) {
      row = this.#rows.get(row, word.NEXT);
      if (row === body || rows.length >= max) return rows;
      rows.push(row as Row);
    }
  }

  hasBlockedGroup(queue: QueueRow): boolean {
    return this.#groups.hasBlocked(this.#body(queue));
  }

  hide(row: Row, now: Instant, timeout: Milliseconds, holder: number): Receipt {
    this.#write(now);
    const rows = this.#rows;
    const page = rows.own(row);
    const at = rows.at(row);
    assert(page[at + word.KIND] === word.VISIBLE, 'only a visible message is handed out');
    if (page[at + word.RECEIVE_COUNT]!++ === 0) page[at + word.FIRST_RECEIVED] = now | 0;
    page[at + word.RECEIVED] = now | 0;
    page[at + word.HOLDER] = holder;
    const generation = this.#nextGeneration();
    page[at + word.GENERATION] = generation;
    const group = page[at + word.GROUP]!;
    if (timeout > 0) {
      this.#bodies.unshow(row, word.IN_FLIGHT);
      this.#wheel.add(row, after(now, timeout) | 0);
      if (group !== 0) this.#groups.settle(group);
    } else if (group === 0) {
      rows.unlink(row, word.NEXT);
      rows.append(page[at + word.BODY]!, row, word.NEXT);
    }
    return { row, generation };
  }

  served(queue: QueueRow, rows: readonly Row[]): void {
    this.#write();
    const body = this.#body(queue);
    if (this.#isFifo(body)) this.#groups.rotate(body, rows);
  }

  receiptOf(row: Row): Receipt {
    this.#message(row);
    return { row, generation: this.#rows.get(row, word.GENERATION) };
  }

  held({ row, generation }: Pick<Receipt, 'row'> & Partial<Receipt>): Row | undefined {
    const is = this.#isMessage(row) ? this.#rows.get(row, word.GENERATION) : undefined;
    return is !== undefined && (generation ?? is) === is ? row : undefined;
  }

  changeVisibility(row: Row, now: Instant, timeout: Milliseconds): void {
    this.#write(now);
    assert(
      this.#rows.get(row, word.KIND) === word.IN_FLIGHT,
      'only a message in flight changes its visibility',
    );
    this.#wheel.remove(row);
    if (timeout > 0) this.#wheel.add(row, after(now, timeout) | 0);
    else this.#bodies.show(row);
  }

  drop(row: Row): void {
    this.#write();
    this.#bodies.leave(this.#message(row));
    this.#rows.release(row);
  }

  move(row: Row, target: QueueRow, now: Instant, how: { readonly keepSent: boolean }): void {
    this.#write(now);
    const rows = this.#rows;
    const body = this.#body(target);
    const isFifo = this.#isFifo(body);
    assert(
      isFifo === this.#isFifo(rows.get(this.#message(row), word.BODY)),
      'a message moves between like queues',
    );
    const name = isFifo ? this.#groups.name(row) : '';
    this.#bodies.leave(row);
    rows.set(row, word.BODY, body);
    rows.set(row, word.KIND, word.VISIBLE);
    rows.set(row, word.GENERATION, this.#nextGeneration());
    if (!how.keepSent) rows.set(row, word.SENT, now | 0);
    this.#ages.join(body, row, now);
    this.#bodies.count(body, row, 1);
    if (isFifo) this.#groups.join(body, row, name);
    else rows.append(body, row, word.NEXT);
  }

  content(row: Row): Content {
    return this.#rows.ref(this.#message(row)) as Content;
  }

  facts(row: Row): MessageFacts {
    return readFacts(this.#rows, this.#message(row), this.#clock);
  }

  queueOf(row: Row): QueueRow {
    const rows = this.#rows;
    return rows.get(rows.get(this.#message(row), word.BODY), word.OWNER) as QueueRow;
  }

  state(row: Row): MessageState {
    return stateOf(this.#rows.get(this.#message(row), word.KIND));
  }

  receiveCount(row: Row): number {
    return this.#rows.get(this.#message(row), word.RECEIVE_COUNT);
  }

  inFlight(queue: QueueRow): number {
    return this.#rows.get(this.#body(queue), word.IN_FLIGHT_COUNT);
  }

  counts(queue: QueueRow): Counts {
    const body = this.#body(queue);
    return {
      visible: this.#rows.get(body, word.VISIBLE_COUNT),
      inFlight: this.#rows.get(body, word.IN_FLIGHT_COUNT),
      delayed: this.#rows.get(body, word.DELAYED_COUNT),
    };
  }

  oldest(queue: QueueRow): Instant | undefined {
    const row = this.#ages.oldest(this.#body(queue));
    return row === undefined ? undefined : toInstant(this.#rows.get(row, word.SENT), this.#clock);
  }

  list(queue: QueueRow, from: number, limit: number): Row[] {
    const body = this.#body(queue);
    const found: Row[] = [];
    let row = this.#rows.get(body, word.NEWER);
    for (let place = 0; row !== body && found.length < limit; place++) {
      if (place >= from) found.push(row as Row);
      row = this.#rows.get(row, word.NEWER);
    }
    return found;
  }

  nextDue(): Instant | undefined {
    if (this.#bodies.hasDead) return this.#clock;
    const hidden = this.#wheel.next();
    const expiry = this.#ages.nextDue();
    if (hidden === undefined && expiry === undefined) return undefined;
    const due = Math.min(hidden ?? Number.POSITIVE_INFINITY, expiry ?? Number.POSITIVE_INFINITY);
    return Math.max(due, this.#clock) as Instant;
  }

  advance(until: Instant, limit: number, hooks: StoreHooks): boolean {
    this.#write();
    this.#isAdvancing = true;
    const left = this.#doDue(until, limit, hooks);
    this.#isAdvancing = false;
    if (left === undefined) return false;
    if (until > this.#wheel.time) this.#wheel.enter(until);
    if (until > this.#clock) this.#clock = until;
    return this.#bodies.bury(left);
  }

  checkpoint(): StoreImage {
    return new RowStoreImage({
      rows: this.#rows.checkpoint(),
      wheel: this.#wheel.checkpoint(),
      names: this.#names.checkpoint(),
      ages: this.#ages.checkpoint(),
      clock: this.#clock,
      generation: this.#generation,
      queueCount: this.#queueCount,
      dead: this.#bodies.checkpoint(),
    });
  }

  restore(image: StoreImage): void {
    assert(image instanceof RowStoreImage, 'an image of a row store');
    const { state } = image;
    this.#rows.restore(state.rows);
    this.#wheel.restore(state.wheel);
    this.#names.restore(state.names);
    this.#ages.restore(state.ages);
    this.#clock = state.clock;
    this.#generation = state.generation;
    this.#queueCount = state.queueCount;
    this.#bodies.restore(state.dead);
    this.#isAdvancing = false;
  }

  digest(): string {
    const hasher = new Hasher();
    for (const part of [this.#rows, this.#wheel, this.#names, this.#ages, this.#bodies])
      part.hashInto(hasher);
    hasher.number(this.#clock).number(this.#generation).number(this.#queueCount);
    return hasher.hex;
  }

  /** Does what is due, in its order; what is left of the limit, or undefined when it was not enough. */
  #doDue(until: Instant, limit: number, hooks: StoreHooks): number | undefined {
    let left = limit;
    for (;;) {
      left = this.#wheel.deal(left);
      if (this.#wheel.isDealing) return undefined;
      const hidden = this.#wheel.next();
      const expiry = this.#ages.next(this.#clock);
      const expires = expiry !== undefined && (hidden === undefined || expiry.due <= hidden);
      const due = expires ? expiry.due : hidden;
      if (due === undefined || due > until) return left;
      if (left <= 0) return undefined;
      if (expires) {
        left = this.#expire(expiry, left, hooks);
      } else {
        this.#wheel.enter(due);
        left = this.#showDue(due, left, hooks);
      }
    }
  }

  /** The oldest messages of one queue, as far as they are of one instant. */
  #expire({ body, due }: AgeEntry, limit: number, hooks: StoreHooks): number {
    const at = Math.max(due, this.#clock) as Instant;
    let left = limit;
    for (; left > 0 && this.#ages.due(body, this.#clock) === due; left--) {
      const row = this.#ages.oldest(body) as Row;
      hooks.onExpired(row, at);
      this.#bodies.leave(row);
      this.#rows.release(row);
    }
    return left;
  }

  /** The messages that turn visible at the wheel's instant. */
  #showDue(due: Instant, limit: number, hooks: StoreHooks): number {
    const at = Math.max(due, this.#clock) as Instant;
    return this.#wheel.takeDue(limit, (row) => {
      const kind = this.#bodies.showDue(row);
      if (kind === word.FREE) return;
      hooks.onVisible(row as Row, kind === word.DELAYED ? 'delay' : 'timeout', at);
    });
  }

  #nextGeneration(): number {
    this.#generation = (this.#generation + 1) | 0;
    return this.#generation;
  }

  /** Before every write: sees to the clock, and that the wheel is near it. */
  #write(now?: Instant): void {
    assert(!this.#isAdvancing, 'a hook does not write to the store');
    if (now === undefined) return;
    assert(now >= this.#clock, 'the clock of a store never goes back');
    this.#clock = now;
    if (now - this.#wheel.time > LAG) this.#catchUp(now);
  }

  /** Brings the wheel to `now`, or as near as what is due lets it. */
  #catchUp(now: Instant): void {
    const wheel = this.#wheel;
    for (;;) {
      wheel.deal(Number.POSITIVE_INFINITY);
      if (wheel.isDue) return;
      const next = wheel.next();
      if (next === undefined || next >= now) break;
      wheel.enter(next);
    }
    wheel.enter(now);
  }

  #body(queue: QueueRow): RowNumber {
    assert(this.#rows.get(queue, word.KIND) === word.QUEUE, 'the row of a queue');
    return this.#rows.get(queue, word.PRESENT_BODY);
  }

  #isFifo(body: RowNumber): boolean {
    return this.#rows.get(body, word.IS_FIFO) !== 0;
  }

  #isMessage(row: number): boolean {
    const rows = this.#rows;
    if (!rows.has(row) || !word.isMessage(rows.get(row, word.KIND))) return false;
    return rows.get(rows.get(row, word.BODY), word.KIND) === word.LIVING_BODY;
  }

  #message(row: Row): Row {
    assert(this.#isMessage(row), 'the row of a message');
    return row;
  }
}

export const createRowStore = (): MessageStore => new RowStore();
