/** What falls due for apps, and the tokens that answers come back with. Plain data; a stale one is normal. */

import type { Context, Timer } from '../../engine/service.ts';
import type { AppsState, Consumer, Producer } from './model.ts';

/** A producer's next messages are due. */
export interface SendDue extends Timer {
  readonly type: 'app/SendDue';
  readonly app: string;
  readonly life: number;
  readonly plan: number;
}

/** Refused messages are tried again: by their numbers. */
export interface RetryDue extends Timer {
  readonly type: 'app/RetryDue';
  readonly app: string;
  readonly life: number;
  readonly numbers: readonly number[];
  readonly attempt: number;
  /** When it was tried first. */
  readonly first: number;
  /** Of an agent: which of its processes. */
  readonly run?: number;
}

/** A worker's work on one message, or its rest between two polls, ends. */
export interface WorkerDue extends Timer {
  readonly type: 'app/WorkerDue';
  readonly app: string;
  readonly life: number;
  readonly worker: number;
  readonly turn: number;
}

/** A worker that holds messages hides them anew: those it received at `received`. */
export interface HeartbeatDue extends Timer {
  readonly type: 'app/HeartbeatDue';
  readonly app: string;
  readonly life: number;
  readonly worker: number;
  readonly received: number;
}

/** The answer to a write is due. */
export interface WriteDue extends Timer {
  readonly type: 'app/WriteDue';
  readonly database: string;
  readonly life: number;
  readonly call: number;
  readonly refusal: 'none' | 'capacity' | 'connections' | 'timeout' | 'down' | 'status' | 'storage';
  /** What is written, where it was told. */
  readonly body?: string;
}

/** What a database is at (starting, failing over, …) ends. */
export interface DatabaseDue extends Timer {
  readonly type: 'app/DatabaseDue';
  readonly database: string;
  readonly life: number;
}

/** A reader's work on one record, or its rest between two reads, ends; without a shard: the shards are asked for again. */
export interface ShardDue extends Timer {
  readonly type: 'app/ShardDue';
  readonly app: string;
  readonly life: number;
  readonly shard: string;
  readonly turn: number;
}

/** A lease whose owner is gone is free; without a shard: leases may be uneven. */
export interface LeaseDue extends Timer {
  readonly type: 'app/LeaseDue';
  readonly app: string;
  readonly life: number;
  readonly shard: string;
}

/** A window of a windowed count may close: the one that begins at `start`. */
export interface WindowDue extends Timer {
  readonly type: 'app/WindowDue';
  readonly app: string;
  readonly life: number;
  readonly start: number;
}

/** A consumer asks again whether it is registered. */
export interface FanOutDue extends Timer {
  readonly type: 'app/FanOutDue';
  readonly app: string;
  readonly life: number;
  readonly operation: FanOutToken['operation'];
  readonly turn: number;
}

export type AppTimer =
  | SendDue
  | RetryDue
  | WorkerDue
  | HeartbeatDue
  | WriteDue
  | DatabaseDue
  | ShardDue
  | LeaseDue
  | FanOutDue
  | WindowDue;

/** Comes back with the answer to a send. */
export interface SendToken {
  readonly type: 'send';
  readonly app: string;
  readonly life: number;
  readonly numbers: readonly number[];
  readonly attempt: number;
  readonly at: number;
  /** When it was tried first. */
  readonly first: number;
  /** Of aggregated records: the numbers inside each. */
  readonly inRecords?: readonly (readonly number[])[];
  /** Of an agent: which of its processes. */
  readonly run?: number;
}

/** Comes back with the answer to a worker's receive, write or delete. */
export interface WorkerToken {
  readonly type: 'receive' | 'write' | 'delete';
  readonly app: string;
  readonly life: number;
  readonly worker: number;
  readonly turn: number;
}

/** Comes back with the answer to a worker's heartbeat; the worker does not wait for it. */
export interface HeartbeatToken {
  readonly type: 'heartbeat';
  readonly app: string;
  readonly life: number;
  readonly worker: number;
}

/** Comes back with the answer to what a reader asked for; without a shard: the list of shards. */
export interface ShardToken {
  readonly type: 'shard';
  readonly app: string;
  readonly life: number;
  readonly shard: string;
  readonly turn: number;
}

/** Comes back with the answer about a registration for enhanced fan-out. */
export interface FanOutToken {
  readonly type: 'fanOut';
  readonly app: string;
  readonly life: number;
  readonly operation: 'RegisterStreamConsumer' | 'DescribeStreamConsumer';
  readonly turn: number;
}

/** Comes back with the answer to the counts of a window. */
export interface WindowToken {
  readonly type: 'window';
  readonly app: string;
  readonly life: number;
  readonly records: number;
}

export type AppToken = SendToken | WorkerToken | HeartbeatToken | ShardToken | FanOutToken | WindowToken;

interface Whose {
  readonly app: string;
  readonly life: number;
}

export function producerOf(context: Pick<Context<AppsState>, 'state'>, whose: Whose): Producer | undefined {
  const app = context.state.apps.get(whose.app);
  return app?.kind === 'producer' && app.life === whose.life ? app : undefined;
}

export function consumerOf(context: Pick<Context<AppsState>, 'state'>, whose: Whose): Consumer | undefined {
  const app = context.state.apps.get(whose.app);
  return app?.kind === 'consumer' && app.life === whose.life ? app : undefined;
}
