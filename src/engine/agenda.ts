/**
 * What will be due, ordered by (instant, sequence). Two entries of one instant come out in the order in which they
 * were put in. Entries are never changed once made, so copies of the agenda share them.
 *
 * Theory of operation. Most entries are due within milliseconds, as answers are: those of the next 256 ms lie in a
 * slot each, in the order in which they came. Later ones wait in a heap, and move into their slots before anything
 * else can: so a slot is always in order of sequence.
 */
import type { Instant } from './units.ts';

/** When something is due; `sequence` counts all entries of a world. */
export interface Scheduled {
  readonly at: Instant;
  readonly sequence: number;
}

/** Slots, a power of two: a millisecond each. */
const NEAR = 256;

export class Agenda<Entry extends Scheduled> {
  readonly #slots: (Entry | undefined)[][] = Array.from({ length: NEAR }, () => []);
  /** Of each slot: how many entries have been taken, and where the next one goes. */
  readonly #taken = new Int32Array(NEAR);
  readonly #filled = new Int32Array(NEAR);
  /** A bit for each slot that has entries. */
  readonly #occupied = new Int32Array(NEAR / 32);
  readonly #far: Entry[] = [];
  /** The instant of the first slot: that of the entry taken last. Nothing is put before it. */
  #from = 0;
  #nextAt: Instant | undefined;
  #size = 0;

  constructor(entries: readonly Entry[] = []) {
    for (const entry of [...entries].sort(order)) this.put(entry);
  }

  get size(): number {
    return this.#size;
  }

  /** The instant of the next entry. */
  get nextAt(): Instant | undefined {
    return this.#nextAt;
  }

  /** The entries, in no order: enough to make the same agenda again. */
  entries(): Entry[] {
    const near = this.#slots.flatMap((slot, place) => slot.slice(this.#taken[place], this.#filled[place]));
    return [...(near as Entry[]), ...this.#far];
  }

  put(entry: Entry): void {
    this.#size++;
    const { at } = entry;
    if (this.#nextAt === undefined || at < this.#nextAt) this.#nextAt = at;
    if (at - this.#from < NEAR) this.#putNear(entry);
    else push(this.#far, entry);
  }

  take(): Entry | undefined {
    const at = this.#nextAt;
    if (at === undefined) return undefined;
    if (at !== this.#from) this.#moveTo(at);
    const place = at & (NEAR - 1);
    const slot = this.#slots[place]!;
    const index = this.#taken[place]!;
    const entry = slot[index]!;
    slot[index] = undefined;
    this.#size--;
    if (index + 1 < this.#filled[place]!) {
      this.#taken[place] = index + 1;
      return entry;
    }
    this.#taken[place] = 0;
    this.#filled[place] = 0;
    this.#occupied[place >>> 5]! &= ~(1 << (place & 31));
    this.#nextAt = this.#look();
    return entry;
  }

  #putNear(entry: Entry): void {
    const place = entry.at & (NEAR - 1);
    this.#slots[place]![this.#filled[place]!++] = entry;
    this.#occupied[place >>> 5]! |= 1 << (place & 31);
  }

  #moveTo(at: Instant): void {
    this.#from = at;
    const far = this.#far;
    while (far.length > 0 && far[0]!.at - at < NEAR) this.#putNear(pop(far)!);
  }

  /** The slots go round: the first occupied one at or after that of `from`, else the first of the later ones. */
  #look(): Instant | undefined {
    const first = this.#from & (NEAR - 1);
    for (let step = 0; step <= NEAR / 32; step++) {
      const word = ((first >>> 5) + step) & (NEAR / 32 - 1);
      let bits = this.#occupied[word]!;
      if (step === 0) bits &= -1 << (first & 31);
      if (bits === 0) continue;
      const place = (word << 5) + 31 - Math.clz32(bits & -bits);
      return (this.#from + ((place - first) & (NEAR - 1))) as Instant;
    }
    return this.#far[0]?.at;
  }
}

const order = (a: Scheduled, b: Scheduled): number => a.at - b.at || a.sequence - b.sequence;

const before = (a: Scheduled, b: Scheduled): boolean =>
  a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

function push<Entry extends Scheduled>(heap: Entry[], entry: Entry): void {
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

function pop<Entry extends Scheduled>(heap: Entry[]): Entry | undefined {
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
