/**
 * Which messages an app has already dealt with. Bounded: ids are kept in generations; a full one is sealed, and the
 * oldest is forgotten when there are too many. Sealed generations never change, so checkpoints share them and copy
 * only the newest.
 *
 * SIMPLER THAN AWS: a real idempotent consumer keeps ids in a table for as long as a duplicate may come; this one
 * remembers the last 61,440 to 65,536.
 */
const GENERATION = 4_096;
const SEALED_MAX = 15;

export interface IdMemory {
  newest: Set<string>;
  /** Newest first; frozen, list and sets. */
  sealed: readonly ReadonlySet<string>[];
}

export const idMemory = (): IdMemory => ({ newest: new Set(), sealed: Object.freeze([]) });

export function remembers(memory: IdMemory, id: string): boolean {
  return memory.newest.has(id) || memory.sealed.some((generation) => generation.has(id));
}

export function remember(memory: IdMemory, id: string): void {
  if (memory.newest.size >= GENERATION) {
    const kept = memory.sealed.slice(0, SEALED_MAX - 1);
    memory.sealed = Object.freeze([Object.freeze(memory.newest), ...kept]);
    memory.newest = new Set();
  }
  memory.newest.add(id);
}
