/** SQS queues. */
import {
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

/** What CreateQueue takes: the rest of GetQueueAttributes is figures. */
const SETTABLE = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MessageRetentionPeriod',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
  'Policy',
] as const;
/** These name other queues, which may not stand yet. */
const CONNECTING = ['RedrivePolicy', 'RedriveAllowPolicy'] as const;
const NUMBERS =
  /^(?:VisibilityTimeout|DelaySeconds|MessageRetentionPeriod|MaximumMessageSize|Receive|KmsData)/u;

export function readQueues({ ask }: Readable): readonly Declared[] {
  return listIn<string>(ask('sqs', 'ListQueues'), 'QueueUrls').map((url) => readQueue(ask, url));
}

function readQueue(ask: Ask, url: string): Declared {
  const attributes = mapIn(
    ask('sqs', 'GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] }),
    'Attributes',
  );
  const tags = mapIn(ask('sqs', 'ListQueueTags', { QueueUrl: url }), 'Tags');
  const name = url.slice(url.lastIndexOf('/') + 1);
  const settings = chosen(attributes, SETTABLE);
  // One kind of encryption excludes the other.
  if (settings.KmsMasterKeyId !== undefined) delete settings.SqsManagedSseEnabled;
  const connecting = chosen(attributes, CONNECTING);
  const { Policy, ...plain } = settings;
  return {
    type: 'AWS::SQS::Queue',
    name,
    make: [
      {
        service: 'sqs',
        operation: 'CreateQueue',
        input: given({
          QueueName: name,
          Attributes: settings,
          tags: Object.keys(tags).length === 0 ? undefined : tags,
        }),
      },
    ],
    connect:
      Object.keys(connecting).length === 0
        ? []
        : [
            {
              service: 'sqs',
              operation: 'SetQueueAttributes',
              input: { QueueUrl: url, Attributes: connecting },
            },
          ],
    properties: given({
      QueueName: name,
      ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, typed(key, value)])),
      RedrivePolicy: parsed(attributes.RedrivePolicy),
      RedriveAllowPolicy: parsed(attributes.RedriveAllowPolicy),
      Tags: tagList(tags),
    }),
    names: [
      { literal: attributes.QueueArn ?? '', attribute: 'Arn' },
      { literal: url, attribute: 'QueueUrl' },
    ],
    parts:
      Policy === undefined
        ? []
        : [
            {
              type: 'AWS::SQS::QueuePolicy',
              suffix: 'Policy',
              properties: { Queues: [url], PolicyDocument: parsed(Policy) },
            },
          ],
  };
}

function typed(name: string, value: string | undefined): unknown {
  if (NUMBERS.test(name)) return Number(value);
  return value === 'true' ? true : value === 'false' ? false : value;
}
