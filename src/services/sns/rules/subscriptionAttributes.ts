/** A subscription's attributes: from texts to settings and back. SNS API Reference, SetSubscriptionAttributes. */
import { parseArn } from '../../../contract/arn.ts';
import { invalidParameter } from '../errors.ts';
import type { Document, Subscription, SubscriptionSettings, Topic } from '../model.ts';
import { isHttp, readDeliveryPolicy } from './deliveryPolicy.ts';
import { FilterFault, readFilterPolicy } from './filterPolicy/index.ts';
import { frozen, jsonObject } from './json.ts';
import { archiveDays } from './topicAttributes.ts';

export const DEFAULTS: SubscriptionSettings = Object.freeze({
  RawMessageDelivery: false,
  FilterPolicy: undefined,
  FilterPolicyScope: 'MessageAttributes',
  RedrivePolicy: undefined,
  DeliveryPolicy: undefined,
  SubscriptionRoleArn: undefined,
  ReplayPolicy: undefined,
});

/** What of a subscription decides which attributes it can have. */
export type Subscriber = Pick<Subscription, 'protocol' | 'endpoint' | 'topicArn'> & {
  readonly topic: Topic | undefined;
};

/** `at`: `Attributes Reason: ` of Subscribe, nothing of SetSubscriptionAttributes. */
export function withAttribute(
  subscriber: Subscriber,
  settings: SubscriptionSettings,
  name: string,
  value: string,
  at: string,
): SubscriptionSettings {
  switch (name) {
    case 'RawMessageDelivery':
      return { ...settings, RawMessageDelivery: readRaw(subscriber, value, at) };
    case 'FilterPolicy':
      return { ...settings, FilterPolicy: documentOf(value) };
    case 'FilterPolicyScope':
      if (value !== 'MessageAttributes' && value !== 'MessageBody') {
        throw invalidParameter(
          `${at}FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
        );
      }
      return { ...settings, FilterPolicyScope: value };
    case 'RedrivePolicy':
      return { ...settings, RedrivePolicy: readRedrive(subscriber, value, at) };
    case 'DeliveryPolicy':
      if (value === '' || value === '{}') return { ...settings, DeliveryPolicy: undefined };
      // UNSURE: the sentence.
      if (!isHttp(subscriber.protocol)) {
        throw invalidParameter(`${at}DeliveryPolicy: only HTTP and HTTPS subscriptions have one`);
      }
      return { ...settings, DeliveryPolicy: readDeliveryPolicy(value, 'subscription', at) };
    case 'SubscriptionRoleArn':
      return { ...settings, SubscriptionRoleArn: value === '' ? undefined : readRole(value, at) };
    case 'ReplayPolicy':
      return { ...settings, ReplayPolicy: readReplay(subscriber, value, at) };
    default:
      throw at === ''
        ? invalidParameter('AttributeName', `${name} is no attribute that can be set.`)
        : invalidParameter(`${at}Unknown attribute ${name}`);
  }
}

/** UNSURE: the sentence for a protocol that has none. */
function readRaw({ protocol }: Subscriber, value: string, at: string): boolean {
  // Recorded: TrUe is true.
  const flag = value.toLowerCase();
  if (flag !== 'true' && flag !== 'false') {
    throw invalidParameter(`${at}RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  }
  if (flag === 'true' && protocol !== 'sqs' && protocol !== 'firehose' && !isHttp(protocol)) {
    throw invalidParameter(
      `${at}RawMessageDelivery: Raw message delivery is not supported for protocol ${protocol}`,
    );
  }
  return flag === 'true';
}

function documentOf(text: string): Document | undefined {
  if (text === '' || text.replaceAll(/\s/gu, '') === '{}') return undefined;
  return Object.freeze({ text, value: Object.freeze({}) });
}

/** Policy and scope together, once all that was given is known. */
export function checkFilter({ FilterPolicy, FilterPolicyScope }: SubscriptionSettings, at: string): void {
  if (FilterPolicy === undefined) return;
  try {
    readFilterPolicy(FilterPolicy.text, FilterPolicyScope);
  } catch (error) {
    if (!(error instanceof FilterFault)) throw error;
    // Recorded: the words about nesting name no attribute.
    const nested = error.message.startsWith('Filter policy scope') && at === '';
    throw invalidParameter(nested ? error.message : `${at}FilterPolicy: ${error.message}`);
  }
}

type Redrive = NonNullable<SubscriptionSettings['RedrivePolicy']>;

/** UNSURE: the sentences about what is no JSON, and about another region or account. */
function readRedrive(subscriber: Subscriber, text: string, at: string): Redrive | undefined {
  if (text === '' || text === '{}') return undefined;
  const value = jsonObject(text);
  if (value === undefined) throw invalidParameter(`${at}RedrivePolicy: failed to parse JSON.`);
  const foreign = Object.keys(value).find((name) => name !== 'deadLetterTargetArn');
  if (foreign !== undefined) {
    throw invalidParameter(
      `${at}RedrivePolicy: invalid JSON. Attribute ${foreign} is unknown.`,
      foreign === 'maxReceiveCount'
        ? 'maxReceiveCount belongs to queues; here the delivery policy says how often it is tried.'
        : undefined,
    );
  }
  const target = String(value.deadLetterTargetArn ?? '');
  const arn = parseArn(target);
  if (arn?.service !== 'sqs' || arn.account === '' || arn.region === '') {
    throw invalidParameter(`${at}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
  }
  const topic = parseArn(subscriber.topicArn)!;
  if (arn.region !== topic.region || arn.account !== topic.account) {
    throw invalidParameter(
      `${at}RedrivePolicy: deadLetterTargetArn is an invalid arn`,
      'The dead-letter queue must be of the region and account of the subscription.',
    );
  }
  if (subscriber.topic?.fifo && subscriber.endpoint.endsWith('.fifo') && !target.endsWith('.fifo')) {
    throw invalidParameter(
      `${at}RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`,
    );
  }
  return Object.freeze({ text, value: frozen(value) as { readonly deadLetterTargetArn: string } });
}

/** UNSURE: the sentence. */
function readRole(value: string, at: string): string {
  if (parseArn(value)?.service === 'iam') return value;
  throw invalidParameter(`${at}SubscriptionRoleArn: must be the ARN of an IAM role`);
}

/** UNSURE: the sentences. */
function readReplay({ topic }: Subscriber, text: string, at: string): Document | undefined {
  if (text === '' || text === '{}') return undefined;
  if (topic === undefined || archiveDays(topic) === undefined) {
    throw invalidParameter(
      `${at}ReplayPolicy: the topic has no archive`,
      'A FIFO topic keeps its messages when it has an ArchivePolicy.',
    );
  }
  const value = jsonObject(text);
  const { PointType, StartingPoint } = value ?? {};
  if (PointType !== 'Timestamp' || Number.isNaN(Date.parse(String(StartingPoint)))) {
    throw invalidParameter(
      `${at}ReplayPolicy: invalid`,
      'Expected {"PointType":"Timestamp","StartingPoint":"2026-01-05T09:00:00.000Z"}, with EndingPoint if you like.',
    );
  }
  return Object.freeze({ text, value: frozen(value!) });
}

/** As Subscribe compares them, and GetSubscriptionAttributes shows what was set. */
export function settingText(settings: SubscriptionSettings, name: string): string | undefined {
  switch (name) {
    case 'RawMessageDelivery':
      return String(settings.RawMessageDelivery);
    case 'FilterPolicyScope':
      return settings.FilterPolicy === undefined ? undefined : settings.FilterPolicyScope;
    case 'FilterPolicy':
    case 'RedrivePolicy':
    case 'DeliveryPolicy':
    case 'ReplayPolicy':
      return settings[name]?.text;
    case 'SubscriptionRoleArn':
      return settings.SubscriptionRoleArn;
    default:
      return undefined;
  }
}

const OPTIONAL = ['FilterPolicy', 'FilterPolicyScope'] as const;
const LATER = ['RedrivePolicy', 'DeliveryPolicy', 'SubscriptionRoleArn', 'ReplayPolicy'] as const;

/** All attributes, as GetSubscriptionAttributes answers them. */
export function attributesOf(subscription: Subscription): Record<string, string> {
  const { settings } = subscription;
  const attributes: Record<string, string> = {
    ConfirmationWasAuthenticated: String(subscription.authenticated),
    Endpoint: subscription.endpoint,
  };
  const put = (name: string): void => {
    const value = settingText(settings, name);
    if (value !== undefined) attributes[name] = value;
  };
  OPTIONAL.forEach(put);
  attributes.Owner = subscription.account;
  attributes.PendingConfirmation = String(!subscription.confirmed);
  attributes.Protocol = subscription.protocol;
  attributes.RawMessageDelivery = String(settings.RawMessageDelivery);
  attributes.SubscriptionArn = subscription.arn;
  attributes.SubscriptionPrincipal = subscription.principal;
  attributes.TopicArn = subscription.topicArn;
  LATER.forEach(put);
  if (subscription.replay !== undefined) attributes.ReplayStatus = subscription.replay.status;
  return attributes;
}
