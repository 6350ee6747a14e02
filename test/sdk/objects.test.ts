/** S3 as clients use it beyond put and get: parts, versions, tags, presigned addresses. */
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

let endpoint: TestEndpoint;
let s3: S3;
const Bucket = 'lake';

beforeAll(async () => {
  endpoint = await startEndpoint();
  s3 = new S3({ ...endpoint.client, forcePathStyle: true });
  await s3.createBucket({ Bucket });
});
afterAll(() => endpoint.close());

const MB = 1_048_576;

it('uploads in parts, copies one, lists them, and tells a queue of the whole', async () => {
  const sqs = new SQS(endpoint.client);
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'told' });
  const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:told';
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: QueueArn,
      },
    ],
  });
  await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy } });
  const Events = ['s3:ObjectCreated:CompleteMultipartUpload' as const];
  const QueueConfigurations = [{ QueueArn, Events }];
  await s3.putBucketNotificationConfiguration({
    Bucket,
    NotificationConfiguration: { QueueConfigurations },
    SkipDestinationValidation: true,
  });
  await s3.putObject({ Bucket, Key: 'small', Body: 'tail' });
  const Key = 'a b/large';
  const { UploadId } = await s3.createMultipartUpload({ Bucket, Key, ContentType: 'text/plain' });
  const upload = { Bucket, Key, UploadId };
  const one = await s3.uploadPart({ ...upload, PartNumber: 1, Body: new Uint8Array(5 * MB).fill(97) });
  const two = await s3.uploadPartCopy({ ...upload, PartNumber: 2, CopySource: `${Bucket}/small` });
  expect((await s3.listParts(upload)).Parts!.map(({ Size }) => Size)).toEqual([5 * MB, 4]);
  expect((await s3.listMultipartUploads({ Bucket })).Uploads![0]).toMatchObject({ Key, UploadId });
  const Parts = [
    { PartNumber: 1, ETag: one.ETag },
    { PartNumber: 2, ETag: two.CopyPartResult!.ETag },
  ];
  const done = await s3.completeMultipartUpload({ ...upload, MultipartUpload: { Parts } });
  expect([done.Bucket, done.Key, done.ETag]).toEqual([Bucket, Key, expect.stringMatching(/-2"$/u)]);
  const got = await s3.getObject({ Bucket, Key, Range: `bytes=${5 * MB - 1}-` });
  expect(await got.Body!.transformToString()).toBe('atail');
  endpoint.after(5);
  const { Messages } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  const told = Messages!.flatMap(({ Body }) => JSON.parse(Body!).Records ?? []);
  expect(told.map(({ eventName }: { eventName: string }) => eventName)).toEqual([
    'ObjectCreated:CompleteMultipartUpload',
  ]);
  const other = await s3.createMultipartUpload({ Bucket, Key });
  await s3.abortMultipartUpload({ Bucket, Key, UploadId: other.UploadId });
  await expect(s3.listParts({ ...upload, UploadId: other.UploadId })).rejects.toMatchObject({
    name: 'NoSuchUpload',
  });
});

it('keeps versions and markers, once it is told to', async () => {
  const versioned = { Bucket: 'kept' };
  await s3.createBucket(versioned);
  expect((await s3.getBucketVersioning(versioned)).Status).toBeUndefined();
  await s3.putBucketVersioning({ ...versioned, VersioningConfiguration: { Status: 'Enabled' } });
  const item = { ...versioned, Key: 'k' };
  const { VersionId } = await s3.putObject({ ...item, Body: 'one' });
  await s3.putObject({ ...item, Body: 'two' });
  const old = await s3.getObject({ ...item, VersionId });
  expect([await old.Body!.transformToString(), old.VersionId]).toEqual(['one', VersionId]);
  expect((await s3.deleteObject(item)).DeleteMarker).toBe(true);
  await expect(s3.headObject(item)).rejects.toMatchObject({ name: 'NotFound' });
  const listed = await s3.listObjectVersions(versioned);
  expect([listed.Versions!.length, listed.DeleteMarkers!.length]).toEqual([2, 1]);
  const CopySource = `kept/k?versionId=${VersionId}`;
  expect((await s3.copyObject({ ...versioned, Key: 'copy', CopySource })).CopySourceVersionId).toBe(
    VersionId,
  );
});

it('has tags, a public access block, an access control list and the settings that tools read', async () => {
  const item = { Bucket, Key: 'tagged' };
  await s3.putObject({ ...item, Body: 'x', Tagging: 'a=b' });
  await s3.putObjectTagging({ ...item, Tagging: { TagSet: [{ Key: 'k', Value: 'a+b @c' }] } });
  expect((await s3.getObjectTagging(item)).TagSet).toEqual([{ Key: 'k', Value: 'a+b @c' }]);
  await s3.deleteObjectTagging(item);
  await s3.putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'a' }] } });
  expect((await s3.getBucketTagging({ Bucket })).TagSet).toEqual([{ Key: 'team', Value: 'a' }]);
  expect((await s3.getPublicAccessBlock({ Bucket })).PublicAccessBlockConfiguration).toMatchObject({
    BlockPublicAcls: true,
  });
  const { Grants } = await s3.getBucketAcl({ Bucket });
  expect(Grants![0]).toMatchObject({ Permission: 'FULL_CONTROL', Grantee: { Type: 'CanonicalUser' } });
  await expect(s3.putBucketAcl({ Bucket, ACL: 'public-read' })).rejects.toMatchObject({
    name: 'AccessControlListNotSupported',
  });
  const { ServerSideEncryptionConfiguration } = await s3.getBucketEncryption({ Bucket });
  expect(ServerSideEncryptionConfiguration!.Rules).toHaveLength(1);
  await expect(s3.getBucketWebsite({ Bucket })).rejects.toMatchObject({ name: 'NoSuchWebsiteConfiguration' });
  await expect(s3.putBucketCors({ Bucket, CORSConfiguration: { CORSRules: [] } })).rejects.toThrow(
    'not modelled: s3 PUT of ?cors',
  );
});

it('says which argument is wrong', async () => {
  const NotificationConfiguration = {
    QueueConfigurations: [{ QueueArn: 'arn:aws:sns:us-east-1:000000000000:t', Events: [] }],
  };
  await expect(
    s3.putBucketNotificationConfiguration({ Bucket, NotificationConfiguration }),
  ).rejects.toMatchObject({
    name: 'InvalidArgument',
    ArgumentName: 'Queue',
    ArgumentValue: 'arn:aws:sns:us-east-1:000000000000:t',
  });
});

it('takes requests whose signature is in the address', async () => {
  const signed = [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    'X-Amz-Credential=test%2F20260105%2Fus-east-1%2Fs3%2Faws4_request',
    'X-Amz-Date=20260105T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=0',
  ].join('&');
  const url = `${endpoint.url}/${Bucket}/signed%20too?${signed}`;
  const put = await fetch(url, { method: 'PUT', body: 'by address' });
  expect([put.status, await (await fetch(`${url}&x-id=GetObject`)).text()]).toEqual([200, 'by address']);
});
