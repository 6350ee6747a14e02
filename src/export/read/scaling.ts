/** Auto Scaling groups with their policies, and CloudWatch alarms. */
import { type Answer, type Declared, given, inputFrom, listIn, type Readable } from '../declared.ts';

export function readGroups(readable: Readable): readonly Declared[] {
  const { ask } = readable;
  const launch = listIn<Answer>(
    ask('autoscaling', 'DescribeLaunchConfigurations'),
    'LaunchConfigurations',
  ).map((described): Declared => {
    const name = String(described.LaunchConfigurationName);
    const input = inputFrom(readable, ['autoscaling', 'CreateLaunchConfiguration'], described, {
      InstanceMonitoring: undefined,
      EbsOptimized: undefined,
    });
    return {
      type: 'AWS::AutoScaling::LaunchConfiguration',
      name,
      make: [{ service: 'autoscaling', operation: 'CreateLaunchConfiguration', input }],
      properties: input,
      names: [],
    };
  });
  const told = notificationsIn(readable);
  const groups = listIn<Answer>(ask('autoscaling', 'DescribeAutoScalingGroups'), 'AutoScalingGroups').map(
    (described): Declared => {
      const name = String(described.AutoScalingGroupName);
      const input = inputFrom(readable, ['autoscaling', 'CreateAutoScalingGroup'], described, {
        TerminationPolicies: undefined,
        NewInstancesProtectedFromScaleIn: undefined,
        HealthCheckGracePeriod: undefined,
      });
      const { MinSize, MaxSize, DesiredCapacity, DefaultCooldown, ...rest } = input;
      const notifications = told.get(name);
      return {
        type: 'AWS::AutoScaling::AutoScalingGroup',
        name,
        make: [{ service: 'autoscaling', operation: 'CreateAutoScalingGroup', input }],
        // CloudFormation takes these numbers as texts.
        properties: {
          ...rest,
          MinSize: String(MinSize),
          MaxSize: String(MaxSize),
          DesiredCapacity: String(DesiredCapacity),
          Cooldown: String(DefaultCooldown),
          ...(notifications !== undefined && { NotificationConfigurations: notifications }),
        },
        ...(notifications !== undefined && {
          connect: notifications.map((notification) => ({
            service: 'autoscaling',
            operation: 'PutNotificationConfiguration',
            input: { AutoScalingGroupName: name, ...notification },
          })),
        }),
        names: [],
      };
    },
  );
  return [...launch, ...groups, ...readPolicies(readable)];
}

/** What each group tells each topic, by the group's name. */
function notificationsIn(
  readable: Readable,
): ReadonlyMap<string, readonly { readonly TopicARN: string; readonly NotificationTypes: string[] }[]> {
  const all = new Map<string, { readonly TopicARN: string; readonly NotificationTypes: string[] }[]>();
  const answer = readable.ask('autoscaling', 'DescribeNotificationConfigurations');
  for (const described of listIn<Answer>(answer, 'NotificationConfigurations')) {
    const group = String(described.AutoScalingGroupName);
    const TopicARN = String(described.TopicARN);
    const own = all.get(group) ?? [];
    all.set(group, own);
    const known = own.find((one) => one.TopicARN === TopicARN);
    if (known === undefined) own.push({ TopicARN, NotificationTypes: [String(described.NotificationType)] });
    else known.NotificationTypes.push(String(described.NotificationType));
  }
  return all;
}

function readPolicies(readable: Readable): readonly Declared[] {
  return listIn<Answer>(readable.ask('autoscaling', 'DescribePolicies'), 'ScalingPolicies').map(
    (described, index) => {
      const {
        Enabled: _always,
        PolicyName,
        ...input
      } = inputFrom(readable, ['autoscaling', 'PutScalingPolicy'], described);
      return {
        type: 'AWS::AutoScaling::ScalingPolicy',
        name: `${String(described.AutoScalingGroupName)}-${String(PolicyName)}`,
        make: [
          {
            service: 'autoscaling',
            operation: 'PutScalingPolicy',
            input: { PolicyName, ...input },
            gives: {
              query: 'PolicyARN',
              literal: String(described.PolicyARN),
              variable: `SCALING_POLICY_${index + 1}`,
            },
          },
        ],
        properties: input,
        names: [{ literal: String(described.PolicyARN), attribute: 'Arn' }],
      };
    },
  );
}

export function readAlarms(readable: Readable): readonly Declared[] {
  return listIn<Answer>(readable.ask('cloudwatch', 'DescribeAlarms'), 'MetricAlarms').flatMap((described) => {
    const name = String(described.AlarmName);
    // Target tracking makes its own alarms.
    if (name.startsWith('TargetTracking-')) return [];
    const input = inputFrom(readable, ['cloudwatch', 'PutMetricAlarm'], described);
    return [
      {
        type: 'AWS::CloudWatch::Alarm',
        name,
        make: [],
        connect: [{ service: 'cloudwatch', operation: 'PutMetricAlarm', input }],
        properties: given({ ...input, ActionsEnabled: input.ActionsEnabled === false ? false : undefined }),
        names: [{ literal: String(described.AlarmArn), attribute: 'Arn' }],
      },
    ];
  });
}
