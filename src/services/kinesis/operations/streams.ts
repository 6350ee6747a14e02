/** Streams come and go, and are looked at. */
import {
  CreateStream$,
  type CreateStreamInput,
  DeleteStream$,
  type DeleteStreamInput,
  DescribeStream$,
  type DescribeStreamInput,
  DescribeStreamSummary$,
  type DescribeStreamSummaryInput,
  ListStreams$,
  type ListStreamsInput,
} from '@aws-sdk/client-kinesis';
import { kinesisOperation, NEXT_TOKEN, results, STREAM, STREAM_NAME } from '../define.ts';
import { limitExceeded, resourceInUse, validation } from '../errors.ts';
import { emit } from '../events.ts';
import {
  CREATING,
  CREATING_MAX,
  DELETING,
  ON_DEMAND_SHARDS,
  ON_DEMAND_STREAMS_MAX,
  RECORD_KIB,
  SHARDS_OF_STREAM_MAX,
  shardsMax,
} from '../limits.ts';
import { type KinesisState, newStream, type StreamMode } from '../model.ts';
import { accrue } from '../rules/billing.ts';
import { begin } from '../rules/changes.ts';
import { described, describedShard, summarized } from '../rules/describing.ts';
import { shardNumber, streamAt } from '../rules/lookup.ts';
import { readToken, tokenText } from '../rules/paging.ts';
import { isGone } from '../rules/retention.ts';
import { readTags } from '../rules/tags.ts';

export const createStream = kinesisOperation<CreateStreamInput>(CreateStream$, {
  summary: 'Makes a stream; its status is CREATING for some seconds.',
  members: {
    StreamName: { purpose: 'what it is called', min: 1, max: 128, unit: 'characters' },
    ShardCount: { purpose: 'how many shards, of a provisioned one', min: 1, max: SHARDS_OF_STREAM_MAX },
    StreamModeDetails: { purpose: 'StreamMode=PROVISIONED or StreamMode=ON_DEMAND' },
    Tags: { purpose: 'labels of your own, a=b' },
    WarmThroughputMiBps: {
      purpose: 'throughput to be ready for',
      notModelled: 'On-demand Advantage',
    },
    MaxRecordSizeInKiB: { purpose: 'the largest record', ...RECORD_KIB },
    RecordDistributionStrategy: {
      purpose: 'how records are spread',
      notModelled: 'records are spread by their hash keys',
    },
  },
  handle(context, input) {
    const { state, now, caller } = context;
    const { StreamName: name, ShardCount, MaxRecordSizeInKiB: recordKiB = RECORD_KIB.default } = input;
    const { account } = caller;
    const mode = modeOf(input);
    const tags = readTags({}, input.Tags as Readonly<Record<string, string>> | undefined);
    if (state.streams.has(`${account}/${name}`)) {
      throw resourceInUse(`Stream ${name} under account ${account} already exists.`);
    }
    const shards = mode === 'ON_DEMAND' ? ON_DEMAND_SHARDS : (ShardCount ?? 1);
    checkAccount(state, account, mode, shards);
    const stream = newStream(state, { name: name!, account, mode, recordKiB, tags, now });
    state.streams.set(stream.key, stream);
    begin(context, stream, { type: 'create', shards }, CREATING);
    emit(context, { type: 'kinesis/StreamCreated', by: caller.by, stream: stream.name });
    return {};
  },
});

/** With a count of shards it is provisioned; with nothing it is on demand. */
function modeOf({ ShardCount, StreamModeDetails }: CreateStreamInput): StreamMode {
  const mode = StreamModeDetails?.StreamMode as StreamMode | undefined;
  if (mode === 'ON_DEMAND' && ShardCount !== undefined) {
    // UNSURE: the sentence.
    throw validation('ShardCount must not be specified for a stream in On-Demand mode.');
  }
  if (mode === 'PROVISIONED' && ShardCount === undefined) {
    // UNSURE: the sentence.
    throw validation('ShardCount must be specified for a stream in Provisioned mode.');
  }
  return mode ?? (ShardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED');
}

/** Limits of the account. */
function checkAccount(state: KinesisState, account: string, mode: StreamMode, more: number): void {
  const own = [...state.streams.values()].filter((stream) => stream.account === account);
  const creating = own.filter(({ status }) => status === 'CREATING').length;
  if (creating >= CREATING_MAX) {
    // UNSURE: the sentence.
    throw limitExceeded(
      `You can have at most ${CREATING_MAX} streams in the CREATING state at the same time.`,
      'Wait until some are ACTIVE.',
    );
  }
  if (mode === 'ON_DEMAND') {
    const count = own.filter((stream) => stream.mode === 'ON_DEMAND').length;
    if (count < ON_DEMAND_STREAMS_MAX) return;
    // UNSURE: the sentence.
    throw limitExceeded(
      `This request would exceed the on-demand stream limit for the account ${account} in ${state.region}. Current on-demand stream count for the account: ${count}. Limit: ${ON_DEMAND_STREAMS_MAX}.`,
    );
  }
  checkShards(state, account, more);
}

export function checkShards(state: KinesisState, account: string, more: number): void {
  const limit = shardsMax(state.region);
  const count = shardsOf(state, account);
  if (count + more <= limit) return;
  throw limitExceeded(
    `This request would exceed the shard limit for the account ${account} in ${state.region}. Current shard count for the account: ${count}. Limit: ${limit}. Number of additional shards that would have resulted from this request: ${more}. Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
  );
}

/** Open shards of the provisioned streams of an account, those that are being made among them. */
export function shardsOf({ streams }: KinesisState, account: string): number {
  let count = 0;
  for (const stream of streams.values()) {
    if (stream.account !== account || stream.mode !== 'PROVISIONED') continue;
    const to = stream.change?.to;
    count += to?.type === 'create' ? to.shards : stream.openShards;
  }
  return count;
}

export const deleteStream = kinesisOperation<DeleteStreamInput>(DeleteStream$, {
  summary: 'Deletes a stream with all its records.',
  members: {
    ...STREAM,
    EnforceConsumerDeletion: { purpose: 'also when it has consumers', default: false },
  },
  handle(context, input) {
    const stream = streamAt(context, input);
    if (stream.status === 'DELETING') return {};
    if (stream.consumers.size > 0 && input.EnforceConsumerDeletion !== true) {
      // UNSURE: the sentence.
      throw resourceInUse(
        `Stream ${stream.name} under account ${stream.account} has consumers registered.`,
        'Deregister them, or use --enforce-consumer-deletion.',
      );
    }
    accrue(stream, context.now);
    begin(context, stream, { type: 'delete' }, DELETING);
    return {};
  },
});

const SHARDS_PAGE = 100;

export const describeStream = kinesisOperation<DescribeStreamInput>(DescribeStream$, {
  summary: 'Describes a stream and its shards.',
  members: {
    ...STREAM,
    Limit: results(SHARDS_PAGE),
    ExclusiveStartShardId: { purpose: 'only shards after this one' },
  },
  handle(context, input) {
    const { state, now } = context;
    const stream = streamAt(context, input);
    const after = shardNumber(input.ExclusiveStartShardId ?? '-1') ?? -1;
    const start = input.ExclusiveStartShardId === undefined ? -1 : after;
    const { Limit = SHARDS_PAGE } = input;
    const shown = stream.status === 'DELETING' ? [] : [...stream.shards.values()];
    const from = shown.filter((shard) => shard.number > start && !isGone(stream, shard, now));
    return {
      StreamDescription: {
        ...described(state, stream),
        Shards: from.slice(0, Limit).map((shard) => describedShard(state, shard)),
        HasMoreShards: from.length > Limit,
      },
    };
  },
});

export const describeStreamSummary = kinesisOperation<DescribeStreamSummaryInput>(DescribeStreamSummary$, {
  summary: 'Describes a stream without its shards.',
  members: STREAM,
  handle(context, input) {
    const stream = streamAt(context, input);
    return {
      StreamDescriptionSummary: {
        ...described(context.state, stream),
        OpenShardCount: stream.openShards,
        ConsumerCount: stream.consumers.size,
        MaxRecordSizeInKiB: stream.recordKiB,
      },
    };
  },
});

const STREAMS_PAGE = 100;

export const listStreams = kinesisOperation<ListStreamsInput>(ListStreams$, {
  summary: 'Lists the names of your streams.',
  members: {
    Limit: results(STREAMS_PAGE),
    ExclusiveStartStreamName: { ...STREAM_NAME, purpose: 'only names after this one' },
    NextToken: NEXT_TOKEN,
  },
  handle({ state, now, caller }, { Limit = STREAMS_PAGE, ExclusiveStartStreamName, NextToken }) {
    const after = NextToken === undefined ? ExclusiveStartStreamName : readToken(NextToken, now).after;
    const own = [...state.streams.values()]
      .filter(({ account, name }) => account === caller.account && (after === undefined || name > after))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = own.slice(0, Limit);
    const more = own.length > page.length;
    return {
      StreamNames: page.map(({ name }) => name),
      HasMoreStreams: more,
      ...(more && { NextToken: tokenText({ issued: now, stream: '', after: page.at(-1)!.name }) }),
      StreamSummaries: page.map((stream) => summarized(state, stream)),
    };
  },
});
