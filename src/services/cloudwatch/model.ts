/** What CloudWatch keeps: alarms, their history, and metrics of one's own. Records are frozen and replaced whole. */
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { type Ledger, type MetricDimension, newLedger } from '../../contract/metrics.ts';
import type { Track } from '../../contract/metricTrack.ts';
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';
import type { Rule } from './rules/alarmRule.ts';

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type Statistic = 'SampleCount' | 'Average' | 'Sum' | 'Minimum' | 'Maximum';
export type Comparison =
  | 'GreaterThanOrEqualToThreshold'
  | 'GreaterThanThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';
export type TreatMissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** Which numbers an alarm looks at. */
export type Watched =
  | {
      readonly type: 'metric';
      readonly namespace: string;
      readonly name: string;
      readonly dimensions: readonly MetricDimension[];
      readonly statistic: Statistic;
      readonly unit: string | undefined;
    }
  /** Metric math: the one query that returns data decides. */
  | { readonly type: 'math'; readonly queries: readonly MetricDataQuery[] };

export interface MetricConfig {
  readonly type: 'metric';
  readonly watched: Watched;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  /** As it was given; undefined: all of them. */
  readonly datapointsToAlarm: number | undefined;
  readonly threshold: number;
  readonly comparison: Comparison;
  /** As it was given; undefined: `missing`. */
  readonly treatMissingData: TreatMissingData | undefined;
}

interface CompositeConfig {
  readonly type: 'composite';
  readonly text: string;
  readonly rule: Rule;
}

export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON. */
  readonly data: string | undefined;
  readonly updated: Instant;
  readonly transitioned: Instant;
}

export interface Alarm {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  /** Order of creation in the world. */
  readonly order: number;
  readonly created: Instant;
  readonly configured: Instant;
  readonly description: string | undefined;
  readonly actionsEnabled: boolean;
  readonly actions: Readonly<Record<StateValue, readonly string[]>>;
  readonly config: MetricConfig | CompositeConfig;
  readonly state: AlarmState;
  /** When it is evaluated next; undefined: it sleeps until its metric moves, or it is a composite one. */
  readonly due: Instant | undefined;
}

export interface HistoryItem {
  readonly at: Instant;
  readonly account: string;
  readonly alarm: string;
  readonly alarmType: 'MetricAlarm' | 'CompositeAlarm';
  readonly type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly summary: string;
  readonly data: string;
}

/** A metric that somebody put. */
export interface OwnMetric {
  readonly account: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly MetricDimension[];
  readonly unit: string;
  /** Kind `set`. */
  readonly track: Track;
}

export interface CloudWatchState {
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  /** By `account/name`. */
  readonly alarms: Map<string, Alarm>;
  /** By alarm key. */
  readonly tags: Map<string, Readonly<Record<string, string>>>;
  /** Newest last. */
  readonly history: HistoryItem[];
  readonly ownMetrics: Map<string, OwnMetric>;
  readonly ledger: Ledger;
  /** Metric alarms that sleep: see `MetricListener`. */
  asleepCount: number;
  alarmsMade: number;
}

export const createState = ({ epoch, region, account }: AwsWorldSettings): CloudWatchState => ({
  epoch,
  region,
  account,
  alarms: new Map(),
  tags: new Map(),
  history: [],
  ownMetrics: new Map(),
  ledger: newLedger(),
  asleepCount: 0,
  alarmsMade: 0,
});

export const alarmKey = (account: string, name: string): string => `${account}/${name}`;

export const alarmArn = ({ region }: CloudWatchState, account: string, name: string): string =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

/** Puts an alarm in its place, and counts who sleeps. */
export function putAlarm(state: CloudWatchState, alarm: Alarm): void {
  const key = alarmKey(alarm.account, alarm.name);
  state.asleepCount += sleeps(alarm) - sleeps(state.alarms.get(key));
  state.alarms.set(key, Object.freeze(alarm));
}

export function dropAlarm(state: CloudWatchState, alarm: Alarm): void {
  const key = alarmKey(alarm.account, alarm.name);
  state.asleepCount -= sleeps(alarm);
  state.alarms.delete(key);
  state.tags.delete(key);
}

const sleeps = (alarm: Alarm | undefined): number =>
  alarm?.config.type === 'metric' && alarm.due === undefined ? 1 : 0;
