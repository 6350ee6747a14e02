/** EventBridge and AWS IoT through the official SDK: rules, their targets, and what reaches a queue. */
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IoT } from '@aws-sdk/client-iot';
import { IoTDataPlane } from '@aws-sdk/client-iot-data-plane';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

let endpoint: TestEndpoint;
let sqs: SQS;
beforeAll(async () => {
  endpoint = await startEndpoint();
  sqs = new SQS(endpoint.client);
});
afterAll(() => endpoint.close());

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000';
const ROLE = 'arn:aws:iam::000000000000:role/iot';

async function queue(QueueName: string): Promise<string> {
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }];
  const { QueueUrl } = await sqs.createQueue({
    QueueName,
    Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) },
  });
  return QueueUrl!;
}

async function next(QueueUrl: string): Promise<unknown> {
  endpoint.after(5);
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl });
  return JSON.parse(Messages[0]!.Body!);
}

it('a rule of EventBridge hands the events that fit to a queue', async () => {
  const events = new EventBridge(endpoint.client);
  const QueueUrl = await queue('orders');
  const { RuleArn } = await events.putRule({ Name: 'big', EventPattern: '{"source":["shop"]}' });
  expect(RuleArn).toBe('arn:aws:events:us-east-1:000000000000:rule/big');
  const targets = await events.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn: `${QUEUE}:orders` }] });
  expect(targets).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] });
  const put = await events.putEvents({
    Entries: [
      { Source: 'other', DetailType: 'order', Detail: '{}' },
      { Source: 'shop', DetailType: 'order', Detail: '{"total":3}', Time: new Date('2026-01-05T09:00:00Z') },
      { Source: 'shop', DetailType: 'order', Detail: 'no JSON' },
    ],
  });
  expect(put.FailedEntryCount).toBe(1);
  expect(put.Entries![2]!.ErrorCode).toBe('MalformedDetail');
  expect(await next(QueueUrl)).toMatchObject({
    id: put.Entries![1]!.EventId,
    source: 'shop',
    'detail-type': 'order',
    time: '2026-01-05T09:00:00Z',
    detail: { total: 3 },
  });
  expect((await events.describeRule({ Name: 'big' })).State).toBe('ENABLED');
  expect((await events.listTargetsByRule({ Rule: 'big' })).Targets).toEqual([
    { Id: '1', Arn: `${QUEUE}:orders` },
  ]);
  await expect(events.deleteRule({ Name: 'big' })).rejects.toMatchObject({ name: 'ValidationException' });
  await events.removeTargets({ Rule: 'big', Ids: ['1'] });
  await events.deleteRule({ Name: 'big' });
  await expect(events.describeRule({ Name: 'big' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it('a topic rule takes what a device publishes over REST, with slashes in its topic', async () => {
  const iot = new IoT(endpoint.client);
  const device = new IoTDataPlane(endpoint.client);
  const queueUrl = await queue('hot');
  const topicRulePayload = {
    sql: "SELECT *, topic(2) AS machine FROM 'plant/+/temperature' WHERE value > 30",
    actions: [{ sqs: { queueUrl, roleArn: ROLE } }],
  };
  await iot.createTopicRule({ ruleName: 'hot', topicRulePayload });
  const again = iot.createTopicRule({ ruleName: 'hot', topicRulePayload });
  await expect(again).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  for (const value of [30, 31]) {
    await device.publish({ topic: 'plant/m 7/temperature', qos: 1, payload: JSON.stringify({ value }) });
  }
  expect(await next(queueUrl)).toEqual({ value: 31, machine: 'm 7' });
  expect((await iot.getTopicRule({ ruleName: 'hot' })).rule).toMatchObject({
    ruleName: 'hot',
    sql: topicRulePayload.sql,
    ruleDisabled: false,
  });
  expect((await iot.listTopicRules({})).rules!.map(({ ruleName }) => ruleName)).toEqual(['hot']);
  await expect(device.publish({ topic: 'plant/#' })).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  await iot.deleteTopicRule({ ruleName: 'hot' });
  expect((await iot.listTopicRules({})).rules).toEqual([]);
});
