/** A broken invariant: our bug, never the user's. It stops the simulation; the session offers to save the journal. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new InvariantBroken(what);
}

/** Closes a discriminated union: the compiler proves that no case is left. */
export function unreachable(value: never): never {
  throw new InvariantBroken(`unreachable: ${JSON.stringify(value)}`);
}
