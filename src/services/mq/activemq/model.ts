/** What ActiveMQ keeps: destinations, subscriptions, consumers, sessions. Plain data; messages and entries are frozen. */
import type { BrokerProtocol, MessageProperties, Publish } from '../../../contract/broker.ts';
import { newTraffic, type Traffic } from '../../../contract/traffic.ts';
import type { Instant } from '../../../engine/units.ts';
import type { ActivePolicy } from './policy.ts';
import type { Selector } from './selector.ts';

export interface ActiveRuntime {
  readonly type: 'ACTIVEMQ';
  /** As the broker's configuration says; read when it starts. Frozen. */
  policy: ActivePolicy;
  /** Queues and subscriptions by key: `queue://orders`, `sub://till-1:prices`. */
  readonly boxes: Map<string, Box>;
  /** By name. */
  readonly topics: Map<string, Topic>;
  readonly consumers: Map<number, Consumer>;
  /** By the connection's number. */
  readonly sessions: Map<number, Session>;
  /** MQTT: the newest retained message by topic name. Frozen. */
  readonly retained: Map<string, Message>;
  /** MQTT QoS 2: ids that a client has sent, newest last. */
  readonly received: Map<string, string[]>;
  /** Messages that wait for their time, by number. Frozen. */
  readonly scheduled: Map<number, ScheduledMessage>;
  /** Publishes that wait for room, oldest first. Frozen. */
  held: HeldPublish[];
  /** When the timer of scheduled messages will look; -1: none is planned. */
  scheduledAt: number;
  sequence: number;
  consumersMade: number;
  boxesMade: number;
  scheduledMade: number;
  readonly totals: Totals;
  /** The node that holds the lock and serves; 0: none. */
  active: number;
  /** Set while a node takes over, and kept as the last one afterwards. Frozen. */
  takeover: Takeover | undefined;
}

interface Totals {
  ready: number;
  unacked: number;
  /** Of messages that are not persistent. */
  memoryBytes: number;
  /** Of those in the journal. */
  diskBytes: number;
  producers: number;
}

/** A message as it was published; shared by its copies. Frozen. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly bytes: number;
  /** `queue://orders`, `topic://prices`. */
  readonly destination: string;
  readonly properties: MessageProperties;
  readonly persistent: boolean;
  readonly priority: number;
  readonly published: Instant;
  /** -1: never. */
  readonly expires: number;
  readonly protocol: BrokerProtocol;
  /** BytesMessage or TextMessage to a JMS client. */
  readonly form: 'bytes' | 'text';
}

/** A message in one box. Frozen. */
export interface Entry {
  readonly sequence: number;
  readonly message: Message;
  readonly arrived: Instant;
  /** -1: never. */
  readonly expires: number;
  /** How often it was handed out. */
  readonly deliveries: number;
  readonly redelivered: boolean;
  readonly retained: boolean;
}

/** First in, first out; `returned` stands before `fresh`. By sequence. */
export interface Lane {
  readonly priority: number;
  returned: Map<number, Entry>;
  readonly fresh: Map<number, Entry>;
}

/** A queue, or what a topic keeps for one subscription. */
export interface Box {
  readonly key: string;
  /** A queue's name; of a subscription the topic, which may have wildcards. */
  readonly name: string;
  readonly kind: 'queue' | 'subscription';
  readonly order: number;
  readonly created: Instant;
  prioritized: boolean;
  /** Of subscriptions: it outlives its consumer. */
  readonly durable: boolean;
  readonly clientId: string;
  readonly subscriptionName: string;
  selector: Selector | undefined;
  /** MQTT sessions that are kept: what to subscribe to again. */
  readonly session: { readonly tag: string; readonly qos: 0 | 1 | 2 } | undefined;
  /** Highest priority first. */
  readonly lanes: Lane[];
  /** Their client waits before it takes them again; they count as unacknowledged. By sequence. Frozen values. */
  readonly redelivering: Map<number, Redelivering>;
  ready: number;
  readyBytes: number;
  unacked: number;
  unackedBytes: number;
  /** Numbers, in order of registration. */
  readonly consumers: Set<number>;
  /** Those that can take one more, next first. */
  readonly able: Set<number>;
  /** JMSXGroupID to consumer. */
  readonly groups: Map<string, number>;
  /** The exclusive consumer that has it now; 0: none is. */
  owner: number;
  /** Some consumer has another priority than 0. */
  ranked: boolean;
  /** When the timer that is planned will look; -1: none is. */
  expiryAt: number;
  redeliveryAt: number;
  readonly counters: BoxCounters;
  readonly incoming: Traffic;
  readonly outgoing: Traffic;
}

export interface Redelivering {
  readonly at: Instant;
  readonly entry: Entry;
}

/**
 * Where messages are: `enqueued` = ready + unacked + acknowledged + deadLettered + expired + dropped + purged + lost.
 * A message that is dead-lettered counts once more in the queue it comes to. `expired`, `dropped`: without dead letters.
 */
export interface BoxCounters {
  enqueued: number;
  dispatched: number;
  acknowledged: number;
  redelivered: number;
  deadLettered: number;
  expired: number;
  dropped: number;
  purged: number;
  lost: number;
}

export interface Topic {
  readonly name: string;
  readonly order: number;
  readonly created: Instant;
  /** Keys of the subscriptions that match its name. */
  readonly boxes: Set<string>;
  readonly counters: { published: number; delivered: number; dropped: number };
  readonly incoming: Traffic;
}

export interface Consumer {
  readonly number: number;
  readonly connection: number;
  readonly tag: string;
  readonly destination: string;
  /** Of a queue pattern also those that come later. */
  readonly boxes: Set<string>;
  readonly pattern: string | undefined;
  readonly prefetch: number;
  readonly ack: 'auto' | 'client' | 'individual';
  readonly exclusive: boolean;
  readonly priority: number;
  readonly selector: Selector | undefined;
  readonly qos: 0 | 1 | 2;
  readonly since: Instant;
  unacked: number;
  delivered: number;
}

export interface Session {
  readonly connection: number;
  readonly protocol: BrokerProtocol;
  readonly clientId: string;
  readonly keepsSession: boolean;
  readonly by: string;
  readonly user: string;
  readonly groups: readonly string[];
  nextTag: number;
  /** By delivery tag, oldest first. Frozen. */
  readonly unacked: Map<number, Unacked>;
  /** Numbers by the client's tag. */
  readonly consumers: Map<string, number>;
  readonly will: Omit<Publish, 'do'> | undefined;
  publishes: boolean;
  /** Until then the journal writes what it has sent; then the newest is confirmed. */
  stored: Instant;
  /** An open transaction. Frozen steps. */
  transaction: TransactionStep[] | undefined;
}

type TransactionStep =
  | { readonly step: 'publish'; readonly publish: Publish }
  | { readonly step: 'ack'; readonly tags: readonly number[] };

export interface Unacked {
  readonly tag: number;
  readonly box: string;
  readonly entry: Entry;
  /** 0: it was got, not subscribed to. */
  readonly consumer: number;
  readonly since: Instant;
}

export interface HeldPublish {
  readonly connection: number;
  readonly request: number;
  readonly publish: Publish;
  /** What is full: `memory`, `store`, or a queue. */
  readonly reason: string;
}

export interface ScheduledMessage {
  readonly at: Instant;
  readonly message: Message;
  /** 0: once. */
  readonly periodMs: number;
  /** How many more times after this one. */
  readonly repeats: number;
  readonly cron: string;
}

const PHASES = ['lease', 'lock', 'journal', 'ports'] as const;
export type PhaseName = (typeof PHASES)[number];

/** A node becomes active: what it does, one after the other. */
export interface Takeover {
  readonly from: number;
  readonly to: number;
  readonly reason: 'reboot' | 'failure' | 'start';
  readonly began: Instant;
  readonly phases: readonly Phase[];
  /** What became of the messages that the other one held. */
  readonly fate: Fate;
  readonly connectionsLost: number;
  readonly done: boolean;
}
export interface Phase {
  readonly name: PhaseName;
  readonly from: Instant;
  readonly until: Instant;
}
export interface Fate {
  readonly kept: number;
  readonly redelivered: number;
  readonly lost: number;
}

export const newRuntime = (policy: ActivePolicy, active: number): ActiveRuntime => ({
  type: 'ACTIVEMQ',
  policy,
  boxes: new Map(),
  topics: new Map(),
  consumers: new Map(),
  sessions: new Map(),
  retained: new Map(),
  received: new Map(),
  scheduled: new Map(),
  held: [],
  scheduledAt: -1,
  sequence: 0,
  consumersMade: 0,
  boxesMade: 0,
  scheduledMade: 0,
  totals: { ready: 0, unacked: 0, memoryBytes: 0, diskBytes: 0, producers: 0 },
  active,
  takeover: undefined,
});

export const newBox = (
  facts: Pick<Box, 'key' | 'name' | 'kind' | 'order' | 'created' | 'prioritized'> &
    Partial<Pick<Box, 'durable' | 'clientId' | 'subscriptionName' | 'selector' | 'session'>>,
): Box => ({
  durable: facts.kind === 'queue',
  clientId: '',
  subscriptionName: '',
  selector: undefined,
  session: undefined,
  ...facts,
  lanes: [],
  redelivering: new Map(),
  ready: 0,
  readyBytes: 0,
  unacked: 0,
  unackedBytes: 0,
  consumers: new Set(),
  able: new Set(),
  groups: new Map(),
  owner: 0,
  ranked: false,
  expiryAt: -1,
  redeliveryAt: -1,
  counters: {
    enqueued: 0,
    dispatched: 0,
    acknowledged: 0,
    redelivered: 0,
    deadLettered: 0,
    expired: 0,
    dropped: 0,
    purged: 0,
    lost: 0,
  },
  incoming: newTraffic(),
  outgoing: newTraffic(),
});

/** MQTT 3.1.1 has none. */
export const PROTOCOLS_WITH_HEADERS: ReadonlySet<BrokerProtocol> = new Set([
  'amqp-1-0',
  'stomp',
  'openwire',
  'wss',
]);
