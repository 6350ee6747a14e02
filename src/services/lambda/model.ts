/** What Lambda keeps: functions, what runs, what waits, and event source mappings. Plain data. */

import { messageId } from '../../contract/messageId.ts';
import { type Ledger, newLedger } from '../../contract/metrics.ts';
import { newTraffic, type Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings, LimitsProfile } from '../../contract/world.ts';
import type { CallId } from '../../engine/service.ts';
import type { Instant } from '../../engine/units.ts';
import type { BehaviourName } from './rules/behaviours.ts';
import type { MappingRecord } from './rules/mappingRecord.ts';

/** What UpdateFunctionConfiguration sets. Frozen, replaced whole. */
export interface FunctionConfig {
  readonly runtime: string;
  readonly handler: BehaviourName;
  readonly role: string;
  /** Seconds. */
  readonly timeout: number;
  /** Mebibytes. */
  readonly memory: number;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /** A queue or topic for events that were given up; the older way. */
  readonly deadLetterArn: string | undefined;
}

/** How asynchronous calls are tried again, and where their end is told. Frozen. */
export interface AsyncConfig {
  readonly retries: number | undefined;
  /** Seconds. */
  readonly age: number | undefined;
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
  readonly modified: Instant;
}

/** A policy as it was written, and read. Frozen. */
export interface Document {
  readonly text: string;
  readonly value: object;
}

export interface LambdaFunction {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  /** Order of creation in the world. */
  readonly order: number;
  readonly created: Instant;
  modified: Instant;
  revision: number;
  config: FunctionConfig;
  /** Undefined: none is reserved. */
  reserved: number | undefined;
  policy: Document | undefined;
  async: AsyncConfig | undefined;
  tags: Readonly<Record<string, string>>;
  readonly counters: FunctionCounters;
  /** Texts whose effect it had already: what `charge` charged. */
  readonly effects: Set<string>;
  readonly incoming: Traffic;
  readonly refusals: Traffic;
}

export interface FunctionCounters {
  invocations: number;
  errors: number;
  throttles: number;
  /** At work now. */
  running: number;
  /** Asynchronous events that wait or are tried. */
  waiting: number;
  /** Asynchronous events that were given up, of these those that no destination got. */
  dropped: number;
  lost: number;
  effects: number;
  repeatedEffects: number;
}

const newCounters = (): FunctionCounters => ({
  invocations: 0,
  errors: 0,
  throttles: 0,
  running: 0,
  waiting: 0,
  dropped: 0,
  lost: 0,
  effects: 0,
  repeatedEffects: 0,
});

/** What a function came to: its answer, or the error that it threw. Frozen. */
export interface Ending {
  /** JSON. */
  readonly payload: string;
  readonly error: string | undefined;
  /** What the function publishes before it ends. */
  readonly publishes?: readonly { readonly topic: string; readonly text: string }[];
}

/** Who waits for the end of an execution. Frozen. */
export type Origin =
  | { readonly type: 'call'; readonly call: CallId; readonly log: boolean }
  | { readonly type: 'async'; readonly event: number }
  | { readonly type: 'batch'; readonly mapping: string; readonly batch: number };

export interface Execution {
  readonly id: number;
  /** `account/name`. */
  readonly function: string;
  /** Which of those that have had this name. */
  readonly order: number;
  readonly requestId: string;
  readonly origin: Origin;
  readonly by: string;
  readonly started: Instant;
  readonly durationMs: number;
  readonly memory: number;
  readonly ending: Ending;
  readonly records: number;
}

export interface AsyncEvent {
  readonly id: number;
  readonly function: string;
  readonly requestId: string;
  readonly by: string;
  readonly payload: string;
  readonly received: Instant;
  /** Executions so far, and throttles in a row. */
  attempts: number;
  throttles: number;
  /** When it is tried next; undefined: it is being tried. */
  due: Instant | undefined;
}

export interface LambdaState {
  readonly seed: number;
  readonly account: string;
  readonly region: string;
  readonly epoch: number;
  readonly limits: LimitsProfile;
  functionsMade: number;
  requestsMade: number;
  executionsMade: number;
  eventsMade: number;
  mappingsMade: number;
  batchesMade: number;
  /** By `account/name`. */
  readonly functions: Map<string, LambdaFunction>;
  readonly executions: Map<number, Execution>;
  readonly events: Map<number, AsyncEvent>;
  /** By UUID. */
  readonly mappings: Map<string, MappingRecord>;
  readonly ledger: Ledger;
  /** What is billed: calls, and mebibyte-milliseconds. */
  requests: number;
  duration: number;
}

export const createState = (settings: AwsWorldSettings): LambdaState => ({
  seed: settings.seed,
  account: settings.account,
  region: settings.region,
  epoch: settings.epoch,
  limits: settings.limits,
  functionsMade: 0,
  requestsMade: 0,
  executionsMade: 0,
  eventsMade: 0,
  mappingsMade: 0,
  batchesMade: 0,
  functions: new Map(),
  executions: new Map(),
  events: new Map(),
  mappings: new Map(),
  ledger: newLedger(),
  requests: 0,
  duration: 0,
});

export const functionKey = (account: string, name: string): string => `${account}/${name}`;

export const functionArn = ({ region }: Pick<LambdaState, 'region'>, account: string, name: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}`;

/** Families of ids, kept apart from those of other services. */
const REQUEST_IDS = 0x1a;
const MAPPING_IDS = 0x1b;
const REVISION_IDS = 0x1c;
export const newRequestId = (state: LambdaState): string =>
  messageId(state.seed, state.requestsMade++, REQUEST_IDS);
export const newMappingId = (state: LambdaState): string =>
  messageId(state.seed, state.mappingsMade++, MAPPING_IDS);
export const revisionId = (state: LambdaState, { order, revision }: LambdaFunction): string =>
  messageId(state.seed, order * 10_000 + revision, REVISION_IDS);

export const newFunction = (
  given: Pick<LambdaFunction, 'name' | 'account' | 'arn' | 'order' | 'created' | 'config' | 'tags'>,
): LambdaFunction => ({
  ...given,
  modified: given.created,
  revision: 0,
  reserved: undefined,
  policy: undefined,
  async: undefined,
  counters: newCounters(),
  effects: new Set(),
  incoming: newTraffic(),
  refusals: newTraffic(),
});

/** It was changed: another revision. */
export function changed(record: LambdaFunction, now: Instant): void {
  record.modified = now;
  record.revision++;
}
