/** Requests that AWS refuses: code, sentence and status, as its services put them on the wire. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scope, startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

let endpoint: TestEndpoint;
const QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/q';
const FIFO = `${QUEUE}.fifo`;
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:t';
const STREAM = { StreamName: 's' };
const LONG = 'a'.repeat(129);

beforeAll(async () => {
  endpoint = await startEndpoint();
  const sqs = (operation: string, input: object): Promise<unknown> =>
    endpoint.json(`AmazonSQS.${operation}`, input);
  await sqs('CreateQueue', { QueueName: 'q' });
  await sqs('CreateQueue', { QueueName: 'small', Attributes: { MaximumMessageSize: '1024' } });
  await sqs('CreateQueue', { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } });
  await endpoint.query({ Action: 'CreateTopic', Name: 't', Version: '2010-03-31' }, 'sns');
  await endpoint.query(
    {
      Action: 'CreateTopic',
      Name: 't.fifo',
      'Attributes.entry.1.key': 'FifoTopic',
      'Attributes.entry.1.value': 'true',
    },
    'sns',
  );
  await endpoint.json('Kinesis_20131202.CreateStream', { ...STREAM, ShardCount: 2 });
});
afterAll(() => endpoint.close());

/** Operation, input, the JSON protocol's type, the Query protocol's code, the sentence, the status. */
type SqsRow = readonly [string, object, string, string, string, number?];

const value = (given: unknown, name: string, reason: string): string =>
  `Value ${String(given)} for parameter ${name} is invalid. Reason: ${reason}`;
const IDS = 'can only include alphanumeric and punctuation characters. 1 to 128 in length.';
const INVALID = ['InvalidParameterValueException', 'InvalidParameterValue'] as const;
const MISSING = ['MissingRequiredParameterException', 'MissingParameter'] as const;
const SIMPLE = (name: string) => [name, `AWS.SimpleQueueService.${name}`] as const;
const NAME = ['InvalidAttributeName', 'InvalidAttributeName'] as const;
const VALUE = ['InvalidAttributeValue', 'InvalidAttributeValue'] as const;
const GONE = [
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'The specified queue does not exist.',
] as const;
const must = (name: string): string => `The request must contain the parameter ${name}.`;
const entries = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ Id: `${index}`, MessageBody: 'x' }));

const ON_MISSING_QUEUE: readonly SqsRow[] = [
  ['GetQueueUrl', { QueueName: 'none' }, ...GONE],
  ...(
    [
      ['SendMessage', { MessageBody: 'x' }],
      ['ReceiveMessage', {}],
      ['DeleteMessage', { ReceiptHandle: 'x' }],
      ['GetQueueAttributes', { AttributeNames: ['All'] }],
      ['SetQueueAttributes', { Attributes: { DelaySeconds: '1' } }],
      ['PurgeQueue', {}],
      ['ListQueueTags', {}],
      ['TagQueue', { Tags: { a: 'b' } }],
      ['UntagQueue', { TagKeys: ['a'] }],
      ['ListDeadLetterSourceQueues', {}],
      ['SendMessageBatch', { Entries: entries(1) }],
    ] as const
  ).map(([operation, input]): SqsRow => [operation, { QueueUrl: `${QUEUE}-none`, ...input }, ...GONE]),
];

const WITHOUT: readonly SqsRow[] = (
  [
    ['CreateQueue', {}, 'QueueName'],
    ['GetQueueUrl', {}, 'QueueName'],
    ['SendMessage', { MessageBody: 'x' }, 'QueueUrl'],
    ['SendMessage', { QueueUrl: QUEUE }, 'MessageBody'],
    ['SendMessage', { QueueUrl: QUEUE, MessageBody: '' }, 'MessageBody'],
    ['ReceiveMessage', {}, 'QueueUrl'],
    ['DeleteMessage', { QueueUrl: QUEUE }, 'ReceiptHandle'],
    ['ChangeMessageVisibility', { QueueUrl: QUEUE, VisibilityTimeout: 1 }, 'ReceiptHandle'],
    ['PurgeQueue', {}, 'QueueUrl'],
    ['SendMessage', { QueueUrl: FIFO, MessageBody: 'x' }, 'MessageGroupId'],
    ['StartMessageMoveTask', {}, 'SourceArn'],
    ['CancelMessageMoveTask', {}, 'TaskHandle'],
  ] as const
).map(([operation, input, member]): SqsRow => [operation, input, ...MISSING, must(member)]);

const send = (more: object, url = QUEUE): object => ({ QueueUrl: url, MessageBody: 'x', ...more });

const VALUES: readonly SqsRow[] = [
  ...[-1, 901].map(
    (given): SqsRow => [
      'SendMessage',
      send({ DelaySeconds: given }),
      ...INVALID,
      value(given, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.'),
    ],
  ),
  ...[0, 11, -1].map(
    (given): SqsRow => [
      'ReceiveMessage',
      { QueueUrl: QUEUE, MaxNumberOfMessages: given },
      ...INVALID,
      value(given, 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.'),
    ],
  ),
  ...[-1, 21].map(
    (given): SqsRow => [
      'ReceiveMessage',
      { QueueUrl: QUEUE, WaitTimeSeconds: given },
      ...INVALID,
      value(given, 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.'),
    ],
  ),
  ...['', LONG, 'a b'].map(
    (given): SqsRow => [
      'SendMessage',
      send({ MessageGroupId: 'g', MessageDeduplicationId: given }, FIFO),
      ...INVALID,
      value(given, 'MessageDeduplicationId', `MessageDeduplicationId ${IDS}`),
    ],
  ),
  ...[LONG, 'a b'].map(
    (given): SqsRow => [
      'SendMessage',
      send({ MessageGroupId: given, MessageDeduplicationId: 'd' }, FIFO),
      ...INVALID,
      value(given, 'MessageGroupId', `MessageGroupId ${IDS}`),
    ],
  ),
  [
    'SendMessage',
    send({ MessageGroupId: 'g' }, FIFO),
    ...INVALID,
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  ],
  [
    'SendMessage',
    send({ MessageGroupId: 'g', MessageDeduplicationId: 'd', DelaySeconds: 5 }, FIFO),
    ...INVALID,
    value(5, 'DelaySeconds', 'The request include parameter that is not valid for this queue type.'),
  ],
  [
    'SendMessage',
    send({ MessageDeduplicationId: 'd' }),
    ...INVALID,
    value(
      'd',
      'MessageDeduplicationId',
      'The request includes a parameter that is not valid for this queue type.',
    ),
  ],
  [
    'SendMessage',
    send({ MessageBody: 'x'.repeat(1_025) }, QUEUE.replace(/q$/u, 'small')),
    ...INVALID,
    'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
  ],
  [
    'SendMessage',
    send({ MessageAttributes: { a: { DataType: 'String', StringValue: '' } } }),
    ...INVALID,
    "Message (user) attribute 'a' must contain a non-empty value of type 'String'.",
  ],
  [
    'DeleteMessage',
    { QueueUrl: QUEUE, ReceiptHandle: 'garbage' },
    'ReceiptHandleIsInvalid',
    'ReceiptHandleIsInvalid',
    'The input receipt handle "garbage" is not a valid receipt handle.',
  ],
  ...['bad name', 'a'.repeat(81), 'x.fifo'].map(
    (given): SqsRow => [
      'CreateQueue',
      { QueueName: given },
      ...INVALID,
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    ],
  ),
  [
    'CreateQueue',
    { QueueName: 'a', Attributes: { FifoQueue: 'false' } },
    ...NAME,
    'Unknown Attribute FifoQueue.',
  ],
  [
    'CreateQueue',
    { QueueName: 'a', Attributes: { ContentBasedDeduplication: 'true' } },
    ...NAME,
    'Unknown Attribute ContentBasedDeduplication.',
  ],
  ...['DeduplicationScope', 'FifoThroughputLimit'].map(
    (name): SqsRow => [
      'CreateQueue',
      { QueueName: 'a', Attributes: { [name]: name === 'DeduplicationScope' ? 'queue' : 'perQueue' } },
      ...NAME,
      `You can specify the ${name} only when FifoQueue is set to true.`,
    ],
  ),
  ...(
    [
      ['VisibilityTimeout', '43201'],
      ['VisibilityTimeout', 'x'],
      ['DelaySeconds', '901'],
      ['MessageRetentionPeriod', '59'],
      ['MaximumMessageSize', '1023'],
      ['ReceiveMessageWaitTimeSeconds', '21'],
    ] as const
  ).map(
    ([name, given]): SqsRow => [
      'CreateQueue',
      { QueueName: 'a', Attributes: { [name]: given } },
      ...VALUE,
      `Invalid value for the parameter ${name}.`,
    ],
  ),
  ['CreateQueue', { QueueName: 'a', Attributes: { Nothing: '1' } }, ...NAME, 'Unknown Attribute Nothing.'],
  [
    'CreateQueue',
    { QueueName: 'q', Attributes: { DelaySeconds: '5' } },
    'QueueNameExists',
    'QueueAlreadyExists',
    'A queue already exists with the same name and a different value for attribute DelaySeconds',
  ],
  [
    'GetQueueAttributes',
    { QueueUrl: QUEUE, AttributeNames: ['Nothing'] },
    ...NAME,
    'Unknown Attribute Nothing.',
  ],
  [
    'SetQueueAttributes',
    { QueueUrl: QUEUE, Attributes: { QueueArn: 'x' } },
    ...NAME,
    'Unknown Attribute QueueArn.',
  ],
  [
    'SetQueueAttributes',
    { QueueUrl: FIFO, Attributes: { FifoQueue: 'false' } },
    ...VALUE,
    'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
  ],
  [
    'SendMessageBatch',
    { QueueUrl: QUEUE, Entries: [] },
    ...SIMPLE('EmptyBatchRequest'),
    'There should be at least one SendMessageBatchRequestEntry in the request.',
  ],
  [
    'DeleteMessageBatch',
    { QueueUrl: QUEUE, Entries: [] },
    ...SIMPLE('EmptyBatchRequest'),
    'There should be at least one DeleteMessageBatchRequestEntry in the request.',
  ],
  [
    'SendMessageBatch',
    { QueueUrl: QUEUE, Entries: entries(11) },
    ...SIMPLE('TooManyEntriesInBatchRequest'),
    'Maximum number of entries per request are 10. You have sent 11.',
  ],
  [
    'SendMessageBatch',
    { QueueUrl: QUEUE, Entries: [...entries(1), ...entries(1)] },
    ...SIMPLE('BatchEntryIdsNotDistinct'),
    'Id 0 repeated.',
  ],
  ...['a b', 'a'.repeat(81), ''].map(
    (Id): SqsRow => [
      'SendMessageBatch',
      { QueueUrl: QUEUE, Entries: [{ Id, MessageBody: 'x' }] },
      ...SIMPLE('InvalidBatchEntryId'),
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    ],
  ),
  [
    'StartMessageMoveTask',
    { SourceArn: 'arn:aws:sqs:us-east-1:000000000000:none' },
    'ResourceNotFoundException',
    'ResourceNotFoundException',
    "The resource that you specified for the SourceArn parameter doesn't exist.",
    404,
  ],
  [
    'StartMessageMoveTask',
    { SourceArn: 'arn:aws:sqs:us-east-1:000000000000:q' },
    ...INVALID,
    'Source queue must be configured as a Dead Letter Queue.',
  ],
  ['CancelMessageMoveTask', { TaskHandle: 'x' }, ...INVALID, 'Value for parameter TaskHandle is invalid.'],
  [
    'RemovePermission',
    { QueueUrl: QUEUE, Label: 'none' },
    ...INVALID,
    value('none', 'Label', "can't find label."),
  ],
];

const SQS: readonly SqsRow[] = [...ON_MISSING_QUEUE, ...WITHOUT, ...VALUES];
const COMMON = new Set(['InvalidParameterValueException', 'MissingRequiredParameterException']);

describe('SQS refuses', () => {
  it.each(SQS.map((row) => [`${row[0]} ${JSON.stringify(row[1]).slice(0, 90)}`, row] as const))(
    '%s',
    async (_name, row) => {
      const [operation, input, type, code, message, status = 400] = row;
      const { text, headers, status: got } = await endpoint.json(`AmazonSQS.${operation}`, input);
      const { __type, message: said } = JSON.parse(text) as {
        readonly __type: string;
        readonly message: string;
      };
      const namespace = COMMON.has(type) ? 'com.amazon.coral.service' : 'com.amazonaws.sqs';
      expect([__type, said, got]).toEqual([`${namespace}#${type}`, message, status]);
      expect(headers.get('x-amzn-query-error')).toBe(`${code};Sender`);
      expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/u);
    },
  );
});

type Row = readonly [string, Readonly<Record<string, string>>, string, string, number?];
const ARN_PARTS = 'An ARN must have at least 6 elements, not 1';
const subscription = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  TopicArn: TOPIC,
  Protocol: 'sqs',
  Endpoint: 'arn:aws:sqs:us-east-1:000000000000:q',
  ...more,
});

const SNS: readonly Row[] = [
  ['Publish', { TopicArn: `${TOPIC}x`, Message: 'm' }, 'NotFound', 'Topic does not exist', 404],
  ['GetTopicAttributes', { TopicArn: `${TOPIC}x` }, 'NotFound', 'Topic does not exist', 404],
  [
    'SetTopicAttributes',
    { TopicArn: `${TOPIC}x`, AttributeName: 'DisplayName', AttributeValue: 'x' },
    'NotFound',
    'Topic does not exist',
    404,
  ],
  ['ListSubscriptionsByTopic', { TopicArn: `${TOPIC}x` }, 'NotFound', 'Topic does not exist', 404],
  ['Subscribe', subscription({ TopicArn: `${TOPIC}x` }), 'NotFound', 'Topic does not exist', 404],
  [
    'GetTopicAttributes',
    { TopicArn: 'randomarn' },
    'InvalidParameter',
    `Invalid parameter: TopicArn Reason: ${ARN_PARTS}`,
  ],
  [
    'Publish',
    { TopicArn: 'randomarn', Message: 'm' },
    'InvalidParameter',
    `Invalid parameter: TopicArn Reason: ${ARN_PARTS}`,
  ],
  [
    'Subscribe',
    subscription({ Protocol: 'test-protocol' }),
    'InvalidParameter',
    'Invalid parameter: Amazon SNS does not support this protocol string: test-protocol',
  ],
  ['Subscribe', subscription({ Endpoint: QUEUE }), 'InvalidParameter', 'Invalid parameter: SQS endpoint ARN'],
  [
    'Subscribe',
    subscription({ Endpoint: 'arn:aws:sqs:us-east-1:000000000000:q.fifo' }),
    'InvalidParameter',
    'Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
  ],
  [
    'Publish',
    { TopicArn: TOPIC, Message: 'm'.repeat(262_145) },
    'InvalidParameter',
    'Invalid parameter: Message too long',
  ],
  [
    'Publish',
    {
      TopicArn: TOPIC,
      Message: 'm',
      'MessageAttributes.entry.1.Name': '^',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.1.Value.StringValue': 'v',
    },
    'ParameterValueInvalid',
    "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
  ],
];

const FILTERS: readonly (readonly [string, string])[] = [
  ['{"key":[]}', 'Empty arrays are not allowed'],
  ['{"key":[["v"]]}', 'Match value must be String, number, true, false, or null'],
  ['{"key":{"suffix":"v"}}', '"suffix" must be an object or an array'],
  ['{"key":[{"suffix":"a","prefix":"b"}]}', 'Only one key allowed in match expression'],
  ['{"key":[{"wildcard":"a*"}]}', 'Unrecognized match type wildcard'],
  ['{"key":[{"prefix":1}]}', 'prefix match pattern must be a string'],
  ['{"key":[{"exists":"x"}]}', 'exists match pattern must be either true or false.'],
  ['{"key":[{"numeric":[">=",1,">",2]}]}', 'Bad numeric range operator: >'],
  ['{"key":[{"numeric":["<",100,">",10]}]}', 'Too many elements in numeric expression'],
  ['{"key":[{"numeric":[">",3,"<",1]}]}', 'Bottom must be less than top'],
  ['{"key":[{"numeric":["=","000"]}]}', 'Value of equals must be numeric'],
  ['{"key":[{"numeric":[">",20,"<",30,"<",50]}]}', 'Too many terms in numeric range expression'],
  ['{"key":[{"cidr":"bad-filter"}]}', "Malformed CIDR, one '/' required"],
  ['{"key":[{"cidr":"bad-filter/64"}]}', 'Nonstandard IP address: bad-filter'],
  ['{"key":[{"cidr":"bad-/64filter"}]}', 'Malformed CIDR, mask bits must be an integer'],
  ['{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}', 'Filter policy can not have more than 5 keys'],
  [JSON.stringify({ key: Array.from({ length: 151 }, (_, index) => index) }), 'Filter policy is too complex'],
];

const xml = (text: string, tag: string): string =>
  (new RegExp(`<${tag}>([^<]*)</${tag}>`, 'u').exec(text)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<');

describe('SNS refuses', () => {
  it.each(SNS.map((row) => [`${row[0]} ${JSON.stringify(row[1]).slice(0, 90)}`, row] as const))(
    '%s',
    async (_name, row) => {
      const [Action, input, code, message, status = 400] = row;
      const answered = await endpoint.query({ Action, Version: '2010-03-31', ...input }, 'sns');
      expect([xml(answered.text, 'Code'), xml(answered.text, 'Message'), answered.status]).toEqual([
        code,
        message,
        status,
      ]);
      expect(answered.text).toContain(
        '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type>',
      );
    },
  );

  it.each(FILTERS)('the filter policy %s', async (policy, message) => {
    const input = subscription({
      'Attributes.entry.1.key': 'FilterPolicy',
      'Attributes.entry.1.value': policy,
    });
    const { text, status } = await endpoint.query({ Action: 'Subscribe', ...input }, 'sns');
    expect(status).toBe(400);
    expect(xml(text, 'Message')).toMatch(/^Invalid parameter: /u);
    expect(xml(text, 'Message')).toContain(message);
  });
});

const STREAM_GONE = 'Stream none under account 000000000000 not found.';
const ON_STREAM: readonly (readonly [string, object])[] = [
  ['DescribeStream', {}],
  ['DescribeStreamSummary', {}],
  ['DeleteStream', {}],
  ['PutRecord', { PartitionKey: 'a', Data: 'AAAA' }],
  ['PutRecords', { Records: [{ PartitionKey: 'a', Data: 'AAAA' }] }],
  ['ListShards', {}],
  ['ListTagsForStream', {}],
  ['AddTagsToStream', { Tags: { a: 'b' } }],
  ['SplitShard', { ShardToSplit: 'shardId-0', NewStartingHashKey: '1' }],
  ['MergeShards', { ShardToMerge: 'shardId-0', AdjacentShardToMerge: 'shardId-1' }],
  ['IncreaseStreamRetentionPeriod', { RetentionPeriodHours: 48 }],
  ['UpdateShardCount', { TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }],
];

/** What is sent, and what Kinesis's framework says of it: recorded from AWS by an open-source clone. */
const LIST_HERE = 'Start of list found where not expected';
const STRUCTURE_HERE = 'Start of structure or map found where not expected.';
const BIG_NUMBER = 'class com.amazon.coral.value.json.numbers.TruncatingBigNumber';
const TYPES: readonly (readonly [string, object, string])[] = [
  ...(
    [
      [true, 'class java.lang.Boolean can not be converted to an String'],
      [23, `${BIG_NUMBER} can not be converted to an String`],
      [34.56, `${BIG_NUMBER} can not be converted to an String`],
      [[], LIST_HERE],
      [{}, STRUCTURE_HERE],
    ] as const
  ).flatMap(([given, message]) => [
    ['DescribeStream', { StreamName: given }, message] as const,
    ['PutRecord', { PartitionKey: given }, message] as const,
  ]),
  ...(
    [
      ['23', 'class java.lang.String can not be converted to an Integer'],
      [true, 'class java.lang.Boolean can not be converted to an Integer'],
      [[], LIST_HERE],
      [{}, STRUCTURE_HERE],
    ] as const
  ).map(([given, message]) => ['CreateStream', { ShardCount: given }, message] as const),
  ...(
    [
      [true, 'class java.lang.Boolean can not be converted to a Blob'],
      [23, `${BIG_NUMBER} can not be converted to a Blob`],
      [[], LIST_HERE],
      [{}, STRUCTURE_HERE],
      [
        '23456',
        "'23456' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 5",
      ],
      ['=+/=', "'=+/=' can not be converted to a Blob: Invalid Base64 character: '='"],
    ] as const
  ).map(([given, message]) => ['PutRecord', { Data: given }, message] as const),
  ...(['23', true, 23] as const).map(
    (given) => ['PutRecords', { Records: given }, 'Expected list or null'] as const,
  ),
  ['PutRecords', { Records: {} }, STRUCTURE_HERE],
  ...(['23', true, 23] as const).map(
    (given) => ['AddTagsToStream', { Tags: given }, 'Expected map or null'] as const,
  ),
  ['AddTagsToStream', { Tags: [] }, LIST_HERE],
  ...(['23', true, 23] as const).map(
    (given) => ['PutRecords', { Records: [given] }, 'Expected null'] as const,
  ),
  ['PutRecords', { Records: [[]] }, LIST_HERE],
];

describe('Kinesis refuses', () => {
  const call = async (operation: string, input: object): Promise<readonly unknown[]> => {
    const { text, status } = await endpoint.json(`Kinesis_20131202.${operation}`, input);
    const { __type, message, Message } = JSON.parse(text) as Readonly<Record<string, string>>;
    return [__type, message ?? Message, status];
  };

  it.each(ON_STREAM)('%s of a stream that is not there', async (operation, input) => {
    expect(await call(operation, { StreamName: 'none', ...input })).toEqual([
      'ResourceNotFoundException',
      STREAM_GONE,
      400,
    ]);
  });

  it.each(TYPES)('%s %j', async (operation, input, message) => {
    expect(await call(operation, input)).toEqual(['SerializationException', message, 400]);
  });

  it.each([
    [
      'CreateStream',
      { ...STREAM, ShardCount: 1 },
      'ResourceInUseException',
      'Stream s under account 000000000000 already exists.',
    ],
    ['GetRecords', { ShardIterator: 'x'.repeat(20) }, 'InvalidArgumentException', 'Invalid ShardIterator.'],
    [
      'GetShardIterator',
      { ...STREAM, ShardId: 'shardId-9', ShardIteratorType: 'LATEST' },
      'ResourceNotFoundException',
      'Shard shardId-000000000009 in stream s under account 000000000000 does not exist',
    ],
    ['ListShards', {}, 'InvalidArgumentException', 'Either NextToken or StreamName should be provided.'],
    [
      'PutRecord',
      {
        ...STREAM,
        Data: 'AAAA',
        PartitionKey: 'a',
        ExplicitHashKey: '340282366920938463463374607431768211456',
      },
      'InvalidArgumentException',
      'Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was 340282366920938463463374607431768211456',
    ],
    [
      'MergeShards',
      { ...STREAM, ShardToMerge: 'shardId-0', AdjacentShardToMerge: 'shardId-7' },
      'ResourceNotFoundException',
      'Could not find shard shardId-000000000007 in stream s under account 000000000000.',
    ],
    [
      'DescribeStreamConsumer',
      { StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s', ConsumerName: 'c' },
      'ResourceNotFoundException',
      'Consumer c, account 000000000000 not found.',
    ],
  ])('%s %j', async (operation, input, code, message) => {
    expect(await call(operation, input)).toEqual([code, message, 400]);
  });
});

describe('Firehose and MQ refuse', () => {
  it.each(['DescribeDeliveryStream', 'DeleteDeliveryStream', 'PutRecord', 'ListTagsForDeliveryStream'])(
    '%s of what is not there',
    async (operation) => {
      const input = { DeliveryStreamName: 'none', Record: { Data: 'AAAA' } };
      const { text, status } = await endpoint.json(`Firehose_20150804.${operation}`, input);
      expect([status, JSON.parse(text)]).toEqual([
        400,
        {
          __type: 'ResourceNotFoundException',
          message: 'Firehose none under account 000000000000 not found.',
        },
      ]);
    },
  );

  it.each([
    ['GET', '/v1/brokers/b-1'],
    ['PUT', '/v1/brokers/b-1'],
    ['DELETE', '/v1/brokers/b-1'],
    ['POST', '/v1/brokers/b-1/reboot'],
    ['GET', '/v1/brokers/b-1/users'],
  ])('%s %s', async (method, path) => {
    const response = await fetch(`${endpoint.url}${path}`, {
      method,
      headers: { authorization: scope('mq'), 'content-type': 'application/json' },
      ...(method === 'PUT' && { body: '{}' }),
    });
    expect(response.headers.get('x-amzn-errortype')).toBe('NotFoundException');
    expect([response.status, await response.json()]).toEqual([
      404,
      {
        errorAttribute: 'broker-id',
        message: "Can't find requested broker [b-1]. Make sure your broker exists.",
      },
    ]);
  });
});

describe('the wire refuses', () => {
  const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' };

  it.each([
    ['no JSON', 'Kinesis_20131202.ListStreams', 'hello', 'SerializationException'],
    ['no body', 'Kinesis_20131202.ListStreams', '', 'SerializationException'],
    ['a list', 'Kinesis_20131202.ListStreams', '[]', 'SerializationException'],
    ['an operation that AWS has not', 'Kinesis_20131202.ListStream', '{}', 'UnknownOperationException'],
    ['a target without an operation', 'Kinesis_20131202', '{}', 'UnknownOperationException'],
  ])('%s', async (_name, target, body, type) => {
    const { status, text } = await endpoint.json(target, body, JSON_TYPE);
    expect([status, JSON.parse(text)]).toEqual([400, { __type: type }]);
  });

  it.each([
    ['sqs', {}, 'MissingAction', 'The request must contain the parameter Action.'],
    ['sqs', { Action: 'Nothing' }, 'InvalidAction', 'The action Nothing is not valid for this endpoint.'],
    [
      'sns',
      { Action: 'Nothing', Version: '2010-03-31' },
      'InvalidAction',
      'Could not find operation Nothing for version 2010-03-31',
    ],
    [
      'iam',
      { Action: 'Nothing', Version: '2010-05-08' },
      'InvalidAction',
      'Could not find operation Nothing for version 2010-05-08',
    ],
    [
      'sqs',
      { Action: 'GetQueueUrl', QueueName: 'none' },
      'AWS.SimpleQueueService.NonExistentQueue',
      'The specified queue does not exist for this wsdl version.',
    ],
  ])('%s %j', async (service, parameters, code, message) => {
    const { status, text } = await endpoint.query(parameters as Readonly<Record<string, string>>, service);
    expect([status, xml(text, 'Code'), xml(text, 'Message')]).toEqual([400, code, message]);
  });

  it('an operation of AWS that is not modelled, by its name', async () => {
    const { status, text } = await endpoint.query({ Action: 'CreateGroup', Version: '2010-05-08' }, 'iam');
    expect(status).toBe(501);
    expect(xml(text, 'Message')).toMatch(/^not modelled: iam CreateGroup/u);
  });

  it('leaves the world as it was', async () => {
    const digest = (): string => endpoint.session().world.simulation.digest();
    const before = digest();
    await endpoint.json('Kinesis_20131202.PutRecord', 'nothing');
    await endpoint.json('Kinesis_20131202.PutRecord', { Data: 5 });
    await endpoint.query({ Action: 'Nothing' });
    expect(digest()).toBe(before);
  });
});
