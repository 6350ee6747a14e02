/** Records out: an iterator, then one GetRecords after the other; each answer brings the next iterator. */
import {
  GetRecords$,
  type GetRecordsInput,
  GetShardIterator$,
  type GetShardIteratorInput,
} from '@aws-sdk/client-kinesis';
import { countTraffic } from '../../../contract/traffic.ts';
import { BILLED_STEP, roundedUp } from '../../../contract/usage.ts';
import type { Context } from '../../../engine/service.ts';
import { DRY_RUN, kinesisOperation, STREAM, STREAM_ARN, STREAM_ID } from '../define.ts';
import {
  expiredIterator,
  invalidArgument,
  rateExceeded,
  readRateExceeded,
  shardMissing,
  throughputExceeded,
} from '../errors.ts';
import { emit } from '../events.ts';
import {
  ANSWER_BYTES_MAX,
  ANSWER_RECORDS_MAX,
  ITERATOR_LIFE,
  ITERATORS_PER_SECOND,
  shardLimits,
} from '../limits.ts';
import { countShard, countStream } from '../metrics.ts';
import { type KinesisState, type Shard, type Stream, shardId } from '../model.ts';
import { ITERATOR_TYPES } from '../rules/constraints.ts';
import { iteratorText, readIterator, type ShardIterator } from '../rules/iterator.ts';
import { findStream, named, parsedShard, shardIn } from '../rules/lookup.ts';
import { positionOf } from '../rules/positions.ts';
import { childShards, noteReader, take } from '../rules/reading.ts';
import { countIterator, countRead, fullRead } from '../rules/throughput.ts';
import { shareReads } from '../rules/waiting.ts';

type Ctx = Context<KinesisState>;

export const getShardIterator = kinesisOperation<GetShardIteratorInput>(GetShardIterator$, {
  summary: 'Gives a place in a shard to read from; it is good for five minutes.',
  members: {
    ...STREAM,
    ShardId: { purpose: 'the shard to read' },
    ShardIteratorType: { purpose: 'where to begin', values: ITERATOR_TYPES },
    StartingSequenceNumber: { purpose: 'for AT_ and AFTER_SEQUENCE_NUMBER: which record' },
    Timestamp: { purpose: 'for AT_TIMESTAMP: from when on, in UTC' },
    DryRun: DRY_RUN,
  },
  handle(context, input) {
    const { state, now, caller } = context;
    const who = named(input, caller.account);
    const number = parsedShard(input.ShardId!, who);
    const stream = findStream(state, who);
    const shard = stream && shardIn(stream, number, now);
    if (stream === undefined || shard === undefined) throw shardMissing(shardId(number), who);
    const position = positionOf(context, stream, shard, {
      type: input.ShardIteratorType!,
      sequenceNumber: input.StartingSequenceNumber,
      timestamp: input.Timestamp,
    });
    if (!countIterator(shard, ITERATORS_PER_SECOND, now)) {
      refusedRead(context, stream, shard, 'calls', 'GetShardIterator');
      throw throughputExceeded(
        rateExceeded(shard.id, stream),
        `${ITERATORS_PER_SECOND} iterators of shard ${shard.number} were asked for in this second; it clears in ${1_000 - (now % 1_000)} ms.`,
      );
    }
    return { ShardIterator: nextIterator(context, stream, shard, position) };
  },
});

const nextIterator = ({ state, now }: Ctx, stream: Stream, { number }: Shard, position: number): string =>
  iteratorText(state.seed, {
    issued: now,
    stream: stream.key,
    order: stream.order,
    shard: number,
    position,
  });

export const getRecords = kinesisOperation<GetRecordsInput>(GetRecords$, {
  summary: 'Reads records of one shard, and tells where to go on; it takes nothing away.',
  members: {
    ShardIterator: { purpose: 'from get-shard-iterator, or the answer before' },
    Limit: {
      purpose: 'how many records at most',
      min: 1,
      max: ANSWER_RECORDS_MAX,
      default: ANSWER_RECORDS_MAX,
      unit: 'entries',
    },
    StreamARN: STREAM_ARN,
    StreamId: STREAM_ID,
    DryRun: DRY_RUN,
  },
  handle(context, { ShardIterator: text, Limit = ANSWER_RECORDS_MAX }) {
    const { state, now, caller } = context;
    const iterator = readIterator(state.seed, text!);
    if (iterator === undefined) throw invalidArgument('Invalid ShardIterator.');
    const stream = streamOf(state, iterator);
    const shard = stream && shardIn(stream, iterator.shard, now);
    if (stream === undefined || shard === undefined) {
      const [account = '', name = ''] = iterator.stream.split('/');
      throw shardMissing(shardId(iterator.shard), { account, name });
    }
    refuseExpired(context, stream, shard, iterator);
    const limits = shardLimits(state.limits);
    if (state.waiting.size > 0) shareReads(context, stream, shard);
    refuseFull(context, stream, shard);
    const max = { records: Limit, bytes: ANSWER_BYTES_MAX };
    const taken = take(context, stream, shard, iterator.position, max);
    countRead(shard, taken.bytes, limits, now);
    noteReader(shard, caller.by, now, { position: taken.position, behind: taken.behind, fanOut: false });
    state.used.getRecords++;
    if (stream.mode === 'ON_DEMAND' && taken.bytes > 0) {
      state.used.onDemandBytesOut += roundedUp(taken.bytes, BILLED_STEP.onDemandRecord);
    }
    countStream(state, stream, now, 'GetRecords.Bytes', taken.bytes);
    countStream(state, stream, now, 'GetRecords.Records', taken.records.length);
    countStream(state, stream, now, 'GetRecords.IteratorAgeMilliseconds', taken.behind);
    countStream(state, stream, now, 'GetRecords.Success', 1);
    countStream(state, stream, now, 'ReadProvisionedThroughputExceeded', 0);
    const children = taken.ended ? childShards(stream, shard) : [];
    return {
      Records: taken.records,
      ...(!taken.ended && { NextShardIterator: nextIterator(context, stream, shard, taken.position) }),
      MillisBehindLatest: taken.behind,
      ...(children.length > 0 && { ChildShards: children }),
    };
  },
});

function streamOf({ streams }: KinesisState, { stream: key, order }: ShardIterator): Stream | undefined {
  const stream = streams.get(key);
  return stream?.order === order ? stream : undefined;
}

function refuseExpired(context: Ctx, stream: Stream, shard: Shard, { issued }: ShardIterator): void {
  const { now, caller, state } = context;
  const ageMs = now - issued;
  if (ageMs <= ITERATOR_LIFE) return;
  emit(context, {
    type: 'kinesis/IteratorExpired',
    by: caller.by,
    stream: stream.name,
    shard: shard.number,
    ageMs,
  });
  throw expiredIterator(
    `Iterator expired. The iterator was created at time ${javaDate(state.epoch + issued)} while right now it is ${javaDate(state.epoch + now)} which is further in the future than the tolerated delay of ${ITERATOR_LIFE} milliseconds.`,
    `It is ${ageMs} ms old; ${ITERATOR_LIFE} ms are allowed. The record to go on from is known by its sequence number.`,
  );
}

/** `Thu Jan 22 01:22:02 UTC 2015`. */
function javaDate(utc: number): string {
  const [day = '', date = '', month = '', year = '', time = ''] = new Date(utc).toUTCString().split(' ');
  return `${day.replace(',', '')} ${month} ${date} ${time} UTC ${year}`;
}

function refuseFull(context: Ctx, stream: Stream, shard: Shard): void {
  const { state, now } = context;
  const limits = shardLimits(state.limits);
  const full = fullRead(shard, limits, now);
  if (full === undefined) return;
  refusedRead(context, stream, shard, full.meter, 'GetRecords');
  const used =
    full.meter === 'calls'
      ? `${shard.read.calls} of ${limits.calls} calls`
      : `${shard.read.bytes} bytes, ${limits.bytesOut} a second`;
  throw throughputExceeded(
    readRateExceeded(shard.id, stream),
    `Shard ${shard.number} gave ${used} to all who poll it; it clears in ${full.clears - now} ms.`,
  );
}

function refusedRead(
  context: Ctx,
  stream: Stream,
  shard: Shard,
  meter: 'calls' | 'bytes',
  operation: string,
): void {
  const { state, now, caller } = context;
  stream.counters.throttledReads++;
  countTraffic(shard.refusedReads, now);
  countStream(state, stream, now, 'ReadProvisionedThroughputExceeded', 1);
  countShard(state, stream, shard, now, 'ReadProvisionedThroughputExceeded', 1);
  emit(context, {
    type: 'kinesis/ReadThrottled',
    by: caller.by,
    stream: stream.name,
    shard: shard.number,
    meter,
    operation,
  });
}
