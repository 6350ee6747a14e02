/**
 * Deadlines in four circles of 256 slots: a slot of the innermost is a millisecond, one further out 256 of the
 * next. Each slot is a list of rows, in the order in which they came.
 *
 * A row lies on the circle of the highest byte in which its deadline and the wheel's time differ. When time enters
 * a slot of an outer circle, its rows are dealt out to the circles within, in their order: so rows due at one
 * millisecond stay in the order in which they were added. Dealing out may be interrupted; until it is done, what
 * is added for that span joins the slot being dealt out, behind the others.
 *
 * The outermost circle goes round, so time has no end; a deadline lies at most 24.8 days ahead.
 */
import { assert } from '../assert.ts';
import type { Hasher } from '../digest.ts';
import { type Instant, instant, START } from '../units.ts';
import { DUE, KIND, NEXT, PREVIOUS, SLOT } from './layout.ts';
import type { RowNumber, Rows } from './rows.ts';

const SLOTS = 256;
const LEVELS = 4;
/** Milliseconds of a slot, by level. */
const SPANS = [1, 0x100, 0x1_0000, 0x100_0000] as const;
/** Words of a slot's row: slots lie one behind the other. */
const SLOT_STEP = 16;

export interface WheelImage {
  readonly time: Instant;
  readonly first: RowNumber;
  /** A bit for each slot that has rows. */
  readonly occupied: readonly number[];
}

export class Wheel {
  readonly #rows: Rows;
  /** The row of the first slot. */
  #first: RowNumber;
  #time: Instant = START;
  #occupied = new Int32Array((LEVELS * SLOTS) / 32);
  /** What `next` said; it stands until time moves on or a slot fills or empties. */
  #next: Instant | undefined;
  #isNextKnown = false;

  constructor(rows: Rows) {
    this.#rows = rows;
    this.#first = rows.alloc();
    this.#makeSlot(this.#first);
    for (let index = 1; index < LEVELS * SLOTS; index++) this.#makeSlot(rows.alloc());
  }

  get time(): Instant {
    return this.#time;
  }

  add(row: RowNumber, due: number): void {
    const time = this.#time | 0;
    assert(((due - time) | 0) > 0, 'a deadline lies ahead, less than 24.8 days');
    this.#rows.set(row, DUE, due);
    const difference = due ^ time;
    let level = difference >>> 8 === 0 ? 0 : difference >>> 16 === 0 ? 1 : difference >>> 24 === 0 ? 2 : 3;
    for (let outer = LEVELS - 1; outer > level; outer--) if (this.#dealing(outer)) level = outer;
    this.#put(row, level * SLOTS + ((due >>> (level * 8)) & 255));
  }

  remove(row: RowNumber): void {
    const next = this.#rows.get(row, NEXT);
    this.#rows.unlink(row, NEXT);
    if (next === this.#rows.get(next, NEXT)) {
      this.#empty((next - this.#first) / SLOT_STEP);
    }
  }

  /**
   * The next instant at which a row is due or a slot is to be dealt out; undefined when there is no row at all.
   */
  next(): Instant | undefined {
    if (!this.#isNextKnown) {
      this.#next = this.#look();
      this.#isNextKnown = true;
    }
    return this.#next;
  }

  /** Moves time on; nothing may be due before `to`. */
  enter(to: Instant): void {
    this.#time = to;
    this.#isNextKnown = false;
  }

  /** Deals out the slots that time has entered, at most `limit` rows. Returns how many are left of the limit. */
  deal(limit: number): number {
    let left = limit;
    for (let level = LEVELS - 1; level > 0; level--) {
      if (!this.#dealing(level)) continue;
      left = this.#dealOut(level, left);
      if (this.#dealing(level)) return left;
    }
    return left;
  }

  /**
   * Takes the rows that are due now out of the wheel, at most `limit`, and hands each to `use`. Returns how many
   * are left of the limit.
   */
  takeDue(limit: number, use: (row: RowNumber) => void): number {
    const rows = this.#rows;
    const slot = this.#current(0);
    const list = this.#slotRow(slot);
    let left = limit;
    let row = rows.get(list, NEXT);
    while (row !== list && left > 0) {
      const next = rows.get(row, NEXT);
      use(row);
      row = next;
      left--;
    }
    this.#beginWith(slot, row);
    return left;
  }

  /** Is a slot that time has entered still to be dealt out? */
  get isDealing(): boolean {
    return this.#dealing(1) || this.#dealing(2) || this.#dealing(3);
  }

  /** Is a row due now? */
  get isDue(): boolean {
    return this.#dealing(0);
  }

  checkpoint(): WheelImage {
    return { time: this.#time, first: this.#first, occupied: [...this.#occupied] };
  }

  restore(image: WheelImage): void {
    this.#time = image.time;
    this.#first = image.first;
    this.#occupied = Int32Array.from(image.occupied);
    this.#isNextKnown = false;
  }

  hashInto(hasher: Hasher): void {
    hasher.number(this.#time).number(this.#first).value(this.#occupied);
  }

  #look(): Instant | undefined {
    if (this.isDealing) return this.#time;
    for (let level = 0; level < LEVELS; level++) {
      const now = this.#current(level) & 255;
      const slot = this.#nextOccupied(level, now);
      if (slot === undefined) continue;
      const span = SPANS[level]!;
      return instant((Math.floor(this.#time / span) + ((slot - now) & 255)) * span);
    }
    return undefined;
  }

  #makeSlot(row: RowNumber): void {
    this.#rows.makeList(row, NEXT);
    this.#rows.set(row, KIND, SLOT);
  }

  #slotRow(slot: number): RowNumber {
    return this.#first + slot * SLOT_STEP;
  }

  /** The slot of a circle that time is in. */
  #current(level: number): number {
    return level * SLOTS + (((this.#time | 0) >>> (level * 8)) & 255);
  }

  /** Has an outer slot that time is in rows left? */
  #dealing(level: number): boolean {
    const slot = this.#current(level);
    return (this.#occupied[slot >>> 5]! & (1 << (slot & 31))) !== 0;
  }

  /** The slot for a deadline of the current slot of circle `level`, further in. */
  #inner(due: number, level: number): number {
    const difference = due ^ (this.#time | 0);
    let inner = 0;
    while (inner < level - 1 && difference >>> ((inner + 1) * 8) !== 0) inner++;
    return inner * SLOTS + ((due >>> (inner * 8)) & 255);
  }

  /** Deals out the current slot of one circle, from its head. */
  #dealOut(level: number, limit: number): number {
    const rows = this.#rows;
    const slot = this.#current(level);
    const list = this.#slotRow(slot);
    let left = limit;
    let row = rows.get(list, NEXT);
    while (row !== list && left > 0) {
      const next = rows.get(row, NEXT);
      this.#put(row, this.#inner(rows.get(row, DUE), level));
      row = next;
      left--;
    }
    this.#beginWith(slot, row);
    return left;
  }

  /** Makes a row the first of its slot: those before it have been taken. */
  #beginWith(slot: number, row: RowNumber): void {
    const list = this.#slotRow(slot);
    this.#rows.set(list, NEXT, row);
    this.#rows.set(row, PREVIOUS, list);
    if (row === list) this.#empty(slot);
  }

  #put(row: RowNumber, slot: number): void {
    this.#rows.append(this.#slotRow(slot), row, NEXT);
    const word = slot >>> 5;
    const bit = 1 << (slot & 31);
    if ((this.#occupied[word]! & bit) !== 0) return;
    this.#occupied[word]! |= bit;
    this.#isNextKnown = false;
  }

  #empty(slot: number): void {
    this.#occupied[slot >>> 5]! &= ~(1 << (slot & 31));
    this.#isNextKnown = false;
  }

  /** The first occupied slot of a circle at or after `from`; only the outermost goes round. */
  #nextOccupied(level: number, from: number): number | undefined {
    const ahead = this.#scan(level, from, SLOTS);
    if (ahead !== undefined || level < LEVELS - 1) return ahead;
    return this.#scan(level, 0, from);
  }

  #scan(level: number, from: number, to: number): number | undefined {
    const words = level * 8;
    for (let word = from >>> 5; word << 5 < to; word++) {
      let bits = this.#occupied[words + word]!;
      if (word === from >>> 5) bits &= -1 << (from & 31);
      if (bits === 0) continue;
      const slot = (word << 5) + (31 - Math.clz32(bits & -bits));
      return slot < to ? slot : undefined;
    }
    return undefined;
  }
}
