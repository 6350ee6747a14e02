/** A session whose watchers, when they hear what the person does, see the world as it is at that very moment. */
import type { WorldView } from '../projection/snapshot.ts';
import { WorldSession } from '../session/session.ts';

export type { YouDid } from '../session/you.ts';

export class LearnerSession extends WorldSession {
  #eventsSeen = 0;

  /** A command takes effect at once: a watcher told of it must not see the world of before. */
  override view(): WorldView {
    const { count } = this.world.simulation.log;
    if (count !== this.#eventsSeen) this.version++;
    this.#eventsSeen = count;
    return super.view();
  }
}
