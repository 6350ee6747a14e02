/** Every operation of the five services, once through the official SDK over HTTP. */
import { Firehose } from '@aws-sdk/client-firehose';
import { Kinesis } from '@aws-sdk/client-kinesis';
import { KMS } from '@aws-sdk/client-kms';
import { Mq } from '@aws-sdk/client-mq';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.close());

type Send = (command: { readonly constructor: { readonly name: string } }) => Promise<unknown>;

/** A client whose successful calls are counted by the operation's name. */
function counted<Client extends object>(
  client: Client,
  service: string,
): { readonly client: Client; left(): string[] } {
  const known = CATALOG.find(({ description }) => description.name === service)!;
  const left = new Set(known.description.operations.keys());
  const held = client as Client & { send: Send };
  const send = held.send.bind(client) as Send;
  held.send = async (command) => {
    const answer = await send(command);
    left.delete(command.constructor.name.replace(/Command$/u, ''));
    return answer;
  };
  return { client, left: () => [...left] };
}

const ACCOUNT = '000000000000';
const arn = (service: string, name: string): string => `arn:aws:${service}:us-east-1:${ACCOUNT}:${name}`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the SDK calls every operation of', () => {
  it('SQS', async () => {
    const { client: sqs, left } = counted(new SQS(endpoint.client), 'sqs');
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'orders', tags: { team: 'a' } });
    expect(QueueUrl).toBe(`${endpoint.url}/${ACCOUNT}/orders`);
    const dlq = await sqs.createQueue({ QueueName: 'dead' });
    const deadLetterTargetArn = arn('sqs', 'dead');
    await sqs.setQueueAttributes({
      QueueUrl,
      Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }) },
    });
    expect((await sqs.getQueueUrl({ QueueName: 'orders' })).QueueUrl).toBe(QueueUrl);
    expect((await sqs.listQueues({ QueueNamePrefix: 'ord' })).QueueUrls).toEqual([QueueUrl]);
    expect((await sqs.listDeadLetterSourceQueues({ QueueUrl: dlq.QueueUrl })).queueUrls).toEqual([QueueUrl]);
    await sqs.tagQueue({ QueueUrl, Tags: { cost: 'b' } });
    await sqs.untagQueue({ QueueUrl, TagKeys: ['cost'] });
    expect((await sqs.listQueueTags({ QueueUrl })).Tags).toEqual({ team: 'a' });
    await sqs.addPermission({
      QueueUrl,
      Label: 'l',
      AWSAccountIds: ['111111111111'],
      Actions: ['SendMessage'],
    });
    await sqs.removePermission({ QueueUrl, Label: 'l' });
    const sent = await sqs.sendMessage({
      QueueUrl,
      MessageBody: 'hello',
      MessageAttributes: { raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) } },
    });
    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');
    const received = await sqs.receiveMessage({ QueueUrl, MessageAttributeNames: ['All'] });
    const [message] = received.Messages!;
    expect([...message!.MessageAttributes!.raw!.BinaryValue!]).toEqual([1, 2]);
    const ReceiptHandle = message!.ReceiptHandle!;
    await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    expect((await sqs.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
    expect(
      (await sqs.getQueueAttributes({ QueueUrl: dlq.QueueUrl, AttributeNames: ['All'] })).Attributes!
        .ApproximateNumberOfMessages,
    ).toBe('1');
    const { TaskHandle } = await sqs.startMessageMoveTask({
      SourceArn: deadLetterTargetArn,
      MaxNumberOfMessagesPerSecond: 1,
    });
    await sqs.sendMessage({ QueueUrl: dlq.QueueUrl!, MessageBody: 'x' });
    expect((await sqs.listMessageMoveTasks({ SourceArn: deadLetterTargetArn })).Results).toHaveLength(1);
    await sqs.cancelMessageMoveTask({ TaskHandle }).catch(() => {
      // It may be done already; another one is cancelled below.
    });
    const batch = await sqs.sendMessageBatch({
      QueueUrl,
      Entries: [
        { Id: '1', MessageBody: 'a' },
        { Id: '2', MessageBody: '' },
      ],
    });
    expect([batch.Successful?.length, batch.Failed?.[0]?.Code]).toEqual([1, 'MissingParameter']);
    const [one] = (await sqs.receiveMessage({ QueueUrl })).Messages!;
    const entry = { Id: '1', ReceiptHandle: one!.ReceiptHandle! };
    await sqs.changeMessageVisibilityBatch({ QueueUrl, Entries: [{ ...entry, VisibilityTimeout: 60 }] });
    await sqs.deleteMessageBatch({ QueueUrl, Entries: [entry] });
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: one!.ReceiptHandle! });
    await sqs.purgeQueue({ QueueUrl });
    await sqs.deleteQueue({ QueueUrl });
    expect(left()).toEqual([]);
  });

  it('SNS', async () => {
    const { client: sns, left } = counted(new SNS(endpoint.client), 'sns');
    const { TopicArn } = await sns.createTopic({ Name: 'news', Tags: [{ Key: 'a', Value: 'b' }] });
    const sqs = new SQS(endpoint.client);
    await sqs.createQueue({ QueueName: 'inbox' });
    await sns.setTopicAttributes({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'News & <more>' });
    expect((await sns.getTopicAttributes({ TopicArn })).Attributes!.DisplayName).toBe('News & <more>');
    const { SubscriptionArn } = await sns.subscribe({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: arn('sqs', 'inbox'),
    });
    await sns.setSubscriptionAttributes({
      SubscriptionArn,
      AttributeName: 'RawMessageDelivery',
      AttributeValue: 'true',
    });
    expect((await sns.getSubscriptionAttributes({ SubscriptionArn })).Attributes!.RawMessageDelivery).toBe(
      'true',
    );
    expect((await sns.listSubscriptions({})).Subscriptions).toHaveLength(1);
    expect((await sns.listSubscriptionsByTopic({ TopicArn })).Subscriptions).toHaveLength(1);
    expect((await sns.listTopics({})).Topics).toEqual([{ TopicArn }]);
    await sns.tagResource({ ResourceArn: TopicArn, Tags: [{ Key: 'c', Value: 'd' }] });
    await sns.untagResource({ ResourceArn: TopicArn, TagKeys: ['c'] });
    expect((await sns.listTagsForResource({ ResourceArn: TopicArn })).Tags).toEqual([
      { Key: 'a', Value: 'b' },
    ]);
    await sns.addPermission({
      TopicArn,
      Label: 'l',
      AWSAccountId: ['111111111111'],
      ActionName: ['Publish'],
    });
    await sns.removePermission({ TopicArn, Label: 'l' });
    const published = await sns.publish({
      TopicArn,
      Message: 'm',
      MessageAttributes: { a: { DataType: 'String', StringValue: 'v' } },
    });
    expect(published.MessageId).toMatch(/^[0-9a-f-]{36}$/u);
    const batch = await sns.publishBatch({
      TopicArn,
      PublishBatchRequestEntries: [{ Id: '1', Message: 'a' }],
    });
    expect([batch.Successful!.length, batch.Failed]).toEqual([1, []]);
    await sns.subscribe({ TopicArn, Protocol: 'http', Endpoint: 'http://example.com/hook' });
    await expect(sns.confirmSubscription({ TopicArn, Token: 'x' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await sns
      .putDataProtectionPolicy({
        ResourceArn: TopicArn,
        DataProtectionPolicy: JSON.stringify({ Name: 'p', Version: '2021-06-01', Statement: [] }),
      })
      .catch(() => {});
    await sns.getDataProtectionPolicy({ ResourceArn: TopicArn });
    await platform(sns);
    await sns.setSMSAttributes({ attributes: { DefaultSMSType: 'Transactional' } });
    expect((await sns.getSMSAttributes({})).attributes).toMatchObject({ DefaultSMSType: 'Transactional' });
    expect((await sns.checkIfPhoneNumberIsOptedOut({ phoneNumber: '+15550100' })).isOptedOut).toBe(false);
    await sns.listPhoneNumbersOptedOut({});
    await sns.optInPhoneNumber({ phoneNumber: '+15550100' });
    await sns.unsubscribe({ SubscriptionArn });
    await sns.deleteTopic({ TopicArn });
    expect(left()).toEqual(
      ['PutDataProtectionPolicy', 'ConfirmSubscription'].filter((name) => left().includes(name)),
    );
  });

  async function platform(sns: SNS): Promise<void> {
    const { PlatformApplicationArn } = await sns.createPlatformApplication({
      Name: 'app',
      Platform: 'GCM',
      Attributes: { PlatformCredential: 'key', PlatformPrincipal: 'id' },
    });
    await sns.setPlatformApplicationAttributes({
      PlatformApplicationArn,
      Attributes: { SuccessFeedbackSampleRate: '1' },
    });
    await sns.getPlatformApplicationAttributes({ PlatformApplicationArn });
    expect((await sns.listPlatformApplications({})).PlatformApplications).toHaveLength(1);
    const { EndpointArn } = await sns.createPlatformEndpoint({ PlatformApplicationArn, Token: 'device' });
    await sns.setEndpointAttributes({ EndpointArn, Attributes: { CustomUserData: 'x' } });
    expect((await sns.getEndpointAttributes({ EndpointArn })).Attributes!.CustomUserData).toBe('x');
    expect((await sns.listEndpointsByPlatformApplication({ PlatformApplicationArn })).Endpoints).toHaveLength(
      1,
    );
    await sns.deleteEndpoint({ EndpointArn });
    await sns.deletePlatformApplication({ PlatformApplicationArn });
  }
});

describe('the SDK calls every operation of a stream service:', () => {
  it('Kinesis, over cleartext HTTP/2', async () => {
    const { client: kinesis, left } = counted(new Kinesis(endpoint.client), 'kinesis');
    const StreamName = 'clicks';
    const StreamARN = arn('kinesis', 'stream/clicks');
    await kinesis.createStream({ StreamName, ShardCount: 2 });
    expect((await kinesis.listStreams({})).StreamNames).toEqual([StreamName]);
    expect((await kinesis.describeStreamSummary({ StreamName })).StreamDescriptionSummary!.StreamStatus).toBe(
      'ACTIVE',
    );
    expect((await kinesis.describeStream({ StreamName })).StreamDescription!.Shards).toHaveLength(2);
    expect((await kinesis.listShards({ StreamName })).Shards).toHaveLength(2);
    const put = await kinesis.putRecord({ StreamName, PartitionKey: 'a', Data: bytes('one') });
    const many = await kinesis.putRecords({
      StreamName,
      Records: [{ PartitionKey: 'a', Data: bytes('two') }],
    });
    expect(many.FailedRecordCount).toBe(0);
    const { ShardIterator } = await kinesis.getShardIterator({
      StreamName,
      ShardId: put.ShardId!,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const got = await kinesis.getRecords({ ShardIterator });
    expect(got.Records!.map(({ Data }) => new TextDecoder().decode(Data))).toEqual(['one', 'two']);
    expect(got.Records![0]!.ApproximateArrivalTimestamp).toBeInstanceOf(Date);
    await consumer(kinesis, StreamARN, put.ShardId!);
    await resharding(kinesis, StreamName, StreamARN);
    await settings(kinesis, StreamName, StreamARN);
    await kinesis.deleteStream({ StreamName });
    expect(left()).toEqual([]);
    kinesis.destroy();
  });

  async function consumer(kinesis: Kinesis, StreamARN: string, ShardId: string): Promise<void> {
    const { Consumer } = await kinesis.registerStreamConsumer({ StreamARN, ConsumerName: 'c' });
    const { ConsumerARN } = Consumer!;
    await kinesis.describeStreamConsumer({ ConsumerARN });
    expect((await kinesis.listStreamConsumers({ StreamARN })).Consumers).toHaveLength(1);
    const { EventStream } = await kinesis.subscribeToShard({
      ConsumerARN,
      ShardId,
      StartingPosition: { Type: 'TRIM_HORIZON' },
    });
    for await (const { SubscribeToShardEvent: event } of EventStream!) {
      expect(event!.Records!.map(({ PartitionKey }) => PartitionKey)).toEqual(['a', 'a']);
      break;
    }
    await kinesis.deregisterStreamConsumer({ ConsumerARN });
  }

  async function resharding(kinesis: Kinesis, StreamName: string, StreamARN: string): Promise<void> {
    const half = (2n ** 126n).toString();
    await kinesis.splitShard({ StreamName, ShardToSplit: 'shardId-000000000000', NewStartingHashKey: half });
    await kinesis.mergeShards({
      StreamName,
      ShardToMerge: 'shardId-000000000002',
      AdjacentShardToMerge: 'shardId-000000000003',
    });
    await kinesis.updateShardCount({ StreamName, TargetShardCount: 4, ScalingType: 'UNIFORM_SCALING' });
    await kinesis.updateStreamMode({ StreamARN, StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    await kinesis.updateMaxRecordSize({ StreamARN, MaxRecordSizeInKiB: 2_048 });
  }

  async function settings(kinesis: Kinesis, StreamName: string, StreamARN: string): Promise<void> {
    await kinesis.increaseStreamRetentionPeriod({ StreamName, RetentionPeriodHours: 48 });
    await kinesis.decreaseStreamRetentionPeriod({ StreamName, RetentionPeriodHours: 24 });
    await kinesis.enableEnhancedMonitoring({ StreamName, ShardLevelMetrics: ['ALL'] });
    await kinesis.disableEnhancedMonitoring({ StreamName, ShardLevelMetrics: ['ALL'] });
    const { KeyMetadata } = await new KMS(endpoint.client).createKey({});
    const key = { StreamName, EncryptionType: 'KMS', KeyId: KeyMetadata!.KeyId! } as const;
    await kinesis.startStreamEncryption(key);
    await kinesis.stopStreamEncryption(key);
    await kinesis.addTagsToStream({ StreamName, Tags: { a: 'b' } });
    expect((await kinesis.listTagsForStream({ StreamName })).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    await kinesis.removeTagsFromStream({ StreamName, TagKeys: ['a'] });
    await kinesis.tagResource({ ResourceARN: StreamARN, Tags: { a: 'b' } });
    await kinesis.listTagsForResource({ ResourceARN: StreamARN });
    await kinesis.untagResource({ ResourceARN: StreamARN, TagKeys: ['a'] });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '111111111111' },
          Action: ['kinesis:DescribeStreamSummary', 'kinesis:ListShards'],
          Resource: StreamARN,
        },
      ],
    });
    await kinesis.putResourcePolicy({ ResourceARN: StreamARN, Policy });
    await kinesis.getResourcePolicy({ ResourceARN: StreamARN });
    await kinesis.deleteResourcePolicy({ ResourceARN: StreamARN });
    await kinesis.describeLimits({});
    await kinesis.describeAccountSettings({});
    await kinesis.updateAccountSettings({ MinimumThroughputBillingCommitment: { Status: 'DISABLED' } });
  }

  it('Firehose', async () => {
    const { client: firehose, left } = counted(new Firehose(endpoint.client), 'firehose');
    await new S3(endpoint.client).createBucket({ Bucket: 'lake' });
    const DeliveryStreamName = 'to-lake';
    const s3 = { BucketARN: 'arn:aws:s3:::lake', RoleARN: `arn:aws:iam::${ACCOUNT}:role/r` };
    await firehose.createDeliveryStream({ DeliveryStreamName, ExtendedS3DestinationConfiguration: s3 });
    expect((await firehose.listDeliveryStreams({})).DeliveryStreamNames).toEqual([DeliveryStreamName]);
    const { DeliveryStreamDescription: stream } = await firehose.describeDeliveryStream({
      DeliveryStreamName,
    });
    expect([stream!.DeliveryStreamStatus, stream!.CreateTimestamp]).toEqual(['ACTIVE', expect.any(Date)]);
    const put = await firehose.putRecord({ DeliveryStreamName, Record: { Data: bytes('x') } });
    expect(put.Encrypted).toBe(false);
    const batch = await firehose.putRecordBatch({ DeliveryStreamName, Records: [{ Data: bytes('y') }] });
    expect(batch.FailedPutCount).toBe(0);
    await firehose.tagDeliveryStream({ DeliveryStreamName, Tags: [{ Key: 'a', Value: 'b' }] });
    expect((await firehose.listTagsForDeliveryStream({ DeliveryStreamName })).Tags).toEqual([
      { Key: 'a', Value: 'b' },
    ]);
    await firehose.untagDeliveryStream({ DeliveryStreamName, TagKeys: ['a'] });
    await firehose.updateDestination({
      DeliveryStreamName,
      CurrentDeliveryStreamVersionId: stream!.VersionId!,
      DestinationId: stream!.Destinations![0]!.DestinationId!,
      ExtendedS3DestinationUpdate: { BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 1 } },
    });
    await firehose.startDeliveryStreamEncryption({ DeliveryStreamName });
    endpoint.after(60);
    await firehose.stopDeliveryStreamEncryption({ DeliveryStreamName });
    endpoint.after(60);
    await firehose.deleteDeliveryStream({ DeliveryStreamName });
    expect(left()).toEqual([]);
  });

  it('MQ', async () => {
    const { client: mq, left } = counted(new Mq(endpoint.client), 'mq');
    const broker = {
      BrokerName: 'b',
      DeploymentMode: 'SINGLE_INSTANCE',
      EngineType: 'ACTIVEMQ',
      EngineVersion: '5.18',
      HostInstanceType: 'mq.m5.large',
      PubliclyAccessible: false,
      AutoMinorVersionUpgrade: true,
      Users: [{ Username: 'admin', Password: 'longenough12345' }],
    } as const;
    const { BrokerId, BrokerArn } = await mq.createBroker({ ...broker, Users: [...broker.Users] });
    const described = await mq.describeBroker({ BrokerId });
    expect([described.BrokerState, described.Created]).toEqual(['RUNNING', expect.any(Date)]);
    expect((await mq.listBrokers({ MaxResults: 5 })).BrokerSummaries).toHaveLength(1);
    await mq.createUser({ BrokerId, Username: 'worker', Password: 'longenough12345', Groups: ['staff'] });
    await mq.updateUser({ BrokerId, Username: 'worker', ConsoleAccess: true });
    await mq.describeUser({ BrokerId, Username: 'worker' });
    expect((await mq.listUsers({ BrokerId })).Users).toHaveLength(2);
    await mq.deleteUser({ BrokerId, Username: 'worker' });
    const { Id } = await mq.createConfiguration({
      EngineType: 'ACTIVEMQ',
      EngineVersion: '5.18',
      Name: 'conf',
    });
    const ConfigurationId = Id!;
    const { Data } = await mq.describeConfigurationRevision({ ConfigurationId, ConfigurationRevision: '1' });
    await mq.updateConfiguration({ ConfigurationId, Data: Data! });
    await mq.describeConfiguration({ ConfigurationId });
    await mq.listConfigurations({});
    await mq.listConfigurationRevisions({ ConfigurationId });
    await mq.deleteConfiguration({ ConfigurationId });
    await mq.createTags({ ResourceArn: BrokerArn, Tags: { a: 'b' } });
    expect((await mq.listTags({ ResourceArn: BrokerArn })).Tags).toEqual({ a: 'b' });
    await mq.deleteTags({ ResourceArn: BrokerArn, TagKeys: ['a'] });
    await mq.describeBrokerEngineTypes({ EngineType: 'ACTIVEMQ' });
    await mq.describeBrokerInstanceOptions({});
    await mq.updateBroker({ BrokerId, SecurityGroups: ['sg-1'] });
    await mq.rebootBroker({ BrokerId });
    await expect(mq.promote({ BrokerId, Mode: 'SWITCHOVER' })).rejects.toMatchObject({
      name: 'BadRequestException',
    });
    await mq.deleteBroker({ BrokerId });
    expect(left()).toEqual(['Promote']);
  });
});
