/** What a screen shows of a lesson that is played: plain data, made anew when something changed. */
import type { Instant, Milliseconds } from '../engine/units.ts';
import type { Finding } from '../projection/condition.ts';
import type { Block } from './markdown.ts';
import type { QuestionView } from './questions.ts';

export interface StepLine {
  readonly id: string;
  /** A few words for the list of steps. */
  readonly label: string;
  readonly status: 'done' | 'skipped' | 'current' | 'open';
}

export interface ShownFact {
  readonly id: string;
  readonly statement: string;
}

export interface StepView {
  readonly id: string;
  readonly index: number;
  readonly text: readonly Block[];
  /** Command lines of the text, for a key to copy. */
  readonly console: readonly string[];
  /**
   * `predict`: answer the question first. `doing`: the goal is open. `spoiled`: reset to go on. `met`: read why, then
   * go on.
   */
  readonly status: 'predict' | 'doing' | 'spoiled' | 'met';
  readonly skipped: boolean;
  readonly predict?: QuestionView;
  /** What is still to do, a sentence each; with the instant at which time alone will do it. */
  readonly toDo: readonly Finding[];
  readonly spoiled?: string;
  readonly hints: { readonly shown: readonly (readonly Block[])[]; readonly total: number };
  /** Once asked for. */
  readonly solution?: readonly string[];
  /** What happened, and why; once met. */
  readonly afterwards?: readonly Block[];
  readonly proved: readonly ShownFact[];
}

export interface StepSummary {
  readonly id: string;
  readonly label: string;
  readonly status: 'done' | 'skipped' | 'open';
  /** Of the world, from the step's start until its goal was met. */
  readonly took?: Milliseconds;
  readonly hints: number;
  readonly solutionShown: boolean;
  /** Undefined: no question, or not answered before the goal was met. */
  readonly predictedRight?: boolean;
}

export interface Summary {
  readonly steps: readonly StepSummary[];
  readonly predictions: { readonly right: number; readonly of: number };
  readonly review: { readonly right: number; readonly of: number };
  readonly hints: number;
  readonly proved: readonly ShownFact[];
  /** Names this run: a hash of the world as it ended, which follows from the seed and all that was done. */
  readonly run: string;
}

export interface RunnerView {
  readonly lesson: string;
  readonly track: string;
  readonly number: number;
  readonly of: number;
  readonly title: string;
  readonly question: string;
  readonly phase: 'steps' | 'review' | 'summary';
  /** The world is a copy to play with; coming back asks whether to keep what happened. */
  readonly freePlay: boolean;
  /** An error of the lesson itself: a line of its own was refused. */
  readonly problem?: string;
  readonly steps: readonly StepLine[];
  readonly step: StepView;
  /** The question asked now, and how many there are. */
  readonly review?: { readonly index: number; readonly of: number; readonly question: QuestionView };
  readonly takeaways: readonly (readonly Block[])[];
  readonly summary?: Summary;
  readonly now: Instant;
}

/** `wait-for-the-timeout` as "Wait for the timeout". */
export const labelOf = (id: string): string => {
  const words = id
    .replace(/-/g, ' ')
    .replace(/\b(?:fifo|http|https|iam|kms|sns|sqs)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
};
