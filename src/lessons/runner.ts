/**
 * Plays a lesson over a world of its own: begins steps, watches for goals, gives hints, and remembers predictions.
 *
 * Theory of operation. The lesson's own lines (`setup`, `enter`) run while nobody watches; then a `StepRun` is made,
 * whose judges see every instant from there on. When the step is decided, time stands: the clock is paused, a `sleep`
 * that runs is given up, while a call still gets its answer. A step remembers the place at which it began, so that
 * reset, jump and a fork in an earlier step are all "back to that place".
 */

import type { EventView, Look } from '../projection/snapshot.ts';
import type { Done } from '../session/sessionTypes.ts';
import type { LearnerSession, YouDid } from './learnerSession.ts';
import type { Step } from './lesson.ts';
import { LessonSession, type PaceNow, paceOf } from './lessonSession.ts';
import type { CourseLesson } from './load.ts';
import type { ProgressRecord } from './progress.ts';
import { ReviewRun } from './reviewRun.ts';
import type { Played, RunnerOptions } from './runnerOptions.ts';
import { pictureOf } from './runnerPicture.ts';
import type { RunnerView } from './runnerView.ts';
import { type Place, StepRun } from './stepRun.ts';

const DONE: Done = { ok: true };
const no = (why: string): Done => ({ ok: false, why });
const EVENTS_ALL = Number.MAX_SAFE_INTEGER;

export class LessonRunner {
  readonly options: RunnerOptions;
  #world!: LessonSession;
  /** The steps that have begun, in order; the last one is the current one. */
  #runs: StepRun[] = [];
  #lessonStart!: Place;
  #phase: RunnerView['phase'] = 'steps';
  #review!: ReviewRun;
  #proved = new Set<string>();
  #freePlay: { readonly branch: number; readonly paused: boolean } | undefined;
  /** How time went before the step was decided. */
  #paceBefore: PaceNow = { paused: true, speed: 1 };
  #listeners = new Set<() => void>();
  #picture: { readonly version: number; readonly view: RunnerView } | undefined;
  #changes = 0;

  constructor(options: RunnerOptions) {
    this.options = options;
    this.#open();
  }

  /** The lesson's world. Another one after `resetLesson`. */
  get session(): LearnerSession {
    return this.#world.session;
  }

  get current(): StepRun {
    return this.#runs.at(-1)!;
  }

  get runs(): readonly StepRun[] {
    return this.#runs;
  }

  get lesson(): CourseLesson {
    return this.options.lesson;
  }

  get phase(): RunnerView['phase'] {
    return this.#phase;
  }

  get problem(): string | undefined {
    return this.#world.problem;
  }

  get freePlaying(): boolean {
    return this.#freePlay !== undefined;
  }

  get review(): ReviewRun {
    return this.#review;
  }

  get proved(): ReadonlySet<string> {
    return this.#proved;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  view(): RunnerView {
    const version = this.session.version + this.#changes;
    if (this.#picture?.version !== version) this.#picture = { version, view: pictureOf(this) };
    return this.#picture.view;
  }

  /** Ends the lesson: the world is no longer watched. */
  close(): void {
    this.#world.close();
    this.#listeners.clear();
  }

  // What a learner does.

  /** Answers the step's question: the places of the choices in the file. */
  predict(chosen: readonly number[]): Done {
    const { step } = this.current;
    if (step.predict === undefined) return no('this step asks nothing beforehand');
    if (this.current.predicted !== undefined) return no('it is answered already');
    this.current.predicted = [...chosen];
    if (step.goal === undefined) this.#completed('done');
    else if (!this.current.complete) this.#goAtPace();
    this.#changed();
    return DONE;
  }

  /** The next hint. */
  hint(): Done {
    const { current } = this;
    if (current.hintsShown >= (current.step.hints?.length ?? 0))
      return no('there are no more hints: show the solution');
    current.hintsShown++;
    this.#changed();
    return DONE;
  }

  showSolution(): Done {
    if (this.current.step.solution === undefined) return no('this step has nothing to solve');
    this.current.solutionShown = true;
    this.#changed();
    return DONE;
  }

  /** On to the next step, the next question, or the summary. */
  goOn(): Done {
    if (this.#phase === 'review') {
      if (!this.#review.answered) return no('answer the question first');
      this.#review.index++;
      if (this.#review.finished) this.#finish();
      this.#changed();
      return DONE;
    }
    if (this.#phase === 'summary') return no('the lesson is finished');
    if (!this.current.complete)
      return no(this.current.spoiled ? 'reset the step first' : 'the step is not done yet');
    if (this.current.step.goal === undefined) this.#paceBefore = this.current.pace;
    const next = this.lesson.lesson.steps[this.current.index + 1];
    if (next !== undefined) this.#begin(next, this.current.index + 1);
    else if (this.#review.finished) this.#finish();
    else this.#phase = 'review';
    this.#changed();
    return DONE;
  }

  /** Answers the review question asked now. */
  answer(chosen: readonly number[]): Done {
    const answered = this.#phase === 'review' ? this.#review.answer(chosen) : undefined;
    if (answered === undefined) return no('there is no question to answer now');
    this.#record({ type: 'asked', ...answered });
    this.#changed();
    return DONE;
  }

  /** Back to the instant after `enter`. */
  resetStep(): Done {
    if (this.#freePlay !== undefined) return no('leave free play first');
    const { current } = this;
    this.#world.backTo(current.start, `again: ${current.step.id}`);
    const again = this.#makeRun(current.step, current.index, current.start);
    again.hintsShown = current.hintsShown;
    again.predicted = current.complete ? undefined : current.predicted;
    this.#runs[this.#runs.length - 1] = again;
    this.#phase = 'steps';
    again.pace = current.pace;
    again.variables = current.variables;
    this.#world.variables = again.variables;
    this.#goAtPace();
    this.#changed();
    return DONE;
  }

  /** A new world, from the beginning. */
  resetLesson(): Done {
    this.#world.close();
    this.#open();
    this.#changed();
    return DONE;
  }

  /** Runs the solution; the step counts as skipped, never as done. */
  skip(): Done {
    const { current } = this;
    if (!this.#maySkip(current.step))
      return no('this course does not allow to skip: solve the step; hint and reset help');
    if (this.#freePlay !== undefined) return no('leave free play first');
    if (current.complete) return this.goOn();
    this.resetStep();
    this.current.skipped = true;
    if (current.step.solution !== undefined) this.play(current.step.solution);
    this.#completed('skipped');
    this.#changed();
    return DONE;
  }

  /** To any step: steps on the way are skipped; an earlier one begins again where it began. */
  jump(id: string): Done {
    const target = this.lesson.lesson.steps.findIndex((step) => step.id === id);
    if (target < 0) return no(`there is no step ${id}`);
    if (this.#freePlay !== undefined) return no('leave free play first');
    this.#phase = 'steps';
    if (target < this.#runs.length) {
      this.#runs.length = target + 1;
      return this.resetStep();
    }
    while (this.current.index < target) {
      if (!this.current.complete) {
        const skipped = this.skip();
        if (!skipped.ok) return skipped;
      }
      const next = this.goOn();
      if (!next.ok) return next;
    }
    return DONE;
  }

  /** Something a screen saw the learner do: `Opened` a pane, `AskedWhy` about a message. */
  noteYou(did: YouDid, about?: string): void {
    this.#world.you(did, about);
  }

  /** From here on the world is a copy to play with. */
  freePlay(): Done {
    if (this.#freePlay !== undefined) return no('this is free play');
    this.#freePlay = { branch: this.session.timeline().current, paused: this.session.paused };
    const forked = this.session.fork('free play');
    if (!forked.ok) this.#freePlay = undefined;
    this.#changed();
    return forked;
  }

  /** Back to the step: `keep` what happened, or `restore` the world as it was. */
  endFreePlay(how: 'keep' | 'restore'): Done {
    const left = this.#freePlay;
    if (left === undefined) return no('this is no free play');
    this.#freePlay = undefined;
    if (how === 'restore') {
      const back = this.session.switchTo(left.branch);
      if (!back.ok) return back;
    }
    this.#world.setPace({ paused: left.paused, speed: this.session.speed });
    if (this.current.met !== undefined) this.#decided();
    this.#changed();
    return DONE;
  }

  /**
   * Gives lines at the prompt as the learner would, until the goal is met, one is refused, or they are at an end.
   * Time leaps.
   */
  play(lines: readonly string[]): Played {
    const refused = this.#world.play(lines, () => this.current.met !== undefined);
    return { met: this.current.met !== undefined, ...(refused === undefined ? {} : { refused }) };
  }

  // How a lesson goes.

  #open(): void {
    const { course, lesson, worlds } = this.options;
    this.#runs = [];
    this.#picture = undefined;
    this.#phase = 'steps';
    this.#review = new ReviewRun(lesson.id, lesson.lesson.review);
    this.#freePlay = undefined;
    this.#world = new LessonSession(worlds, lesson.lesson, (path) => course.fileOf(lesson.track, path), {
      observe: (events, world) => (this.#observe(events, world) ? 'hold' : undefined),
      wakeAt: (now) => this.#runs.at(-1)?.wakeAt(now),
      rewound: (eventCount, now) => this.#rewound(eventCount, now),
      changed: () => this.#tellListeners(),
    });
    const { setup = [], pace = 'x1' } = lesson.lesson.world;
    this.#world.ownLines(setup);
    // The lines that built a case would give its cause away.
    if (lesson.lesson.kind === 'lab') this.session.clearConsole();
    this.#lessonStart = this.#world.place();
    this.#paceBefore = paceOf(pace, this.#world.pace);
    this.#begin(lesson.lesson.steps[0]!, 0);
  }

  /** Whoever looks back at the end of a step begins the next in the present, unless looking back was the step. */
  #begin(step: Step, index: number): void {
    const staysInPast = this.#runs.at(-1)?.met?.past === true;
    this.#world.standStill(staysInPast);
    this.#world.ownLines(step.enter ?? []);
    const run = this.#makeRun(step, index, this.#world.place());
    this.#runs.push(run);
    const pace = step.pace === undefined ? this.#paceBefore : paceOf(step.pace, this.#world.pace);
    run.pace = pace;
    run.variables = this.#world.variables;
    this.#record({ type: 'at', lesson: this.lesson.id, step: step.id });
    run.observe(
      [],
      () => this.session.view(),
      () => this.#world.place(),
    );
    run.metAtStart = run.met !== undefined;
    this.#goAtPace();
    if (run.met !== undefined || run.spoiled !== undefined) this.#decided();
  }

  #makeRun(step: Step, index: number, start: Place): StepRun {
    return new StepRun(step, index, start, (place) => {
      const from =
        place === 'lesson' ? this.#lessonStart : this.#runs.find((run) => run.step.id === place)?.start;
      if (from === undefined) return undefined;
      const events = this.session.events(from.eventCount, EVENTS_ALL);
      return { at: from.at, events: events.filter((event) => event.sequence < start.eventCount) };
    });
  }

  /** The step's question waits for its answer. */
  get #asks(): boolean {
    return this.current.step.predict !== undefined && this.current.predicted === undefined;
  }

  /** The step's own pace; time stands while its question waits. */
  #goAtPace(): void {
    const { paused, speed } = this.current.pace;
    this.#world.setPace({ paused: paused || this.#asks, speed });
  }

  /** True: time stands at this instant. */
  #observe(events: readonly EventView[], world: Look): boolean {
    const { current } = this;
    if (
      current === undefined ||
      !current.observe(events, world, () => this.#world.place(), this.session.world.past)
    )
      return false;
    if (this.#freePlay !== undefined) return false;
    this.#decided();
    return this.session.running?.wait.type !== 'request';
  }

  /** The goal is met, or the step is spoiled: time stands until the learner goes on. */
  #decided(): void {
    this.#paceBefore = this.#asks ? this.current.pace : this.#world.pace;
    this.#world.stopHere();
    if (this.current.met !== undefined && !this.current.skipped) this.#completed('done');
    this.#changed();
  }

  #completed(status: 'done' | 'skipped'): void {
    const { step } = this.current;
    this.#record({ type: 'step', lesson: this.lesson.id, step: step.id, status });
    if (status === 'skipped') return;
    for (const fact of step.shows ?? []) {
      this.#proved.add(fact);
      this.#record({ type: 'proved', fact, step: `${this.lesson.id}#${step.id}` });
    }
  }

  #finish(): void {
    this.#phase = 'summary';
    this.#record({ type: 'finished', lesson: this.lesson.id });
  }

  /**
   * The learner forked in the past: what came later no longer counts. Steps that put something into the world after
   * that instant have to begin again; others go on from where the fork is.
   */
  #rewound(eventCount: number, now: Place['at']): void {
    const isLater = ({ start }: StepRun): boolean => start.at > now || start.eventCount > eventCount;
    let kept = this.#runs.length;
    while (kept > 0 && isLater(this.#runs[kept - 1]!)) kept--;
    const lost = this.#runs.slice(kept);
    if (kept > 0 && lost.some(({ step }) => step.enter !== undefined)) this.#runs.length = kept;
    else if (lost.length > 0) this.current.start = this.#world.place();
    this.current.rewind(now, eventCount);
    this.#phase = 'steps';
    this.#changed();
  }

  #maySkip(step: Step): boolean {
    return this.options.course.allowSkip || this.options.passed?.(step.id) === true;
  }

  #record(entry: ProgressRecord): void {
    this.options.onRecord?.(entry);
  }

  #changed(): void {
    this.#changes++;
    this.#tellListeners();
  }

  #tellListeners(): void {
    for (const listener of this.#listeners) listener();
  }
}
