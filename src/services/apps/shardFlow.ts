/**
 * What each reader of a stream does next, and how it begins and ends. An app reads all shards, or, as a group of KCL
 * workers, each shard by the worker that holds its lease.
 */
import { nextCheck, type RecordsArrived } from '../../contract/streamWaiting.ts';
import { after, type Instant, milliseconds } from '../../engine/units.ts';
import { hasFanOut, isReady, register, subscribe, unsubscribe } from './fanOut.ts';
import type { Lease } from './leaseModel.ts';
import {
  checkpoint,
  evenOut,
  fillMembers,
  giveBack,
  isHeld,
  leaseOf,
  memberName,
  noteLeases,
  orphan,
  take,
  takeLeases,
} from './leases.ts';
import type { Consumer } from './model.ts';
import { askingAfterNews, beginQuiet, endQuiet, waiterName, waiterOf } from './quietReading.ts';
import { type AppsContext, askIterator, askRecords, askShards, turn, wake } from './shardAsking.ts';
import { NO_RECORDS, type ShardReader } from './shardModel.ts';
import { consumerOf } from './timers.ts';

/** After a refused call a reader rests this long. */
export const REST = milliseconds(1_000);

export const readsStream = ({ settings }: Consumer): boolean => settings.from.kind === 'stream';

/** Goes on where it stands in each shard; at first, or when it stands nowhere, it asks for the shards. */
export function startReads(context: AppsContext, app: Consumer): void {
  const { reading, kcl } = app;
  if (!app.running) return;
  const surplus = fillMembers(app, context.now).map((index) => memberName(app, index));
  for (const reader of reading.readers.values()) if (surplus.includes(reader.by)) leave(context, app, reader);
  kcl?.members.splice(kcl.members.length - surplus.length);
  if (!isReady(app)) {
    register(context, app);
    return;
  }
  if (reading.readers.size === 0) askShards(context, app);
  shareOut(context, app);
}

/** Leases find their owners, and readers that may begin do. */
export function shareOut(context: AppsContext, app: Consumer): void {
  noteLeases(app, context.now);
  takeLeases(context, app);
  const uneven = evenOut(context, app);
  const reader = uneven && app.reading.readers.get(uneven.shard);
  if (reader !== undefined && reader.state !== 'working') handOver(context, app, reader);
  for (const one of app.reading.readers.values()) {
    if (one.state === 'idle' || one.state === 'waiting') goOn(context, app, one);
  }
}

/** Is the shard promised to another worker, which waits for this one to come to a stop? */
export const isPromised = (app: Consumer, reader: ShardReader): boolean =>
  (leaseOf(app, reader)?.wanted ?? -1) >= 0;

/** The worker notes how far it is, and the other goes on from there. */
export function handOver(context: AppsContext, app: Consumer, reader: ShardReader): void {
  const lease = leaseOf(app, reader)!;
  checkpoint(context, app, reader);
  letGo(context, app, reader);
  take(context, app, lease, lease.wanted, 'balance');
  goOn(context, app, reader);
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
  if (app.kcl !== undefined) {
    app.kcl.members.forEach((_, index) => {
      crashMember(context, app, index, by);
    });
    return;
  }
  for (const reader of app.reading.readers.values()) leave(context, app, reader);
  context.emit(Object.freeze({ type: 'app/Crashed', by, app: app.name }));
}

/** One worker of a group ends at once: what it did since its last checkpoints is done again by the next. */
export function crashMember(context: AppsContext, app: Consumer, index: number, by: string): void {
  const member = app.kcl?.members[index];
  if (member === undefined || member.state === 'crashed') return;
  member.state = 'crashed';
  member.since = context.now;
  for (const lease of app.kcl!.leases.values()) {
    if (lease.wanted === index) lease.wanted = -1;
    if (lease.owner !== index || lease.expires !== 0) continue;
    const reader = app.reading.readers.get(lease.shard);
    if (reader !== undefined) letGo(context, app, reader);
    orphan(context, app, lease);
  }
  const worker = memberName(app, index);
  context.emit(Object.freeze({ type: 'app/Crashed', by, app: app.name, worker }));
}

/** The worker that holds a shard's lease. */
export const ownerOf = (app: Consumer, reader: ShardReader): Lease['owner'] =>
  leaseOf(app, reader)?.owner ?? -1;

/** Another stream now: nothing is known of it. */
export function forgetStream(context: AppsContext, app: Consumer): void {
  for (const reader of app.reading.readers.values()) leave(context, app, reader);
  app.reading.readers.clear();
  app.reading.ended.clear();
  delete app.reading.consumerArn;
  app.kcl?.leases.clear();
}

/** In good order: a worker of a group notes how far it is and gives the lease back. */
export function leave(context: AppsContext, app: Consumer, reader: ShardReader): void {
  if (isHeld(app, reader)) checkpoint(context, app, reader);
  letGo(context, app, reader);
  giveBack(app, reader, context.now);
}

function letGo(context: AppsContext, app: Consumer, reader: ShardReader): void {
  countQuiet(context, app, reader, false);
  unsubscribe(context, app, reader);
  if (reader.call !== 0) context.abandon(reader.call);
  reader.call = 0;
  if (reader.batch.length > 0) reader.iterator = '';
  reader.batch = NO_RECORDS;
  reader.index = 0;
  reader.isLast = false;
  turn(context, app, reader, 'idle');
}

/** The next thing to do for a shard whose batch is done. */
export function goOn(context: AppsContext, app: Consumer, reader: ShardReader): void {
  if (!app.running) leave(context, app, reader);
  else if (!reader.parents.every((parent) => app.reading.ended.has(parent))) {
    turn(context, app, reader, 'waiting');
  } else if (!isHeld(app, reader)) turn(context, app, reader, 'idle');
  else if (isPromised(app, reader)) handOver(context, app, reader);
  else if (reader.isSubscribed === true) turn(context, app, reader, 'subscribed');
  else if (hasFanOut(app)) subscribe(context, app, reader);
  else if (reader.iterator === '') askIterator(context, app, reader);
  else if (context.now < reader.nextRead) rest(context, app, reader, reader.nextRead);
  else {
    countQuiet(context, app, reader, true);
    askRecords(context, app, reader);
  }
}

function rest(context: AppsContext, app: Consumer, reader: ShardReader, until: Instant): void {
  turn(context, app, reader, 'resting', until);
  wake(context, app, reader);
}

/** After a refusal: the same again in a second. */
export const restAfterRefusal = (context: AppsContext, app: Consumer, reader: ShardReader): void =>
  rest(context, app, reader, after(context.now, REST));

/** The reads that it left out while it was quiet: each of them would have been empty. */
function countQuiet(context: AppsContext, app: Consumer, reader: ShardReader, isReading: boolean): void {
  if (!reader.isQuiet) return;
  const count = endQuiet(context, reader, waiterName(app.name, app.life), isReading);
  app.counters.requests += count;
  app.counters.emptyReceives += count;
  reader.issued = context.now;
  // It looks again when it would have, not at the check that it had planned while it waited to be told.
  if (!isReading) reader.nextRead = askingAfterNews(reader, context.now);
}

/** It has read all: rests until Kinesis tells of a record, and looks once a minute. */
export function restQuietly(context: AppsContext, app: Consumer, reader: ShardReader): void {
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
