/** Going to other places of a world: back, to the head, to another branch, and undo. */
import type { Timeline } from '../engine/timeline.ts';
import { type Instant, instant } from '../engine/units.ts';
import type { Done, Position } from './sessionTypes.ts';

/** What a jump asks of its session. */
export interface Traveller {
  /** A jump ends what waits, for it belongs to another instant. */
  leave(): void;
  /** We are elsewhere, and the clock stands still. */
  arrive(): void;
  /** The branch changed: what was remembered of later no longer counts. */
  rewound(): void;
  /** Is here a place to act from? */
  mayAct(): Done;
}

export const DONE: Done = { ok: true };
export const no = (why: string): Done => ({ ok: false, why });

/** A branch's name on the screen stays short. */
const NAME_MAX = 40;

export class Travel {
  readonly #world: Timeline;
  readonly #traveller: Traveller;

  constructor(world: Timeline, traveller: Traveller) {
    this.#world = world;
    this.#traveller = traveller;
  }

  goTo(position: Position | Instant): Done {
    const { head } = this.#world.current;
    const at = typeof position === 'number' ? position : position.at;
    if (at < 0) return no('the world begins at 00:00:00: there is nothing before it');
    if (at > head.at) return no('that has not happened yet: skip ahead instead');
    const commands = typeof position === 'number' ? Number.MAX_SAFE_INTEGER : position.commands;
    if (!this.#world.reaches({ at: instant(at), commands })) {
      return no('that is forgotten: this world keeps its last minutes only');
    }
    this.#traveller.leave();
    if (typeof position === 'number') this.#world.goToInstant(position);
    else this.#world.goTo(position);
    this.#traveller.arrive();
    return DONE;
  }

  toHead(): Done {
    if (!this.#world.past) return no('this is the present');
    return this.goTo(this.#world.current.head);
  }

  /** To the instant of the last event before this one. */
  back(): Done {
    const { log, now } = this.#world.simulation;
    for (let sequence = log.count - 1; sequence >= log.first; sequence--) {
      const event = log.at(sequence)!;
      if (event.at < now) return this.goTo(event.at);
    }
    return now > 0 ? this.goTo(instant(0)) : no('the world begins here');
  }

  fork(name?: string): Done {
    const allowed = this.#traveller.mayAct();
    if (!allowed.ok) return allowed;
    this.#traveller.leave();
    const wasPast = this.#world.past;
    this.#world.fork(name);
    if (wasPast) this.#traveller.rewound();
    return DONE;
  }

  switchTo(branch: number): Done {
    if (this.#world.branches[branch] === undefined) return no(`there is no branch ${branch}`);
    this.#traveller.leave();
    this.#world.switchTo(branch);
    this.#traveller.rewound();
    return DONE;
  }

  /** Back to before the last command of `by`, and a fork from there. */
  undo(by: string): Done {
    const { journal } = this.#world.current;
    const { commands } = this.#world.position;
    for (let index = commands - 1; index >= 0; index--) {
      const { at, by: whose, line } = journal.given(index);
      if (line === undefined || whose !== by) continue;
      const gone = this.goTo({ at, commands: index });
      return gone.ok ? this.fork(`without ${line}`.slice(0, NAME_MAX)) : gone;
    }
    return no('there is no command of yours to undo');
  }
}
