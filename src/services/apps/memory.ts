/**
 * Which messages an app has already dealt with. Bounded: two generations of ids; when the newer one is full the
 * older is forgotten.
 *
 * SIMPLER THAN AWS: a real idempotent consumer keeps ids in a table for as long as a duplicate may come; this one
 * remembers the last 32,768 to 65,536.
 */
const GENERATION = 32_768;

export interface IdMemory {
  newer: Set<string>;
  /** Frozen by convention once it stops growing, so that checkpoints share it. */
  older: Set<string>;
}

export const idMemory = (): IdMemory => ({ newer: new Set(), older: Object.freeze(new Set<string>()) });

export const remembers = (memory: IdMemory, id: string): boolean =>
  memory.newer.has(id) || memory.older.has(id);

export function remember(memory: IdMemory, id: string): void {
  if (memory.newer.size >= GENERATION) {
    memory.older = Object.freeze(memory.newer);
    memory.newer = new Set();
  }
  memory.newer.add(id);
}
