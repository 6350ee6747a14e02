/** Kinesis as older clients speak it (the AWS SDK for Java 1): the target in a header, CBOR in both bodies. */
import { cbor } from '@smithy/core/cbor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scope, startEndpoint, type TestEndpoint } from '../support/endpoint.ts';

const TYPE = 'application/x-amz-cbor-1.1';
let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.close());

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly value: Readonly<Record<string, unknown>>;
}

async function ask(operation: string, input: object): Promise<Answer> {
  const response = await fetch(endpoint.url, {
    method: 'POST',
    body: Uint8Array.from(cbor.serialize(input)),
    headers: {
      'content-type': TYPE,
      'x-amz-target': `Kinesis_20131202.${operation}`,
      authorization: scope('kinesis'),
    },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const value = bytes.length === 0 ? {} : cbor.deserialize(bytes);
  return { status: response.status, type: response.headers.get('content-type'), value };
}

it('writes records and reads them, bytes as bytes and times in milliseconds', async () => {
  const StreamName = 'clicks';
  expect(await ask('CreateStream', { StreamName, ShardCount: 1 })).toMatchObject({ status: 200, value: {} });
  const Data = Uint8Array.of(0, 255, 7);
  const put = await ask('PutRecord', { StreamName, PartitionKey: 'a', Data });
  expect([put.status, put.type, put.value.ShardId]).toEqual([200, TYPE, 'shardId-000000000000']);
  const { value: found } = await ask('GetShardIterator', {
    StreamName,
    ShardId: put.value.ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const { status, value } = await ask('GetRecords', { ShardIterator: found.ShardIterator, Limit: 10 });
  const [record] = value.Records as readonly Readonly<Record<string, unknown>>[];
  expect([status, record!.Data, record!.SequenceNumber]).toEqual([200, Data, put.value.SequenceNumber]);
  const { epoch } = endpoint.session().settings;
  const at = record!.ApproximateArrivalTimestamp as { readonly tag: number; readonly value: number };
  expect([at.tag, at.value]).toEqual([1, epoch + endpoint.session().now]);
});

it('is told what is wrong in CBOR, too', async () => {
  const { status, type, value } = await ask('DescribeStreamSummary', { StreamName: 'none' });
  expect([status, type, value.__type]).toEqual([400, TYPE, 'ResourceNotFoundException']);
  expect(value.message).toContain('Stream none under account 000000000000 not found.');
});
