/** `app create-database` and `app write`. */
import type { Operation } from '../../../contract/operation.ts';
import { type Context, PARKED } from '../../../engine/service.ts';
import { arrive, type Database, newDatabase } from '../database.ts';
import { tellRds } from '../databaseLife.ts';
import { appExists, databaseExists, noSuchTable } from '../errors.ts';
import type { AppsState, Given } from '../model.ts';
import { databaseSettings } from '../settings.ts';
import { noteStream } from '../tableStream.ts';
import { readName, readTarget } from '../values.ts';
import { CREATE_DATABASE, DATABASE_RULES, NAME_RULE, NOTHING, WRITE } from './shapes.ts';

export const createDatabase: Operation<AppsState, Given & { readonly name: string }> = {
  name: 'CreateDatabase',
  service: 'app',
  input: CREATE_DATABASE,
  output: NOTHING('CreateDatabase'),
  summary: 'Makes a database that takes so many writes a second and no more.',
  members: { name: NAME_RULE, ...DATABASE_RULES },
  handle(context, given) {
    const { state, now } = context;
    const name = readName(given.name);
    if (state.apps.has(name)) throw appExists(name);
    if (state.databases.has(name)) throw databaseExists(name);
    const settings = databaseSettings(given);
    const database = newDatabase(name, state.nextLife++, Object.freeze({ ...given }), settings, now);
    state.databases.set(name, database);
    tellRds(context, database, 'created');
    noteStream(context, database, '');
    return {};
  },
};

function databaseAt(context: Context<AppsState>, text: string): Database {
  const { name } = readTarget('to', text, ['database']);
  const database = context.state.databases.get(name);
  if (database === undefined) throw noSuchTable(name);
  return database;
}

export const writeToDatabase: Operation<AppsState, { readonly to: string; readonly body?: string }> = {
  name: 'Write',
  service: 'app',
  input: WRITE,
  output: NOTHING('Write'),
  summary: 'Writes one item to a database, as an app does, and waits for its answer.',
  members: {
    to: { purpose: 'where to: database/NAME', refersTo: 'resource' },
    body: { purpose: 'what is written; a stream of the table shows it', max: 1_000 },
  },
  handle(context, { to, body }) {
    arrive(context, databaseAt(context, to), context.call!, body);
    return PARKED;
  },
};
