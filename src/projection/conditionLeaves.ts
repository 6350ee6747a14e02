/** Judges of single conditions: a state, an event, a sequence, a query. `condition.ts` joins them. */
import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import { type Instant, instant } from '../engine/units.ts';
import type {
  EventCondition,
  EventPattern,
  Matchers,
  QueryCondition,
  SequenceCondition,
  StateCondition,
} from './conditionTypes.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { firstMismatch, fitsAfter, matcherWords, matches, readPath, valueWords } from './matcher.ts';
import { type EventReading, SequenceSearch } from './sequenceSearch.ts';
import type { EventView } from './snapshot.ts';
import type { WorldReading } from './worldReading.ts';

export interface LeafVerdict {
  readonly met: boolean;
  readonly text: string;
  /** When it will be met if nothing else happens, where that is known. */
  readonly until?: Instant;
}

export interface LeafJudge {
  /** Must it be judged at every instant, because it remembers breaks or moments? */
  readonly remembers: boolean;
  observe(event: EventView): void;
  judge(world: WorldReading): LeafVerdict;
  /** When time alone may change the verdict, as of the last `judge`. */
  readonly wakeAt: Instant | undefined;
  rewind(at: Instant, eventCount: number): void;
}

export interface Since {
  readonly at: Instant;
  readonly events: readonly EventView[];
}

const EVENTS_KEPT = 1_000;
const SECOND = 1_000;
const nextSecond = (now: Instant): Instant => instant((Math.floor(now / SECOND) + 1) * SECOND);
const isAge = (path: string): boolean => path.endsWith('AgeMs');
const isRate = (path: string): boolean => path.endsWith('PerSecond') || path.includes('latencyMs');

/** Does it become another as time passes and nothing happens? A rate of 0 does not: it only grows by what happens. */
const fades = (subject: unknown, path: string): boolean =>
  isRate(path) && !(path.endsWith('PerSecond') && readPath(subject, path) === 0);

let lastEvent: EventView | undefined;
let lastSubject: unknown;

/** An event as matchers see it: its fields, and `at`, `by`, `type`. */
function subjectOf(event: EventView): unknown {
  if (event !== lastEvent) {
    lastEvent = event;
    lastSubject = { ...event.fields, at: event.at, by: event.by, type: event.type };
  }
  return lastSubject;
}

const reading: EventReading = {
  subject: subjectOf,
  fits: (event, pattern) =>
    event.type === pattern.event &&
    (pattern.where === undefined || firstMismatch(subjectOf(event), pattern.where) === undefined),
};

export function judgeState(condition: StateCondition): LeafJudge {
  const span = condition.for === undefined ? undefined : (parseDuration(condition.for) ?? 0);
  const matchers: Matchers = condition.is ?? {};
  const paths = Object.keys(matchers);
  const name = condition.state.replace('/', ' ');
  let changes: { readonly at: Instant; readonly holds: boolean }[] = [];
  let everAt: Instant | undefined;
  let wakeAt: Instant | undefined;

  const explain = (subject: unknown, now: Instant): LeafVerdict => {
    if (condition.exists === false) return { met: false, text: `${name} still exists` };
    if (subject === undefined) return { met: false, text: `${name} does not exist` };
    const path = firstMismatch(subject, matchers)!;
    const value = readPath(subject, path);
    const matcher = matchers[path]!;
    const wait = isAge(path) ? fitsAfter(value, matcher, path) : undefined;
    return {
      met: false,
      text: `${name}: ${path} is ${valueWords(value, path)}, wanted ${matcherWords(matcher, path)}`,
      ...(wait === undefined ? {} : { until: instant(now + wait) }),
    };
  };

  return {
    remembers: span !== undefined || condition.ever === true,
    get wakeAt() {
      return wakeAt;
    },
    observe() {},
    judge(world) {
      const { now } = world;
      const subject = world.state(condition.state);
      const there = subject !== undefined;
      const holds =
        condition.exists === false ? !there : there && firstMismatch(subject, matchers) === undefined;
      if (changes.at(-1)?.holds !== holds) changes.push({ at: now, holds });
      if (changes.length > EVENTS_KEPT) changes.shift();
      const since = changes.at(-1)!.at;
      const met = holds && (span === undefined || now - since >= span);
      if (met) everAt ??= now;
      wakeAt = there && paths.some((path) => fades(subject, path)) ? nextSecond(now) : undefined;
      if (met || (condition.ever === true && everAt !== undefined)) return { met: true, text: name };
      if (!holds) {
        const verdict = explain(subject, now);
        if (paths.some(isAge)) wakeAt ??= verdict.until ?? nextSecond(now);
        return verdict;
      }
      const until = instant(since + span!);
      if (wakeAt === undefined || until < wakeAt) wakeAt = until;
      return { met: false, text: `${name}: this must last for ${formatDuration(span!)}`, until };
    },
    rewind(at) {
      changes = changes.filter((change) => change.at < at);
      if (everAt !== undefined && everAt >= at) everAt = undefined;
      wakeAt = undefined;
    },
  };
}

function patternWords(pattern: EventPattern): string {
  const where = Object.entries(pattern.where ?? {}).map(
    ([path, matcher]) => `${path} ${matcherWords(matcher, path)}`,
  );
  return where.length === 0 ? pattern.event : `${pattern.event} (${where.join(', ')})`;
}

export function judgeEvent(condition: EventCondition, start: Instant, history: Since | undefined): LeafJudge {
  const within = condition.within === undefined ? undefined : parseDuration(condition.within);
  const from = history?.at ?? start;
  const wanted = condition.count ?? { atLeast: 1 };
  const words = patternWords(condition);
  let count = 0;
  let counted: number[] = [];
  const observe = (event: EventView): void => {
    if (within !== undefined && event.at - from > within) return;
    if (!reading.fits(event, condition)) return;
    count++;
    counted.push(event.sequence);
    if (counted.length > EVENTS_KEPT) counted.shift();
  };
  for (const event of history?.events ?? []) observe(event);
  return {
    remembers: false,
    wakeAt: undefined,
    observe,
    judge: () => ({
      met: matches(count, wanted, 'count', undefined),
      text: `${words}: ${count} so far, wanted ${matcherWords(wanted, 'count')}`,
    }),
    rewind(_at, eventCount) {
      const kept = counted.filter((sequence) => sequence < eventCount);
      count -= counted.length - kept.length;
      counted = kept;
    },
  };
}

export function judgeSequence(condition: SequenceCondition, history: Since | undefined): LeafJudge {
  const search = new SequenceSearch(condition, reading);
  for (const event of history?.events ?? []) search.observe(event);
  return {
    remembers: false,
    wakeAt: undefined,
    observe: (event) => search.observe(event),
    judge() {
      if (search.metAtSequence !== undefined) return { met: true, text: 'all in order' };
      const next = condition.sequence[Math.min(search.reached, condition.sequence.length - 1)]!;
      const done = `${search.reached} of ${condition.sequence.length} in order`;
      return { met: false, text: `${done}; next: ${patternWords(next)}` };
    },
    rewind: (_at, eventCount) => search.rewind(eventCount),
  };
}

/** Why a JMESPath expression cannot be read; undefined when it can. */
export function queryProblem(query: string): string | undefined {
  try {
    compile(query);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

export function judgeQuery(condition: QueryCondition): LeafJudge {
  const problem = queryProblem(condition.query);
  const compiled = problem === undefined ? compile(condition.query) : undefined;
  const timed = /AgeMs|PerSecond|latencyMs/.test(condition.query);
  const path = condition.query;
  let wakeAt: Instant | undefined;
  return {
    remembers: false,
    get wakeAt() {
      return wakeAt;
    },
    observe() {},
    judge(world) {
      wakeAt = timed ? nextSecond(world.now) : undefined;
      if (compiled === undefined) return { met: false, text: `${path}: ${problem}` };
      let value: unknown;
      try {
        value = TreeInterpreter.search(compiled, world.data() as JSONValue);
      } catch (error) {
        // What a query asks may not fit what is there yet (`length` of nothing): unmet, and said.
        return { met: false, text: `${path}: ${error instanceof Error ? error.message : 'no answer'}` };
      }
      if (matches(value, condition.is, path, world.data())) return { met: true, text: path };
      const wanted = matcherWords(condition.is, path);
      return { met: false, text: `${path} is ${valueWords(value, path)}, wanted ${wanted}` };
    },
    rewind() {
      wakeAt = undefined;
    },
  };
}
