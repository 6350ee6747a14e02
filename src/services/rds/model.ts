/** What RDS keeps: who is told of which events, and the events themselves. Databases are kept by the apps. */
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';
import type { SourceType } from './limits.ts';

/** Frozen, replaced whole. */
export interface EventSubscription {
  readonly name: string;
  readonly account: string;
  readonly topic: string;
  /** Undefined: of all types. */
  readonly sourceType: SourceType | undefined;
  /** Empty: all sources of the type. */
  readonly sources: readonly string[];
  /** Empty: all categories. */
  readonly categories: readonly string[];
  readonly enabled: boolean;
  readonly created: Instant;
  /** Order of creation. */
  readonly order: number;
  /** What it told, and what its topic refused. */
  readonly sent: number;
  readonly failed: number;
}

/** Frozen. */
export interface DatabaseEvent {
  readonly number: number;
  readonly at: Instant;
  readonly sourceType: SourceType;
  readonly source: string;
  /** `RDS-EVENT-0006`. */
  readonly id: string;
  readonly message: string;
  readonly categories: readonly string[];
}

export interface RdsState {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  /** By `account/name`. */
  readonly subscriptions: Map<string, EventSubscription>;
  /** Databases that are there, by what RDS was told. */
  readonly sources: Map<string, SourceType>;
  /** Oldest first. */
  events: readonly DatabaseEvent[];
  eventsMade: number;
  subscriptionsMade: number;
}

export const createState = ({ seed, epoch, region, account }: AwsWorldSettings): RdsState => ({
  seed,
  epoch,
  region,
  account,
  subscriptions: new Map(),
  sources: new Map(),
  events: Object.freeze([]),
  eventsMade: 0,
  subscriptionsMade: 0,
});

export const keyOf = (account: string, name: string): string => `${account}/${name}`;

const ARN_WORDS: Readonly<Record<SourceType, string>> = { 'db-instance': 'db', 'db-cluster': 'cluster' };

export const sourceArn = (
  { region, account }: Pick<RdsState, 'region' | 'account'>,
  type: SourceType,
  name: string,
): string => `arn:aws:rds:${region}:${account}:${ARN_WORDS[type]}:${name}`;

export const subscriptionArn = ({ region }: RdsState, account: string, name: string): string =>
  `arn:aws:rds:${region}:${account}:es:${name}`;

export function replace(state: RdsState, subscription: EventSubscription): void {
  state.subscriptions.set(keyOf(subscription.account, subscription.name), Object.freeze(subscription));
}
