/**
 * The messages of a queue by send time, and when the oldest expires.
 *
 * Almost every message joins at the young end. One that was moved here with its old send time is put where it
 * belongs, looked for from where the last such message was put (the finger): dead letters come nearly in order.
 */
import type { Hasher } from '../digest.ts';
import { after, type Instant, type Milliseconds } from '../units.ts';
import { type AgeEntry, AgeHeap } from './ageHeap.ts';
import {
  ARMED,
  FINGER,
  IS_ARMED,
  KIND,
  LIVING_BODY,
  NEWER,
  OLDER,
  OWNER,
  QUEUE_NUMBER,
  RETENTION,
  SENT,
} from './layout.ts';
import type { RowNumber, Rows } from './rows.ts';

/** The instant behind a row's word. */
export const toInstant = (word: number, clock: Instant): Instant =>
  (clock + ((word - (clock | 0)) | 0)) as Instant;

export class Ages {
  readonly #rows: Rows;
  readonly #heap = new AgeHeap();

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  join(body: RowNumber, row: RowNumber, clock: Instant): void {
    const rows = this.#rows;
    const youngest = rows.get(body, OLDER);
    const sent = rows.get(row, SENT);
    if (youngest === body || this.#isNotAfter(youngest, sent)) {
      rows.append(body, row, NEWER);
    } else {
      rows.insertAfter(this.#placeFor(body, sent), row, NEWER);
      rows.set(body, FINGER, row);
    }
    if (rows.get(body, IS_ARMED) === 0 || rows.get(row, OLDER) === body) this.arm(body, clock);
  }

  leave(body: RowNumber, row: RowNumber): void {
    const rows = this.#rows;
    if (rows.get(body, FINGER) === row) {
      const older = rows.get(row, OLDER);
      rows.set(body, FINGER, older === body ? 0 : older);
    }
    rows.unlink(row, NEWER);
  }

  oldest(body: RowNumber): RowNumber | undefined {
    const row = this.#rows.get(body, NEWER);
    return row === body ? undefined : row;
  }

  /** When the oldest message expires. */
  due(body: RowNumber, clock: Instant): Instant | undefined {
    const row = this.oldest(body);
    if (row === undefined) return undefined;
    return after(
      toInstant(this.#rows.get(row, SENT), clock),
      this.#rows.get(body, RETENTION) as Milliseconds,
    );
  }

  /** Sees to it that the heap has an entry no later than the oldest message's deadline. */
  arm(body: RowNumber, clock: Instant): void {
    const rows = this.#rows;
    const due = this.due(body, clock);
    if (due === undefined) return;
    if (rows.get(body, IS_ARMED) !== 0 && ((rows.get(body, ARMED) - (due | 0)) | 0) <= 0) return;
    rows.set(body, ARMED, due | 0);
    rows.set(body, IS_ARMED, 1);
    this.#heap.push({ due, queueNumber: this.#numberOf(body), body });
  }

  /** No later than the first expiry; a look that changes nothing. */
  nextDue(): Instant | undefined {
    return this.#heap.top?.due;
  }

  /** The queue whose oldest message expires first, and when; entries that have lost their meaning are mended. */
  next(clock: Instant): AgeEntry | undefined {
    const rows = this.#rows;
    for (let top = this.#heap.top; top !== undefined; top = this.#heap.top) {
      const { body } = top;
      if (!this.#stands(top)) {
        this.#heap.pop();
        continue;
      }
      const due = this.due(body, clock);
      if (due !== undefined && due <= top.due) return top;
      this.#heap.pop();
      rows.set(body, IS_ARMED, 0);
      this.arm(body, clock);
    }
    return undefined;
  }

  checkpoint(): readonly AgeEntry[] {
    return this.#heap.checkpoint();
  }

  restore(entries: readonly AgeEntry[]): void {
    this.#heap.restore(entries);
  }

  hashInto(hasher: Hasher): void {
    this.#heap.hashInto(hasher);
  }

  #stands({ body, due, queueNumber }: AgeEntry): boolean {
    const rows = this.#rows;
    return (
      rows.get(body, KIND) === LIVING_BODY &&
      rows.get(body, IS_ARMED) !== 0 &&
      rows.get(body, ARMED) === (due | 0) &&
      this.#numberOf(body) === queueNumber
    );
  }

  #numberOf(body: RowNumber): number {
    return this.#rows.get(this.#rows.get(body, OWNER), QUEUE_NUMBER);
  }

  /** Was this row's message sent at or before `sent`? */
  #isNotAfter(row: RowNumber, sent: number): boolean {
    return ((this.#rows.get(row, SENT) - sent) | 0) <= 0;
  }

  /** The row, or the list itself, behind which a message sent at `sent` belongs. */
  #placeFor(body: RowNumber, sent: number): RowNumber {
    const rows = this.#rows;
    const finger = rows.get(body, FINGER);
    let place = finger === 0 ? rows.get(body, OLDER) : finger;
    if (this.#isNotAfter(place, sent)) {
      for (;;) {
        const newer = rows.get(place, NEWER);
        if (newer === body || !this.#isNotAfter(newer, sent)) return place;
        place = newer;
      }
    }
    while (place !== body && !this.#isNotAfter(place, sent)) place = rows.get(place, OLDER);
    return place;
  }
}
