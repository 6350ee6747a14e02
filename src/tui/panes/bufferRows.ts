/** One delivery stream in rows: the race of size and time in each buffer, what was written and why, what went wrong. */
import type { Instant } from '../../engine/units.ts';
import { meter } from '../paint/bars.ts';
import { bytesIn, byteUnit, count, duration, instantShort, size, span } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, tableLines } from '../paint/rows.ts';
import { cut, padEnd, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

/** The fields of `delivery/NAME` that are drawn. */
export interface DeliveryFields {
  readonly bytes: number;
  readonly billedBytes: number;
  readonly bufferedRecords: number;
  readonly delivered: number;
  readonly failed: number;
  readonly backedUp: number;
  readonly dropped: number;
  readonly lost: number;
  readonly throttled: number;
  readonly buffers: readonly BufferFields[];
  readonly waiting: readonly {
    readonly step: string;
    readonly records: number;
    readonly attempt: number;
    readonly nextAtMs: number;
    readonly reason: string;
  }[];
  readonly written: readonly WrittenFields[];
  readonly log: readonly { readonly atMs: number; readonly code: string; readonly message: string }[];
}

export interface BufferFields {
  readonly purpose: string;
  readonly partition?: Readonly<Record<string, string>>;
  readonly records: number;
  readonly bytes: number;
  readonly sizeBytes: number;
  readonly ageMs: number;
  readonly intervalMs: number;
  readonly dueAtMs: number;
  readonly fullAtMs?: number;
  readonly bytesPerSecond: number;
  readonly first: 'size' | 'interval' | 'off';
  readonly flushAtMs: number;
  readonly turningBytesPerSecond: number;
}

interface WrittenFields {
  readonly atMs: number;
  readonly key: string;
  readonly records: number;
  readonly bytes: number;
  readonly reason: 'size' | 'interval' | 'off';
  readonly purpose: string;
}

const PROSE = 76;
/** Buffers of partitions can be many: those that come first are drawn. */
const RACES_MAX = 3;
const OBJECTS_MAX = 8;

export function bufferRows(theme: Theme, fields: DeliveryFields, now: Instant, columns: number): string[] {
  const next = [...fields.buffers].sort((a, b) => a.flushAtMs - b.flushAtMs);
  const hidden = next.length - RACES_MAX;
  const races = next.slice(0, RACES_MAX).map((buffer) => raceRows(theme, buffer, now, columns));
  const more = hidden > 0 ? [[theme.second(`and ${count(hidden)} more, later`)]] : [];
  const none = [[theme.second('The buffer is empty: the first record opens it, and starts the clock.')]];
  const parts = [
    ...(races.length > 0 ? races : none),
    ...more,
    [...outcome(theme, fields, columns), ...waitingRows(theme, fields, now), ...logRows(theme, fields)],
    writtenRows(theme, fields, columns),
  ];
  return parts.flatMap((part, at) => (at === 0 ? part : ['', ...part]));
}

const text = (theme: Theme, value: string, limit = 120): string =>
  plain(value, { ascii: theme.marks.ascii, limit });

/** Two bars to one finishing line; the one that gets there first empties the buffer. */
function raceRows(theme: Theme, buffer: BufferFields, now: Instant, columns: number): string[] {
  const { purpose, partition, records, bytes, sizeBytes, ageMs, intervalMs, first } = buffer;
  const names = Object.entries(partition ?? {}).map(([key, value]) => `${key}=${value}`);
  const title = `${theme.strong(text(theme, [purpose, ...names].join(' ')))}  ${theme.second(`${count(records)} ${records === 1 ? 'record' : 'records'}`)}`;
  if (first === 'off') return [title, theme.second('Buffering is off: records go at once.')];
  const width = Math.max(8, Math.min(48, columns - 44));
  const unit = byteUnit(sizeBytes);
  const lane = (name: string, ratio: number, leads: boolean, held: string, then: string): string =>
    [
      theme.second(padEnd(name, 5)),
      `${meter(theme, { ratio, width, role: leads ? 'flight' : 'visible' })}${theme.strong(theme.marks.limit)}`,
      padEnd(held, 19),
      leads ? theme.strong(then) : theme.second(then),
    ].join(' ');
  const full = buffer.fullAtMs === undefined ? 'nothing comes in' : `full ${instantShort(buffer.fullAtMs)}`;
  return [
    title,
    lane(
      'size',
      bytes / sizeBytes,
      first === 'size',
      `${byteUnit(bytes) === unit ? bytesIn(bytes, unit) : size(bytes)} of ${size(sizeBytes)}`,
      full,
    ),
    lane(
      'time',
      intervalMs === 0 ? 1 : ageMs / intervalMs,
      first === 'interval',
      `${duration(ageMs)} of ${span(intervalMs)}`,
      `due ${instantShort(buffer.dueAtMs)}`,
    ),
    ...wrap(verdict(buffer, now), Math.min(PROSE, columns)),
  ];
}

function verdict(
  { first, flushAtMs, bytesPerSecond, turningBytesPerSecond }: BufferFields,
  now: Instant,
): string {
  const left = duration(Math.max(0, flushAtMs - now));
  const [winner, other] = first === 'size' ? ['Size', 'time'] : ['Time', 'size'];
  const side = first === 'size' ? 'Below' : 'Above';
  const turn = `${side} ${size(turningBytesPerSecond)}/s ${other} would be first; now ${size(Math.round(bytesPerSecond))}/s come in.`;
  return `${winner} is first: the buffer is written in ${left}. ${turn}`;
}

function outcome(theme: Theme, fields: DeliveryFields, columns: number): string[] {
  const { delivered, failed, backedUp, dropped, lost, throttled } = fields;
  const { marks } = theme;
  const parts = [theme.done(`${marks.done} ${count(delivered)} delivered`)];
  if (backedUp > 0) parts.push(theme.visible(`${marks.visible} ${count(backedUp)} backed up`));
  if (failed > 0) parts.push(theme.bad(`${marks.dead} ${count(failed)} failed`));
  if (dropped > 0) parts.push(theme.second(`${marks.open} ${count(dropped)} dropped by the function`));
  if (lost > 0) parts.push(theme.bad(`${marks.refused} ${count(lost)} lost`));
  if (throttled > 0) parts.push(theme.bad(`${marks.refused} ${count(throttled)} throttled`));
  const rows = wrap(parts.join('   '), columns);
  if (fields.bytes === 0) return rows;
  const billed = `${size(fields.bytes)} came in, billed as ${size(fields.billedBytes)}: each record in steps of 5 KB`;
  return [...rows, theme.second(cut(billed, columns))];
}

function waitingRows(theme: Theme, { waiting }: DeliveryFields, now: Instant): string[] {
  return waiting.map(({ step, records, attempt, nextAtMs, reason }) => {
    const left = theme.strong(duration(Math.max(0, nextAtMs - now)));
    return `${theme.flight(theme.marks.inFlight)} ${count(records)} for ${step}: try ${attempt} in ${left} ${theme.second(`after ${text(theme, reason)}`)}`;
  });
}

const logRows = (theme: Theme, { log }: DeliveryFields): string[] =>
  log
    .slice(-2)
    .map(
      ({ atMs, code, message }) =>
        `${theme.second(instantShort(atMs))} ${theme.bad(text(theme, code))} ${text(theme, message)}`,
    );

const COLUMNS: readonly Column[] = [
  { title: 'written' },
  { title: 'because' },
  { title: 'records', align: 'right' },
  { title: 'size', align: 'right' },
  { title: 'object', flexible: true, least: 10, cutsMiddle: true },
];

const BECAUSE = { size: 'full', interval: 'time was up', off: 'not buffered' } as const;

/** Newest first. */
function writtenRows(theme: Theme, { written }: DeliveryFields, columns: number): string[] {
  if (written.length === 0) return [theme.second('Nothing is written yet.')];
  const newest = [...written].sort((a, b) => b.atMs - a.atMs).slice(0, OBJECTS_MAX);
  const cells = newest.map(({ atMs, key, records, bytes, reason, purpose }) => [
    theme.second(instantShort(atMs)),
    purpose.endsWith('-failed') ? theme.bad(purpose) : BECAUSE[reason],
    count(records),
    size(bytes),
    text(theme, key, 200),
  ]);
  const table = tableLines(theme, COLUMNS, cells, columns);
  return [table.header, ...table.rows];
}
