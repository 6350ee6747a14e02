/** The four operations of DynamoDB Streams. Amazon DynamoDB Streams API Reference. */
import {
  DescribeStream$,
  type DescribeStreamInput,
  GetRecords$,
  type GetRecordsInput,
  GetShardIterator$,
  type GetShardIteratorInput,
  ListStreams$,
  type ListStreamsInput,
} from '@aws-sdk/client-dynamodb-streams';
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../../contract/checkedOperation.ts';
import type { OperationWords } from '../../../contract/defineOperation.ts';
import { mixWords } from '../../../contract/messageId.ts';
import type { Operation } from '../../../contract/operation.ts';
import type { Context } from '../../../engine/service.ts';
import { invalid, missing, noSuchShard, noSuchStream } from '../errors.ts';
import {
  type ChangeRecord,
  hex,
  labelOf,
  numberOf,
  type StreamsState,
  sequenceNumber,
  shardOf,
  type TableStream,
} from '../model.ts';
import { iteratorAt, keptIn, placeOf } from '../reading.ts';

type Ctx = Context<StreamsState>;

const streamsOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<StreamsState, Input>,
): Operation<StreamsState, Input> => checkedOperation(schema, words, missing);

const STREAM = { purpose: 'the stream, by its ARN: see list-streams' } as const;
const RECORDS_MAX = 1_000;

function streamAt({ state }: Ctx, arn: string): TableStream {
  const found = [...state.streams.values()].find((one) => one.arn === arn);
  if (found === undefined) throw noSuchStream(arn);
  return found;
}

export const listStreams = streamsOperation<ListStreamsInput>(ListStreams$, {
  summary: 'Lists the streams of tables.',
  members: {
    TableName: { purpose: 'only of this table' },
    Limit: { purpose: 'how many at most', min: 1, max: 100, default: 100 },
    ExclusiveStartStreamArn: { purpose: 'go on after this stream' },
  },
  handle({ state, caller }, { TableName: table, Limit = 100, ExclusiveStartStreamArn: last }) {
    const own = caller.account === state.account ? [...state.streams.values()] : [];
    const from = last === undefined ? 0 : own.findIndex(({ arn }) => arn === last) + 1;
    const all = own.slice(from).filter((one) => table === undefined || one.table === table);
    const shown = all.slice(0, Limit);
    return {
      Streams: shown.map((stream) => ({
        StreamArn: stream.arn,
        TableName: stream.table,
        StreamLabel: labelOf(state, stream.created),
      })),
      ...(shown.length < all.length && { LastEvaluatedStreamArn: shown.at(-1)?.arn }),
    };
  },
});

export const describeStream = streamsOperation<DescribeStreamInput>(DescribeStream$, {
  summary: 'Tells about a stream: what it shows of a change, and its shard.',
  members: {
    StreamArn: STREAM,
    Limit: { purpose: 'how many shards at most', min: 1, max: 100, default: 100 },
    ExclusiveStartShardId: { purpose: 'go on after this shard' },
    ShardFilter: { purpose: 'only children', notModelled: 'a stream has one shard here' },
  },
  handle(context, { StreamArn: arn, ExclusiveStartShardId: last }) {
    const { state, now } = context;
    const stream = streamAt(context, arn!);
    const ShardId = shardOf(state, stream);
    const first = keptIn(stream, now)[0]?.number ?? stream.made + 1;
    return {
      StreamDescription: {
        StreamArn: stream.arn,
        StreamLabel: labelOf(state, stream.created),
        StreamStatus: 'ENABLED',
        StreamViewType: stream.view,
        CreationRequestDateTime: state.epoch + stream.created,
        TableName: stream.table,
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Shards:
          last === ShardId
            ? []
            : [{ ShardId, SequenceNumberRange: { StartingSequenceNumber: sequenceNumber(first) } }],
      },
    };
  },
});

export const getShardIterator = streamsOperation<GetShardIteratorInput>(GetShardIterator$, {
  summary: 'Gives a place in a stream to read from.',
  members: {
    StreamArn: STREAM,
    ShardId: { purpose: 'the shard: see describe-stream' },
    ShardIteratorType: {
      purpose: 'where to begin',
      values: ['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'],
    },
    SequenceNumber: { purpose: 'of AT_ and AFTER_SEQUENCE_NUMBER: the record' },
  },
  handle(context, { StreamArn: arn, ShardId: shard, ShardIteratorType: type, SequenceNumber: at }) {
    const stream = streamAt(context, arn!);
    if (shard !== shardOf(context.state, stream)) throw noSuchShard(shard!);
    return { ShardIterator: iteratorAt(stream, positionOf(context, stream, type!, at), context.now) };
  },
});

function positionOf({ now }: Ctx, stream: TableStream, type: string, at: string | undefined): number {
  if (type === 'LATEST') return stream.made + 1;
  if (type === 'TRIM_HORIZON') return keptIn(stream, now)[0]?.number ?? stream.made + 1;
  const number = at === undefined ? undefined : numberOf(at);
  if (number === undefined) throw invalid(`Invalid SequenceNumber: ${at ?? 'none is given'}`);
  return type === 'AT_SEQUENCE_NUMBER' ? number : number + 1;
}

export const getRecords = streamsOperation<GetRecordsInput>(GetRecords$, {
  summary: 'Reads changes of a table from a place in its stream.',
  members: {
    ShardIterator: { purpose: 'the place: from get-shard-iterator, or the last answer' },
    Limit: { purpose: 'how many at most', min: 1, max: RECORDS_MAX, default: RECORDS_MAX },
  },
  handle(context, { ShardIterator: iterator, Limit = RECORDS_MAX }) {
    const { state, now } = context;
    const { stream, position } = placeOf(context, iterator!);
    if (stream === undefined) throw noSuchStream(iterator!.split('|')[0]!);
    const found = keptIn(stream, now)
      .filter(({ number }) => number >= position)
      .slice(0, Limit);
    const next = (found.at(-1)?.number ?? position - 1) + 1;
    return {
      Records: found.map((record) => recordOf(state, stream, record)),
      NextShardIterator: iteratorAt(stream, next, now),
    };
  },
});

const sizeOf = (image: ChangeRecord['item']): number =>
  Object.entries(image).reduce((sum, [name, { S }]) => sum + name.length + S.length, 0);

/** SIMPLER THAN AWS: each write makes a new item, so each change is an INSERT and has no old image. */
function recordOf(state: StreamsState, stream: TableStream, record: ChangeRecord): object {
  const { number, at, keys, item } = record;
  const shows = stream.view === 'NEW_IMAGE' || stream.view === 'NEW_AND_OLD_IMAGES';
  const id = [1, 2, 3, 4].map((part) => hex(mixWords(state.seed, stream.created, number, part))).join('');
  return {
    eventID: id,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: state.region,
    dynamodb: {
      // In whole seconds, as DynamoDB has it.
      ApproximateCreationDateTime: Math.floor((state.epoch + at) / 1_000) * 1_000,
      Keys: keys,
      ...(shows && { NewImage: item }),
      SequenceNumber: sequenceNumber(number),
      SizeBytes: sizeOf(keys) + (shows ? sizeOf(item) : 0),
      StreamViewType: stream.view,
    },
  };
}
