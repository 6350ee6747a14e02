import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { autoscaling, fields, GROUP, grouped, instances } from './support.ts';

describe('a group', () => {
  it('launches what it wants; an instance is in service after it has booted', () => {
    const w = grouped();
    expect(fields(w)).toMatchObject({ desired: 2, inService: 0, pending: 2 });
    w.after(seconds(59));
    expect(fields(w).inService).toBe(0);
    w.after(seconds(61));
    expect(fields(w)).toMatchObject({ inService: 2, pending: 0 });
    expect(w.events('autoscaling/InstanceInService')).toHaveLength(2);
  });

  it('spreads its instances over its zones', () => {
    const w = grouped({ DesiredCapacity: 5 });
    const zones = instances(w).map(({ AvailabilityZone }) => AvailabilityZone);
    expect(zones.filter((zone) => zone === 'us-east-1a')).toHaveLength(3);
    expect(zones.filter((zone) => zone === 'us-east-1b')).toHaveLength(2);
  });

  it('grows and shrinks as it is told, and says why', () => {
    const w = grouped().after(seconds(130));
    autoscaling(w, 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 4 });
    expect(w.events('autoscaling/Scaled').at(-1)).toMatchObject({
      group: 'workers',
      desired: 4,
      before: 2,
      reason: 'asked',
      by: 'you',
    });
    autoscaling(w.after(seconds(130)), 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 1 });
    expect(fields(w)).toMatchObject({ inService: 1, terminating: 3 });
    w.after(seconds(60));
    expect(fields(w)).toMatchObject({ inService: 1, terminating: 0 });
    const { Activities } = autoscaling(w, 'DescribeScalingActivities', GROUP);
    expect(Activities).toHaveLength(7);
    expect(Activities[0]).toMatchObject({ StatusCode: 'Successful', Progress: 100 });
    expect(Activities[0].Cause).toContain('changing the desired capacity from 4 to 1');
  });

  it('never leaves its bounds', () => {
    const w = grouped();
    const desired = (DesiredCapacity: number): unknown =>
      w.refusal('SetDesiredCapacity', { ...GROUP, DesiredCapacity }, 'autoscaling');
    expect(desired(11)).toMatchObject({
      code: 'ValidationError',
      message: 'New SetDesiredCapacity value 11 is above max value 10 for the AutoScalingGroup.',
    });
    expect(desired(0)).toMatchObject({ message: expect.stringContaining('below min value 1') });
    autoscaling(w, 'UpdateAutoScalingGroup', { ...GROUP, MinSize: 3 });
    expect(fields(w)).toMatchObject({ desired: 3, min: 3 });
    autoscaling(w, 'UpdateAutoScalingGroup', { ...GROUP, MinSize: 0, MaxSize: 1 });
    expect(fields(w)).toMatchObject({ desired: 1, max: 1 });
  });

  it('puts another in the place of an instance that was ended, unless it shall shrink', () => {
    const w = grouped().after(seconds(130));
    const [first, second] = instances(w);
    const end = (InstanceId: string, ShouldDecrementDesiredCapacity: boolean): unknown =>
      autoscaling(w, 'TerminateInstanceInAutoScalingGroup', { InstanceId, ShouldDecrementDesiredCapacity });
    end(first.InstanceId, false);
    expect(fields(w)).toMatchObject({ desired: 2, inService: 1, pending: 1, terminating: 1 });
    end(second.InstanceId, true);
    expect(fields(w)).toMatchObject({ desired: 1, inService: 0, pending: 1, terminating: 2 });
  });

  it('does not end protected instances to shrink', () => {
    const w = grouped().after(seconds(130));
    const [first, second] = instances(w);
    autoscaling(w, 'SetInstanceProtection', {
      ...GROUP,
      InstanceIds: [first.InstanceId],
      ProtectedFromScaleIn: true,
    });
    autoscaling(w, 'SetDesiredCapacity', { ...GROUP, DesiredCapacity: 1 });
    w.after(seconds(60));
    expect(instances(w).map(({ InstanceId }) => InstanceId)).toEqual([first.InstanceId]);
    expect(second.InstanceId).not.toBe(first.InstanceId);
  });

  it('is deleted when it is empty, or by force with all it has', () => {
    const w = grouped().after(seconds(130));
    expect(w.refusal('DeleteAutoScalingGroup', GROUP, 'autoscaling').code).toBe('ResourceInUse');
    autoscaling(w, 'DeleteAutoScalingGroup', { ...GROUP, ForceDelete: true });
    expect(fields(w)).toMatchObject({ terminating: 2 });
    w.after(seconds(60));
    expect(fields(w)).toBeUndefined();
  });

  it('is refused without bounds that fit, without zones, and with what is not modelled', () => {
    const w = grouped();
    const create = (more: object): unknown =>
      w.refusal(
        'CreateAutoScalingGroup',
        {
          AutoScalingGroupName: 'other',
          LaunchConfigurationName: 'lc',
          MinSize: 1,
          MaxSize: 2,
          AvailabilityZones: ['us-east-1a'],
          ...more,
        },
        'autoscaling',
      );
    expect(create({ MinSize: 3 })).toMatchObject({
      message: 'Max bound, 2, must be greater than or equal to min bound, 3',
    });
    expect(create({ DesiredCapacity: 5 })).toMatchObject({
      message: 'Desired capacity:5 must be between the specified min size:1 and max size:2',
    });
    expect(create({ AvailabilityZones: [] })).toMatchObject({ code: 'ValidationError' });
    expect(create({ AvailabilityZones: ['eu-west-1a'] })).toMatchObject({ code: 'ValidationError' });
    expect(create({ LaunchTemplate: { LaunchTemplateName: 'x' } })).toMatchObject({
      message: 'not modelled: LaunchTemplate',
    });
    expect(create({ AutoScalingGroupName: 'workers' })).toMatchObject({ code: 'AlreadyExists' });
    expect(create({ LaunchConfigurationName: 'none' })).toMatchObject({ code: 'ValidationError' });
  });
});
