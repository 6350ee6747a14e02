/**
 * A session that also tells what the person does with time: `you/Paused`, `you/Stepped`, `you/LookedBack`. These are
 * events for conditions only; the world knows nothing of them.
 */
import type { Instant } from '../engine/units.ts';
import type { WorldView } from '../projection/snapshot.ts';
import { WorldSession } from '../session/session.ts';
import type { Done, Position } from '../session/sessionTypes.ts';

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

  override pause(): void {
    const wasPaused = this.paused;
    super.pause();
    if (!wasPaused) this.you.tell('Paused');
  }

  override step(): Done {
    const done = super.step();
    if (done.ok) this.you.tell('Stepped');
    return done;
  }

  override goTo(position: Position | Instant): Done {
    const done = super.goTo(position);
    if (done.ok && this.world.past) this.you.tell('LookedBack');
    return done;
  }
}
