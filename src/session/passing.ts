/** How time goes on in a session: to the next instant at which anything can happen. */
import type { Timeline } from '../engine/timeline.ts';
import type { Instant } from '../engine/units.ts';
import type { Done } from './sessionTypes.ts';
import { DONE, no } from './travel.ts';

const STEP_TRIES = 10_000;

/** The earliest of what is due in the world and what others wait for after `now`. */
export function earliest(
  due: Instant | undefined,
  now: Instant,
  others: Iterable<Instant | undefined>,
): Instant | undefined {
  let next = due;
  for (const at of others) if (at !== undefined && at > now && (next === undefined || at < next)) next = at;
  return next;
}

/** To where something happens: some timers look and find nothing to do. */
export function stepOn(world: Timeline, settle: () => void): Done {
  const { log } = world.simulation;
  const before = log.count;
  for (let tries = 0; tries < STEP_TRIES && log.count === before; tries++) {
    const due = world.nextDue();
    if (due === undefined) return no('nothing is due: start an app, or give a command');
    world.runInstant(due);
    settle();
  }
  return DONE;
}
