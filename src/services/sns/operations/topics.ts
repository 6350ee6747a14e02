/** Making, listing and removing topics, and their attributes. */
import {
  CreateTopic$,
  type CreateTopicInput,
  DeleteTopic$,
  type DeleteTopicInput,
  GetTopicAttributes$,
  type GetTopicAttributesInput,
  ListTopics$,
  type ListTopicsInput,
  SetTopicAttributes$,
  type SetTopicAttributesInput,
} from '@aws-sdk/client-sns';
import { after } from '../../../engine/units.ts';
import { NEXT_TOKEN, paged, snsOperation, TOPIC_ARN } from '../define.ts';
import { invalidParameter, limitExceeded } from '../errors.ts';
import { emit } from '../events.ts';
import { DETACHED_LIFE, quotas, TOPIC_NAME_LENGTH_MAX } from '../limits.ts';
import { endTopic } from '../metrics.ts';
import { newTopic, type SnsState, type Topic, type TopicSettings } from '../model.ts';
import { startArchive } from '../rules/archive.ts';
import { topicArn, topicAt } from '../rules/arns.ts';
import { readDataProtection } from '../rules/dataProtection.ts';
import { page } from '../rules/paging.ts';
import { checkCount, type GivenTag, readTags } from '../rules/tags.ts';
import {
  type AttributeMap,
  attributesOf,
  CREATING,
  DEFAULTS,
  SETTING,
  settingText,
  withAttribute,
} from '../rules/topicAttributes.ts';
import { detachedDue } from '../timers.ts';

/** `tags` as readTags takes them. */
const tagsOf = (tags: CreateTopicInput['Tags']): readonly GivenTag[] => (tags ?? []) as readonly GivenTag[];

const NAME = /^[A-Za-z0-9_-]{1,256}$/u;
const FIFO_NAME = /^(?=.{1,256}$)[A-Za-z0-9_-]+\.fifo$/u;

/** SIMPLER THAN AWS: a new topic can be used at once. */
export const createTopic = snsOperation<CreateTopicInput>(CreateTopic$, {
  summary: 'Makes a standard topic, or a FIFO topic when its name ends in .fifo.',
  members: {
    Name: {
      purpose: 'letters, digits, - and _; a FIFO topic ends in .fifo',
      min: 1,
      max: TOPIC_NAME_LENGTH_MAX,
      unit: 'characters',
    },
    Attributes: { purpose: 'settings, such as FifoTopic=true' },
    Tags: { purpose: 'labels of your own, Key=…,Value=…' },
    DataProtectionPolicy: { purpose: 'what to do with personal data, as JSON' },
  },
  handle(context, { Name, Attributes, Tags, DataProtectionPolicy }) {
    const { state, caller, now } = context;
    const name = Name!;
    const given: AttributeMap = Attributes ?? {};
    const fifo = given.FifoTopic === 'true';
    if (!(fifo ? FIFO_NAME : NAME).test(name)) {
      throw invalidParameter('Topic Name', whyOfName(name, fifo));
    }
    const tags = readTags(tagsOf(Tags));
    const settings = settingsFrom(given, fifo, DataProtectionPolicy);
    const arn = `arn:aws:sns:${state.region}:${caller.account}:${name}`;
    const existing = state.topics.get(arn);
    if (existing !== undefined) {
      refuseDifference(existing, { fifo, settings }, given, Tags === undefined ? undefined : tags);
      return { TopicArn: arn };
    }
    refuseTooMany(state, caller.account, fifo);
    const topic = newTopic({
      name,
      account: caller.account,
      arn,
      fifo,
      order: state.topicsMade++,
      created: now,
      settings,
      tags: checkCount(tags),
    });
    state.topics.set(arn, topic);
    startArchive(topic, now);
    emit(context, { type: 'sns/TopicCreated', by: caller.by, topic: name });
    return { TopicArn: arn };
  },
});

function whyOfName(name: string, fifo: boolean): string {
  if (fifo) return 'The name of a FIFO topic ends in .fifo.';
  return name.endsWith('.fifo')
    ? 'A name that ends in .fifo needs the attribute FifoTopic=true.'
    : 'Letters, digits, - and _; 1 to 256 of them.';
}

function settingsFrom(given: AttributeMap, fifo: boolean, protection: string | undefined): TopicSettings {
  let settings = DEFAULTS;
  for (const [name, value] of Object.entries(given)) {
    if (name === 'FifoTopic') {
      if (value !== 'true' && value !== 'false') {
        throw invalidParameter(
          `Attributes Reason: FifoTopic: Invalid value [${value}]. Must be true or false.`,
        );
      }
      continue;
    }
    settings = withAttribute({ fifo }, settings, name, value ?? '', CREATING);
  }
  if (protection !== undefined) {
    settings = { ...settings, DataProtectionPolicy: readDataProtection(protection) };
  }
  return Object.freeze(settings);
}

/** SNS API Reference, CreateTopic: the same name again is fine when all that is given is as it was. */
function refuseDifference(
  existing: Topic,
  wanted: Pick<Topic, 'fifo' | 'settings'>,
  given: AttributeMap,
  tags: Readonly<Record<string, string>> | undefined,
): void {
  for (const name of Object.keys(given)) {
    const has = settingText(existing, name);
    const asked = settingText(wanted, name);
    if (has === asked) continue;
    throw invalidParameter(
      'Attributes Reason: Topic already exists with different attributes',
      `${name} of ${existing.name} is ${has ?? 'not set'}; asked was ${asked ?? 'none'}.`,
    );
  }
  if (tags === undefined) return;
  // Recorded: some of its tags, or none, ask for the same topic.
  const same = Object.entries(tags).every(([name, value]) => existing.tags[name] === value);
  if (!same) throw invalidParameter('Tags Reason: Topic already exists with different tags');
}

/** UNSURE: the sentence. */
function refuseTooMany(state: SnsState, account: string, fifo: boolean): void {
  const { topics, fifoTopics } = quotas(state.limits);
  const max = fifo ? fifoTopics : topics;
  // Only an account near its limit is counted.
  if (state.topics.size < max) return;
  let count = 0;
  for (const topic of state.topics.values()) if (topic.account === account && topic.fifo === fifo) count++;
  if (count < max) return;
  throw limitExceeded(
    'TopicLimitExceeded',
    'You have reached the maximum number of topics for your account',
    `Account ${account} has ${count} ${fifo ? 'FIFO' : 'standard'} topics; ${max} are allowed${scaled(state)}.`,
  );
}

const scaled = ({ limits }: SnsState): string =>
  limits === 'scaled' ? ' (scaled: AWS allows far more)' : '';

export const deleteTopic = snsOperation<DeleteTopicInput>(DeleteTopic$, {
  summary: 'Removes a topic; its subscriptions linger, and get nothing any more.',
  members: { TopicArn: TOPIC_ARN },
  handle(context, { TopicArn }) {
    const { state, caller, now } = context;
    const topic = state.topics.get(topicArn(state, TopicArn!));
    if (topic === undefined) return {};
    state.topics.delete(topic.arn);
    endTopic(state, topic, now);
    for (const id of topic.subscriptions) {
      const subscription = state.subscriptions.get(id);
      if (subscription !== undefined) subscription.detached = now;
    }
    if (topic.subscriptions.size > 0) {
      const ids = [...topic.subscriptions];
      context.schedule(after(now, DETACHED_LIFE), detachedDue(ids));
    }
    emit(context, { type: 'sns/TopicDeleted', by: caller.by, topic: topic.name });
    return {};
  },
});

export const listTopics = snsOperation<ListTopicsInput>(ListTopics$, {
  summary: 'Lists the ARNs of your topics, a hundred in one answer.',
  members: { NextToken: NEXT_TOKEN },
  pagination: paged('Topics'),
  handle({ state, caller }, { NextToken }) {
    const own: string[] = [];
    for (const { account, arn } of state.topics.values()) if (account === caller.account) own.push(arn);
    const { items, next } = page(own.sort(), (arn) => arn, NextToken);
    return {
      Topics: items.map((TopicArn) => ({ TopicArn })),
      ...(next !== undefined && { NextToken: next }),
    };
  },
});

export const getTopicAttributes = snsOperation<GetTopicAttributesInput>(GetTopicAttributes$, {
  summary: 'Tells all attributes of a topic.',
  members: { TopicArn: TOPIC_ARN },
  handle: ({ state }, { TopicArn }) => ({ Attributes: attributesOf(state, topicAt(state, TopicArn!)) }),
});

export const setTopicAttributes = snsOperation<SetTopicAttributesInput>(SetTopicAttributes$, {
  summary: 'Changes one attribute of a topic.',
  members: {
    TopicArn: TOPIC_ARN,
    AttributeName: { purpose: 'which: DisplayName, Policy, DeliveryPolicy …' },
    AttributeValue: { purpose: 'its new value' },
  },
  handle(context, { TopicArn, AttributeName, AttributeValue }) {
    const { state, caller, now } = context;
    const topic = topicAt(state, TopicArn!);
    const name = AttributeName!;
    const settings = withAttribute(topic, topic.settings, name, AttributeValue ?? '', SETTING);
    topic.settings = Object.freeze(settings);
    startArchive(topic, now);
    emit(context, { type: 'sns/AttributesChanged', by: caller.by, topic: topic.name, attributes: [name] });
    return {};
  },
});
