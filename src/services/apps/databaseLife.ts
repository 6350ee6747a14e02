/**
 * What happens to a relational database as a whole: it stops and starts, restarts, fails over to its standby, recovers
 * from a crash, and its storage runs full. RDS is told of it.
 *
 * SIMPLER THAN AWS: each takes as long as `SPAN_MS` says; an item takes 1 KB of storage, and storage is as small as one
 * likes, so that one can see it fill. Aurora has two instances in two zones, of which one writes.
 */
import type {
  DatabaseHappening,
  DatabaseNews,
  DatabaseOrder,
  DatabaseSeen,
  DatabaseStatus,
} from '../../contract/databases.ts';
import type { FaultNews } from '../../contract/faults.ts';
import type { Context } from '../../engine/service.ts';
import { after, milliseconds } from '../../engine/units.ts';
import type { Database } from './database.ts';
import type { AppsState } from './model.ts';
import type { DatabaseDue } from './timers.ts';

type AppsContext = Context<AppsState>;
type Passing = Exclude<DatabaseStatus, 'available' | 'stopped'>;

/** Ours; at AWS: minutes. */
const SPAN_MS: Readonly<Record<Passing, number>> = {
  stopping: 60_000,
  starting: 120_000,
  rebooting: 30_000,
  'failing-over': 60_000,
  recovering: 180_000,
};

const ITEM_BYTES = 1_024;
/** RDS User Guide, event RDS-EVENT-0089: low is less than a tenth. */
const LOW_PERCENT = 10;

const seen = ({ name, settings, status, created, writer, stored }: Database): DatabaseSeen =>
  Object.freeze({
    name,
    engine: settings.engine === 'aurora' ? 'aurora' : 'rds',
    status,
    created,
    multiAz: settings.multiAz,
    writer,
    storage:
      settings.storage === 0
        ? undefined
        : Object.freeze({ size: settings.storage, used: stored * ITEM_BYTES }),
  });

/** For others, who may not look into this state: RDS and Aurora alone. */
export const relationalIn = (state: unknown): readonly DatabaseSeen[] =>
  [...(state as AppsState).databases.values()]
    .filter(({ settings }) => settings.engine !== 'dynamodb')
    .map(seen);

export function tellRds(context: AppsContext, database: Database, what: DatabaseHappening): void {
  if (database.settings.engine === 'dynamodb' || context.peek('rds') === undefined) return;
  const payload: DatabaseNews = Object.freeze({ type: 'DatabaseNews', what, database: seen(database) });
  context.deliver({ to: 'rds', from: 'app', payload });
}

function pass(context: AppsContext, database: Database, status: Passing): void {
  database.status = status;
  database.statusUntil = after(context.now, milliseconds(SPAN_MS[status]));
  const timer: DatabaseDue = { type: 'app/DatabaseDue', database: database.name, life: database.life };
  context.schedule(database.statusUntil, timer);
}

/** RDS has looked whether its status allows it; here it may have changed since. */
export function orderCame(context: AppsContext, { order, name }: DatabaseOrder): void {
  const database = context.state.databases.get(name);
  if (database === undefined) return;
  if (order === 'start') {
    if (database.status === 'stopped') pass(context, database, 'starting');
    return;
  }
  if (database.status !== 'available') return;
  if (order === 'stop') pass(context, database, 'stopping');
  else if (order === 'failover') failOver(context, database);
  else {
    pass(context, database, 'rebooting');
    tellRds(context, database, 'shutDown');
  }
}

function failOver(context: AppsContext, database: Database): void {
  pass(context, database, 'failing-over');
  tellRds(context, database, 'failoverStarted');
}

/** A crash on purpose: the standby takes over, or, without one, it recovers. */
export function databaseCrashed(context: AppsContext, { type, fault }: FaultNews): void {
  const database = context.state.databases.get(fault.on.slice('database/'.length));
  if (type === 'FaultEnded' || fault.kind !== 'crash' || database?.status !== 'available') return;
  const { engine, multiAz } = database.settings;
  if (engine === 'aurora' || multiAz) failOver(context, database);
  else {
    pass(context, database, 'recovering');
    tellRds(context, database, 'recoveryStarted');
  }
}

export function databaseDue(context: AppsContext, { database: name, life }: DatabaseDue): void {
  const database = context.state.databases.get(name);
  if (database === undefined || database.life !== life || database.statusUntil !== context.now) return;
  const before = database.status;
  if (before === 'available' || before === 'stopped') return;
  database.status = before === 'stopping' ? 'stopped' : 'available';
  if (before === 'failing-over') database.writer = database.writer === 1 ? 2 : 1;
  for (const what of ENDS[before]) tellRds(context, database, what);
}

const ENDS: Readonly<Record<Passing, readonly DatabaseHappening[]>> = {
  stopping: ['stopped'],
  starting: ['started'],
  rebooting: ['restarted'],
  'failing-over': ['restarted', 'failoverCompleted'],
  recovering: ['recoveryCompleted', 'restarted'],
};

/** Is there no room for one more item? */
export const isFull = ({ settings, stored }: Database): boolean =>
  settings.storage > 0 && (stored + 1) * ITEM_BYTES > settings.storage;

/** An item was stored: RDS tells once when little is left, and once when nothing is. */
export function noteStored(context: AppsContext, database: Database): void {
  database.stored++;
  const { storage } = database.settings;
  if (storage === 0) return;
  const free = storage - database.stored * ITEM_BYTES;
  if (isFull(database)) {
    if (database.told !== 'full') tellRds(context, database, 'storageFull');
    database.told = 'full';
  } else if (free * 100 < storage * LOW_PERCENT && database.told === 'room') {
    tellRds(context, database, 'storageLow');
    database.told = 'low';
  }
}

/** Its storage may have grown. */
export function noteRoom(database: Database): void {
  const { storage } = database.settings;
  const free = storage - database.stored * ITEM_BYTES;
  if (storage === 0 || free * 100 >= storage * LOW_PERCENT) database.told = 'room';
}
