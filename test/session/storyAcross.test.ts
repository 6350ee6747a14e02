/** One story across services: each hop is named once, in the order of time, from whichever id one asks. */
import { describe, expect, it } from 'vitest';
import type { Story } from '../../src/projection/storyTypes.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { newWorld, runLines } from '../support/worlds.ts';

const ACCOUNT = '000000000000';
const topic = `arn:aws:sns:us-east-1:${ACCOUNT}:orders`;
const queue = (name: string): string => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
const allow = (service: string, action: string, resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: action, Resource: resource }],
  });
const quoted = (value: unknown): string => JSON.stringify(JSON.stringify(value)).slice(1, -1);

/** S3 → SNS → SQS → Lambda → dead-letter queue, with one object. */
const chain = (seed: number): WorldSession =>
  runLines(
    newWorld({ seed }),
    'sqs create-queue --queue-name dead',
    `sqs create-queue --queue-name work --attributes '{"VisibilityTimeout":"5","Policy":"${quoted(JSON.parse(allow('sns.amazonaws.com', 'sqs:SendMessage', queue('work'))))}","RedrivePolicy":"${quoted({ deadLetterTargetArn: queue('dead'), maxReceiveCount: '2' })}"}'`,
    'sns create-topic --name orders',
    `sns set-topic-attributes --topic-arn ${topic} --attribute-name Policy --attribute-value '${allow('s3.amazonaws.com', 'sns:Publish', topic)}'`,
    `sns subscribe --topic-arn ${topic} --protocol sqs --notification-endpoint ${queue('work')}`,
    's3api create-bucket --bucket lake',
    `s3api put-bucket-notification-configuration --bucket lake --notification-configuration '{"TopicConfigurations":[{"TopicArn":"${topic}","Events":["s3:ObjectCreated:*"]}]}'`,
    `lambda create-function --function-name worker --runtime nodejs22.x --handler fail --role arn:aws:iam::${ACCOUNT}:role/w --zip-file fileb://f.zip --timeout 3`,
    `lambda create-event-source-mapping --function-name worker --event-source-arn ${queue('work')}`,
    'sleep 10',
    's3api put-object --bucket lake --key a.txt --body a.txt',
    'sleep 60',
  );

const idsOf = (session: WorldSession, type: string, field = 'messageId'): string[] =>
  session
    .events(0, 5_000)
    .filter((event) => event.type === type)
    .map(({ fields }) => String(fields[field]));

const told = (session: WorldSession, id: string): Story => {
  const story = session.insight.story(id);
  if (story === undefined) throw new Error(`no story of ${id}`);
  return story;
};

const inOrder = ({ items }: Story): void => {
  for (const [index, item] of items.entries()) {
    expect(item.at).toBeGreaterThanOrEqual(items[index - 1]?.at ?? 0);
    expect(items.filter(({ sequence }) => sequence === item.sequence)).toHaveLength(1);
  }
};

describe('a story across services', () => {
  it('leads from the bucket over topic, queue and function to the dead-letter queue, each hop once', () => {
    for (const seed of [1, 2]) {
      const session = chain(seed);
      // The first is S3's test message.
      const message = session.messages('queue/dead', 0, 5).at(-1);
      const story = told(session, message!.messageId);
      inOrder(story);
      const hops = ['s3/ObjectCreated', 'sns/MessagePublished', 'sqs/MessageSent', 'sqs/MessageDeadLettered'];
      const types = story.items.map(({ type }) => type);
      expect(types.filter((type) => hops.includes(type))).toEqual(hops);
      for (const once of ['s3/NotificationSent', 'sns/MessageDelivered']) {
        expect(types.filter((type) => type === once)).toHaveLength(1);
      }
      expect(story.items.filter(({ words }) => words === 'received by worker')).toHaveLength(2);
      const places = story.lanes.map(({ id }) => id).filter((id) => !id.startsWith('by/'));
      expect(places).toEqual(['bucket/lake', 'topic/orders', 'queue/work', 'queue/dead']);
      expect(story.copies.map(({ state }) => state)).toEqual(['passed', 'passed', 'visible']);
      // The same story from the object and from the topic.
      const [object] = idsOf(session, 's3/ObjectCreated');
      const published = idsOf(session, 'sns/MessagePublished').at(-1);
      expect(told(session, object!).items).toEqual(story.items);
      expect(told(session, published!).items).toEqual(story.items);
    }
  });

  it('leads from an app over a stream and Firehose into an object', () => {
    const session = runLines(
      newWorld({ seed: 4 }),
      's3api create-bucket --bucket lake',
      'kinesis create-stream --stream-name s --shard-count 2',
      'sleep 5',
      `firehose create-delivery-stream --delivery-stream-name clicks --delivery-stream-type KinesisStreamAsSource --kinesis-stream-source-configuration KinesisStreamARN=arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s,RoleARN=arn:aws:iam::${ACCOUNT}:role/f --extended-s3-destination-configuration '{"RoleARN":"arn:aws:iam::${ACCOUNT}:role/f","BucketARN":"arn:aws:s3:::lake","BufferingHints":{"SizeInMBs":1,"IntervalInSeconds":60}}'`,
      'sleep 30',
      'app create-producer --name web --to stream/s --rate 2/s',
      'sleep 70',
      'app stop --name web',
      'sleep 80',
    );
    const all = idsOf(session, 'kinesis/RecordPut', 'sequenceNumber');
    expect(all.length).toBeGreaterThan(100);
    for (const id of all.filter((_, index) => index % 40 === 0)) {
      expect(session.insight.findMessage(id)).toEqual({ ok: true, messageId: id });
      const story = told(session, id);
      inOrder(story);
      expect(story.items.map(({ type }) => type)).toEqual([
        'kinesis/RecordPut',
        'kinesis/RecordsRead',
        'firehose/ObjectDelivered',
      ]);
      expect(story.items.map(({ words }) => words)).toEqual([
        'put',
        'read by clicks',
        'delivered in an object',
      ]);
      expect(story.lanes.map(({ id: lane }) => lane)).toEqual([
        'by/web',
        'stream/s',
        'delivery/clicks',
        'bucket/lake',
      ]);
    }
  });

  it('tells of a record when its worker noted it, and that it comes again when it did not', () => {
    const session = runLines(
      newWorld(),
      'aws kinesis create-stream --stream-name s --shard-count 1',
      'sleep 12',
      'app create-kcl-workers --name group --from stream/s --workers 2 --start trim-horizon --time 0 --checkpoint-every 15s',
      'sleep 2',
      'aws kinesis put-record --stream-name s --partition-key a --data YQ==',
      'sleep 3',
      'app crash --name group-1',
      'sleep 20',
      'aws kinesis put-record --stream-name s --partition-key a --data Yg==',
      'sleep 5',
    );
    const [first] = idsOf(session, 'kinesis/RecordPut', 'sequenceNumber');
    const story = told(session, first!);
    inOrder(story);
    expect(story.items.map(({ words }) => words)).toEqual([
      'put',
      'read by group-1',
      'its shard goes to group-2',
      'read by group-2',
      expect.stringContaining('again'),
      'noted as done by group-2',
    ]);
  });

  it('leads from an object over the bus and its rule into a queue, and tells what a target refused', () => {
    const session = runLines(
      newWorld({ seed: 2 }),
      's3api create-bucket --bucket lake',
      `s3api put-bucket-notification-configuration --bucket lake --notification-configuration '{"EventBridgeConfiguration":{}}'`,
      `sqs create-queue --queue-name work --attributes '{"Policy":"${quoted(JSON.parse(allow('events.amazonaws.com', 'sqs:SendMessage', queue('work'))))}"}'`,
      'sqs create-queue --queue-name shut',
      `events put-rule --name new --event-pattern '{"source":["aws.s3"]}'`,
      `events put-targets --rule new --targets Id=1,Arn=${queue('work')} Id=2,Arn=${queue('shut')}`,
      's3api put-object --bucket lake --key a.txt --body a.txt',
      'sleep 10',
    );
    const [sent] = idsOf(session, 'sqs/MessageSent');
    const story = told(session, sent!);
    inOrder(story);
    const words = story.items.map((item) => item.words);
    expect(words.slice(0, 2)).toEqual(['on the bus: Object Created', 'its pattern fits: taken']);
    expect(words.slice(2).sort()).toEqual([
      'handed to its target',
      'lost: no dead-letter queue keeps it',
      'sent',
      'the target refused: given up',
    ]);
    const places = story.lanes.map(({ id }) => id).filter((id) => !id.startsWith('by/'));
    expect(places).toEqual(['bus/default', 'rule/new', 'queue/work']);
  });

  it('leads from a device over a topic rule into a stream, and says when no rule takes a message', () => {
    const session = runLines(
      newWorld({ seed: 2 }),
      'kinesis create-stream --stream-name s --shard-count 1',
      'sleep 12',
      `iot create-topic-rule --rule-name hot --topic-rule-payload '{"sql":"SELECT * FROM '"'"'plant/#'"'"' WHERE value > 30","actions":[{"kinesis":{"roleArn":"arn:aws:iam::${ACCOUNT}:role/iot","streamName":"s"}}]}'`,
      `iot-data publish --topic plant/1 --cli-binary-format raw-in-base64-out --payload '{"value":31}'`,
      `iot-data publish --topic plant/1 --cli-binary-format raw-in-base64-out --payload '{"value":29}'`,
      'sleep 5',
    );
    const [hot, cold] = idsOf(session, 'iot/MessagePublished');
    const story = told(session, hot!);
    inOrder(story);
    expect(story.items.map(({ words }) => words)).toEqual([
      'published to plant/1',
      'its SQL lets it through: taken',
      'put',
      'its kinesis action is done',
    ]);
    expect(story.lanes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['iot/core', 'iotrule/hot', 'stream/s']),
    );
    const other = told(session, cold!);
    expect(other.items.map(({ words, detail }) => [words, detail])).toEqual([
      ['published to plant/1', 'no rule takes it'],
    ]);
    expect(other.summary.at(-1)).toBe('The message was lost.');
  });
});
