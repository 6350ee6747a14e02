/** Who hears of every instant at which something happened: lessons, and a line that waits for a condition. */
import type { Timeline } from '../engine/timeline.ts';
import type { Instant } from '../engine/units.ts';
import type { EventView } from '../projection/snapshot.ts';
import type { Watcher } from './sessionTypes.ts';
import type { WorldWindow } from './worldWindow.ts';

export class Watchers {
  readonly #world: Timeline;
  readonly #window: WorldWindow;
  readonly #watchers = new Set<Watcher>();
  /** How many events have been told. */
  #told: number;

  constructor(world: Timeline, window: WorldWindow) {
    this.#world = world;
    this.#window = window;
    this.#told = world.simulation.log.count;
  }

  add(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Tells what happened since the last time; true: somebody wants time held. Nobody is told of the past. */
  tell(observe: ((event: EventView) => void) | undefined): boolean {
    if (this.#world.past) return false;
    const { log } = this.#world.simulation;
    const interested = this.#watchers.size > 0 || observe !== undefined;
    const fresh = log.count - this.#told;
    const events = interested && fresh > 0 ? this.#window.events(this.#told, fresh) : [];
    this.#told = log.count;
    log.keepFrom = interested ? log.count : Number.POSITIVE_INFINITY;
    if (observe !== undefined) for (const event of events) observe(event);
    let hold = false;
    for (const watcher of this.#watchers) {
      if (watcher.observe(events, this.#window.look) === 'hold') hold = true;
    }
    return hold;
  }

  /** After a fork in the past: what came later no longer counts. */
  rewound(): void {
    const { log, now } = this.#world.simulation;
    this.#told = log.count;
    for (const watcher of this.#watchers) watcher.rewound?.(log.count, now);
  }

  /** The instants at which somebody must be asked even if nothing happens. */
  *wakeTimes(now: Instant): Generator<Instant> {
    if (this.#world.past) return;
    for (const watcher of this.#watchers) {
      const at = watcher.wakeAt?.(now);
      if (at !== undefined) yield at;
    }
  }
}
