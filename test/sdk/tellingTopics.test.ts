/** Groups, databases and tables that tell a topic, through the official SDK. */
import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import { RDS } from '@aws-sdk/client-rds';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';
import { runLines } from '../support/worlds.ts';

let endpoint: TestEndpoint;
let TopicArn = '';
let QueueUrl = '';

beforeAll(async () => {
  endpoint = await startEndpoint();
  const [sns, sqs] = [new SNS(endpoint.client), new SQS(endpoint.client)];
  TopicArn = (await sns.createTopic({ Name: 'ops' })).TopicArn!;
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  QueueUrl = (await sqs.createQueue({ QueueName: 'inbox', Attributes: { Policy } })).QueueUrl!;
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:inbox';
  await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } });
});
afterAll(() => endpoint.close());

/** Lets time pass until a call is answered that asks a topic first. */
async function meanwhile<Answer>(call: Promise<Answer>): Promise<Answer> {
  let open = true;
  const answered = call.finally(() => {
    open = false;
  });
  while (open) {
    endpoint.after(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return answered;
}

/** The bodies that arrived since the last look. */
async function arrived(): Promise<string[]> {
  const sqs = new SQS(endpoint.client);
  endpoint.after(2);
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  for (const { ReceiptHandle } of Messages) await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
  return Messages.map(({ Body = '' }) => Body);
}

it('Auto Scaling takes, lists and forgets whom a group tells', async () => {
  const autoscaling = new AutoScaling(endpoint.client);
  const AutoScalingGroupName = 'workers';
  const LaunchConfigurationName = 'small';
  await autoscaling.createLaunchConfiguration({
    LaunchConfigurationName,
    ImageId: 'ami-12345678',
    InstanceType: 't3.micro',
  });
  const AvailabilityZones = ['us-east-1a'];
  await autoscaling.createAutoScalingGroup({
    AutoScalingGroupName,
    LaunchConfigurationName,
    MinSize: 0,
    MaxSize: 1,
    AvailabilityZones,
  });
  const { AutoScalingNotificationTypes } = await autoscaling.describeAutoScalingNotificationTypes({});
  expect(AutoScalingNotificationTypes).toContain('autoscaling:TEST_NOTIFICATION');
  const NotificationTypes = ['autoscaling:EC2_INSTANCE_LAUNCH'];
  const named = { AutoScalingGroupName, TopicARN: TopicArn };
  await meanwhile(autoscaling.putNotificationConfiguration({ ...named, NotificationTypes }));
  expect((await autoscaling.describeNotificationConfigurations({})).NotificationConfigurations).toEqual([
    { ...named, NotificationType: NotificationTypes[0] },
  ]);
  expect(JSON.parse((await arrived())[0]!).Event).toBe('autoscaling:TEST_NOTIFICATION');
  await autoscaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: 1 });
  endpoint.after(130);
  expect(JSON.parse((await arrived())[0]!).Event).toBe('autoscaling:EC2_INSTANCE_LAUNCH');
  await autoscaling.deleteNotificationConfiguration(named);
  const again = autoscaling.deleteNotificationConfiguration(named);
  await expect(again).rejects.toMatchObject({ name: 'ValidationError' });
});

it('RDS tells a topic of the events that a subscription asks for', async () => {
  const rds = new RDS(endpoint.client);
  runLines(endpoint.session(), 'app create-database --name shop --engine rds --multi-az');
  const SubscriptionName = 'shop-news';
  const made = await meanwhile(
    rds.createEventSubscription({
      SubscriptionName,
      SnsTopicArn: TopicArn,
      SourceType: 'db-instance',
      EventCategories: ['failover'],
    }),
  );
  expect(made.EventSubscription).toMatchObject({ CustSubscriptionId: SubscriptionName, Enabled: true });
  const again = rds.createEventSubscription({ SubscriptionName, SnsTopicArn: TopicArn });
  await expect(again).rejects.toMatchObject({ name: 'SubscriptionAlreadyExistFault' });
  await arrived();
  await rds.rebootDBInstance({ DBInstanceIdentifier: 'shop', ForceFailover: true });
  endpoint.after(120);
  const told = (await arrived()).map((body) => JSON.parse(body)['Event Message'] as string);
  expect(told).toHaveLength(2);
  expect(told.join('\n')).toContain('failover completed');
  const { Events = [] } = await rds.describeEvents({ SourceIdentifier: 'shop', SourceType: 'db-instance' });
  expect(Events.at(-1)?.Date).toBeInstanceOf(Date);
  await rds.modifyEventSubscription({ SubscriptionName, Enabled: false });
  const { EventSubscriptionsList } = await rds.describeEventSubscriptions({});
  expect(EventSubscriptionsList?.[0]?.Enabled).toBe(false);
  await rds.deleteEventSubscription({ SubscriptionName });
  const gone = rds.describeEventSubscriptions({ SubscriptionName });
  await expect(gone).rejects.toMatchObject({ name: 'SubscriptionNotFoundFault' });
});

it('DynamoDB Streams gives the changes of a table', async () => {
  const streams = new DynamoDBStreams(endpoint.client);
  runLines(
    endpoint.session(),
    'app create-database --name baskets --engine dynamodb --stream NEW_IMAGE',
    "app write --to database/baskets --body 'two books'",
    'sleep 1',
  );
  const { Streams } = await streams.listStreams({ TableName: 'baskets' });
  const StreamArn = Streams![0]!.StreamArn!;
  const { StreamDescription } = await streams.describeStream({ StreamArn });
  expect(StreamDescription).toMatchObject({ StreamStatus: 'ENABLED', StreamViewType: 'NEW_IMAGE' });
  const ShardId = StreamDescription!.Shards![0]!.ShardId!;
  const { ShardIterator } = await streams.getShardIterator({
    StreamArn,
    ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const { Records = [], NextShardIterator } = await streams.getRecords({ ShardIterator });
  expect(Records.map(({ eventName }) => eventName)).toEqual(['INSERT']);
  expect(JSON.stringify(Records[0]!.dynamodb!.NewImage)).toContain('two books');
  expect((await streams.getRecords({ ShardIterator: NextShardIterator })).Records).toEqual([]);
  const unknown = streams.describeStream({ StreamArn: `${StreamArn}9` });
  await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
