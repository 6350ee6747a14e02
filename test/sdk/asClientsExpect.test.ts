/** What real clients do that no page of AWS's promises, as it was seen to work there. */
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scope, startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

let endpoint: TestEndpoint;
let sqs: SQS;
let sns: SNS;
let made = 0;
const newName = (): string => `made-${++made}`;

beforeAll(async () => {
  endpoint = await startEndpoint();
  sqs = new SQS(endpoint.client);
  sns = new SNS(endpoint.client);
});
afterAll(() => endpoint.close());

async function queue(attributes: Record<string, string> = {}, fifo = false): Promise<string> {
  const QueueName = fifo ? `${newName()}.fifo` : newName();
  const Attributes = { ...(fifo && { FifoQueue: 'true' }), ...attributes };
  return (await sqs.createQueue({ QueueName, Attributes })).QueueUrl!;
}

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'accepted',
    ({ name, message }: Error) => `${name}: ${message}`,
  );

describe('SQS', () => {
  it('takes True for true, in any letters', async () => {
    const QueueUrl = await queue({ FifoQueue: 'True', ContentBasedDeduplication: 'TRUE' }, true);
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
    expect([Attributes!.FifoQueue, Attributes!.ContentBasedDeduplication]).toEqual(['true', 'true']);
  });

  it('takes the name of an own queue for its URL', async () => {
    const QueueUrl = await queue();
    await sqs.sendMessage({ QueueUrl: QueueUrl.split('/').at(-1)!, MessageBody: 'by name' });
    expect((await sqs.receiveMessage({ QueueUrl })).Messages![0]!.Body).toBe('by name');
  });

  it('gives a message the trace header of its request', async () => {
    const QueueUrl = await queue();
    const trace = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1';
    const send = { QueueUrl, MessageBody: 'x' };
    await endpoint.json('AmazonSQS.SendMessage', send, { 'x-amzn-trace-id': trace });
    const { Messages } = await sqs.receiveMessage({ QueueUrl, MessageSystemAttributeNames: ['All'] });
    expect(Messages![0]!.Attributes!.AWSTraceHeader).toBe(trace);
  });

  it('changes the visibility of a standard message by the handle of an earlier receive', async () => {
    const QueueUrl = await queue();
    await sqs.sendMessage({ QueueUrl, MessageBody: 'x' });
    const [first] = (await sqs.receiveMessage({ QueueUrl, VisibilityTimeout: 0 })).Messages!;
    await sqs.receiveMessage({ QueueUrl, VisibilityTimeout: 600 });
    const ReceiptHandle = first!.ReceiptHandle!;
    expect((await sqs.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
    await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    expect((await sqs.receiveMessage({ QueueUrl })).Messages).toHaveLength(1);
  });

  it('names attributes in letters of any script, and refuses control characters in their values', async () => {
    const QueueUrl = await queue();
    const send = (name: string, StringValue: string, DataType = 'String'): Promise<unknown> =>
      refusal(
        sqs.sendMessage({
          QueueUrl,
          MessageBody: 'x',
          MessageAttributes: { [name]: { DataType, StringValue } },
        }),
      );
    expect(await send('attr.1øßä', 'v')).toBe('accepted');
    expect(await send('a', '\u0008')).toContain('InvalidParameterValue');
    expect(await send('a', '1', `Number.${'L'.repeat(256)}`)).toContain('InvalidParameterValue');
    const { Messages } = await sqs.receiveMessage({ QueueUrl, MessageAttributeNames: ['*'] });
    expect(Object.keys(Messages![0]!.MessageAttributes!)).toEqual(['attr.1øßä']);
  });

  it('refuses a FIFO batch whole when one entry cannot be told apart', async () => {
    const QueueUrl = await queue({}, true);
    const entry = { MessageBody: 'x', MessageGroupId: 'g' };
    const Entries = [
      { ...entry, Id: '1', MessageDeduplicationId: 'd' },
      { ...entry, Id: '2' },
    ];
    expect(await refusal(sqs.sendMessageBatch({ QueueUrl, Entries }))).toContain('ContentBasedDeduplication');
    expect((await sqs.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
  });

  it('knows no FifoQueue on a standard queue', async () => {
    const QueueUrl = await queue();
    const set = (FifoQueue: string): Promise<unknown> =>
      refusal(sqs.setQueueAttributes({ QueueUrl, Attributes: { FifoQueue } }));
    expect(await set('true')).toBe('InvalidAttributeName: Unknown Attribute FifoQueue.');
    expect(await set('false')).toBe('InvalidAttributeName: Unknown Attribute FifoQueue.');
  });

  it('lets others do only what is not its owner’s alone', async () => {
    const QueueUrl = await queue();
    const add = (Actions: string[], AWSAccountIds = ['111111111111']): Promise<unknown> =>
      refusal(sqs.addPermission({ QueueUrl, Label: 'l', AWSAccountIds, Actions }));
    expect(await add(['RemovePermission'])).toContain(
      'Value SQS:RemovePermission for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.',
    );
    expect(await add([])).toContain('MissingParameter');
    expect(await add(['SendMessage'], [])).toContain('Value [] for parameter PrincipalId is invalid.');
  });

  it('counts tags', async () => {
    const QueueUrl = await queue();
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']));
    expect(await refusal(sqs.tagQueue({ QueueUrl, Tags: many }))).toContain('Too many tags added for queue');
    expect(await refusal(sqs.tagQueue({ QueueUrl, Tags: {} }))).toContain('must contain the parameter Tags');
    expect(await refusal(sqs.untagQueue({ QueueUrl, TagKeys: [] }))).toContain('between 1 and 128');
  });

  it('answers a plain GET of a queue, and makes no queues there', async () => {
    const url = await queue();
    const plain = await fetch(url, { headers: { authorization: scope('sqs') } });
    expect([plain.status, await plain.text()]).toEqual([
      404,
      expect.stringContaining('<UnknownOperationException/>'),
    ]);
    const create = await fetch(`${url}?Action=CreateQueue&QueueName=other&Version=2012-11-05`);
    expect([create.status, await create.text()]).toEqual([
      400,
      expect.stringContaining('<Code>InvalidAction</Code>'),
    ]);
  });
});

describe('SNS', () => {
  const SUBSCRIBER = { Protocol: 'sms', Endpoint: '+15550100' } as const;
  const topic = async (): Promise<string> => (await sns.createTopic({ Name: newName() })).TopicArn!;

  it('delivers to queues in the instant of the publish where nothing takes time', async () => {
    const TopicArn = await topic();
    const QueueUrl = await queue();
    const Endpoint = `arn:aws:sqs:us-east-1:000000000000:${QueueUrl.split('/').at(-1)}`;
    const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: Endpoint };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy } });
    const Attributes = { RawMessageDelivery: 'TrUe' };
    await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint, Attributes });
    await sns.publish({ TopicArn, Message: 'now' });
    expect((await sqs.receiveMessage({ QueueUrl })).Messages![0]!.Body).toBe('now');
  });

  it('gives the same topic for some of its tags, or none, but not for others', async () => {
    const Name = newName();
    const [one, two] = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    const { TopicArn } = await sns.createTopic({ Name, Tags: [one, two] });
    for (const Tags of [[one, two], [one], []]) {
      expect((await sns.createTopic({ Name, Tags })).TopicArn).toBe(TopicArn);
    }
    expect(await refusal(sns.createTopic({ Name, Tags: [{ Key: 'a', Value: '9' }] }))).toContain(
      'different tags',
    );
  });

  it('words what is wrong with a numeric filter as it reads it', async () => {
    const TopicArn = await topic();
    const rows: readonly (readonly [readonly unknown[], string])[] = [
      [[], 'Invalid member in numeric match: ]'],
      [['>', 20, '<='], 'Value of <= must be numeric'],
      [['>', 20, 30], 'Bad value in numeric range: 30'],
      [['>', 20, 'test'], 'Bad numeric range operator: test'],
      [['>', 20, '<', '30'], 'Value of < must be numeric'],
    ];
    for (const [numeric, said] of rows) {
      const Attributes = { FilterPolicy: JSON.stringify({ key: [{ numeric }] }) };
      expect(await refusal(sns.subscribe({ TopicArn, ...SUBSCRIBER, Attributes }))).toContain(
        `FilterPolicy: ${said}\n`,
      );
    }
  });

  it('tells a token that nobody was given from a text that is none', async () => {
    const TopicArn = await topic();
    const confirm = (Token: string): Promise<unknown> =>
      refusal(sns.confirmSubscription({ TopicArn, Token }));
    expect(await confirm('randomtoken')).toMatch(/: Invalid token$/u);
    expect(await confirm('51b2ff3edb475b7d'.repeat(18))).toMatch(/: Invalid parameter: Token$/u);
  });

  it('takes phone numbers with single separators, and names those that it does not take', async () => {
    const TopicArn = await topic();
    const to = (Endpoint: string): Promise<unknown> =>
      refusal(sns.subscribe({ TopicArn, Protocol: 'sms', Endpoint }));
    expect(await to('+15/55-123.4567')).toContain('accepted');
    for (const wrong of ['+15551234567.', '/+15551234567', 'NAA+15551234567', '+15--551234567']) {
      expect(await to(wrong)).toMatch(/: Invalid SMS endpoint: /u);
    }
  });

  it('reads a type of two words only with both', async () => {
    const TopicArn = await topic();
    const as = (DataType: string): Promise<unknown> =>
      refusal(
        sns.publish({ TopicArn, Message: 'm', MessageAttributes: { a: { DataType, StringValue: 'v' } } }),
      );
    expect(await as('String.')).toContain('invalid message attribute type');
    expect(await as('String.  prefixed.')).toBe('accepted');
  });
});
