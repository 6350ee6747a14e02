/** A stream of Kinesis as an event source. Lambda Developer Guide, Using Lambda with Kinesis Data Streams. */
import type { Outcome } from '../../../engine/service.ts';
import { invalidValue } from '../errors.ts';
import type { LambdaFunction } from '../model.ts';
import type { EventSource } from './eventSources.ts';
import type { MappingSettings } from './mappingRecord.ts';
import { batchEnded, goOn, laneDue } from './streamBatches.ts';
import {
  iteratorAnswered,
  listShards,
  recordsAnswered,
  recordsArrived,
  restOver,
  shardsListed,
} from './streamReading.ts';
import { readStreamSettings } from './streamSettings.ts';
import { newWork, type StreamDue, type StreamShard, type StreamToken, streamWorkOf } from './streamWork.ts';
import { asStream, checkTableStream } from './tableStreams.ts';

export const streamSource: EventSource = {
  settings: readStreamSettings,
  probe: (arn) => ({ service: 'kinesis', operation: 'DescribeStreamSummary', input: { StreamARN: arn } }),
  judge,
  start(context, mapping) {
    const work = streamWorkOf(mapping) ?? newWork(context.now);
    mapping.work = work;
    work.ending = false;
    for (const shard of work.shards.values()) pauseShard(shard);
    listShards(context, mapping, work);
    for (const shard of [...work.shards.values()]) goOn(context, mapping, work, shard);
  },
  stop(context, mapping) {
    const work = streamWorkOf(mapping);
    if (work === undefined) return;
    work.ending = true;
    for (const shard of work.shards.values()) {
      if (shard.call !== undefined) context.abandon(shard.call);
      pauseShard(shard);
    }
  },
  isBusy: (mapping) => (streamWorkOf(mapping)?.batches.size ?? 0) > 0,
  answered(context, mapping, token, answer) {
    const work = streamWorkOf(mapping);
    const { what, shardId } = token as StreamToken;
    const outcome = mapping.service === 'dynamodb' ? asStream(what, answer) : answer;
    if (work === undefined || work.ending) return;
    if (what === 'list') {
      shardsListed(context, mapping, work, outcome);
      return;
    }
    const shard = work.shards.get(shardId);
    if (shard === undefined) return;
    if (what === 'iterator') iteratorAnswered(context, mapping, work, shard, outcome);
    else if (recordsAnswered(context, mapping, work, shard, outcome)) goOn(context, mapping, work, shard);
  },
  due(context, mapping, timer) {
    const work = streamWorkOf(mapping);
    const { what, shardId, lane } = timer as StreamDue;
    if (work === undefined || work.ending) return;
    if (what === 'list') {
      if (work.wakes === context.now && !work.listing) listShards(context, mapping, work);
      return;
    }
    const shard = work.shards.get(shardId);
    const its = shard?.lanes[lane];
    if (shard === undefined) return;
    if (what === 'shard') restOver(context, mapping, shard);
    else if (its !== undefined) laneDue(context, mapping, work, shard, its);
  },
  ended(context, mapping, batch, execution) {
    const work = streamWorkOf(mapping);
    if (work !== undefined) batchEnded(context, mapping, work, batch, execution);
  },
  arrived(context, mapping, { shardId, iterator }) {
    const work = streamWorkOf(mapping);
    const shard = work?.shards.get(shardId);
    if (work !== undefined && shard !== undefined) recordsArrived(context, mapping, work, shard, iterator);
  },
};

/** The stream of a table. */
export const tableSource: EventSource = {
  ...streamSource,
  settings(input, arn, before) {
    checkTableStream(arn, input.StartingPosition);
    return readStreamSettings(input, arn, before);
  },
  probe: (arn) => ({ service: 'dynamodbstreams', operation: 'DescribeStream', input: { StreamArn: arn } }),
};

/** It keeps its place and what it read; it goes on there. */
function pauseShard(shard: StreamShard): void {
  shard.call = undefined;
  if (shard.state !== 'waiting' && shard.state !== 'read') shard.state = 'full';
  shard.quiet = false;
  for (const lane of shard.lanes) {
    lane.until = undefined;
    if (lane.state === 'waiting') lane.state = 'idle';
  }
}

function judge(outcome: Outcome, _settings: MappingSettings, _record: LambdaFunction, arn: string): void {
  if (outcome.ok) return;
  const { code, message } = outcome.refusal;
  if (code === 'AccessDeniedException') {
    throw invalidValue(
      `Cannot access stream ${arn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`,
      { why: message },
    );
  }
  if (code === 'ResourceNotFoundException') throw invalidValue(`Stream not found: ${arn}`);
  throw invalidValue(message);
}
