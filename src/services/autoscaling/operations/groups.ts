/** Making, changing and deleting groups. */
import {
  CreateAutoScalingGroup$,
  type CreateAutoScalingGroupType,
  DeleteAutoScalingGroup$,
  type DeleteAutoScalingGroupType,
  UpdateAutoScalingGroup$,
  type UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { instant, milliseconds } from '../../../engine/units.ts';
import { autoScalingOperation, GROUP, refused } from '../define.ts';
import {
  boundsCrossed,
  desiredOutside,
  groupExists,
  instancesLeft,
  noSuchLaunchConfiguration,
  nothingToLaunch,
  notModelled,
  noZone,
  validation,
} from '../errors.ts';
import { emit } from '../events.ts';
import { COOLDOWN_DEFAULT, SIZE_MAX } from '../limits.ts';
import { type AutoScalingState, type Group, groupArn, keyOf } from '../model.ts';
import { deleteAlarms } from '../rules/alarms.ts';
import { type Ctx, reconcile, terminate } from '../rules/capacity.ts';
import { groupNamed, stampOf } from '../rules/lookup.ts';
import { removeGroup } from '../rules/removal.ts';

const SIZES = {
  MinSize: { purpose: 'instances at least', min: 0 },
  MaxSize: { purpose: 'instances at most', min: 0 },
  DesiredCapacity: { purpose: 'instances wanted now; left out: the least', min: 0 },
  DefaultCooldown: { purpose: 'rest after a simple policy acted', unit: 's', default: COOLDOWN_DEFAULT },
  DefaultInstanceWarmup: { purpose: 'how long a new instance does not count', unit: 's' },
  AvailabilityZones: { purpose: 'zones to spread over: us-east-1a' },
  LaunchConfigurationName: { purpose: 'what its instances are made from' },
  NewInstancesProtectedFromScaleIn: { purpose: 'new instances are not ended to shrink', default: false },
  HealthCheckType: { purpose: 'who says an instance is well', values: ['EC2'], default: 'EC2' },
  HealthCheckGracePeriod: { purpose: 'time before it is looked at; here all are well', unit: 's' },
} as const;

const WHY = 'groups here are instances of one launch configuration, spread over zones';
const NOT_HERE = refused(
  WHY,
  'LaunchTemplate',
  'MixedInstancesPolicy',
  'AvailabilityZoneIds',
  'PlacementGroup',
  'VPCZoneIdentifier',
  'TerminationPolicies',
  'CapacityRebalance',
  'DeletionProtection',
  'ServiceLinkedRoleARN',
  'MaxInstanceLifetime',
  'Context',
  'DesiredCapacityType',
  'InstanceMaintenancePolicy',
  'AvailabilityZoneDistribution',
  'AvailabilityZoneImpairmentPolicy',
  'SkipZonalShiftValidation',
  'CapacityReservationSpecification',
  'InstanceLifecyclePolicy',
);
const NOT_AT_BIRTH = refused(
  WHY,
  'InstanceId',
  'LoadBalancerNames',
  'TargetGroupARNs',
  'LifecycleHookSpecificationList',
  'Tags',
  'TrafficSources',
  'Operator',
);

export const createAutoScalingGroup = autoScalingOperation<CreateAutoScalingGroupType>(
  CreateAutoScalingGroup$,
  {
    summary: 'Makes a group of instances that grows and shrinks between two bounds.',
    members: {
      ...NOT_HERE,
      ...NOT_AT_BIRTH,
      ...SIZES,
      AutoScalingGroupName: { purpose: 'its name', min: 1, max: 255, unit: 'characters' },
    },
    handle(context, input) {
      const { state, caller, now } = context;
      const name = input.AutoScalingGroupName!;
      const { MinSize: min = 0, MaxSize: max = 0, LaunchConfigurationName: made } = input;
      if (state.groups.has(keyOf(caller.account, name))) throw groupExists(name);
      if (name.includes(':')) throw validation('The AutoScalingGroupName must not contain a colon.');
      if (made === undefined) throw nothingToLaunch();
      checkLaunch(state, caller.account, made);
      const zones = zonesOf(state, input.AvailabilityZones);
      const desired = input.DesiredCapacity ?? min;
      checkSizes(min, max, desired);
      checkHealth(input.HealthCheckType);
      const group: Group = {
        name,
        account: caller.account,
        arn: groupArn(state, caller.account, name),
        order: state.groupsMade++,
        created: now,
        launchConfiguration: made,
        min,
        max,
        desired,
        cooldown: input.DefaultCooldown ?? COOLDOWN_DEFAULT,
        warmup: input.DefaultInstanceWarmup ?? -1,
        zones,
        protectsNew: input.NewInstancesProtectedFromScaleIn ?? false,
        instances: new Map(),
        policies: new Map(),
        notifications: new Map(),
        activities: Object.freeze([]),
        enabledMetrics: Object.freeze([]),
        cooldownAfter: milliseconds(0),
        cooldownUntil: instant(0),
        held: new Map(),
        deleting: false,
      };
      state.groups.set(keyOf(caller.account, name), group);
      emit(context, { type: 'autoscaling/GroupCreated', by: caller.by, group: name });
      const cause = `At ${stampOf(state, now)} a user request created an AutoScalingGroup changing the desired capacity from 0 to ${desired}.`;
      reconcile(context, group, cause);
      return {};
    },
  },
);

function checkLaunch(state: AutoScalingState, account: string, name: string): void {
  if (!state.launchConfigurations.has(keyOf(account, name))) throw noSuchLaunchConfiguration(name);
}

function zonesOf(state: AutoScalingState, given: readonly string[] | undefined): readonly string[] {
  if (given === undefined || given.length === 0) throw noZone();
  const wrong = given.find((zone) => !new RegExp(`^${state.region}[a-f]$`).test(zone));
  if (wrong !== undefined) {
    throw validation(
      `Invalid Availability Zone: [${wrong}]`,
      `Zones here: ${state.region}a to ${state.region}f.`,
    );
  }
  return Object.freeze([...new Set(given)]);
}

function checkSizes(min: number, max: number, desired: number): void {
  if (max < min) throw boundsCrossed(min, max);
  if (max > SIZE_MAX) throw notModelled(`MaxSize ${max}`, `A group here has at most ${SIZE_MAX} instances.`);
  if (desired < min || desired > max) throw desiredOutside(desired, min, max);
}

function checkHealth(type: string | undefined): void {
  if (type !== undefined && type !== 'EC2') {
    throw notModelled(`HealthCheckType ${type}`, 'There is no load balancer here: EC2.');
  }
}

export const updateAutoScalingGroup = autoScalingOperation<UpdateAutoScalingGroupType>(
  UpdateAutoScalingGroup$,
  {
    summary: 'Changes a group: its bounds, how many it wants, its cooldown.',
    members: { ...NOT_HERE, ...SIZES, AutoScalingGroupName: GROUP },
    handle(context, input) {
      const group = groupNamed(context, input.AutoScalingGroupName!);
      const min = input.MinSize ?? group.min;
      const max = input.MaxSize ?? group.max;
      // A group that is out of its new bounds is brought back into them; a number asked for must fit.
      const desired = input.DesiredCapacity ?? Math.min(max, Math.max(min, group.desired));
      checkSizes(min, max, desired);
      checkHealth(input.HealthCheckType);
      if (input.LaunchConfigurationName !== undefined) {
        checkLaunch(context.state, group.account, input.LaunchConfigurationName);
      }
      const zones =
        input.AvailabilityZones === undefined ? group.zones : zonesOf(context.state, input.AvailabilityZones);
      group.min = min;
      group.max = max;
      group.zones = zones;
      group.launchConfiguration = input.LaunchConfigurationName ?? group.launchConfiguration;
      group.cooldown = input.DefaultCooldown ?? group.cooldown;
      group.warmup = input.DefaultInstanceWarmup ?? group.warmup;
      group.protectsNew = input.NewInstancesProtectedFromScaleIn ?? group.protectsNew;
      const stamp = stampOf(context.state, context.now);
      const reason = input.DesiredCapacity === undefined ? 'bounds' : 'asked';
      want(
        context,
        group,
        desired,
        reason,
        `At ${stamp} a user request update of AutoScalingGroup constraints to min: ${min}, max: ${max}, desired: ${desired} changing the desired capacity from ${group.desired} to ${desired}.`,
      );
      return {};
    },
  },
);

/** Somebody asks for another number. */
export function want(
  context: Ctx,
  group: Group,
  desired: number,
  reason: 'asked' | 'bounds',
  cause: string,
): void {
  const before = group.desired;
  if (before !== desired) {
    group.desired = desired;
    emit(context, {
      type: 'autoscaling/Scaled',
      by: context.caller.by,
      group: group.name,
      desired,
      before,
      reason,
    });
  }
  reconcile(context, group, cause);
}

export const deleteAutoScalingGroup = autoScalingOperation<DeleteAutoScalingGroupType>(
  DeleteAutoScalingGroup$,
  {
    summary: 'Deletes a group that has no instances; by force also one that has.',
    members: {
      AutoScalingGroupName: GROUP,
      ForceDelete: { purpose: 'end its instances, too', default: false },
    },
    handle(context, { AutoScalingGroupName: name, ForceDelete = false }) {
      const group = groupNamed(context, name!);
      if (group.instances.size > 0 && !ForceDelete) throw instancesLeft();
      for (const policy of group.policies.values()) deleteAlarms(context, group, policy);
      group.policies.clear();
      if (group.instances.size === 0) {
        removeGroup(context, group);
        return {};
      }
      group.deleting = true;
      group.min = 0;
      group.desired = 0;
      const cause = `At ${stampOf(context.state, context.now)} a user request force deleted the AutoScalingGroup.`;
      let there = group.instances.size;
      for (const one of group.instances.values()) {
        if (one.state !== 'Terminating') terminate(context, group, one, cause, there--);
      }
      return {};
    },
  },
);
