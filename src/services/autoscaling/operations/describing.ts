/** Telling about groups, their instances and their activities. */
import {
  type AutoScalingGroupNamesType,
  DescribeAutoScalingGroups$,
  DescribeAutoScalingInstances$,
  type DescribeAutoScalingInstancesType,
  DescribeScalingActivities$,
  type DescribeScalingActivitiesType,
} from '@aws-sdk/client-auto-scaling';
import { autoScalingOperation, GROUP, RECORDS, refused, TOKEN } from '../define.ts';
import type { Activity, AutoScalingState, Group, Instance } from '../model.ts';
import { groupNamed, groupsOf, page } from '../rules/lookup.ts';

const NO_FILTERS = refused('name what you look for', 'Filters');
const NO_MANAGED = refused('no service manages groups here', 'IncludeManagedResources');

export const describeAutoScalingGroups = autoScalingOperation<AutoScalingGroupNamesType>(
  DescribeAutoScalingGroups$,
  {
    summary: 'Tells about groups: bounds, how many are wanted, their instances.',
    members: {
      AutoScalingGroupNames: { purpose: 'only these groups' },
      IncludeInstances: { purpose: 'list their instances, too', default: true },
      NextToken: TOKEN,
      MaxRecords: RECORDS,
      ...NO_FILTERS,
      ...NO_MANAGED,
    },
    pagination: {
      inputToken: 'NextToken',
      outputToken: 'NextToken',
      result: 'AutoScalingGroups',
      limitKey: 'MaxRecords',
    },
    handle(context, input) {
      const wanted = input.AutoScalingGroupNames ?? [];
      const own = groupsOf(context).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
      const { items, rest } = page(own, input);
      const withInstances = input.IncludeInstances ?? true;
      return {
        AutoScalingGroups: items.map((group) => described(context.state, group, withInstances)),
        ...rest,
      };
    },
  },
);

const described = (state: AutoScalingState, group: Group, withInstances: boolean): object => ({
  AutoScalingGroupName: group.name,
  AutoScalingGroupARN: group.arn,
  LaunchConfigurationName: group.launchConfiguration,
  MinSize: group.min,
  MaxSize: group.max,
  DesiredCapacity: group.desired,
  DefaultCooldown: group.cooldown,
  AvailabilityZones: group.zones,
  LoadBalancerNames: [],
  TargetGroupARNs: [],
  HealthCheckType: 'EC2',
  HealthCheckGracePeriod: 0,
  Instances: withInstances ? [...group.instances.values()].map(instanceOf) : [],
  CreatedTime: state.epoch + group.created,
  SuspendedProcesses: [],
  VPCZoneIdentifier: '',
  EnabledMetrics: group.enabledMetrics.map((Metric) => ({ Metric, Granularity: '1Minute' })),
  ...(group.deleting ? { Status: 'Delete in progress' } : {}),
  Tags: [],
  TerminationPolicies: ['Default'],
  NewInstancesProtectedFromScaleIn: group.protectsNew,
  ...(group.warmup >= 0 ? { DefaultInstanceWarmup: group.warmup } : {}),
  TrafficSources: [],
});

const instanceOf = (instance: Instance): object => ({
  InstanceId: instance.id,
  InstanceType: instance.instanceType,
  AvailabilityZone: instance.zone,
  LifecycleState: instance.state,
  HealthStatus: 'Healthy',
  LaunchConfigurationName: instance.launchConfiguration,
  ImageId: instance.imageId,
  ProtectedFromScaleIn: instance.isProtected,
});

export const describeAutoScalingInstances = autoScalingOperation<DescribeAutoScalingInstancesType>(
  DescribeAutoScalingInstances$,
  {
    summary: 'Lists the instances of all groups.',
    members: {
      InstanceIds: { purpose: 'only these' },
      NextToken: TOKEN,
      MaxRecords: { ...RECORDS, max: 50 },
      ...NO_MANAGED,
    },
    pagination: {
      inputToken: 'NextToken',
      outputToken: 'NextToken',
      result: 'AutoScalingInstances',
      limitKey: 'MaxRecords',
    },
    handle(context, input) {
      const wanted = input.InstanceIds ?? [];
      const all = groupsOf(context).flatMap((group) =>
        [...group.instances.values()]
          .filter(({ id }) => wanted.length === 0 || wanted.includes(id))
          .map((instance) => ({
            ...instanceOf(instance),
            AutoScalingGroupName: group.name,
            HealthStatus: 'HEALTHY',
          })),
      );
      const { items, rest } = page(all, input);
      return { AutoScalingInstances: items, ...rest };
    },
  },
);

export const describeScalingActivities = autoScalingOperation<DescribeScalingActivitiesType>(
  DescribeScalingActivities$,
  {
    summary: 'Lists what a group did and why, newest first.',
    members: {
      ActivityIds: { purpose: 'only these' },
      AutoScalingGroupName: GROUP,
      MaxRecords: RECORDS,
      NextToken: TOKEN,
      ...NO_FILTERS,
      ...NO_MANAGED,
      ...refused('what a deleted group did is not kept', 'IncludeDeletedGroups'),
    },
    pagination: {
      inputToken: 'NextToken',
      outputToken: 'NextToken',
      result: 'Activities',
      limitKey: 'MaxRecords',
    },
    handle(context, input) {
      const name = input.AutoScalingGroupName;
      const groups = name === undefined ? groupsOf(context) : [groupNamed(context, name)];
      const wanted = input.ActivityIds ?? [];
      const all = groups
        .flatMap((group) => group.activities.map((activity) => ({ group, activity })))
        .filter(({ activity }) => wanted.length === 0 || wanted.includes(activity.id))
        .sort((a, b) => b.activity.started - a.activity.started);
      const { items, rest } = page(all, input);
      return {
        Activities: items.map(({ group, activity }) => activityOf(context.state, group, activity)),
        ...rest,
      };
    },
  },
);

export const activityOf = (state: AutoScalingState, group: Group, activity: Activity): object => ({
  ActivityId: activity.id,
  AutoScalingGroupName: group.name,
  Description: activity.description,
  Cause: activity.cause,
  StartTime: state.epoch + activity.started,
  ...(activity.ended < 0 ? {} : { EndTime: state.epoch + activity.ended }),
  StatusCode: activity.status,
  Progress: activity.status === 'InProgress' ? 0 : 100,
  Details: JSON.stringify({ 'Subnet ID': '', 'Availability Zone': activity.zone }),
  AutoScalingGroupARN: group.arn,
});
