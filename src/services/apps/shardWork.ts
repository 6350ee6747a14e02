/** A reader's work on the records that it read: one after the other, and what is noted after each. */
import { faultOn } from '../../contract/faults.ts';
import { after, between, milliseconds } from '../../engine/units.ts';
import { noteOrder, stopAtCount } from './consuming.ts';
import { isAfter } from './leaseModel.ts';
import { checkpoint, giveBack, isCheckpointDue, leaseOf } from './leases.ts';
import type { Consumer } from './model.ts';
import { countIn, sample } from './rings.ts';
import { type AppsContext, turn, wake } from './shardAsking.ts';
import {
  crashMember,
  crashReads,
  endReads,
  goOn,
  handOver,
  isPromised,
  leave,
  ownerOf,
  shareOut,
} from './shardFlow.ts';
import { type HeldRecord, NO_RECORDS, type ShardReader } from './shardModel.ts';
import { countInWindow } from './windows.ts';

/** Works on the record in hand; what takes no time is done at once. */
export function work(context: AppsContext, app: Consumer, reader: ShardReader): void {
  const { settings } = app;
  const random = context.random(`consumer/${app.name}`);
  for (;;) {
    if (!app.running) {
      leave(context, app, reader);
      return;
    }
    if (isPromised(app, reader)) {
      handOver(context, app, reader);
      return;
    }
    if (reader.batch[reader.index] === undefined) break;
    if (isCrashing(context, app)) {
      if (app.kcl === undefined) crashReads(context, app, app.name);
      else crashMember(context, app, ownerOf(app, reader), reader.by);
      return;
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
  if (isCheckpointDue(app, reader, context.now, true)) checkpoint(context, app, reader);
  if (reader.isLast) endShard(context, app, reader);
  else goOn(context, app, reader);
}

/** By a fault with a chance, or by its own. */
function isCrashing(context: AppsContext, app: Consumer): boolean {
  const fault = faultOn(context, `app/${app.name}`, 'crash')?.chance;
  if (fault !== undefined && fault.denominator > 1) {
    if (context.random('faults').chance(fault.numerator, fault.denominator)) return true;
  }
  const { numerator, denominator } = app.settings.crash;
  return numerator > 0 && context.random(`crash/${app.name}`).chance(numerator, denominator);
}

export function endWork(context: AppsContext, app: Consumer, reader: ShardReader): void {
  const held = reader.batch[reader.index]!;
  const { settings, counters } = app;
  const { numerator, denominator } = settings.fail;
  reader.index++;
  noteDone(reader, held);
  if (isRepeat(app, reader, held)) repeated(context, app, reader, held);
  else {
    noteOrder(app, held.key, held.arrived);
    if (held.poison || context.random(`consumer/${app.name}`).chance(numerator, denominator)) {
      counters.failed++;
    } else processed(context, app, reader, held);
  }
  if (isCheckpointDue(app, reader, context.now, false)) checkpoint(context, app, reader);
  stopAtCount(context, app);
  endReads(context, app);
}

/** A place inside an aggregated record is kept apart: a checkpoint lies between records. */
function noteDone(reader: ShardReader, { sequenceNumber, sub, isLastSub }: HeldRecord): void {
  if (sub === undefined || isLastSub === true) {
    reader.done = sequenceNumber;
    delete reader.doneSub;
  } else reader.doneSub = Object.freeze({ of: sequenceNumber, sub });
}

function processed(context: AppsContext, app: Consumer, reader: ShardReader, held: HeldRecord): void {
  app.counters.processed++;
  countIn(app.done, context.now, 1);
  sample(app.latency, between(held.arrived, context.now));
  countInWindow(context, app, held);
  const lease = leaseOf(app, reader);
  if (lease === undefined) return;
  lease.newest = held.sequenceNumber;
  lease.newestSub = held.sub ?? 0;
  const member = app.kcl!.members[lease.owner];
  if (member !== undefined) member.processed++;
}

/** Its work had its effect before, by a worker that did not come to note it. */
function isRepeat(app: Consumer, reader: ShardReader, { sequenceNumber, sub = 0 }: HeldRecord): boolean {
  const lease = leaseOf(app, reader);
  if (lease === undefined || lease.newest === '') return false;
  return sequenceNumber === lease.newest ? sub <= lease.newestSub : !isAfter(sequenceNumber, lease.newest);
}

function repeated(context: AppsContext, app: Consumer, reader: ShardReader, held: HeldRecord): void {
  leaseOf(app, reader)!.repeated++;
  if (app.settings.idempotent) return;
  app.counters.processed++;
  app.counters.repeatedEffects++;
  countIn(app.done, context.now, 1);
  const worker = reader.by;
  context.emit(
    Object.freeze({
      type: 'app/EffectRepeated',
      by: worker,
      app: app.name,
      worker,
      messageId: held.sequenceNumber,
    }),
  );
}

/** A closed shard is read to its end: its children may begin. */
function endShard(context: AppsContext, app: Consumer, reader: ShardReader): void {
  checkpoint(context, app, reader, true);
  giveBack(app, reader, context.now);
  forget(app, reader.shard);
  shareOut(context, app);
}

export function forget(app: Consumer, shard: string): void {
  app.reading.readers.delete(shard);
  app.reading.ended.add(shard);
}
