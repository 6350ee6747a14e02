/** The Messages pane: state, countdown and holder of each message of one queue. */
import type { MessageRow, ResourceView } from '../../contract/view.ts';
import { meter } from '../paint/bars.ts';
import { duration, exact } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, padEnd, padStart, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

export interface MessagesModel {
  /** The queue shown; undefined when there is none. */
  readonly queue: ResourceView | undefined;
  readonly now: number;
  /** Rows from an index on. */
  readonly rows: (from: number, limit: number) => readonly MessageRow[];
  readonly idOf: (messageId: string) => string;
  readonly find: string | undefined;
  readonly cursor: number | undefined;
}

const FIND_LIMIT = 2_000;

/** How many messages the queue holds. */
export const messageCount = (queue: ResourceView | undefined): number =>
  queue?.stock === undefined ? 0 : queue.stock.visible + queue.stock.inFlight + queue.stock.delayed;

export function messageRows(theme: Theme, model: MessagesModel, columns: number, height: number): string[] {
  if (model.queue === undefined) {
    return empty(theme, 'Messages are shown here, one a row, once there is a queue.', columns, [
      ['n', 'makes one'],
    ]);
  }
  const { rows, total, first } = visibleRows(model, height);
  if (total === 0) return emptyQueue(theme, model, columns);
  const body = columns >= 70 ? Math.min(28, Math.floor(columns * 0.28)) : Math.max(8, Math.min(14, columns - 50));
  return rows.map((row, index) =>
    cursorRow(theme, messageRow(theme, model, row, body, columns - 1), first + index === model.cursor, columns),
  );
}

function visibleRows(
  model: MessagesModel,
  height: number,
): { readonly rows: readonly MessageRow[]; readonly total: number; readonly first: number } {
  const query = model.find?.toLowerCase() ?? '';
  if (query === '') {
    const total = messageCount(model.queue);
    const { first, end } = windowOf(total, height, model.cursor ?? 0, 0);
    return { rows: model.rows(first, end - first), total, first };
  }
  const found = model
    .rows(0, FIND_LIMIT)
    .filter((row) => `${row.messageId} ${row.body} ${row.holder ?? ''} ${row.group ?? ''}`.toLowerCase().includes(query));
  const { first, end } = windowOf(found.length, height, model.cursor ?? 0, 0);
  return { rows: found.slice(first, end), total: found.length, first };
}

function messageRow(theme: Theme, model: MessagesModel, row: MessageRow, body: number, columns: number): string {
  const { marks } = theme;
  const ascii = marks.ascii;
  const mark = theme[roleOf(row)](marks[row.state]);
  const id = theme.strong(padEnd(model.idOf(row.messageId), 5));
  const text = padEnd(plain(row.body, { ascii, limit: 200 }), body, marks.more);
  const state = theme[roleOf(row)](padEnd(stateWord(row), 8));
  const group = row.group === undefined ? '' : `  ${theme.second(plain(row.group, { ascii, limit: 40 }))}`;
  const tail = row.due === undefined ? theme.second(receivedWords(row.receiveCount)) : countdown(theme, model, row);
  return cut(`${mark} ${id}${text} ${state} ${tail}${group}`, columns, marks.more);
}

const roleOf = (row: MessageRow): 'visible' | 'flight' | 'delayed' =>
  row.state === 'inFlight' ? 'flight' : row.state;

const stateWord = (row: MessageRow): string => (row.state === 'inFlight' ? 'hidden' : row.state);

const receivedWords = (count: number): string =>
  count === 0 ? 'never received' : count === 1 ? 'received once' : `received ${exact(count)}×`;

function countdown(theme: Theme, model: MessagesModel, row: MessageRow): string {
  const left = Math.max(0, (row.due ?? 0) - model.now);
  const from = row.state === 'delayed' ? row.sent : (row.received ?? row.sent);
  const whole = Math.max(1, (row.due ?? 0) - from);
  const role = roleOf(row);
  const bar = meter(theme, { ratio: left / whole, width: 8, role });
  const times = row.receiveCount > 1 ? `  ${theme.second(`${row.receiveCount}×`)}` : '';
  const holder = row.holder === undefined ? '' : `  ${theme.second(plain(row.holder, { limit: 30 }))}`;
  return `${bar} ${theme[role](padStart(duration(left), 8))}${holder}${times}`;
}

function emptyQueue(theme: Theme, model: MessagesModel, columns: number): string[] {
  const name = plain(model.queue?.name ?? '', { ascii: theme.marks.ascii });
  if (model.find !== undefined && model.find !== '') {
    return empty(theme, `No message of ${name} holds "${plain(model.find)}".`, columns, [['esc', 'shows all']]);
  }
  return empty(theme, `${name} is empty.`, columns, [
    ['i', `aws sqs send-message --queue-url ${name} --message-body hello`],
    ['n', 'a producer that sends by itself'],
  ]);
}

export function empty(
  theme: Theme,
  text: string,
  columns: number,
  keys: readonly (readonly [string, string])[],
): string[] {
  return [
    '',
    ...wrap(text, columns - 2).map((row) => ` ${theme.second(row)}`),
    ...(keys.length > 0 ? [''] : []),
    ...keys.map(([key, says]) => cut(` ${theme.key(padEnd(key, 5))} ${says}`, columns, theme.marks.more)),
  ];
}
