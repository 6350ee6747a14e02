/** Apps as the screen and conditions see them. */
import type { LinkView, ResourceId, ResourceView, WorkerView } from '../../contract/view.ts';
import { after, type Instant, milliseconds } from '../../engine/units.ts';
import { agentFigures } from './agent.ts';
import { clientView } from './clients.ts';
import { type Database, databaseFigures, isRefusing } from './database.ts';
import { endpointView } from './endpoints.ts';
import { kclFigures, leaseViews, memberViews } from './leaseView.ts';
import { type App, type AppsState, type Consumer, type Producer, type Worker, workerName } from './model.ts';
import { quietReads } from './quietReading.ts';
import { percentiles, perSecond, type RateRing } from './rings.ts';
import { STREAM_TIME } from './settings.ts';
import { readsStream } from './shardFlow.ts';
import type { ShardReader } from './shardModel.ts';
import { behindOf } from './shardReading.ts';
import { windowFigures } from './windows.ts';

/** The vocabulary of conditions: `app/NAME` (lesson format, section 6). */
export function figures(app: App, now: Instant, withLatency = true): Readonly<Record<string, unknown>> {
  const { counters } = app;
  const quiet = app.kind === 'consumer' ? quietOf(app, now) : 0;
  return {
    running: app.running,
    sent: counters.sent,
    sentPerSecond: app.kind === 'producer' ? rate(app, app.flow, now) : 0,
    throttled: counters.throttled,
    throttledPerSecond: rate(app, app.throttling, now),
    received: counters.received,
    processed: counters.processed,
    failed: counters.failed,
    repeatedEffects: counters.repeatedEffects,
    outOfOrder: counters.outOfOrder,
    lost: counters.lost,
    emptyReceives: counters.emptyReceives + quiet,
    requests: counters.requests + quiet,
    ...(withLatency && { latencyMs: percentiles(app.latency) }),
    ...(app.kind === 'consumer' && readsStream(app) && { behindMs: behindOf(app, now) }),
    ...(app.kind === 'consumer' && app.settings.fanOut === true && { subscriptions: subscriptionsOf(app) }),
    ...kclFigures(app, now),
    ...(app.kind === 'producer' ? agentFigures(app) : windowFigures(app)),
  };
}

/** Reads of quiet shards that are counted and not made. */
function quietOf({ reading }: Consumer, now: Instant): number {
  let reads = 0;
  for (const reader of reading.readers.values()) reads += quietReads(reader, now);
  return reads;
}

/** A stopped app's flow fades out; a running one's is measured since its start. */
const rate = (app: App, ring: RateRing, now: Instant): number =>
  perSecond(ring, now, app.running ? app.since : (0 as Instant));

export function view(state: AppsState, now: Instant): ResourceView[] {
  return [
    ...[...state.apps.values()].map((app) =>
      app.kind === 'producer' ? producerView(app, now) : consumerView(app, now),
    ),
    ...[...state.apps.values()].flatMap((app) => leaseViews(app, now)),
    ...[...state.databases.values()].map((database) => databaseView(database, now)),
    ...[...state.endpoints.values()].map((endpoint) => endpointView(endpoint, now)),
    ...[...state.clients.values()].map((client) => clientView(client, now)),
  ];
}

/** The fields of one of them, without what only a screen shows. */
export function fields(state: AppsState, id: string, now: Instant): object | undefined {
  const slash = id.indexOf('/');
  const name = id.slice(slash + 1);
  switch (id.slice(0, slash)) {
    case 'app': {
      const app = state.apps.get(name);
      // Percentiles cost a sort, and few conditions ask for them.
      if (app !== undefined)
        return {
          ...figures(app, now, false),
          get latencyMs() {
            return percentiles(app.latency);
          },
        };
      const client = state.clients.get(name);
      if (client !== undefined) return clientView(client, now).fields;
      break;
    }
    case 'database': {
      const database = state.databases.get(name);
      return database && databaseFigures(database, now);
    }
    case 'endpoint': {
      const endpoint = state.endpoints.get(name);
      if (endpoint !== undefined) return endpointView(endpoint, now).fields;
      break;
    }
  }
  return view(state, now).find((resource) => resource.id === id)?.fields;
}

const ENGINE_TITLES = { dynamodb: 'DynamoDB', rds: 'RDS', aurora: 'Aurora' } as const;

function databaseView(database: Database, now: Instant): ResourceView {
  const fields = databaseFigures(database, now);
  const { engine, connections } = database.settings;
  const taken = Number(fields.writesPerSecond);
  const refused = Number(fields.refusedPerSecond);
  const full = engine === 'dynamodb' ? 'write capacity' : 'connections';
  return {
    id: `database/${database.name}`,
    kind: 'database',
    name: database.name,
    title: ENGINE_TITLES[engine],
    role: 'sink',
    order: database.life,
    fields,
    rates: { in: taken, out: 0, refused },
    meters: [
      { label: 'rate', used: taken, limit: Number(fields.capacityPerSecond), unit: '/s' },
      ...(engine === 'dynamodb'
        ? []
        : [{ label: 'wait', used: database.waiting, limit: connections, unit: '' }]),
    ],
    ...(isRefusing(database, now) ? { full } : {}),
    links: [],
  };
}

function producerView(app: Producer, now: Instant): ResourceView {
  const out = rate(app, app.flow, now);
  const refused = rate(app, app.refusals, now);
  const { settings, given } = app;
  return {
    ...common(app, now),
    title: settings.website ? 'website' : settings.agent === undefined ? 'producer' : 'agent',
    role: 'source',
    rates: { in: 0, out, refused },
    links: [
      link(
        settings.to.kind === 'iot' ? 'iot/core' : `${settings.to.kind}/${settings.to.name}`,
        'send',
        out,
        refused,
      ),
    ],
    notes: notes([
      String(given.rate ?? '1/s'),
      settings.website ? `p95 ${shortSpan(percentiles(app.latency).p95)}` : '',
      settings.pattern === 'constant' ? '' : settings.pattern,
      settings.batch === 1 || settings.agent !== undefined ? '' : `${settings.batch} a call`,
      settings.kplBuffered === undefined ? '' : 'KPL',
      settings.agent === undefined ? '' : `tails ${settings.agent.file}`,
      state(app),
    ]),
  };
}

function consumerView(app: Consumer, now: Instant): ResourceView {
  const taken = rate(app, app.flow, now);
  const refused = rate(app, app.refusals, now);
  const { settings, given } = app;
  return {
    ...common(app, now),
    title: titleOf(app),
    role: 'sink',
    rates: { in: taken, out: rate(app, app.done, now), refused },
    workers:
      app.kcl !== undefined
        ? memberViews(app)
        : readsStream(app)
          ? [...app.reading.readers.values()].map(readerView)
          : app.workers
              .map((worker, index) => workerView(app, worker, index))
              .filter((_, index) => settings.group === undefined || app.instances[index]?.id !== ''),
    links: [
      link(
        `${settings.from.kind}/${settings.from.name}`,
        'poll',
        taken,
        settings.writes === undefined ? refused : 0,
      ),
      ...(settings.window?.to === undefined ? [] : [link(`stream/${settings.window.to.name}`, 'send', 0, 0)]),
      ...(settings.writes === undefined
        ? []
        : [link(`database/${settings.writes.name}`, 'send', rate(app, app.done, now), refused)]),
    ],
    notes: notes([
      `${String(given.time ?? (readsStream(app) ? STREAM_TIME : '1s')).replace('..', ' to ')} each`,
      settings.group === undefined ? '' : `group ${settings.group}`,
      settings.wait === 0 && !readsStream(app) ? 'short polls' : '',
      settings.fail.numerator === 0 ? '' : `fails ${given.fail}`,
      settings.failOn === undefined ? '' : `fails on “${settings.failOn.slice(0, 20)}”`,
      settings.crash.numerator === 0 ? '' : `crashes ${given.crash}`,
      settings.idempotent ? 'idempotent' : '',
      settings.window === undefined ? '' : `counts by key, every ${shortSpan(settings.window.size)}`,
      settings.fanOut === true ? 'enhanced fan-out' : '',
      settings.heartbeat === undefined ? '' : `heartbeat ${given.heartbeat}`,
      settings.delete ? '' : 'does not delete',
      state(app),
    ]),
  };
}

const subscriptionsOf = ({ reading }: Consumer): number =>
  [...reading.readers.values()].filter(({ isSubscribed }) => isSubscribed === true).length;

const titleOf = ({ settings }: Consumer): string =>
  settings.window !== undefined
    ? 'Flink'
    : settings.kcl !== undefined
      ? 'KCL workers'
      : settings.group === undefined
        ? 'consumer'
        : 'fleet';

function common(
  app: App,
  now: Instant,
): Pick<ResourceView, 'id' | 'kind' | 'name' | 'order' | 'fields' | 'stopped'> {
  return {
    id: `app/${app.name}`,
    kind: 'app',
    name: app.name,
    order: app.life,
    fields: figures(app, now),
    ...(app.running ? {} : { stopped: true }),
  };
}

const shortSpan = (ms: number): string =>
  ms < 1_000 ? `${ms} ms` : `${Math.floor(ms / 1_000)}.${Math.floor((ms % 1_000) / 100)} s`;

const notes = (lines: readonly string[]): string[] => lines.filter((line) => line !== '');

const state = (app: App): string => (app.running ? '' : 'stopped');

function link(to: ResourceId, type: LinkView['type'], flow: number, refused: number): LinkView {
  return { to, type, perSecond: flow, refusedPerSecond: refused };
}

/** A worker with a heartbeat keeps its messages hidden for as long as it works. */
function hiddenUntilOf(app: Consumer, worker: Worker): Instant | undefined {
  const { visibility, heartbeat } = app.settings;
  if (heartbeat !== undefined && worker.hiddenUntil > 0) {
    return after(worker.until, milliseconds(heartbeat));
  }
  return visibility === undefined ? undefined : after(worker.received, milliseconds(visibility));
}

/** The reader of one shard. */
function readerView({ shard, state, since, until }: ShardReader): WorkerView {
  const name = `shard ${Number(shard.slice(shard.indexOf('-') + 1))}`;
  if (state === 'working') return { name, state, since, until };
  if (state === 'subscribed') return { name, state: 'idle', holds: 'is pushed' };
  return state === 'reading' || state === 'asking'
    ? { name, state: 'polling', since }
    : { name, state: 'idle' };
}

function workerView(app: Consumer, worker: Worker, index: number): WorkerView {
  const name = workerName(app, index);
  const { since, until } = worker;
  switch (worker.state) {
    case 'polling':
      return { name, state: 'polling', since, until };
    case 'working':
    case 'writing':
    case 'deleting': {
      const messageId = worker.batch[worker.index]?.messageId;
      const hiddenUntil = hiddenUntilOf(app, worker);
      return {
        name,
        state: hiddenUntil !== undefined && until > hiddenUntil ? 'slow' : 'working',
        since,
        until,
        received: worker.received,
        ...(messageId === undefined ? {} : { messageId }),
        ...(hiddenUntil === undefined ? {} : { hiddenUntil }),
      };
    }
    case 'crashed':
      return { name, state: 'crashed', since };
    default:
      return { name, state: 'idle' };
  }
}
