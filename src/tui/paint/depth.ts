/**
 * How deep a queue has been: a chart of the last minutes with two scales. What is visible stands at the bottom, what
 * is in flight on top of it, each with a bright edge over its darker body.
 */
import { cardCount, clock } from './figures.ts';
import type { Role } from './palettes.ts';
import { padStart, width } from './text.ts';
import type { Theme } from './theme.ts';

export interface DepthSample {
  /** Milliseconds of the world. */
  readonly at: number;
  readonly visible: number;
  readonly inFlight: number;
}

export interface DepthInput {
  /** Oldest first; each holds until the next. */
  readonly samples: readonly DepthSample[];
  readonly now: number;
  /** How far back the left edge is, in milliseconds. */
  readonly span: number;
  readonly width: number;
  readonly height: number;
}

const STEPS = [1, 2, 4, 6, 8, 10, 12, 16];

/** The smallest round figure that is not below the value and can be halved for the middle of the scale. */
export function roundAbove(value: number): number {
  let power = 1;
  for (;;) {
    for (const step of STEPS) {
      if (step * power >= value && step * power >= 2) return step * power;
    }
    power *= 10;
  }
}

/** The sample that held in each column's stretch of time: its deepest, so that a short peak is not lost. */
function perColumn(input: DepthInput, cells: number): (DepthSample | undefined)[] {
  const { samples, now, span } = input;
  const start = now - span;
  const columns: (DepthSample | undefined)[] = [];
  let index = 0;
  let held: DepthSample | undefined;
  for (let column = 0; column < cells; column += 1) {
    const end = start + (span * (column + 1)) / cells;
    let deepest = held;
    const isLast = column === cells - 1;
    for (let next = samples[index]; next !== undefined; next = samples[index]) {
      if (next.at > end || (next.at === end && !isLast)) break;
      held = next;
      if (total(held) >= total(deepest)) deepest = held;
      index += 1;
    }
    columns.push(deepest ?? held);
  }
  return columns;
}

const total = (sample: DepthSample | undefined): number =>
  sample === undefined ? 0 : sample.visible + sample.inFlight;

/** One cell of a chart. */
export interface Cell {
  readonly text: string;
  readonly role: Role;
}

/** One cell: `row` counts from the bottom, `highest` is the value of all `height` rows together. */
function cellOf(
  sample: DepthSample | undefined,
  row: number,
  height: number,
  highest: number,
  theme: Theme,
): Cell {
  const eighth = (value: number): number =>
    value <= 0 ? 0 : Math.max(1, Math.round((Math.min(value, highest) / highest) * height * 8));
  const all = eighth(total(sample));
  const filled = Math.min(8, Math.max(0, all - row * 8));
  if (filled === 0 || sample === undefined) return { text: ' ', role: 'normal' };
  const isTop = all <= (row + 1) * 8;
  const inFlight = sample.inFlight > 0 && (isTop || eighth(sample.visible) <= row * 8);
  const role: Role = inFlight ? (isTop ? 'flight' : 'flightBody') : isTop ? 'visible' : 'visibleBody';
  return { text: theme.marks.heights[filled - 1] ?? '', role };
}

/** Cells beside each other; equal colours are written once. */
export function painted(cells: readonly Cell[], theme: Theme): string {
  let line = '';
  let run = '';
  let role: Role = 'normal';
  for (const cell of cells) {
    const next: Role = cell.text === ' ' ? role : cell.role;
    if (next !== role) {
      line += theme[role](run);
      run = '';
      role = next;
    }
    run += cell.text;
  }
  return (line + theme[role](run)).replace(/ +$/, '');
}

/** Rows of the whole chart with its scales, `height` of them. */
export function depthRows(theme: Theme, input: DepthInput): string[] {
  const { marks } = theme;
  const rows = Math.max(1, input.height - 2);
  const deepest = Math.max(0, ...input.samples.map(total));
  const highest = roundAbove(deepest);
  const label = Math.max(2, width(cardCount(highest)));
  const cells = Math.max(1, input.width - label - 3);
  const columns = perColumn(input, cells);
  const lines: string[] = [];
  const middle = Math.floor(rows / 2);
  for (let row = rows - 1; row >= 0; row -= 1) {
    const text =
      row === rows - 1 ? cardCount(highest) : row === middle - 1 && rows >= 5 ? cardCount(highest / 2) : '';
    const tick = text === '' ? marks.column : marks.teeLeft;
    const chart = painted(
      columns.map((sample) => cellOf(sample, row, rows, highest, theme)),
      theme,
    );
    lines.push(`${theme.second(padStart(text, label))} ${theme.faint(tick)}${chart}`);
  }
  const base = `${theme.second(padStart('0', label))} ${theme.faint(marks.bottomLeft + marks.line.repeat(cells))}`;
  const from = `-${clock(input.span)}`;
  const gap = Math.max(1, cells - width(from) - 3);
  const axis = `${' '.repeat(label + 2)}${theme.second(`${from}${' '.repeat(gap)}now`)}`;
  return [...lines, base, axis].slice(0, input.height);
}
