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

export function remembers(memory: IdMemory, messageId: string): boolean {
  const id = numberOf(messageId);
  return memory.newest.has(id) || memory.sealed.some(({ ids }) => includes(ids, id));
}

export function remember(memory: IdMemory, messageId: string): void {
  if (memory.newest.size >= GENERATION) {
    const ids = [...memory.newest].sort((a, b) => a - b);
    const kept = memory.sealed.slice(0, SEALED_MAX - 1);
    memory.sealed = Object.freeze([Object.freeze({ ids }), ...kept]);
    memory.newest = new Set();
  }
  memory.newest.add(numberOf(messageId));
}

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
