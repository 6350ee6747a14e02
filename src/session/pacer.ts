/**
 * Ties a session's virtual time to the wall: each tick lets pass what the wall has counted, times the speed. When a
 * world is too busy to keep up, a tick gives up after its budget and the rest of that wall time is forgotten.
 */
import { type Milliseconds, milliseconds } from '../engine/units.ts';
import type { Session } from './sessionTypes.ts';

/** Wall time one tick may take before the screen must be painted. */
const BUDGET_MS = 50;
/** A machine that slept does not make up for it. */
const GAP_MAX_MS = 1_000;

export class Pacer {
  readonly #session: Session;
  readonly #wall: () => number;
  #last: number;
  /** Parts of a virtual millisecond that have not passed yet. */
  #rest = 0;
  /** Virtual time per wall time that the last tick reached, where it could not keep up. */
  lag: { readonly wanted: number; readonly reached: number } | undefined;

  /** `wall` gives milliseconds of a clock that never goes back. */
  constructor(session: Session, wall: () => number) {
    this.#session = session;
    this.#wall = wall;
    this.#last = wall();
  }

  tick(): void {
    const start = this.#wall();
    const passed = Math.min(start - this.#last, GAP_MAX_MS);
    this.#last = start;
    if (!this.#session.moving) {
      this.#rest = 0;
      this.lag = undefined;
      return;
    }
    const due = passed * this.#session.speed + this.#rest;
    const whole = Math.floor(due);
    this.#rest = due - whole;
    if (whole === 0) return;
    const before = this.#session.position.at;
    this.#session.advance(milliseconds(whole) as Milliseconds, () => this.#wall() - start > BUDGET_MS);
    const reached = this.#session.position.at - before;
    const late = this.#session.moving && reached < whole;
    this.lag = late ? { wanted: this.#session.speed, reached: reached / passed } : undefined;
  }
}
