/**
 * Groups of machines as plain data: how many are wanted, which there are, and the policies that change the number.
 */
import type { StepAdjustment, TargetTrackingConfiguration } from '@aws-sdk/client-auto-scaling';
import { messageId, mixWords } from '../../contract/messageId.ts';
import { type Ledger, newLedger } from '../../contract/metrics.ts';
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Instant, Milliseconds } from '../../engine/units.ts';
import type { GroupMetric } from './limits.ts';

interface LaunchConfiguration {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly created: Instant;
}

export interface Instance {
  readonly id: string;
  readonly zone: string;
  readonly launchConfiguration: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly launched: Instant;
  state: 'Pending' | 'InService' | 'Terminating';
  /** When its state changes by itself: it has booted, or is gone. */
  until: Instant;
  /** Until when it does not count as capacity for a policy. */
  warmUntil: Instant;
  isProtected: boolean;
  /** The activity that launches or ends it. */
  activity: string;
}

export interface Activity {
  readonly id: string;
  readonly description: string;
  readonly cause: string;
  readonly zone: string;
  readonly started: Instant;
  /** -1: still going on. */
  readonly ended: number;
  readonly status: 'InProgress' | 'Successful' | 'Cancelled';
}

export const POLICY_TYPES = ['SimpleScaling', 'StepScaling', 'TargetTrackingScaling'] as const;
export type PolicyType = (typeof POLICY_TYPES)[number];
export const ADJUSTMENT_TYPES = ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'] as const;
export type AdjustmentType = (typeof ADJUSTMENT_TYPES)[number];

export interface AlarmName {
  readonly AlarmName: string;
  readonly AlarmARN: string;
}

/** Frozen. What does not belong to its type is null. */
export interface Policy {
  readonly name: string;
  readonly arn: string;
  readonly type: PolicyType;
  readonly enabled: boolean;
  readonly adjustmentType: AdjustmentType | null;
  readonly adjustment: number | null;
  readonly minMagnitude: number | null;
  /** Seconds. */
  readonly cooldown: number | null;
  readonly steps: readonly StepAdjustment[];
  /** Seconds. */
  readonly warmup: number | null;
  readonly target: TargetTrackingConfiguration | null;
  readonly alarms: readonly AlarmName[];
}

export interface Group {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly order: number;
  readonly created: Instant;
  launchConfiguration: string;
  min: number;
  max: number;
  desired: number;
  /** Seconds. */
  cooldown: number;
  /** Seconds; -1: none is set. */
  warmup: number;
  zones: readonly string[];
  protectsNew: boolean;
  readonly instances: Map<string, Instance>;
  readonly policies: Map<string, Policy>;
  /** Topics that are told of its instances, by ARN, each with what it is told. */
  readonly notifications: Map<string, readonly string[]>;
  /** Newest first. */
  activities: readonly Activity[];
  enabledMetrics: readonly GroupMetric[];
  /** A simple policy has acted and its machines are on their way: the cooldown begins after them. */
  cooldownAfter: Milliseconds;
  cooldownUntil: Instant;
  /** Why each policy changed nothing when it was raised last, by its name: told once. */
  readonly held: Map<string, string>;
  /** It goes when its last instance has gone. */
  deleting: boolean;
}

export interface AutoScalingState {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  readonly launchConfigurations: Map<string, LaunchConfiguration>;
  readonly groups: Map<string, Group>;
  readonly ledger: Ledger;
  idsMade: number;
  groupsMade: number;
}

export const createState = ({ seed, epoch, region, account }: AwsWorldSettings): AutoScalingState => ({
  seed,
  epoch,
  region,
  account,
  launchConfigurations: new Map(),
  groups: new Map(),
  ledger: newLedger(),
  idsMade: 0,
  groupsMade: 0,
});

/** Keeps families of ids apart. */
const AUTOSCALING_IDS = 11;

export const newId = (state: AutoScalingState): string =>
  messageId(state.seed, state.idsMade++, AUTOSCALING_IDS);

/** `i-0` and sixteen digits, as EC2 writes it. */
export function newInstanceId(state: AutoScalingState): string {
  const number = state.idsMade++;
  const hex = (word: number): string => word.toString(16).padStart(8, '0');
  return `i-0${hex(mixWords(state.seed, number, 1))}${hex(mixWords(state.seed, number, 2))}`;
}

export const keyOf = (account: string, name: string): string => `${account}/${name}`;

const arn = ({ region }: AutoScalingState, account: string, rest: string): string =>
  `arn:aws:autoscaling:${region}:${account}:${rest}`;

export const groupArn = (state: AutoScalingState, account: string, name: string): string =>
  arn(state, account, `autoScalingGroup:${newId(state)}:autoScalingGroupName/${name}`);

export const policyArn = (state: AutoScalingState, group: Group, name: string): string =>
  arn(
    state,
    group.account,
    `scalingPolicy:${newId(state)}:autoScalingGroupName/${group.name}:policyName/${name}`,
  );

export const launchConfigurationArn = (state: AutoScalingState, account: string, name: string): string =>
  arn(state, account, `launchConfiguration:${newId(state)}:launchConfigurationName/${name}`);

export const countOf = (group: Group, ...states: readonly Instance['state'][]): number => {
  let count = 0;
  for (const { state } of group.instances.values()) if (states.includes(state)) count++;
  return count;
};
