/** One step while it is played: its judges, what is met, what is spoiled, and what the learner asked for. */
import type { Instant } from '../engine/units.ts';
import { createJudge, type Judge, type JudgeStart, type Verdict } from '../projection/condition.ts';
import type { EventView, Look, WorldView } from '../projection/snapshot.ts';
import type { Position } from '../session/sessionTypes.ts';
import type { Step } from './lesson.ts';

/** A place in a world: where it is, and how many events had happened. */
export interface Place {
  readonly position: Position;
  readonly at: Instant;
  readonly eventCount: number;
  /** The branch it was reached on. */
  readonly branch: number;
  /** It was looked back at: the branch had gone further. */
  readonly past: boolean;
}

/** When a step was decided. */
type Moment = Pick<Place, 'at' | 'eventCount'>;

export interface Spoiled extends Moment {
  readonly text: string;
}

type World = WorldView | Look;

export class StepRun {
  readonly step: Step;
  readonly index: number;
  /** Where it began; where a fork in the past set it on again. */
  start: Place;
  met: Omit<Place, 'position'> | undefined;
  /** The goal was met before the learner did anything: earlier play did it, or the lesson is wrong. */
  metAtStart = false;
  spoiled: Spoiled | undefined;
  skipped = false;
  predicted: readonly number[] | undefined;
  hintsShown = 0;
  solutionShown = false;
  /** How time goes when the step begins. */
  pace: { readonly paused: boolean; readonly speed: number } = { paused: true, speed: 1 };
  /** The prompt's variables when the step began. */
  variables: readonly (readonly [string, string])[] = [];
  readonly #goal: Judge | undefined;
  readonly #nevers: readonly { readonly judge: Judge; readonly text: string }[];

  constructor(step: Step, index: number, start: Place, since: NonNullable<JudgeStart['since']>) {
    this.step = step;
    this.index = index;
    this.start = start;
    const begin: JudgeStart = { at: start.at, since };
    this.#goal = step.goal === undefined ? undefined : createJudge(step.goal, begin);
    this.#nevers = (step.never ?? []).map((condition) => ({
      judge: createJudge(condition, begin),
      text: condition.else ?? 'This takes the step’s point away. Reset the step to try again.',
    }));
  }

  /** Is there nothing more to do in this step? */
  get complete(): boolean {
    if (this.step.goal === undefined) return this.predicted !== undefined || this.skipped;
    return this.met !== undefined || this.skipped;
  }

  /**
   * Events and the world at the end of an instant. True when the step was decided by it. While looking back, only
   * what forgets nothing is judged.
   */
  observe(
    events: readonly EventView[],
    world: Look,
    place: () => Omit<Place, 'position'>,
    past = false,
  ): boolean {
    for (const event of events) {
      this.#goal?.observe(event);
      for (const never of this.#nevers) never.judge.observe(event);
    }
    if (this.met !== undefined || this.spoiled !== undefined) return false;
    if (past && [this.#goal, ...this.#nevers.map(({ judge }) => judge)].some((judge) => judge?.remembers))
      return false;
    for (const { judge, text } of this.#nevers) {
      if (!judge.met(world)) continue;
      const { at, eventCount } = place();
      this.spoiled = { text, at, eventCount };
      return true;
    }
    if (this.#goal?.met(world) !== true) return false;
    this.met = place();
    return true;
  }

  verdict(world: World): Verdict | undefined {
    return this.#goal?.judge(world);
  }

  wakeAt(now: Instant): Instant | undefined {
    if (this.met !== undefined || this.spoiled !== undefined) return undefined;
    let next = this.#goal?.needsTimeAt(now);
    for (const { judge } of this.#nevers) {
      const at = judge.needsTimeAt(now);
      if (at !== undefined && (next === undefined || at < next)) next = at;
    }
    return next;
  }

  /** Forgets what came after the world's first `eventCount` events, or at `now` and later. */
  rewind(now: Instant, eventCount: number): void {
    this.#goal?.rewind(now, eventCount);
    for (const { judge } of this.#nevers) judge.rewind(now, eventCount);
    const isLater = (what: Moment | undefined): boolean =>
      what !== undefined && (what.eventCount > eventCount || what.at > now);
    if (isLater(this.met)) this.met = undefined;
    if (isLater(this.spoiled)) this.spoiled = undefined;
  }
}
