/** The visible window of a list of ready rows, with a cursor row. Rows outside the window are never painted. */
import type { ReactElement } from 'react';
import { Lines } from './Line.tsx';
import { cursorRow, windowOf } from './rows.ts';
import type { Theme } from './theme.ts';

export interface RowsProps {
  readonly theme: Theme;
  readonly total: number;
  /** The row at an index, painted, without gutter. */
  readonly row: (index: number) => string;
  readonly width: number;
  readonly height: number;
  /** The row with the cursor; none is marked when it is undefined. */
  readonly cursor?: number | undefined;
  /** The first row shown last time, so that the window moves no more than it must. */
  readonly first?: number;
}

/** The lines of the window, each with its gutter of one column. */
export function rowLines(props: RowsProps): string[] {
  const seen = windowOf(props.total, props.height, props.cursor ?? props.first ?? 0, props.first ?? 0);
  const lines: string[] = [];
  for (let index = seen.first; index < seen.end; index += 1) {
    lines.push(cursorRow(props.theme, props.row(index), index === props.cursor, props.width));
  }
  return lines;
}

export function Rows(props: RowsProps): ReactElement {
  return <Lines lines={rowLines(props)} />;
}
