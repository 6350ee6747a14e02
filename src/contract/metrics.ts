/**
 * Metrics as CloudWatch knows them: what a service offers of its resources, and how it counts.
 *
 * A service keeps a `Ledger` in its state and counts into it where things happen: no timer, no work in idle time.
 * `metrics` of its definition lists the series (`ledgerSeries` makes them). CloudWatch, alarms and the Metrics pane
 * read series and nothing else.
 */
import type { Context } from '../engine/service.ts';
import { type Instant, instant, type Milliseconds } from '../engine/units.ts';
import {
  addSamples,
  addTo,
  ENDLESS,
  endSpan,
  extendSpan,
  isActive,
  METRIC_MINUTES_MAX,
  MINUTE_MS,
  minuteOf,
  newTrack,
  type Spans,
  type StatisticSet,
  setLevel,
  startOfMinute,
  type Track,
  type TrackKind,
  trackReader,
} from './metricTrack.ts';
import type { AwsWorldSettings } from './world.ts';

export interface MetricDimension {
  readonly Name: string;
  readonly Value: string;
}

/** The samples of one period. */
export interface Datapoint extends StatisticSet {
  /** When the period begins. */
  readonly at: Instant;
}

/** From `from` (inclusive) to `to` (exclusive), in periods counted from `from`; whole minutes. */
interface MetricRange {
  readonly from: Instant;
  readonly to: Instant;
  readonly period: Milliseconds;
}

export interface MetricName {
  readonly account: string;
  /** `AWS/SQS`. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly MetricDimension[];
}

export interface MetricSeries extends MetricName {
  /** CloudWatch's StandardUnit: `Count`, `Seconds`, `Bytes`, `None` … */
  readonly unit: string;
  /** The resource on the stage: `queue/orders`. */
  readonly resource?: string;
  /** `sum`: counts, of which a sum speaks; else levels and samples, of which an average does. */
  readonly kind: TrackKind;
  /** Periods without data are left out. Only minutes that have ended are read. */
  read(range: MetricRange): readonly Datapoint[];
  /** Without being used again it reports until then; undefined: without end. */
  readonly reportsUntil: Instant | undefined;
}

/** A service whose series can be read. `wanted` may narrow the list, and need not. */
export interface MetricSource {
  readonly service: string;
  metrics(
    state: unknown,
    now: Instant,
    settings: AwsWorldSettings,
    wanted?: Partial<MetricName>,
  ): Iterable<MetricSeries>;
}

/** Reads one track as a series. */
export function trackSeries(
  name: MetricName & { readonly unit: string; readonly resource?: string },
  of: {
    readonly kind: TrackKind;
    readonly track: Track;
    readonly spans: Spans;
    readonly now: Instant;
    /** What the track does not hold yet. */
    readonly pending?: readonly number[];
    /** The end of the last span, where it is later than the span says; Infinity: none. */
    readonly end?: number;
  },
): MetricSeries {
  const { spans, now } = of;
  const end = of.end ?? spans.at(-1);
  return {
    ...name,
    kind: of.kind,
    reportsUntil: end === undefined ? instant(0) : end >= ENDLESS ? undefined : startOfMinute(end),
    read({ from, to, period }) {
      const at = trackReader(of.track, of.kind, of.pending);
      const points: Datapoint[] = [];
      const last = Math.min(Math.ceil(to / MINUTE_MS), minuteOf(now));
      const oldest = minuteOf(now) - METRIC_MINUTES_MAX;
      const first = Math.max(Math.ceil(from / MINUTE_MS), oldest, spans[0] ?? last);
      for (let minute = first; minute < last; minute++) {
        if (!isActive(spans, minute, end)) continue;
        const samples = at(minute);
        if (samples === undefined) continue;
        const bucket = Math.floor((minute * MINUTE_MS - from) / period);
        const begins = instant(from + bucket * period);
        const before = points.at(-1);
        if (before?.at === begins) points[points.length - 1] = { at: begins, ...joined(before, samples) };
        else points.push({ at: begins, ...samples });
      }
      return points;
    },
  };
}

export const joined = (one: StatisticSet, other: StatisticSet): StatisticSet => ({
  sum: one.sum + other.sum,
  minimum: Math.min(one.minimum, other.minimum),
  maximum: Math.max(one.maximum, other.maximum),
  sampleCount: one.sampleCount + other.sampleCount,
});

/** What a service counts. Plain data; checkpoints copy little of it. */
export interface Ledger {
  /** When the present minute ends; kept by `defineService`. */
  closesAt: Instant;
  /** By a key of the service's choosing, one for each set of dimensions: `TopicName=orders`. */
  readonly subjects: Map<string, Subject>;
}

export interface Subject {
  readonly spans: Spans;
  readonly tracks: Map<string, Track>;
}

export const newLedger = (): Ledger => ({ closesAt: instant(0), subjects: new Map() });

/** Makes it if it is not there. */
export function subjectOf(ledger: Ledger, key: string): Subject {
  let subject = ledger.subjects.get(key);
  if (subject === undefined) {
    subject = { spans: [], tracks: new Map() };
    ledger.subjects.set(key, subject);
  }
  return subject;
}

function trackOf(subject: Subject, metric: string): Track {
  let track = subject.tracks.get(metric);
  if (track === undefined) {
    track = newTrack();
    subject.tracks.set(metric, track);
  }
  return track;
}

/** It exists, or is used: it reports from now on, without end or for `minutes`. */
export function report(subject: Subject, now: Instant, minutes?: number): void {
  const minute = minuteOf(now);
  extendSpan(subject.spans, minute, minutes === undefined ? ENDLESS : minute + minutes);
}

/** It is gone: from now on it reports no more. Its history stays. */
export const endReport = (subject: Subject, now: Instant): void => endSpan(subject.spans, minuteOf(now));

/** Counts: kind `sum`. */
export const count = (subject: Subject, now: Instant, metric: string, value = 1): void =>
  addTo(trackOf(subject, metric), minuteOf(now), value);

/** Notes what holds from now on: kind `level`, or `since` with an instant or -1. */
export const note = (subject: Subject, now: Instant, metric: string, value: number): void =>
  setLevel(trackOf(subject, metric), minuteOf(now), value);

/** Adds a sample: kind `set`. */
export const sample = (subject: Subject, now: Instant, metric: string, value: number): void =>
  addSamples(trackOf(subject, metric), minuteOf(now), {
    sum: value,
    minimum: value,
    maximum: value,
    sampleCount: 1,
  });

/** Adds `times` equal samples: kind `set`. */
export const samples = (subject: Subject, now: Instant, metric: string, value: number, times: number): void =>
  addSamples(trackOf(subject, metric), minuteOf(now), {
    sum: value * times,
    minimum: value,
    maximum: value,
    sampleCount: times,
  });

/** One metric of a subject as a series; nothing was counted yet: zeros, or no data. */
export function ledgerSeries(
  name: MetricName & { readonly unit: string; readonly resource?: string },
  kind: TrackKind,
  subject: Subject,
  now: Instant,
): MetricSeries {
  const track = subject.tracks.get(name.name) ?? newTrack();
  return trackSeries(name, { kind, track, spans: subject.spans, now });
}

/** Of CloudWatch's state, what other services need to know: does an alarm sleep until a metric moves again? */
interface MetricListener {
  readonly asleepCount: number;
}

/** The first thing happens in a later minute: closes what is open, and wakes alarms that sleep. */
export function minutePassed(context: Context<unknown>, service: string, ledger: Ledger): void {
  ledger.closesAt = startOfMinute(minuteOf(context.now) + 1);
  const listener = context.peek('cloudwatch') as MetricListener | undefined;
  if (listener !== undefined && listener.asleepCount > 0 && service !== 'cloudwatch') {
    context.deliver({ to: 'cloudwatch', from: service, payload: { type: 'MetricsMoved' } });
  }
}
