/** The Metrics pane: what CloudWatch shows of a resource, four charts where there is room. */
import type { MetricsView } from '../../projection/metrics.ts';
import type { Session } from '../../session/sessionTypes.ts';
import { chosenChart, cursorColumn, metricsOf } from '../metricsShown.ts';
import { count, duration } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cut, spread, width } from '../paint/text.ts';
import type { Scene } from '../screens/scene.ts';
import { empty } from './messageRows.ts';
import { chartColumns, chartRows } from './metricsRows.ts';
import { body, type Painter, type PaneSize, paneKeyNow } from './painter.ts';

/** How many charts stand beside and above each other. */
interface Grid {
  readonly across: number;
  readonly down: number;
}

const gridOf = ({ columns, rows }: PaneSize): Grid => ({
  across: columns >= 100 ? 2 : 1,
  down: rows >= 19 ? 2 : 1,
});

export const metricsPane: Painter = (scene, session, size) => {
  const { theme, now } = scene;
  const grid = gridOf(size);
  const boxWidth = Math.floor(size.columns / grid.across);
  const view = metricsOf(session, now.state, chartColumns(boxWidth));
  if (view === undefined) {
    return body(
      empty(
        theme,
        'What CloudWatch shows of this world is drawn here, once a resource is there.',
        size.columns,
        [[paneKeyNow(scene, 'n'), 'makes one, from a form']],
      ),
    );
  }
  const boxHeight = Math.floor((size.rows - 1) / grid.down);
  const chosen = chosenChart(now.state, view);
  const shown = grid.across * grid.down;
  const first = Math.min(Math.floor(chosen / shown) * shown, Math.max(0, view.charts.length - shown));
  const boxes = view.charts.slice(first, first + shown).map((chart, index) =>
    chartRows(theme, view, chart, {
      width: boxWidth,
      height: boxHeight,
      number: first + index + 1,
      focused: now.state.focus === 'metrics' && first + index === chosen,
      cursor: cursorColumn(now.state, view),
    }),
  );
  const rows = [scopeRow(scene, session, view, size.columns)];
  for (let at = 0; at < boxes.length; at += grid.across) {
    const left = boxes[at]!;
    const right = grid.across === 2 ? boxes[at + 1] : undefined;
    left.forEach((row, index) => {
      rows.push(row + (right?.[index] ?? ''));
    });
  }
  return body(rows, scopeOf(view, first, shown));
};

/** `1–4 of 9 metrics`. */
function scopeOf({ charts }: MetricsView, first: number, shown: number): string {
  const last = Math.min(charts.length, first + shown);
  const range = first + 1 === last ? String(last) : `${first + 1}-${last}`;
  return charts.length <= shown ? `${count(charts.length)} metrics` : `${range} of ${charts.length} metrics`;
}

/** What all charts have in common. */
function scopeRow({ theme }: Scene, session: Session, view: MetricsView, columns: number): string {
  const resource = session.view().resources.find(({ id }) => id === view.owner);
  const title = resource === undefined ? '' : `${resource.title} `;
  const name = plain(resource?.name ?? view.owner);
  const place = view.owners.indexOf(view.owner) + 1;
  const right =
    view.owners.length === 1
      ? ''
      : `${theme.second(`${place} of ${count(view.owners.length)}`)}  ${theme.key('[ ]')} ${theme.second('next')}`;
  const parts = [
    `last ${duration(view.to - view.from)}`,
    `each column ${duration(Math.max(1000, view.columnMs))}`,
    'sum unless said',
  ];
  const head = `${theme.second(title)}${theme.strong(name)}`;
  let left = head;
  for (const part of parts) {
    const longer = `${left}   ${theme.second(part)}`;
    if (width(longer) + width(right) + 2 > columns) break;
    left = longer;
  }
  return spread(cut(left, columns, theme.marks.more), right, columns, theme.marks.more);
}
