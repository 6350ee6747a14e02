/**
 * Apps as plain data: simulated clients that call the services, driven by timers and by the answers they get.
 *
 * An app is its settings (frozen, read once from what was typed), its counters, and where it stands: a producer in
 * its pattern, a consumer in each of its workers. Every worker is a client of its own: it makes one call at a time.
 */
import type { Chance } from '../../contract/quantities.ts';
import type { CallId } from '../../engine/service.ts';
import { type Bytes, type Instant, instant, type Milliseconds } from '../../engine/units.ts';
import type { AgentSettings, AgentState } from './agent.ts';
import type { Client } from './clientModel.ts';
import type { Database } from './database.ts';
import type { Endpoint } from './endpoints.ts';
import type { KclGroup, KclSettings } from './leaseModel.ts';
import type { IdMemory } from './memory.ts';
import type { Outside } from './outside.ts';
import type { Pattern, Progress } from './pattern.ts';
import { type Latencies, latencies, type RateRing, rateRing } from './rings.ts';
import type { StreamReading } from './shardModel.ts';
import type { Template } from './template.ts';
import type { Rate, Span, Target } from './values.ts';
import type { WindowSettings, WindowState } from './windows.ts';

export interface ProducerSettings {
  /** A visitor waits for each: its latency is what the visitor feels, tries and waits included. */
  readonly website: boolean;
  readonly to: Target;
  readonly rate: Rate;
  readonly pattern: Pattern;
  readonly size: Bytes | undefined;
  readonly body: Template;
  readonly batch: number;
  readonly group: Template | undefined;
  readonly dedup: Template | undefined;
  /** Partition key of a record; each record has one of its own unless told. */
  readonly key: Template;
  readonly delay: Milliseconds | undefined;
  /** Stops after this many accepted messages. */
  readonly count: number | undefined;
  readonly retries: number;
  /** With the Kinesis Producer Library: a user record waits so long for others. */
  readonly kplBuffered?: Milliseconds;
  /** A Kinesis Agent that tails a log. */
  readonly agent?: AgentSettings;
}

export const ON_TERMINATION = ['drain', 'crash'] as const;
export type OnTermination = (typeof ON_TERMINATION)[number];

export const STARTS = ['latest', 'trim-horizon'] as const;

export interface ConsumerSettings {
  readonly from: Target;
  /** Where it begins in a shard of a stream. */
  readonly start: (typeof STARTS)[number];
  readonly wait: Milliseconds;
  readonly batch: number;
  readonly concurrency: number;
  readonly time: Span;
  readonly visibility: Milliseconds | undefined;
  readonly fail: Chance;
  /** Work on a message whose body contains this always fails. */
  readonly failOn: string | undefined;
  readonly crash: Chance;
  readonly idempotent: boolean;
  /** Before it deletes a message it writes it here. */
  readonly writes: Target | undefined;
  /** Its workers are the instances of this Auto Scaling group. */
  readonly group: string | undefined;
  readonly onTermination: OnTermination;
  /** While it works it hides its messages anew, each time this has passed. */
  readonly heartbeat: Milliseconds | undefined;
  readonly delete: boolean;
  /** The rest between an empty answer and the next poll. */
  readonly pause: Milliseconds;
  /** Stops after this many processed messages. */
  readonly count: number | undefined;
  /** Counts records by key in windows. */
  readonly window?: WindowSettings;
  /** Registered with the stream, and pushed its records. */
  readonly fanOut?: true;
  /** Of a group of KCL workers, which share the shards of a stream by leases. */
  readonly kcl?: KclSettings;
}

/** As typed: members of the operation's input, kept for `describe` and merged by `update`. */
export type Given = Readonly<Record<string, string | number | boolean>>;

interface Counters {
  requests: number;
  sent: number;
  throttled: number;
  received: number;
  processed: number;
  failed: number;
  repeatedEffects: number;
  outOfOrder: number;
  lost: number;
  emptyReceives: number;
}

/** The newest refusal, for the card and for telling once a second. */
interface LastRefusal {
  readonly operation: string;
  readonly code: string;
  readonly message: string;
  readonly at: Instant;
}

export interface AppBase {
  readonly name: string;
  /** Tells an app from an earlier one of the same name; also its order of creation. */
  readonly life: number;
  given: Given;
  running: boolean;
  /** Since when it has been running, or when it stopped. */
  since: Instant;
  readonly counters: Counters;
  /** Messages sent (producer) or received (consumer). */
  readonly flow: RateRing;
  /** Messages processed (consumer). */
  readonly done: RateRing;
  readonly throttling: RateRing;
  readonly refusals: RateRing;
  readonly latency: Latencies;
  /** Null, not absent: a save must bring every member back in its place. */
  refusal: LastRefusal | null;
}

export interface Producer extends AppBase {
  readonly kind: 'producer';
  settings: ProducerSettings;
  progress: Progress;
  /** Counts the plans: a timer of an older plan is stale. */
  plan: number;
  /** Due, but waiting for their batch to be full. */
  waiting: number;
  /** The number of the next message, from 1. */
  next: number;
  /** Sent to the service, not answered yet, or about to be tried again. */
  outstanding: number;
  /** Of a Kinesis Agent; else absent. */
  readonly agent?: AgentState;
}

/** A message in a worker's hands. Frozen. */
export interface Held {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly sent: Instant;
  /** Its work will fail, whatever chance says. */
  readonly poison: boolean;
}

export interface Worker {
  /** `writing`: worked, waiting for the database. `resting`: before the next poll. `deleting`: worked, waiting for the answer to the delete. */
  state: 'idle' | 'polling' | 'working' | 'writing' | 'deleting' | 'resting' | 'crashed';
  /** The call that is out, 0 for none. */
  call: CallId | 0;
  /** The app's turn in which it entered this state: a timer or an answer of an older turn is stale. */
  turn: number;
  since: Instant;
  until: Instant;
  /** When the batch in hand was received. */
  received: Instant;
  batch: readonly Held[];
  index: number;
  /** Until when its last heartbeat hides what it holds; 0 before the first. */
  hiddenUntil: Instant;
  /** The work in hand will end in a crash. */
  crashing: boolean;
}

export interface Consumer extends AppBase {
  readonly kind: 'consumer';
  settings: ConsumerSettings;
  readonly workers: Worker[];
  /** Of a fleet: the instance of each worker, '' where none is now. */
  readonly instances: { readonly id: string; isEnding: boolean }[];
  /** Counts the changes of state of all workers. */
  turns: number;
  readonly memory: IdMemory;
  /** Send time of the newest message received so far: of each group, on a standard queue of all. */
  readonly newestSent: Map<string, Instant>;
  /** Where it stands in a stream; of a queue it stays empty. */
  readonly reading: StreamReading;
  /** Of a windowed count; else absent. */
  readonly windows?: WindowState;
  /** Of a group of KCL workers; else absent. */
  readonly kcl?: KclGroup;
}

export type App = Producer | Consumer;

export interface AppsState {
  readonly apps: Map<string, App>;
  readonly databases: Map<string, Database>;
  /** By name; a box that nobody opened by its address. */
  readonly endpoints: Map<string, Endpoint>;
  /** Clients of brokers. */
  readonly clients: Map<string, Client>;
  /** Deliveries to this machine leave the world; absent: none does. */
  outside?: Outside;
  nextLife: number;
}

export const createState = (): AppsState => ({
  apps: new Map(),
  databases: new Map(),
  endpoints: new Map(),
  clients: new Map(),
  nextLife: 1,
});

export function appBase(name: string, life: number, given: Given, now: Instant): Omit<AppBase, 'kind'> {
  return {
    name,
    life,
    given: Object.freeze({ ...given }),
    running: false,
    since: now,
    counters: {
      requests: 0,
      sent: 0,
      throttled: 0,
      received: 0,
      processed: 0,
      failed: 0,
      repeatedEffects: 0,
      outOfOrder: 0,
      lost: 0,
      emptyReceives: 0,
    },
    flow: rateRing(),
    done: rateRing(),
    throttling: rateRing(),
    refusals: rateRing(),
    latency: latencies(),
    refusal: null,
  };
}

export const newWorker = (now: Instant): Worker => ({
  state: 'idle',
  call: 0,
  turn: 0,
  since: now,
  until: now,
  received: now,
  batch: NOTHING,
  index: 0,
  hiddenUntil: instant(0),
  crashing: false,
});

export const NOTHING: readonly Held[] = Object.freeze([]);

/** Names of workers by their app: the same text each time. */
const workerNames = new WeakMap<Consumer, string[]>();

/** Who a worker is to the services: the app's own name while it works alone. */
export function workerName(app: Consumer, index: number): string {
  if (app.settings.concurrency === 1 && app.settings.group === undefined) return app.name;
  let names = workerNames.get(app);
  if (names === undefined) {
    names = [];
    workerNames.set(app, names);
  }
  for (let next = names.length; next <= index; next++) names.push(`${app.name}-${next + 1}`);
  return names[index]!;
}

/** Should this worker take messages? */
export function isWanted(app: Consumer, index: number): boolean {
  if (!app.running) return false;
  if (app.settings.group === undefined) return index < app.settings.concurrency;
  const instance = app.instances[index];
  return instance !== undefined && instance.id !== '' && !instance.isEnding;
}
