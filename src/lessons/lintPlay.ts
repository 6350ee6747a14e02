/**
 * Proofs by playing: nothing of the lesson is refused, nothing is met by itself, every solution works, and every line
 * of it is needed (lesson format, section 9, proofs 2 to 5).
 */
import { milliseconds } from '../engine/units.ts';
import type { Step } from './lesson.ts';
import type { Course, CourseLesson } from './load.ts';
import { errorIn, type Problem, warningIn } from './problem.ts';
import { LessonRunner } from './runner.ts';
import type { LessonWorlds } from './worlds.ts';

const MEND_LINE = 'mend the line, or end it with || true if a refusal is meant';
const IDLE_MS_MIN = 60_000;
/** A broken system must not mend itself. */
const LAB_IDLE_MS_MIN = 600_000;

export interface PlayReport {
  readonly problems: readonly Problem[];
  /** Virtual time of the solutions together. */
  readonly tookMs: number;
}

export function lintPlay(course: Course, lesson: CourseLesson, worlds: LessonWorlds): PlayReport {
  const proof = new PlayProof(course, lesson, worlds);
  return { problems: proof.run(), tookMs: proof.tookMs };
}

class PlayProof {
  tookMs = 0;
  readonly #file: string;
  readonly #steps: readonly Step[];
  readonly #worlds: LessonWorlds;
  readonly #options: ConstructorParameters<typeof LessonRunner>[0];
  readonly #problems: Problem[] = [];
  readonly #idleMsMin: number;

  constructor(course: Course, lesson: CourseLesson, worlds: LessonWorlds) {
    this.#file = lesson.file;
    this.#steps = lesson.lesson.steps;
    this.#worlds = worlds;
    this.#idleMsMin = lesson.lesson.kind === 'lab' ? LAB_IDLE_MS_MIN : IDLE_MS_MIN;
    this.#options = { course: { ...course, allowSkip: true }, lesson, worlds };
  }

  run(): readonly Problem[] {
    const runner = new LessonRunner(this.#options);
    const digests: string[] = [];
    for (const step of this.#steps) {
      if (!this.#prove(runner, step)) break;
      digests.push(this.#worlds.digest(runner.session));
      runner.goOn();
    }
    runner.close();
    this.#proveAgain(digests);
    return this.#problems;
  }

  /** All proofs of the step that has just begun; leaves it solved. False: what comes after cannot be played. */
  #prove(runner: LessonRunner, step: Step): boolean {
    const at = `steps.${step.id}`;
    if (runner.problem !== undefined) {
      const member = runner.current.index === 0 ? `world.setup or ${at}.enter` : `${at}.enter`;
      this.#error(member, runner.problem, MEND_LINE);
      return false;
    }
    if (runner.current.spoiled !== undefined) {
      this.#error(
        `${at}.never`,
        'true when the step begins',
        'narrow what never forbids: it must be untrue as the step begins',
      );
      return false;
    }
    if (runner.current.metAtStart) {
      this.#error(
        `${at}.goal`,
        'met when the step begins',
        'ask for something that enter and the steps before have not done',
      );
      return false;
    }
    if (step.goal === undefined) {
      const right = step.predict!.choices.flatMap((choice, index) => (choice.right === true ? [index] : []));
      runner.predict(right);
      return true;
    }
    return this.#proveGoal(runner, step, step.solution ?? []);
  }

  #proveGoal(runner: LessonRunner, step: Step, solution: readonly string[]): boolean {
    const at = `steps.${step.id}`;
    const watched = watchLeaves(runner);
    const solved = this.#solves(runner, solution, `${at}.solution`);
    const took = runner.session.view().now - runner.current.start.at;
    this.tookMs += took;
    if (solved) {
      this.#proveIdle(runner, step, took);
      this.#proveLines(runner, solution, `${at}.solution`);
      for (const [index, lines] of (step.otherSolutions ?? []).entries()) {
        runner.resetStep();
        const member = `${at}.otherSolutions[${index}]`;
        if (this.#solves(runner, lines, member)) this.#proveLines(runner, lines, member);
      }
      runner.resetStep();
      if (!runner.play(solution).met) {
        this.#error(
          at,
          'not solved by the same lines after a reset',
          'report it: the program itself is at fault',
        );
      }
    }
    for (const leaf of watched.neverUnmet()) {
      const member = `${at}.goal${leaf.path === '' ? '' : `.${leaf.path}`}`;
      this.#warning(
        member,
        'never unmet while the step was played',
        'ask for what changes in this step, or remove it: it checks nothing',
      );
    }
    watched.stop();
    return solved;
  }

  #solves(runner: LessonRunner, lines: readonly string[], member: string): boolean {
    const played = runner.play(lines);
    if (played.refused !== undefined && !played.met) {
      this.#error(member, `refused: ${played.refused.line} — ${played.refused.text}`, MEND_LINE);
      return false;
    }
    if (runner.current.spoiled !== undefined) {
      this.#error(
        member,
        `it spoils the step: ${runner.current.spoiled.text}`,
        'change the solution, or narrow what never forbids',
      );
      return false;
    }
    if (played.met) return true;
    const toDo = runner.current.verdict(() => runner.session.view())?.unmet ?? [];
    const found = `the goal is not met: ${toDo.map((each) => each.text).join('; ')}`;
    this.#error(member, found, 'change the solution until it reaches the goal, or ask for what it reaches');
    return false;
  }

  #proveIdle(runner: LessonRunner, step: Step, took: number): void {
    runner.resetStep();
    const wait = Math.max(this.#idleMsMin, 2 * took);
    runner.session.skip(milliseconds(wait));
    if (runner.current.met === undefined) return;
    const after = (runner.current.met.at - runner.current.start.at) / 1_000;
    this.#error(
      `steps.${step.id}.goal`,
      `met after ${after} s without the learner`,
      'ask for what only a learner does: an event with "by": "you"',
    );
  }

  #proveLines(runner: LessonRunner, lines: readonly string[], member: string): void {
    for (const [index, line] of lines.entries()) {
      if (/^\s*(sleep\b|#|$)/.test(line)) continue;
      runner.resetStep();
      const { met } = runner.play(lines.filter((_, other) => other !== index));
      if (met)
        this.#error(
          `${member}[${index}]`,
          `the goal is met without it: ${line}`,
          'remove the line, or ask for what only this line brings about',
        );
    }
  }

  /** The same lines once more, in a world of their own and without detours: they must end in the same world. */
  #proveAgain(digests: readonly string[]): void {
    const runner = new LessonRunner(this.#options);
    for (const [index, digest] of digests.entries()) {
      const step = this.#steps[index]!;
      if (step.goal === undefined) runner.predict([0]);
      else runner.play(step.solution ?? []);
      if (this.#worlds.digest(runner.session) !== digest) {
        this.#error(
          `steps.${step.id}`,
          'another world when played twice',
          'report it: the program itself is at fault',
        );
        break;
      }
      runner.goOn();
    }
    runner.close();
  }

  #error(member: string, found: string, todo: string): void {
    this.#problems.push(errorIn(this.#file, member, found, todo));
  }

  #warning(member: string, found: string, todo: string): void {
    this.#problems.push(warningIn(this.#file, member, found, todo));
  }
}

/** Notes which leaves of the current goal were unmet at some instant. */
function watchLeaves(runner: LessonRunner): {
  neverUnmet(): readonly { readonly path: string }[];
  stop(): void;
} {
  const unmet = new Set<string>();
  const all = new Set<string>();
  const look = (world: Parameters<typeof runner.current.verdict>[0]): undefined => {
    for (const { path, met } of runner.current.verdict(world)?.leaves ?? []) {
      all.add(path);
      if (!met) unmet.add(path);
    }
  };
  look(() => runner.session.view());
  const stop = runner.session.watch({ observe: (_events, world) => look(world) });
  return {
    neverUnmet: () => [...all].filter((path) => !unmet.has(path)).map((path) => ({ path })),
    stop,
  };
}
