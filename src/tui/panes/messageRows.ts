/** The Messages pane: state, countdown and holder of each message of one queue. */
import type { MessageRow, ResourceView } from '../../contract/view.ts';
import { meter } from '../paint/bars.ts';
import { duration, exact } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, padEnd, padStart, width, wrap } from '../paint/text.ts';
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
  /** Whose path the stage draws. */
  readonly followed: string | undefined;
  /** Letters type: keys of the panes need Tab first. */
  readonly typing: boolean;
  /** Without a queue: there is a stream, whose records lie in shards. */
  readonly isStreamThere?: boolean;
  /** There is a broker, which keeps its own queues. */
  readonly isBrokerThere?: boolean;
}

const FIND_LIMIT = 2_000;

/** How many messages the queue holds. */
export const messageCount = (queue: ResourceView | undefined): number =>
  queue?.stock === undefined ? 0 : queue.stock.visible + queue.stock.inFlight + queue.stock.delayed;

export function messageRows(theme: Theme, model: MessagesModel, columns: number, height: number): string[] {
  if (model.queue === undefined) {
    const text = 'Messages are shown here, one a row, once there is a queue.';
    const before = model.typing ? 'tab ' : '';
    const shards: [string, string][] = model.isStreamThere
      ? [[`${before}K`, 'shows the shards of the stream']]
      : [];
    const brokers: [string, string][] = model.isBrokerThere
      ? [[`${before}M`, 'shows the broker with its own queues']]
      : [];
    return empty(theme, text, columns, [...shards, ...brokers, [`${before}n`, 'makes one, from a form']]);
  }
  const { rows, total, first } = visibleRows(model, height);
  if (total === 0) return emptyQueue(theme, model, columns);
  const shape = shapeOf(theme, model, rows, columns - 1);
  return rows.map((row, index) =>
    cursorRow(theme, messageRow(theme, model, row, shape), first + index === model.cursor, columns),
  );
}

interface Shape {
  readonly columns: number;
  readonly id: number;
  readonly body: number;
  readonly time: number;
  /** The countdown's bar gives way before the body does. */
  readonly bar: number;
}

/** Columns from what is in view: the body takes what the others leave, but no more than it needs. */
function shapeOf(theme: Theme, model: MessagesModel, rows: readonly MessageRow[], columns: number): Shape {
  const id = Math.max(4, ...rows.map((row) => model.idOf(row.messageId).length));
  const timed = rows.filter((row) => row.due !== undefined);
  const time = Math.max(6, ...timed.map((row) => duration(Math.max(0, row.due! - model.now)).length));
  const tailOf = (row: MessageRow, bar: number): number =>
    row.due === undefined
      ? receivedWords(row.receiveCount).length
      : bar + (bar > 0 ? 1 : 0) + time + width(holderPart(theme, row));
  const roomWith = (bar: number): number =>
    columns - (2 + id + 1 + 1 + STATE + 1 + Math.max(...rows.map((row) => tailOf(row, bar))));
  const bodies = rows.map((row) => width(bodyText(theme, row.body)));
  const wanted = Math.min(Math.max(...bodies), BODY_MAX);
  const comfort = Math.min(wanted, BODY_COMFORT);
  const bar = [BAR, BAR_SHORT].find((width) => roomWith(width) >= comfort) ?? 0;
  return { columns, id, body: Math.max(6, Math.min(wanted, roomWith(bar))), time, bar };
}

const BAR = 8;
const BAR_SHORT = 4;
const BODY_MAX = 60;
const BODY_COMFORT = 14;
const STATE = 7;

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
    .filter((row) =>
      `${row.messageId} ${row.body} ${row.holder ?? ''} ${row.group ?? ''}`.toLowerCase().includes(query),
    );
  const { first, end } = windowOf(found.length, height, model.cursor ?? 0, 0);
  return { rows: found.slice(first, end), total: found.length, first };
}

function messageRow(theme: Theme, model: MessagesModel, row: MessageRow, shape: Shape): string {
  const { marks } = theme;
  const ascii = marks.ascii;
  const mark = theme[roleOf(row)](marks[row.state]);
  const paintId = row.messageId === model.followed ? theme.key : theme.strong;
  const id = paintId(padEnd(model.idOf(row.messageId), shape.id));
  const text = padEnd(bodyText(theme, row.body), shape.body, marks.more);
  const state = theme[roleOf(row)](padEnd(stateWord(row), STATE));
  const group = row.group === undefined ? '' : `  ${theme.second(plain(row.group, { ascii, limit: 40 }))}`;
  const tail =
    row.due === undefined
      ? theme.second(receivedWords(row.receiveCount))
      : countdown(theme, model, row, shape);
  return cut(`${mark} ${id} ${text} ${state} ${tail}${group}`, shape.columns, marks.more);
}

/** In the envelope of SNS all begin alike: what it holds is shown, between the braces of the envelope. */
function bodyText({ marks }: Theme, body: string): string {
  const { ascii, more } = marks;
  const held = body.startsWith('{"Type":') ? HELD.exec(body)?.[1] : undefined;
  if (held === undefined) return plain(body, { ascii, limit: 200 });
  return `{${more} ${plain(JSON.parse(held) as string, { ascii, limit: 190 })} ${more}}`;
}

/** The member Message of an envelope, in its quotes. */
const HELD = /^\{"Type":\s*"Notification",.{0,400}?"Message":\s*("(?:[^"\\]|\\.)*")/su;

const roleOf = (row: MessageRow): 'visible' | 'flight' | 'delayed' =>
  row.state === 'inFlight' ? 'flight' : row.state;

const stateWord = (row: MessageRow): string => (row.state === 'inFlight' ? 'hidden' : row.state);

const receivedWords = (count: number): string =>
  count === 0 ? 'never received' : count === 1 ? 'received once' : `received ${exact(count)}×`;

function countdown(theme: Theme, model: MessagesModel, row: MessageRow, shape: Shape): string {
  const left = Math.max(0, (row.due ?? 0) - model.now);
  const from = row.state === 'delayed' ? row.sent : (row.received ?? row.sent);
  const whole = Math.max(1, (row.due ?? 0) - from);
  const role = roleOf(row);
  const bar = shape.bar === 0 ? '' : `${meter(theme, { ratio: left / whole, width: shape.bar, role })} `;
  return `${bar}${theme[role](padStart(duration(left), shape.time))}${holderPart(theme, row)}`;
}

/** Who holds it, and how often it has been received when that is news. */
function holderPart(theme: Theme, row: MessageRow): string {
  const times = row.receiveCount > 1 ? `  ${theme.second(`${row.receiveCount}×`)}` : '';
  const holder = row.holder === undefined ? '' : `  ${theme.second(plain(row.holder, { limit: 30 }))}`;
  return holder + times;
}

function emptyQueue(theme: Theme, model: MessagesModel, columns: number): string[] {
  const name = plain(model.queue?.name ?? '', { ascii: theme.marks.ascii });
  if (model.find !== undefined && model.find !== '') {
    return empty(theme, `No message of ${name} holds "${plain(model.find)}".`, columns, [
      ['esc', 'shows all'],
    ]);
  }
  return empty(theme, `${name} is empty.`, columns, [
    [model.typing ? '$' : 'i', `aws sqs send-message --queue-url ${name} --message-body hello`],
    [model.typing ? 'tab n' : 'n', 'a producer that sends by itself'],
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
    ...keys.flatMap(([key, says]) => keyed(theme, key, says, columns)),
  ];
}

/** A key and what it does; a long text goes on below, under itself. */
function keyed(theme: Theme, key: string, says: string, columns: number): string[] {
  const lead = Math.max(2, width(key) + 1);
  return wrap(says, columns - lead - 2).map((row, index) =>
    index === 0 ? ` ${theme.key(padEnd(key, lead - 1))} ${row}` : ` ${' '.repeat(lead)}${row}`,
  );
}
