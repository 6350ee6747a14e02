/** The world of a lesson that is played: opens it, runs the lesson's own lines, goes back, sets the pace. */
import { assert } from '../engine/assert.ts';
import type { Instant } from '../engine/units.ts';
import type { EventView, WorldView } from '../projection/snapshot.ts';
import type { Session } from '../session/sessionTypes.ts';
import type { ReadFile } from '../session/surroundings.ts';
import type { Lesson, Pace } from './lesson.ts';
import type { Place } from './stepRun.ts';
import { type LessonWorlds, NoSuchWorld } from './worlds.ts';

/** What is told of the world while the lesson's own lines are not running. */
export interface LessonObserver {
  observe(events: readonly EventView[], world: () => WorldView): 'hold' | undefined;
  wakeAt(now: Instant): Instant | undefined;
  rewound(eventCount: number, now: Instant): void;
  changed(): void;
}

export interface PaceNow {
  readonly paused: boolean;
  readonly speed: number;
}

export class LessonSession {
  readonly session: Session;
  /** An error of the lesson itself, for whoever plays it. */
  problem: string | undefined;
  /** The lesson's own doing: nothing counts. */
  #quiet = false;
  readonly #stops: readonly (() => void)[];

  constructor(worlds: LessonWorlds, lesson: Lesson, readFile: ReadFile, observer: LessonObserver) {
    this.session = this.#open(worlds, lesson, readFile);
    this.session.pause();
    this.#stops = [
      this.session.watch({
        observe: (events, world) => (this.#quiet ? undefined : observer.observe(events, world)),
        wakeAt: (now) => (this.#quiet ? undefined : observer.wakeAt(now)),
        rewound: (eventCount, now) => {
          if (!this.#quiet) observer.rewound(eventCount, now);
        },
      }),
      this.session.subscribe(() => {
        // A hold has done its work once the call that moved time is over; the pause stays.
        if (this.session.held) this.session.release();
        else observer.changed();
      }),
    ];
  }

  #open(worlds: LessonWorlds, { world, title }: Lesson, readFile: ReadFile): Session {
    try {
      return worlds.open(world, title, readFile);
    } catch (error) {
      if (!(error instanceof NoSuchWorld)) throw error;
      this.problem = error.message;
      const { save: _save, ...plain } = world;
      return worlds.open(plain, title, readFile);
    }
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  /** Runs `setup` or `enter`; time leaps. */
  ownLines(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#quiet = true;
    const entries = this.session.enterAll(lines.join('\n'), 'lesson');
    this.session.drain();
    this.#quiet = false;
    const ids = new Set(entries.map(({ id }) => id));
    for (const { id, line, result } of this.session.console()) {
      if (ids.has(id) && result?.error !== undefined && !result.tolerated) {
        this.problem = `${line} — ${result.error.text}`;
      }
    }
  }

  place(view: WorldView = this.session.view()): Place {
    return { position: this.session.position, at: view.now, eventCount: view.eventCount };
  }

  /** Back to a place of this branch, and on from there. */
  backTo(place: Place, name: string): void {
    this.#quiet = true;
    const back = this.session.goTo(place.position);
    assert(back.ok, 'the place at which a step began is in the past of its world');
    if (this.session.timeline().past) this.session.fork(name);
    this.#quiet = false;
  }

  /** The prompt's variables. */
  get variables(): readonly (readonly [string, string])[] {
    return [...this.session.consoleState.variables];
  }

  set variables(entries: readonly (readonly [string, string])[]) {
    const { variables } = this.session.consoleState;
    variables.clear();
    for (const [name, value] of entries) variables.set(name, value);
  }

  get pace(): PaceNow {
    return { paused: this.session.paused, speed: this.session.speed };
  }

  setPace({ paused, speed }: PaceNow): void {
    if (speed !== this.session.speed) this.session.setSpeed(speed);
    if (paused) this.session.pause();
    else this.session.resume();
  }
}

/** A pace as the format writes it; `paused` keeps the speed for later. */
export const paceOf = (pace: Pace, now: PaceNow): PaceNow =>
  pace === 'paused' ? { paused: true, speed: now.speed } : { paused: false, speed: Number(pace.slice(1)) };
