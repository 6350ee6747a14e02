/** A pane of one kind of resource, for kinds that have no picture of their own: each with its figures. */
import type { ResourceView } from '../../contract/view.ts';
import { count, rate } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, tableLines } from '../paint/rows.ts';
import type { Theme } from '../paint/theme.ts';
import { empty } from './messageRows.ts';
import { body, type Painter } from './painter.ts';

const COLUMNS: readonly Column[] = [
  { title: 'name', least: 8 },
  { title: 'in', align: 'right' },
  { title: 'out', align: 'right' },
  { title: 'refused', align: 'right' },
  { title: '', flexible: true, least: 8 },
];

/** `about` and `lines` are said while there is none: what would be here, and how to make one. */
export const kindPane =
  (kind: string, about: string, lines: readonly string[]): Painter =>
  ({ theme, now }, session, { columns, rows }) => {
    const found = session.view().resources.filter((resource) => resource.kind === kind);
    if (found.length === 0) {
      const key = now.state.focus === 'prompt' ? '$' : 'i';
      return body(
        empty(
          theme,
          about,
          columns,
          lines.map((line) => [key, line]),
        ),
      );
    }
    const table = tableLines(
      theme,
      COLUMNS,
      found.map((resource) => cellsOf(theme, resource)),
      columns,
    );
    return body([table.header, ...table.rows].slice(0, rows), count(found.length));
  };

function cellsOf(theme: Theme, { name, rates, meters = [], notes = [] }: ResourceView): string[] {
  const ascii = theme.marks.ascii;
  const flows = [rates?.in ?? 0, rates?.out ?? 0, rates?.refused ?? 0].map(rate);
  const full = meters.map(
    ({ label, used, limit, unit }) => `${label} ${count(used)} of ${count(limit)}${unit}`,
  );
  return [theme.strong(plain(name, { ascii })), ...flows, plain([...full, ...notes].join(', '), { ascii })];
}
