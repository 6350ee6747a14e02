/**
 * A windowed count over a stream, as an application of Amazon Managed Service for Apache Flink makes it: records are
 * counted by key in tumbling windows of their arrival times; a window closes when all shards are read past its end, and
 * its counts go to another stream if one is named. Apache Flink documentation, Windows: tumbling windows.
 *
 * SIMPLER THAN AWS: the watermark is two seconds, then as long as a shard is behind; state outlives a crash.
 */
import { utf8Bytes } from '../../contract/text.ts';
import type { Context, Outcome } from '../../engine/service.ts';
import { after, type Instant, instant, type Milliseconds, milliseconds } from '../../engine/units.ts';
import { call, noteRefusal } from './calling.ts';
import type { AppsState, Consumer } from './model.ts';
import type { HeldRecord, StreamReading } from './shardModel.ts';
import type { WindowDue, WindowToken } from './timers.ts';
import type { Target } from './values.ts';

export interface WindowSettings {
  readonly size: Milliseconds;
  /** Where the counts go. */
  readonly to: Target | undefined;
}

/** Plain data. */
export interface WindowState {
  /** By when they begin. */
  readonly open: Map<number, Map<string, number>>;
  /** The newest that closed. Frozen. */
  newest: WindowResult | null;
  closed: number;
  /** Records of a window that had closed. */
  late: number;
  closedUntil: Instant;
}

interface WindowResult {
  readonly startMs: number;
  readonly endMs: number;
  readonly total: number;
  readonly keys: number;
  /** The keys with the highest counts: at most 20. */
  readonly counts: Readonly<Record<string, number>>;
}

export const WINDOW: Milliseconds = milliseconds(10_000);
/** How long after its end a window waits for records that are read a second later. */
const PATIENCE: Milliseconds = milliseconds(2_000);
const SHOWN = 20;
/** Keys of one window; more are counted under one name. */
const KEYS_MAX = 10_000;
const OTHERS = '(others)';
/** Kinesis API Reference, PutRecords. */
const RECORDS_MAX = 500;

export const windowState = (): WindowState => ({
  open: new Map(),
  newest: null,
  closed: 0,
  late: 0,
  closedUntil: instant(0),
});

export function countInWindow(
  context: Context<AppsState>,
  app: Consumer,
  { key, arrived }: HeldRecord,
): void {
  const { windows, settings } = app;
  if (windows === undefined || settings.window === undefined) return;
  const { size } = settings.window;
  const start = Math.floor(arrived / size) * size;
  if (start + size <= windows.closedUntil) {
    windows.late++;
    return;
  }
  let counts = windows.open.get(start);
  if (counts === undefined) {
    counts = new Map();
    windows.open.set(start, counts);
    plan(context, app, start, instant(Math.max(start + size + PATIENCE, context.now)));
  }
  const name = counts.has(key) || counts.size < KEYS_MAX ? key : OTHERS;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function plan(context: Context<AppsState>, { name, life }: Consumer, start: number, at: Instant): void {
  const timer: WindowDue = { type: 'app/WindowDue', app: name, life, start };
  context.schedule(at, timer);
}

/** Is a shard not read up to now, so that more of the window may come? */
const isBehind = ({ readers }: StreamReading): boolean =>
  [...readers.values()].some(
    ({ behindMs, batch, state }) => behindMs > 0 || batch.length > 0 || state === 'idle',
  );

export function windowDue(context: Context<AppsState>, app: Consumer, { start }: WindowDue): void {
  const { windows, settings } = app;
  const counts = windows?.open.get(start);
  if (windows === undefined || settings.window === undefined || counts === undefined) return;
  if (isBehind(app.reading)) {
    plan(context, app, start, after(context.now, milliseconds(1_000)));
    return;
  }
  const end = start + settings.window.size;
  const ranked = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const total = ranked.reduce((sum, [, count]) => sum + count, 0);
  windows.open.delete(start);
  windows.closed++;
  windows.closedUntil = instant(Math.max(windows.closedUntil, end));
  windows.newest = Object.freeze({
    startMs: start,
    endMs: end,
    total,
    keys: ranked.length,
    counts: Object.freeze(Object.fromEntries(ranked.slice(0, SHOWN))),
  });
  context.emit(Object.freeze({ type: 'app/WindowClosed', by: app.name, app: app.name, ...windows.newest }));
  if (settings.window.to !== undefined) send(context, app, settings.window.to, { start, end }, ranked);
}

/** One record a key: {"windowStart":…,"windowEnd":…,"key":…,"count":…}, under the same partition key. */
function send(
  context: Context<AppsState>,
  app: Consumer,
  to: Target,
  { start, end }: { readonly start: number; readonly end: number },
  ranked: readonly (readonly [string, number])[],
): void {
  for (let from = 0; from < ranked.length; from += RECORDS_MAX) {
    const Records = ranked.slice(from, from + RECORDS_MAX).map(([key, count]) => ({
      PartitionKey: key,
      Data: utf8Bytes(JSON.stringify({ windowStartMs: start, windowEndMs: end, key, count })),
    }));
    const token: WindowToken = { type: 'window', app: app.name, life: app.life, records: Records.length };
    call(context, app, app.name, 'PutRecords', { StreamName: to.name, Records }, token, 'kinesis');
  }
}

export function windowAnswered(
  context: Context<AppsState>,
  app: Consumer,
  { records }: WindowToken,
  outcome: Outcome,
): void {
  if (!outcome.ok) {
    noteRefusal(context, app, app.name, 'PutRecords', outcome.refusal, records);
    app.counters.lost += records;
    return;
  }
  const { FailedRecordCount: failed = 0 } = outcome.output as { readonly FailedRecordCount?: number };
  app.counters.sent += records - failed;
  app.counters.lost += failed;
}

export const windowFigures = (app: Consumer): Readonly<Record<string, unknown>> =>
  app.windows === undefined
    ? {}
    : {
        windowsClosed: app.windows.closed,
        lateRecords: app.windows.late,
        window: app.windows.newest ?? {},
      };
