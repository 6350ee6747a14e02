/** The Policy pane: what policies decided, one line each, and the chosen decision statement by statement. */
import type { Decision } from '../../contract/policy/decision.ts';
import type { DecisionView } from '../../projection/decision.ts';
import { shownDecisions } from '../decisions.ts';
import { count, instantShort } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, cursorRow, tableLines, windowOf } from '../paint/rows.ts';
import type { Theme } from '../paint/theme.ts';
import type { Scene } from '../screens/scene.ts';
import { callerName, decisionRows, resourceName } from './decisionRows.ts';
import { empty } from './messageRows.ts';
import { body, type Painter, type PaneSize } from './painter.ts';

/** Below this many rows the list stands alone, and Enter unfolds a decision. */
const BOTH_FROM = 14;

export const policyPane: Painter = (scene, session, size) => {
  const { state } = scene.now;
  const { decisions, chosen } = shownDecisions(session, state);
  const decision = decisions[chosen];
  if (decision === undefined) return body(nothing(scene, size));
  const scope = scopeOf(decisions, chosen);
  const { theme } = scene;
  const alone = decisions.length === 1 || state.decision.open;
  if (alone) return body(scrolled(scene, decision, size), scope);
  const both = size.rows >= BOTH_FROM;
  const height = both ? Math.min(decisions.length + 1, Math.max(5, Math.floor(size.rows * 0.3))) : size.rows;
  const rows = listRows(theme, decisions, chosen, { columns: size.columns, rows: height });
  if (!both) return body(rows, scope);
  const rule = ` ${theme.faint(theme.marks.idleLine.repeat(size.columns - 2))}`;
  const detail = decisionRows(theme, decision, size.columns - 1).map((row) => ` ${row}`);
  return body(fitted(theme, [...rows, rule, ...detail], size), scope);
};

const scopeOf = (decisions: readonly DecisionView[], chosen: number): string =>
  decisions.length === 1 ? '1 decision' : `${chosen + 1} of ${decisions.length} decisions`;

function nothing(scene: Scene, { columns }: PaneSize): string[] {
  const { theme, now } = scene;
  if ((now.state.panes.policy.find ?? '') !== '') {
    return empty(theme, 'No decision is about that.', columns, [['esc', 'shows all']]);
  }
  const key = now.state.focus === 'prompt' ? '$' : 'i';
  return empty(
    theme,
    'A policy decides when somebody else than the administrator calls. Each decision is taken apart here, statement by statement.',
    columns,
    [
      [key, 'aws iam create-user --user-name bob'],
      [key, 'aws sqs list-queues --profile bob'],
    ],
  );
}

/** The last row says that more is below. */
function fitted(theme: Theme, rows: readonly string[], size: PaneSize): string[] {
  if (rows.length <= size.rows) return [...rows];
  const left = rows.length - size.rows + 1;
  const more = ` ${theme.second(`${theme.marks.down} ${count(left)} more rows`)}  ${theme.key(theme.marks.enter)} ${theme.second('unfolds')}`;
  return [...rows.slice(0, size.rows - 1), more];
}

function scrolled({ theme, now }: Scene, decision: DecisionView, size: PaneSize): string[] {
  const rows = decisionRows(theme, decision, size.columns - 1).map((row) => ` ${row}`);
  if (rows.length <= size.rows) return rows;
  const last = rows.length - size.rows + 1;
  const from = Math.min(now.state.panes.policy.scroll, last);
  const shown = rows.slice(from, from + size.rows - 1);
  const below = rows.length - from - shown.length;
  const said = below === 0 ? `${theme.marks.up} the end` : `${theme.marks.down} ${count(below)} more rows`;
  return [...shown, ` ${theme.second(said)}`];
}

interface ListColumn extends Column {
  /** Left out where there are fewer columns. */
  readonly from?: number;
  readonly cell: (theme: Theme, view: DecisionView, decision: Decision) => string;
}

const shown = (theme: Theme, value: string): string => plain(value, { ascii: theme.marks.ascii, limit: 80 });

const LIST: readonly ListColumn[] = [
  {
    title: '',
    cell: ({ done, bad, marks }, { allowed }) => (allowed ? done(marks.done) : bad(marks.refused)),
  },
  { title: 'caller', cell: (theme, _view, decision) => theme.strong(shown(theme, callerName(decision))) },
  { title: 'action', flexible: true, least: 10, cell: (theme, _view, { action }) => shown(theme, action) },
  {
    title: 'resource',
    flexible: true,
    least: 6,
    cell: (theme, _view, { resource }) =>
      theme.second(resource === '*' ? 'all' : shown(theme, resourceName(resource))),
  },
  { title: 'calls', align: 'right', from: 76, cell: (_theme, view) => count(view.count) },
  { title: 'last', align: 'right', from: 66, cell: (theme, view) => theme.second(instantShort(view.at)) },
  { title: 'shows', cell: (theme, view) => theme.second(view.asOf) },
];

function listRows(
  theme: Theme,
  decisions: readonly DecisionView[],
  chosen: number,
  { columns, rows }: PaneSize,
): string[] {
  const shape = LIST.filter(({ from = 0 }) => columns >= from);
  const cells = decisions.map((view) => shape.map(({ cell }) => cell(theme, view, view.decisions.at(-1)!)));
  const table = tableLines(theme, shape, cells, columns - 2);
  const { first, end } = windowOf(table.rows.length, rows - 1, chosen, 0);
  const lines = table.rows
    .slice(first, end)
    .map((row, index) => cursorRow(theme, row, first + index === chosen, columns));
  return [` ${table.header}`, ...lines];
}
