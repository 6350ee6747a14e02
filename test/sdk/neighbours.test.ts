/** What tests of apps ask of the neighbours, through the official SDK. */
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.close());

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const allow = (Action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

it('IAM keeps roles with their policies, which go before the role does', async () => {
  const iam = new IAM(endpoint.client);
  const RoleName = 'worker';
  const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument: TRUST, Description: 'd' });
  expect(Role!.Arn).toBe('arn:aws:iam::000000000000:role/worker');
  const again = iam.createRole({ RoleName, AssumeRolePolicyDocument: TRUST });
  await expect(again).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole';
  await iam.attachRolePolicy({ RoleName, PolicyArn });
  expect((await iam.listAttachedRolePolicies({ RoleName })).AttachedPolicies).toEqual([
    { PolicyName: 'AWSLambdaSQSQueueExecutionRole', PolicyArn },
  ]);
  const inline = { RoleName, PolicyName: 'own' };
  await iam.putRolePolicy({ ...inline, PolicyDocument: allow('sqs:*') });
  expect((await iam.getRolePolicy(inline)).PolicyDocument).toContain('sqs:*');
  expect((await iam.listRolePolicies({ RoleName })).PolicyNames).toEqual(['own']);
  await expect(iam.deleteRole({ RoleName })).rejects.toMatchObject({ name: 'DeleteConflictException' });
  await iam.detachRolePolicy({ RoleName, PolicyArn });
  await iam.deleteRolePolicy(inline);
  await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: TRUST });
  expect((await iam.listRoles({})).Roles).toHaveLength(1);
  await iam.deleteRole({ RoleName });
  await expect(iam.getRole({ RoleName })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

it('a client that signs with an access key calls as its user', async () => {
  const iam = new IAM(endpoint.client);
  const UserName = 'ann';
  await iam.createUser({ UserName });
  await iam.putUserPolicy({ UserName, PolicyName: 'p', PolicyDocument: allow('sqs:ListQueues') });
  const { AccessKey } = await iam.createAccessKey({ UserName });
  const { AccessKeyId, SecretAccessKey } = AccessKey!;
  const credentials = { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey! };
  const sqs = new SQS({ ...endpoint.client, credentials });
  await sqs.listQueues({});
  const create = (): Promise<unknown> => sqs.createQueue({ QueueName: 'q' });
  await expect(create()).rejects.toThrow('user/ann is not authorized to perform: sqs:createqueue');
  expect((await iam.listAccessKeys({ UserName })).AccessKeyMetadata).toHaveLength(1);
  await iam.updateAccessKey({ UserName, AccessKeyId: AccessKeyId!, Status: 'Inactive' });
  await iam.deleteUserPolicy({ UserName, PolicyName: 'p' });
  await expect(iam.deleteUser({ UserName })).rejects.toThrow('must delete access keys first');
  await iam.deleteAccessKey({ UserName, AccessKeyId: AccessKeyId! });
  await iam.deleteUser({ UserName });
});

it('KMS switches the rotation of a key on and off, but not of one that is disabled', async () => {
  const kms = new KMS(endpoint.client);
  const KeyId = (await kms.createKey({})).KeyMetadata!.KeyId!;
  expect((await kms.getKeyRotationStatus({ KeyId })).KeyRotationEnabled).toBe(false);
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  const status = await kms.getKeyRotationStatus({ KeyId });
  expect([status.KeyRotationEnabled, status.RotationPeriodInDays]).toEqual([true, 90]);
  const { epoch } = endpoint.session().settings;
  expect(status.NextRotationDate!.getTime()).toBe(epoch + endpoint.session().now + 90 * 86_400_000);
  await expect(kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 1 })).rejects.toThrow('equal to 90');
  await kms.disableKeyRotation({ KeyId });
  expect((await kms.getKeyRotationStatus({ KeyId })).KeyRotationEnabled).toBe(false);
  await kms.disableKey({ KeyId });
  await expect(kms.enableKeyRotation({ KeyId })).rejects.toMatchObject({ name: 'DisabledException' });
});

it('Logs finds events of all streams by words, keeps a retention, and deletes a stream', async () => {
  const logs = new CloudWatchLogs(endpoint.client);
  const logGroupName = 'app';
  await logs.createLogGroup({ logGroupName });
  const timestamp = endpoint.session().settings.epoch + endpoint.session().now;
  for (const [index, logStreamName] of ['a', 'b'].entries()) {
    await logs.createLogStream({ logGroupName, logStreamName });
    const logEvents = [
      { timestamp: timestamp - index, message: `ERROR ${logStreamName}` },
      { timestamp: timestamp + 1, message: 'fine' },
    ];
    await logs.putLogEvents({ logGroupName, logStreamName, logEvents });
  }
  const found = await logs.filterLogEvents({ logGroupName, filterPattern: 'ERROR' });
  expect(found.events!.map(({ message }) => message)).toEqual(['ERROR b', 'ERROR a']);
  const page = await logs.filterLogEvents({ logGroupName, limit: 3 });
  expect(page.events).toHaveLength(3);
  expect(
    (await logs.filterLogEvents({ logGroupName, limit: 3, nextToken: page.nextToken! })).events,
  ).toHaveLength(1);
  await logs.putRetentionPolicy({ logGroupName, retentionInDays: 14 });
  expect((await logs.describeLogGroups({})).logGroups![0]!.retentionInDays).toBe(14);
  await expect(logs.putRetentionPolicy({ logGroupName, retentionInDays: 2 })).rejects.toThrow(
    'enum value set',
  );
  await logs.deleteRetentionPolicy({ logGroupName });
  await logs.deleteLogStream({ logGroupName, logStreamName: 'a' });
  expect((await logs.describeLogStreams({ logGroupName })).logStreams).toHaveLength(1);
});

it('S3 keeps the slashes at the ends of a key', async () => {
  const s3 = new S3({ ...endpoint.client, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'lake' });
  for (const Key of ['folder/', '/first', 'a//b', 'plain'])
    await s3.putObject({ Bucket: 'lake', Key, Body: Key });
  const { Contents } = await s3.listObjectsV2({ Bucket: 'lake' });
  expect(Contents!.map(({ Key }) => Key)).toEqual(['/first', 'a//b', 'folder/', 'plain']);
  expect(await (await s3.getObject({ Bucket: 'lake', Key: 'folder/' })).Body!.transformToString()).toBe(
    'folder/',
  );
});
