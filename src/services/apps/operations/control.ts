/** `app start`, `stop`, `crash`, `delete` and `update`. */
import type { Operation } from '../../../contract/operation.ts';
import type { Member } from '../../../contract/shape.ts';
import type { Context } from '../../../engine/service.ts';
import type { Client } from '../clientModel.ts';
import { crashClient, startClient, stopClient } from '../clients.ts';
import { endPolls } from '../consuming.ts';
import { resize } from '../database.ts';
import { noteRoom, tellRds } from '../databaseLife.ts';
import { invalidValue, noSuchApp, notFor, notForDatabase } from '../errors.ts';
import { crash, fillWorkers, start, startMember, stop } from '../lifecycle.ts';
import type { App, AppsState, Consumer, Given } from '../model.ts';
import { changePace } from '../pattern.ts';
import { planNext } from '../producing.ts';
import { consumerSettings, databaseSettings, producerSettings } from '../settings.ts';
import { crashMember, forgetStream } from '../shardFlow.ts';
import { noteStream, noteTableGone } from '../tableStream.ts';
import { CLIENT_MEMBERS, CLIENT_RULES, updateClient } from './clients.ts';
import { ENDPOINT_MEMBERS, ENDPOINT_RULES, updateEndpoint } from './endpoints.ts';
import {
  AGENT_MEMBERS,
  AGENT_RULES,
  CONSUMER_MEMBERS,
  CONSUMER_RULES,
  DATABASE_MEMBERS,
  DATABASE_RULES,
  EXISTING,
  FLINK_RULES,
  KCL_MEMBERS,
  KCL_READER_MEMBERS,
  KCL_RULES,
  NAME_ONLY,
  NOTHING,
  PRODUCER_MEMBERS,
  PRODUCER_RULES,
  structure,
  TAILED_MEMBERS,
  UPDATE,
  WINDOW_MEMBERS,
} from './shapes.ts';

interface Named {
  readonly name: string;
}
type Control = Operation<AppsState, Named>;

export function appNamed(context: Context<AppsState>, name: string): App {
  const app = context.state.apps.get(name);
  if (app !== undefined) return app;
  throw context.state.databases.has(name) ? notForDatabase(name, 'this verb') : noSuchApp(name);
}

/** One worker of a group: `orders-app-2` or `orders-app/worker-2`. */
function memberNamed(
  { apps }: AppsState,
  text: string,
): { readonly app: Consumer; readonly index: number } | undefined {
  const [, name = '', number = '0'] = /^(.+?)(?:\/worker)?-(\d{1,3})$/u.exec(text) ?? [];
  const app = apps.get(name);
  const index = Number(number) - 1;
  if (apps.has(text) || app?.kind !== 'consumer' || app.kcl?.members[index] === undefined) return undefined;
  return { app, index };
}

function control(
  name: string,
  summary: string,
  act: (context: Context<AppsState>, app: App) => void,
  ofClient: (context: Context<AppsState>, app: Client) => void = () => undefined,
  ofMember?: (context: Context<AppsState>, app: Consumer, index: number) => void,
): Control {
  return {
    name,
    service: 'app',
    input: NAME_ONLY(name),
    output: NOTHING(name),
    summary,
    members: { name: EXISTING },
    handle(context, input) {
      const member = memberNamed(context.state, input.name);
      if (member !== undefined && ofMember !== undefined) {
        ofMember(context, member.app, member.index);
        return {};
      }
      const client = context.state.clients.get(input.name);
      if (client === undefined) act(context, appNamed(context, input.name));
      else ofClient(context, client);
      return {};
    },
  };
}

export const startApp = control(
  'Start',
  'Starts an app, and its crashed workers anew.',
  start,
  startClient,
  startMember,
);

export const stopApp = control(
  'Stop',
  'Stops an app; what its workers hold is finished first.',
  (context, app) => stop(context, app, 'asked'),
  (context, app) => stopClient(context, app, 'asked'),
);

export const crashApp = control(
  'Crash',
  'Ends an app in the middle of its work; what it holds stays in flight.',
  crash,
  crashClient,
  (context, app, index) => crashMember(context, app, index, context.caller.by),
);

export const deleteApp: Control = {
  ...control('Delete', 'Stops an app and removes it; or removes a database or an endpoint.', () => undefined),
  handle(context, { name }) {
    const database = context.state.databases.get(name);
    if (database !== undefined) {
      context.state.databases.delete(name);
      tellRds(context, database, 'deleted');
      noteTableGone(context, database);
      return {};
    }
    if (context.state.endpoints.delete(name)) return {};
    const client = context.state.clients.get(name);
    if (client !== undefined) {
      stopClient(context, client, 'deleted');
      context.state.clients.delete(name);
      return {};
    }
    const app = appNamed(context, name);
    stop(context, app, 'deleted');
    context.state.apps.delete(name);
    return {};
  },
};

const APP_FLAGS = ['name', 'count', 'batch', 'profile'];
type Kind = App['kind'] | 'agent' | 'flink' | 'database' | 'endpoint' | 'client' | 'kcl';
const FLAGS: Readonly<Record<Kind, ReadonlySet<string>>> = {
  client: new Set(['name', ...CLIENT_MEMBERS.map(({ name }) => name)]),
  endpoint: new Set(['name', 'answers', 'latency', 'confirms']),
  producer: new Set([...APP_FLAGS, 'to', ...PRODUCER_MEMBERS.map(({ name }) => name)]),
  consumer: new Set([...APP_FLAGS, 'from', ...CONSUMER_MEMBERS.map(({ name }) => name)]),
  agent: new Set([
    'name',
    'to',
    'count',
    'profile',
    ...AGENT_MEMBERS.map(({ name }) => name),
    ...TAILED_MEMBERS.map(({ name }) => name),
  ]),
  flink: new Set(['name', 'from', 'to', 'profile', ...WINDOW_MEMBERS.map(({ name }) => name)]),
  kcl: new Set([
    ...APP_FLAGS,
    'from',
    ...KCL_MEMBERS.map(({ name }) => name),
    ...KCL_READER_MEMBERS.map(({ name }) => name),
  ]),
  database: new Set(['name', ...DATABASE_MEMBERS.map(({ name }) => name)]),
};

function kindOf(app: App): Kind {
  if (app.kind === 'consumer') {
    if (app.windows !== undefined) return 'flink';
    return app.kcl === undefined ? 'consumer' : 'kcl';
  }
  return app.agent === undefined ? 'producer' : 'agent';
}

function refuseOtherFlags(kind: Kind, name: string, input: object): void {
  const wrong = Object.keys(input).find((flag) => !FLAGS[kind].has(flag));
  if (wrong !== undefined) throw notFor(kind === 'kcl' ? 'group of KCL workers' : kind, name, wrong);
}

/** Some of its flags are those of producers and consumers. */
const ofClientsOnly = (known: readonly Member[]): readonly Member[] =>
  CLIENT_MEMBERS.filter(({ name }) => !known.some((one) => one.name === name));

export const updateApp: Operation<AppsState, Named & Given> = {
  name: 'Update',
  service: 'app',
  input: structure(UPDATE.name, [...UPDATE.members, ...ENDPOINT_MEMBERS, ...ofClientsOnly(UPDATE.members)]),
  output: NOTHING('Update'),
  summary: 'Changes an app from now on; what is left out stays.',
  members: {
    ...CLIENT_RULES,
    ...ENDPOINT_RULES,
    ...DATABASE_RULES,
    ...KCL_RULES,
    ...AGENT_RULES,
    ...FLINK_RULES,
    ...CONSUMER_RULES,
    ...PRODUCER_RULES,
    name: EXISTING,
  },
  handle(context, input) {
    const client = context.state.clients.get(input.name);
    if (client !== undefined) {
      refuseOtherFlags('client', client.name, input);
      updateClient(context, client, input);
      return {};
    }
    const endpoint = context.state.endpoints.get(input.name);
    if (endpoint !== undefined) {
      refuseOtherFlags('endpoint', endpoint.name, input);
      updateEndpoint(endpoint, input);
      return {};
    }
    const database = context.state.databases.get(input.name);
    if (database !== undefined) {
      refuseOtherFlags('database', database.name, input);
      const given = Object.freeze({ ...database.given, ...input });
      const { stream } = database.settings;
      resize(database, databaseSettings(given), context.now);
      noteStream(context, database, stream);
      database.given = given;
      noteRoom(database);
      tellRds(context, database, 'modified');
      return {};
    }
    const app = appNamed(context, input.name);
    refuseOtherFlags(kindOf(app), app.name, input);
    if (app.kind === 'consumer' && app.settings.group !== undefined && input.concurrency !== undefined) {
      throw notFor('fleet', app.name, 'concurrency');
    }
    apply(context, app, Object.freeze({ ...app.given, ...input }));
    return {};
  },
};

function apply(context: Context<AppsState>, app: App, given: Given): void {
  if (app.kind === 'consumer') {
    const settings = consumerSettings(given);
    const before = app.settings.from;
    if (settings.from.kind !== before.kind) {
      throw invalidValue('from', String(given.from), `it takes from a ${before.kind}; make another app`);
    }
    app.settings = settings;
    if (settings.from.name !== before.name) forgetStream(context, app);
    app.given = given;
    endPolls(context, app);
    fillWorkers(context, app);
    return;
  }
  const before = app.settings;
  app.settings = producerSettings(given, before.website);
  app.given = given;
  const { rate, pattern } = app.settings;
  if (rate.count !== before.rate.count || rate.per !== before.rate.per || pattern !== before.pattern) {
    changePace(app.progress, rate, pattern, context.now, context.random(`producer/${app.name}`));
  }
  planNext(context, app);
}
