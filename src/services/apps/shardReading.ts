/**
 * A consumer of a stream at work. It reads all shards, each with an iterator of its own, once a second; it works on
 * one record of a shard after the other, and begins the children of a split or merge when their parents are read.
 *
 * A record whose work fails is passed over: a stream does not hand it out again (Kinesis Developer Guide, Handling
 * startup, shutdown, and throttling). SIMPLER THAN AWS: where it stands in each shard is noted after each record, and
 * a crash does not lose it; a real application writes checkpoints now and then, and repeats what came after the last.
 */
import { READ_STEP } from '../../contract/streamWaiting.ts';
import type { FromKinesis } from '../../contract/subscribedRecords.ts';
import type { Outcome, Refusal } from '../../engine/service.ts';
import { after, between, type Instant, instant } from '../../engine/units.ts';
import { noteRefusal } from './calling.ts';
import { hasFanOut, readerPushedTo, registrationAnswered, takesPushes } from './fanOut.ts';
import { expire } from './leases.ts';
import type { Consumer } from './model.ts';
import { countIn } from './rings.ts';
import {
  type AppsContext,
  askShards,
  type ListedShard,
  nameOf,
  type ReadAnswer,
  recordsOf,
  turn,
} from './shardAsking.ts';
import { goOn, REST, restAfterRefusal, restQuietly, shareOut, startReads } from './shardFlow.ts';
import { type HeldRecord, newReader, type ShardReader } from './shardModel.ts';
import { endWork, forget, work } from './shardWork.ts';
import { consumerOf, type FanOutToken, type LeaseDue, type ShardDue, type ShardToken } from './timers.ts';

/** A lease is free, or leases are to be evened out. */
export function leaseDue(context: AppsContext, timer: LeaseDue): void {
  const app = consumerOf(context, timer);
  if (app?.kcl === undefined) return;
  if (timer.shard !== '') expire(app, timer.shard, context.now);
  shareOut(context, app);
}

export function shardDue(context: AppsContext, timer: ShardDue): void {
  const app = consumerOf(context, timer);
  if (app === undefined) return;
  if (timer.shard === '') {
    if (app.running && app.reading.turn === timer.turn) askShards(context, app);
    return;
  }
  const reader = app.reading.readers.get(timer.shard);
  if (reader === undefined || reader.turn !== timer.turn) return;
  if (reader.state === 'resting') goOn(context, app, reader);
  else if (reader.state === 'working') {
    endWork(context, app, reader);
    work(context, app, reader);
  }
}

export function shardAnswered(context: AppsContext, token: ShardToken, outcome: Outcome): void {
  const app = consumerOf(context, token);
  if (app === undefined) return;
  if (token.shard === '') {
    if (app.running && app.reading.turn === token.turn) shardsListed(context, app, outcome);
    return;
  }
  const reader = app.reading.readers.get(token.shard);
  if (reader === undefined || reader.turn !== token.turn) return;
  reader.call = 0;
  if (!outcome.ok) refused(context, app, reader, outcome.refusal);
  else if (reader.state === 'asking' && hasFanOut(app)) {
    reader.isSubscribed = true;
    if (reader.issued === 0) reader.issued = context.now;
    work(context, app, reader);
  } else if (reader.state === 'asking') {
    reader.iterator = (outcome.output as { readonly ShardIterator: string }).ShardIterator;
    reader.issued = context.now;
    goOn(context, app, reader);
  } else recordsRead(context, app, reader, outcome.output as ReadAnswer);
}

/** Is it registered for enhanced fan-out? Then it begins. */
export function fanOutAnswered(context: AppsContext, token: FanOutToken, outcome: Outcome): void {
  const app = consumerOf(context, token);
  if (app === undefined || !app.running || app.reading.turn !== token.turn) return;
  if (registrationAnswered(context, app, token, outcome)) startReads(context, app);
}

/** Kinesis pushes, or ended a subscription. */
export function pushArrived(context: AppsContext, payload: FromKinesis): void {
  const found = readerPushedTo(context, payload);
  if (found === undefined) return;
  const { app, reader } = found;
  if (payload.type === 'SubscriptionEnded') {
    if (reader.isSubscribed !== true) return;
    reader.isSubscribed = false;
    if (reader.done === '') reader.issued = context.now;
    if (reader.state === 'subscribed') goOn(context, app, reader);
    return;
  }
  if (!takesPushes(reader)) return;
  const { records: Records, millisBehindLatest, childShards } = payload;
  const more = notDone(reader, recordsOf(context, app, { Records }));
  reader.batch = Object.freeze([...reader.batch.slice(reader.index), ...more]);
  reader.index = 0;
  reader.behindMs = millisBehindLatest;
  if (childShards !== undefined) {
    reader.isLast = true;
    addChildren(context, app, childShards as ChildShards);
  }
  countReceived(context, app, more.length);
  if (reader.state === 'subscribed') work(context, app, reader);
}

/** Too fast: the same again in a second. An iterator too old: a new one, from where it stands. */
function refused(context: AppsContext, app: Consumer, reader: ShardReader, refusal: Refusal): void {
  const asks = hasFanOut(app) ? 'SubscribeToShard' : 'GetShardIterator';
  const operation = reader.state === 'asking' ? asks : 'GetRecords';
  noteRefusal(context, app, nameOf(app, reader.by), operation, refusal, 1);
  if (refusal.code === 'ExpiredIteratorException') {
    reader.iterator = '';
    goOn(context, app, reader);
    return;
  }
  // The stream, or this shard of it, is gone: what is there now?
  if (refusal.code === 'ResourceNotFoundException') askShards(context, app);
  else if (refusal.code === 'InvalidArgumentException') {
    // Its place is of an earlier stream of the name.
    reader.iterator = '';
    reader.done = '';
  }
  restAfterRefusal(context, app, reader);
}

function shardsListed(context: AppsContext, app: Consumer, outcome: Outcome): void {
  const { reading } = app;
  if (!outcome.ok) {
    noteRefusal(context, app, nameOf(app), 'ListShards', outcome.refusal, 1);
    if (outcome.refusal.code === 'ResourceNotFoundException') {
      reading.readers.clear();
      reading.ended.clear();
      app.kcl?.leases.clear();
    }
    if (reading.readers.size === 0) askLater(context, app);
    return;
  }
  const { Shards } = outcome.output as { readonly Shards: readonly ListedShard[] };
  const isFirst = reading.readers.size === 0 && reading.ended.size === 0;
  const there = new Set(Shards.map(({ ShardId }) => ShardId));
  for (const { shard, batch } of [...reading.readers.values()]) {
    if (!there.has(shard) && batch.length === 0) forget(app, shard);
  }
  for (const { ShardId, ParentShardId, AdjacentParentShardId } of Shards) {
    if (reading.readers.has(ShardId) || reading.ended.has(ShardId)) continue;
    const parents = [ParentShardId, AdjacentParentShardId].filter(
      (parent) => parent !== undefined && there.has(parent),
    );
    const reader = newReader(ShardId, Object.freeze(parents as string[]), !isFirst, context.now);
    reading.readers.set(ShardId, reader);
  }
  if (reading.readers.size === 0) askLater(context, app);
  shareOut(context, app);
}

function askLater(context: AppsContext, app: Consumer): void {
  const { name, life, reading } = app;
  reading.turn = ++app.turns;
  const timer: ShardDue = { type: 'app/ShardDue', app: name, life, shard: '', turn: reading.turn };
  context.schedule(after(context.now, REST), timer);
}

function recordsRead(context: AppsContext, app: Consumer, reader: ShardReader, answer: ReadAnswer): void {
  const { NextShardIterator = '', MillisBehindLatest = 0, ChildShards = [] } = answer;
  reader.batch = notDone(reader, recordsOf(context, app, answer));
  reader.index = 0;
  reader.iterator = NextShardIterator;
  if (reader.batch.length === 0) reader.issued = context.now;
  reader.isLast = NextShardIterator === '';
  reader.behindMs = MillisBehindLatest;
  reader.nextRead = after(reader.asked, READ_STEP);
  addChildren(context, app, ChildShards);
  const count = reader.batch.length;
  countReceived(context, app, count);
  if (count === 0) app.counters.emptyReceives++;
  if (count === 0 && !reader.isLast && MillisBehindLatest === 0) restQuietly(context, app, reader);
  else work(context, app, reader);
}

/** Read again from the midst of an aggregated record: without what it is done with. */
function notDone({ doneSub }: ShardReader, records: readonly HeldRecord[]): readonly HeldRecord[] {
  if (doneSub === undefined || records[0]?.sequenceNumber !== doneSub.of) return records;
  return records.filter(({ sequenceNumber, sub = 0 }) => sequenceNumber !== doneSub.of || sub > doneSub.sub);
}

type ChildShards = NonNullable<ReadAnswer['ChildShards']>;

/** They wait until this one, and the other parent, are worked to their ends. */
function addChildren(context: AppsContext, app: Consumer, children: ChildShards): void {
  const { readers, ended } = app.reading;
  for (const { ShardId, ParentShards } of children) {
    if (readers.has(ShardId) || ended.has(ShardId)) continue;
    const child = newReader(ShardId, Object.freeze([...ParentShards]), true, context.now);
    readers.set(ShardId, child);
    turn(context, app, child, 'waiting');
  }
}

function countReceived(context: AppsContext, app: Consumer, count: number): void {
  app.counters.received += count;
  countIn(app.flow, context.now, count);
}

/** How far the slowest shard is behind: by the record in hand, else by the newest answer. In milliseconds. */
export function behindOf({ reading }: Consumer, now: Instant): number {
  let behind = 0;
  for (const { batch, index, behindMs } of reading.readers.values()) {
    const held = batch[index];
    behind = Math.max(behind, held === undefined ? behindMs : between(held.arrived, instant(now)));
  }
  return behind;
}
