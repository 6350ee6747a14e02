/** What running a line has at hand, whatever the command. */
import type { ServiceDescription } from '../contract/operation.ts';
import type { Outcome, Refusal } from '../engine/service.ts';
import type { Answer, ConsoleState, ControlAnswer, Surroundings, Wait } from './console.ts';

/** By the name on the command line: `sqs`, `app`. */
export type Catalog = ReadonlyMap<string, ServiceDescription>;

export interface LineContext {
  readonly state: ConsoleState;
  readonly surroundings: Surroundings;
  readonly catalog: Catalog;
  /** Ours, dim, below the answer; added to while the line runs. */
  readonly notes: string[];
}

/** A part of running a line: yields what it waits for. */
export type Running<Result> = Generator<Wait, Result, Answer>;

/** A call that the service refused. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused';
  readonly code: string;
  readonly operation: string;
  readonly why: string | undefined;
  /** The service's own words. */
  readonly said: string;

  /** `message` is what is said: AWS's sentence with code and operation, or our own alone. */
  constructor(message: string, refusal: Refusal, operation: string) {
    super(message);
    this.code = refusal.code;
    this.operation = operation;
    this.why = refusal.why;
    this.said = refusal.message;
  }
}

export const isOutcome = (answer: Answer): answer is Outcome =>
  typeof answer === 'object' &&
  answer !== null &&
  'ok' in answer &&
  (!answer.ok ? 'refusal' in answer : 'output' in answer);

export const isControlAnswer = (answer: Answer): answer is ControlAnswer =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && !('refusal' in answer);
