/**
 * What SQS counts beside the bill, so that the same work can be priced done differently: in batches, with long polls,
 * with another data key reuse period. Counted call by call; nothing here changes what a queue does.
 */
import { requestsOf } from '../../contract/usage.ts';
import type { Caller } from '../../engine/service.ts';
import { after, type Instant, milliseconds } from '../../engine/units.ts';
import type { Queue } from './model.ts';

export type Action = 'send' | 'receive' | 'delete' | 'change';

/** Of all queues of one kind, since the world began. Requests as billed. */
export interface QueueWork {
  sent: number;
  received: number;
  deleted: number;
  changed: number;
  sendRequests: number;
  /** Of receives that brought something. */
  receiveRequests: number;
  deleteRequests: number;
  changeRequests: number;
  emptyReceives: number;
  /** Receives that would have come back empty, had every poll waited for 20 s. */
  emptyReceivesIfLong: number;
  /** Calls of which ten fit into one 64 KB chunk: their messages, and what was billed. */
  smallSent: number;
  smallSendRequests: number;
  smallReceived: number;
  smallReceiveRequests: number;
  /** Calls of more than one 64 KB chunk: how many, their messages, and what was billed. */
  largeSends: number;
  largeSent: number;
  largeSendRequests: number;
  largeReceives: number;
  largeReceived: number;
  largeReceiveRequests: number;
}

/** Data key reuse periods, in seconds, for which KMS calls are counted beside the queue's own. */
export const REUSE_SECONDS = [60, 300, 86_400] as const;

export interface SqsWork {
  readonly standard: QueueWork;
  readonly fifo: QueueWork;
  /** Calls to KMS: with each queue's own reuse period, then with those of REUSE_SECONDS. */
  readonly keyCalls: number[];
  /** By queue and principal: until when its data key is used, for each of the periods. */
  readonly dataKeys: Map<string, Instant[]>;
  /** By queue and poller: until when a long poll of 20 s would have waited. */
  readonly longPolls: Map<string, Instant>;
}

/** Messages up to this size: ten of them are one chunk. */
const SMALL = 6_553;
const LONGEST_POLL = milliseconds(20_000);

const newQueueWork = (): QueueWork => ({
  sent: 0,
  received: 0,
  deleted: 0,
  changed: 0,
  sendRequests: 0,
  receiveRequests: 0,
  deleteRequests: 0,
  changeRequests: 0,
  emptyReceives: 0,
  emptyReceivesIfLong: 0,
  smallSent: 0,
  smallSendRequests: 0,
  smallReceived: 0,
  smallReceiveRequests: 0,
  largeSends: 0,
  largeSent: 0,
  largeSendRequests: 0,
  largeReceives: 0,
  largeReceived: 0,
  largeReceiveRequests: 0,
});

export const newWork = (): SqsWork => ({
  standard: newQueueWork(),
  fifo: newQueueWork(),
  keyCalls: [0, ...REUSE_SECONDS.map(() => 0)],
  dataKeys: new Map(),
  longPolls: new Map(),
});

/** The messages of a call: how many, their bytes together, and those of the largest. */
export interface Load {
  readonly messages: number;
  readonly bytes: number;
  readonly largest: number;
}

export function countSend(kind: QueueWork, { messages, bytes, largest }: Load): void {
  const requests = requestsOf(bytes);
  kind.sent += messages;
  kind.sendRequests += requests;
  if (largest <= SMALL) {
    kind.smallSent += messages;
    kind.smallSendRequests += requests;
  }
  if (requests > 1) {
    kind.largeSends++;
    kind.largeSent += messages;
    kind.largeSendRequests += requests;
  }
}

export function countReceive(kind: QueueWork, { messages, bytes, largest }: Load): void {
  const requests = requestsOf(bytes);
  kind.received += messages;
  kind.receiveRequests += requests;
  if (largest <= SMALL) {
    kind.smallReceived += messages;
    kind.smallReceiveRequests += requests;
  }
  if (requests > 1) {
    kind.largeReceives++;
    kind.largeReceived += messages;
    kind.largeReceiveRequests += requests;
  }
}

/** A receive that brought nothing; `waitedMs`: how long it would have waited for a message. */
export function countEmptyReceive(
  work: SqsWork,
  kind: QueueWork,
  poller: string,
  now: Instant,
  waitedMs: number,
): void {
  kind.emptyReceives++;
  const longUntil = work.longPolls.get(poller);
  const began = after(now, milliseconds(-waitedMs));
  if (longUntil !== undefined && began < longUntil) return;
  kind.emptyReceivesIfLong++;
  work.longPolls.set(poller, after(began, LONGEST_POLL));
}

/** The long poll that would have been waiting brings this message: it is no empty receive after all. */
export function endLongPoll(work: SqsWork, kind: QueueWork, poller: string, now: Instant): void {
  const longUntil = work.longPolls.get(poller);
  if (longUntil === undefined) return;
  if (now < longUntil) kind.emptyReceivesIfLong--;
  work.longPolls.delete(poller);
}

/**
 * SQS Developer Guide, Key management ("Estimate AWS KMS costs"): each principal that sends calls KMS twice a reuse
 * period, each that receives once.
 *
 * SIMPLER THAN AWS: the receiving side counts one data key at a time, whoever sent.
 */
export function countKeyCalls(
  work: SqsWork,
  queue: Queue,
  action: 'send' | 'receive',
  caller: Caller,
  now: Instant,
): void {
  const calls = action === 'send' ? 2 : 1;
  const user = `${queue.url} ${caller.account} ${caller.profile} ${action}`;
  let keys = work.dataKeys.get(user);
  if (keys === undefined) {
    keys = work.keyCalls.map(() => now);
    work.dataKeys.set(user, keys);
  }
  for (const [index, until] of keys.entries()) {
    if (now < until) continue;
    const reuse = REUSE_SECONDS[index - 1] ?? queue.settings.KmsDataKeyReusePeriodSeconds;
    work.keyCalls[index] = (work.keyCalls[index] ?? 0) + calls;
    keys[index] = after(now, milliseconds(reuse * 1_000));
  }
}
