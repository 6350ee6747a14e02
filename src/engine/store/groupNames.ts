/**
 * Group rows by name: a tree of rows, eight ways at each fork, three bits of the name's hash a level. It grows a
 * fork at a time, so no operation ever waits for a table to be rebuilt.
 */
import type { Hasher } from '../digest.ts';
import { hashText } from '../random.ts';
import { BODY, CHAIN, FORK, HASH, KIND } from './layout.ts';
import type { RowNumber, Rows } from './rows.ts';

const BITS = 3;
const WAYS = 8;
/** Beyond this the hash has no bits left: equal hashes hang in a chain. */
const LAST_SHIFT = 27;

export class GroupNames {
  readonly #rows: Rows;
  #root: RowNumber;

  constructor(rows: Rows) {
    this.#rows = rows;
    this.#root = this.#makeFork();
  }

  /** The group of this name on the queue with this body. */
  find(body: RowNumber, name: string): RowNumber | undefined {
    const hash = hashOf(body, name);
    let row = this.#root;
    for (let shift = 0; row !== 0 && this.#rows.get(row, KIND) === FORK; shift += BITS) {
      row = this.#rows.get(row, way(hash, shift));
    }
    for (; row !== 0; row = this.#rows.get(row, CHAIN)) {
      const same = this.#rows.get(row, HASH) === hash && this.#rows.get(row, BODY) === body;
      if (same && this.#rows.ref(row) === name) return row;
    }
    return undefined;
  }

  /** Enters a group whose BODY and name (its ref) are set. */
  add(group: RowNumber): void {
    const rows = this.#rows;
    const hash = hashOf(rows.get(group, BODY), rows.ref(group) as string);
    rows.set(group, HASH, hash);
    let fork = this.#root;
    for (let shift = 0; ; shift += BITS) {
      const branch = way(hash, shift);
      const there = rows.get(fork, branch);
      if (there !== 0 && rows.get(there, KIND) === FORK) {
        fork = there;
        continue;
      }
      if (there === 0 || shift >= LAST_SHIFT || rows.get(there, HASH) === hash) {
        rows.set(group, CHAIN, there);
        rows.set(fork, branch, group);
        return;
      }
      const deeper = this.#makeFork();
      rows.set(deeper, way(rows.get(there, HASH), shift + BITS), there);
      rows.set(fork, branch, deeper);
      fork = deeper;
    }
  }

  remove(group: RowNumber): void {
    this.#removeBelow(this.#root, group, 0);
  }

  checkpoint(): RowNumber {
    return this.#root;
  }

  restore(root: RowNumber): void {
    this.#root = root;
  }

  hashInto(hasher: Hasher): void {
    hasher.number(this.#root);
  }

  /** Takes the group out; a fork left without branches goes with it. */
  #removeBelow(fork: RowNumber, group: RowNumber, shift: number): void {
    const rows = this.#rows;
    const branch = way(rows.get(group, HASH), shift);
    const there = rows.get(fork, branch);
    if (rows.get(there, KIND) === FORK) {
      this.#removeBelow(there, group, shift + BITS);
      if (!this.#isBare(there)) return;
      rows.release(there);
      rows.set(fork, branch, 0);
    } else if (there === group) {
      rows.set(fork, branch, rows.get(group, CHAIN));
    } else {
      let before = there;
      while (rows.get(before, CHAIN) !== group) before = rows.get(before, CHAIN);
      rows.set(before, CHAIN, rows.get(group, CHAIN));
    }
  }

  #isBare(fork: RowNumber): boolean {
    for (let branch = 0; branch < WAYS; branch++) if (this.#rows.get(fork, branch) !== 0) return false;
    return true;
  }

  #makeFork(): RowNumber {
    const fork = this.#rows.alloc();
    for (let branch = 0; branch < WAYS; branch++) this.#rows.set(fork, branch, 0);
    this.#rows.set(fork, KIND, FORK);
    return fork;
  }
}

const way = (hash: number, shift: number): number => (hash >>> shift) & (WAYS - 1);

function hashOf(body: RowNumber, name: string): number {
  const hash = Math.imul(hashText(name) ^ body, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
