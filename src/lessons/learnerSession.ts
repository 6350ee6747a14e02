/**
 * A session that also tells what the person does with time: `you/Paused`, `you/Stepped`, `you/LookedBack`. These are
 * events for conditions only; the world knows nothing of them.
 */
import type { Instant } from '../engine/units.ts';
import { WorldSession } from '../session/session.ts';
import type { Done, Position } from '../session/sessionTypes.ts';

export type YouDid = 'Paused' | 'Stepped' | 'LookedBack' | 'Forked' | 'Compared' | 'AskedWhy' | 'Opened';

export class LearnerSession extends WorldSession {
  /** Told after it was done. */
  onYou: (did: YouDid) => void = () => {};

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
