/** The questions at the end of a lesson, one after another. */
import type { Question } from './lesson.ts';
import { isRight } from './questions.ts';

export interface Answered {
  readonly fact: string;
  /** `sqs/visibility-timeout#review-1`. */
  readonly question: string;
  readonly right: boolean;
}

export class ReviewRun {
  index = 0;
  readonly answers: (readonly number[])[] = [];
  readonly #lesson: string;
  readonly #questions: readonly Question[];

  constructor(lesson: string, questions: readonly Question[]) {
    this.#lesson = lesson;
    this.#questions = questions;
  }

  get finished(): boolean {
    return this.index >= this.#questions.length;
  }

  get answered(): boolean {
    return this.answers[this.index] !== undefined;
  }

  /** Answers the question asked now; undefined when there is none, or it is answered. */
  answer(chosen: readonly number[]): Answered | undefined {
    const question = this.#questions[this.index];
    if (question === undefined || this.answered) return undefined;
    this.answers[this.index] = [...chosen];
    const name = `${this.#lesson}#review-${this.index + 1}`;
    return { fact: question.fact, question: name, right: isRight(question, chosen) };
  }
}
