/**
 * Why: one sentence answers; then the rule, the values compared, the messages or groups as a table, when it changes,
 * and what would and would not have helped.
 */
import type { Why, WhyHost, WhyMark, WhyRow, WhyValue } from '../../contract/why.ts';
import { changeWords, rowChangeWords, sourceWords, valueWords } from '../../projection/whyText.ts';
import { notePageEnd, whyAsked } from '../actions/why.ts';
import { fullness, meter } from '../paint/bars.ts';
import { plain } from '../paint/plain.ts';
import { columnWidths, cursorRow } from '../paint/rows.ts';
import { cut, padEnd, width, wrap } from '../paint/text.ts';
import type { Role, Theme } from '../paint/theme.ts';
import type { Shell } from '../shell.ts';
import type { Popover } from '../store.ts';
import type { PopoverPicture, Room } from './drawing.ts';

const COLUMNS_MAX = 88;

type WhyPopover = Extract<Popover, { type: 'why' }>;

export function whyPicture(theme: Theme, shell: Shell, popover: WhyPopover, room: Room): PopoverPicture {
  const session = shell.world()?.session;
  const columns = Math.min(room.columns - 4, COLUMNS_MAX);
  const answer = session && whyAsked(session, popover.question);
  if (answer === undefined || !answer.ok) {
    const says = answer?.why ?? 'Nothing has been answered yet.';
    const rows = ['', ...paragraph(theme, sentence(says), columns, (text) => text), ''];
    return { frame: { title: 'Why?' }, rows, columns };
  }
  const { found } = answer;
  const ascii = theme.marks.ascii;
  const { rows, selectedAt } = allRows(theme, found, popover, columns);
  const height = Math.max(6, room.rows - 6);
  const most = Math.max(0, rows.length - height);
  notePageEnd(popover.question, most);
  const from = Math.min(most, Math.max(popover.scroll, selectedAt - height + 3));
  const shown = rows.slice(from, from + height);
  const left = rows.length - from - height;
  return {
    frame: {
      title: cut(`Why? ${plain(found.title, { ascii, limit: 120 })}`, columns - 24, theme.marks.more),
      scope: left > 0 ? `${left} ${left === 1 ? 'row' : 'rows'} more` : found.rule.name,
    },
    rows: shown,
    columns,
  };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function paragraph(theme: Theme, text: string, columns: number, paint: (line: string) => string): string[] {
  const safe = plain(text, { ascii: theme.marks.ascii, limit: 1_000 });
  return wrap(safe, columns - 6).map((line) => `  ${paint(line)}`);
}

interface Rows {
  readonly rows: readonly string[];
  /** Where the row under the cursor stands; 0: there is none. */
  readonly selectedAt: number;
}

function allRows(theme: Theme, why: Why, popover: WhyPopover, columns: number): Rows {
  const rows = [
    '',
    ...paragraph(theme, why.answer, columns, theme.strong),
    ...paragraph(theme, why.rule.says, columns, theme.normal),
    ...paragraph(theme, sourceWords(why), columns, theme.second),
  ];
  const section = (more: readonly string[]): void => {
    if (more.length > 0) rows.push('', ...more);
  };
  section(why.hosts === undefined ? [] : hostRows(theme, why.hosts, columns));
  section(valueRows(theme, why.values, columns));
  let selectedAt = 0;
  if (why.table !== undefined) {
    const at = Math.min(popover.selected, why.table.rows.length - 1);
    section(tableRows(theme, why.table, at, columns));
    // The cursor on the first row lets the page begin at its top.
    selectedAt = at === 0 ? 0 : rows.length - why.table.rows.length - (why.table.more > 0 ? 1 : 0) + at;
  }
  section([
    `  ${theme.second('When it changes')}`,
    ...paragraph(theme, changeWords(why.changes, why.at), columns, changePaint(theme, why)),
  ]);
  if (why.remedies.length > 0) section(remedyRows(theme, why, columns));
  return { rows: [...rows, ''], selectedAt };
}

/** An instant one can go to is the player's own colour. */
const changePaint = (theme: Theme, { changes }: Why): ((text: string) => string) =>
  changes.by === 'time' ? theme.accent : theme.normal;

const METER = 20;

function valueRows(theme: Theme, values: readonly WhyValue[], columns: number): string[] {
  const ascii = theme.marks.ascii;
  const safe = (text: string): string => plain(text, { ascii, limit: 200 });
  const cells = values.map((value) => [safe(value.label), ...valueWords(value).map(safe)] as const);
  const labels = Math.min(34, Math.max(0, ...cells.map(([label]) => width(label))));
  const figures = Math.min(28, Math.max(0, ...cells.map(([, is = '']) => width(is))));
  return cells.map(([label, is = '', against = ''], index) => {
    const bar = meterOf(theme, values[index]!);
    const line = `  ${theme.second(padEnd(label, labels))}  ${theme.visible(padEnd(is, figures))}  ${theme.second(against)}`;
    const room = columns - 4 - width(line);
    return bar !== '' && room >= METER + 2
      ? `${line}  ${bar}`
      : cut(line, columns - 3, theme.marks.more).trimEnd();
  });
}

/** Of two figures of one kind: how much of the second the first is. */
function meterOf(theme: Theme, { is, against }: WhyValue): string {
  const limit = against?.is;
  if (limit === undefined || is.unit === 'text' || is.unit === 'at' || limit.unit !== is.unit) return '';
  if (limit.value <= 0) return '';
  const ratio = is.value / limit.value;
  return meter(theme, { ratio, width: METER, role: fullness(ratio) });
}

const MARK_ROLES: Readonly<Record<WhyMark, Role>> = {
  visible: 'visible',
  inFlight: 'flight',
  delayed: 'delayed',
  dead: 'bad',
  yes: 'done',
  no: 'bad',
  working: 'done',
  idle: 'second',
};

function marked(theme: Theme, mark: WhyMark): string {
  const { marks } = theme;
  const drawn: Readonly<Record<WhyMark, string>> = {
    visible: marks.visible,
    inFlight: marks.inFlight,
    delayed: marks.delayed,
    dead: marks.dead,
    yes: marks.done,
    no: marks.dead,
    working: marks.working,
    idle: marks.open,
  };
  return theme[MARK_ROLES[mark]](drawn[mark]);
}

function tableRows(
  theme: Theme,
  { heads, rows, more }: NonNullable<Why['table']>,
  at: number,
  columns: number,
): string[] {
  const ascii = theme.marks.ascii;
  const cells = rows.map((row) =>
    [row.name, `${' '} ${row.state}`, row.reason, rowChangeWords(row.change)].map((text) =>
      plain(text, { ascii, limit: 120 }),
    ),
  );
  const shape = heads.map((title, index) => ({ title, flexible: index === 2, least: index === 2 ? 10 : 4 }));
  const wide = columnWidths(shape, cells, columns - 5);
  const line = (texts: readonly string[]): string =>
    texts.map((text, index) => padEnd(text, wide[index]!, theme.marks.more)).join('  ');
  const drawn = rows.map((row, index) =>
    cursorRow(
      theme,
      ` ${rowLine(theme, row, cells[index]!, wide)}`,
      index === at && rows.length > 1,
      columns - 2,
    ),
  );
  return [
    `  ${theme.second(line(heads))}`,
    ...drawn,
    ...(more > 0 ? [`  ${theme.second(`and ${more} more`)}`] : []),
  ];
}

function rowLine(theme: Theme, row: WhyRow, cells: readonly string[], wide: readonly number[]): string {
  const { more } = theme.marks;
  const [name = '', , reason = '', change = ''] = cells;
  const state = `${marked(theme, row.mark)} ${plain(row.state, { ascii: theme.marks.ascii, limit: 60 })}`;
  const paint = typeof row.change === 'number' ? theme.accent : theme.second;
  return [
    theme.strong(padEnd(name, wide[0]!, more)),
    padEnd(state, wide[1]!, more),
    padEnd(reason, wide[2]!, more),
    paint(cut(change, wide[3]!, more)),
  ].join('  ');
}

const HOST = 18;

/** As boxes, as many beside each other as there is room for. */
function hostRows(theme: Theme, hosts: readonly WhyHost[], columns: number): string[] {
  const { marks } = theme;
  const across = Math.max(1, Math.min(4, Math.floor((columns - 4) / (HOST + 2))));
  const rows: string[] = [];
  for (let start = 0; start < hosts.length; start += across) {
    const some = hosts.slice(start, start + across);
    const each = (draw: (host: WhyHost) => string): string => `  ${some.map(draw).join('  ')}`.trimEnd();
    rows.push(
      each((host) => {
        const title = ` host ${host.number} `;
        const rest = marks.line.repeat(HOST - 3 - title.length);
        return borderOf(theme, host)(`${marks.topLeft}${marks.line}${title}${rest}${marks.topRight}`);
      }),
      each((host) => {
        const edge = borderOf(theme, host)(marks.column);
        return `${edge} ${padEnd(heldBy(theme, host), HOST - 4, marks.more)} ${edge}`;
      }),
      each((host) => {
        const word = host.asked ? ` ${marks.up} asked ` : ' not asked ';
        const rest = marks.line.repeat(HOST - 3 - width(word));
        return borderOf(theme, host)(`${marks.bottomLeft}${marks.line}${word}${rest}${marks.bottomRight}`);
      }),
    );
  }
  return rows;
}

const borderOf = (theme: Theme, { asked }: WhyHost): ((text: string) => string) =>
  asked ? theme.normal : theme.second;

function heldBy(theme: Theme, { messages, more }: WhyHost): string {
  if (messages.length === 0) return theme.second('empty');
  const [first, ...others] = messages;
  const rest = others.length + more;
  return `${marked(theme, first!.mark)} ${first!.name}${rest > 0 ? theme.second(` and ${rest} more`) : ''}`;
}

function remedyRows(theme: Theme, { remedies }: Why, columns: number): string[] {
  const { marks } = theme;
  const drawn = {
    yes: theme.done(marks.done),
    maybe: theme.second(marks.open),
    no: theme.second(marks.dead),
  } as const;
  const ascii = marks.ascii;
  return [
    `  ${theme.second('What would help, and what would not')}`,
    ...remedies.flatMap(({ helps, text, line }) => [
      ...wrap(plain(text, { ascii, limit: 400 }), columns - 8).map(
        (row, index) => `  ${index === 0 ? drawn[helps] : ' '} ${row}`,
      ),
      ...(line === undefined
        ? []
        : [cut(`      ${theme.second('$')} ${plain(line, { ascii, limit: 400 })}`, columns - 3, marks.more)]),
    ]),
  ];
}
