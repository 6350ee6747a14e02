/** Whom a group tells of its instances. */
import {
  DeleteNotificationConfiguration$,
  type DeleteNotificationConfigurationType,
  DescribeAutoScalingNotificationTypes$,
  DescribeNotificationConfigurations$,
  type DescribeNotificationConfigurationsType,
  PutNotificationConfiguration$,
  type PutNotificationConfigurationType,
} from '@aws-sdk/client-auto-scaling';
import { parseArn } from '../../../contract/arn.ts';
import { PARKED } from '../../../engine/service.ts';
import { autoScalingOperation, GROUP, RECORDS, refused, TOKEN } from '../define.ts';
import { invalidTopic, noSuchConfiguration, tooManyTopics, wrongNotificationType } from '../errors.ts';
import { emit } from '../events.ts';
import { NOTIFICATION_TOPICS_MAX, NOTIFICATION_TYPES } from '../limits.ts';
import { keyOf } from '../model.ts';
import { groupNamed, groupsOf, page } from '../rules/lookup.ts';
import { testTopic } from '../rules/notifying.ts';

const TOPIC = { purpose: 'the topic, by its ARN', refersTo: 'topicArn' } as const;

export const putNotificationConfiguration = autoScalingOperation<PutNotificationConfigurationType>(
  PutNotificationConfiguration$,
  {
    summary: 'Lets a group tell a topic of its instances; the topic gets a test message.',
    members: {
      AutoScalingGroupName: GROUP,
      TopicARN: TOPIC,
      NotificationTypes: { purpose: `what it tells: ${NOTIFICATION_TYPES.slice(0, 2).join(', ')}, …` },
    },
    handle(context, { AutoScalingGroupName: name, TopicARN: topic = '', NotificationTypes: types = [] }) {
      const { state, call, caller } = context;
      const group = groupNamed(context, name!);
      const wrong = types.find((type) => !NOTIFICATION_TYPES.some((known) => known === type));
      if (wrong !== undefined || types.length === 0) throw wrongNotificationType(wrong ?? '');
      const arn = parseArn(topic);
      if (arn?.service !== 'sns' || arn.region !== state.region || topic.endsWith('.fifo')) {
        throw invalidTopic(topic);
      }
      if (!group.notifications.has(topic) && group.notifications.size >= NOTIFICATION_TOPICS_MAX) {
        throw tooManyTopics(NOTIFICATION_TOPICS_MAX);
      }
      testTopic(
        context,
        group,
        Object.freeze({
          type: 'notificationTest',
          call: call!,
          by: caller.by,
          group: keyOf(group.account, group.name),
          topic,
          types: Object.freeze([...new Set(types)]),
        }),
      );
      return PARKED;
    },
  },
);

export const describeNotificationConfigurations =
  autoScalingOperation<DescribeNotificationConfigurationsType>(DescribeNotificationConfigurations$, {
    summary: 'Lists whom groups tell, and what.',
    members: {
      AutoScalingGroupNames: { purpose: 'only of these groups' },
      NextToken: TOKEN,
      MaxRecords: RECORDS,
      ...refused('no service manages groups here', 'IncludeManagedResources'),
    },
    pagination: {
      inputToken: 'NextToken',
      outputToken: 'NextToken',
      result: 'NotificationConfigurations',
      limitKey: 'MaxRecords',
    },
    handle(context, input) {
      const wanted = input.AutoScalingGroupNames ?? [];
      const all = groupsOf(context)
        .filter(({ name, arn }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(arn))
        .flatMap(({ name, notifications }) =>
          [...notifications].flatMap(([TopicARN, types]) =>
            types.map((NotificationType) => ({ AutoScalingGroupName: name, TopicARN, NotificationType })),
          ),
        );
      const { items, rest } = page(all, input);
      return { NotificationConfigurations: items, ...rest };
    },
  });

export const deleteNotificationConfiguration = autoScalingOperation<DeleteNotificationConfigurationType>(
  DeleteNotificationConfiguration$,
  {
    summary: 'A group tells a topic nothing any more.',
    members: { AutoScalingGroupName: GROUP, TopicARN: TOPIC },
    handle(context, { AutoScalingGroupName: name, TopicARN: topic = '' }) {
      const group = groupNamed(context, name!);
      if (!group.notifications.delete(topic)) throw noSuchConfiguration(topic, group.name);
      emit(context, {
        type: 'autoscaling/NotificationsDeleted',
        by: context.caller.by,
        group: group.name,
        topic,
      });
      return {};
    },
  },
);

export const describeAutoScalingNotificationTypes = autoScalingOperation<object>(
  DescribeAutoScalingNotificationTypes$,
  {
    summary: 'Lists what a group can tell.',
    members: {},
    handle: () => ({ AutoScalingNotificationTypes: NOTIFICATION_TYPES }),
  },
);
