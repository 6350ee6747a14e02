/**
 * Batches of a shard at the function: formed in order, called, and tried again until they succeed or are given up.
 * Lambda Developer Guide, Processing records from a Kinesis data stream: error handling. A batch that fails blocks its
 * lane: what comes after it waits.
 */
import type { Context } from '../../../engine/service.ts';
import { emit } from '../events.ts';
import { BATCH_RETRY_WAIT, SYNC_PAYLOAD_MAX, THROTTLE_WAIT } from '../limits.ts';
import { countFunction } from '../metrics.ts';
import type { Execution, LambdaFunction, LambdaState } from '../model.ts';
import { startExecution } from './executing.ts';
import { charactersOf, eventText, type StreamEntry } from './kinesisRecord.ts';
import type { MappingRecord } from './mappingRecord.ts';
import { batchResult } from './partialResponse.ts';
import { type GivenUp, giveUp } from './streamGivingUp.ts';
import { beginShards, distribute, factorOf, nextRead } from './streamReading.ts';
import { streamSettingsOf } from './streamSettings.ts';
import { dropState, inWindow, keepState, lastBatch, windowMembers, windowResult } from './streamWindows.ts';
import {
  newLanes,
  planStream,
  type StreamBatch,
  type StreamLane,
  type StreamShard,
  type StreamWork,
} from './streamWork.ts';

type Ctx = Context<LambdaState>;

const FUNCTION_WAIT = 30_000;
const nameOf = ({ function: key }: MappingRecord): string => key.slice(key.indexOf('/') + 1);

/** Whatever can be done for a shard now: call the function, read on, or let its children begin. */
export function goOn(context: Ctx, mapping: MappingRecord, work: StreamWork, shard: StreamShard): void {
  if (work.ending || !haveLanes(mapping, shard, context)) return;
  for (const lane of shard.lanes) callNext(context, mapping, work, shard, lane);
  if (shard.state === 'full' && shard.lanes.every((lane) => hasRoom(mapping, lane))) {
    nextRead(context, mapping, shard);
  }
  if (shard.state !== 'read' || !shard.lanes.every(isEmpty)) return;
  work.shards.delete(shard.shardId);
  work.done.add(shard.shardId);
  beginShards(context, mapping, work);
}

const isEmpty = ({ batches, pending }: StreamLane): boolean => batches.length === 0 && pending.length === 0;

/** A lane that is blocked, or has the next batch already, holds up reading. */
function hasRoom({ settings }: MappingRecord, { batches, pending }: StreamLane): boolean {
  if (batches.length === 0) return pending.length < settings.batchSize;
  return pending.length === 0 && batches.length === 1 && batches[0]!.retries === 0;
}

/** Another parallelization factor: what waits is put into other lanes, as soon as none is at work. */
function haveLanes(mapping: MappingRecord, shard: StreamShard, { now }: Ctx): boolean {
  const wanted = factorOf(mapping);
  const { lanes } = shard;
  if (lanes.length === wanted) return true;
  if (lanes.some(({ state }) => state === 'working')) return false;
  const all = lanes.flatMap(({ batches, pending }) => [
    ...batches.flatMap(({ entries }) => entries),
    ...pending,
  ]);
  // Sequence numbers have equally many digits.
  all.sort((one, other) => (one.sequenceNumber < other.sequenceNumber ? -1 : 1));
  shard.lanes = newLanes(wanted, now);
  distribute(shard, all);
  return true;
}

function callNext(
  context: Ctx,
  mapping: MappingRecord,
  work: StreamWork,
  shard: StreamShard,
  lane: StreamLane,
): void {
  if (lane.state !== 'idle') return;
  for (;;) {
    if (lane.batches.length === 0 && !gathered(context, mapping, shard, lane)) return;
    dropOld(context, mapping, shard, lane);
    if (lane.batches.length > 0) break;
  }
  const record = context.state.functions.get(mapping.function);
  if (record === undefined) {
    mapping.trouble = `Function not found: ${nameOf(mapping)}`;
    pause(context, mapping, shard, lane, FUNCTION_WAIT);
    return;
  }
  call(context, mapping, work, shard, lane, record);
}

/** Makes a batch of what waits, if it is time. */
function gathered(context: Ctx, mapping: MappingRecord, shard: StreamShard, lane: StreamLane): boolean {
  const { batchSize, window } = mapping.settings;
  const last = lastBatch(context, mapping, shard, lane);
  if (last !== undefined) {
    lane.until = undefined;
    lane.batches = Object.freeze([last]);
    return true;
  }
  const { pending } = lane;
  if (pending.length === 0) return false;
  const count = fitting(inWindow(context, mapping, shard, lane), batchSize);
  const isFull = count === batchSize || count < pending.length;
  if (!isFull && window > 0 && shard.state !== 'read') {
    lane.until ??= planStream(context, mapping, window * 1_000, {
      what: 'lane',
      shardId: shard.shardId,
      lane: lane.index,
    });
    if (context.now < lane.until) return false;
  }
  lane.until = undefined;
  const entries = Object.freeze(pending.slice(0, count));
  lane.pending = Object.freeze(pending.slice(count));
  lane.batches = Object.freeze([Object.freeze({ entries, invokes: 0, retries: 0 })]);
  return true;
}

/** How many fit into one call; one at least. */
function fitting(pending: readonly StreamEntry[], batchSize: number): number {
  let characters = 0;
  let count = 0;
  for (const entry of pending) {
    characters += charactersOf(entry);
    if (count > 0 && (count >= batchSize || characters > SYNC_PAYLOAD_MAX)) break;
    count++;
  }
  return count;
}

/** Records that outlived their age are given up; those after them go on. */
function dropOld(context: Ctx, mapping: MappingRecord, shard: StreamShard, lane: StreamLane): void {
  const { MaximumRecordAgeInSeconds: age } = streamSettingsOf(mapping.settings);
  if (age < 0) return;
  const oldest = context.state.epoch + context.now - age * 1_000;
  const [batch, ...rest] = lane.batches;
  const { entries, invokes } = batch!;
  const young = entries.findIndex(({ arrived }) => arrived >= oldest);
  if (young === 0 || entries.length === 0) return;
  const old = young < 0 ? entries : entries.slice(0, young);
  const left = young < 0 ? [] : [Object.freeze({ ...batch!, entries: Object.freeze(entries.slice(young)) })];
  lane.batches = Object.freeze([...left, ...rest]);
  giveUp(context, mapping, shard.shardId, { entries: old, invokes, condition: 'RecordAgeExceeded' });
}

function call(
  context: Ctx,
  mapping: MappingRecord,
  work: StreamWork,
  shard: StreamShard,
  lane: StreamLane,
  record: LambdaFunction,
): void {
  const { state, now } = context;
  const { counters } = mapping;
  const [batch, ...rest] = lane.batches;
  const { entries } = batch!;
  const { shardId } = shard;
  const place = { shardId, arn: mapping.source, region: state.region, role: record.config.role };
  const text = eventText(entries, place, windowMembers(mapping, shard, batch!));
  const id = ++state.batchesMade;
  const origin = Object.freeze({ type: 'batch', mapping: mapping.uuid, batch: id } as const);
  const newest = entries.at(-1);
  if (newest !== undefined) {
    countFunction(state, record, now, 'IteratorAge', state.epoch + now - newest.arrived);
  }
  if (startExecution(context, record, { origin, by: 'lambda.amazonaws.com', text }) === undefined) {
    counters.throttled++;
    const doubled = THROTTLE_WAIT.first * 2 ** Math.min(lane.throttles, 6);
    lane.throttles++;
    pause(context, mapping, shard, lane, doubled);
    return;
  }
  lane.throttles = 0;
  lane.state = 'working';
  lane.batches = Object.freeze([Object.freeze({ ...batch!, invokes: batch!.invokes + 1 }), ...rest]);
  work.batches.set(id, Object.freeze({ shardId, lane: lane.index }));
  counters.batches++;
  counters.records += entries.length;
}

function pause(
  context: Ctx,
  mapping: MappingRecord,
  shard: StreamShard,
  lane: StreamLane,
  waitMs: number,
): void {
  lane.state = 'waiting';
  const due = { what: 'lane', shardId: shard.shardId, lane: lane.index } as const;
  lane.wakes = planStream(context, mapping, waitMs, due);
}

/** The function answered. */
export function batchEnded(
  context: Ctx,
  mapping: MappingRecord,
  work: StreamWork,
  id: number,
  execution: Execution,
): void {
  const at = work.batches.get(id);
  work.batches.delete(id);
  const shard = work.shards.get(at?.shardId ?? '');
  const lane = shard?.lanes[at?.lane ?? -1];
  const batch = lane?.batches[0];
  if (shard === undefined || lane === undefined || batch === undefined) return;
  lane.state = 'idle';
  settle(context, mapping, shard, lane, batch, execution);
  goOn(context, mapping, work, shard);
}

function settle(
  context: Ctx,
  mapping: MappingRecord,
  shard: StreamShard,
  lane: StreamLane,
  batch: StreamBatch,
  execution: Execution,
): void {
  const { entries } = batch;
  const ids = entries.map(({ sequenceNumber }) => sequenceNumber);
  const { ending } = execution;
  const answered = batchResult(ending, mapping.settings.reportsFailures, ids);
  const result = windowResult(shard, batch, ending, answered);
  // The lowest number that failed is where it goes on: everything from there comes again.
  const first =
    result.type === 'success'
      ? entries.length
      : result.type === 'failure'
        ? 0
        : ids.findIndex((id) => result.ids.has(id));
  const failed = entries.length - first;
  mapping.counters.failed += failed;
  mapping.trouble = undefined;
  const name = nameOf(mapping);
  emit(context, {
    type: 'lambda/BatchEnded',
    by: name,
    function: name,
    mapping: mapping.uuid,
    source: mapping.source,
    records: entries.length,
    failed,
    shardId: shard.shardId,
  });
  const rest = lane.batches.slice(1);
  if (result.type !== 'failure') keepState(context, mapping, shard, batch, ending);
  if (failed === 0 && result.type !== 'failure') {
    lane.batches = Object.freeze(rest);
    return;
  }
  const left = { ...batch, entries: Object.freeze(entries.slice(first)) };
  const { BisectBatchOnFunctionError: bisect } = streamSettingsOf(mapping.settings);
  if (result.type === 'failure' && bisect && failed > 1) halve(context, mapping, shard, lane, left);
  else tryAgain(context, mapping, shard, lane, left, execution);
}

/** Two halves, tried one after the other; that counts as no retry. */
function halve(
  context: Ctx,
  mapping: MappingRecord,
  shard: StreamShard,
  lane: StreamLane,
  batch: StreamBatch,
): void {
  const { entries } = batch;
  const middle = Math.ceil(entries.length / 2);
  const part = (from: number, to?: number): StreamBatch =>
    Object.freeze({ ...batch, entries: Object.freeze(entries.slice(from, to)) });
  lane.batches = Object.freeze([part(0, middle), part(middle), ...lane.batches.slice(1)]);
  retryLater(context, mapping, shard, lane, true);
}

function tryAgain(
  context: Ctx,
  mapping: MappingRecord,
  shard: StreamShard,
  lane: StreamLane,
  batch: StreamBatch,
  execution: Execution,
): void {
  const { MaximumRetryAttempts: most } = streamSettingsOf(mapping.settings);
  const rest = lane.batches.slice(1);
  if (most >= 0 && batch.retries >= most) {
    lane.batches = Object.freeze(rest);
    const given: GivenUp = { ...batch, condition: 'RetryAttemptsExhausted', execution };
    giveUp(context, mapping, shard.shardId, given);
    if (batch.last !== undefined) dropState(shard, batch.last);
    return;
  }
  lane.batches = Object.freeze([Object.freeze({ ...batch, retries: batch.retries + 1 }), ...rest]);
  retryLater(context, mapping, shard, lane, false);
}

function retryLater(
  context: Ctx,
  mapping: MappingRecord,
  shard: StreamShard,
  lane: StreamLane,
  halved: boolean,
): void {
  const { entries, retries, invokes } = lane.batches[0]!;
  const times = Math.max(0, retries - (halved ? 0 : 1));
  const waitMs = Math.min(BATCH_RETRY_WAIT.max, BATCH_RETRY_WAIT.first * 2 ** Math.min(times, 20));
  pause(context, mapping, shard, lane, waitMs);
  const name = nameOf(mapping);
  emit(context, {
    type: 'lambda/BatchRetryScheduled',
    by: name,
    function: name,
    mapping: mapping.uuid,
    source: mapping.source,
    shardId: shard.shardId,
    records: entries.length,
    attempt: invokes + 1,
    waitMs,
    halved,
  });
}

/** Something is due for a lane: another try, or the end of gathering. */
export function laneDue(
  context: Ctx,
  mapping: MappingRecord,
  work: StreamWork,
  shard: StreamShard,
  lane: StreamLane,
): void {
  const { now } = context;
  if (lane.state === 'waiting') {
    if (lane.wakes !== now) return;
    lane.state = 'idle';
  } else if (lane.until !== now && shard.window?.closes !== now) return;
  goOn(context, mapping, work, shard);
}
