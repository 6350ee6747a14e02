/** Reading and changing a subscription's attributes. */
import {
  GetSubscriptionAttributes$,
  type GetSubscriptionAttributesInput,
  SetSubscriptionAttributes$,
  type SetSubscriptionAttributesInput,
} from '@aws-sdk/client-sns';
import { SUBSCRIPTION_ARN, snsOperation } from '../define.ts';
import { emit, ofSubscription } from '../events.ts';
import { subscriptionAt } from '../rules/arns.ts';
import { replay } from '../rules/replaying.ts';
import { attributesOf, checkFilter, withAttribute } from '../rules/subscriptionAttributes.ts';
import { refuseTooManyPolicies } from './subscriptions.ts';

export const getSubscriptionAttributes = snsOperation<GetSubscriptionAttributesInput>(
  GetSubscriptionAttributes$,
  {
    summary: 'Tells all attributes of a subscription.',
    members: { SubscriptionArn: SUBSCRIPTION_ARN },
    handle: ({ state }, { SubscriptionArn }) => ({
      Attributes: attributesOf(subscriptionAt(state, SubscriptionArn!)),
    }),
  },
);

export const setSubscriptionAttributes = snsOperation<SetSubscriptionAttributesInput>(
  SetSubscriptionAttributes$,
  {
    summary: 'Changes one attribute of a subscription: its filter, its dead-letter queue and so on.',
    members: {
      SubscriptionArn: SUBSCRIPTION_ARN,
      AttributeName: { purpose: 'which: FilterPolicy, RedrivePolicy, DeliveryPolicy …' },
      AttributeValue: { purpose: 'its new value; {} or nothing takes it away' },
    },
    handle(context, { SubscriptionArn, AttributeName, AttributeValue }) {
      const { state, caller } = context;
      const subscription = subscriptionAt(state, SubscriptionArn!);
      const topic = state.topics.get(subscription.topicArn);
      const name = AttributeName!;
      const settings = withAttribute(
        { ...subscription, topic },
        subscription.settings,
        name,
        AttributeValue ?? '',
        '',
      );
      if (name === 'FilterPolicy' || name === 'FilterPolicyScope') checkFilter(settings, '');
      const first = subscription.settings.FilterPolicy === undefined && settings.FilterPolicy !== undefined;
      if (first && topic !== undefined) refuseTooManyPolicies(state, topic);
      subscription.settings = Object.freeze(settings);
      emit(context, {
        type: 'sns/SubscriptionChanged',
        by: caller.by,
        ...ofSubscription(subscription),
        attributes: [name],
      });
      if (name === 'ReplayPolicy' && topic !== undefined) replay(context, subscription, topic);
      return {};
    },
  },
);
