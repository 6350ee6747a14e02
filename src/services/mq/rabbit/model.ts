/** What RabbitMQ keeps: virtual hosts, exchanges, queues, channels. Plain data; messages and entries are frozen. */
import type { HeaderTable, MessageProperties, Publish } from '../../../contract/broker.ts';
import type { Traffic } from '../../../contract/traffic.ts';
import type { LimitsProfile } from '../../../contract/world.ts';
import type { Instant } from '../../../engine/units.ts';

export const EXCHANGE_TYPES = ['direct', 'fanout', 'topic', 'headers', 'x-consistent-hash'] as const;
export type ExchangeType = (typeof EXCHANGE_TYPES)[number];

export interface RabbitRuntime {
  readonly type: 'RABBITMQ';
  /** The world's profile of limits. */
  readonly limits: LimitsProfile;
  readonly virtualHosts: Map<string, VirtualHost>;
  readonly users: Map<string, RabbitUser>;
  /** By the connection's number. */
  readonly channels: Map<number, Channel>;
  readonly consumers: Map<number, Consumer>;
  queuesMade: number;
  consumersMade: number;
  namesMade: number;
  queueCount: number;
  exchangeCount: number;
  readyCount: number;
  readyBytes: number;
  unackedCount: number;
  unackedBytes: number;
  /** `memory`, `disk`; '': publishers are free. */
  alarm: '' | 'memory' | 'disk';
  /** Publishes that wait until the alarm is over, oldest first. Frozen. */
  held: HeldPublish[];
  /** The next connection goes to the node after this one. */
  lastNode: number;
}

interface HeldPublish {
  readonly connection: number;
  readonly request: number;
  readonly publish: Publish;
}

/** Frozen. Patterns as RabbitMQ has them; by virtual host. */
interface RabbitUser {
  readonly name: string;
  readonly password: string;
  readonly tags: string;
  readonly permissions: Readonly<Record<string, Permissions>>;
}
export interface Permissions {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

export interface VirtualHost {
  readonly name: string;
  readonly exchanges: Map<string, Exchange>;
  readonly queues: Map<string, Queue>;
}

export interface Exchange {
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: HeaderTable;
  /** Oldest first. */
  bindings: Binding[];
  readonly counters: { published: number; unroutable: number };
  readonly traffic: Traffic;
}

/** Frozen. */
export interface Binding {
  readonly source: string;
  readonly to: 'queue' | 'exchange';
  readonly destination: string;
  readonly routingKey: string;
  readonly arguments: HeaderTable;
}

/** What the arguments of a queue and the broker's policies come to. Frozen; -1: no limit. */
export interface QueueSettings {
  readonly messageTtlMs: number;
  readonly expiresMs: number;
  readonly maxLength: number;
  readonly maxBytes: number;
  readonly overflow: 'drop-head' | 'reject-publish' | 'reject-publish-dlx';
  /** undefined: none; '' is the default exchange. */
  readonly deadLetterExchange: string | undefined;
  readonly deadLetterRoutingKey: string | undefined;
  readonly maxPriority: number;
  readonly deliveryLimit: number;
  readonly singleActiveConsumer: boolean;
}

export interface Queue {
  readonly name: string;
  readonly virtualHost: string;
  readonly order: number;
  readonly created: Instant;
  readonly kind: 'classic' | 'quorum';
  readonly durable: boolean;
  /** The connection that owns it; 0: nobody. */
  readonly exclusive: number;
  readonly autoDelete: boolean;
  readonly arguments: HeaderTable;
  readonly settings: QueueSettings;
  /** Nodes that hold a copy. */
  readonly members: readonly number[];
  /** The node that leads it; 0: none now. */
  leader: number;
  /** An election ends then; -1: there is none. */
  electionEnds: number;
  /** By priority, highest first; most queues have one. */
  readonly lanes: Lane[];
  /** Of quorum queues with two levels: how many of the high one came in a row. */
  turn: number;
  nextSequence: number;
  ready: number;
  readyBytes: number;
  unacked: number;
  unackedBytes: number;
  /** Publishes that wait for a leader. Frozen entries. */
  waiting: WaitingEntry[];
  /** Numbers, in order of registration. */
  readonly consumers: Set<number>;
  /** Of these, who can take one more, next first. */
  readonly able: Set<number>;
  /** Some consumer has another priority than 0. */
  prioritized: boolean;
  /** Of `x-single-active-consumer`: who; 0: nobody. */
  active: number;
  exclusiveConsumer: number;
  hadConsumer: boolean;
  /** For `x-expires`. */
  usedAt: Instant;
  /** When the timers that are planned will look; -1: none is. */
  expiryAt: number;
  unusedAt: number;
  readonly counters: QueueCounters;
  readonly incoming: Traffic;
  readonly outgoing: Traffic;
}

/**
 * Where messages are: `routed` = ready + unacknowledged + waiting + acknowledged + deadLettered + expired + dropped +
 * purged + lost. A message that is dead-lettered counts once more in the queue it comes to. `expired`, `dropped`: without
 * a dead-letter exchange.
 */
interface QueueCounters {
  routed: number;
  delivered: number;
  acknowledged: number;
  redelivered: number;
  deadLettered: number;
  expired: number;
  dropped: number;
  purged: number;
  lost: number;
  /** Turned away by `reject-publish`: never routed. */
  rejected: number;
}

/** First in, first out: full chunks are frozen; what was handed out and came back stands before, by sequence. */
export interface Lane {
  readonly priority: number;
  chunks: Entry[][];
  /** The first of `chunks[0]` that is still there. */
  head: number;
  returned: Entry[];
  size: number;
}

/** A message as it was published; shared by its copies. Frozen. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly bytes: number;
  readonly exchange: string;
  readonly routingKey: string;
  readonly properties: MessageProperties;
  readonly persistent: boolean;
  readonly published: Instant;
}

/** A message in one queue. Frozen. */
export interface Entry {
  readonly sequence: number;
  readonly message: Message;
  readonly arrived: Instant;
  /** -1: never. */
  readonly expires: number;
  /** How often it came back. */
  readonly returns: number;
  readonly redelivered: boolean;
}

interface WaitingEntry {
  readonly message: Message;
  /** The publisher that wants to know; 0: none. */
  readonly connection: number;
  readonly request: number;
}

export interface Channel {
  readonly connection: number;
  readonly virtualHost: string;
  nextTag: number;
  /** By delivery tag, oldest first. Frozen. */
  readonly unacked: Map<number, Unacked>;
  /** Numbers by consumer tag. */
  readonly consumers: Map<string, number>;
  /** For consumers to come; 0: no limit. */
  prefetch: number;
  /** basic.qos global: all consumers together; 0: no limit. */
  channelPrefetch: number;
  /** The queues that it has made for itself. */
  readonly exclusiveQueues: Set<string>;
  /** An open transaction: what waits for its commit. Frozen; undefined: none. */
  transaction: TransactionStep[] | undefined;
  /** Of publishes that wait to be confirmed: how many queues are still to answer, by request. */
  readonly unconfirmed: Map<number, number>;
  publishes: boolean;
  /** When the timer looks for a delivery that was not acknowledged for too long; -1: none. */
  timeoutAt: number;
}

type TransactionStep =
  | { readonly step: 'publish'; readonly publish: Publish; readonly request: number }
  | {
      readonly step: 'settle';
      readonly tags: readonly number[];
      readonly how: 'ack' | 'requeue' | 'reject';
    };

export interface Unacked {
  readonly tag: number;
  readonly queue: string;
  /** The queue's own number: another queue may have its name by now. */
  readonly order: number;
  readonly entry: Entry;
  /** 0: it was got, not subscribed to. */
  readonly consumer: number;
  readonly since: Instant;
}

export interface Consumer {
  readonly number: number;
  readonly connection: number;
  readonly tag: string;
  readonly queue: string;
  readonly prefetch: number;
  readonly noAck: boolean;
  readonly priority: number;
  readonly since: Instant;
  unacked: number;
  delivered: number;
}
