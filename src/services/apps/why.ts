/** Why an app does nothing, or not enough; and why a command about an app was refused. */
import {
  counted,
  helps,
  helpsNot,
  lasting,
  mayHelp,
  moment,
  type Why,
  type WhyChange,
  type WhyGround,
  type WhyQuestion,
  type WhyRow,
  worded,
} from '../../contract/why.ts';
import { instantWords, several, spanWords } from '../../contract/whyWords.ts';
import type { Instant } from '../../engine/units.ts';
import { type App, type AppsState, type Consumer, type Producer, type Worker, workerName } from './model.ts';
import { readsStream } from './shardFlow.ts';
import { whyClient } from './whyClient.ts';
import { whyLeases } from './whyLeases.ts';
import { whyReading } from './whyReading.ts';

type Ground = WhyGround<AppsState>;

const rule = (name: string, says: string): Why['rule'] => ({
  name: `app/${name}`,
  says,
  page: 'msg-playground',
});
const RULES = {
  running: rule('running', 'Only an app that runs sends or receives.'),
  workers: rule('workers', 'A worker goes round: poll, work, delete; one message after the other.'),
  producing: rule(
    'producing',
    'A producer sends at its rate, in its pattern; a refused send is tried again as an SDK does.',
  ),
} as const;

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type !== 'resource') return undefined;
  const [kind, name = ''] = question.id.split('/');
  if (kind !== 'app' && kind !== 'lease') return undefined;
  const client = ground.state.clients.get(name);
  if (client !== undefined) return whyClient(ground, client);
  const app = ground.state.apps.get(name);
  if (app === undefined) return undefined;
  if (!app.running) return stopped(ground, app);
  if (app.kind === 'producer') return whyProducer(ground, app);
  if (app.kcl !== undefined) return whyLeases(ground, app);
  return readsStream(app) ? whyReading(ground, app) : whyConsumer(ground, app);
}

function stopped({ now }: Ground, app: App): Why {
  const { count } = app.settings;
  const done = app.kind === 'producer' ? app.counters.sent : app.counters.processed;
  const finished = count !== undefined && done >= count;
  return {
    title: `what ${app.name} does`,
    answer: finished
      ? `${app.name} stopped at ${instantWords(app.since)}: its --count of ${count} is reached.`
      : `${app.name} is stopped, since ${instantWords(app.since)}.`,
    at: now,
    rule: RULES.running,
    values: [
      { label: 'stopped', is: moment(app.since) },
      ...(count === undefined
        ? []
        : [{ label: 'done', is: counted(done), against: { label: 'of', is: counted(count) } }]),
    ],
    changes: { by: 'act', into: 'somebody must start it' },
    remedies: [
      helps('start it', `app start --name ${app.name}`),
      ...(finished ? [helps('a higher --count', `app update --name ${app.name} --count ${done * 2}`)] : []),
    ],
  };
}

/** What a refusal of its own calls adds to an explanation. */
const refusalOf = ({ refusal }: App, now: Instant): Pick<Why, 'values'> => ({
  values:
    refusal === null
      ? []
      : [
          { label: 'last refused', is: worded(`${refusal.operation}: ${refusal.code}`) },
          { label: 'that is ago', is: lasting(now - refusal.at) },
        ],
});

function whyProducer({ now }: Ground, app: Producer): Why {
  const { counters, settings, refusal, waiting, outstanding } = app;
  const throttled = counters.throttled > 0;
  const isStuck = refusal !== null && now - refusal.at < 5_000;
  const answer = isStuck
    ? `The last ${refusal.operation} of ${app.name} was refused with ${refusal.code}, ${spanWords(now - refusal.at)} ago.`
    : waiting > 0 && waiting < settings.batch
      ? `${app.name} waits until its batch of ${settings.batch} is full: ${waiting} are ready.`
      : `${app.name} runs: it has sent ${several(counters.sent, 'message')}, ${settings.pattern} at ${app.given.rate ?? '1/s'}.`;
  return {
    title: `what ${app.name} does`,
    answer,
    at: now,
    rule: RULES.producing,
    values: [
      { label: 'sent', is: counted(counters.sent) },
      { label: 'refused as too fast', is: counted(counters.throttled) },
      { label: 'failed', is: counted(counters.failed) },
      { label: 'on the way, or to be tried again', is: counted(outstanding) },
      ...refusalOf(app, now).values,
    ],
    changes: { by: 'act', into: isStuck ? 'what its calls are refused for' : 'nothing has to change' },
    remedies: isStuck
      ? throttled
        ? settings.to.kind === 'stream'
          ? keysThatSpread(app)
          : [
              helps('batches: ten messages a call', `app update --name ${app.name} --batch 10`),
              helps('a lower rate'),
              helpsNot('more retries: each refused call comes again'),
            ]
        : [mayHelp('the target tells more', `why ${settings.to.kind}/${settings.to.name}`)]
      : [],
    see: [`${settings.to.kind}/${settings.to.name}`],
  };
}

/** A shard is full: more calls, or fewer of them, put no more into it. */
const keysThatSpread = ({ name, settings: { to } }: Producer): Why['remedies'] => [
  helps('keys that spread over the shards', `app update --name ${name} --key 'user-{1..100}'`),
  helps('a lower rate'),
  mayHelp('the stream tells which shard is full', `why stream/${to.name}`),
  helpsNot('more retries: each refused record comes again'),
];

function whyConsumer({ now }: Ground, app: Consumer): Why {
  const { workers, settings, counters } = app;
  const count = (...states: readonly Worker['state'][]): number =>
    workers.filter(({ state }) => states.includes(state)).length;
  const [crashed, polling] = [count('crashed'), count('polling')];
  const working = workers.length - crashed - polling - count('idle', 'resting');
  const answer =
    crashed === workers.length && crashed > 0
      ? `All ${several(crashed, 'worker')} of ${app.name} crashed; what they held stays in flight until its timeout ends.`
      : working > 0
        ? `${working} of ${several(workers.length, 'worker')} of ${app.name} ${working === 1 ? 'works' : 'work'}.`
        : app.refusal !== null && now - app.refusal.at < 5_000
          ? `${app.name} polls, and is refused: ${app.refusal.code}.`
          : polling > 0
            ? `${app.name} waits in a long poll: ${settings.from.name} has nothing to hand out.`
            : `${app.name} rests between polls: ${settings.from.name} had nothing to hand out.`;
  const idle = working === 0 && crashed < workers.length;
  return {
    title: `what ${app.name} does`,
    answer,
    at: now,
    rule: RULES.workers,
    values: [
      { label: 'received', is: counted(counters.received) },
      { label: 'processed', is: counted(counters.processed) },
      { label: 'failed', is: counted(counters.failed) },
      { label: 'polls that came back empty', is: counted(counters.emptyReceives) },
      ...refusalOf(app, now).values,
    ],
    table: workersTable(app, now),
    changes: changeOf(app, now, idle),
    remedies: [
      ...(crashed > 0 ? [helps('start it: crashed workers begin anew', `app start --name ${app.name}`)] : []),
      ...(idle
        ? [mayHelp('the queue tells why it hands out nothing', `why queue/${settings.from.name}`)]
        : []),
    ],
    see: [`queue/${settings.from.name}`],
  };
}

function changeOf({ workers, settings }: Consumer, now: Instant, idle: boolean): WhyChange {
  const next = workers
    .filter(
      ({ state, until }) =>
        (state === 'working' || state === 'resting' || state === 'polling') && until > now,
    )
    .map(({ until }) => until)
    .sort((a, b) => a - b)[0];
  if (next === undefined) return { by: 'act', into: 'somebody must start it' };
  const into = idle
    ? `a worker asks ${settings.from.name} again; a message that comes earlier ends a long poll at once`
    : 'a worker is done with what it holds';
  return { by: 'time', at: next, into };
}

const ROWS_MAX = 6;

function workersTable(app: Consumer, now: Instant): NonNullable<Why['table']> {
  const { workers } = app;
  return {
    heads: ['worker', 'state', 'why', 'until'],
    rows: workers.slice(0, ROWS_MAX).map((worker, index) => workerRow(app, worker, index, now)),
    more: Math.max(0, workers.length - ROWS_MAX),
  };
}

function workerRow(app: Consumer, worker: Worker, index: number, now: Instant): WhyRow {
  const { state, since, until, batch } = worker;
  const held = batch[worker.index]?.messageId;
  const reasons: Readonly<Record<string, string>> = {
    polling: `asks since ${spanWords(now - since)}`,
    resting: 'its last poll got nothing, or was refused',
    crashed: held === undefined ? 'ended in the middle of its work' : `crashed with ${held.slice(0, 4)}`,
    idle: 'is not wanted now',
  };
  const open = state !== 'crashed' && state !== 'idle';
  return {
    mark:
      state === 'crashed' ? 'no' : open && state !== 'polling' && state !== 'resting' ? 'working' : 'idle',
    name: workerName(app, index),
    state,
    reason: reasons[state] ?? (held === undefined ? 'works' : `holds ${held.slice(0, 4)}`),
    change: open && until > now ? until : open ? 'now' : 'never',
    ...(held !== undefined && { messageId: held }),
  };
}
