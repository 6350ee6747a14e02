/**
 * Between a typed line and the session: what running a line asks for, and what it gives.
 *
 * A line is run by a generator (`runLine`): it yields what it waits for and is resumed with the answer, so that the
 * same code serves the screen (time passes with the wall), a script and the lesson linter (time leaps).
 */
import type { Outcome, Request } from '../engine/service.ts';
import type { Milliseconds } from '../engine/units.ts';
import type { Condition } from '../projection/conditionTypes.ts';

/** What a running line waits for. Each is answered by the value named beside it. */
export type Wait =
  /** Answered with the Outcome, when its answer is there. */
  | { readonly type: 'request'; readonly request: Request; readonly asked?: Asked }
  /** Answered with undefined when the time has passed. */
  | { readonly type: 'sleep'; readonly for: Milliseconds }
  /** Answered with true when the condition is met; as Unmet when nothing more can happen, or after `within`. */
  | { readonly type: 'until'; readonly condition: Condition; readonly within?: Milliseconds }
  /** A verb of the session itself (time, world, fault, lesson, why, story, cost, facts, clear). */
  | { readonly type: 'control'; readonly group: string; readonly verb: string; readonly input: object };

/** What a line says about its way to a real endpoint; a world has one region and knows its own profiles. */
export interface Asked {
  readonly profile?: string;
  readonly region?: string;
}

/** Answer to a `control` wait. */
export type ControlAnswer =
  | { readonly ok: true; readonly output?: object; readonly text?: string }
  | { readonly ok: false; readonly error: LineError };
/** Answer to an `until` that was not met: what is still to do, a sentence each. */
export interface Unmet {
  readonly unmet: readonly string[];
}
export type Answer = Outcome | ControlAnswer | Unmet | true | undefined;

/** What a person got wrong, or what AWS refused. */
export interface LineError {
  /** `usage`: the line itself (the CLI's own layer, exit 252). `refused`: the service's answer (exit 254). */
  readonly kind: 'usage' | 'refused' | 'expectation';
  /** Lines as the AWS CLI prints them on stderr, without the first and the last newline. */
  readonly text: string;
  /** The exit code with which the AWS CLI leaves: 252 usage, 254 refused, 255 and others; 1 for an expectation. */
  readonly exit?: number;
  readonly code?: string;
  readonly operation?: string;
  /** Where in the line, for the underline. */
  readonly at?: { readonly from: number; readonly to: number };
  /** Ours, below it: why, what was meant. */
  readonly why?: string;
  readonly didYouMean?: string;
}

export interface LineResult {
  /** The line as it is echoed: with `aws `, without what only the prompt allows. */
  readonly echo: string;
  /** What the CLI prints on stdout, without the last newline; empty when it prints nothing. */
  readonly output: string;
  /** Ours, dim: "orders stands for https://sqs…". */
  readonly notes: readonly string[];
  readonly error?: LineError;
  /** The line ended in `|| true`. */
  readonly tolerated: boolean;
}

/** What names can stand for, and what completion may offer: asked while a line is read. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
  readonly epoch: number;
  /** Who can call (`--profile`), and the account of each. */
  readonly profiles: ReadonlyMap<string, string>;
  /** Lines go to this real endpoint, in any region; undefined in a world. */
  readonly endpoint?: string;
  /** Short names: the URL of a queue, the ARN of a resource; undefined when there is none of that name. */
  resolve(
    kind: 'queueUrl' | 'queueArn' | 'queueName' | 'topicArn' | 'brokerId',
    name: string,
  ): string | undefined;
  /** For completion: values that exist now, with a few words about each. */
  candidates(kind: string): readonly { readonly value: string; readonly about: string }[];
  /** What `file://NAME` reaches. Undefined: not there. */
  readFile(path: string): Uint8Array | undefined;
}

/** Variables and options that live as long as a console does. */
export interface ConsoleState {
  readonly variables: Map<string, string>;
  readonly explained: Set<string>;
  /** `you` at the prompt, `lesson` for a lesson's own lines. */
  by: string;
}
