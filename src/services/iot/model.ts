/** What AWS IoT keeps: topic rules, and what of messages is on its way to their actions. Plain data. */
import type { Action } from '@aws-sdk/client-iot';
import { newTraffic, type Traffic } from '../../contract/traffic.ts';
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';

export interface TopicRule {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly order: number;
  readonly created: Instant;
  sql: string;
  sqlVersion: string;
  description: string | null;
  disabled: boolean;
  /** As given; each with one member. Frozen. */
  actions: readonly Action[];
  errorAction: Action | null;
  readonly counters: {
    /** Messages on topics that fit FROM, and those of them that WHERE let through. */
    heard: number;
    matched: number;
    done: number;
    failed: number;
    errorActions: number;
    lost: number;
  };
  readonly incoming: Traffic;
  readonly outgoing: Traffic;
  trouble: { readonly at: Instant; readonly code: string; readonly message: string } | null;
}

/** A message as rules see it. Frozen; its bytes are only read. */
export interface Message {
  readonly id: string;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly by: string;
  readonly at: Instant;
}

/** What an action is handed. Frozen, replaced whole. */
export interface Flight {
  readonly id: number;
  /** `account/name`. */
  readonly rule: string;
  readonly ruleArn: string;
  readonly action: Action;
  readonly isErrorAction: boolean;
  readonly message: Message;
  readonly data: Uint8Array;
  readonly attempt: number;
}

/** A message that came, and which rules took it. Frozen. */
export interface Seen {
  readonly message: Message;
  readonly fitted: readonly string[];
}

export interface IotState {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  /** By `account/name`. */
  readonly rules: Map<string, TopicRule>;
  readonly flights: Map<number, Flight>;
  readonly broker: {
    order: number;
    published: number;
    matched: number;
    unmatched: number;
    readonly incoming: Traffic;
    /** Newest last; replaced whole. */
    seen: readonly Seen[];
  };
  thingsMade: number;
  messagesMade: number;
  flightsMade: number;
}

export const createState = ({ seed, epoch, region, account }: AwsWorldSettings): IotState => ({
  seed,
  epoch,
  region,
  account,
  rules: new Map(),
  flights: new Map(),
  broker: {
    order: 0,
    published: 0,
    matched: 0,
    unmatched: 0,
    incoming: newTraffic(),
    seen: Object.freeze([]),
  },
  thingsMade: 0,
  messagesMade: 0,
  flightsMade: 0,
});

export const ruleKey = (account: string, name: string): string => `${account}/${name}`;
export const ruleArn = ({ region }: Pick<IotState, 'region'>, account: string, name: string): string =>
  `arn:aws:iot:${region}:${account}:rule/${name}`;

export const newRule = (
  given: Pick<TopicRule, 'name' | 'account' | 'arn' | 'order' | 'created' | 'sql' | 'sqlVersion' | 'actions'>,
): TopicRule => ({
  ...given,
  description: null,
  disabled: false,
  errorAction: null,
  counters: { heard: 0, matched: 0, done: 0, failed: 0, errorActions: 0, lost: 0 },
  incoming: newTraffic(),
  outgoing: newTraffic(),
  trouble: null,
});
