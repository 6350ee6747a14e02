/** The Console: what was typed and what came back, newest at the bottom; long answers are folded to six rows. */
import type { LineError, LineResult } from '../../command/console.ts';
import type { ConsoleEntry, Running } from '../../session/sessionTypes.ts';
import { meter } from '../paint/bars.ts';
import { duration } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, spread, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

const FOLDED_ROWS = 6;
/** Rows of a long line that was typed, and of a long usage text: what it ends with is what is wrong. */
const ECHO_ROWS = 3;
const USAGE_ROWS = 4;
/** Rows of one answer that are painted at most, unfolded. */
const UNFOLDED_ROWS = 2_000;

interface Size {
  readonly columns: number;
  readonly height: number;
}

export interface ConsoleModel {
  readonly entries: readonly ConsoleEntry[];
  readonly running: Running | undefined;
  readonly now: number;
  readonly unfolded: readonly number[];
  readonly find: string | undefined;
  /** Counted from the newest; undefined while the pane has no keys. */
  readonly cursor: number | undefined;
  /** Rows scrolled up from the bottom. */
  readonly scroll: number;
  /** Entries that do not count in the present fork, by id: faint, and said to be undone. */
  readonly undone?: ReadonlySet<number>;
}

export function consoleRows(theme: Theme, model: ConsoleModel, columns: number, height: number): string[] {
  const entries = found(model);
  if (entries.length === 0) return emptyRows(theme, model.find, columns);
  const lines: string[] = [];
  const cursor = model.cursor === undefined ? undefined : Math.min(model.cursor, entries.length - 1);
  const wanted = height + model.scroll;
  let cursorEnd = 0;
  // From the newest up, until the rows in view are there.
  for (let back = 0; back < entries.length; back++) {
    if (lines.length >= wanted && (cursor === undefined || back > cursor)) break;
    const entry = entries[entries.length - 1 - back]!;
    const rows = countingRows(theme, entry, model, { columns, height }, cursor === back);
    lines.unshift(...rows);
    if (cursor === back) cursorEnd = lines.length;
  }
  // The chosen entry's first row is kept in view.
  const scroll = cursor === undefined ? model.scroll : Math.max(0, cursorEnd - height);
  const end = Math.max(Math.min(height, lines.length), lines.length - scroll);
  const shown = lines.slice(Math.max(0, end - height), end);
  return [...Array.from({ length: Math.max(0, height - shown.length) }, () => ''), ...shown];
}

function found(model: ConsoleModel): readonly ConsoleEntry[] {
  const query = model.find?.toLowerCase();
  if (query === undefined || query === '') return model.entries;
  return model.entries.filter((entry) =>
    `${entry.line} ${entry.result?.output ?? ''} ${entry.result?.error?.text ?? ''}`
      .toLowerCase()
      .includes(query),
  );
}

function emptyRows(theme: Theme, find: string | undefined, columns: number): string[] {
  if (find !== undefined && find !== '')
    return ['', theme.second(`Nothing here holds "${cut(plain(find), 30)}".`)];
  const text = 'What you type, and what comes back, is shown here. Press tab while typing: it completes.';
  return ['', ...wrap(text, Math.min(76, columns)).map((row) => theme.second(row))];
}

/** An entry that was undone is still there to be read. */
function countingRows(
  theme: Theme,
  entry: ConsoleEntry,
  model: ConsoleModel,
  size: Size,
  chosen: boolean,
): string[] {
  const { columns } = size;
  const rows = entryRows(theme, entry, model, size, chosen);
  if (model.undone?.has(entry.id) !== true) return rows;
  const faded = rows.map((row, index) => (chosen && index === 0 ? row : theme.behind(row)));
  return [...faded, ...ours(theme, 'undone: it is not in this fork', columns)];
}

function entryRows(
  theme: Theme,
  entry: ConsoleEntry,
  model: ConsoleModel,
  { columns, height }: Size,
  chosen: boolean,
): string[] {
  const { result } = entry;
  const open = model.unfolded.includes(entry.id);
  const rows = echoRows(theme, entry, columns, { chosen, open });
  if (result === undefined) return [...rows, waitingRow(theme, entry, model, columns)];
  const said = errorRows(theme, result, columns);
  if (result.error?.kind === 'usage') {
    rows.push(...folded(theme, outputRows(theme, result, columns, open), open, columns));
    rows.push(...foldedUsage(theme, said, open, columns));
  } else {
    const answer = [...outputRows(theme, result, columns, open), ...said];
    rows.push(...folded(theme, answer, open, columns, isProse(result) ? height - rows.length : undefined));
  }
  rows.push(...remarkRows(theme, result, columns));
  for (const note of result.notes) rows.push(...ours(theme, note, columns));
  return rows;
}

function echoRows(
  theme: Theme,
  entry: ConsoleEntry,
  columns: number,
  { chosen, open }: { readonly chosen: boolean; readonly open: boolean },
): string[] {
  const ascii = theme.marks.ascii;
  const line = (entry.result?.echo || entry.line).trimEnd();
  const sign =
    entry.by === 'you' ? theme.faint('$') : theme.faint(`${plain(entry.by, { ascii, limit: 20 })} $`);
  const lead = entry.by === 'you' ? 2 : width(sign) + 1;
  const at = entry.result?.error?.kind === 'usage' && line === entry.line ? entry.result.error.at : undefined;
  const text = at === undefined ? plain(line, { ascii, lines: true }) : underlined(theme, line, at, ascii);
  const all = wrap(text, columns - lead);
  const wrapped = open || all.length <= ECHO_ROWS + 1 ? all : all.slice(0, ECHO_ROWS);
  if (wrapped.length < all.length) {
    const rest = theme.accent(restWord(theme, all.length - ECHO_ROWS));
    wrapped[ECHO_ROWS - 1] = spread(wrapped[ECHO_ROWS - 1] ?? '', rest, columns - lead, theme.marks.more);
  }
  return wrapped.map((row, index) => {
    const whole = index === 0 ? `${sign} ${theme.strong(row)}` : `${' '.repeat(lead)}${theme.strong(row)}`;
    return chosen && index === 0 ? theme.on.sel(padEnd(whole, columns)) : whole;
  });
}

function underlined(theme: Theme, line: string, at: { from: number; to: number }, ascii: boolean): string {
  const part = (from: number, to?: number): string => plain(line.slice(from, to), { ascii, lines: true });
  return part(0, at.from) + theme.flight(theme.underline(part(at.from, at.to))) + part(at.to);
}

function waitingRow(theme: Theme, entry: ConsoleEntry, model: ConsoleModel, columns: number): string {
  const { running, now } = model;
  if (running === undefined || running.line !== entry.line) {
    return `  ${theme.delayed(theme.marks.delayed)} ${theme.second('waits for its turn')}`;
  }
  const mark = theme.flight(theme.marks.inFlight);
  if (running.until === undefined) return `  ${mark} ${theme.second('under way')}`;
  const whole = Math.max(1, running.until - running.since);
  const left = Math.max(0, running.until - now);
  // A call that is answered in a few milliseconds needs no countdown.
  if (whole < 1_000) return `  ${mark} ${theme.second('under way')}`;
  const bar = meter(theme, { ratio: left / whole, width: Math.min(20, columns - 40), role: 'flight' });
  const word = running.wait.type === 'sleep' ? 'sleeps' : 'waits';
  return `  ${mark} ${theme.second(word)} ${bar} ${theme.flight(duration(left))}   ${theme.key('esc')} ${theme.second('gives up')}`;
}

/** While folded a line too long for its row is cut; opened, it goes on below. */
function outputRows(theme: Theme, result: LineResult, columns: number, open: boolean): string[] {
  if (result.output === '') return [];
  const text = plain(result.output, { lines: true, ascii: theme.marks.ascii, limit: 200_000 });
  const rows: string[] = [];
  for (const line of text.split('\n')) {
    if (rows.length >= UNFOLDED_ROWS) break;
    const indent = Math.min(/^ */.exec(line)![0].length, 16);
    if (width(line) <= columns) rows.push(paintJson(theme, line));
    else if (!open && isHandle(line)) rows.push(paintJson(theme, cut(line, columns, theme.marks.more)));
    else {
      // A long word, a URL or a handle, stays whole where it fits at all.
      const longest = Math.max(...line.trim().split(' ').map(width));
      const hang = longest > columns ? indent + 2 : Math.min(indent + 2, columns - longest);
      const wrapped = wrap(line.trim(), columns - hang);
      const first = width(wrapped[0] ?? '') + indent <= columns ? indent : hang;
      rows.push(
        ...wrapped.map((row, index) => paintJson(theme, ' '.repeat(index === 0 ? first : hang) + row)),
      );
    }
  }
  return rows;
}

/** One long word, as receipt handles and iterators are: nobody reads its end. */
const isHandle = (line: string): boolean => /^\s*("\w+": )?"[\w+/=|:-]{80,}",?$/.test(line);

/** Names of members in second colour, so that values stand out. */
function paintJson(theme: Theme, row: string): string {
  const match = /^(\s*)("(?:[^"\\]|\\.)*")(:)(.*)$/.exec(row);
  if (match === null) return /^[\s{}[\],]*$/.test(row) ? theme.second(row) : row;
  return `${match[1]}${theme.second(`${match[2]}${match[3]}`)}${match[4]}`;
}

function errorRows(theme: Theme, result: LineResult, columns: number): string[] {
  const { error } = result;
  if (error === undefined) return [];
  const ascii = theme.marks.ascii;
  const text = plain(error.text.trim(), { lines: true, ascii, limit: 8_000 });
  const refused = error.kind === 'refused';
  const mark = refused ? theme.bad(theme.marks.refused) : theme.flight(theme.marks.dead);
  const rows = wrap(coloured(theme, text, error), columns - 2).map((row, index) =>
    index === 0 ? `${mark} ${row}` : `  ${row}`,
  );
  return rows;
}

/** What is ours, below the answer and never folded away: why, what was meant. */
function remarkRows(theme: Theme, result: LineResult, columns: number): string[] {
  const { error } = result;
  if (error === undefined) return [];
  const ascii = theme.marks.ascii;
  const rows: string[] = [];
  if (error.why !== undefined && error.why !== '') rows.push(...ours(theme, error.why, columns));
  if (error.didYouMean !== undefined && error.didYouMean !== '') {
    rows.push(
      `${theme.faint(theme.marks.dot)} ${theme.second('did you mean')} ${theme.accent(plain(error.didYouMean, { ascii }))}`,
    );
  }
  if (result.tolerated) rows.push(...ours(theme, 'A refusal was expected here: || true.', columns));
  return rows;
}

function coloured(theme: Theme, text: string, error: LineError): string {
  if (error.kind !== 'refused' || error.code === undefined) return text;
  const code = plain(error.code);
  return text.replace(code, theme.bad(theme.bold(code)));
}

/** What is ours, not AWS's: faint mark, second colour. */
function ours(theme: Theme, text: string, columns: number): string[] {
  const safe = plain(text, { ascii: theme.marks.ascii, lines: true });
  return wrap(safe, Math.min(columns - 2, 100)).map((row, index) =>
    index === 0 ? `${theme.faint(theme.marks.dot)} ${theme.second(row)}` : `  ${theme.second(row)}`,
  );
}

/** An answer of ours begins with what matters: the pane shows its beginning, however low it is. */
const isProse = ({ output }: LineResult): boolean => !/^\s*[{[]/u.test(output);

/** `room`: rows that the pane has for it. */
function folded(
  theme: Theme,
  rows: readonly string[],
  open: boolean,
  columns: number,
  room = FOLDED_ROWS + 1,
): readonly string[] {
  const most = Math.max(2, Math.min(FOLDED_ROWS, room));
  // One row more is shown rather than folded, where there is room.
  if (open || rows.length <= (room > most ? most + 1 : most)) return rows;
  const shown = rows.slice(0, most);
  const rest = restWord(theme, rows.length - most);
  shown[most - 1] = spread(shown[most - 1] ?? '', theme.accent(rest), columns, theme.marks.more);
  return shown;
}

const restWord = (theme: Theme, count: number): string => `+${count} lines ${theme.marks.enter}`;

/** Of a usage text the first row and the end, where the error is; blank rows give way. */
function foldedUsage(
  theme: Theme,
  rows: readonly string[],
  open: boolean,
  columns: number,
): readonly string[] {
  if (open || rows.length <= FOLDED_ROWS) return rows;
  const end = rows
    .slice(1)
    .filter((row) => row.trim() !== '')
    .slice(1 - USAGE_ROWS + 1);
  const rest = theme.accent(restWord(theme, rows.length - 1 - end.length));
  return [spread(rows[0] ?? '', rest, columns, theme.marks.more), ...end];
}
