/** Meters and charts, one line or several, as painted text. */
import type { Role, Theme } from './theme.ts';

export interface MeterOptions {
  /** How much is filled, 0 to 1; what is above is shown as full. Countdowns drain: pass what is left. */
  readonly ratio: number;
  readonly width: number;
  readonly role: Role;
  /** Where a limit stands on the bar, 0 to 1, drawn `┃`. */
  readonly limit?: number;
  readonly limitRole?: Role;
}

/** Half cells filled: any amount shows at least half a cell, and only a whole one shows all. */
export function halfCells(ratio: number, width: number): number {
  if (width <= 0) return 0;
  const halves = Math.round(Math.min(1, Math.max(0, ratio)) * width * 2);
  if (ratio > 0 && halves === 0) return 1;
  if (ratio < 1 && halves === width * 2) return halves - 1;
  return halves;
}

/** The cell of a bar on which a limit at `ratio` stands. */
export const limitCell = (ratio: number, width: number): number =>
  Math.min(width - 1, Math.max(0, Math.round(ratio * width)));

/** `━━━━━╾───────`: full, half and track, with an optional limit mark. */
export function meter(theme: Theme, options: MeterOptions): string {
  const { marks } = theme;
  const cells = Math.max(0, Math.floor(options.width));
  const halves = halfCells(options.ratio, cells);
  const filled = Math.floor(halves / 2);
  const fill = theme[options.role];
  const part = (from: number, to: number): string => {
    const whole = Math.max(0, Math.min(filled, to) - from);
    const half = halves % 2 === 1 && filled >= from && filled < to ? 1 : 0;
    const rest = Math.max(0, to - from - whole - half);
    return (
      fill(marks.full.repeat(whole) + (half === 1 ? marks.half : '')) + theme.faint(marks.track.repeat(rest))
    );
  };
  if (options.limit === undefined || cells === 0) return part(0, cells);
  const at = limitCell(options.limit, cells);
  return part(0, at) + theme[options.limitRole ?? 'flight'](marks.limit) + part(at + 1, cells);
}

/** The colour of a meter by how full it is: healthy, watch from 60 %, bad when a limit is reached. */
export function fullness(ratio: number): Role {
  if (ratio >= 1) return 'bad';
  return ratio >= 0.6 ? 'flight' : 'done';
}

/** One cell of a chart `height` rows high: eighths of the cell filled at row `row`, counted from the bottom. */
function eighths(value: number, highest: number, height: number, row: number): number {
  if (highest <= 0 || value <= 0) return 0;
  const all = Math.max(1, Math.round((Math.min(value, highest) / highest) * height * 8));
  return Math.min(8, Math.max(0, all - row * 8));
}

/** A one-line chart, one cell a value; nothing is a blank, or `·` when `zero` asks for it. */
export function spark(
  theme: Theme,
  values: readonly number[],
  role: Role,
  highest?: number,
  zero = ' ',
): string {
  const top = highest ?? Math.max(0, ...values);
  const text = values.map((value) => {
    const filled = eighths(value, top, 1, 0);
    return filled === 0 ? zero : (theme.marks.heights[filled - 1] ?? '');
  });
  return theme[role](text.join('').trimEnd());
}

export interface ColumnsOptions {
  /** One value a column, oldest first. */
  readonly values: readonly number[];
  readonly height: number;
  /** The value the full height stands for. */
  readonly highest: number;
  readonly role: Role;
  readonly body: Role;
}

/** A chart of several rows, top row first: a bright top cell on each column over a dark body of the same hue. */
export function columns(theme: Theme, options: ColumnsOptions): string[] {
  const rows: string[] = [];
  for (let row = options.height - 1; row >= 0; row -= 1) {
    let line = '';
    let run = '';
    let painter: Role | undefined;
    const flush = (): void => {
      line += painter === undefined ? run : theme[painter](run);
      run = '';
    };
    for (const value of options.values) {
      const filled = eighths(value, options.highest, options.height, row);
      const above = eighths(value, options.highest, options.height, row + 1);
      const next =
        filled === 0 ? undefined : above === 0 || row === options.height - 1 ? options.role : options.body;
      if (next !== painter) flush();
      painter = next;
      run += filled === 0 ? ' ' : (theme.marks.heights[filled - 1] ?? '');
    }
    flush();
    rows.push(line.trimEnd());
  }
  return rows;
}
