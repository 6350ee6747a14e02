/**
 * What a person does beside the world: `you/Paused`, `you/AskedWhy` and so on. These are events for conditions only;
 * the world knows nothing of them.
 */
import type { Instant } from '../engine/units.ts';
import type { EventView } from '../projection/snapshot.ts';

export type YouDid = 'Paused' | 'Stepped' | 'LookedBack' | 'Forked' | 'Compared' | 'AskedWhy' | 'Opened';

export class You {
  readonly #now: () => Instant;
  readonly #listeners = new Set<(event: EventView, did: YouDid, about: string | undefined) => void>();

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** Tells who listens. Such an event comes before all others: no fork forgets it. */
  tell(did: YouDid, about?: string): void {
    const fields = about === undefined ? {} : { about };
    const event = { sequence: -1, at: this.#now(), type: `you/${did}`, by: 'you', fields };
    for (const listener of this.#listeners) listener(event, did, about);
  }

  listen(listener: (event: EventView, did: YouDid, about: string | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
