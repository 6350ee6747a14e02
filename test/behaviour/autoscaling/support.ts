/** A world with a group, and short words for what the tests ask. */
import { CATALOG } from '../../../src/catalog.ts';
import { type Output, type World, world } from '../../support/world.ts';

export const autoscaling = (w: World, operation: string, input: object): Output =>
  w.call(operation, input, 'autoscaling');

export const GROUP = { AutoScalingGroupName: 'workers' };

export function grouped(more: object = {}): World {
  const w = world({}, CATALOG);
  const LaunchConfigurationName = 'lc';
  autoscaling(w, 'CreateLaunchConfiguration', {
    LaunchConfigurationName,
    ImageId: 'ami-12345678',
    InstanceType: 't3.micro',
  });
  autoscaling(w, 'CreateAutoScalingGroup', {
    ...GROUP,
    LaunchConfigurationName,
    MinSize: 1,
    MaxSize: 10,
    DesiredCapacity: 2,
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    ...more,
  });
  return w;
}

export const fields = (w: World): Output =>
  w.view('autoscaling').find(({ id }) => id === 'group/workers')?.fields;

export const instances = (w: World): Output[] =>
  autoscaling(w, 'DescribeAutoScalingInstances', {}).AutoScalingInstances;
