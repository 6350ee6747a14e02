/** What Auto Scaling answers when it refuses; sentences as AWS writes them where they are known. */
import { ServiceError } from '../../contract/errors.ts';

export const validation = (message: string, why?: string): ServiceError =>
  new ServiceError('ValidationError', message, why === undefined ? {} : { why });

export const missing = (member: string): ServiceError =>
  validation(
    `1 validation error detected: Value null at '${member[0]!.toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );

/** UNSURE: operations word it differently ("no such group"). */
export const noSuchGroup = (name: string): ServiceError =>
  validation(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);

export const groupExists = (name: string): ServiceError =>
  new ServiceError(
    'AlreadyExists',
    `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
  );

export const launchConfigurationExists = (name: string): ServiceError =>
  new ServiceError(
    'AlreadyExists',
    `Launch Configuration by this name already exists - A launch configuration already exists with the name ${name}`,
  );

export const noSuchLaunchConfiguration = (name: string): ServiceError =>
  validation(
    `Launch configuration name not found - A launch configuration with the name: ${name} does not exist`,
  );

export const launchConfigurationInUse = (name: string, group: string): ServiceError =>
  new ServiceError(
    'ResourceInUse',
    `Cannot delete launch configuration ${name} because it is attached to AutoScalingGroup ${group}`,
  );

export const nothingToLaunch = (): ServiceError =>
  validation(
    'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    'Here: --launch-configuration-name.',
  );

export const noZone = (): ServiceError =>
  validation('At least one Availability Zone or VPC Subnet is required.', 'Here: --availability-zones.');

export const boundsCrossed = (min: number, max: number): ServiceError =>
  validation(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);

export const desiredOutside = (desired: number, min: number, max: number): ServiceError =>
  validation(`Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`);

export const aboveMax = (desired: number, max: number): ServiceError =>
  validation(`New SetDesiredCapacity value ${desired} is above max value ${max} for the AutoScalingGroup.`);

export const belowMin = (desired: number, min: number): ServiceError =>
  validation(`New SetDesiredCapacity value ${desired} is below min value ${min} for the AutoScalingGroup.`);

/** UNSURE: the sentence. */
export const inCooldown = (group: string, seconds: number): ServiceError =>
  new ServiceError(
    'ScalingActivityInProgress',
    `Scaling activity is in progress or in cooldown for AutoScalingGroup ${group} and blocks this action`,
    { why: seconds > 0 ? `The cooldown ends in ${seconds} s.` : 'Instances are still on their way.' },
  );

export const instancesLeft = (): ServiceError =>
  new ServiceError(
    'ResourceInUse',
    'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
    { why: 'Set min and desired to 0 and wait, or give --force-delete.' },
  );

export const noSuchInstance = (id: string): ServiceError =>
  validation(`Instance Id not found - No managed instance found for instance ID: ${id}`);

/** UNSURE: the sentence. */
export const notInGroup = (id: string, group: string): ServiceError =>
  validation(`The instance ${id} is not part of Auto Scaling group ${group}.`);

/** UNSURE: the sentence. */
export const noSuchPolicy = (name: string): ServiceError =>
  validation(`No scaling policy found with name or ARN: ${name}`, 'See describe-policies.');

export const notModelled = (what: string, why: string): ServiceError =>
  validation(`not modelled: ${what}`, why);

/** UNSURE: the sentence. */
export const wrongNotificationType = (type: string): ServiceError =>
  validation(`"${type}" is not a valid notification type.`, 'See describe-auto-scaling-notification-types.');

/** UNSURE: the sentence. */
export const invalidTopic = (topic: string): ServiceError =>
  validation(`Invalid Topic ARN: ${topic}`, 'Expected is the ARN of a standard topic of this region.');

/** UNSURE: the sentence. */
export const tooManyTopics = (most: number): ServiceError =>
  new ServiceError('LimitExceeded', `A group cannot have more than ${most} notification topics.`);

/** UNSURE: the sentence; a lifecycle hook's is worded like it. */
export const cannotNotify = (topic: string, why: string): ServiceError =>
  validation(`Unable to publish test message to notification target ${topic}.`, `The topic answered: ${why}`);

/** UNSURE: the sentence. */
export const noSuchConfiguration = (topic: string, group: string): ServiceError =>
  validation(`Notification configuration for topic ${topic} not found for AutoScalingGroup ${group}`);
