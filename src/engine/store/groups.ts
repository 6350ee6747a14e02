/**
 * Message groups of FIFO queues. A group lists its messages in send order; it is in its queue's rotation while
 * its head is visible, and joins the rotation at the back.
 */

import type { GroupNames } from './groupNames.ts';
import {
  BODY,
  GROUP,
  GROUP_COUNT,
  GROUP_NEXT,
  GROUP_ROW,
  KIND,
  NEXT,
  READY_COUNT,
  VISIBLE,
} from './layout.ts';
import type { RowNumber, Rows } from './rows.ts';

export class Groups {
  readonly #rows: Rows;
  readonly #names: GroupNames;

  constructor(rows: Rows, names: GroupNames) {
    this.#rows = rows;
    this.#names = names;
  }

  /** Appends a message to the group of this name. */
  join(body: RowNumber, row: RowNumber, name: string): void {
    const group = this.#names.find(body, name) ?? this.#makeGroup(body, name);
    this.#rows.set(row, GROUP, group);
    this.#rows.append(group, row, GROUP_NEXT);
    this.settle(group);
  }

  /** Takes a message out; an empty group is forgotten. */
  leave(row: RowNumber): void {
    const group = this.#rows.get(row, GROUP);
    this.#rows.unlink(row, GROUP_NEXT);
    this.settle(group);
    if (this.#isEmpty(group)) this.#forget(group);
  }

  /** As `leave`, where nobody looks at the rotation any more. */
  discard(row: RowNumber): void {
    const group = this.#rows.get(row, GROUP);
    this.#rows.unlink(row, GROUP_NEXT);
    if (this.#isEmpty(group)) this.#forget(group);
  }

  name(row: RowNumber): string {
    return this.#rows.ref(this.#rows.get(row, GROUP)) as string;
  }

  /** After a change of a message: is the group in rotation exactly when its head is visible? */
  settle(group: RowNumber): void {
    const rows = this.#rows;
    const head = rows.get(group, GROUP_NEXT);
    const isReady = head !== group && rows.get(head, KIND) === VISIBLE;
    if (isReady === this.#isListed(group)) return;
    const body = rows.get(group, BODY);
    if (isReady) {
      rows.append(body, group, NEXT);
      rows.add(body, READY_COUNT, 1);
    } else {
      rows.unlink(group, NEXT);
      rows.set(group, NEXT, 0);
      rows.add(body, READY_COUNT, -1);
    }
  }

  /** Group by group in rotation, each up to its first invisible message. */
  receivable(body: RowNumber, max: number): RowNumber[] {
    const rows = this.#rows;
    const found: RowNumber[] = [];
    for (let group = rows.get(body, NEXT); group !== body; group = rows.get(group, NEXT)) {
      for (let row = rows.get(group, GROUP_NEXT); row !== group; row = rows.get(row, GROUP_NEXT)) {
        if (found.length >= max) return found;
        if (rows.get(row, KIND) !== VISIBLE) break;
        found.push(row);
      }
    }
    return found;
  }

  /** The groups of these messages go to the back, if they are in rotation. */
  rotate(body: RowNumber, served: readonly RowNumber[]): void {
    const rows = this.#rows;
    const groups = new Set<RowNumber>();
    for (const row of served) groups.add(rows.get(row, GROUP));
    for (const group of groups) {
      if (!this.#isListed(group)) continue;
      rows.unlink(group, NEXT);
      rows.append(body, group, NEXT);
    }
  }

  hasBlocked(body: RowNumber): boolean {
    return this.#rows.get(body, GROUP_COUNT) > this.#rows.get(body, READY_COUNT);
  }

  #isListed(group: RowNumber): boolean {
    return this.#rows.get(group, NEXT) !== 0;
  }

  #isEmpty(group: RowNumber): boolean {
    return this.#rows.get(group, GROUP_NEXT) === group;
  }

  #makeGroup(body: RowNumber, name: string): RowNumber {
    const rows = this.#rows;
    const group = rows.alloc();
    rows.set(group, NEXT, 0);
    rows.makeList(group, GROUP_NEXT);
    rows.set(group, BODY, body);
    rows.set(group, KIND, GROUP_ROW);
    rows.setRef(group, name);
    this.#names.add(group);
    rows.add(body, GROUP_COUNT, 1);
    return group;
  }

  #forget(group: RowNumber): void {
    this.#rows.add(this.#rows.get(group, BODY), GROUP_COUNT, -1);
    this.#names.remove(group);
    this.#rows.release(group);
  }
}
