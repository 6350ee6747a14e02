/**
 * Which messages an app has already dealt with. Bounded: ids are kept in generations; a full one is sealed, and the
 * oldest is forgotten when there are too many. Sealed generations never change, so checkpoints share them and copy
 * only the newest. Of an id its first 52 bits are kept: enough to tell a billion messages apart.
 *
 * SIMPLER THAN AWS: a real idempotent consumer keeps ids in a table for as long as a duplicate may come; this one
 * remembers the last 61,440 to 65,536.
 */
const GENERATION = 4_096;
const SEALED_MAX = 15;

/** Ascending; frozen as a whole, so that the numbers themselves stay a plain array of doubles. */
interface Sealed {
  readonly ids: readonly number[];
}

export interface IdMemory {
  newest: Set<number>;
  /** Newest first. */
  sealed: readonly Sealed[];
}

export const idMemory = (): IdMemory => ({ newest: new Set(), sealed: Object.freeze([]) });

export const remembers = (memory: IdMemory, messageId: string): boolean => has(memory, numberOf(messageId));

/** False: it was known already. */
export function remember(memory: IdMemory, messageId: string): boolean {
  const id = numberOf(messageId);
  if (has(memory, id)) return false;
  if (memory.newest.size >= GENERATION) {
    // One by one: a list spread from a Set holds an object for each number, three times the memory.
    const ids: number[] = [];
    for (const known of memory.newest) ids.push(known);
    ids.sort((a, b) => a - b);
    const kept = memory.sealed.slice(0, SEALED_MAX - 1);
    memory.sealed = Object.freeze([Object.freeze({ ids }), ...kept]);
    memory.newest = new Set();
  }
  memory.newest.add(id);
  return true;
}

const has = (memory: IdMemory, id: number): boolean =>
  memory.newest.has(id) || (maySeal(memory, id) && memory.sealed.some(({ ids }) => includes(ids, id)));

/** A bit for each of the last 20 bits that an id can end in: most ids are new, and nothing is searched for those. */
const SIEVE_BITS = 20;
interface Sieve {
  readonly of: readonly Sealed[];
  readonly bits: Uint32Array;
}
/** By the memory that is asked: those in checkpoints are never asked, and have none. */
const sieves = new WeakMap<IdMemory, Sieve>();

/** Is there a sealed id that ends like this one? */
function maySeal(memory: IdMemory, id: number): boolean {
  if (memory.sealed.length === 0) return false;
  let sieve = sieves.get(memory);
  if (sieve?.of !== memory.sealed) {
    sieve = sieveOf(memory.sealed);
    sieves.set(memory, sieve);
  }
  const place = placeOf(id);
  return (sieve.bits[place >>> 5]! & (1 << (place & 31))) !== 0;
}

function sieveOf(sealed: readonly Sealed[]): Sieve {
  const bits = new Uint32Array(1 << (SIEVE_BITS - 5));
  for (const { ids } of sealed) {
    for (const id of ids) {
      const place = placeOf(id);
      bits[place >>> 5]! |= 1 << (place & 31);
    }
  }
  return { of: sealed, bits };
}

const placeOf = (id: number): number => id & ((1 << SIEVE_BITS) - 1);

/** The first 13 hexadecimal digits of a UUID, its dashes and version left out. */
const numberOf = (messageId: string): number =>
  Number.parseInt(messageId.slice(0, 8) + messageId.slice(9, 13) + messageId.slice(15, 16), 16);

function includes(ids: readonly number[], id: number): boolean {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle]!;
    if (found === id) return true;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
