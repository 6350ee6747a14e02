/** What CloudWatch Logs keeps: groups, their streams with the newest events, filters, and what is on its way. Plain data. */
import type { LogBook } from '../../contract/logLines.ts';
import { newTraffic, type Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';

/** Frozen. */
export interface LogEvent {
  /** Counted in the world from 1. */
  readonly number: number;
  /** UTC milliseconds, as the writer said. */
  readonly timestamp: number;
  readonly ingested: Instant;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly created: Instant;
  /** The newest; replaced whole. SIMPLER THAN AWS: older ones are forgotten. */
  events: readonly LogEvent[];
  /** Events that were put in all. */
  put: number;
  bytes: number;
}

/** Frozen. */
export interface SubscriptionFilter {
  readonly name: string;
  readonly pattern: string;
  readonly to: string;
  readonly role: string | undefined;
  readonly distribution: 'ByLogStream' | 'Random';
  readonly created: Instant;
}

export interface LogGroup {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly order: number;
  readonly created: Instant;
  readonly class: string;
  /** Days; left out: for ever. */
  retention?: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly streams: Map<string, LogStream>;
  readonly filters: Map<string, SubscriptionFilter>;
  readonly counters: { events: number; bytes: number; forwarded: number; failed: number; lost: number };
  readonly incoming: Traffic;
  readonly outgoing: Traffic;
}

/** Events on their way to a destination. Frozen, replaced whole. */
export interface Forward {
  readonly id: number;
  /** `account/name`. */
  readonly group: string;
  readonly stream: string;
  readonly filter: string;
  readonly to: string;
  readonly key: string;
  readonly data: Uint8Array;
  readonly count: number;
  readonly since: Instant;
  readonly attempt: number;
}

export interface LogsState extends LogBook {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  /** By `account/name`. */
  readonly groups: Map<string, LogGroup>;
  readonly forwards: Map<number, Forward>;
  groupsMade: number;
  eventsMade: number;
  forwardsMade: number;
}

export const createState = ({ seed, epoch, region, account }: AwsWorldSettings): LogsState => ({
  seed,
  epoch,
  region,
  account,
  groups: new Map(),
  forwards: new Map(),
  groupsMade: 0,
  eventsMade: 0,
  forwardsMade: 0,
});

export const groupArn = ({ region }: Pick<LogsState, 'region'>, account: string, name: string): string =>
  `arn:aws:logs:${region}:${account}:log-group:${name}`;

export const newGroup = (
  facts: Pick<LogGroup, 'name' | 'account' | 'arn' | 'order' | 'created' | 'class' | 'tags'>,
): LogGroup => ({
  ...facts,
  streams: new Map(),
  filters: new Map(),
  counters: { events: 0, bytes: 0, forwarded: 0, failed: 0, lost: 0 },
  incoming: newTraffic(),
  outgoing: newTraffic(),
});

export const newStream = (name: string, created: Instant): LogStream => ({
  name,
  created,
  events: [],
  put: 0,
  bytes: 0,
});

/** SIMPLER THAN AWS: made of the instant and a number; there it means nothing to anybody, too. */
export const eventId = ({ timestamp, number }: Pick<LogEvent, 'timestamp' | 'number'>): string =>
  `3${String(timestamp).padStart(15, '0')}${String(number).padStart(40, '0')}`;
