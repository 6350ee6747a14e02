/**
 * Rows of sixteen words in pages of 256, copied on first write after a checkpoint.
 *
 * A row's number is the index of its first word; row 0 is nobody. A checkpoint copies the table of pages and
 * marks them all shared (one number grows); the first write to a shared page copies it; going back is an
 * assignment. Every write goes through `own` or `setRef`: keep no page got by reading to write to it.
 */
import { type Hasher, hashJson } from '../digest.ts';
import { hashText } from '../random.ts';
import { FREE, KIND, type Link, NEXT } from './layout.ts';

/** Any row: a message, a queue, a group, a slot. */
export type RowNumber = number;
/** What a row carries beside its words: a content or a name. Never changed, only replaced. */
export type Ref = object | string | undefined;

export const ROW_WORDS = 16;
export const PAGE_ROWS = 256;
export const PAGE_WORDS = ROW_WORDS * PAGE_ROWS;
const PAGE_SHIFT = 12;
const PAGE_MASK = PAGE_WORDS - 1;
const PAGE_BYTES = PAGE_WORDS * 4 + 100;
const REFS_BYTES = PAGE_ROWS * 4 + 100;

export interface RowsImage {
  readonly pages: readonly Int32Array[];
  readonly refs: readonly (readonly Ref[])[];
  readonly free: RowNumber;
  readonly top: RowNumber;
  readonly bytes: number;
}

export class Rows {
  #pages: Int32Array[] = [];
  #refs: Ref[][] = [];
  /** Equal to #epoch: the page is ours alone. */
  #pageEpochs: number[] = [];
  #refEpochs: number[] = [];
  #epoch = 1;
  #free: RowNumber = 0;
  /** The first row never used. */
  #top: RowNumber = 0;
  #writtenBytes = 0;

  constructor() {
    this.alloc();
  }

  alloc(): RowNumber {
    const row = this.#free;
    if (row !== 0) {
      this.#free = this.get(row, NEXT);
      return row;
    }
    const fresh = this.#top;
    if ((fresh & PAGE_MASK) === 0) this.#addPage();
    this.#top += ROW_WORDS;
    return fresh;
  }

  release(row: RowNumber): void {
    const page = this.own(row);
    const at = row & PAGE_MASK;
    page[at + NEXT] = this.#free;
    page[at + KIND] = FREE;
    this.#free = row;
    if (this.ref(row) !== undefined) this.setRef(row, undefined);
  }

  /** Is this the number of a row that has ever been used? */
  has(row: number): boolean {
    return (row | 0) === row && row > 0 && row < this.#top && (row & (ROW_WORDS - 1)) === 0;
  }

  get(row: RowNumber, word: number): number {
    return this.#pages[row >>> PAGE_SHIFT]![(row & PAGE_MASK) + word]!;
  }

  set(row: RowNumber, word: number, value: number): void {
    this.own(row)[(row & PAGE_MASK) + word] = value;
  }

  add(row: RowNumber, word: number, by: number): void {
    this.own(row)[(row & PAGE_MASK) + word]! += by;
  }

  /** Where the row begins in its page. */
  at(row: RowNumber): number {
    return row & PAGE_MASK;
  }

  /** The row's page, ours to write to until the next checkpoint. */
  own(row: RowNumber): Int32Array {
    const index = row >>> PAGE_SHIFT;
    return this.#pageEpochs[index] === this.#epoch ? this.#pages[index]! : this.#copyPage(index);
  }

  ref(row: RowNumber): Ref {
    return this.#refs[row >>> PAGE_SHIFT]![(row & PAGE_MASK) >>> 4];
  }

  setRef(row: RowNumber, ref: Ref): void {
    const index = row >>> PAGE_SHIFT;
    const refs = this.#refEpochs[index] === this.#epoch ? this.#refs[index]! : this.#copyRefs(index);
    refs[(row & PAGE_MASK) >>> 4] = ref;
  }

  /** Makes the row an empty list. */
  makeList(list: RowNumber, link: Link): void {
    this.set(list, link, list);
    this.set(list, link + 1, list);
  }

  append(list: RowNumber, row: RowNumber, link: Link): void {
    const listPage = this.own(list);
    const listAt = (list & PAGE_MASK) + link + 1;
    const last = listPage[listAt]!;
    listPage[listAt] = row;
    const page = this.own(row);
    const at = (row & PAGE_MASK) + link;
    page[at] = list;
    page[at + 1] = last;
    this.own(last)[(last & PAGE_MASK) + link] = row;
  }

  insertAfter(place: RowNumber, row: RowNumber, link: Link): void {
    const next = this.get(place, link);
    const page = this.own(row);
    const at = row & PAGE_MASK;
    page[at + link] = next;
    page[at + link + 1] = place;
    this.set(place, link, row);
    this.set(next, link + 1, row);
  }

  unlink(row: RowNumber, link: Link): void {
    const page = this.#pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const next = page[at + link]!;
    const previous = page[at + link + 1]!;
    this.set(previous, link, next);
    this.set(next, link + 1, previous);
  }

  checkpoint(): RowsImage {
    const image = {
      pages: this.#pages.slice(),
      refs: this.#refs.slice(),
      free: this.#free,
      top: this.#top,
      bytes: this.#writtenBytes + this.#pages.length * 8,
    };
    this.#share();
    return image;
  }

  restore(image: RowsImage): void {
    this.#pages = image.pages.slice();
    // Written to only after a copy: the epoch sees to it.
    this.#refs = image.refs.slice() as Ref[][];
    this.#pageEpochs = new Array<number>(this.#pages.length).fill(0);
    this.#refEpochs = new Array<number>(this.#pages.length).fill(0);
    this.#free = image.free;
    this.#top = image.top;
    this.#share();
  }

  /** Hashes what every page holds; hashes of shared pages are kept, those of pages still written to are not. */
  hashInto(hasher: Hasher): void {
    hasher.number(this.#free).number(this.#top);
    for (let index = 0; index < this.#pages.length; index++) {
      const [page, refs] = [this.#pages[index]!, this.#refs[index]!];
      hasher.word(kept(pageHashes, page, hashPage, this.#pageEpochs[index] !== this.#epoch));
      hasher.word(kept(refHashes, refs, hashRefs, this.#refEpochs[index] !== this.#epoch));
    }
  }

  #share(): void {
    this.#epoch++;
    this.#writtenBytes = 0;
  }

  #addPage(): void {
    this.#pages.push(new Int32Array(PAGE_WORDS));
    this.#refs.push(new Array<Ref>(PAGE_ROWS).fill(undefined));
    this.#pageEpochs.push(this.#epoch);
    this.#refEpochs.push(this.#epoch);
    this.#writtenBytes += PAGE_BYTES + REFS_BYTES;
  }

  #copyPage(index: number): Int32Array {
    const page = this.#pages[index]!.slice();
    this.#pages[index] = page;
    this.#pageEpochs[index] = this.#epoch;
    this.#writtenBytes += PAGE_BYTES;
    return page;
  }

  #copyRefs(index: number): Ref[] {
    const refs = this.#refs[index]!.slice();
    this.#refs[index] = refs;
    this.#refEpochs[index] = this.#epoch;
    this.#writtenBytes += REFS_BYTES;
    return refs;
  }
}

/** Bytes of the pages that one image holds and the other does not. */
export function bytesBeside(image: RowsImage, other: RowsImage): number {
  let bytes = image.pages.length * 8;
  for (let index = 0; index < image.pages.length; index++) {
    if (image.pages[index] !== other.pages[index]) bytes += PAGE_BYTES;
    if (image.refs[index] !== other.refs[index]) bytes += REFS_BYTES;
  }
  return bytes;
}

const pageHashes = new WeakMap<object, number>();
const refHashes = new WeakMap<object, number>();

/** A hash that is computed once for what nobody writes to any more. */
function kept<Key extends object>(
  known: WeakMap<object, number>,
  key: Key,
  hash: (key: Key) => number,
  shared: boolean,
): number {
  if (!shared) return hash(key);
  let result = known.get(key);
  if (result === undefined) {
    result = hash(key);
    known.set(key, result);
  }
  return result;
}

function hashPage(page: Int32Array): number {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let index = 0; index < PAGE_WORDS; index += 2) {
    a = Math.imul(a ^ page[index]!, 0x01000193) ^ (a >>> 15);
    b = Math.imul(b ^ page[index + 1]!, 0x85ebca6b) ^ (b >>> 13);
  }
  return Math.imul(a, 0x9e3779b1) ^ b;
}

function hashRefs(refs: readonly Ref[]): number {
  let hash = 0x811c9dc5;
  for (const ref of refs) hash = hashContent(hash, ref);
  return hash;
}

/** Contents are many and mostly text: their own short way, the general one for what is nested. */
function hashContent(start: number, ref: Ref): number {
  if (ref === undefined) return Math.imul(start ^ 0x5bd1e995, 0x01000193);
  if (typeof ref === 'string') return hashText(ref, start);
  let hash = start;
  for (const field in ref) {
    const value = (ref as Readonly<Record<string, unknown>>)[field];
    hash = hashText(field, hash);
    if (typeof value === 'string') hash = hashText(value, hash) ^ value.length;
    else if (Number.isSafeInteger(value))
      hash = Math.imul(hash ^ (value as number), 0x85ebca6b) ^ (hash >>> 15);
    else hash = hashText(hashJson(value), hash);
  }
  return hash | 0;
}
