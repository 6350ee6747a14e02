/** What EventBridge keeps: rules with their targets, and events on their way to a target. Plain data. */
import type { EventBus } from '../../contract/awsEvents.ts';
import { newTraffic, type Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';

/** As a target or a pattern sees it, in AWS's order of members. Frozen. */
export interface Envelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** `2026-01-05T09:00:00Z`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

/** Frozen. */
interface RetryPolicy {
  readonly attempts: number;
  /** Seconds. */
  readonly age: number;
}

/** Frozen. `null`: not given. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly role: string | null;
  readonly input: string | null;
  readonly inputPath: string | null;
  readonly transformer: {
    readonly paths: Readonly<Record<string, string>>;
    readonly template: string;
  } | null;
  readonly partitionKeyPath: string | null;
  readonly messageGroupId: string | null;
  readonly deadLetter: string | null;
  readonly retry: RetryPolicy | null;
}

export type RuleState = 'ENABLED' | 'DISABLED';

export interface Rule {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly order: number;
  readonly created: Instant;
  pattern: string | null;
  schedule: string | null;
  state: RuleState;
  description: string | null;
  role: string | null;
  readonly targets: Map<string, Target>;
  readonly counters: {
    matched: number;
    invoked: number;
    retried: number;
    failed: number;
    deadLettered: number;
    lost: number;
  };
  readonly outgoing: Traffic;
  readonly incoming: Traffic;
  /** When its schedule starts it next; -1: never. */
  next: number;
  /** Why an invocation failed last; null: none has. */
  trouble: {
    readonly at: Instant;
    readonly to: string;
    readonly code: string;
    readonly message: string;
  } | null;
}

/** An event on its way to a target. Frozen, replaced whole. */
export interface Flight {
  readonly id: number;
  /** `account/name`. */
  readonly rule: string;
  readonly ruleArn: string;
  readonly target: Target;
  readonly event: Envelope;
  readonly since: Instant;
  readonly attempt: number;
}

/** An event that came, and whom it fitted: for those who ask why. Frozen. */
export interface Seen {
  readonly at: Instant;
  readonly event: Envelope;
  /** Names of rules. */
  readonly fitted: readonly string[];
}

/** The default bus of an account. */
export interface Bus {
  readonly account: string;
  readonly order: number;
  readonly counters: { events: number; matched: number; unmatched: number; refused: number };
  readonly incoming: Traffic;
  /** What events came from, and how many: `bucket/uploads`. */
  readonly origins: Map<string, Traffic>;
  /** The newest, oldest first; replaced whole. */
  seen: readonly Seen[];
}

export interface EventsState extends EventBus {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  /** By `account/name`. */
  readonly rules: Map<string, Rule>;
  /** By account. */
  readonly buses: Map<string, Bus>;
  readonly flights: Map<number, Flight>;
  thingsMade: number;
  eventsMade: number;
  flightsMade: number;
}

export const createState = ({ seed, epoch, region, account }: AwsWorldSettings): EventsState => ({
  seed,
  epoch,
  region,
  account,
  rules: new Map(),
  buses: new Map(),
  flights: new Map(),
  thingsMade: 0,
  eventsMade: 0,
  flightsMade: 0,
});

export const ruleKey = (account: string, name: string): string => `${account}/${name}`;

export const ruleArn = ({ region }: Pick<EventsState, 'region'>, account: string, name: string): string =>
  `arn:aws:events:${region}:${account}:rule/${name}`;

export const BUS_NAME = 'default';
export const busArn = ({ region }: Pick<EventsState, 'region'>, account: string): string =>
  `arn:aws:events:${region}:${account}:event-bus/${BUS_NAME}`;

export const newRule = (given: Pick<Rule, 'name' | 'account' | 'arn' | 'order' | 'created'>): Rule => ({
  ...given,
  pattern: null,
  schedule: null,
  state: 'ENABLED',
  description: null,
  role: null,
  targets: new Map(),
  counters: { matched: 0, invoked: 0, retried: 0, failed: 0, deadLettered: 0, lost: 0 },
  outgoing: newTraffic(),
  incoming: newTraffic(),
  next: -1,
  trouble: null,
});

/** Made when it is first used. */
export function busOf(state: EventsState, account: string): Bus {
  let bus = state.buses.get(account);
  if (bus === undefined) {
    bus = {
      account,
      order: ++state.thingsMade,
      counters: { events: 0, matched: 0, unmatched: 0, refused: 0 },
      incoming: newTraffic(),
      origins: new Map(),
      seen: Object.freeze([]),
    };
    state.buses.set(account, bus);
  }
  return bus;
}
