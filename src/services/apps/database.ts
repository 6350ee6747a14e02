/**
 * Databases as messages meet them: something that takes so many writes a second and no more.
 *
 * DynamoDB refuses what is over its provisioned capacity, after it has used up what it saved in the last 300 seconds
 * (DynamoDB Developer Guide, Burst capacity). RDS and Aurora let a write wait in its connection until its turn comes;
 * with all connections taken the next is refused, and a write whose turn comes too late is given up.
 *
 * SIMPLER THAN AWS: an item is at most 1 KB, so a write is one unit of capacity; a table has one partition; a
 * relational database does one write after the other at an even pace. The numbers of connections are ours.
 */
import type { DatabaseStatus } from '../../contract/databases.ts';
import { faultOn } from '../../contract/faults.ts';
import type { StreamView } from '../../contract/tableStreams.ts';
import type { CallId, Context, Outcome } from '../../engine/service.ts';
import { after, type Instant, instant, type Milliseconds, milliseconds } from '../../engine/units.ts';
import { isFull, noteStored } from './databaseLife.ts';
import {
  connectionsTaken,
  databaseAway,
  databaseDown,
  noSuchTable,
  storageFull,
  throughputExceeded,
  writeTimedOut,
} from './errors.ts';
import type { AppsState, Given } from './model.ts';
import { countIn, perSecond, type RateRing, rateRing } from './rings.ts';
import { noteWritten } from './tableStream.ts';
import type { WriteDue } from './timers.ts';
import type { Rate } from './values.ts';

export const ENGINES = ['dynamodb', 'rds', 'aurora'] as const;
type Engine = (typeof ENGINES)[number];

export interface DatabaseSettings {
  readonly engine: Engine;
  readonly capacity: Rate;
  /** RDS and Aurora: writes that wait or are worked on at once, at most. */
  readonly connections: number;
  /** RDS and Aurora: a client waits this long for its turn. */
  readonly timeout: Milliseconds;
  /** RDS: a standby in another zone. */
  readonly multiAz: boolean;
  /** RDS: bytes that fit; 0: no end is set. */
  readonly storage: number;
  /** DynamoDB: what its stream shows of a change; '': it has none. */
  readonly stream: StreamView | '';
}

export interface Database {
  readonly name: string;
  readonly life: number;
  given: Given;
  settings: DatabaseSettings;
  writes: number;
  refusedWrites: number;
  /** Writes whose answer is not out yet. */
  waiting: number;
  readonly created: Instant;
  readonly flow: RateRing;
  readonly refusals: RateRing;
  /** Capacity saved, in units of `capacity.count` × milliseconds; a write costs `capacity.per`. */
  credit: number;
  creditAt: Instant;
  /** Up to when turns are given away, in the same units. */
  booked: number;
  /** A fault made it so many times slower when it was written to last; 1 for none. */
  slowness: number;
  status: DatabaseStatus;
  /** When the status ends by itself, of those that do. */
  statusUntil: Instant;
  /** Of Aurora: which of its two instances writes. */
  writer: 1 | 2;
  /** Items in its storage. */
  stored: number;
  /** What was told last of its storage. */
  told: 'room' | 'low' | 'full';
}

type AppsContext = Context<AppsState>;

const BURST_SECONDS = 300;

export function newDatabase(
  name: string,
  life: number,
  given: Given,
  settings: DatabaseSettings,
  now: Instant,
): Database {
  return {
    name,
    life,
    given,
    settings,
    writes: 0,
    refusedWrites: 0,
    waiting: 0,
    created: now,
    flow: rateRing(),
    refusals: rateRing(),
    credit: settings.capacity.count * 1_000,
    creditAt: now,
    booked: now * settings.capacity.count,
    slowness: 1,
    status: 'available',
    statusUntil: now,
    writer: 1,
    stored: 0,
    told: 'room',
  };
}

/** Another capacity from now on: what was saved and who waits stay, in the new measure. */
export function resize(database: Database, settings: DatabaseSettings, now: Instant): void {
  const before = database.settings.capacity;
  const { count, per } = settings.capacity;
  earn(database, now);
  const saved = database.credit / before.per;
  database.credit = Math.min(Math.floor(saved * per), count * 1_000 * (BURST_SECONDS + 1));
  database.booked = Math.ceil(database.booked / before.count) * count;
  database.settings = settings;
}

function earn(database: Database, now: Instant): void {
  const { count } = database.settings.capacity;
  const earned = Math.floor((count * (now - database.creditAt)) / database.slowness);
  database.credit = Math.min(count * 1_000 * (BURST_SECONDS + 1), database.credit + earned);
  database.creditAt = now;
}

type Fate = { readonly at: Instant; readonly refusal?: WriteDue['refusal'] };

/** A write arrives; its answer is due at the instant given, good or refused. */
export function arrive(context: AppsContext, database: Database, call: CallId, body?: string): void {
  const fate = fateOf(context, database);
  database.waiting++;
  const timer: WriteDue = {
    type: 'app/WriteDue',
    database: database.name,
    life: database.life,
    call,
    refusal: fate.refusal ?? 'none',
    ...(body !== undefined && { body }),
  };
  context.schedule(fate.at, timer);
}

function fateOf(context: AppsContext, database: Database): Fate {
  const { now } = context;
  const { engine, capacity, connections, timeout } = database.settings;
  earn(database, now);
  database.slowness = faultOn(context, `database/${database.name}`, 'slow')?.times ?? 1;
  const soon = after(now, milliseconds(context.random(`database/${database.name}`).integer(3, 8)));
  if (isDown(context, database)) return { at: soon, refusal: 'down' };
  if (database.status !== 'available') return { at: soon, refusal: 'status' };
  if (isFull(database)) return { at: soon, refusal: 'storage' };
  if (engine === 'dynamodb') {
    if (database.credit < capacity.per) return { at: soon, refusal: 'capacity' };
    database.credit -= capacity.per;
    return { at: soon };
  }
  if (database.waiting >= connections) return { at: soon, refusal: 'connections' };
  const turn = Math.max(database.booked, now * capacity.count) + capacity.per * database.slowness;
  const at = instant(Math.ceil(turn / capacity.count));
  if (at - now > timeout) return { at: after(now, timeout), refusal: 'timeout' };
  database.booked = turn;
  return { at: instant(Math.max(at, soon)) };
}

/** A fault refuses writes: all, or some. */
function isDown(context: AppsContext, { name }: Database): boolean {
  const fault = faultOn(context, `database/${name}`, 'refuse');
  if (fault === undefined) return false;
  return context.random('faults').chance(fault.chance.numerator, fault.chance.denominator);
}

export function writeDue(context: AppsContext, timer: WriteDue): void {
  const database = context.state.databases.get(timer.database);
  if (database === undefined || database.life !== timer.life) {
    context.complete(timer.call as CallId, { ok: false, refusal: noSuchTable(timer.database).refusal });
    return;
  }
  database.waiting--;
  if (timer.refusal === 'none') {
    database.writes++;
    noteStored(context, database);
    noteWritten(context, database, timer.body);
    countIn(database.flow, context.now, 1);
    context.complete(timer.call as CallId, { ok: true, output: {} });
    return;
  }
  database.refusedWrites++;
  countIn(database.refusals, context.now, 1);
  context.complete(timer.call as CallId, refused(database, timer.refusal));
}

function refused(database: Database, reason: Exclude<WriteDue['refusal'], 'none'>): Outcome {
  const { capacity, connections, timeout } = database.settings;
  const pace = `${capacity.count} writes in ${capacity.per / 1_000} s`;
  switch (reason) {
    case 'capacity':
      return {
        ok: false,
        refusal: throughputExceeded(`${database.name} takes ${pace}, and nothing is saved.`).refusal,
      };
    case 'connections':
      return {
        ok: false,
        refusal: connectionsTaken(
          `All ${connections} connections of ${database.name} wait: it takes ${pace}.`,
        ).refusal,
      };
    case 'timeout':
      return { ok: false, refusal: writeTimedOut(database.name, timeout / 1_000).refusal };
    case 'down':
      return { ok: false, refusal: databaseDown(database.name).refusal };
    case 'status':
      return { ok: false, refusal: databaseAway(database.name, database.status).refusal };
    case 'storage':
      return { ok: false, refusal: storageFull(database.name).refusal };
  }
}

/** The vocabulary of conditions: `database/NAME`. */
export function databaseFigures(database: Database, now: Instant): Readonly<Record<string, unknown>> {
  const { engine, capacity } = database.settings;
  return {
    engine,
    status: database.status,
    writes: database.writes,
    refusedWrites: database.refusedWrites,
    writesPerSecond: perSecond(database.flow, now, database.created),
    refusedPerSecond: perSecond(database.refusals, now, database.created),
    waiting: database.waiting,
    capacityPerSecond: Math.round((capacity.count * 100_000) / capacity.per / database.slowness) / 100,
  };
}

/** Was a write refused within the last second? */
export const isRefusing = (database: Database, now: Instant): boolean =>
  database.refusals.second >= Math.floor(now / 1_000) - 1 &&
  (database.refusals.counts[database.refusals.second % database.refusals.counts.length] ?? 0) > 0;
