/** Subscriptions: what can subscribe to what, making one, confirming it, taking it back. */
import { parseArn } from '../../../contract/arn.ts';
import { newTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import { after, type Instant, instant } from '../../../engine/units.ts';
import { invalidParameter, invalidParameterBare } from '../errors.ts';
import { emit, ofSubscription } from '../events.ts';
import { TOKEN_LIFE } from '../limits.ts';
import {
  endpointKey,
  type Message,
  newCounters,
  type Protocol,
  type SnsState,
  type Subscription,
  type SubscriptionSettings,
  subscriptionUuid,
  type Topic,
} from '../model.ts';
import { forgetIfGone } from './counting.ts';
import type { FanOutDue } from './fanOut.ts';
import { kindOf, timeOnTheWay } from './latency.ts';
import { DEFAULTS } from './subscriptionAttributes.ts';
import { tokenOf } from './tokens.ts';

const PROTOCOLS: readonly string[] = [
  'http',
  'https',
  'email',
  'email-json',
  'sms',
  'sqs',
  'application',
  'lambda',
  'firehose',
];

export function readProtocol(text: string): Protocol {
  if (PROTOCOLS.includes(text)) return text as Protocol;
  throw invalidParameter(`Amazon SNS does not support this protocol string: ${text}`);
}

/** UNSURE: the sentences for e-mail, Lambda, Firehose and applications. */
export function checkEndpoint(protocol: Protocol, endpoint: string): void {
  const arn = parseArn(endpoint);
  switch (protocol) {
    case 'http':
    case 'https':
      if (endpoint.startsWith(`${protocol}://`)) return;
      throw invalidParameter('Endpoint must match the specified protocol');
    case 'email':
    case 'email-json':
      if (/^[^@\s]+@[^@\s]+$/u.test(endpoint)) return;
      throw invalidParameter('Email address');
    case 'sms':
      if (/^\+?\d(?:[-./]?\d){2,19}$/u.test(endpoint)) return;
      throw invalidParameterBare(`Invalid SMS endpoint: ${endpoint}`);
    case 'sqs':
      if (arn?.service === 'sqs' && arn.account !== '' && /^[A-Za-z0-9_.-]+$/u.test(arn.resource)) return;
      throw invalidParameter('SQS endpoint ARN');
    case 'lambda':
      if (arn?.service === 'lambda') return;
      throw invalidParameter('Lambda endpoint ARN');
    case 'firehose':
      if (arn?.service === 'firehose') return;
      throw invalidParameter('Firehose endpoint ARN');
    case 'application':
      if (arn?.service === 'sns' && arn.resource.startsWith('endpoint/')) return;
      throw invalidParameter('Application endpoint arn invalid');
  }
}

/** SNS Developer Guide, Message delivery for FIFO topics. UNSURE: the sentences of the last two. */
export function checkPairing(state: SnsState, topic: Topic, protocol: Protocol, endpoint: string): void {
  const fifoQueue = protocol === 'sqs' && endpoint.endsWith('.fifo');
  if (!topic.fifo) {
    if (!fifoQueue) return;
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
  if (protocol !== 'sqs') {
    throw invalidParameter(
      `Invalid parameter: Protocol Reason: FIFO topics do not support the protocol ${protocol}`,
      'A FIFO topic delivers to queues alone; what else should get its messages reads them from a queue.',
    );
  }
  if (fifoQueue || state.limits !== 'study-guide') return;
  throw invalidParameter(
    'Invalid parameter: Endpoint Reason: Please use FIFO SQS Queues',
    'In the study guide a FIFO topic has FIFO queues as subscribers only; AWS takes standard queues since 2023.',
  );
}

/** SNS API Reference, Subscribe: resources of AWS in the topic's account need no confirmation. */
export function needsConfirmation(
  topic: Topic,
  protocol: Protocol,
  endpoint: string,
  account: string,
): boolean {
  switch (protocol) {
    case 'http':
    case 'https':
    case 'email':
    case 'email-json':
      return true;
    case 'sms':
      return false;
    default:
      return parseArn(endpoint)?.account !== topic.account && account !== parseArn(endpoint)?.account;
  }
}

interface Facts {
  readonly topicArn: string;
  readonly account: string;
  readonly principal: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly confirmed: boolean;
  readonly settings: SubscriptionSettings;
}

export function addSubscription(state: SnsState, facts: Facts, now: Instant): Subscription {
  const id = ++state.subscriptionsMade;
  const { confirmed, settings, ...rest } = facts;
  const subscription: Subscription = {
    ...rest,
    id,
    arn: `${facts.topicArn}:${subscriptionUuid(state.seed, id)}`,
    created: now,
    confirmed,
    authenticated: confirmed,
    settings,
    counters: newCounters(),
    traffic: newTraffic(),
    detached: undefined,
    gone: false,
    tokenUntil: confirmed ? now : after(now, TOKEN_LIFE),
    log: [],
    throttle: undefined,
    replay: undefined,
    target: undefined,
  };
  state.subscriptions.set(id, subscription);
  state.subscriptionOfArn.set(subscription.arn, id);
  state.subscriptionOfEndpoint.set(endpointKey(facts.topicArn, facts.protocol, facts.endpoint), id);
  state.topics.get(facts.topicArn)?.subscriptions.add(id);
  return subscription;
}

/** It is not found any more; what is on its way to it is lost when its time comes. */
export function removeSubscription(state: SnsState, subscription: Subscription): void {
  const { id, arn, topicArn, protocol, endpoint } = subscription;
  subscription.gone = true;
  state.subscriptionOfArn.delete(arn);
  state.subscriptionOfEndpoint.delete(endpointKey(topicArn, protocol, endpoint));
  const topic = state.topics.get(topicArn);
  if (topic?.subscriptions.delete(id)) topic.deletedCount++;
  forgetIfGone(state, subscription);
}

/** Asks the endpoint to agree, or tells it that it is no subscriber any more. */
export function sendControl(
  context: Context<SnsState>,
  subscription: Subscription,
  control: NonNullable<Message['control']>,
): void {
  const { state, now } = context;
  const { topicArn, id, protocol } = subscription;
  const confirming = control === 'SubscriptionConfirmation';
  const message: Message = Object.freeze({
    seed: state.seed,
    sequence: state.messagesMade++,
    topicArn,
    body: confirming
      ? `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
      : `You have chosen to deactivate subscription ${subscription.arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
    published: now,
    bytes: 0,
    control,
    token: tokenOf(state, id),
  });
  const timer: FanOutDue = { type: 'sns/FanOutDue', message, subscriptions: Object.freeze([id]) };
  context.schedule(after(now, timeOnTheWay(context, kindOf(protocol), false)), timer);
}

export function confirm(
  context: Context<SnsState>,
  subscription: Subscription,
  authenticated: boolean,
): void {
  if (authenticated) subscription.authenticated = true;
  if (subscription.confirmed) return;
  subscription.confirmed = true;
  emit(context, {
    type: 'sns/SubscriptionConfirmed',
    by: context.caller.by,
    ...ofSubscription(subscription),
  });
}

/** The account's own way to a phone or a device, of Publish with PhoneNumber or TargetArn: no topic, not listed. */
export function directTarget(
  state: SnsState,
  account: string,
  protocol: 'sms' | 'application',
  endpoint: string,
): Subscription {
  const id = state.subscriptionOfEndpoint.get(endpointKey(account, protocol, endpoint));
  const known = id === undefined ? undefined : state.subscriptions.get(id);
  if (known !== undefined) return known;
  return addSubscription(
    state,
    { topicArn: account, account, principal: '', protocol, endpoint, confirmed: true, settings: DEFAULTS },
    instant(0),
  );
}

/** Subscriptions of topics, in order of subscribing. */
export const isListed = ({ topicArn }: Subscription): boolean => topicArn.startsWith('arn:');
