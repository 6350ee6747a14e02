/** SNS topics and their subscriptions. */
import {
  type Answer,
  type Ask,
  chosen,
  type Declared,
  given,
  listIn,
  mapIn,
  parsed,
  type Readable,
  tagList,
} from '../declared.ts';

const TOPIC_SETTINGS = [
  'DisplayName',
  'Policy',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'TracingConfig',
  'SignatureVersion',
  'FifoTopic',
  'ContentBasedDeduplication',
  'FifoThroughputScope',
  'ArchivePolicy',
] as const;
/** CloudFormation keeps these as texts and numbers of its own; the rest of a FIFO topic's are booleans. */
const DOCUMENTS = new Set(['Policy', 'DeliveryPolicy', 'ArchivePolicy']);
const SUBSCRIPTION_SETTINGS = [
  'RawMessageDelivery',
  'FilterPolicy',
  'FilterPolicyScope',
  'RedrivePolicy',
  'DeliveryPolicy',
  'SubscriptionRoleArn',
] as const;
const SUBSCRIPTION_DOCUMENTS = new Set(['FilterPolicy', 'RedrivePolicy', 'DeliveryPolicy']);

export function readTopics({ ask }: Readable): readonly Declared[] {
  return listIn<Answer>(ask('sns', 'ListTopics'), 'Topics').map(({ TopicArn }) =>
    readTopic(ask, String(TopicArn)),
  );
}

function readTopic(ask: Ask, arn: string): Declared {
  const attributes = mapIn(ask('sns', 'GetTopicAttributes', { TopicArn: arn }), 'Attributes');
  const tags = listIn<{ Key: string; Value: string }>(
    ask('sns', 'ListTagsForResource', { ResourceArn: arn }),
    'Tags',
  );
  const name = arn.slice(arn.lastIndexOf(':') + 1);
  const settings = chosen(attributes, TOPIC_SETTINGS);
  if (isDefaultPolicy(settings.Policy)) delete settings.Policy;
  const feedback = Object.entries(attributes).filter(([key]) => /Feedback(?:RoleArn|SampleRate)$/u.test(key));
  const { Policy, DeliveryPolicy, ...plain } = settings;
  return {
    type: 'AWS::SNS::Topic',
    name,
    make: [
      {
        service: 'sns',
        operation: 'CreateTopic',
        input: given({
          Name: name,
          Attributes: Object.keys(settings).length === 0 ? undefined : settings,
          Tags: tags.length === 0 ? undefined : tags,
        }),
      },
      ...feedback.map(([AttributeName, AttributeValue]) => ({
        service: 'sns',
        operation: 'SetTopicAttributes',
        input: { TopicArn: arn, AttributeName, AttributeValue },
      })),
    ],
    properties: given({
      TopicName: name,
      ...properties(plain, DOCUMENTS),
      DeliveryStatusLogging: feedbackLogging(Object.fromEntries(feedback)),
      Tags: tagList(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))),
    }),
    names: [{ literal: arn, attribute: 'TopicArn' }],
    parts:
      Policy === undefined
        ? []
        : [
            {
              type: 'AWS::SNS::TopicPolicy',
              suffix: 'Policy',
              properties: { Topics: [arn], PolicyDocument: parsed(Policy) },
            },
          ],
  };
}

/** Topics are made with this one: their owner's account may do everything. */
const isDefaultPolicy = (text: string | undefined): boolean =>
  text?.includes('__default_policy_ID') === true && text.split('"Sid"').length === 2;

/** Delivery status logging, by protocol. */
function feedbackLogging(feedback: Readonly<Record<string, string>>): readonly object[] | undefined {
  const protocols = [
    ['HTTP', 'http/s'],
    ['SQS', 'sqs'],
    ['Lambda', 'lambda'],
    ['Firehose', 'firehose'],
    ['Application', 'application'],
  ] as const;
  const logging = protocols.flatMap(([prefix, Protocol]) => {
    const entry = given({
      SuccessFeedbackRoleArn: feedback[`${prefix}SuccessFeedbackRoleArn`],
      SuccessFeedbackSampleRate: feedback[`${prefix}SuccessFeedbackSampleRate`],
      FailureFeedbackRoleArn: feedback[`${prefix}FailureFeedbackRoleArn`],
    });
    return Object.keys(entry).length === 0 ? [] : [{ Protocol, ...entry }];
  });
  return logging.length === 0 ? undefined : logging;
}

/** Confirmed ones: what waits for its confirmation has no ARN yet. */
export function readSubscriptions({ ask }: Readable): readonly Declared[] {
  return listIn<Readonly<Record<string, string>>>(ask('sns', 'ListSubscriptions'), 'Subscriptions').flatMap(
    (subscription, index) =>
      subscription.SubscriptionArn?.startsWith('arn:') === true
        ? [readSubscription(ask, subscription, index)]
        : [],
  );
}

function readSubscription(
  ask: Ask,
  { SubscriptionArn, TopicArn = '', Protocol = '', Endpoint = '' }: Readonly<Record<string, string>>,
  index: number,
): Declared {
  const attributes = mapIn(ask('sns', 'GetSubscriptionAttributes', { SubscriptionArn }), 'Attributes');
  const settings = chosen(attributes, SUBSCRIPTION_SETTINGS);
  if (settings.RawMessageDelivery === 'false') delete settings.RawMessageDelivery;
  if (settings.FilterPolicy === undefined) delete settings.FilterPolicyScope;
  return {
    type: 'AWS::SNS::Subscription',
    name: `${TopicArn.slice(TopicArn.lastIndexOf(':') + 1)}-${Protocol}-${index + 1}`,
    make: [],
    connect: [
      {
        service: 'sns',
        operation: 'Subscribe',
        input: given({
          TopicArn,
          Protocol,
          Endpoint,
          Attributes: Object.keys(settings).length === 0 ? undefined : settings,
        }),
      },
    ],
    properties: { TopicArn, Protocol, Endpoint, ...properties(settings, SUBSCRIPTION_DOCUMENTS) },
    names: [],
  };
}

function properties(
  settings: Partial<Record<string, string>>,
  documents: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      documents.has(name) ? parsed(value) : value === 'true' ? true : value === 'false' ? false : value,
    ]),
  );
}
