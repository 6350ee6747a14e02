/** Text that is longer than its pane. */
import { count } from '../paint/figures.ts';
import type { Theme } from '../paint/theme.ts';
import type { PaneSize } from './painter.ts';

/** From row `wanted` on, as far as that goes; the last row says that more is below. */
export function scrolled(theme: Theme, rows: readonly string[], size: PaneSize, wanted: number): string[] {
  if (rows.length <= size.rows) return [...rows];
  const from = Math.min(wanted, rows.length - size.rows + 1);
  const shown = rows.slice(from, from + size.rows - 1);
  const below = rows.length - from - shown.length;
  const said = below === 0 ? `${theme.marks.up} the end` : `${theme.marks.down} ${count(below)} more rows`;
  return [...shown, ` ${theme.second(said)}`];
}
