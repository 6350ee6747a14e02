/**
 * What a group and its instances tell EventBridge. Amazon EC2 Auto Scaling User Guide, Amazon EC2 Auto Scaling event
 * reference; Amazon EC2 User Guide, State change events for your instances. Launches and ends never fail here.
 */
import { tellEventBus } from '../../../contract/awsEvents.ts';
import type { Activity, Group } from '../model.ts';
import type { Ctx } from './capacity.ts';

const instanceArn = ({ state }: Ctx, { account }: Group, instance: string): string =>
  `arn:aws:ec2:${state.region}:${account}:instance/${instance}`;

const originOf = ({ state }: Ctx, { account, name }: Group) =>
  `group/${account === state.account ? name : `${account}/${name}`}` as const;

/** An activity has ended well. */
export function tellBus(
  context: Ctx,
  group: Group,
  which: 'Launch' | 'Terminate',
  instance: string,
  activity: Activity | undefined,
): void {
  if (activity === undefined) return;
  const { state, now } = context;
  const timeOf = (at: number): string => new Date(state.epoch + at).toISOString();
  const launches = which === 'Launch';
  tellEventBus(context, 'autoscaling', {
    source: 'aws.autoscaling',
    detailType: `EC2 Instance ${which} Successful`,
    account: group.account,
    resources: [group.arn, instanceArn(context, group, instance)],
    detail: Object.freeze({
      StatusCode: 'InProgress',
      Description: activity.description,
      AutoScalingGroupName: group.name,
      ActivityId: activity.id,
      Details: { 'Availability Zone': activity.zone, 'Subnet ID': '' },
      RequestId: activity.id,
      StatusMessage: '',
      EndTime: timeOf(now),
      EC2InstanceId: instance,
      StartTime: timeOf(activity.started),
      Cause: activity.cause,
      Origin: launches ? 'EC2' : 'AutoScalingGroup',
      Destination: launches ? 'AutoScalingGroup' : 'EC2',
    }),
    origin: originOf(context, group),
  });
}

const EC2_STATES = {
  InstanceLaunched: 'pending',
  InstanceInService: 'running',
  InstanceTerminating: 'shutting-down',
  InstanceTerminated: 'terminated',
} as const;

/** SIMPLER THAN AWS: an instance runs when it is in service. */
export function tellStateChange(
  context: Ctx,
  group: Group,
  step: keyof typeof EC2_STATES,
  instance: string,
): void {
  tellEventBus(context, 'autoscaling', {
    source: 'aws.ec2',
    detailType: 'EC2 Instance State-change Notification',
    account: group.account,
    resources: [instanceArn(context, group, instance)],
    detail: Object.freeze({ 'instance-id': instance, state: EC2_STATES[step] }),
    origin: originOf(context, group),
  });
}
