/**
 * The CloudWatch metrics of queues. Nothing is done while a minute runs but to count sizes: the first thing that
 * happens in a later minute closes it, from the counters and from what the store holds, which has not changed since.
 *
 * SQS Developer Guide, Available CloudWatch metrics for Amazon SQS. SIMPLER THAN AWS: a queue that wakes reports at
 * once; the age counts from the send, also of what is received again and again, and in a standard dead-letter queue.
 * UNSURE: that each sum is one sample a minute.
 */

import {
  type MetricName,
  type MetricSeries,
  type Subject,
  subjectOf,
  trackSeries,
} from '../../contract/metrics.ts';
import {
  ACTIVE_MINUTES,
  addSamples,
  addTo,
  endSpan,
  extendSpan,
  lastLevel,
  minuteOf,
  newTrack,
  type Spans,
  setLevel,
  type Track,
  type TrackKind,
} from '../../contract/metricTrack.ts';
import type { Instant } from '../../engine/units.ts';
import type { Counters, OpenMinute, Queue, SqsState } from './model.ts';
import { noisyGroups } from './rules/fairness.ts';

const NAMESPACE = 'AWS/SQS';

interface Metric {
  readonly name: string;
  readonly kind: TrackKind;
  readonly unit: 'Count' | 'Bytes' | 'Seconds';
  /** Default: every queue has it. */
  readonly of?: 'fifo' | 'fair';
  /** Of the minute that ends: [value], or [sum, minimum, maximum, count]; undefined: nothing. */
  read(state: SqsState, queue: Queue): number | readonly number[] | undefined;
}

const counted = (name: string, counter: 'sent' | 'received' | 'deleted' | 'emptyReceives'): Metric => ({
  name,
  kind: 'sum',
  unit: 'Count',
  read: (_state, { counters, open }) => counters[counter] - open[counter],
});
const waiting = (name: string, which: 'visible' | 'inFlight' | 'delayed'): Metric => ({
  name,
  kind: 'level',
  unit: 'Count',
  read: (state, { row }) => state.store.counts(row)[which],
});

const METRICS: readonly Metric[] = [
  counted('NumberOfMessagesSent', 'sent'),
  waiting('ApproximateNumberOfMessagesVisible', 'visible'),
  {
    name: 'ApproximateAgeOfOldestMessage',
    kind: 'since',
    unit: 'Seconds',
    read: (state, { row }) => state.store.oldest(row) ?? -1,
  },
  waiting('ApproximateNumberOfMessagesNotVisible', 'inFlight'),
  counted('NumberOfMessagesReceived', 'received'),
  {
    // Every delete with a valid handle counts, also of what is gone already.
    name: 'NumberOfMessagesDeleted',
    kind: 'sum',
    unit: 'Count',
    read: (_state, { counters, open }) => counters.deleted - open.deleted + open.deletedAgain,
  },
  counted('NumberOfEmptyReceives', 'emptyReceives'),
  waiting('ApproximateNumberOfMessagesDelayed', 'delayed'),
  {
    name: 'SentMessageSize',
    kind: 'set',
    unit: 'Bytes',
    read: (_state, { counters, open }) =>
      counters.sent === open.sent
        ? undefined
        : [open.sizeSum, open.sizeMin, open.sizeMax, counters.sent - open.sent],
  },
  {
    name: 'NumberOfDeduplicatedSentMessages',
    kind: 'sum',
    unit: 'Count',
    of: 'fifo',
    read: (_state, { open }) => open.deduplicated,
  },
  {
    name: 'ApproximateNumberOfGroupsWithInflightMessages',
    kind: 'level',
    unit: 'Count',
    of: 'fifo',
    read: (state, { key }) => state.tenants.get(key)?.inFlight.size ?? 0,
  },
  {
    name: 'ApproximateNumberOfNoisyGroups',
    kind: 'level',
    unit: 'Count',
    of: 'fair',
    read: (state, queue) => noisyGroups(state, queue)?.size ?? 0,
  },
];

export function newOpenMinute({ sent, received, deleted, emptyReceives }: Counters): OpenMinute {
  return {
    sent,
    received,
    deleted,
    emptyReceives,
    sizeSum: 0,
    sizeMin: 0,
    sizeMax: 0,
    deduplicated: 0,
    deletedAgain: 0,
    used: false,
  };
}

/** A message of this size was sent. */
export function noteSize({ counters, open }: Queue, size: number): void {
  const first = counters.sent === open.sent;
  open.sizeSum += size;
  if (first || size < open.sizeMin) open.sizeMin = size;
  if (first || size > open.sizeMax) open.sizeMax = size;
}

/** An action of any other kind looked at the queue. */
export function noteUse(state: SqsState, url: string): void {
  const queue = state.queueOfUrl.get(url);
  if (queue !== undefined) queue.open.used = true;
}

/** A standard queue has tenants once a message of a group was received. */
const has = ({ tenants }: SqsState, { fifo, key }: Queue, { of }: Metric): boolean =>
  of === undefined || (of === 'fifo' ? fifo : !fifo && tenants.has(key));

/** The minute that was open when `closesAt` was set. */
const openMinute = (state: SqsState): number => minuteOf(state.ledger.closesAt) - 1;

/** When the queue reports, given what happened in the minute that was open and that nothing did since. */
function reporting(state: SqsState, queue: Queue, spans: Spans, now: Instant): void {
  const minute = openMinute(state);
  const { counters, open } = queue;
  const used =
    open.used ||
    open.deduplicated > 0 ||
    open.deletedAgain > 0 ||
    minuteOf(queue.created) === minute ||
    counters.sent !== open.sent ||
    counters.received !== open.received ||
    counters.deleted !== open.deleted ||
    counters.emptyReceives !== open.emptyReceives;
  if (used) extendSpan(spans, minute, minute + 1 + ACTIVE_MINUTES);
  // While messages wait, it is in use.
  if (state.store.oldest(queue.row) !== undefined) {
    extendSpan(spans, minute, minuteOf(now) + ACTIVE_MINUTES);
  }
}

/** Before anything happens in a later minute. */
export function closeMinutes(state: SqsState, now: Instant): void {
  const minute = openMinute(state);
  for (const queue of state.queues.values()) {
    if (minute < minuteOf(queue.created)) continue;
    const subject = subjectOf(state.ledger, queue.key);
    reporting(state, queue, subject.spans, now);
    closeTracks(state, queue, subject, minute);
    Object.assign(queue.open, newOpenMinute(queue.counters));
  }
}

function closeTracks(state: SqsState, queue: Queue, { tracks }: Subject, minute: number): void {
  for (const metric of METRICS) {
    if (!has(state, queue, metric)) continue;
    const value = metric.read(state, queue);
    if (value === undefined || (value === 0 && metric.kind === 'sum')) continue;
    let track = tracks.get(metric.name);
    if (track === undefined) {
      track = newTrack();
      tracks.set(metric.name, track);
    }
    if (typeof value !== 'number') {
      const [sum, minimum, maximum, sampleCount] = value as readonly [number, number, number, number];
      addSamples(track, minute, { sum, minimum, maximum, sampleCount });
    } else if (metric.kind === 'sum') addTo(track, minute, value);
    else setLevel(track, minute, value);
  }
}

/** The queue is deleted: what it did in this minute is kept, and it reports no more. */
export function endMetrics(state: SqsState, queue: Queue, now: Instant): void {
  const minute = minuteOf(now);
  const subject = subjectOf(state.ledger, queue.key);
  extendSpan(subject.spans, minute, minute + 1);
  closeTracks(state, queue, subject, minute);
  endSpan(subject.spans, minute + 1);
}

/** The series of queues that are there, and of those that were. */
export function* metrics(
  state: SqsState,
  now: Instant,
  _settings: unknown,
  wanted: Partial<MetricName> = {},
): Iterable<MetricSeries> {
  if (wanted.namespace !== undefined && wanted.namespace !== NAMESPACE) return;
  const only = wanted.dimensions?.find(({ Name }) => Name === 'QueueName')?.Value;
  for (const queue of state.queues.values()) {
    if (only !== undefined && queue.name !== only) continue;
    yield* seriesOf(state, queue, now, wanted.name);
  }
  for (const [key, subject] of state.ledger.subjects) {
    if (state.queues.has(key)) continue;
    const slash = key.indexOf('/');
    const name = key.slice(slash + 1);
    if (only !== undefined && name !== only) continue;
    for (const metric of METRICS) {
      const track = subject.tracks.get(metric.name);
      if (track === undefined) continue;
      const { spans } = subject;
      yield trackSeries(nameOf(metric, key.slice(0, slash), name), { kind: metric.kind, track, spans, now });
    }
  }
}

const NOTHING: Track = newTrack();

function* seriesOf(
  state: SqsState,
  queue: Queue,
  now: Instant,
  only: string | undefined,
): Iterable<MetricSeries> {
  const subject = state.ledger.subjects.get(queue.key);
  const minute = openMinute(state);
  // Nothing has happened since the open minute ended, so what it was is what is there now.
  const isPending = now >= state.ledger.closesAt && minute >= minuteOf(queue.created);
  const spans = [...(subject?.spans ?? [])];
  if (isPending) reporting(state, queue, spans, now);
  const resource = `queue/${queue.account === state.account ? queue.name : queue.key}`;
  for (const metric of METRICS) {
    if ((only !== undefined && metric.name !== only) || !has(state, queue, metric)) continue;
    const track = subject?.tracks.get(metric.name) ?? NOTHING;
    const pending = isPending ? pendingOf(metric, state, queue, minute, track) : [];
    const name = { ...nameOf(metric, queue.account, queue.name), resource };
    yield trackSeries(name, { kind: metric.kind, track, spans, now, pending });
  }
}

function pendingOf(
  metric: Metric,
  state: SqsState,
  queue: Queue,
  minute: number,
  track: Track,
): readonly number[] {
  const value = metric.read(state, queue);
  if (value === undefined || (value === 0 && metric.kind === 'sum')) return [];
  if (typeof value !== 'number') return [minute, ...value];
  return metric.kind !== 'sum' && lastLevel(track) === value ? [] : [minute, value];
}

const nameOf = (metric: Metric, account: string, queue: string) => ({
  account,
  namespace: NAMESPACE,
  name: metric.name,
  dimensions: [{ Name: 'QueueName', Value: queue }],
  unit: metric.unit,
});
