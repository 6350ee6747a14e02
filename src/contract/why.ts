/**
 * Why something was refused, or did not happen: as data, made when somebody asks. A service explains its own answers,
 * resources and messages; the session asks it, in the world as it was when the answer was decided.
 */
import type { LoggedEvent, Outcome, Request } from '../engine/service.ts';
import type { Instant } from '../engine/units.ts';
import type { Decision } from './policy/decision.ts';
import type { ResourceId } from './view.ts';
import type { AwsWorldSettings } from './world.ts';

export type WhyQuestion =
  /** An answer: refused, or one in which something did not happen. */
  | { readonly type: 'call'; readonly request: Request; readonly outcome: Outcome }
  /** Why can nothing be got from it, or why does it do nothing, now? */
  | { readonly type: 'resource'; readonly id: ResourceId }
  /** Where is this message, and why is it not received? The beginning of its id. */
  | { readonly type: 'message'; readonly prefix: string };

/** What a service may read to answer. Of a call: the world at the instant at which its answer was decided. */
export interface WhyGround<State> {
  readonly state: State;
  readonly now: Instant;
  readonly settings: AwsWorldSettings;
  /** The newest events up to now, newest first. */
  lately(limit: number): readonly LoggedEvent[];
  /** How policies decide about a call at an instant, if nothing else happens until then. */
  decide(request: Request, at: Instant): readonly Decision[];
}

/** A value with what it counts, so that each surface writes it in its unit. `ms` lengths, `at` instants. */
export type Quantity =
  | { readonly unit: 'count' | 'bytes' | 'ms' | 'at'; readonly value: number }
  | { readonly unit: 'text'; readonly value: string };

/** A value, and the limit or other value that it was compared with. */
export interface WhyValue {
  readonly label: string;
  readonly is: Quantity;
  readonly against?: { readonly label: string; readonly is: Quantity };
}

export type WhyMark = 'visible' | 'inFlight' | 'delayed' | 'dead' | 'yes' | 'no' | 'working' | 'idle';

/** A message, a group, a worker, a statement: what it is, and why it did not count. */
export interface WhyRow {
  readonly mark: WhyMark;
  readonly name: string;
  readonly state: string;
  readonly reason: string;
  /** When that can change by itself. */
  readonly change: Instant | 'now' | 'next poll' | 'never';
  readonly messageId?: string;
}

export interface WhyTable {
  /** Over name, state, reason and change. */
  readonly heads: readonly [string, string, string, string];
  readonly rows: readonly WhyRow[];
  /** Rows that were left out. */
  readonly more: number;
}

/** A storage host, what lies on it, and whether the call asked it. */
export interface WhyHost {
  readonly number: number;
  readonly asked: boolean;
  readonly messages: readonly { readonly mark: WhyMark; readonly name: string }[];
  readonly more: number;
}

/** When the answer changes if nobody does anything. */
export type WhyChange =
  /** Exactly then; `notBefore`: then or later. */
  | { readonly by: 'time'; readonly at: Instant; readonly into: string; readonly notBefore?: true }
  /** The same call again may be answered otherwise at once: `ways` times in `of`. */
  | { readonly by: 'chance'; readonly ways: number; readonly of: number; readonly into: string }
  /** Never by itself: what would change it. */
  | { readonly by: 'act'; readonly into: string };

export interface WhyRemedy {
  readonly helps: 'yes' | 'maybe' | 'no';
  readonly text: string;
  /** A line for the prompt. */
  readonly line?: string;
}

export interface WhyRule {
  /** Stable: `sqs/visibility-timeout`. */
  readonly name: string;
  /** The rule in a sentence. */
  readonly says: string;
  /** The title of the AWS page it stands on; `msg-playground` for a rule of ours. */
  readonly page: string;
}

export interface Why {
  /** What was asked about: `your receive of orders came back empty`. */
  readonly title: string;
  /** One sentence that answers. */
  readonly answer: string;
  /** The instant it is about. */
  readonly at: Instant;
  readonly rule: WhyRule;
  readonly values: readonly WhyValue[];
  readonly table?: WhyTable;
  readonly hosts?: readonly WhyHost[];
  readonly changes: WhyChange;
  readonly remedies: readonly WhyRemedy[];
  /** Other things worth asking about: `queue/orders`. */
  readonly see?: readonly string[];
}

export const counted = (value: number): Quantity => ({ unit: 'count', value });
export const lasting = (value: number): Quantity => ({ unit: 'ms', value });
export const sized = (value: number): Quantity => ({ unit: 'bytes', value });
export const moment = (value: number): Quantity => ({ unit: 'at', value });
export const worded = (value: string): Quantity => ({ unit: 'text', value });

export const helps = (text: string, line?: string): WhyRemedy => remedy('yes', text, line);
export const mayHelp = (text: string, line?: string): WhyRemedy => remedy('maybe', text, line);
export const helpsNot = (text: string): WhyRemedy => remedy('no', text, undefined);

const remedy = (help: WhyRemedy['helps'], text: string, line: string | undefined): WhyRemedy => ({
  helps: help,
  text,
  ...(line !== undefined && { line }),
});
