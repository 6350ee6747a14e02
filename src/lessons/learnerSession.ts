/**
 * A session that also tells what the person does with time: `you/Paused`, `you/Stepped`, `you/LookedBack`. These are
 * events for conditions only; the world knows nothing of them.
 */
import type { Instant } from '../engine/units.ts';
import type { WorldView } from '../projection/snapshot.ts';
import { WorldSession } from '../session/session.ts';
import type { Done, Position } from '../session/sessionTypes.ts';

export type YouDid = 'Paused' | 'Stepped' | 'LookedBack' | 'Forked' | 'Compared' | 'AskedWhy' | 'Opened';

export class LearnerSession extends WorldSession {
  /** Told after it was done. */
  onYou: (did: YouDid) => void = () => {};
  #eventsSeen = 0;

  /** A command takes effect at once: a watcher told of it must not see the world of before. */
  override view(): WorldView {
    const { count } = this.world.simulation.log;
    if (count !== this.#eventsSeen) this.version++;
    this.#eventsSeen = count;
    return super.view();
  }

  override pause(): void {
    const wasPaused = this.paused;
    super.pause();
    if (!wasPaused) this.onYou('Paused');
  }

  override step(): Done {
    const done = super.step();
    if (done.ok) this.onYou('Stepped');
    return done;
  }

  override goTo(position: Position | Instant): Done {
    const done = super.goTo(position);
    if (done.ok && this.world.past) this.onYou('LookedBack');
    return done;
  }
}
