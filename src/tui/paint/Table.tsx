/** A table with a header in second colour and a cursor row; only the rows in view are measured and painted. */
import type { ReactElement } from 'react';
import { Lines } from './Line.tsx';
import { type Column, columnWidths, cursorRow, tableRow, windowOf } from './rows.ts';
import type { Theme } from './theme.ts';

export interface TableProps {
  readonly theme: Theme;
  readonly columns: readonly Column[];
  readonly total: number;
  /** The painted cells of a row. */
  readonly cells: (index: number) => readonly string[];
  readonly width: number;
  /** With the header. */
  readonly height: number;
  readonly cursor?: number | undefined;
  readonly first?: number;
  readonly gap?: number;
  /** Shown in place of the rows when there are none. */
  readonly empty?: string;
}

export function tableView(props: TableProps): string[] {
  const { theme, columns, width } = props;
  const gap = props.gap ?? 2;
  const height = props.height - 1;
  const seen = windowOf(props.total, height, props.cursor ?? props.first ?? 0, props.first ?? 0);
  const rows: (readonly string[])[] = [];
  for (let index = seen.first; index < seen.end; index += 1) rows.push(props.cells(index));
  const widths = columnWidths(columns, rows, width - 1, gap);
  const titles = columns.map((column) => theme.second(column.title));
  const lines = [` ${tableRow(theme, columns, widths, titles, gap)}`];
  if (props.total === 0 && props.empty !== undefined) lines.push(` ${theme.second(props.empty)}`);
  rows.forEach((cells, index) => {
    const text = tableRow(theme, columns, widths, cells, gap);
    lines.push(cursorRow(theme, text, seen.first + index === props.cursor, width));
  });
  return lines;
}

export function Table(props: TableProps): ReactElement {
  return <Lines lines={tableView(props)} />;
}
