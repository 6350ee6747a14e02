/**
 * Queues' bodies: the head of a queue's lists, and its counts. Messages come into sight, leave it, and leave for
 * good here, so that lists and counts always agree.
 */
import type { Hasher } from '../digest.ts';
import type { Ages } from './ages.ts';
import type { Groups } from './groups.ts';
import * as word from './layout.ts';
import type { RowNumber, Rows } from './rows.ts';
import type { Wheel } from './wheel.ts';

export class Bodies {
  readonly #rows: Rows;
  readonly #wheel: Wheel;
  readonly #groups: Groups;
  readonly #ages: Ages;
  /** Bodies that wait to be taken apart. */
  #dead: RowNumber[] = [];

  constructor(rows: Rows, wheel: Wheel, groups: Groups, ages: Ages) {
    this.#rows = rows;
    this.#wheel = wheel;
    this.#groups = groups;
    this.#ages = ages;
  }

  get hasDead(): boolean {
    return this.#dead.length > 0;
  }

  /** Takes dead bodies apart; false when some is left. */
  bury(limit: number): boolean {
    let left = limit;
    for (let body = this.#dead[0]; body !== undefined; body = this.#dead[0]) {
      for (let row = this.#ages.oldest(body); row !== undefined; row = this.#ages.oldest(body)) {
        if (left-- <= 0) return false;
        this.discard(row);
      }
      this.#rows.release(body);
      this.#dead.shift();
    }
    return true;
  }

  /** Frees a message of a dead body: nobody reads its visible list or its counts any more. */
  discard(row: RowNumber): void {
    if (this.#rows.get(row, word.KIND) !== word.VISIBLE) this.#wheel.remove(row);
    this.#free(row);
  }

  /** Makes a message that has left the wheel visible. */
  show(row: RowNumber): void {
    const rows = this.#rows;
    const page = rows.own(row);
    const at = rows.at(row);
    const body = page[at + word.BODY]!;
    const group = page[at + word.GROUP]!;
    const bodyPage = rows.own(body);
    const bodyAt = rows.at(body);
    bodyPage[bodyAt + countWord(page[at + word.KIND]!)]!--;
    bodyPage[bodyAt + word.VISIBLE_COUNT]!++;
    page[at + word.KIND] = word.VISIBLE;
    if (group === 0) rows.append(body, row, word.NEXT);
    else this.#groups.settle(group);
  }

  /** As `show`, for what is due; tells what the message was, FREE when its body is dead and it has been freed. */
  showDue(row: RowNumber): number {
    const kind = this.#rows.get(row, word.KIND);
    if (this.#rows.get(this.#rows.get(row, word.BODY), word.KIND) === word.DEAD_BODY) {
      this.#free(row);
      return word.FREE;
    }
    this.show(row);
    return kind;
  }

  /** Takes a visible message out of sight. */
  unshow(row: RowNumber, kind: number): void {
    const rows = this.#rows;
    const body = rows.get(row, word.BODY);
    this.count(body, row, -1);
    if (rows.get(row, word.GROUP) === 0) rows.unlink(row, word.NEXT);
    rows.set(row, word.KIND, kind);
    this.count(body, row, 1);
  }

  /** Takes a message out of every list of its queue. */
  leave(row: RowNumber): void {
    const rows = this.#rows;
    const body = rows.get(row, word.BODY);
    const group = rows.get(row, word.GROUP);
    this.count(body, row, -1);
    if (rows.get(row, word.KIND) !== word.VISIBLE) this.#wheel.remove(row);
    else if (group === 0) rows.unlink(row, word.NEXT);
    this.#ages.leave(body, row);
    if (group !== 0) this.#groups.leave(row);
  }

  count(body: RowNumber, row: RowNumber, by: number): void {
    this.#rows.add(body, countWord(this.#rows.get(row, word.KIND)), by);
  }

  make(queue: RowNumber, isFifo: number, retention: number): void {
    const rows = this.#rows;
    const body = rows.alloc();
    const page = rows.own(body);
    page.fill(0, rows.at(body), rows.at(body) + word.KIND);
    rows.makeList(body, word.NEXT);
    rows.makeList(body, word.NEWER);
    rows.set(body, word.OWNER, queue);
    rows.set(body, word.RETENTION, retention);
    rows.set(body, word.IS_FIFO, isFifo);
    rows.set(body, word.KIND, word.LIVING_BODY);
    rows.set(queue, word.PRESENT_BODY, body);
  }

  kill(body: RowNumber): void {
    this.#rows.set(body, word.KIND, word.DEAD_BODY);
    this.#dead.push(body);
  }

  #free(row: RowNumber): void {
    this.#rows.unlink(row, word.NEWER);
    if (this.#rows.get(row, word.GROUP) !== 0) this.#groups.discard(row);
    this.#rows.release(row);
  }

  checkpoint(): readonly RowNumber[] {
    return [...this.#dead];
  }

  restore(dead: readonly RowNumber[]): void {
    this.#dead = [...dead];
  }

  hashInto(hasher: Hasher): void {
    hasher.value(this.#dead);
  }
}

/** Where a body counts the messages of a kind. */
const countWord = (kind: number): number => word.VISIBLE_COUNT + kind - word.VISIBLE;
