/** Lists and tables as text: the visible window of many rows, the cursor row, columns. */
import { cut, cutMiddle, padEnd, padStart, width } from './text.ts';
import type { Theme } from './theme.ts';

export interface Window {
  /** Index of the first row shown. */
  readonly first: number;
  /** One after the last row shown. */
  readonly end: number;
}

/** The rows to show of `total` in `height` lines so that the cursor is in view, moved as little as possible. */
export function windowOf(total: number, height: number, cursor = 0, first = 0): Window {
  const size = Math.max(0, Math.min(height, total));
  const margin = size > 4 ? 1 : 0;
  let start = Math.min(Math.max(0, first), Math.max(0, total - size));
  if (cursor - margin < start) start = Math.max(0, cursor - margin);
  if (cursor + margin >= start + size)
    start = Math.min(Math.max(0, total - size), cursor + margin + 1 - size);
  return { first: start, end: start + size };
}

/** A row with the gutter of one cell before it; the cursor row has `▸` and its own ground over the whole width. */
export function cursorRow(theme: Theme, text: string, selected: boolean, columns: number): string {
  if (!selected) return ` ${cut(text, columns - 1, theme.marks.more)}`.replace(/ +$/, '');
  return theme.on.sel(theme.accent(theme.marks.cursor) + padEnd(text, columns - 1, theme.marks.more));
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Fixed cells; without it the column is as wide as its widest cell, at least `least`. */
  readonly width?: number;
  readonly least?: number;
  /** Takes what room is left over, or gives way when there is too little. */
  readonly flexible?: boolean;
  /** Too long a text loses its middle, not its end. */
  readonly cutsMiddle?: boolean;
}

/** Cells per column: natural widths, then the flexible columns share what is left or missing. */
export function columnWidths(
  shape: readonly Column[],
  rows: readonly (readonly string[])[],
  columns: number,
  gap = 2,
): number[] {
  const natural = shape.map((column, index) => {
    if (column.width !== undefined) return column.width;
    const cells = rows.map((row) => width(row[index] ?? ''));
    return Math.max(column.least ?? 0, width(column.title), ...cells);
  });
  const room = columns - gap * Math.max(0, shape.length - 1);
  const left = room - natural.reduce((sum, cells) => sum + cells, 0);
  const flexible = shape.flatMap((column, index) => (column.flexible === true ? [index] : []));
  if (flexible.length === 0 || left === 0) return natural;
  return natural.map((cells, index) => {
    const place = flexible.indexOf(index);
    if (place < 0) return cells;
    const share = Math.trunc(left / flexible.length) + (place === 0 ? left % flexible.length : 0);
    return Math.max(shape[index]?.least ?? 4, cells + share);
  });
}

/** One line of a table, without trailing blanks. */
function tableRow(
  theme: Theme,
  shape: readonly Column[],
  widths: readonly number[],
  cells: readonly string[],
  gap = 2,
): string {
  const parts = shape.map((column, index) => {
    const size = widths[index] ?? 0;
    const whole = cells[index] ?? '';
    const text = column.cutsMiddle === true ? cutMiddle(whole, size, theme.marks.more) : whole;
    return column.align === 'right'
      ? padStart(text, size, theme.marks.more)
      : padEnd(text, size, theme.marks.more);
  });
  return parts.join(' '.repeat(gap)).replace(/ +$/, '');
}

/** Header in second colour and the rows under it. */
export function tableLines(
  theme: Theme,
  shape: readonly Column[],
  rows: readonly (readonly string[])[],
  columns: number,
  gap = 2,
): { readonly header: string; readonly rows: string[] } {
  const widths = columnWidths(shape, rows, columns, gap);
  const titles = shape.map((column) => theme.second(column.title));
  return {
    header: tableRow(theme, shape, widths, titles, gap),
    rows: rows.map((cells) => tableRow(theme, shape, widths, cells, gap)),
  };
}
