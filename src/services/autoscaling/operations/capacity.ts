/** Asking for a number, ending an instance, protecting it, and the group's metrics. */
import {
  DisableMetricsCollection$,
  type DisableMetricsCollectionQuery,
  EnableMetricsCollection$,
  type EnableMetricsCollectionQuery,
  SetDesiredCapacity$,
  type SetDesiredCapacityType,
  SetInstanceProtection$,
  type SetInstanceProtectionQuery,
  TerminateInstanceInAutoScalingGroup$,
  type TerminateInstanceInAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { autoScalingOperation, GROUP, refused } from '../define.ts';
import { aboveMax, belowMin, inCooldown, noSuchInstance, notInGroup, validation } from '../errors.ts';
import { emit } from '../events.ts';
import { GROUP_METRICS, type GroupMetric } from '../limits.ts';
import { endGroupMetrics, noteGroup } from '../metrics.ts';
import { countOf } from '../model.ts';
import { heldBack, reconcile, terminate } from '../rules/capacity.ts';
import { groupNamed, groupsOf, stampOf } from '../rules/lookup.ts';
import { activityOf } from './describing.ts';
import { want } from './groups.ts';

export const setDesiredCapacity = autoScalingOperation<SetDesiredCapacityType>(SetDesiredCapacity$, {
  summary: 'Sets how many instances a group wants.',
  members: {
    AutoScalingGroupName: GROUP,
    DesiredCapacity: { purpose: 'how many, within its bounds', min: 0 },
    HonorCooldown: { purpose: 'refuse while the cooldown lasts', default: false },
  },
  handle(context, { AutoScalingGroupName: name, DesiredCapacity: desired, HonorCooldown = false }) {
    const group = groupNamed(context, name!);
    if (desired! > group.max) throw aboveMax(desired!, group.max);
    if (desired! < group.min) throw belowMin(desired!, group.min);
    const wait = heldBack(group, context.now);
    if (HonorCooldown && wait !== undefined) throw inCooldown(group.name, wait);
    const stamp = stampOf(context.state, context.now);
    const cause = `At ${stamp} a user request explicitly set group desired capacity changing the desired capacity from ${group.desired} to ${desired}.`;
    want(context, group, desired!, 'asked', cause);
    return {};
  },
});

export const terminateInstanceInAutoScalingGroup =
  autoScalingOperation<TerminateInstanceInAutoScalingGroupType>(TerminateInstanceInAutoScalingGroup$, {
    summary: 'Ends one instance; the group launches another, unless it shall shrink.',
    members: {
      InstanceId: { purpose: 'the instance: i-0…' },
      ShouldDecrementDesiredCapacity: { purpose: 'want one less, so that none takes its place' },
      AutoScalingGroupName: GROUP,
      ...refused('end them one by one', 'InstanceIds'),
    },
    handle(context, { InstanceId: id, ShouldDecrementDesiredCapacity: shrink }) {
      const { state, now, caller } = context;
      const group = groupsOf(context).find(({ instances }) => instances.has(id ?? ''));
      const instance = group?.instances.get(id ?? '');
      if (group === undefined || instance === undefined || instance.state === 'Terminating') {
        throw noSuchInstance(id ?? '');
      }
      if (shrink && group.desired <= group.min) {
        throw validation(
          `Currently, desiredSize equals minSize (${group.min}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
        );
      }
      const before = group.desired;
      if (shrink) {
        group.desired--;
        emit(context, {
          type: 'autoscaling/Scaled',
          by: caller.by,
          group: group.name,
          desired: group.desired,
          before,
          reason: 'asked',
        });
      }
      const there = countOf(group, 'Pending', 'InService');
      const cause = `At ${stampOf(state, now)} instance ${id} was taken out of service in response to a user request.`;
      const activity = terminate(context, group, instance, cause, there, 'in response to a user request, ');
      reconcile(
        context,
        group,
        `At ${stampOf(state, now)} an instance was taken out of service by a user request.`,
      );
      return { Activity: activityOf(state, group, activity) };
    },
  });

export const setInstanceProtection = autoScalingOperation<SetInstanceProtectionQuery>(
  SetInstanceProtection$,
  {
    summary: 'Protects instances from being ended when the group shrinks, or no longer.',
    members: {
      InstanceIds: { purpose: 'the instances' },
      AutoScalingGroupName: GROUP,
      ProtectedFromScaleIn: { purpose: 'protect them' },
    },
    handle(context, { InstanceIds: ids = [], AutoScalingGroupName: name, ProtectedFromScaleIn: on }) {
      const group = groupNamed(context, name!);
      const instances = ids.map((id) => {
        const instance = group.instances.get(id);
        if (instance === undefined) throw notInGroup(id, group.name);
        return instance;
      });
      for (const instance of instances) instance.isProtected = on!;
      // One that could not be ended before may be now.
      const stamp = stampOf(context.state, context.now);
      reconcile(context, group, `At ${stamp} a user request changed the protection of instances.`);
      return {};
    },
  },
);

const METRICS = { purpose: `which: ${GROUP_METRICS.join(', ')}; left out: all` } as const;

function metricsIn(given: readonly string[] | undefined): readonly GroupMetric[] {
  if (given === undefined || given.length === 0) return GROUP_METRICS;
  return given.map((name) => {
    const metric = GROUP_METRICS.find((one) => one === name);
    if (metric === undefined)
      throw validation(`Invalid metric: ${name}`, `Known here: ${GROUP_METRICS.join(', ')}.`);
    return metric;
  });
}

export const enableMetricsCollection = autoScalingOperation<EnableMetricsCollectionQuery>(
  EnableMetricsCollection$,
  {
    summary: 'Lets a group report its size to CloudWatch: GroupInServiceInstances and others.',
    members: {
      AutoScalingGroupName: GROUP,
      Metrics: METRICS,
      Granularity: { purpose: 'how often', values: ['1Minute'] },
    },
    handle(context, { AutoScalingGroupName: name, Metrics, Granularity }) {
      const group = groupNamed(context, name!);
      if (Granularity !== '1Minute')
        throw validation(`Invalid granularity: ${Granularity}`, 'Known: 1Minute.');
      const wanted = metricsIn(Metrics);
      const enabled = GROUP_METRICS.filter(
        (metric) => wanted.includes(metric) || group.enabledMetrics.includes(metric),
      );
      group.enabledMetrics = Object.freeze(enabled);
      noteGroup(context.state, group, context.now);
      return {};
    },
  },
);

export const disableMetricsCollection = autoScalingOperation<DisableMetricsCollectionQuery>(
  DisableMetricsCollection$,
  {
    summary: 'A group reports its size no more.',
    members: { AutoScalingGroupName: GROUP, Metrics: METRICS },
    handle(context, { AutoScalingGroupName: name, Metrics }) {
      const group = groupNamed(context, name!);
      const gone = metricsIn(Metrics);
      group.enabledMetrics = Object.freeze(group.enabledMetrics.filter((metric) => !gone.includes(metric)));
      if (group.enabledMetrics.length === 0) endGroupMetrics(context.state, group, context.now);
      return {};
    },
  },
);
