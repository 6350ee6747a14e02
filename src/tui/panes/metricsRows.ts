/** Charts of metrics with their axes, side by side: one time axis, one cursor through all, alarm lines across. */
import type { ChartAlarm, MetricChart, MetricsView } from '../../projection/metrics.ts';
import { type Cell, painted, roundAbove } from '../paint/depth.ts';
import { size as bytes, cardCount, count, duration, instantShort } from '../paint/figures.ts';
import type { Role } from '../paint/palettes.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, padStart, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

export interface ChartBox {
  readonly width: number;
  readonly height: number;
  /** Its number among the charts, from 1. */
  readonly number: number;
  readonly focused: boolean;
  /** The column under the cursor; undefined: the last. */
  readonly cursor: number | undefined;
}

/** Cells left of the chart: border, scale, tick; and right of it. */
const LABEL = 6;
const BESIDE = LABEL + 6;

export const chartColumns = (boxWidth: number): number => Math.max(4, boxWidth - BESIDE);

/** The colour of a metric says what kind of thing it counts. */
function rolesOf({ name, unit }: MetricChart): readonly [top: Role, body: Role] {
  if (/Error|Fail|Throttl|Exceeded|DeadLetter|FilteredOut-Invalid/u.test(name)) return ['bad', 'badBody'];
  if (unit === 'Seconds' || unit === 'Milliseconds' || name.includes('NotVisible'))
    return ['flight', 'flightBody'];
  if (/Deleted|Success/u.test(name)) return ['done', 'doneBody'];
  if (/Empty|Delayed|Size/u.test(name)) return ['second', 'secondBody'];
  return ['visible', 'visibleBody'];
}

function valueText({ unit }: Pick<MetricChart, 'unit'>, value: number): string {
  switch (unit) {
    case 'Seconds':
      return duration(value * 1000);
    case 'Milliseconds':
      return duration(value);
    case 'Bytes':
      return bytes(value);
    case 'Percent':
      return `${cardCount(value)}%`;
    default:
      return Number.isInteger(value) ? count(value) : String(Math.round(value * 100) / 100);
  }
}

const scaleText = (chart: MetricChart, value: number): string => {
  const text = chart.unit === 'Count' || chart.unit === 'None' ? cardCount(value) : valueText(chart, value);
  return width(text) <= LABEL ? text : cardCount(value, LABEL);
};

/** A chart in its box, `height` rows of `width` cells. */
export function chartRows(theme: Theme, view: MetricsView, chart: MetricChart, box: ChartBox): string[] {
  const rows = Math.max(1, box.height - 4);
  const most = Math.max(0, ...chart.columns.map((value) => value ?? 0));
  const highest = roundAbove(Math.max(most, ...chart.alarms.map(({ threshold }) => threshold)));
  const lines = plotLines(theme, chart, { rows, highest, cursor: box.cursor });
  const middle = Math.floor(rows / 2);
  const edge = box.focused ? theme.accent : theme.faint;
  const framed = (line: string): string =>
    `${edge(theme.marks.column)}${padEnd(line, box.width - 2)}${edge(theme.marks.column)}`;
  const scaled = lines.map((line, index) => {
    const row = rows - 1 - index;
    const isHalf = row === middle - 1 && rows >= 5;
    const label = row === rows - 1 ? scaleText(chart, highest) : isHalf ? scaleText(chart, highest / 2) : '';
    const tick = label === '' ? theme.marks.column : theme.marks.teeLeft;
    return framed(`${theme.second(padStart(label, LABEL))} ${theme.faint(tick)}${line}`);
  });
  return [
    topBorder(theme, chart, box),
    ...scaled,
    framed(baseLine(theme, chart, box.cursor)),
    framed(`${' '.repeat(LABEL + 2)}${axisText(theme, view, chart, box.cursor)}`),
    edge(theme.marks.bottomLeft + theme.marks.line.repeat(box.width - 2) + theme.marks.bottomRight),
  ];
}

const WORDS = { sum: '', average: ', average', max: ', max' } as const;

function topBorder(theme: Theme, chart: MetricChart, { width: cells, number, focused }: ChartBox): string {
  const { marks } = theme;
  const edge = focused ? theme.accent : theme.faint;
  const now = chart.now === undefined ? 'no data' : `${valueText(chart, chart.now)} now`;
  const room = cells - width(now) - 10;
  // A level says itself: only what could be a sum and is none is named.
  const word = chart.unit === 'Count' && chart.statistic === 'average' ? '' : WORDS[chart.statistic];
  const title = cut(`${number} ${plain(chart.name)}${word}`, room, marks.more);
  const left = focused
    ? `${edge(marks.topLeft + marks.focusLeft)}${theme.key(title)}${edge(marks.focusRight)}`
    : `${edge(marks.topLeft)} ${title} `;
  const figure =
    chart.now === undefined
      ? theme.second(now)
      : `${theme.strong(now.slice(0, -4))}${theme.second(now.slice(-4))}`;
  const rest = Math.max(0, cells - width(title) - width(now) - 6);
  return `${left}${edge(marks.line.repeat(rest))} ${figure} ${edge(marks.topRight)}`;
}

interface Plot {
  readonly rows: number;
  readonly highest: number;
  readonly cursor: number | undefined;
}

/** From the top row down. */
function plotLines(theme: Theme, chart: MetricChart, { rows, highest, cursor }: Plot): string[] {
  const { marks } = theme;
  const [top, body] = rolesOf(chart);
  const eighths = (value: number): number =>
    value <= 0 ? 0 : Math.max(1, Math.round((Math.min(value, highest) / highest) * rows * 8));
  const heights = chart.columns.map((value) => eighths(value ?? 0));
  const lines: string[] = [];
  for (let row = rows - 1; row >= 0; row--) {
    const alarm = chart.alarms.find(({ threshold }) => alarmRow(threshold, highest, rows) === row);
    const isGrid = row === Math.floor(rows / 2) - 1 && rows >= 5;
    const free = heights.map((height) => height <= row * 8);
    const words = alarm === undefined ? '' : alarmWords(theme, alarm, free);
    const cells = heights.map((height, column): Cell => {
      const filled = Math.min(8, Math.max(0, height - row * 8));
      if (filled > 0) {
        const isTop = height <= (row + 1) * 8;
        return { text: marks.heights[filled - 1] ?? '', role: isTop ? top : body };
      }
      if (column === cursor) return { text: marks.cursorLine, role: 'accent' };
      if (words !== '') return { text: words[column] ?? marks.future, role: 'flight' };
      return { text: isGrid && column % 2 === 0 ? marks.idleLine : ' ', role: 'faint' };
    });
    lines.push(painted(cells, theme));
  }
  return lines;
}

const alarmRow = (threshold: number, highest: number, rows: number): number =>
  Math.max(0, Math.min(rows - 1, Math.ceil((threshold / highest) * rows) - 1));

/** `╌ alarm above 2,000: on since 04:12 ╌` where the data leave most room, shorter where that is little. */
function alarmWords(theme: Theme, alarm: ChartAlarm, free: readonly boolean[]): string {
  const { future } = theme.marks;
  const { start, length: cells } = longestRun(free);
  const bound = `${alarm.above ? 'above' : 'below'} ${count(alarm.threshold)}`;
  const state =
    alarm.state === 'ALARM'
      ? `on since ${instantShort(alarm.since)}`
      : alarm.state === 'OK'
        ? 'off'
        : 'no data';
  const texts = [`alarm ${bound}: ${state}`, `alarm ${bound}`, bound, ''];
  const text = texts.find((one) => width(one) + 6 <= cells) ?? '';
  const line = text === '' ? '' : `${future} ${text} `;
  return future.repeat(start) + line + future.repeat(Math.max(0, free.length - start - width(line)));
}

function longestRun(free: readonly boolean[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  free.forEach((isFree, place) => {
    if (!isFree) start = place + 1;
    else if (place + 1 - start > best.length) best = { start, length: place + 1 - start };
  });
  return best;
}

function baseLine(theme: Theme, { columns }: MetricChart, cursor: number | undefined): string {
  const { marks } = theme;
  const line = marks.line.repeat(columns.length);
  const zero = `${theme.second(padStart('0', LABEL))} `;
  if (cursor === undefined) return zero + theme.faint(marks.bottomLeft + line);
  return `${zero}${theme.faint(marks.bottomLeft + marks.line.repeat(cursor))}${theme.accent(marks.teeUp)}${theme.faint(marks.line.repeat(columns.length - cursor - 1))}`;
}

function axisText(theme: Theme, view: MetricsView, chart: MetricChart, cursor: number | undefined): string {
  const cells = chart.columns.length;
  const from = view.from < 0 ? '' : instantShort(view.from);
  const to = 'now';
  const gap = (used: number): string => ' '.repeat(Math.max(1, cells - used));
  if (cursor === undefined) {
    return theme.second(`${from}${gap(width(from) + width(to))}${to}`);
  }
  const at = instantShort(Math.max(0, view.from + cursor * view.columnMs));
  const value = chart.columns[cursor];
  const said = value === undefined ? 'no data' : valueText(chart, value);
  const length = width(at) + 1 + width(said);
  const start = Math.max(0, Math.min(cells - length, cursor - Math.floor(width(at) / 2)));
  const left = start >= width(from) + 1 ? from : '';
  const end = cells - start - length > width(to) ? to : '';
  return `${theme.second(padEnd(left, start))}${theme.key(at)} ${theme.accent(said)}${theme.second(padStart(end, Math.max(0, cells - start - length)))}`;
}
