/** Subscribing, confirming, listing and taking back. */
import {
  ConfirmSubscription$,
  type ConfirmSubscriptionInput,
  ListSubscriptions$,
  ListSubscriptionsByTopic$,
  type ListSubscriptionsByTopicInput,
  type ListSubscriptionsInput,
  Subscribe$,
  type SubscribeInput,
  Unsubscribe$,
  type UnsubscribeInput,
} from '@aws-sdk/client-sns';
import { principalOf } from '../../../contract/identity.ts';
import { NEXT_TOKEN, paged, SUBSCRIPTION_ARN, snsOperation, TOPIC_ARN } from '../define.ts';
import { invalidParameter, limitExceeded } from '../errors.ts';
import { emit, ofSubscription } from '../events.ts';
import { FILTER_POLICIES_OF_TOPIC_MAX, quotas } from '../limits.ts';
import {
  endpointKey,
  type Protocol,
  type SnsState,
  type Subscription,
  type SubscriptionSettings,
  type Topic,
} from '../model.ts';
import { subscriptionArn, subscriptionOf, topicArn, topicAt } from '../rules/arns.ts';
import { isHttp } from '../rules/deliveryPolicy.ts';
import { page } from '../rules/paging.ts';
import { replayAtFirst } from '../rules/replaying.ts';
import {
  addSubscription,
  checkEndpoint,
  checkPairing,
  confirm,
  isListed,
  needsConfirmation,
  readProtocol,
  removeSubscription,
  sendControl,
} from '../rules/subscribing.ts';
import {
  checkFilter,
  DEFAULTS,
  type Subscriber,
  settingText,
  withAttribute,
} from '../rules/subscriptionAttributes.ts';
import { subscriptionOfToken } from '../rules/tokens.ts';

const AT = 'Attributes Reason: ';

/** SIMPLER THAN AWS: a filter policy holds from the next message on; there, it can take 15 minutes. */
export const subscribe = snsOperation<SubscribeInput>(Subscribe$, {
  summary: 'Subscribes an endpoint to a topic; most outside AWS must confirm it first.',
  members: {
    TopicArn: TOPIC_ARN,
    Protocol: {
      purpose: 'how messages come: sqs, https, email, sms, lambda …',
    },
    Endpoint: { purpose: 'where they go: an ARN, a URL, an address, a number' },
    Attributes: { purpose: 'settings, such as FilterPolicy or RawMessageDelivery' },
    ReturnSubscriptionArn: { purpose: 'answer the ARN even before it is confirmed' },
  },
  handle(context, { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn }) {
    const { state, caller, now } = context;
    const topic = topicAt(state, TopicArn!);
    if (Endpoint === undefined || Endpoint === '') {
      throw invalidParameter('Endpoint Reason: no value for required parameter');
    }
    const protocol = readProtocol(Protocol!);
    checkEndpoint(protocol, Endpoint);
    checkPairing(state, topic, protocol, Endpoint);
    const given = (Attributes ?? {}) as Readonly<Record<string, string>>;
    const subscriber = { protocol, endpoint: Endpoint, topicArn: topic.arn, topic };
    const settings = settingsFrom(subscriber, given);
    const known = state.subscriptionOfEndpoint.get(endpointKey(topic.arn, protocol, Endpoint));
    const existing = known === undefined ? undefined : state.subscriptions.get(known);
    if (existing !== undefined) {
      refuseDifference(existing, settings, given);
      return answer(existing, ReturnSubscriptionArn);
    }
    refuseTooMany(state, topic);
    if (settings.FilterPolicy !== undefined) refuseTooManyPolicies(state, topic);
    const confirmed = !needsConfirmation(topic, protocol, Endpoint, caller.account);
    const subscription = addSubscription(
      state,
      {
        topicArn: topic.arn,
        account: caller.account,
        principal: principalOf(caller).arn,
        protocol,
        endpoint: Endpoint,
        confirmed,
        settings,
      },
      now,
    );
    emit(context, { type: 'sns/Subscribed', by: caller.by, ...ofSubscription(subscription) });
    if (!confirmed) sendControl(context, subscription, 'SubscriptionConfirmation');
    replayAtFirst(context, subscription);
    return answer(subscription, ReturnSubscriptionArn);
  },
});

const answer = ({ confirmed, arn }: Subscription, asked: boolean | undefined) => ({
  SubscriptionArn: confirmed || asked === true ? arn : 'pending confirmation',
});

function settingsFrom(subscriber: Subscriber, given: Readonly<Record<string, string>>): SubscriptionSettings {
  let settings = DEFAULTS;
  for (const [name, value] of Object.entries(given)) {
    settings = withAttribute(subscriber, settings, name, value ?? '', AT);
  }
  checkFilter(settings, AT);
  // UNSURE: the sentence.
  if (subscriber.protocol === 'firehose' && settings.SubscriptionRoleArn === undefined) {
    throw invalidParameter(`${AT}SubscriptionRoleArn is required for protocol firehose`);
  }
  return Object.freeze(settings);
}

/** SNS API Reference, Subscribe: the same endpoint again, with fewer or the same attributes, is the same. */
function refuseDifference(
  existing: Subscription,
  wanted: SubscriptionSettings,
  given: Readonly<Record<string, string>>,
): void {
  for (const name of Object.keys(given)) {
    const has = settingText(existing.settings, name);
    const asked = settingText(wanted, name);
    if (has === asked) continue;
    throw invalidParameter(
      `${AT}Subscription already exists with different attributes`,
      `${name} is ${has ?? 'not set'}; asked was ${asked ?? 'none'}. sns set-subscription-attributes changes it.`,
    );
  }
}

/** UNSURE: the sentence. */
function refuseTooMany({ limits }: SnsState, topic: Topic): void {
  const { subscriptions, fifoSubscriptions } = quotas(limits);
  const max = topic.fifo ? fifoSubscriptions : subscriptions;
  const count = topic.subscriptions.size;
  if (count < max) return;
  throw limitExceeded(
    'SubscriptionLimitExceeded',
    'The topic has reached the maximum number of subscriptions',
    `${topic.name} has ${count} subscriptions; ${max} are allowed${limits === 'scaled' ? ' (scaled: AWS allows far more)' : ''}.`,
  );
}

/** UNSURE: the sentence. */
export function refuseTooManyPolicies(state: SnsState, topic: Topic): void {
  if (topic.subscriptions.size < FILTER_POLICIES_OF_TOPIC_MAX) return;
  let count = 0;
  for (const id of topic.subscriptions) {
    if (state.subscriptions.get(id)?.settings.FilterPolicy !== undefined) count++;
  }
  if (count < FILTER_POLICIES_OF_TOPIC_MAX || state.limits === 'scaled') return;
  throw limitExceeded(
    'FilterPolicyLimitExceeded',
    'The topic has reached the maximum number of filter policies',
    `${topic.name} has ${count} subscriptions with a filter policy; ${FILTER_POLICIES_OF_TOPIC_MAX} are allowed.`,
  );
}

export const confirmSubscription = snsOperation<ConfirmSubscriptionInput>(ConfirmSubscription$, {
  summary: 'Agrees to a subscription with the token that its endpoint was sent.',
  members: {
    TopicArn: TOPIC_ARN,
    Token: { purpose: 'the token, from the confirmation that was sent' },
    AuthenticateOnUnsubscribe: { purpose: 'true: only its owner may take it back' },
  },
  handle(context, { TopicArn, Token, AuthenticateOnUnsubscribe }) {
    const { state, now } = context;
    const arn = topicArn(state, TopicArn!);
    const subscription = subscriptionOfToken(state, arn, Token!);
    if (!subscription.confirmed && subscription.tokenUntil <= now) {
      throw invalidParameter('Token', 'A token is good for two days. Subscribe again to get another.');
    }
    if (!state.topics.has(arn)) throw invalidParameter('Token', 'The topic is no more.');
    const isNew = !subscription.confirmed;
    confirm(context, subscription, AuthenticateOnUnsubscribe?.toLowerCase() === 'true');
    if (isNew) replayAtFirst(context, subscription);
    return { SubscriptionArn: subscription.arn };
  },
});

export const unsubscribe = snsOperation<UnsubscribeInput>(Unsubscribe$, {
  summary: 'Takes a subscription back.',
  members: { SubscriptionArn: SUBSCRIPTION_ARN },
  handle(context, { SubscriptionArn }) {
    const { state, caller } = context;
    const subscription = subscriptionOf(state, subscriptionArn(SubscriptionArn!));
    if (subscription === undefined) return {};
    if (isHttp(subscription.protocol) && subscription.confirmed && !subscription.authenticated) {
      sendControl(context, subscription, 'UnsubscribeConfirmation');
    }
    removeSubscription(state, subscription);
    emit(context, { type: 'sns/Unsubscribed', by: caller.by, ...ofSubscription(subscription) });
    return {};
  },
});

interface Listed {
  readonly SubscriptionArn: string;
  readonly Owner: string;
  readonly Protocol: Protocol;
  readonly Endpoint: string;
  readonly TopicArn: string;
}

const listed = ({ arn, confirmed, account, protocol, endpoint, topicArn: topic }: Subscription): Listed => ({
  SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
  Owner: account,
  Protocol: protocol,
  Endpoint: endpoint,
  TopicArn: topic,
});

function pageOf(all: readonly Subscription[], token: string | undefined): object {
  const { items, next } = page(all, ({ id }) => String(id), token);
  return { Subscriptions: items.map(listed), ...(next !== undefined && { NextToken: next }) };
}

export const listSubscriptions = snsOperation<ListSubscriptionsInput>(ListSubscriptions$, {
  summary: 'Lists your subscriptions, a hundred in one answer.',
  members: { NextToken: NEXT_TOKEN },
  pagination: paged('Subscriptions'),
  handle({ state, caller }, { NextToken }) {
    const own: Subscription[] = [];
    for (const subscription of state.subscriptions.values()) {
      if (subscription.account === caller.account && isListed(subscription) && !subscription.gone) {
        own.push(subscription);
      }
    }
    return pageOf(own, NextToken);
  },
});

export const listSubscriptionsByTopic = snsOperation<ListSubscriptionsByTopicInput>(
  ListSubscriptionsByTopic$,
  {
    summary: 'Lists the subscriptions of a topic, a hundred in one answer.',
    members: { TopicArn: TOPIC_ARN, NextToken: NEXT_TOKEN },
    pagination: paged('Subscriptions'),
    handle({ state }, { TopicArn, NextToken }) {
      const { subscriptions } = topicAt(state, TopicArn!);
      return pageOf(
        [...subscriptions].map((id) => state.subscriptions.get(id)!),
        NextToken,
      );
    },
  },
);
