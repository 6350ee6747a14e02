/**
 * When the oldest message of each queue expires: a binary heap of one entry a queue, ordered by instant, then by
 * the queue's number. An entry may be too early (its message has gone) or outdated (a newer one stands for the
 * queue); the store finds out when it comes to the top.
 */
import type { Hasher } from '../digest.ts';
import type { Instant } from '../units.ts';
import type { RowNumber } from './rows.ts';

export interface AgeEntry {
  readonly due: Instant;
  readonly queueNumber: number;
  readonly body: RowNumber;
}

const isBefore = (one: AgeEntry, other: AgeEntry): boolean =>
  one.due < other.due || (one.due === other.due && one.queueNumber < other.queueNumber);

export class AgeHeap {
  #entries: AgeEntry[] = [];

  get top(): AgeEntry | undefined {
    return this.#entries[0];
  }

  push(entry: AgeEntry): void {
    const entries = this.#entries;
    let place = entries.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(entry, entries[parent]!)) break;
      entries[place] = entries[parent]!;
      place = parent;
    }
    entries[place] = entry;
  }

  pop(): void {
    const last = this.#entries.pop();
    if (last !== undefined && this.#entries.length > 0) this.#sink(last);
  }

  checkpoint(): readonly AgeEntry[] {
    return [...this.#entries];
  }

  restore(entries: readonly AgeEntry[]): void {
    this.#entries = [...entries];
  }

  hashInto(hasher: Hasher): void {
    hasher.value(this.#entries);
  }

  /** Puts an entry in place of the top one. */
  #sink(entry: AgeEntry): void {
    const entries = this.#entries;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && isBefore(entries[child + 1]!, entries[child]!)) child++;
      if (!isBefore(entries[child]!, entry)) break;
      entries[place] = entries[child]!;
      place = child;
    }
    entries[place] = entry;
  }
}
