/**
 * The stream of a table of DynamoDB as an event source: read as a stream of Kinesis is, in other words. Lambda Developer
 * Guide, Using AWS Lambda with Amazon DynamoDB.
 */
import { parseArn } from '../../../contract/arn.ts';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import type { Outcome } from '../../../engine/service.ts';
import { invalidValue } from '../errors.ts';
import type { MappingRecord } from './mappingRecord.ts';

/** Who is asked for the records of a mapping. */
export const streamServiceOf = ({ service }: Pick<MappingRecord, 'service'>): string =>
  service === 'dynamodb' ? 'dynamodbstreams' : service;

/** Its shards are told by DescribeStream, and it answers fewer records at once. */
export function tableRequest(
  operation: string,
  input: Readonly<Record<string, unknown>>,
): { readonly operation: string; readonly input: object } {
  const { StreamARN, StartingSequenceNumber, ...rest } = input;
  switch (operation) {
    case 'ListShards':
      return { operation: 'DescribeStream', input: { StreamArn: StreamARN } };
    case 'GetRecords':
      return { operation, input: { ShardIterator: rest.ShardIterator, Limit: 1_000 } };
    default: {
      // SIMPLER THAN AWS: a mapping that has read nothing yet and paused for a quarter of an hour begins at the newest.
      const byTime = rest.ShardIteratorType === 'AT_TIMESTAMP';
      const { Timestamp: _none, ...kept } = rest;
      return {
        operation,
        input: {
          StreamArn: StreamARN,
          ...kept,
          ...(byTime && { ShardIteratorType: 'LATEST' }),
          ...(StartingSequenceNumber !== undefined && { SequenceNumber: StartingSequenceNumber }),
        },
      };
    }
  }
}

interface TableRecord {
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly Keys: object;
    readonly ApproximateCreationDateTime: number | Date;
  };
}

/** Its answer as Kinesis would give it: what is a record's data there is the whole record here. */
export function asStream(what: 'list' | 'iterator' | 'records', outcome: Outcome): Outcome {
  if (!outcome.ok || what === 'iterator') return outcome;
  if (what === 'list') {
    const { StreamDescription } = outcome.output as { readonly StreamDescription: object };
    return { ok: true, output: StreamDescription };
  }
  const { Records = [], ...rest } = outcome.output as { readonly Records?: readonly TableRecord[] };
  const told = Records.map((record) => ({
    SequenceNumber: record.dynamodb.SequenceNumber,
    PartitionKey: JSON.stringify(record.dynamodb.Keys),
    Data: utf8Bytes(JSON.stringify(inSeconds(record))),
    ApproximateArrivalTimestamp: Number(record.dynamodb.ApproximateCreationDateTime),
  }));
  return { ok: true, output: { ...rest, Records: told } };
}

const inSeconds = (record: TableRecord): object => ({
  ...record,
  dynamodb: {
    ...record.dynamodb,
    ApproximateCreationDateTime: Number(record.dynamodb.ApproximateCreationDateTime) / 1_000,
  },
});

export const isTableStream = (arn: string): boolean => parseArn(arn)?.service === 'dynamodb';

/** A record as the function gets it. */
export const tableRecord = (data: Uint8Array, eventSourceARN: string): object => ({
  ...(JSON.parse(utf8Text(data) ?? '{}') as object),
  eventSourceARN,
});

export function checkTableStream(arn: string, start: unknown): void {
  if (!/:table\/[^/]+\/stream\/.+$/u.test(arn)) {
    throw invalidValue(
      `Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source arn: ${arn}`,
      { why: 'Expected is the ARN of a table’s stream: aws dynamodbstreams list-streams tells it.' },
    );
  }
  if (start === 'AT_TIMESTAMP') {
    throw invalidValue('Unsupported starting position for arn type: AT_TIMESTAMP');
  }
}
