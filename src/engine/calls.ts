/**
 * Calls between submission and answer, by their ids. Ids grow by one and most calls end soon, so a call lies in a ring
 * at its id; one that outlives a turn of the ring moves to a map. Nothing is allocated for a call that does not.
 */
import type { CallId, Request } from './service.ts';
import type { ServiceContext } from './serviceContext.ts';

/** A call between its submission and its answer, as an image has it. Never changed once made. */
export interface CallData {
  readonly id: CallId;
  readonly request: Request;
  /** The service that asked, and what it wants to be told with the answer; undefined: asked from outside. */
  readonly asker: { readonly service: string; readonly token: object } | undefined;
}

export interface Call extends CallData {
  /** Of the service that is called. */
  readonly context: ServiceContext;
}

/** A power of two: some ten milliseconds of a busy world. */
const RING = 1_024;

export class Calls {
  readonly #ring = new Array<Call | undefined>(RING).fill(undefined);
  /** Those that wait for longer. */
  readonly #old = new Map<CallId, Call>();

  add(call: Call): void {
    const place = call.id & (RING - 1);
    const before = this.#ring[place];
    if (before !== undefined) this.#old.set(before.id, before);
    this.#ring[place] = call;
  }

  get(id: CallId): Call | undefined {
    const call = this.#ring[id & (RING - 1)];
    return call?.id === id ? call : this.#old.get(id);
  }

  delete(id: CallId): void {
    const place = id & (RING - 1);
    if (this.#ring[place]?.id === id) this.#ring[place] = undefined;
    else this.#old.delete(id);
  }

  /** In order of submission. */
  entries(): CallData[] {
    const recent = this.#ring.filter((call) => call !== undefined);
    return [...this.#old.values(), ...recent]
      .sort((a, b) => a.id - b.id)
      .map(({ id, request, asker }) => ({ id, request, asker }));
  }
}
