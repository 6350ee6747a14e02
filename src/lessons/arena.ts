/**
 * The arena: a requirement (a story, a load, what matters), and the judge that runs a design under that load. The
 * judge measures loss, copies, order, lag, throttling and cost, each against a target, 0 to 100 in total.
 */
import { milliseconds } from '../engine/units.ts';
import type { ReadFile } from '../session/surroundings.ts';
import { FIGURES, type FigureId } from './arenaFigures.ts';
import type { Requirement } from './arenaFormat.ts';
import type { LearnerSession } from './learnerSession.ts';
import type { LessonWorlds } from './worlds.ts';

/** A figure that was measured. */
export interface Scored {
  readonly id: FigureId;
  readonly value: number;
  readonly target: number;
  readonly worst: number;
  readonly points: number;
  readonly weight: number;
  readonly why: string;
}

export interface Judged {
  readonly ok: true;
  /** 0 to 100. */
  readonly total: number;
  /** Share of the messages that ended where they must, in percent. */
  readonly arrived: number;
  readonly entry: string;
  /** Messages that its queues held before the load came: what becomes of them counts as work for nothing. */
  readonly heldBefore: number;
  readonly figures: readonly Scored[];
}

/** Not judged: a line was refused, or the entry is not there. `why` says what to do. */
export type Judgement = Judged | { readonly ok: false; readonly why: string };

export interface JudgeOptions {
  readonly worlds: Pick<LessonWorlds, 'open'>;
  readonly requirement: Requirement;
  readonly design: readonly string[];
  readonly readFile?: ReadFile;
}

/** The world of a requirement, with what is given. */
export function arenaWorld({ worlds, requirement, readFile }: Omit<JudgeOptions, 'design'>): LearnerSession {
  const session = worlds.open(requirement.world, 'arena', readFile ?? (() => undefined));
  for (const each of requirement.given) run(session, each, 'lesson');
  return session;
}

/** Builds the design, lets the load come, and reads the figures. The same design gets the same judgement. */
export function judge(options: JudgeOptions): Judgement {
  const session = arenaWorld(options);
  for (const each of options.design) {
    const why = run(session, each, 'you');
    if (why !== undefined) return { ok: false, why: `${each}: ${why}` };
  }
  return judgeWorld(session, options.requirement);
}

/** Runs a line; why it was refused, where no `|| true` expects it. */
function run(session: LearnerSession, text: string, by: string): string | undefined {
  const { id } = session.enter(text, by);
  session.drain();
  const result = session.entry(id)?.result;
  if (result === undefined) {
    session.interrupt();
    return 'it waits for what cannot come';
  }
  return result.error === undefined || result.tolerated ? undefined : result.error.text.trim();
}

function entryOf(session: LearnerSession, { entry }: Requirement): string | undefined {
  const wanted = entry.flatMap((kind) => [`${kind}/in`, `${kind}/in.fifo`]);
  const found = session.view().resources.filter(({ id }) => wanted.includes(id));
  return found.length === 1 ? found[0]!.id : undefined;
}

/** Loads a design that stands in its world. The world goes on by the load's time. */
export function judgeWorld(session: LearnerSession, requirement: Requirement): Judgement {
  const entry = entryOf(session, requirement);
  if (entry === undefined) {
    const names = requirement.entry.map((kind) => `${kind}/in`).join(' or ');
    return {
      ok: false,
      why: `The load is sent to one resource named in: make ${names} (a FIFO one: in.fifo).`,
    };
  }
  for (const { at, work } of requirement.ends) {
    if (!at.startsWith('app/')) continue;
    const app = at.slice(4);
    const why =
      session.view().resources.some(({ id }) => id === at) &&
      run(session, `app update --name ${app}${work === undefined ? ' --fail 0' : ` ${work}`}`, 'arena');
    if (why === false)
      return { ok: false, why: `Nothing reads as ${app}: app create-consumer --name ${app} --from …` };
    if (typeof why === 'string') return { ok: false, why: `${app}: ${why}` };
  }
  const before = standOf(session, requirement);
  for (const { name: app, flags, key } of requirement.load) {
    const keyed = key === undefined ? '' : keyFlag(entry, app, key);
    const why = run(session, `app create-producer --name ${app} --to ${entry} ${flags}${keyed}`, 'arena');
    if (why !== undefined) return { ok: false, why: `The load cannot be sent to ${entry}: ${why}` };
  }
  session.skip(milliseconds(requirement.seconds * 1_000));
  const cost = session.view().usd - before.usd;
  const judged = scored(requirement, { ...measure(session, requirement, before), cost });
  return { ok: true, entry, heldBefore: before.held, ...judged };
}

function keyFlag(entry: string, app: string, key: string): string {
  if (entry.startsWith('stream/')) return ` --key '${key}'`;
  return entry.endsWith('.fifo') ? ` --group '${key}' --dedup '${app}-{n}'` : '';
}

const fieldsIn = (session: LearnerSession, id: string): Readonly<Record<string, unknown>> =>
  session.view().resources.find((each) => each.id === id)?.fields ?? {};

/** What a world has done before the load comes: a learner may have tried it out. */
interface Stand {
  readonly beganAt: number;
  readonly events: number;
  readonly usd: number;
  /** Messages in its queues. */
  readonly held: number;
  readonly apps: ReadonlyMap<string, End>;
}

function standOf(session: LearnerSession, { ends }: Requirement): Stand {
  const { now, eventCount, usd, resources } = session.view();
  const held = resources.reduce((sum, { kind, stock }) => {
    return stock === undefined || kind !== 'queue'
      ? sum
      : sum + stock.visible + stock.inFlight + stock.delayed;
  }, 0);
  const apps = new Map(ends.map(({ at }) => [at, appEnd(fieldsIn(session, at))]));
  return { beganAt: now, events: eventCount, usd, held, apps };
}

type Measured = Readonly<Record<Exclude<FigureId, 'cost'>, number>>;

/** Percent of what was to come, but for lag: milliseconds, of the slowest end. */
function measure(session: LearnerSession, { load, ends }: Requirement, before: Stand): Measured {
  const sent = load.reduce((sum, { count }) => sum + count, 0);
  let expected = 0;
  let arrived = 0;
  let twice = 0;
  let disorder = 0;
  let lag = 0;
  let refused = load.reduce(
    (sum, each) => sum + Number(fieldsIn(session, `app/${each.name}`).throttled ?? 0),
    0,
  );
  for (const { at, count = sent } of ends) {
    const end = at.startsWith('bucket/')
      ? bucketEnd(session, at.slice(7), before)
      : since(appEnd(fieldsIn(session, at)), before.apps.get(at));
    const here = Math.min(count, end.done - end.repeated);
    expected += count;
    arrived += here;
    twice += Math.max(0, end.done - here);
    disorder += end.outOfOrder;
    refused += end.refused;
    lag = Math.max(lag, end.lag);
  }
  const percent = (value: number, of: number): number => Math.round((value / of) * 1_000) / 10;
  return {
    loss: percent(expected - arrived, expected),
    twice: percent(twice, expected),
    order: percent(disorder, expected),
    throttling: percent(refused, sent),
    lag,
  };
}

interface End {
  readonly done: number;
  readonly repeated: number;
  readonly outOfOrder: number;
  readonly refused: number;
  readonly lag: number;
}

const appEnd = (fields: Readonly<Record<string, unknown>>): End => ({
  done: Number(fields.processed ?? 0),
  repeated: Number(fields.repeatedEffects ?? 0),
  outOfOrder: Number(fields.outOfOrder ?? 0),
  refused: Number(fields.throttled ?? 0),
  lag: Number((fields.latencyMs as { readonly p95?: number } | undefined)?.p95 ?? 0),
});

const since = (end: End, before: End | undefined): End => ({
  done: end.done - (before?.done ?? 0),
  repeated: end.repeated - (before?.repeated ?? 0),
  outOfOrder: end.outOfOrder - (before?.outOfOrder ?? 0),
  refused: end.refused - (before?.refused ?? 0),
  lag: end.lag,
});

const EVENTS_MAX = 50_000;

/** Of a bucket, lag is the longest time without a new object. */
function bucketEnd(session: LearnerSession, bucket: string, { beganAt, events }: Stand): End {
  let done = 0;
  let lag = 0;
  let last = beganAt;
  for (const { type, at, fields } of session.events(events, EVENTS_MAX)) {
    if (type !== 'firehose/ObjectDelivered' || fields.bucket !== bucket) continue;
    done += Number(fields.records ?? 0);
    lag = Math.max(lag, at - last);
    last = at;
  }
  return { done, repeated: 0, outOfOrder: 0, refused: 0, lag };
}

/** What never arrived is neither in order nor in time: all points shrink with the share that arrived. */
function scored(
  { figures, ends, load }: Requirement,
  values: Readonly<Record<FigureId, number>>,
): Pick<Judged, 'total' | 'arrived' | 'figures'> {
  const share = ends.length === 0 || load.length === 0 ? 0 : (100 - values.loss) / 100;
  const given = FIGURES.flatMap((id) => (figures[id] === undefined ? [] : [{ id, ...figures[id] }]));
  const weights = given.reduce((sum, { weight }) => sum + weight, 0);
  const list = given.map(({ id, weight, target, worst, why }): Scored => {
    const value = values[id];
    const part = value <= target ? 1 : value >= worst ? 0 : (worst - value) / (worst - target);
    const points = Math.round((1_000 * weight * part * share) / weights) / 10;
    return { id, value, target, worst, points, weight: Math.round((1_000 * weight) / weights) / 10, why };
  });
  const total = Math.round(list.reduce((sum, { points }) => sum + points, 0));
  return { total, arrived: 100 - values.loss, figures: list };
}
