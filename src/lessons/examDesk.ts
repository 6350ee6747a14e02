/** The desk at which papers are drawn, put aside and taken up again. Course, progress and clocks are handed in. */
import { type ExamQuestion, examQuestions, type ShowPlace, showOf } from './examBank.ts';
import { type DrawOptions, drawQuestions } from './examDraw.ts';
import type { ExamMode, Sitting, SittingResult } from './examProgress.ts';
import { keptResult } from './examResult.ts';
import { ExamRun, TIMED, type Told } from './examRun.ts';
import { dueNow, scheduled } from './examSchedule.ts';
import { FACT_SERVICES } from './factSheet.ts';
import type { Course } from './load.ts';
import type { Progress, ProgressRecord } from './progress.ts';

/** Questions of a practice paper, unless another number is asked for. */
export const PRACTICE_COUNT = 20;

export interface PaperOptions extends Omit<DrawOptions, 'count' | 'seed'> {
  readonly mode: ExamMode;
  readonly count?: number | undefined;
  readonly seed?: number | undefined;
}

export interface DeskView {
  readonly questions: number;
  /** Facts with a question, and those that come back because they were missed: now, and in all. */
  readonly facts: number;
  readonly due: number;
  readonly missed: number;
  readonly services: readonly {
    readonly service: string;
    readonly questions: number;
    readonly facts: number;
  }[];
  /** The paper that was put aside. */
  readonly aside:
    | {
        readonly mode: ExamMode;
        readonly answered: number;
        readonly of: number;
        readonly usedMs: number;
      }
    | undefined;
  /** Newest first. */
  readonly results: readonly SittingResult[];
}

export interface DeskOptions {
  readonly course: Course;
  readonly progress: () => Progress;
  readonly onRecord: (entry: ProgressRecord) => void;
  /** Wall milliseconds: only differences count. */
  readonly wall: () => number;
  /** UTC milliseconds. */
  readonly today: () => number;
  /** A seed for a paper that names none. */
  readonly newSeed: () => number;
}

const GOOD: Told = { ok: true };
const refused = (why: string): Told => ({ ok: false, why });

export class ExamDesk {
  readonly bank: readonly ExamQuestion[];
  readonly #options: DeskOptions;
  #run: ExamRun | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.bank = examQuestions(options.course);
  }

  /** The paper on the desk. */
  get run(): ExamRun | undefined {
    return this.#run;
  }

  view(): DeskView {
    const { progress, today } = this.#options;
    const known = progress();
    const facts = [...new Set(this.bank.map(({ question }) => question.fact))];
    const back = scheduled(known, facts);
    const sitting = known.exam?.sitting;
    return {
      questions: this.bank.length,
      facts: facts.length,
      due: dueNow(back, today()).length,
      missed: back.length,
      services: FACT_SERVICES.map((service) => {
        const inService = this.bank.filter((each) => each.service === service);
        const ofFacts = new Set(inService.map(({ question }) => question.fact)).size;
        return { service, questions: inService.length, facts: ofFacts };
      }).filter(({ questions }) => questions > 0),
      aside:
        sitting === undefined
          ? undefined
          : {
              mode: sitting.mode,
              answered: Object.keys(sitting.answers).length,
              of: sitting.questions.length,
              usedMs: sitting.usedMs,
            },
      results: [...(known.exam?.results ?? [])].reverse(),
    };
  }

  /** Draws a paper and lays it on the desk; one that was put aside is given up. */
  begin({ mode, count, seed = this.#options.newSeed(), service, missed }: PaperOptions): Told {
    const { progress, today } = this.#options;
    const known = { progress: progress(), now: today() };
    const questions = drawQuestions(
      this.bank,
      { seed, count: count ?? (mode === 'timed' ? TIMED.questions : PRACTICE_COUNT), service, missed },
      // A timed paper is like the real one: it does not look at what was missed.
      mode === 'timed' && missed !== true ? undefined : known,
    );
    if (questions.length === 0) {
      if (missed === true) return refused('Nothing was missed that is not known by now.');
      return refused(
        this.bank.length === 0 ? 'This course has no exam questions.' : 'No question is like that.',
      );
    }
    this.#run?.pause();
    const sitting: Sitting = {
      mode,
      seed,
      begun: new Date(today()).toISOString(),
      usedMs: 0,
      questions: questions.map(({ name }) => name),
      answers: {},
      marked: [],
      at: 0,
    };
    this.#lay(questions, sitting);
    return GOOD;
  }

  /** Takes up the paper that was put aside. Questions that the course no longer has are left out. */
  resume(): Told {
    if (this.#run !== undefined && !this.#run.finished) {
      this.#run.resume();
      return GOOD;
    }
    const sitting = this.#options.progress().exam?.sitting;
    if (sitting === undefined) return refused('No paper was put aside.');
    const questions = sitting.questions.flatMap((name) => this.bank.find((each) => each.name === name) ?? []);
    if (questions.length === 0) {
      this.#options.onRecord({ type: 'sitting', sitting: undefined });
      return refused('The course no longer has the questions of that paper. Draw a new one.');
    }
    this.#lay(questions, { ...sitting, answers: fitting(questions, sitting.answers) });
    return GOOD;
  }

  /** Puts the paper aside; a paper that was handed in goes away. */
  leave(): void {
    if (this.#run?.finished === true) this.#run = undefined;
    else this.#run?.pause();
  }

  /** Where the answer to a question is seen. */
  showOf(name: string): ShowPlace | undefined {
    const each = this.bank.find((one) => one.name === name);
    const { course, progress } = this.#options;
    return each === undefined ? undefined : showOf(course, progress(), each);
  }

  #lay(questions: readonly ExamQuestion[], sitting: Sitting): void {
    const { onRecord, wall, today } = this.#options;
    this.#run = new ExamRun({
      questions,
      sitting,
      now: wall,
      onRecord,
      onResult: (result, handedIn) =>
        onRecord({ type: 'sat', result: keptResult(result, handedIn, today()) }),
    });
    this.#run.resume();
    onRecord({ type: 'sitting', sitting: this.#run.sitting });
  }
}

/** Answers whose choices are still there. */
function fitting(questions: readonly ExamQuestion[], answers: Sitting['answers']): Sitting['answers'] {
  return Object.fromEntries(
    questions.flatMap(({ name, question }) => {
      const chosen = answers[name];
      const fits = chosen?.every((place) => question.choices[place] !== undefined) === true;
      return chosen !== undefined && fits ? [[name, chosen]] : [];
    }),
  );
}
