/** Quotas and defaults of SNS, with the title of the AWS page that states them. */
import type { LimitsProfile } from '../../contract/world.ts';
import { type Bytes, bytes, type Milliseconds, milliseconds } from '../../engine/units.ts';

/** SNS API Reference, Publish: body and attributes together; the same for a whole PublishBatch. */
export const MESSAGE_BYTES_MAX: Bytes = bytes(262_144);
export const BATCH_ENTRIES_MAX = 10;
export const BATCH_ID_LENGTH_MAX = 80;
/** SNS API Reference, Publish: "Must be less than 100 characters long". */
export const SUBJECT_LENGTH_MAX = 100;
export const SMS_LENGTH_MAX = 1_600;
/** SNS API Reference, CreateTopic. */
export const TOPIC_NAME_LENGTH_MAX = 256;
/** UNSURE: the length. */
export const DISPLAY_NAME_LENGTH_MAX = 100;
/** SNS API Reference, TagResource. */
export const TAGS_MAX = 50;
/** SNS API Reference, ListTopics: "100 topics". The same for subscriptions. */
export const PAGE = 100;
/** SNS Developer Guide, Amazon SNS access control: quotas of a topic policy. */
export const POLICY_BYTES_MAX = 30_720;
export const POLICY_STATEMENTS_MAX = 100;
export const DATA_PROTECTION_LENGTH_MAX = 30_720;
/** SNS API Reference, CreatePlatformEndpoint. */
export const USER_DATA_BYTES_MAX = 2_048;
/** SNS Developer Guide, Filter policy constraints. */
export const FILTER_KEYS_MAX = 5;
export const FILTER_COMBINATIONS_MAX = 150;
export const FILTER_POLICIES_OF_TOPIC_MAX = 200;
/** SNS API Reference, ConfirmSubscription: "Tokens are valid for two days". */
export const TOKEN_LIFE: Milliseconds = milliseconds(2 * 86_400_000);
/** SNS API Reference, DeleteTopic. UNSURE: how long subscriptions of a deleted topic linger. */
export const DETACHED_LIFE: Milliseconds = milliseconds(2 * 86_400_000);
/** SNS Developer Guide, Message deduplication for FIFO topics. */
export const DEDUPLICATION_WINDOW: Milliseconds = milliseconds(300_000);
/** SNS Developer Guide, Message delivery retries: how long an HTTP endpoint has for its answer. */
export const ANSWER_WAIT: Milliseconds = milliseconds(15_000);
/** SNS Developer Guide, Message archiving for FIFO topics, in days. */
export const ARCHIVE_DAYS_MAX = 365;
/** Log lines, and filtered-out messages told one by one, that are kept of one publish or subscription. */
export const LOG_KEPT = 20;
export const FILTERED_TOLD_MAX = 100;

export interface Quotas {
  readonly topics: number;
  readonly fifoTopics: number;
  readonly subscriptions: number;
  readonly fifoSubscriptions: number;
  /** Of a FIFO topic: messages and bytes a second, and messages a second of one group. */
  readonly fifoMessages: number;
  readonly fifoBytes: number;
  readonly groupMessages: number;
  /** Messages a second of a FIFO topic whose groups are metered one by one. */
  readonly groupedMessages: number;
}

/** SNS Developer Guide, Amazon SNS endpoints and quotas. UNSURE: the last two, which only recollection gives. */
const CURRENT: Quotas = {
  topics: 100_000,
  fifoTopics: 1_000,
  subscriptions: 12_500_000,
  fifoSubscriptions: 100,
  fifoMessages: 3_000,
  fifoBytes: 20 * 1_048_576,
  groupMessages: 300,
  groupedMessages: 30_000,
};

const QUOTAS: Readonly<Record<LimitsProfile, Quotas>> = {
  current: CURRENT,
  // The study guide gives a FIFO topic the throughput of a FIFO queue: 300 calls, of ten messages at most.
  'study-guide': CURRENT,
  scaled: {
    topics: 5,
    fifoTopics: 5,
    subscriptions: 5,
    fifoSubscriptions: 3,
    fifoMessages: 30,
    fifoBytes: 200 * 1_024,
    groupMessages: 3,
    groupedMessages: 300,
  },
};

export const quotas = (profile: LimitsProfile): Quotas => QUOTAS[profile];
/** FIFO calls a second in the study guide's profile, as of a FIFO queue. */
export const GUIDE_CALLS_MAX = 300;
