/** Groups of instances and their policies, and databases' event subscriptions, in the provider's words. */
import type { Answer } from './declared.ts';
import { type Block, one, snake, type Write } from './terraformBlock.ts';

const group = one(
  'aws_autoscaling_group',
  {
    AutoScalingGroupName: 'name',
    LaunchConfigurationName: 'launch_configuration',
    Cooldown: 'default_cooldown',
    Tags: '',
    NotificationConfigurations: '',
  },
  ({ MinSize, MaxSize, DesiredCapacity, Cooldown }) => ({
    min_size: Number(MinSize),
    max_size: Number(MaxSize),
    desired_capacity: Number(DesiredCapacity),
    default_cooldown: Number(Cooldown),
  }),
);

export const SCALING_WRITERS: Readonly<Record<string, Write>> = {
  'AWS::AutoScaling::LaunchConfiguration': one('aws_launch_configuration', {
    LaunchConfigurationName: 'name',
  }),
  'AWS::AutoScaling::AutoScalingGroup': (properties, resource) => [
    ...group(properties, resource),
    ...((properties.NotificationConfigurations ?? []) as readonly Answer[]).map(
      ({ TopicARN, NotificationTypes }, index): Block => ({
        type: 'aws_autoscaling_notification',
        suffix: `_${index + 1}`,
        body: { notifications: NotificationTypes, topic_arn: TopicARN },
        owner: { group_names: ['name'] },
      }),
    ),
  ],
  'AWS::AutoScaling::ScalingPolicy': (properties, { name }) => [
    {
      type: 'aws_autoscaling_policy',
      body: {
        name: name.slice(String(properties.AutoScalingGroupName).length + 1),
        ...snake(properties, {
          StepAdjustments: 'step_adjustment',
          AutoScalingGroupName: 'autoscaling_group_name',
        }),
      },
    },
  ],
  'AWS::RDS::EventSubscription': one('aws_db_event_subscription', {
    SubscriptionName: 'name',
    SnsTopicArn: 'sns_topic',
  }),
};
