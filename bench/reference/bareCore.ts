/**
 * The bare core: the smallest queue that does the job. A linked list for the visible order, a timing wheel of four
 * levels of 256 slots with occupancy bits for deadlines, slot + generation as receipt. No events, no checkpoints,
 * no second queue, no retention.
 */
const LEVELS = 4;
const SENTINELS = LEVELS * 256 + 1;
const VISIBLE = LEVELS * 256;

export class BareCore {
  /** Nodes 0 … 1,024 are list heads: the wheel's slots, then the visible list. */
  #next = new Int32Array(4_096);
  #previous = new Int32Array(4_096);
  #due = new Int32Array(4_096);
  #generation = new Int32Array(4_096);
  #slot = new Int16Array(4_096).fill(-1);
  readonly bodies: unknown[] = [];
  readonly #bits = new Int32Array((LEVELS * 256) / 32);
  #top = SENTINELS;
  #free = 0;
  time = 0;
  /** Messages that have become visible again. */
  returned = 0;

  constructor() {
    for (let node = 0; node < SENTINELS; node++) this.#next[node] = this.#previous[node] = node;
  }

  send(body: unknown): number {
    let node = this.#free;
    if (node !== 0) {
      this.#free = this.#next[node]!;
    } else {
      node = this.#top++;
      if (node === this.#next.length) this.#grow();
    }
    this.bodies[node] = body;
    this.#append(VISIBLE, node);
    return node;
  }

  /** The node handed out, or 0. Its receipt is the node and `generation(node)`. */
  receive(timeout: number): number {
    const node = this.#next[VISIBLE]!;
    if (node === VISIBLE) return 0;
    this.#unlink(node);
    this.#generation[node]!++;
    this.#hide(node, this.time + timeout);
    return node;
  }

  generation(node: number): number {
    return this.#generation[node]!;
  }

  delete(node: number, generation: number): boolean {
    if (this.#generation[node] !== generation) return false;
    this.#generation[node]!++;
    this.#unlink(node);
    const slot = this.#slot[node]!;
    if (slot >= 0 && this.#next[slot] === slot) this.#bits[slot >>> 5]! &= ~(1 << (slot & 31));
    this.#slot[node] = -1;
    this.bodies[node] = undefined;
    this.#next[node] = this.#free;
    this.#free = node;
    return true;
  }

  /** Lets time pass, a due millisecond or a cascade at a time. */
  advance(until: number): void {
    for (let next = this.nextDue(); next !== undefined && next <= until; next = this.nextDue()) {
      this.time = next;
      for (let level = LEVELS - 1; level > 0; level--) this.#cascade(level);
      this.#show(next & 255);
    }
    this.time = until;
  }

  nextDue(): number | undefined {
    for (let level = 0; level < LEVELS; level++) {
      const now = (this.time >>> (level * 8)) & 255;
      const slot = this.#scan(level, now);
      if (slot >= 0) return ((this.time >>> (level * 8)) + slot - now) << (level * 8);
    }
    return undefined;
  }

  #show(slot: number): void {
    for (let node = this.#next[slot]!; node !== slot; node = this.#next[slot]!) {
      this.#unlink(node);
      this.#slot[node] = -1;
      this.#append(VISIBLE, node);
      this.returned++;
    }
    this.#bits[slot >>> 5]! &= ~(1 << (slot & 31));
  }

  #cascade(level: number): void {
    const slot = level * 256 + ((this.time >>> (level * 8)) & 255);
    if ((this.#bits[slot >>> 5]! & (1 << (slot & 31))) === 0) return;
    for (let node = this.#next[slot]!; node !== slot; node = this.#next[slot]!) {
      this.#unlink(node);
      this.#hide(node, this.#due[node]!);
    }
    this.#bits[slot >>> 5]! &= ~(1 << (slot & 31));
  }

  #hide(node: number, due: number): void {
    this.#due[node] = due;
    const difference = due ^ this.time;
    const level = difference >>> 8 === 0 ? 0 : difference >>> 16 === 0 ? 1 : difference >>> 24 === 0 ? 2 : 3;
    const slot = level * 256 + ((due >>> (level * 8)) & 255);
    this.#slot[node] = slot;
    this.#append(slot, node);
    this.#bits[slot >>> 5]! |= 1 << (slot & 31);
  }

  #scan(level: number, from: number): number {
    for (let word = from >>> 5; word < 8; word++) {
      let bits = this.#bits[level * 8 + word]!;
      if (word === from >>> 5) bits &= -1 << (from & 31);
      if (bits !== 0) return (word << 5) + 31 - Math.clz32(bits & -bits);
    }
    return -1;
  }

  #append(list: number, node: number): void {
    const last = this.#previous[list]!;
    this.#next[last] = node;
    this.#previous[node] = last;
    this.#next[node] = list;
    this.#previous[list] = node;
  }

  #unlink(node: number): void {
    const next = this.#next[node]!;
    const previous = this.#previous[node]!;
    this.#next[previous] = next;
    this.#previous[next] = previous;
  }

  #grow(): void {
    const larger = <Column extends Int32Array | Int16Array>(column: Column, empty: Column): Column => {
      empty.set(column);
      return empty;
    };
    const length = this.#next.length * 2;
    this.#next = larger(this.#next, new Int32Array(length));
    this.#previous = larger(this.#previous, new Int32Array(length));
    this.#due = larger(this.#due, new Int32Array(length));
    this.#generation = larger(this.#generation, new Int32Array(length));
    this.#slot = larger(this.#slot, new Int16Array(length).fill(-1));
  }
}

/**
 * The cycle that cores are compared by: send, receive, delete, a millisecond passes every ten cycles; one message
 * in fifty is not deleted and returns after 30 s.
 */
export const VISIBILITY = 30_000;
export const isKept = (cycle: number): boolean => cycle % 50 === 49;
export const CYCLES_PER_MILLISECOND = 10;

export function bareCycles(core: BareCore, cycles: number, body: (cycle: number) => unknown): void {
  for (let cycle = 0; cycle < cycles; cycle++) {
    core.send(body(cycle));
    const node = core.receive(VISIBILITY);
    if (!isKept(cycle)) core.delete(node, core.generation(node));
    if (cycle % CYCLES_PER_MILLISECOND === 0) core.advance(core.time + 1);
  }
}
