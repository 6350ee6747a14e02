/**
 * A consumer of a stream at work. It reads all shards, each with an iterator of its own, once a second; it works on
 * one record of a shard after the other, and begins the children of a split or merge when their parents are read.
 *
 * A record whose work fails is passed over: a stream does not hand it out again (Kinesis Developer Guide, Handling
 * startup, shutdown, and throttling). SIMPLER THAN AWS: where it stands in each shard is noted after each record, and
 * a crash does not lose it; a real application writes checkpoints now and then, and repeats what came after the last.
 */
import { faultOn } from '../../contract/faults.ts';
import { nextCheck, READ_STEP, type RecordsArrived } from '../../contract/streamWaiting.ts';
import type { Outcome, Refusal } from '../../engine/service.ts';
import { after, between, type Instant, instant, milliseconds } from '../../engine/units.ts';
import { noteRefusal } from './calling.ts';
import { noteOrder, stopAtCount } from './consuming.ts';
import type { Consumer } from './model.ts';
import { askingAfterNews, beginQuiet, endQuiet, waiterName, waiterOf } from './quietReading.ts';
import { countIn, sample } from './rings.ts';
import {
  type AppsContext,
  askIterator,
  askRecords,
  askShards,
  type ListedShard,
  nameOf,
  type ReadAnswer,
  recordsOf,
  turn,
  wake,
} from './shardAsking.ts';
import { NO_RECORDS, newReader, type ShardReader } from './shardModel.ts';
import { consumerOf, type ShardDue, type ShardToken } from './timers.ts';

/** After a refused call a reader rests this long. */
const REST = milliseconds(1_000);

export const readsStream = ({ settings }: Consumer): boolean => settings.from.kind === 'stream';

/** Goes on where it stands in each shard; at first, or when it stands nowhere, it asks for the shards. */
export function startReads(context: AppsContext, app: Consumer): void {
  const { reading } = app;
  if (!app.running) return;
  if (reading.readers.size === 0) askShards(context, app);
  for (const reader of reading.readers.values()) if (reader.state === 'idle') goOn(context, app, reader);
}

/** Gives up what it asks for; a record in work is finished, the rest of what it read is read again later. */
export function endReads(context: AppsContext, app: Consumer): void {
  if (app.running) return;
  app.reading.turn = ++app.turns;
  for (const reader of app.reading.readers.values())
    if (reader.state !== 'working') leave(context, app, reader);
}

/** Ends at once; the record in work is read again later. */
export function crashReads(context: AppsContext, app: Consumer, by: string): void {
  app.running = false;
  app.since = context.now;
  app.reading.turn = ++app.turns;
  for (const reader of app.reading.readers.values()) leave(context, app, reader);
  context.emit(Object.freeze({ type: 'app/Crashed', by, app: app.name }));
}

/** Another stream now: nothing is known of it. */
export function forgetStream(context: AppsContext, app: Consumer): void {
  for (const reader of app.reading.readers.values()) leave(context, app, reader);
  app.reading.readers.clear();
  app.reading.ended.clear();
}

function leave(context: AppsContext, app: Consumer, reader: ShardReader): void {
  countQuiet(context, app, reader, false);
  if (reader.call !== 0) context.abandon(reader.call);
  reader.call = 0;
  if (reader.batch.length > 0) reader.iterator = '';
  reader.batch = NO_RECORDS;
  reader.index = 0;
  turn(context, app, reader, 'idle');
}

/** The next thing to do for a shard whose batch is done. */
function goOn(context: AppsContext, app: Consumer, reader: ShardReader): void {
  if (!app.running) leave(context, app, reader);
  else if (!reader.parents.every((parent) => app.reading.ended.has(parent))) {
    turn(context, app, reader, 'waiting');
  } else if (reader.iterator === '') askIterator(context, app, reader);
  else if (context.now < reader.nextRead) rest(context, app, reader, reader.nextRead);
  else {
    countQuiet(context, app, reader, true);
    askRecords(context, app, reader);
  }
}

/** The reads that it left out while it was quiet: each of them would have been empty. */
function countQuiet(context: AppsContext, app: Consumer, reader: ShardReader, isReading: boolean): void {
  if (!reader.isQuiet) return;
  const count = endQuiet(context, reader, waiterName(app.name, app.life), isReading);
  app.counters.requests += count;
  app.counters.emptyReceives += count;
  reader.issued = context.now;
}

/** It has read all: rests until Kinesis tells of a record, and looks once a minute. */
function restQuietly(context: AppsContext, app: Consumer, reader: ShardReader): void {
  beginQuiet(context, reader, waiterName(app.name, app.life));
  reader.nextRead = nextCheck(reader.asked);
  rest(context, app, reader, reader.nextRead);
}

/** A record came, or the shard was closed: it finds it when it would have read. */
export function recordsArrived(context: AppsContext, news: RecordsArrived): void {
  const app = consumerOf(context, waiterOf(news));
  const reader = app?.reading.readers.get(news.shardId);
  if (app === undefined || reader === undefined || !reader.isQuiet) return;
  if (news.iterator !== undefined) reader.iterator = news.iterator;
  reader.nextRead = askingAfterNews(reader, context.now);
  rest(context, app, reader, reader.nextRead);
}

function rest(context: AppsContext, app: Consumer, reader: ShardReader, until: Instant): void {
  turn(context, app, reader, 'resting', until);
  wake(context, app, reader);
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
  else if (reader.state === 'asking') {
    reader.iterator = (outcome.output as { readonly ShardIterator: string }).ShardIterator;
    reader.issued = context.now;
    goOn(context, app, reader);
  } else recordsRead(context, app, reader, outcome.output as ReadAnswer);
}

/** Too fast: the same again in a second. An iterator too old: a new one, from where it stands. */
function refused(context: AppsContext, app: Consumer, reader: ShardReader, refusal: Refusal): void {
  const operation = reader.state === 'asking' ? 'GetShardIterator' : 'GetRecords';
  noteRefusal(context, app, nameOf(app), operation, refusal, 1);
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
  rest(context, app, reader, after(context.now, REST));
}

function shardsListed(context: AppsContext, app: Consumer, outcome: Outcome): void {
  const { reading } = app;
  if (!outcome.ok) {
    noteRefusal(context, app, nameOf(app), 'ListShards', outcome.refusal, 1);
    if (outcome.refusal.code === 'ResourceNotFoundException') {
      reading.readers.clear();
      reading.ended.clear();
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
  for (const reader of reading.readers.values()) {
    if (reader.state === 'idle' || reader.state === 'waiting') goOn(context, app, reader);
  }
}

function askLater(context: AppsContext, app: Consumer): void {
  const { name, life, reading } = app;
  reading.turn = ++app.turns;
  const timer: ShardDue = { type: 'app/ShardDue', app: name, life, shard: '', turn: reading.turn };
  context.schedule(after(context.now, REST), timer);
}

function forget(app: Consumer, shard: string): void {
  app.reading.readers.delete(shard);
  app.reading.ended.add(shard);
}

function recordsRead(context: AppsContext, app: Consumer, reader: ShardReader, answer: ReadAnswer): void {
  const { NextShardIterator = '', MillisBehindLatest = 0, ChildShards = [] } = answer;
  reader.batch = recordsOf(context, app, answer);
  reader.index = 0;
  reader.iterator = NextShardIterator;
  if (reader.batch.length === 0) reader.issued = context.now;
  reader.isLast = NextShardIterator === '';
  reader.behindMs = MillisBehindLatest;
  reader.nextRead = after(reader.asked, READ_STEP);
  const { readers, ended } = app.reading;
  for (const { ShardId, ParentShards } of ChildShards) {
    if (readers.has(ShardId) || ended.has(ShardId)) continue;
    const child = newReader(ShardId, Object.freeze([...ParentShards]), true, context.now);
    readers.set(ShardId, child);
    turn(context, app, child, 'waiting');
  }
  const count = reader.batch.length;
  app.counters.received += count;
  countIn(app.flow, context.now, count);
  if (count === 0) app.counters.emptyReceives++;
  if (count === 0 && !reader.isLast && MillisBehindLatest === 0) restQuietly(context, app, reader);
  else work(context, app, reader);
}

/** Works on the record in hand; what takes no time is done at once. */
function work(context: AppsContext, app: Consumer, reader: ShardReader): void {
  const { settings } = app;
  const random = context.random(`consumer/${app.name}`);
  for (;;) {
    if (!app.running) {
      leave(context, app, reader);
      return;
    }
    if (reader.batch[reader.index] === undefined) break;
    const crash = faultOn(context, `app/${app.name}`, 'crash')?.chance;
    if (crash !== undefined && crash.denominator > 1) {
      if (context.random('faults').chance(crash.numerator, crash.denominator)) {
        crashReads(context, app, app.name);
        return;
      }
    }
    const times = faultOn(context, `app/${app.name}`, 'slow')?.times ?? 1;
    const time = random.integer(settings.time.min, settings.time.max) * times;
    if (time > 0) {
      turn(context, app, reader, 'working', after(context.now, milliseconds(time)));
      wake(context, app, reader);
      return;
    }
    endWork(context, app, reader);
  }
  reader.batch = NO_RECORDS;
  reader.index = 0;
  if (reader.isLast) endShard(context, app, reader);
  else goOn(context, app, reader);
}

function endWork(context: AppsContext, app: Consumer, reader: ShardReader): void {
  const held = reader.batch[reader.index]!;
  const { settings, counters } = app;
  const { numerator, denominator } = settings.fail;
  reader.index++;
  reader.done = held.sequenceNumber;
  noteOrder(app, held.key, held.arrived);
  if (held.poison || context.random(`consumer/${app.name}`).chance(numerator, denominator)) {
    counters.failed++;
    return;
  }
  counters.processed++;
  countIn(app.done, context.now, 1);
  sample(app.latency, between(held.arrived, context.now));
  stopAtCount(context, app);
  endReads(context, app);
}

/** A closed shard is read to its end: its children may begin. */
function endShard(context: AppsContext, app: Consumer, reader: ShardReader): void {
  forget(app, reader.shard);
  for (const one of app.reading.readers.values()) if (one.state === 'waiting') goOn(context, app, one);
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
