/** The Subscriptions pane: who is told of what, and of the chosen one why the newest message passed or did not. */
import type { ResourceView } from '../../contract/view.ts';
import { count } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, cursorRow, tableLines, windowOf } from '../paint/rows.ts';
import type { Theme } from '../paint/theme.ts';
import type { Scene } from '../screens/scene.ts';
import { empty } from './messageRows.ts';
import { body, fieldsOf as fieldsOfKind, type Painter, type PaneSize } from './painter.ts';
import { type SubscriptionFields, subscriptionRows } from './subscriptionRows.ts';

/** Below this many rows the list stands alone. */
const BOTH_FROM = 12;

export const subscriptionsPane: Painter = (scene, session, size) => {
  const { theme, now } = scene;
  const found = shownSubscriptions(session.view().resources, now.state);
  if (found.length === 0) return body(nothing(scene, size));
  const chosen = Math.min(now.state.panes.subscriptions.selected, found.length - 1);
  const both = size.rows >= BOTH_FROM;
  const height = both ? Math.min(found.length + 1, Math.max(4, Math.floor(size.rows * 0.4))) : size.rows;
  const rows = listRows(theme, found, chosen, { columns: size.columns, rows: height });
  const scope = found.length === 1 ? '1 subscription' : `${count(found.length)} subscriptions`;
  if (!both) return body(rows, scope);
  const rule = ` ${theme.faint(theme.marks.idleLine.repeat(size.columns - 2))}`;
  const detail = subscriptionRows(theme, fieldsOf(found[chosen]!), session.view().now, size.columns - 2);
  return body([...rows, rule, ...detail.map((row) => ` ${row}`)].slice(0, size.rows), scope);
};

const fieldsOf = fieldsOfKind<SubscriptionFields>;

/** Those of the selected topic, else all; with a text in the find field those that hold it. */
function shownSubscriptions(
  resources: readonly ResourceView[],
  state: Scene['now']['state'],
): readonly ResourceView[] {
  const all = resources.filter(({ kind }) => kind === 'subscription');
  const topic = state.selected?.startsWith('topic/') ? state.selected.slice('topic/'.length) : undefined;
  const ofTopic = all.filter((one) => fieldsOf(one).topic === topic);
  const find = state.panes.subscriptions.find?.toLowerCase() ?? '';
  const from = ofTopic.length > 0 ? ofTopic : all;
  return find === '' ? from : from.filter((one) => one.name.toLowerCase().includes(find));
}

function nothing({ theme, now }: Scene, { columns }: PaneSize): string[] {
  if ((now.state.panes.subscriptions.find ?? '') !== '') {
    return empty(theme, 'No subscription holds that text.', columns, [['esc', 'shows all']]);
  }
  const key = now.state.focus === 'prompt' ? '$' : 'i';
  return empty(
    theme,
    'A topic tells its subscriptions. Each is listed here: what it got, what its filter kept out, what is tried again.',
    columns,
    [
      [key, 'aws sns create-topic --name news'],
      [key, 'aws sns subscribe --topic-arn news --protocol sqs --notification-endpoint orders'],
    ],
  );
}

interface ListColumn extends Column {
  /** Left out where there are fewer columns. */
  readonly from?: number;
  readonly cell: (theme: Theme, fields: SubscriptionFields) => string;
}

const shown = (theme: Theme, value: string): string => plain(value, { ascii: theme.marks.ascii, limit: 80 });

const figure = (title: string, value: (fields: SubscriptionFields) => number, from = 0): ListColumn => ({
  title,
  align: 'right',
  from,
  cell: (theme, fields) => {
    const number = value(fields);
    return number === 0 ? theme.second('0') : count(number);
  },
});

const LIST: readonly ListColumn[] = [
  { title: '', cell: markOf },
  { title: 'topic', from: 84, cell: (theme, { topic }) => shown(theme, topic) },
  { title: 'endpoint', flexible: true, least: 8, cell: (theme, one) => theme.strong(endpointOf(theme, one)) },
  { title: 'protocol', from: 70, cell: (theme, { protocol }) => theme.second(protocol) },
  figure('delivered', ({ delivered }) => delivered),
  figure('filtered', ({ filteredOut }) => filteredOut),
  figure('retrying', ({ retrying }) => retrying),
  figure('dead', ({ deadLettered }) => deadLettered, 60),
  figure('lost', ({ lost }) => lost),
];

function markOf({ done, flight, bad, faint, marks }: Theme, fields: SubscriptionFields): string {
  if (!fields.confirmed) return faint(marks.delayed);
  if (fields.retrying > 0) return flight(marks.inFlight);
  return fields.lost > 0 ? bad(marks.refused) : done(marks.done);
}

/** Of an ARN the name; addresses whole. */
const endpointOf = (theme: Theme, { endpoint }: SubscriptionFields): string =>
  shown(theme, endpoint.startsWith('arn:') ? (/[^:/]+$/u.exec(endpoint)?.[0] ?? endpoint) : endpoint);

function listRows(
  theme: Theme,
  found: readonly ResourceView[],
  chosen: number,
  { columns, rows }: PaneSize,
): string[] {
  const shape = LIST.filter(({ from = 0 }) => columns >= from);
  const cells = found.map((one) => shape.map(({ cell }) => cell(theme, fieldsOf(one))));
  const table = tableLines(theme, shape, cells, columns - 2);
  const { first, end } = windowOf(table.rows.length, rows - 1, chosen, 0);
  const lines = table.rows
    .slice(first, end)
    .map((row, index) => cursorRow(theme, row, first + index === chosen, columns));
  return [` ${table.header}`, ...lines];
}
