/**
 * What has been sent within the last minutes, by key: the memory behind FIFO deduplication.
 *
 * One map per fifth of the window. Only the newest is appended to; older ones are sealed and shared with
 * checkpoints, which note how far the newest had grown. Whether an entry still counts is decided by its own
 * instant, so the window is exact to the millisecond. Keep one window per queue: a purge clears one queue's memory.
 */
import { assert } from '../assert.ts';
import { Hasher } from '../digest.ts';
import type { Instant, Milliseconds } from '../units.ts';

interface Entry<Value> {
  readonly value: Value;
  readonly at: Instant;
}

interface Slice<Value> {
  readonly index: number;
  readonly entries: Map<string, Entry<Value>>;
}

/** Slices, oldest first, and the size of the newest one: it may have grown since. */
interface WindowImage<Value> {
  readonly slices: readonly Slice<Value>[];
  readonly newestSize: number;
}

export interface DedupWindow<Value> {
  /** The value remembered for this key less than the window ago. */
  find(key: string, now: Instant): Value | undefined;
  /** When that value was remembered. */
  rememberedAt(key: string, now: Instant): Instant | undefined;
  /** `value` is frozen; checkpoints share it. */
  remember(key: string, value: Value, now: Instant): void;
  clear(): void;
  checkpoint(): DedupImage;
  /** The window as it was; `image` stays good. */
  restore(image: DedupImage): void;
  digest(): string;
}

/** A moment of a window. Immutable. */
export interface DedupImage {
  /** Bytes of what the newest slice held, about; older ones are shared. */
  readonly bytes: number;
  /** Plain JSON where the values are. */
  toJSON(): unknown;
}

const SLICES = 5;
const ENTRY_BYTES = 100;

class Image<Value> implements DedupImage, WindowImage<Value> {
  readonly slices: readonly Slice<Value>[];
  readonly newestSize: number;

  constructor(slices: readonly Slice<Value>[], newestSize: number) {
    this.slices = slices;
    this.newestSize = newestSize;
  }

  get bytes(): number {
    return this.newestSize * ENTRY_BYTES;
  }

  toJSON(): unknown {
    return this.slices.map(({ index, entries }, place) => {
      const size = place === this.slices.length - 1 ? this.newestSize : entries.size;
      return [index, [...firstOf(entries, size)].map(([key, { value, at }]) => [key, at, value])];
    });
  }
}

export function dedupImageFromJSON<Value>(json: unknown): DedupImage {
  const saved = json as [number, [string, Instant, Value][]][];
  const slices = saved.map(([index, entries]) => ({
    index,
    entries: new Map(entries.map(([key, at, value]) => [key, { value, at }])),
  }));
  return new Image(slices, slices.at(-1)?.entries.size ?? 0);
}

class Window<Value> implements DedupWindow<Value> {
  readonly #window: Milliseconds;
  readonly #sliceLength: number;
  #slices: Slice<Value>[] = [];

  constructor(window: Milliseconds) {
    this.#window = window;
    this.#sliceLength = Math.max(1, Math.ceil(window / SLICES));
  }

  find(key: string, now: Instant): Value | undefined {
    return this.#entry(key, now)?.value;
  }

  rememberedAt(key: string, now: Instant): Instant | undefined {
    return this.#entry(key, now)?.at;
  }

  #entry(key: string, now: Instant): Entry<Value> | undefined {
    for (let place = this.#slices.length - 1; place >= 0; place--) {
      const entry = this.#slices[place]!.entries.get(key);
      if (entry !== undefined) return now - entry.at < this.#window ? entry : undefined;
    }
    return undefined;
  }

  remember(key: string, value: Value, now: Instant): void {
    const { entries } = this.#newest(now);
    assert(!entries.has(key), 'a key is remembered once while it counts');
    entries.set(key, { value, at: now });
  }

  clear(): void {
    this.#slices = [];
  }

  checkpoint(): DedupImage {
    return new Image([...this.#slices], this.#slices.at(-1)?.entries.size ?? 0);
  }

  restore(image: DedupImage): void {
    assert(image instanceof Image, 'an image of a deduplication window');
    const { slices, newestSize } = image as Image<Value>;
    this.#slices = [...slices];
    const newest = this.#slices.pop();
    if (newest === undefined) return;
    this.#slices.push({ index: newest.index, entries: new Map(firstOf(newest.entries, newestSize)) });
  }

  digest(): string {
    const hasher = new Hasher();
    for (const { index, entries } of this.#slices) {
      hasher.number(index).word(entries.size);
      for (const [key, { value, at }] of entries) hasher.text(key).number(at).value(value);
    }
    return hasher.hex;
  }

  #newest(now: Instant): Slice<Value> {
    const index = Math.floor(now / this.#sliceLength);
    const newest = this.#slices.at(-1);
    if (newest?.index === index) return newest;
    assert(newest === undefined || newest.index < index, 'the clock of a window never goes back');
    const slice = { index, entries: new Map<string, Entry<Value>>() };
    const counts = ({ index: old }: Slice<Value>): boolean =>
      now - (old + 1) * this.#sliceLength < this.#window;
    this.#slices = [...this.#slices.filter(counts), slice];
    return slice;
  }
}

function* firstOf<Key, Item>(map: ReadonlyMap<Key, Item>, count: number): Generator<[Key, Item]> {
  let left = count;
  for (const pair of map) {
    if (left-- === 0) return;
    yield pair;
  }
}

export const createDedupWindow = <Value>(window: Milliseconds): DedupWindow<Value> => new Window(window);
