/**
 * Lets virtual time follow the wall without a screen: one timer at most, set for the next instant at which something
 * is due. Before a call is served, time catches up with the wall.
 */
import { instant, type Milliseconds } from '../engine/units.ts';
import { Pacer } from '../session/pacer.ts';
import type { WorldSession } from '../session/session.ts';

export interface Wall {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Calls `work` once; gives back what calls it off. */
  later(milliseconds: number, work: () => void): () => void;
}

/** Without anything due, time is let pass this often: a long rest is then no leap. */
const REST_MS = 500;

export class WallClock {
  readonly #session: WorldSession;
  readonly #wall: Wall;
  /** Shared with a screen that shows the world. */
  readonly pacer: Pacer;
  readonly #unsubscribe: () => void;
  /** So much of the past is kept; undefined: all. */
  readonly #keeps: Milliseconds | undefined;
  /** When something was last forgotten. */
  #forgotAt = 0;
  #callOff: (() => void) | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #busy = false;
  #ended = false;

  constructor(session: WorldSession, wall: Wall, keeps?: Milliseconds) {
    this.#keeps = keeps;
    this.#session = session;
    this.#wall = wall;
    this.pacer = new Pacer(session, () => wall.now());
    this.#unsubscribe = session.subscribe(() => this.#arm());
    this.#arm();
  }

  catchUp(): void {
    this.#busy = true;
    this.pacer.tick();
    this.#busy = false;
    this.#forget();
  }

  /** At most as often as so much time has passed: each time costs a checkpoint. */
  #forget(): void {
    const { now } = this.#session;
    if (this.#keeps === undefined || now - this.#forgotAt < this.#keeps) return;
    this.#forgotAt = now;
    this.#session.world.forgetBefore(instant(now - this.#keeps));
  }

  end(): void {
    this.#ended = true;
    this.#unsubscribe();
    this.#callOff?.();
  }

  #tick(): void {
    this.#callOff = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.catchUp();
    this.#arm();
  }

  #arm(): void {
    if (this.#busy || this.#ended) return;
    const session = this.#session;
    const due = session.moving ? session.nextDue() : undefined;
    const untilDue = due === undefined ? REST_MS : Math.max(0, (due - session.now) / session.speed);
    const wait = Math.min(REST_MS, Math.ceil(untilDue));
    const at = this.#wall.now() + wait;
    if (this.#callOff !== undefined && at >= this.#dueAt) return;
    this.#callOff?.();
    this.#dueAt = at;
    this.#callOff = this.#wall.later(wait, () => this.#tick());
  }
}
