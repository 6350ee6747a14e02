/** Real clients on the screen: who calls, along which wires, why it waits; and requests held at the door. */
import { Kinesis } from '@aws-sdk/client-kinesis';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceView } from '../../src/contract/view.ts';
import { START } from '../../src/engine/units.ts';
import { HELD_MAX } from '../../src/session/clients.ts';
import { type Answered, startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

let endpoint: TestEndpoint;
beforeEach(async () => {
  endpoint = await startEndpoint();
});
afterEach(() => endpoint.close());

const session = () => endpoint.session();
const clientNamed = (name: string): ResourceView | undefined =>
  session()
    .view()
    .resources.find(({ id }) => id === `client/${name}`);
const sqsAs = (name: string): SQS => new SQS({ ...endpoint.client, userAgentAppId: name });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await turn();
};
const type = (line: string): string => {
  const { id } = session().enter(line);
  session().drain();
  const result = session().entry(id)?.result;
  return `${result?.output ?? ''}${result?.error?.text ?? ''}`;
};

describe('a real client on the stage', () => {
  it('has wires to what it sends to and takes from, with its rates', async () => {
    const shop = sqsAs('web-shop');
    const worker = sqsAs('worker');
    const { QueueUrl } = await shop.createQueue({ QueueName: 'orders' });
    const sns = new SNS({ ...endpoint.client, userAgentAppId: 'web-shop' });
    const { TopicArn } = await sns.createTopic({ Name: 'news' });
    await sns.publish({ TopicArn: TopicArn!, Message: 'hello' });
    for (let number = 0; number < 10; number++) {
      await shop.sendMessageBatch({
        QueueUrl: QueueUrl!,
        Entries: [
          { Id: 'a', MessageBody: 'a' },
          { Id: 'b', MessageBody: 'b' },
        ],
      });
    }
    const { Messages } = await worker.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    endpoint.after(5);
    const view = clientNamed('web-shop');
    expect(view).toMatchObject({
      kind: 'client',
      role: 'source',
      fields: { calls: 13, sent: 21, received: 0 },
    });
    expect(view?.links).toMatchObject([
      { to: 'topic/news', type: 'send', perSecond: 0.2 },
      { to: 'queue/orders', type: 'send', perSecond: 4 },
    ]);
    expect(clientNamed('worker')).toMatchObject({
      role: 'sink',
      fields: { received: Messages!.length },
      links: [{ to: 'queue/orders', type: 'poll' }],
    });
    const sent = session()
      .events(0, 1_000)
      .find(({ type }) => type === 'sqs/MessageSent');
    expect(sent?.by).toBe('web-shop');
  });

  it('is drawn with its stream, and leaves the stage when it has been quiet for long', async () => {
    const kinesis = new Kinesis({ ...endpoint.client, userAgentAppId: 'feed' });
    await kinesis.createStream({ StreamName: 'clicks', ShardCount: 1 });
    await kinesis.putRecord({ StreamName: 'clicks', PartitionKey: 'a', Data: new Uint8Array([1]) });
    const { ShardIterator } = await kinesis.getShardIterator({
      StreamName: 'clicks',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    });
    await kinesis.getRecords({ ShardIterator: ShardIterator! });
    expect(clientNamed('feed')?.links.map(({ to, type }) => `${type} ${to}`)).toEqual([
      'send stream/clicks',
      'poll stream/clicks',
    ]);
    expect(clientNamed('feed')?.offStage).toBeUndefined();
    endpoint.after(601);
    expect(clientNamed('feed')?.offStage).toBe(true);
  });

  it('is known again after a look at the past, as it was then', async () => {
    const sqs = sqsAs('web');
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    endpoint.after(10);
    await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
    session().goTo({ at: START, commands: 1 });
    expect(clientNamed('web')?.fields.sent).toBe(0);
    session().toHead();
    expect(clientNamed('web')?.fields.sent).toBe(1);
  });

  it('changes nothing of the world that it is shown in', async () => {
    const sqs = sqsAs('web');
    await sqs.createQueue({ QueueName: 'q' });
    const before = session().world.simulation.digest();
    session().view();
    expect(session().world.simulation.digest()).toBe(before);
  });
});

describe('why client/NAME', () => {
  it('tells of its last refusal', async () => {
    const sqs = sqsAs('web');
    await expect(sqs.getQueueUrl({ QueueName: 'nothing' })).rejects.toThrow();
    expect(type('why client/web')).toContain('GetQueueUrl');
    expect(type('why client/other')).toContain('no client other has called lately');
  });

  it('tells of a long poll that waits, and until when', async () => {
    const sqs = sqsAs('worker');
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
    await until(() => session().clients.waiting.length > 0);
    endpoint.after(4);
    const { found } = session().insight.why('client/worker') as { found: object };
    expect(found).toMatchObject({
      title: 'ReceiveMessage of worker waits at queue/q',
      changes: { by: 'time', at: 20_000 },
      values: [{ is: { value: 4_000 } }],
    });
    endpoint.after(16);
    await poll;
  });
});

describe('a request that is held at the door', () => {
  let QueueUrl = '';
  let sqs: SQS;
  beforeEach(async () => {
    sqs = sqsAs('web');
    QueueUrl = (await sqs.createQueue({ QueueName: 'q' })).QueueUrl!;
  });
  const heldNow = (count: number): Promise<void> => until(() => session().clients.held.length === count);

  it('is shown with its content, and reaches the world when it is let in', async () => {
    expect(type('client hold web --operation send-message')).toContain('SendMessage that web sends is held');
    const sent = sqs.sendMessage({ QueueUrl, MessageBody: 'look at me' });
    await heldNow(1);
    await sqs.getQueueAttributes({ QueueUrl });
    expect(type('client list')).toMatch(/1 {2}SendMessage of web[\s\S]*"MessageBody": "look at me"/u);
    expect(clientNamed('web')?.notes).toEqual(['1 held']);
    expect(type('why client/web')).toContain('client release 1');
    expect(
      session()
        .view()
        .resources.find(({ id }) => id === 'queue/q')?.stock?.visible,
    ).toBe(0);
    endpoint.after(3);
    type('client release 1');
    expect((await sent).MessageId).toBeDefined();
    const event = session()
      .events(0, 100)
      .find(({ type: kind }) => kind === 'sqs/MessageSent');
    expect(event).toMatchObject({ at: 3_000, by: 'web' });
    expect(session().clients.rules).toHaveLength(1);
    type('client release web');
    expect(session().clients.rules).toHaveLength(0);
  });

  it('is turned away with an error that an SDK tries again after', async () => {
    type('client hold all');
    const sent = sqs.sendMessage({ QueueUrl, MessageBody: 'no' });
    await heldNow(1);
    type('client refuse');
    await expect(sent).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
    type('client release');
    const patient = new SQS({ ...endpoint.client, maxAttempts: 2 });
    type('client hold all');
    const again = patient.sendMessage({ QueueUrl, MessageBody: 'yes' });
    await heldNow(1);
    type('client refuse');
    type('client release');
    expect((await again).MessageId).toBeDefined();
  });

  it('ends with such an error when time is travelled', async () => {
    type('client hold web');
    const sent = sqs.sendMessage({ QueueUrl, MessageBody: 'no' });
    await heldNow(1);
    endpoint.after(1);
    session().goTo(START);
    await expect(sent).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(session().clients.held).toHaveLength(0);
  });

  it('is forgotten when its client goes away, before and after it was let in', async () => {
    type('client hold web');
    const abort = new AbortController();
    const sent = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 }, { abortSignal: abort.signal });
    await heldNow(1);
    abort.abort();
    await expect(sent).rejects.toThrow();
    await heldNow(0);
    const second = new AbortController();
    const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 }, { abortSignal: second.signal });
    await heldNow(1);
    type('client release');
    expect(session().clients.waiting).toHaveLength(1);
    second.abort();
    await expect(poll).rejects.toThrow();
    await until(() => session().clients.waiting.length === 0);
  });

  it('is one of a bounded number', async () => {
    type('client hold all');
    const all = Array.from({ length: HELD_MAX + 1 }, () =>
      endpoint.json('AmazonSQS.ListQueues', {}, { 'content-type': 'application/x-amz-json-1.0' }),
    );
    const first: Answered = await Promise.race(all);
    expect([first.status, first.text]).toEqual([503, expect.stringContaining('holds 100 requests')]);
    await heldNow(HELD_MAX);
    type('client release');
    expect((await Promise.all(all)).filter(({ status }) => status === 200)).toHaveLength(HELD_MAX);
  });
});
