/** A topic's attributes: from texts to settings and back. SNS API Reference, SetTopicAttributes. */

import type { ServiceError } from '../../../contract/errors.ts';
import { toUtcText } from '../../../contract/isoTime.ts';
import { invalidParameter } from '../errors.ts';
import { ARCHIVE_DAYS_MAX, DISPLAY_NAME_LENGTH_MAX } from '../limits.ts';
import type { Document, SnsState, Topic, TopicSettings } from '../model.ts';
import { effectivePolicy, readDeliveryPolicy } from './deliveryPolicy.ts';
import { frozen, jsonObject } from './json.ts';
import { policyOf, readTopicPolicy } from './topicPolicy.ts';

export type AttributeMap = Readonly<Record<string, string>>;

export const DEFAULTS: TopicSettings = Object.freeze({
  DisplayName: '',
  Policy: undefined,
  DeliveryPolicy: undefined,
  KmsMasterKeyId: undefined,
  TracingConfig: undefined,
  SignatureVersion: undefined,
  ContentBasedDeduplication: false,
  FifoThroughputScope: 'Topic',
  ArchivePolicy: undefined,
  feedback: Object.freeze({}),
  DataProtectionPolicy: '',
});

const FEEDBACK =
  /^(?:HTTP|Firehose|Lambda|Application|SQS)(?:SuccessFeedbackRoleArn|SuccessFeedbackSampleRate|FailureFeedbackRoleArn)$/u;
const FIFO_ONLY = ['ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy'];

/** How the sentences begin: of CreateTopic or of SetTopicAttributes. */
export interface Wording {
  /** Before what is wrong with a value: `Attributes Reason: ` or nothing. */
  readonly at: string;
  readonly unknown: (name: string) => ServiceError;
}

/** UNSURE: the sentence about an unknown name. */
export const CREATING: Wording = {
  at: 'Attributes Reason: ',
  unknown: (name) => invalidParameter(`Attributes Reason: Unknown attribute ${name}`),
};
export const SETTING: Wording = {
  at: '',
  unknown: (name) => invalidParameter('AttributeName', `${name} is no attribute that can be set.`),
};

interface Owner {
  readonly fifo: boolean;
}

/** The settings with one attribute changed; refuses what AWS refuses. */
export function withAttribute(
  { fifo }: Owner,
  settings: TopicSettings,
  name: string,
  value: string,
  wording: Wording,
): TopicSettings {
  const { at } = wording;
  if (FIFO_ONLY.includes(name) && !fifo) throw wording.unknown(name);
  if (FEEDBACK.test(name)) return withFeedback(settings, name, value, at);
  switch (name) {
    case 'DisplayName':
      if (value.length > DISPLAY_NAME_LENGTH_MAX) {
        throw invalidParameter(`${at}DisplayName`, `At most ${DISPLAY_NAME_LENGTH_MAX} characters.`);
      }
      return { ...settings, DisplayName: value };
    case 'Policy':
      return { ...settings, Policy: value === '' ? undefined : readTopicPolicy(value, at) };
    case 'DeliveryPolicy':
      return {
        ...settings,
        DeliveryPolicy: value === '' ? undefined : readDeliveryPolicy(value, 'topic', at),
      };
    case 'KmsMasterKeyId':
      return { ...settings, KmsMasterKeyId: value === '' ? undefined : value };
    case 'TracingConfig':
      oneOf(name, value, ['PassThrough', 'Active'], at);
      if (fifo && value === 'Active')
        throw invalidParameter(`${at}TracingConfig`, 'For standard topics only.');
      return { ...settings, TracingConfig: value };
    case 'SignatureVersion':
      oneOf(name, value, ['1', '2'], at);
      return { ...settings, SignatureVersion: value };
    case 'ContentBasedDeduplication':
      oneOf(name, value, ['true', 'false'], at);
      return { ...settings, ContentBasedDeduplication: value === 'true' };
    case 'FifoThroughputScope':
      oneOf(name, value, ['Topic', 'MessageGroup'], at);
      return { ...settings, FifoThroughputScope: value as TopicSettings['FifoThroughputScope'] };
    case 'ArchivePolicy':
      return { ...settings, ArchivePolicy: readArchivePolicy(value, at) };
    default:
      throw wording.unknown(name);
  }
}

/** UNSURE: the sentence. */
function oneOf(name: string, value: string, values: readonly string[], at: string): void {
  if (values.includes(value)) return;
  throw invalidParameter(`${at}${name}: Invalid value [${value}]. Must be ${values.join(' or ')}.`);
}

/** UNSURE: the sentence about the rate. */
function withFeedback(settings: TopicSettings, name: string, value: string, at: string): TopicSettings {
  if (name.endsWith('SampleRate') && !/^(?:\d{1,2}|100)$/u.test(value)) {
    throw invalidParameter(`${at}${name}`, 'A whole number from 0 to 100.');
  }
  const { [name]: _old, ...rest } = settings.feedback;
  return { ...settings, feedback: Object.freeze(value === '' ? rest : { ...rest, [name]: value }) };
}

/** `{"MessageRetentionPeriod":"30"}`, in days; `{}` or nothing ends archiving. UNSURE: the sentences. */
function readArchivePolicy(text: string, at: string): Document | undefined {
  if (text === '') return undefined;
  const value = jsonObject(text);
  if (value === undefined) throw invalidParameter(`${at}ArchivePolicy: failed to parse JSON.`);
  if (Object.keys(value).length === 0) return undefined;
  const days = Number(value.MessageRetentionPeriod);
  if (!Number.isInteger(days) || days < 1 || days > ARCHIVE_DAYS_MAX) {
    throw invalidParameter(
      `${at}ArchivePolicy: MessageRetentionPeriod must be between 1 and ${ARCHIVE_DAYS_MAX}`,
    );
  }
  return Object.freeze({ text, value: frozen(value) });
}

/** Days that a FIFO topic keeps its messages for replays; undefined: it keeps none. */
export function archiveDays({ settings }: Pick<Topic, 'settings'>): number | undefined {
  const value = settings.ArchivePolicy?.value as { readonly MessageRetentionPeriod?: unknown } | undefined;
  return value === undefined ? undefined : Number(value.MessageRetentionPeriod);
}

/** As CreateTopic compares them, and GetTopicAttributes shows what was set. */
export function settingText(topic: Pick<Topic, 'fifo' | 'settings'>, name: string): string | undefined {
  const { settings, fifo } = topic;
  if (FEEDBACK.test(name)) return settings.feedback[name];
  switch (name) {
    case 'FifoTopic':
      return fifo ? 'true' : undefined;
    case 'DisplayName':
      return settings.DisplayName;
    case 'Policy':
      return settings.Policy?.text;
    case 'DeliveryPolicy':
      return settings.DeliveryPolicy?.text;
    case 'KmsMasterKeyId':
      return settings.KmsMasterKeyId;
    case 'TracingConfig':
      return settings.TracingConfig;
    case 'SignatureVersion':
      return settings.SignatureVersion;
    case 'ArchivePolicy':
      return settings.ArchivePolicy?.text;
    case 'ContentBasedDeduplication':
      return fifo ? String(settings.ContentBasedDeduplication) : undefined;
    case 'FifoThroughputScope':
      return fifo ? settings.FifoThroughputScope : undefined;
    default:
      return undefined;
  }
}

const OPTIONAL = [
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'TracingConfig',
  'SignatureVersion',
  'FifoTopic',
  'ContentBasedDeduplication',
  'FifoThroughputScope',
  'ArchivePolicy',
] as const;

/** All attributes, as GetTopicAttributes answers them. */
export function attributesOf(state: SnsState, topic: Topic): Record<string, string> {
  let confirmed = 0;
  for (const id of topic.subscriptions) if (state.subscriptions.get(id)?.confirmed) confirmed++;
  const attributes: Record<string, string> = {
    Policy: policyOf(topic).text,
    Owner: topic.account,
    SubscriptionsPending: String(topic.subscriptions.size - confirmed),
    TopicArn: topic.arn,
    EffectiveDeliveryPolicy: effectivePolicy(topic),
    SubscriptionsConfirmed: String(confirmed),
    DisplayName: topic.settings.DisplayName,
    SubscriptionsDeleted: String(topic.deletedCount),
  };
  for (const name of OPTIONAL) {
    const value = settingText(topic, name);
    if (value !== undefined) attributes[name] = value;
  }
  const since = topic.archiveSince;
  if (since !== undefined) attributes.BeginningArchiveTime = toUtcText(state.epoch + since);
  return Object.assign(attributes, topic.settings.feedback);
}
