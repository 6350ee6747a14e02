/**
 * A paper of the practice exam while somebody sits at it. Time is handed in: `now` gives wall milliseconds of which
 * only differences count, and they count only between `resume` and `pause`.
 */
import type { ExamQuestion } from './examBank.ts';
import type { ExamMode, Sitting } from './examProgress.ts';
import { type ExamResult, resultOf, rightIn } from './examResult.ts';
import type { BankQuestion } from './lesson.ts';
import type { ProgressRecord } from './progress.ts';
import { type QuestionView, questionView, rightCount } from './questions.ts';

/** AWS Certified Solutions Architect – Associate, exam guide: 65 questions in 130 minutes. */
export const TIMED = { questions: 65, ms: 130 * 60_000 } as const;

export type PlaceState = 'open' | 'answered' | 'right' | 'wrong';

export interface ExamView {
  readonly mode: ExamMode;
  /** From 0. */
  readonly index: number;
  readonly of: number;
  readonly answered: number;
  readonly name: string;
  readonly service: string;
  /** With its choices shuffled by the seed; with the reasons once they may be seen. */
  readonly question: QuestionView;
  readonly facts: readonly string[];
  readonly differs: BankQuestion['differs'];
  readonly marked: boolean;
  readonly places: readonly { readonly state: PlaceState; readonly marked: boolean }[];
  readonly usedMs: number;
  /** Of a timed paper. */
  readonly leftMs: number | undefined;
  /** Once it was handed in, or its time was over. */
  readonly result: ExamResult | undefined;
  readonly timeIsOver: boolean;
}

export type Told = { readonly ok: true } | { readonly ok: false; readonly why: string };
const GOOD: Told = { ok: true };
const refused = (why: string): Told => ({ ok: false, why });

export interface ExamRunOptions {
  readonly questions: readonly ExamQuestion[];
  readonly sitting: Sitting;
  readonly now: () => number;
  readonly onRecord: (entry: ProgressRecord) => void;
  /** Told once, when the paper is handed in. */
  readonly onResult: (result: ExamResult, sitting: Sitting) => void;
}

export class ExamRun {
  readonly questions: readonly ExamQuestion[];
  readonly #options: ExamRunOptions;
  #sitting: Sitting;
  #since: number | undefined;
  #result: ExamResult | undefined;
  #timeIsOver = false;

  constructor(options: ExamRunOptions) {
    this.#options = options;
    this.questions = options.questions;
    const { at } = options.sitting;
    this.#sitting = { ...options.sitting, at: Math.min(at, options.questions.length - 1) };
  }

  get mode(): ExamMode {
    return this.#sitting.mode;
  }

  get finished(): boolean {
    return this.#result !== undefined;
  }

  get sitting(): Sitting {
    return { ...this.#sitting, usedMs: this.usedMs };
  }

  get usedMs(): number {
    const { mode, usedMs } = this.#sitting;
    const running = this.#since === undefined ? 0 : Math.max(0, this.#options.now() - this.#since);
    const used = usedMs + running;
    return mode === 'timed' ? Math.min(TIMED.ms, used) : used;
  }

  /** The time runs from here on. */
  resume(): void {
    if (!this.finished) this.#since ??= this.#options.now();
  }

  /** Puts the paper away; its time stands still. */
  pause(): void {
    this.#settle();
    if (!this.finished) this.#keep();
  }

  /** True when the time has just run out, and the paper was taken away. */
  tick(): boolean {
    if (this.finished || this.mode !== 'timed' || this.usedMs < TIMED.ms) return false;
    this.#timeIsOver = true;
    this.handIn();
    return true;
  }

  get #current(): ExamQuestion {
    return this.questions[this.#sitting.at]!;
  }

  /** Answers the question one is at: places of choices in the file. In a timed paper an answer may be changed. */
  answer(chosen: readonly number[]): Told {
    if (this.tick() || this.finished) return refused('The paper is handed in.');
    const each = this.#current;
    const { choices } = each.question;
    const marks = [...new Set(chosen)];
    if (marks.some((place) => choices[place] === undefined)) return refused('There is no such answer.');
    if (marks.length === 0) return this.#clear(each);
    if (this.mode === 'practice' && this.#sitting.answers[each.name] !== undefined) {
      return refused('This one is answered: its reasons are shown.');
    }
    this.#change({ answers: { ...this.#sitting.answers, [each.name]: marks } });
    if (this.mode === 'practice') this.#tellAsked(each);
    this.#keep();
    return GOOD;
  }

  /** In a timed paper the last mark may be taken away again. */
  #clear(each: ExamQuestion): Told {
    if (this.mode === 'practice') return refused('Mark at least one of the answers.');
    const { [each.name]: _gone, ...answers } = this.#sitting.answers;
    this.#change({ answers });
    this.#keep();
    return GOOD;
  }

  /** To another question; -1 and 1 are its neighbours. */
  move(by: number): Told {
    return this.goTo(this.#sitting.at + by);
  }

  goTo(at: number): Told {
    this.tick();
    if (at < 0) return refused('This is the first question.');
    if (at >= this.questions.length) return refused('This is the last question.');
    this.#change({ at });
    if (!this.finished) this.#keep();
    return GOOD;
  }

  /** To the next question without an answer, round the end. */
  nextOpen(): Told {
    const { length } = this.questions;
    for (let step = 1; step <= length; step++) {
      const at = (this.#sitting.at + step) % length;
      if (!this.#has(this.questions[at]!)) return this.goTo(at);
    }
    return refused('Every question has an answer.');
  }

  /** Marks the question to come back to, or takes the mark away. */
  mark(): Told {
    if (this.finished) return refused('The paper is handed in.');
    const { name } = this.#current;
    const { marked } = this.#sitting;
    const others = marked.filter((each) => each !== name);
    this.#change({ marked: others.length < marked.length ? others : [...marked, name] });
    this.#keep();
    return GOOD;
  }

  /** Ends it: what is open counts as missed. */
  handIn(): ExamResult {
    if (this.#result !== undefined) return this.#result;
    this.#settle();
    if (this.mode === 'timed') {
      for (const each of this.questions) this.#tellAsked(each);
    }
    const asked = this.mode === 'timed' ? this.questions : this.questions.filter((each) => this.#has(each));
    this.#result = resultOf(asked, this.#sitting);
    this.#change({ at: 0 });
    this.#options.onResult(this.#result, this.#sitting);
    return this.#result;
  }

  view(): ExamView {
    const { seed, at, answers, marked, mode } = this.#sitting;
    const each = this.#current;
    const chosen = answers[each.name];
    const reveal = this.finished || (mode === 'practice' && chosen !== undefined);
    const { fact, also = [], differs } = each.question;
    const shown = questionView(each.question, each.name, seed, chosen ?? (reveal ? [] : undefined), reveal);
    const question = mode === 'timed' && !reveal ? { ...shown, answered: false } : shown;
    return {
      mode,
      index: at,
      of: this.questions.length,
      answered: this.questions.filter((other) => this.#has(other)).length,
      name: each.name,
      service: each.service,
      question,
      facts: [fact, ...also],
      differs,
      marked: marked.includes(each.name),
      places: this.questions.map((other) => ({
        state: this.#stateOf(other),
        marked: marked.includes(other.name),
      })),
      usedMs: this.usedMs,
      leftMs: mode === 'timed' ? TIMED.ms - this.usedMs : undefined,
      result: this.#result,
      timeIsOver: this.#timeIsOver,
    };
  }

  /** Answered, with as many marks as are asked for. */
  #has(each: ExamQuestion): boolean {
    const marks = this.#sitting.answers[each.name]?.length ?? 0;
    return marks > 0 && (this.mode === 'practice' || marks >= rightCount(each.question));
  }

  #stateOf(each: ExamQuestion): PlaceState {
    const right = rightIn(this.#sitting, each);
    if (right === undefined) return 'open';
    if (this.mode === 'timed' && !this.finished) return this.#has(each) ? 'answered' : 'open';
    return right ? 'right' : 'wrong';
  }

  #tellAsked(each: ExamQuestion): void {
    const right = rightIn(this.#sitting, each);
    if (right === undefined) return;
    const { fact, also = [] } = each.question;
    for (const one of [fact, ...also]) {
      this.#options.onRecord({ type: 'asked', fact: one, question: each.name, right });
    }
  }

  #settle(): void {
    this.#change({ usedMs: this.usedMs });
    this.#since = undefined;
  }

  #change(part: Partial<Sitting>): void {
    this.#sitting = { ...this.#sitting, ...part };
  }

  #keep(): void {
    this.#options.onRecord({ type: 'sitting', sitting: this.sitting });
  }
}
