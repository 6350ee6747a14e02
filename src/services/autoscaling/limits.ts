/** Quotas and defaults of Amazon EC2 Auto Scaling. */

/** Amazon EC2 Auto Scaling User Guide, Scaling cooldowns: the default of a group, in seconds. */
export const COOLDOWN_DEFAULT = 300;
/** SIMPLER THAN AWS: how long an instance takes from its launch to its first work depends on image and start-up. */
export const BOOT_MS = { min: 60_000, max: 120_000 } as const;
/** SIMPLER THAN AWS: how long an instance takes to end. */
export const SHUTDOWN_MS = { min: 20_000, max: 40_000 } as const;
/** Amazon EC2 Auto Scaling User Guide, Quotas: AWS keeps six weeks of activities; here are as many. */
export const ACTIVITIES_MAX = 200;
/** SIMPLER THAN AWS: machines of one group, so that a slip of the hand does not stop the world. */
export const SIZE_MAX = 1_000;
export const POLICIES_MAX = 50;

/** Target tracking: CloudWatch User Guide and Amazon EC2 Auto Scaling User Guide, Target tracking scaling policies. */
export const HIGH_PERIODS = 3;
export const LOW_PERIODS = 15;
export const LOW_SHARE = 0.9;

export const GROUP_METRICS = [
  'GroupMinSize',
  'GroupMaxSize',
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupPendingInstances',
  'GroupStandbyInstances',
  'GroupTerminatingInstances',
  'GroupTotalInstances',
] as const;
export type GroupMetric = (typeof GROUP_METRICS)[number];

/** Amazon EC2 Auto Scaling API Reference, DescribeAutoScalingNotificationTypes. */
export const TEST_NOTIFICATION = 'autoscaling:TEST_NOTIFICATION';
export const NOTIFICATION_TYPES = [
  'autoscaling:EC2_INSTANCE_LAUNCH',
  'autoscaling:EC2_INSTANCE_LAUNCH_ERROR',
  'autoscaling:EC2_INSTANCE_TERMINATE',
  'autoscaling:EC2_INSTANCE_TERMINATE_ERROR',
  TEST_NOTIFICATION,
] as const;
/** Amazon EC2 Auto Scaling API Reference, PutNotificationConfiguration: topics of one group. */
export const NOTIFICATION_TOPICS_MAX = 10;
