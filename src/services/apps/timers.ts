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
}

/** A worker's work on one message, or its rest between two polls, ends. */
export interface WorkerDue extends Timer {
  readonly type: 'app/WorkerDue';
  readonly app: string;
  readonly life: number;
  readonly worker: number;
  readonly turn: number;
}

export type AppTimer = SendDue | RetryDue | WorkerDue;

/** Comes back with the answer to a send. */
export interface SendToken {
  readonly type: 'send';
  readonly app: string;
  readonly life: number;
  readonly numbers: readonly number[];
  readonly attempt: number;
  readonly at: number;
}

/** Comes back with the answer to a worker's receive or delete. */
export interface WorkerToken {
  readonly type: 'receive' | 'delete';
  readonly app: string;
  readonly life: number;
  readonly worker: number;
  readonly turn: number;
}

export type AppToken = SendToken | WorkerToken;

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
