/** A broken invariant: our bug, never the user's. It stops the simulation; the session offers to save the journal. */
class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

/** `what` as a function where it is put together of parts: most invariants hold, and are asked a million times. */
export function assert(condition: unknown, what: string | (() => string)): asserts condition {
  if (!condition) throw new InvariantBroken(typeof what === 'string' ? what : what());
}

/** Closes a discriminated union: the compiler proves that no case is left. */
export function unreachable(value: never): never {
  throw new InvariantBroken(`unreachable: ${JSON.stringify(value)}`);
}
