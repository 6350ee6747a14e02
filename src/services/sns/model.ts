/**
 * What SNS keeps: topics, subscriptions, platform applications, and what is on its way. Settings are frozen and
 * replaced whole; counters are numbers, so that a publish that matches nobody makes nothing.
 */
import { messageId } from '../../contract/messageId.ts';
import { type Ledger, newLedger } from '../../contract/metrics.ts';
import { newTraffic, type Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings, LimitsProfile } from '../../contract/world.ts';
import type { Instant, Milliseconds } from '../../engine/units.ts';

export type Protocol =
  | 'http'
  | 'https'
  | 'email'
  | 'email-json'
  | 'sms'
  | 'sqs'
  | 'application'
  | 'lambda'
  | 'firehose';

/** A text as given, and as JSON. Frozen. */
export interface Document<Value = object> {
  readonly text: string;
  readonly value: Value;
}

/** An attribute of a message as it is published. Frozen. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A published message. Frozen; shared by all its deliveries. */
export interface Message {
  readonly seed: number;
  /** Counts the messages of the world. */
  readonly sequence: number;
  readonly topicArn: string;
  /** What subscribers get, or of `MessageStructure=json` the default. */
  readonly body: string;
  /** Bodies by protocol, of `MessageStructure=json`. */
  readonly bodies?: Readonly<Record<string, string>>;
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
  readonly published: Instant;
  readonly bytes: number;
  readonly group?: string;
  /** FIFO: as given, or the digest of the body. */
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  /** No message of a publisher, but SNS's own: it counts nowhere. */
  readonly control?: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  readonly token?: string;
  /** Sent again from the archive. */
  readonly replayed?: true;
}

/** Counters of a subscription; a topic has the sums. */
export interface DeliveryCounters {
  delivered: number;
  /** Deliveries that ended in failure. */
  failed: number;
  filteredOut: number;
  deadLettered: number;
  lost: number;
  /** On their way: the first attempt is not over, or another is to come. */
  pending: number;
  /** Of these: those that wait for another attempt. */
  retrying: number;
}

interface TopicCounters extends DeliveryCounters {
  published: number;
  publishedBytes: number;
  deduplicated: number;
  throttled: number;
}

export interface TopicSettings {
  readonly DisplayName: string;
  /** Undefined: the default policy. */
  readonly Policy: Document | undefined;
  readonly DeliveryPolicy: Document | undefined;
  readonly KmsMasterKeyId: string | undefined;
  readonly TracingConfig: string | undefined;
  readonly SignatureVersion: string | undefined;
  readonly ContentBasedDeduplication: boolean;
  readonly FifoThroughputScope: 'Topic' | 'MessageGroup';
  readonly ArchivePolicy: Document | undefined;
  /** `HTTPSuccessFeedbackRoleArn` and its like, as given. */
  readonly feedback: Readonly<Record<string, string>>;
  readonly DataProtectionPolicy: string;
}

/** What a FIFO topic took in one second. */
export interface Meters {
  second: number;
  messages: number;
  bytes: number;
  calls: number;
  readonly groups: Map<string, number>;
}

export interface Topic {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly order: number;
  readonly created: Instant;
  settings: TopicSettings;
  tags: Readonly<Record<string, string>>;
  readonly counters: TopicCounters;
  readonly incoming: Traffic;
  readonly outgoing: Traffic;
  readonly refusals: Traffic;
  readonly meters: Meters;
  /** Ids of its subscriptions, in order of subscribing. */
  readonly subscriptions: Set<number>;
  /** Subscriptions that were taken back. */
  deletedCount: number;
  /** The newest one, so that a screen can say how each filter took it. */
  newest: Message | undefined;
  /** FIFO: messages kept for replays, oldest first, and since when. */
  archive: Message[];
  archiveSince: Instant | undefined;
}

export interface SubscriptionSettings {
  readonly RawMessageDelivery: boolean;
  readonly FilterPolicy: Document | undefined;
  readonly FilterPolicyScope: 'MessageAttributes' | 'MessageBody';
  readonly RedrivePolicy: Document<{ readonly deadLetterTargetArn: string }> | undefined;
  readonly DeliveryPolicy: Document | undefined;
  readonly SubscriptionRoleArn: string | undefined;
  readonly ReplayPolicy: Document | undefined;
}

/** One line of a delivery-status log (SNS Developer Guide, Amazon SNS message delivery status). Frozen. */
export interface DeliveryLog {
  readonly at: Instant;
  readonly sequence: number;
  readonly status: 'SUCCESS' | 'FAILURE';
  readonly statusCode: number;
  readonly attempts: number;
  readonly dwellTimeMs: Milliseconds;
  readonly providerResponse: string;
}

export interface Subscription {
  /** Counts subscriptions from 1. */
  readonly id: number;
  readonly arn: string;
  readonly topicArn: string;
  /** Who subscribed, and owns it. */
  readonly account: string;
  readonly principal: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly created: Instant;
  confirmed: boolean;
  /** It was confirmed by a signed call, so that only its owner may take it back. */
  authenticated: boolean;
  settings: SubscriptionSettings;
  readonly counters: DeliveryCounters;
  readonly traffic: Traffic;
  /** Its topic was deleted: when. */
  detached: Instant | undefined;
  /** It was taken back; it stays as long as something is on its way. */
  gone: boolean;
  /** Until when its token is good, while it is not confirmed. */
  tokenUntil: Instant;
  /** Newest last. */
  log: DeliveryLog[];
  /** A throttled endpoint: the second, and the deliveries so far in it. */
  throttle: { second: number; count: number } | undefined;
  replay: Replay | undefined;
  /** The resource that answered last: `endpoint/hook`. */
  target: string | undefined;
}

interface Replay {
  status: 'Pending' | 'In progress' | 'Completed' | 'Failed';
  from: Instant;
  to: Instant | undefined;
}

/** Why an attempt failed, and when the next one is. Frozen. */
interface Waiting {
  readonly id: number;
  readonly subscription: number;
  /** More than one only on the way to a FIFO queue. */
  readonly messages: readonly Message[];
  /** Attempts so far. */
  readonly attempt: number;
  readonly next: Instant;
  readonly reason: string;
}

/** An attempt whose answer comes as a delivery: to an HTTP endpoint, a mailbox … Frozen. */
export interface Awaiting {
  readonly subscription: number;
  readonly message: Message;
  readonly attempt: number;
  readonly started: Instant;
}

/** A message that a FIFO topic remembers. Frozen. */
export interface Remembered {
  readonly sequence: number;
  readonly sequenceNumber: string;
  readonly until: Instant;
}

export interface PlatformApplication {
  readonly arn: string;
  readonly name: string;
  readonly platform: string;
  readonly account: string;
  readonly order: number;
  attributes: Readonly<Record<string, string>>;
}

export interface PlatformEndpoint {
  readonly arn: string;
  readonly applicationArn: string;
  readonly account: string;
  attributes: Readonly<Record<string, string>>;
}

export interface SnsState {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  readonly limits: LimitsProfile;
  /** By ARN. */
  readonly topics: Map<string, Topic>;
  readonly subscriptions: Map<number, Subscription>;
  /** Ids by ARN, and by topic, protocol and endpoint. */
  readonly subscriptionOfArn: Map<string, number>;
  readonly subscriptionOfEndpoint: Map<string, number>;
  readonly waiting: Map<number, Waiting>;
  readonly awaiting: Map<number, Awaiting>;
  /** FIFO: what waits behind the head, by subscription and group; an empty list: the head is on its way. */
  readonly lanes: Map<string, Message[]>;
  /** FIFO: what was sent, by topic and key. Oldest first. */
  readonly remembered: Map<string, Remembered>;
  readonly applications: Map<string, PlatformApplication>;
  readonly endpoints: Map<string, PlatformEndpoint>;
  /** By account. */
  readonly smsAttributes: Map<string, Readonly<Record<string, string>>>;
  /** `account/number`: since when. */
  readonly optedOut: Map<string, Instant>;
  /** `account/number`: when it opted in again last. */
  readonly optedIn: Map<string, Instant>;
  readonly ledger: Ledger;
  /** Billed so far, by item of the price list. */
  readonly used: Map<string, number>;
  messagesMade: number;
  subscriptionsMade: number;
  topicsMade: number;
  applicationsMade: number;
  endpointsMade: number;
  deliveriesMade: number;
  sequenceNumbers: number;
  /** The next sweep of `remembered` comes at this size. */
  sweepAt: number;
}

export const createState = ({ seed, epoch, region, account, limits }: AwsWorldSettings): SnsState => ({
  seed,
  epoch,
  region,
  account,
  limits,
  topics: new Map(),
  subscriptions: new Map(),
  subscriptionOfArn: new Map(),
  subscriptionOfEndpoint: new Map(),
  waiting: new Map(),
  awaiting: new Map(),
  lanes: new Map(),
  remembered: new Map(),
  applications: new Map(),
  endpoints: new Map(),
  smsAttributes: new Map(),
  optedOut: new Map(),
  optedIn: new Map(),
  ledger: newLedger(),
  used: new Map(),
  messagesMade: 0,
  subscriptionsMade: 0,
  topicsMade: 0,
  applicationsMade: 0,
  endpointsMade: 0,
  deliveriesMade: 0,
  sequenceNumbers: 0,
  sweepAt: 1_024,
});

/** Families of ids. */
export const MESSAGE_IDS = 21;
const SUBSCRIPTION_IDS = 22;
const ENDPOINT_IDS = 23;

export const idOf = ({ seed, sequence }: Pick<Message, 'seed' | 'sequence'>): string =>
  messageId(seed, sequence, MESSAGE_IDS);
export const subscriptionUuid = (seed: number, id: number): string => messageId(seed, id, SUBSCRIPTION_IDS);
export const endpointUuid = (seed: number, count: number): string => messageId(seed, count, ENDPOINT_IDS);

export const newCounters = (): DeliveryCounters => ({
  delivered: 0,
  failed: 0,
  filteredOut: 0,
  deadLettered: 0,
  lost: 0,
  pending: 0,
  retrying: 0,
});

export const newTopic = (
  facts: Pick<Topic, 'name' | 'account' | 'arn' | 'fifo' | 'order' | 'created' | 'settings' | 'tags'>,
): Topic => ({
  ...facts,
  counters: { ...newCounters(), published: 0, publishedBytes: 0, deduplicated: 0, throttled: 0 },
  incoming: newTraffic(),
  outgoing: newTraffic(),
  refusals: newTraffic(),
  meters: { second: 0, messages: 0, bytes: 0, calls: 0, groups: new Map() },
  subscriptions: new Set(),
  deletedCount: 0,
  newest: undefined,
  archive: [],
  archiveSince: undefined,
});

export const endpointKey = (topicArn: string, protocol: string, endpoint: string): string =>
  `${topicArn} ${protocol} ${endpoint}`;

/** `arn:aws:sns:us-east-1:000000000000:orders` → `orders`. */
export const nameOfArn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
