/** What clients other than the SDK look at: elements, statuses and headers that it would pass over. */
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.close());

it('an empty structure is written as an empty result, and nothing at all is not (boto3 reads the element)', async () => {
  const topic = /arn:aws:sns:[^<]+/u.exec(
    (await endpoint.query({ Action: 'CreateTopic', Name: 't' }, 'sns')).text,
  )![0];
  const tagged = await endpoint.query(
    { Action: 'TagResource', ResourceArn: topic, 'Tags.member.1.Key': 'a', 'Tags.member.1.Value': 'b' },
    'sns',
  );
  expect(tagged.text).toContain('<TagResourceResult');
  const deleted = await endpoint.query({ Action: 'DeleteTopic', TopicArn: topic }, 'sns');
  expect(deleted.text).not.toContain('Result>');
});

it('a part of an object has a status and a range; what is unchanged has no body', async () => {
  const s3 = new S3({ ...endpoint.client, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'lake' });
  const { ETag } = await s3.putObject({ Bucket: 'lake', Key: 'a b/ü', Body: 'hello world' });
  const url = `${endpoint.url}/lake/a%20b/%C3%BC`;
  const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 2-4/11',
    'llo',
  ]);
  const same = await fetch(url, { headers: { 'if-none-match': ETag! } });
  expect([same.status, await same.text()]).toEqual([304, '']);
  const { Contents } = await s3.listObjects({ Bucket: 'lake' });
  expect(Contents!.map(({ Key }) => Key)).toEqual(['a b/ü']);
  expect(await (await fetch(`${endpoint.url}/lake?location`)).text()).toContain('<LocationConstraint');
  const inHost = await endpoint.virtualHost('lake.localhost', '/a%20b/%C3%BC');
  expect(inHost).toEqual([200, 'hello world']);
  const presigned = `${url}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F20260105%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0`;
  expect(await (await fetch(presigned)).text()).toBe('hello world');
});

it('CloudWatch Logs is spoken, too', async () => {
  const logs = new CloudWatchLogs(endpoint.client);
  await logs.createLogGroup({ logGroupName: 'g' });
  await logs.createLogStream({ logGroupName: 'g', logStreamName: 's' });
  const timestamp = endpoint.session().settings.epoch + endpoint.session().now;
  await logs.putLogEvents({
    logGroupName: 'g',
    logStreamName: 's',
    logEvents: [{ timestamp, message: 'hi' }],
  });
  const { events } = await logs.getLogEvents({ logGroupName: 'g', logStreamName: 's' });
  expect(events!.map(({ message }) => message)).toEqual(['hi']);
  const lacking = { logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp }] };
  const { status, text } = await endpoint.json('Logs_20140328.PutLogEvents', lacking);
  expect([status, text]).toEqual([
    400,
    expect.stringContaining("Value null at 'logEvents.1.member.message'"),
  ]);
});

it('a service that is not there is named', async () => {
  const { status, text } = await endpoint.json('DynamoDB_20120810.ListTables', {});
  expect([status, text]).toEqual([400, expect.stringContaining('not modelled: DynamoDB_20120810')]);
});
