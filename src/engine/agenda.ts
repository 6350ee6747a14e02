/**
 * What will be due, ordered by (instant, sequence): a binary heap. Two entries of one instant come out in the order
 * in which they were put in. Entries are never changed once made, so copies of the agenda share them.
 */
import type { Instant } from './units.ts';

/** When something is due; `sequence` counts all entries of a world. */
export interface Scheduled {
  readonly at: Instant;
  readonly sequence: number;
}

export class Agenda<Entry extends Scheduled> {
  readonly #heap: Entry[];

  constructor(entries: readonly Entry[] = []) {
    this.#heap = [...entries];
  }

  get size(): number {
    return this.#heap.length;
  }

  /** The instant of the next entry. */
  get nextAt(): Instant | undefined {
    return this.#heap[0]?.at;
  }

  /** The entries in heap order: enough to make the same agenda again. */
  entries(): Entry[] {
    return [...this.#heap];
  }

  put(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  take(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    const { length } = heap;
    if (first === undefined || last === undefined || length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= length) break;
      if (child + 1 < length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

const before = (a: Scheduled, b: Scheduled): boolean =>
  a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
