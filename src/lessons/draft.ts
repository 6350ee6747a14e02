/**
 * From a recording to a lesson that `lessons check` passes: each step gets a goal that needs every line of its
 * solution. What no goal can need goes on to the next step, or is left out and named.
 */
import { parseCondition } from '../command/conditionWords.ts';
import type { Condition } from '../projection/conditionTypes.ts';
import type { ReadFile } from '../session/surroundings.ts';
import { expectedCandidate } from './draftCandidates.ts';
import { findGoal, NEVER_MET } from './draftGoal.ts';
import { fitting, idFor, questionAbout, wordsFor } from './draftTexts.ts';
import { type Fact, FORMAT_VERSION, type Lesson, type LessonWorld, type Step } from './lesson.ts';
import type { Course, CourseLesson } from './load.ts';
import type { Recording } from './recording.ts';
import { type PlayedLine, playRecording } from './recordingPlay.ts';
import { LessonRunner } from './runner.ts';
import type { LessonWorlds } from './worlds.ts';

export interface DraftOptions {
  readonly worlds: LessonWorlds;
  readonly world: Pick<LessonWorld, 'seed' | 'limits' | 'delivery'>;
  readonly facts: readonly Fact[];
  readonly readFile: ReadFile;
  readonly title?: string;
  /** Of the last step that names none itself. */
  readonly fact?: string;
}

export interface Draft {
  readonly lesson: Lesson;
  /** What was left out or moved, for the author. */
  readonly notes: readonly string[];
}

/** What was recorded cannot become a lesson. */
export class NoDraft extends Error {
  override readonly name = 'NoDraft';
}

const LINES_MAX = 60;
const STEPS_MAX = 12;
const READING = /^(?:aws\s+\S+\s+)?(?:get|list|describe|lookup|wait)-/;

/** Throws `NoDraft`, or `UnplayableLine` where the recording itself cannot be played. */
export function draftLesson(recording: Recording, options: DraftOptions): Draft {
  if (recording.steps.length === 0)
    throw new NoDraft('no step is marked: write "# step: what I do" before its lines');
  if (recording.steps.length > STEPS_MAX)
    throw new NoDraft(`${recording.steps.length} steps are marked: a lesson has at most ${STEPS_MAX}`);
  return new Drafter(recording, options).draft();
}

class Drafter {
  readonly #recording: Recording;
  readonly #options: DraftOptions;
  readonly #notes: string[] = [];
  readonly #steps: Step[] = [];
  #lesson: Lesson;
  /** Lines that the next step begins with. */
  #carried: PlayedLine[] = [];

  constructor(recording: Recording, options: DraftOptions) {
    this.#recording = recording;
    this.#options = options;
    const title = fitting(options.title ?? recording.title ?? 'A lesson from play', 40);
    const { seed, limits, delivery } = options.world;
    this.#lesson = {
      $schema: '../lesson.schema.json',
      formatVersion: FORMAT_VERSION,
      title,
      question: fitting(`What happens in “${title}”, and why?`, 120),
      minutes: Math.min(10, Math.max(3, 2 * recording.steps.length)),
      world: {
        seed,
        ...(limits === undefined || limits === 'current' ? {} : { limits }),
        ...(delivery === undefined || delivery === 'calm' ? {} : { delivery }),
        pace: 'paused',
      },
      steps: [],
      takeaways: ['Still to write: what I keep of this.'],
      review: [],
    };
  }

  draft(): Draft {
    const { worlds, readFile } = this.#options;
    const session = worlds.open(this.#lesson.world, this.#lesson.title, readFile);
    const played = playRecording(this.#recording, session);
    this.#notes.push(...played.notes);
    const setup = played.setup.map(({ line }) => line);
    bounded(setup, 'before the first step');
    const { pace, ...world } = this.#lesson.world;
    this.#lesson = { ...this.#lesson, world: { ...world, ...(setup.length > 0 ? { setup } : {}), pace } };
    for (const [index, { title }] of this.#recording.steps.entries()) {
      const { enter, lines } = played.steps[index]!;
      const wished = (played.expected[index] ?? []).flatMap(conditionOf);
      this.#draftStep(title, enter, lines, wished, this.#factOf(index));
    }
    if (this.#carried.length > 0) {
      const lines = this.#carried.filter(({ waited }) => waited !== true).map(({ line }) => line);
      if (lines.length > 0) this.#notes.push(`left out, for no goal needs it: ${lines.join('; ')}`);
    }
    if (this.#steps.length === 0)
      throw new NoDraft('nothing was done that time alone would not do: no step has a goal');
    return { lesson: { ...this.#lesson, steps: this.#steps, review: this.#review() }, notes: this.#notes };
  }

  #factOf(index: number): string | undefined {
    const { steps } = this.#recording;
    const own = steps[index]?.fact ?? (index === steps.length - 1 ? this.#options.fact : undefined);
    if (own === undefined || this.#options.facts.some(({ id }) => id === own)) return own;
    throw new NoDraft(`${own} is no fact of the course: see msg-playground lessons check --json`);
  }

  #review(): Lesson['review'] {
    const shown = [...new Set(this.#steps.flatMap((step) => step.shows ?? []))];
    return shown.map((id) =>
      questionAbout(this.#options.facts.find((fact) => fact.id === id)!, this.#options.facts),
    );
  }

  #draftStep(
    title: string,
    enter: readonly PlayedLine[],
    own: readonly PlayedLine[],
    wished: readonly Condition[],
    fact: string | undefined,
  ): void {
    const name = fitting(title, 60) || `Step ${this.#steps.length + 1}`;
    // Lines that are left over come first: into the lesson's own where the next step has some.
    const before = enter.length > 0 ? this.#carried : [];
    let lines = enter.length > 0 ? [...own] : [...this.#carried, ...own];
    const entered = [...before, ...enter].map(({ line }) => line);
    bounded(entered, `before “${name}”`);
    this.#carried = [];
    if (lines.length === 0) {
      this.#notes.push(`“${name}” does nothing: it is no step of the lesson`);
      return;
    }
    lines = this.#withoutWaits(entered, lines);
    const later: PlayedLine[] = [];
    for (;;) {
      bounded(lines, `“${name}”`);
      const runner = this.#runnerAt(entered);
      const found = findGoal(
        runner,
        lines.map(({ line }) => line),
        wished.map(expectedCandidate),
      );
      runner.close();
      if (found.goal === undefined) {
        this.#notes.push(
          `“${name}” does nothing that time alone would not do: its lines begin the next step`,
        );
        this.#carried = [...before, ...enter, ...lines, ...later];
        return;
      }
      if (found.unneeded.length === 0) {
        this.#keep(name, entered, lines, found.goal, found.endedAt, fact);
        this.#carried.push(...later);
        return;
      }
      const spare = new Set(found.unneeded);
      later.unshift(
        ...this.#spare(
          name,
          lines.filter((_, place) => spare.has(place)),
        ),
      );
      lines = lines.filter((_, place) => !spare.has(place));
    }
  }

  /** Lines that no goal of their step needs: those that only look are left out, others begin the next step. */
  #spare(name: string, lines: readonly PlayedLine[]): PlayedLine[] {
    const moved = lines.filter(({ line }) => !READING.test(line));
    for (const { line } of lines) {
      const what = READING.test(line) ? 'left out' : 'moved to the next step';
      this.#notes.push(`${what}, for no goal of “${name}” needs it: ${line}`);
    }
    return moved;
  }

  #keep(
    title: string,
    enter: readonly string[],
    lines: readonly PlayedLine[],
    goal: Condition,
    endedAt: number,
    fact: string | undefined,
  ): void {
    const solution = lines.map(({ line }) => line);
    const words = wordsFor(title, goal, solution);
    const { text, hints } = words;
    this.#steps.push({
      id: idFor(title, new Set(this.#steps.map(({ id }) => id))),
      text,
      ...(enter.length > 0 ? { enter: [...enter] } : {}),
      goal,
      hints: [...hints],
      solution,
      // biome-ignore lint/suspicious/noThenProperty: the format's own word
      then: words.then,
      ...(fact === undefined ? {} : { shows: [fact] }),
    });
    // A goal can be met before the last sleep is over: the rest of it belongs to the next step.
    const runner = this.#runner(this.#steps);
    this.#playAll(runner, this.#steps);
    const left = endedAt - runner.session.now;
    runner.close();
    if (left >= 1_000) this.#carried.push({ line: `sleep ${Math.ceil(left / 1_000)}`, waited: true });
  }

  /** Without the waits that nobody typed, if the same happens without them. */
  #withoutWaits(enter: readonly string[], lines: readonly PlayedLine[]): PlayedLine[] {
    const typed = lines.filter(({ waited }) => waited !== true);
    if (typed.length === lines.length || typed.length === 0) return [...lines];
    return this.#happenings(enter, lines) === this.#happenings(enter, typed) ? typed : [...lines];
  }

  #happenings(enter: readonly string[], lines: readonly PlayedLine[]): string {
    const runner = this.#runnerAt(enter);
    const seen: string[] = [];
    const stop = runner.session.watch({
      observe: (events) => {
        for (const { type, by, fields } of events)
          seen.push(`${type} ${by} ${String(fields.operation ?? '')} ${String(fields.reason ?? '')}`);
        return undefined;
      },
    });
    runner.play(lines.map(({ line }) => line));
    stop();
    runner.close();
    return seen.join('\n');
  }

  /** A runner at the start of the step that is drafted. */
  #runnerAt(enter: readonly string[]): LessonRunner {
    const open: Step = {
      id: idFor('drafted', new Set(this.#steps.map(({ id }) => id))),
      text: 'drafted',
      goal: NEVER_MET,
      ...(enter.length > 0 ? { enter: [...enter] } : {}),
    };
    const runner = this.#runner([...this.#steps, open]);
    this.#playAll(runner, this.#steps);
    return runner;
  }

  #playAll(runner: LessonRunner, steps: readonly Step[]): void {
    for (const step of steps) {
      runner.play(step.solution ?? []);
      runner.goOn();
    }
  }

  #runner(steps: readonly Step[]): LessonRunner {
    const { worlds, facts, readFile } = this.#options;
    const lesson: CourseLesson = {
      id: 'draft/draft',
      track: 'draft',
      number: 1,
      file: 'draft/01-draft.json',
      lesson: { ...this.#lesson, steps: [...steps] },
    };
    const course: Course = {
      id: 'draft',
      title: 'A draft',
      language: 'en',
      languages: ['en'],
      allowSkip: true,
      tracks: [],
      lessons: [lesson],
      facts,
      banks: [],
      arena: [],
      problems: [],
      translations: () => ({ files: [], problems: [] }),
      schema: undefined,
      examSchema: undefined,
      arenaSchema: undefined,
      fileOf: (_track, name) => readFile(name),
    };
    return new LessonRunner({ course, lesson, worlds });
  }
}

function bounded(lines: readonly unknown[], where: string): void {
  if (lines.length > LINES_MAX)
    throw new NoDraft(`${lines.length} lines ${where}: at most ${LINES_MAX}; mark a step in between`);
}

/** The condition of an `expect` line: what the player looked for is what the goal asks for, if it can be. */
function conditionOf(line: string): Condition[] {
  try {
    return [parseCondition(line.replace(/^expect /u, ''))];
  } catch {
    return [];
  }
}
