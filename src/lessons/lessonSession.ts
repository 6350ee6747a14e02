/** The world of a lesson that is played: opens it, runs the lesson's own lines, goes back, sets the pace. */
import { assert } from '../engine/assert.ts';
import type { Instant } from '../engine/units.ts';
import type { EventView, Look } from '../projection/snapshot.ts';
import type { ReadFile } from '../session/surroundings.ts';
import type { YouDid } from '../session/you.ts';
import type { LearnerSession } from './learnerSession.ts';
import type { Lesson, Pace } from './lesson.ts';
import type { Played } from './runnerOptions.ts';
import type { Place } from './stepRun.ts';
import { type LessonWorlds, NoSuchWorld } from './worlds.ts';

/** What is told of the world while the lesson's own lines are not running. */
export interface LessonObserver {
  observe(events: readonly EventView[], world: Look): 'hold' | undefined;
  wakeAt(now: Instant): Instant | undefined;
  rewound(eventCount: number, now: Instant): void;
  changed(): void;
}

export interface PaceNow {
  readonly paused: boolean;
  readonly speed: number;
}

export class LessonSession {
  readonly session: LearnerSession;
  /** An error of the lesson itself, for whoever plays it. */
  problem: string | undefined;
  /** The lesson's own doing: nothing counts. */
  #quiet = false;
  readonly #observer: LessonObserver;
  readonly #stops: readonly (() => void)[];

  constructor(worlds: LessonWorlds, lesson: Lesson, readFile: ReadFile, observer: LessonObserver) {
    this.session = this.#open(worlds, lesson, readFile);
    this.#observer = observer;
    this.session.pause();
    this.#stops = [
      this.session.you.listen((_event, did, about) => this.you(did, about)),
      this.session.watch({
        observe: (events, world) => (this.#quiet ? undefined : observer.observe(events, world)),
        wakeAt: (now) => (this.#quiet ? undefined : observer.wakeAt(now)),
        rewound: (eventCount, now) => {
          if (this.#quiet) return;
          observer.rewound(eventCount, now);
          this.you('Forked');
        },
      }),
      this.session.subscribe(() => {
        // A hold has done its work once the call that moved time is over; the pause stays.
        if (this.session.held) this.session.release();
        else observer.changed();
      }),
    ];
  }

  #open(worlds: LessonWorlds, { world, title }: Lesson, readFile: ReadFile): LearnerSession {
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

  /** Something that a person did beside the world; such events are before all others, so that no fork forgets them. */
  you(did: YouDid, about?: string): void {
    if (this.#quiet) return;
    const fields = about === undefined ? {} : { about };
    const event: EventView = { sequence: -1, at: this.session.now, type: `you/${did}`, by: 'you', fields };
    this.#observer.observe([event], () => this.session.view());
  }

  /** Does something on the lesson's behalf: nothing of it counts as the learner's. */
  quietly(act: () => void): void {
    const before = this.#quiet;
    this.#quiet = true;
    act();
    this.#quiet = before;
  }

  /** Gives up what runs, and pauses; in the present, unless the past is meant. */
  standStill(inPast: boolean): void {
    this.quietly(() => {
      this.session.interrupt();
      this.session.pause();
      if (!inPast && this.session.world.past) this.session.toHead();
    });
  }

  /** Pauses, and ends a wait that runs; the learner gave up nothing: the goal came first. */
  stopHere(): void {
    const { running } = this.session;
    this.quietly(() => {
      this.session.pause();
      if (running !== undefined && ['sleep', 'until'].includes(running.wait.type)) this.session.interrupt('');
    });
  }

  /** Runs `setup` or `enter`; time leaps. */
  ownLines(lines: readonly string[]): void {
    if (lines.length === 0) return;
    let entries: ReturnType<LearnerSession['enterAll']> = [];
    this.quietly(() => {
      entries = this.session.enterAll(lines.join('\n'), 'lesson');
      this.session.drain();
    });
    // Lines behind a refused one are dropped, and have no entry.
    const ids = new Set(entries.map((entry) => entry?.id));
    for (const { id, line, result } of this.session.console()) {
      if (ids.has(id) && result?.error !== undefined && !result.tolerated) {
        this.problem = `${line} — ${result.error.text}`;
      }
    }
  }

  /** Lines of the prompt, until `enough` or the first refusal, which is given back. Time leaps. */
  play(lines: readonly string[], enough: () => boolean): Played['refused'] {
    for (const line of lines) {
      if (enough()) break;
      const entered = this.session.enter(line, 'you');
      this.session.drain();
      const { result } = this.session.console().findLast(({ id }) => id === entered.id) ?? entered;
      if (result?.error !== undefined && !result.tolerated) return { line, text: result.error.text };
    }
    return undefined;
  }

  place(): Place {
    const { position, world, now } = this.session;
    const eventCount = world.simulation.log.count;
    return { position, at: now, eventCount, branch: world.current.id, past: world.past };
  }

  /**
   * Back to where a step began, and on from there; to the past if it began while looking back. It is looked for on the
   * branch it was reached on: another may have left that branch before it.
   */
  backTo({ position, branch, past }: Place, name: string): void {
    this.quietly(() => {
      if (this.session.world.current.id !== branch) this.session.switchTo(branch);
      const back = this.session.goTo(position);
      assert(back.ok, 'the place at which a step began is in the past of its branch');
      if (!past && this.session.world.past) this.session.fork(name);
    });
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
    if (paused) this.quietly(() => this.session.pause());
    else this.session.resume();
  }
}

/** A pace as the format writes it; `paused` keeps the speed for later. */
export const paceOf = (pace: Pace, now: PaceNow): PaceNow =>
  pace === 'paused' ? { paused: true, speed: now.speed } : { paused: false, speed: Number(pace.slice(1)) };
