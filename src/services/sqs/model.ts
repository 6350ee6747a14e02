/**
 * What SQS keeps. Messages lie in the message store; all else is small and plain. Frozen values (contents, settings,
 * tasks' facts) are replaced whole and shared by checkpoints.
 */

import { formatArn } from '../../contract/arn.ts';
import { messageId } from '../../contract/messageId.ts';
import { type Ledger, newLedger } from '../../contract/metrics.ts';
import type { Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings, LimitsProfile } from '../../contract/world.ts';
import type { CallId } from '../../engine/service.ts';
import {
  createDedupWindow,
  createMessageStore,
  type DedupWindow,
  type MessageStore,
  type QueueRow,
  type Receipt,
} from '../../engine/store/index.ts';
import type { Bytes, Instant, Seconds } from '../../engine/units.ts';
import { DEDUPLICATION_WINDOW } from './limits.ts';
import { newWork, type SqsWork } from './work.ts';

/** A message attribute as it was sent: exactly one of the two values. */
export interface AttributeValue {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Never written to. */
  readonly BinaryValue?: Uint8Array;
}

/** What never changes about a message. Frozen; ids and digests are made from it on demand. */
export interface MessageContent {
  /** The world's seed and the message's number in it: its MessageId. */
  readonly seed: number;
  readonly sequence: number;
  readonly body: string;
  /** The key of the queue it was sent to. Elsewhere it is only after a move to a dead-letter queue. */
  readonly home: string;
  readonly senderAccount: string;
  /** By name, sorted as they were sent. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly traceHeader?: string;
  readonly group?: string;
  readonly deduplicationId?: string;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

/** The attributes of a queue, in AWS's names, as values. Frozen. */
export interface QueueSettings {
  readonly VisibilityTimeout: Seconds;
  readonly DelaySeconds: Seconds;
  readonly MessageRetentionPeriod: Seconds;
  readonly MaximumMessageSize: Bytes;
  readonly ReceiveMessageWaitTimeSeconds: Seconds;
  readonly KmsDataKeyReusePeriodSeconds: Seconds;
  readonly KmsMasterKeyId?: string;
  readonly SqsManagedSseEnabled?: boolean;
  /** JSON as it was given, and read. */
  readonly Policy?: { readonly text: string; readonly policy: object };
  readonly RedrivePolicy?: { readonly text: string; readonly policy: RedrivePolicy };
  readonly RedriveAllowPolicy?: { readonly text: string; readonly policy: RedriveAllowPolicy };
  readonly ContentBasedDeduplication: boolean;
  readonly DeduplicationScope: 'queue' | 'messageGroup';
  readonly FifoThroughputLimit: 'perQueue' | 'perMessageGroupId';
}

/** Counts since the queue was made. */
export interface Counters {
  sent: number;
  received: number;
  deleted: number;
  expired: number;
  deadLettered: number;
  moved: number;
  duplicated: number;
  emptyReceives: number;
}

/** What a FIFO queue meters: calls, single or batch. */
export type MeteredAction = 'send' | 'receive' | 'delete' | 'change';

/** Calls in one second of the world, by action; and what was refused since the queue was made. */
export interface CallMeters extends Record<MeteredAction, number> {
  second: number;
  /** High throughput: calls that sent to a group. */
  readonly groups: Map<string, number>;
  refused: number;
  readonly refusals: Traffic;
}

/** Fair queues: what the message groups of a standard queue have in flight. */
export interface Tenants {
  /** Messages by group; those that have some. */
  readonly inFlight: Map<string, number>;
  /** Groups with enough of them to be noisy. */
  readonly busy: Set<string>;
}

/** A receive that waits for a message: oldest first in its queue. */
export interface ParkedPoll {
  readonly call: CallId;
  readonly by: string;
  readonly until: Instant;
  readonly max: number;
  readonly timeout: Seconds | undefined;
  readonly systemAttributes: readonly string[];
  readonly attributeNames: readonly string[];
  readonly attemptId: string | undefined;
}

/** What a receive with a ReceiveRequestAttemptId handed out (FIFO). */
export interface ReceiveAttempt {
  readonly at: Instant;
  readonly receipts: readonly Receipt[];
  /** When its messages turn visible, unless somebody changed one. */
  readonly due: Instant;
}

/** What the open minute of CloudWatch is made from, beside the counters: see `metrics.ts`. */
export interface OpenMinute extends Pick<Counters, 'sent' | 'received' | 'deleted' | 'emptyReceives'> {
  /** Of the messages sent. */
  sizeSum: number;
  sizeMin: number;
  sizeMax: number;
  deduplicated: number;
  /** Deletes of what was gone already. */
  deletedAgain: number;
  /** By an action that none of these counts. */
  used: boolean;
}

export interface Queue {
  readonly key: string;
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  readonly row: QueueRow;
  /** Order of creation in the world; part of each receipt handle. */
  readonly order: number;
  readonly created: Instant;
  modified: Instant;
  settings: QueueSettings;
  tags: Readonly<Record<string, string>>;
  readonly counters: Counters;
  /** The counters as they were when the minute began, and what else it counts. */
  readonly open: OpenMinute;
  readonly incoming: Traffic;
  readonly outgoing: Traffic;
  /** Messages that left for the dead-letter queue. */
  readonly deadLetters: Traffic;
  polls: readonly ParkedPoll[];
  readonly attempts: Map<string, ReceiveAttempt>;
  /** FIFO: waiting messages that were handed out more than once: their earlier handles have expired. */
  readonly handedOutAgain: Set<number>;
  purged: Instant | undefined;
}

export interface MoveTask {
  readonly number: number;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  /** As it was asked for; undefined: ours to choose. */
  readonly ratePerSecond: number | undefined;
  readonly started: Instant;
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  failure: string | undefined;
}

/** Instants at which a kernel timer is already set, the earliest last. See `rules/alarm.ts`. */
export type Alarm = Instant[];

/** Billed requests, by the item of the price list they fall under. */
interface Requests {
  standard: number;
  fifo: number;
  fair: number;
}

export interface SqsState {
  /** The world's seed as one word. */
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  readonly limits: LimitsProfile;
  readonly store: MessageStore;
  /** By `account/name`. */
  readonly queues: Map<string, Queue>;
  /** The same queues by their row in the store, and by the URL that answers give. */
  readonly queueOfRow: Map<QueueRow, Queue>;
  readonly queueOfUrl: Map<string, Queue>;
  /** FIFO queues' memories of what was sent, by queue key. */
  readonly sentBefore: Map<string, DedupWindow<MessageContent>>;
  /** When names were set free, by `account/name`; those still waiting out their minute. */
  readonly deleted: Map<string, Instant>;
  /** FIFO queues' meters of calls, by queue key; there from the first call on. */
  readonly meters: Map<string, CallMeters>;
  /** Standard queues' groups, by queue key; there from the first receive of a group on. */
  readonly tenants: Map<string, Tenants>;
  /** Messages that were deleted from one host only, by queue key: their numbers. */
  readonly copies: Map<string, Set<number>>;
  readonly moveTasks: MoveTask[];
  readonly requests: Requests;
  readonly work: SqsWork;
  /** Who receives, numbered from 1 for the store. */
  readonly holders: string[];
  readonly ledger: Ledger;
  readonly storeAlarm: Alarm;
  readonly pollAlarm: Alarm;
  messagesMade: number;
  queuesMade: number;
  tasksMade: number;
}

/** Ids are mixed from 32-bit words: the high part of a large seed counts, too. */
const foldedSeed = (seed: number): number =>
  (seed | 0) ^ Math.imul(Math.floor(seed / 0x1_0000_0000), 0x9e3779b9);

export function createState(settings: AwsWorldSettings): SqsState {
  return {
    seed: foldedSeed(settings.seed),
    epoch: settings.epoch,
    region: settings.region,
    account: settings.account,
    limits: settings.limits,
    store: createMessageStore(),
    queues: new Map(),
    queueOfRow: new Map(),
    queueOfUrl: new Map(),
    sentBefore: new Map(),
    deleted: new Map(),
    meters: new Map(),
    tenants: new Map(),
    copies: new Map(),
    moveTasks: [],
    requests: { standard: 0, fifo: 0, fair: 0 },
    work: newWork(),
    holders: [],
    ledger: newLedger(),
    storeAlarm: [],
    pollAlarm: [],
    messagesMade: 0,
    queuesMade: 0,
    tasksMade: 0,
  };
}

export const newSentBefore = (): DedupWindow<MessageContent> => createDedupWindow(DEDUPLICATION_WINDOW);

export const newCounters = (): Counters => ({
  sent: 0,
  received: 0,
  deleted: 0,
  expired: 0,
  deadLettered: 0,
  moved: 0,
  duplicated: 0,
  emptyReceives: 0,
});

export const idOf = (content: MessageContent): string => messageId(content.seed, content.sequence);

/** 20 decimal digits, increasing with each message and not consecutive. */
export const sequenceNumberOf = (content: MessageContent): string =>
  String(18_849_496_460_467_696_128n + BigInt(content.sequence) * 256n + BigInt(content.seed & 127));

export const queueArnOf = (region: string, key: string): string => {
  const slash = key.indexOf('/');
  return formatArn({
    partition: 'aws',
    service: 'sqs',
    region,
    account: key.slice(0, slash),
    resource: key.slice(slash + 1),
  });
};

/** Milliseconds since 1970, as texts in answers state instants. */
export const utc = (state: SqsState, at: Instant): number => state.epoch + at;

/** Makes a queue known under its name, its row and its URL. */
export function addQueue(state: SqsState, queue: Queue): void {
  state.queues.set(queue.key, queue);
  state.queueOfRow.set(queue.row, queue);
  state.queueOfUrl.set(queue.url, queue);
}

export function removeQueue(state: SqsState, queue: Queue): void {
  state.queues.delete(queue.key);
  state.queueOfRow.delete(queue.row);
  state.queueOfUrl.delete(queue.url);
}

/** Numbers of holders by the list that they are the places of. */
const holderNumbers = new WeakMap<readonly string[], Map<string, number>>();

/** The number under which the store keeps who received. */
export function holderNumber({ holders }: SqsState, by: string): number {
  let numbers = holderNumbers.get(holders);
  if (numbers === undefined) {
    numbers = new Map(holders.map((holder, index) => [holder, index + 1]));
    holderNumbers.set(holders, numbers);
  }
  let number = numbers.get(by);
  if (number === undefined) {
    number = holders.push(by);
    numbers.set(by, number);
  }
  return number;
}
