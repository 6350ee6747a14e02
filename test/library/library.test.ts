/** The package as a library: clients of the SDK against a world in this process. */
import { CreateStreamCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { createPlayground } from '../../src/library/index.ts';

const QUEUE = 'http://localhost:4566/000000000000/orders';

describe('clients of the SDK', () => {
  it('call a world in this process', async () => {
    const playground = createPlayground();
    const sqs = new SQSClient(playground.client);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    expect(QueueUrl).toBe(QUEUE);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['hello']);
    // Three calls of 2 to 9 ms each: a call takes the world's time.
    expect(playground.now).toBeGreaterThanOrEqual(6);
    expect(playground.now).toBeLessThanOrEqual(27);
  });

  it('get the errors of AWS', async () => {
    const sqs = new SQSClient(createPlayground().client);
    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl: QUEUE }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
  });

  it('wait in the world’s time, not in ours: an empty long poll ends at once', async () => {
    const playground = createPlayground();
    const sqs = new SQSClient(playground.client);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const before = playground.now;
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    expect(Messages).toBeUndefined();
    expect(playground.now - before).toBeGreaterThanOrEqual(20_000);
  });

  it('wake a long poll that waits', async () => {
    const playground = createPlayground();
    const sqs = new SQSClient(playground.client);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const [received] = await Promise.all([
      sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 })),
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello', DelaySeconds: 5 })),
    ]);
    expect(received.Messages?.[0]?.Body).toBe('hello');
    expect(playground.now).toBeGreaterThanOrEqual(5_000);
    expect(playground.now).toBeLessThan(6_000);
  });

  it('speak every protocol', async () => {
    const playground = createPlayground();
    const sns = new SNSClient(playground.client);
    const kinesis = new KinesisClient(playground.client);
    const s3 = new S3Client(playground.client);
    playground.run('aws sqs create-queue --queue-name orders');
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: 'arn:aws:sqs:us-east-1:000000000000:orders',
      }),
    );
    await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
    await kinesis.send(new CreateStreamCommand({ StreamName: 'clicks', ShardCount: 2 }));
    const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName: 'clicks' }));
    expect(Shards).toHaveLength(2);
    await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
    await s3.send(new PutObjectCommand({ Bucket: 'files', Key: 'a/b.txt', Body: 'lines' }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'a/b.txt' }));
    expect(await Body?.transformToString()).toBe('lines');
  });
});

describe('time', () => {
  it('passes by hand when asked to: then a long poll waits until it does', async () => {
    const playground = createPlayground({ time: 'manual' });
    playground.run('aws sqs create-queue --queue-name orders');
    const sqs = new SQSClient(playground.client);
    let answered = false;
    const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl: QUEUE, WaitTimeSeconds: 20 })).then(() => {
      answered = true;
    });
    await playground.advance('19s');
    expect(answered).toBe(false);
    await playground.advance('2s');
    expect(answered).toBe(true);
    await poll;
  });

  it('passes until a condition is met, and no further', async () => {
    const playground = createPlayground();
    playground.run(
      [
        'aws sqs create-queue --queue-name orders',
        'aws sqs send-message --queue-url orders --message-body hello',
        'aws sqs receive-message --queue-url orders --visibility-timeout 30',
      ].join('\n'),
    );
    await playground.until('queue/orders inFlight=1');
    const before = playground.now;
    await playground.until('queue/orders visible=1');
    expect(playground.now - before).toBeLessThanOrEqual(30_000);
    expect(playground.now - before).toBeGreaterThan(29_900);
  });

  it('lets an app’s own consumer work on the way', async () => {
    const playground = createPlayground();
    const sqs = new SQSClient(playground.client);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    let running = true;
    const consumer = (async () => {
      while (running) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }),
        );
        for (const { ReceiptHandle } of Messages)
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    })();
    playground.run('app create-producer --name web --to queue/orders --rate 2/s --count 20');
    await playground.until('queue/orders sent=20 visible=0 inFlight=0', { within: '1m' });
    running = false;
    await consumer;
  });

  it('says what is missing when a condition is not met in time', async () => {
    const playground = createPlayground();
    playground.run('aws sqs create-queue --queue-name orders');
    await expect(playground.until('queue/orders visible=3', { within: '10s' })).rejects.toThrow(
      /^queue\/orders visible=3: not met within 10s of the world's time; still to come: .*visible.*3/u,
    );
    expect(playground.now).toBeGreaterThanOrEqual(10_000);
  });

  it('passes while something never happens, and fails at once when it does', async () => {
    const playground = createPlayground();
    playground.run('aws sqs create-queue --queue-name orders');
    await playground.never('sqs/MessageSent queue=orders', { for: '1m' });
    playground.run('aws sqs send-message --queue-url orders --message-body hello --delay-seconds 30');
    const before = playground.now;
    await expect(playground.never('queue/orders visible=1', { for: '1m' })).rejects.toThrow(/met at/u);
    expect(playground.now - before).toBeLessThanOrEqual(30_000);
  });
});

describe('a playground', () => {
  it('tells the story of a message', async () => {
    const playground = createPlayground();
    const sqs = new SQSClient(playground.client);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const { MessageId = '' } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(playground.story(MessageId)?.moments.map(({ type, where }) => [type, where])).toEqual([
      ['sqs/MessageSent', expect.stringMatching(/^by\//u)],
      ['sqs/MessageReceived', 'queue/orders'],
    ]);
    expect(playground.story('0000')).toBeUndefined();
  });

  it('is the same run for the same seed, and begins anew', async () => {
    const one = createPlayground({ seed: 4 });
    const other = createPlayground({ seed: 4 });
    const script =
      'aws sqs create-queue --queue-name orders\naws sqs send-message --queue-url orders --message-body a';
    const told = one.run(script);
    expect(other.run(script)).toBe(told);
    expect(one.snapshot()).toEqual(other.snapshot());
    one.reset();
    expect(one.snapshot().resources).toEqual([]);
    expect(one.run(script)).toBe(told);
  });

  it('stops a script at a refusal, with the CLI’s words', () => {
    const playground = createPlayground();
    expect(() => playground.run('aws sqs delete-queue --queue-url nowhere')).toThrow(
      /QueueDoesNotExist|nowhere/u,
    );
    expect(() => playground.run('aws sqs create-queue')).toThrow(
      /the following arguments are required: --queue-name/u,
    );
  });

  it('refuses a condition that cannot hold', async () => {
    const playground = createPlayground();
    await expect(playground.until('queue/orders wrong=1')).rejects.toThrow(/the condition cannot hold/u);
    await expect(playground.advance('soon')).rejects.toThrow(/soon is not a duration/u);
  });
});
