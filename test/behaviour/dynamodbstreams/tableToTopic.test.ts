import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../../src/catalog.ts';
import { seconds } from '../../../src/engine/units.ts';
import { type Output, type World, world } from '../../support/world.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:ops';
const streams = (w: World, operation: string, input: object = {}): Output =>
  w.call(operation, input, 'dynamodbstreams');
const streamArn = (w: World): string => streams(w, 'ListStreams').Streams[0].StreamArn;

function write(w: World, body: string): void {
  w.start('Write', { to: 'database/orders', body }, 'app');
  w.after(seconds(1));
}

/** A table with a stream, a function that publishes its changes, and a queue that gets what the topic gets. */
function told(mapping: object = {}, view = 'NEW_IMAGE'): World {
  const w = world({}, CATALOG);
  const QueueUrl = w.queue('inbox');
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }];
  w.call('SetQueueAttributes', { QueueUrl, Attributes: { Policy: JSON.stringify({ Statement }) } });
  w.call('CreateTopic', { Name: 'ops' }, 'sns');
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:inbox';
  w.call(
    'Subscribe',
    { TopicArn: TOPIC, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } },
    'sns',
  );
  w.call('CreateDatabase', { name: 'orders', engine: 'dynamodb', stream: view }, 'app');
  w.call(
    'CreateFunction',
    {
      FunctionName: 'teller',
      Runtime: 'nodejs22.x',
      Role: 'arn:aws:iam::000000000000:role/teller',
      Handler: 'publish',
      Environment: { Variables: { TOPIC_ARN: TOPIC } },
      Code: { ZipFile: new Uint8Array([1]) },
    },
    'lambda',
  );
  w.after(seconds(10));
  w.call(
    'CreateEventSourceMapping',
    { FunctionName: 'teller', EventSourceArn: streamArn(w), StartingPosition: 'LATEST', ...mapping },
    'lambda',
  );
  return w.after(seconds(10));
}

function arrived(w: World): readonly Output[] {
  w.after(seconds(3));
  const QueueUrl = w.call('GetQueueUrl', { QueueName: 'inbox' }).QueueUrl;
  const { Messages = [] } = w.call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  return Messages.map(({ Body, ReceiptHandle }: { Body: string; ReceiptHandle: string }) => {
    w.call('DeleteMessage', { QueueUrl, ReceiptHandle });
    return JSON.parse(Body);
  });
}

describe('a table, its stream, a function, a topic', () => {
  it('each write reaches the topic as the record of a change', () => {
    const w = told();
    write(w, 'two books');
    const [record] = arrived(w);
    expect(Object.keys(record)).toEqual([
      'eventID',
      'eventName',
      'eventVersion',
      'eventSource',
      'awsRegion',
      'dynamodb',
      'eventSourceARN',
    ]);
    expect(record).toMatchObject({
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: 1_767_603_620,
        Keys: { id: { S: '1' } },
        NewImage: { id: { S: '1' }, body: { S: 'two books' } },
        SequenceNumber: '100000000001000000000',
        StreamViewType: 'NEW_IMAGE',
      },
      eventSourceARN: streamArn(w),
    });
  });

  it('shows only keys when the stream has only keys', () => {
    const w = told({}, 'KEYS_ONLY');
    write(w, 'two books');
    expect(arrived(w)[0].dynamodb.NewImage).toBeUndefined();
  });

  it('skips what no filter of the mapping lets through', () => {
    const Pattern = JSON.stringify({ dynamodb: { NewImage: { body: { S: [{ prefix: 'vip' }] } } } });
    const w = told({ FilterCriteria: { Filters: [{ Pattern }] } });
    write(w, 'two books');
    write(w, 'vip: a lamp');
    expect(arrived(w).map(({ dynamodb }) => dynamodb.NewImage.body.S)).toEqual(['vip: a lamp']);
  });

  it('waits while the topic refuses, and tells later: the function fails, the shard keeps its place', () => {
    const w = told();
    const policy = (Effect: string): Output => {
      const Statement = [{ Effect, Principal: '*', Action: 'SNS:Publish', Resource: TOPIC }];
      const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
      return w.call(
        'SetTopicAttributes',
        { TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue },
        'sns',
      );
    };
    policy('Deny');
    write(w, 'two books');
    w.after(seconds(5));
    expect(w.events('lambda/Invoked').at(-1)?.error).toContain('AuthorizationError');
    policy('Allow');
    w.after(seconds(120));
    expect(arrived(w)).toHaveLength(1);
  });

  it('goes on after a quiet hour', () => {
    const w = told();
    w.after(seconds(3_600));
    write(w, 'late');
    expect(arrived(w)).toHaveLength(1);
  });

  it('is refused for a table without a stream', () => {
    const w = told();
    const EventSourceArn =
      'arn:aws:dynamodb:us-east-1:000000000000:table/other/stream/2026-01-05T09:00:00.000';
    const input = { FunctionName: 'teller', EventSourceArn, StartingPosition: 'LATEST' };
    expect(w.refusal('CreateEventSourceMapping', input, 'lambda').message).toContain('Stream not found');
  });
});

describe('a reader of a stream', () => {
  const place = (w: World, more: object): Output => {
    const StreamArn = streamArn(w);
    const { Shards } = streams(w, 'DescribeStream', { StreamArn }).StreamDescription;
    return streams(w, 'GetShardIterator', { StreamArn, ShardId: Shards[0].ShardId, ...more });
  };

  it('reads from the oldest change on, and is told where to go on', () => {
    const w = told();
    for (const body of ['a', 'b', 'c']) write(w, body);
    const { ShardIterator } = place(w, { ShardIteratorType: 'TRIM_HORIZON' });
    const first = streams(w, 'GetRecords', { ShardIterator, Limit: 2 });
    expect(first.Records).toHaveLength(2);
    const rest = streams(w, 'GetRecords', { ShardIterator: first.NextShardIterator });
    expect(rest.Records[0].dynamodb.NewImage.body.S).toBe('c');
    w.after(seconds(15 * 60 + 1));
    expect(w.refusal('GetRecords', { ShardIterator }, 'dynamodbstreams').code).toBe(
      'ExpiredIteratorException',
    );
  });

  it('finds nothing older than a day', () => {
    const w = told();
    write(w, 'a');
    w.after(seconds(86_400));
    const { ShardIterator } = place(w, { ShardIteratorType: 'TRIM_HORIZON' });
    expect(streams(w, 'GetRecords', { ShardIterator }).Records).toEqual([]);
  });
});
