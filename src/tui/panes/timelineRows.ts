/** The Timeline: one band a branch hanging from where it was forked, load above, refusals below, a cursor at now. */
import type { ResourceView } from '../../contract/view.ts';
import type { BranchView, TimelineView } from '../../session/sessionTypes.ts';
import { spark } from '../paint/bars.ts';
import { count, instantShort } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

export interface TimelineModel {
  readonly timeline: TimelineView;
  /** Instants of what happened in the current branch, and of what was refused there. */
  readonly happened: readonly number[];
  readonly refused: readonly number[];
  /** The branch under the cursor; undefined while the pane has no keys. */
  readonly cursor: number | undefined;
  readonly resources: readonly ResourceView[];
}

interface Axis {
  readonly from: number;
  readonly to: number;
  readonly cells: number;
}

const LABELS = 14;
const SPAN_MIN = 60_000;

export function timelineRows(theme: Theme, model: TimelineModel, columns: number, height: number): string[] {
  const { timeline } = model;
  const axis = axisOf(timeline, columns);
  const rows: string[] = [cursorRowOf(theme, axis, timeline.now)];
  const bands = timeline.branches.map((branch, index) => band(theme, model, axis, branch, index));
  const each = height - 4 >= bands.length * 3 ? 3 : 2;
  const room = Math.max(1, Math.floor((height - 4) / each));
  const at = Math.max(
    0,
    timeline.branches.findIndex((branch) => branch.id === timeline.current),
  );
  const focus = model.cursor ?? at;
  const first = Math.max(0, Math.min(bands.length - room, focus - room + 1));
  for (const rowsOfBand of bands.slice(first, first + room)) rows.push(...rowsOfBand.slice(0, each));
  rows.push(...axisRows(theme, axis));
  const hidden = bands.length - Math.min(room, bands.length);
  if (hidden > 0) rows.push(theme.second(`${hidden} more forks`));
  else if (timeline.past)
    rows.push(
      theme.second('This is the past, to look at. A command given here starts a fork; nothing is lost.'),
    );
  if (height - rows.length >= 8) rows.push(...belowRows(theme, model, columns, height - rows.length));
  return rows.slice(0, height).map((row) => cut(row, columns, theme.marks.more));
}

function axisOf(timeline: TimelineView, columns: number): Axis {
  const heads = timeline.branches.map((branch) => branch.head as number);
  const to = Math.max(SPAN_MIN, timeline.now, ...heads);
  const firsts = timeline.branches.flatMap((branch) =>
    branch.commands.slice(0, 1).map((command) => command.at as number),
  );
  // A world that waited for days before its first command shows from there on.
  const first = Math.min(timeline.now, ...firsts, ...heads);
  const from = first > (to - first) * 2 ? first : 0;
  return { from, to, cells: Math.max(10, columns - LABELS - 6) };
}

const cellOf = (axis: Axis, at: number): number =>
  Math.max(
    0,
    Math.min(
      axis.cells - 1,
      Math.floor(((at - axis.from) / Math.max(1, axis.to - axis.from)) * (axis.cells - 1)),
    ),
  );

function cursorRowOf(theme: Theme, axis: Axis, now: number): string {
  const label = instantShort(now);
  const at = LABELS + cellOf(axis, now);
  const start = Math.max(
    0,
    Math.min(LABELS + axis.cells - label.length - 2, at - Math.floor(label.length / 2)),
  );
  return `${' '.repeat(start)}${theme.key(label)} ${theme.accent(theme.marks.down)}`;
}

function counts(axis: Axis, instants: readonly number[]): number[] {
  const cells = new Array<number>(axis.cells).fill(0);
  for (const at of instants) {
    const cell = cellOf(axis, at);
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  return cells;
}

function band(theme: Theme, model: TimelineModel, axis: Axis, branch: BranchView, index: number): string[] {
  const { timeline } = model;
  const { marks } = theme;
  const current = branch.id === timeline.current;
  const chosen = model.cursor === index;
  const name = plain(branch.name, { ascii: marks.ascii, limit: 40 });
  const gutter = chosen ? theme.accent(marks.cursor) : ' ';
  const label = padEnd(current ? theme.strong(name) : theme.second(name), LABELS - 2, marks.more);
  const instants = instantsOf(model, branch);
  const from = branch.forkedAt === undefined ? 0 : cellOf(axis, branch.forkedAt);
  const end = cellOf(axis, branch.head);
  const chart = chartCells(theme, counts(axis, instants), from, end, branch.forkedAt !== undefined);
  const nowCell = current ? cellOf(axis, timeline.now) : undefined;
  const line = nowCell === undefined ? chart : replaceCell(chart, nowCell, theme.accent(marks.chosen));
  const tail = current && !timeline.past ? theme.second(' now') : theme.second(' end');
  const below = current ? spark(theme, counts(axis, model.refused), 'bad') : '';
  const commands = branch.commands.length;
  const about = theme.second(padEnd(commands === 1 ? '1 command' : `${commands} commands`, LABELS - 1));
  return [`${gutter} ${label}${line.join('')}${tail}`, ` ${about}${below}`, ''];
}

/** One painted cell a column, from the left end of the axis to the branch's head. */
function chartCells(
  theme: Theme,
  values: readonly number[],
  from: number,
  end: number,
  forked: boolean,
): string[] {
  const { marks } = theme;
  const highest = Math.max(1, ...values);
  return values.slice(0, end + 1).map((value, cell) => {
    if (cell < from) return ' ';
    if (cell === from && forked) return theme.accent(marks.bottomLeft);
    if (value === 0) return theme.faint(marks.dot);
    const level = Math.min(7, Math.ceil((value / highest) * 8) - 1);
    return theme.visible(marks.heights[level] ?? '');
  });
}

function replaceCell(cells: readonly string[], at: number, text: string): string[] {
  const padded = [...cells];
  while (padded.length <= at) padded.push(' ');
  padded[at] = text;
  return padded;
}

function axisRows(theme: Theme, axis: Axis): string[] {
  const { marks } = theme;
  const ticks = Math.max(2, Math.min(7, Math.floor(axis.cells / 16)));
  let line = '';
  let names = '';
  for (let tick = 0; tick < ticks; tick++) {
    const at = axis.from + ((axis.to - axis.from) * tick) / (ticks - 1);
    const cell = cellOf(axis, at);
    line = line.padEnd(cell, marks.line) + marks.cross;
    const label = instantShort(Math.round(at / 100) * 100);
    const start = Math.max(0, Math.min(axis.cells + 4 - label.length, cell - Math.floor(label.length / 2)));
    if (tick === 0 || start > width(names) + 1) names = names.padEnd(start) + label;
  }
  const lead = ' '.repeat(LABELS);
  return [theme.faint(lead + line), theme.second(lead + names)];
}

/** The log holds the current branch; up to where it was forked that is its parent's too. */
function instantsOf({ timeline, happened }: TimelineModel, branch: BranchView): readonly number[] {
  if (branch.id === timeline.current) return happened;
  const commands = branch.commands.map((command) => command.at as number);
  const current = timeline.branches.find((other) => other.id === timeline.current);
  if (current?.parent !== branch.id) return commands;
  const shared = current.forkedAt ?? 0;
  return [...happened.filter((at) => at <= shared), ...commands.filter((at) => at > shared)];
}

/** Where there is room: the figures at this instant, and the commands that led to it. */
function belowRows(
  theme: Theme,
  { timeline, resources }: TimelineModel,
  columns: number,
  height: number,
): string[] {
  const { marks } = theme;
  const branch = timeline.branches.find((other) => other.id === timeline.current);
  const before = (branch?.commands ?? []).filter((command) => command.at <= timeline.now);
  const kept = resources
    .filter((resource) => resource.stock !== undefined)
    .slice(0, Math.max(1, Math.floor((height - 5) / 2)));
  const names = Math.max(8, ...kept.map((resource) => width(resource.name)));
  const rows = ['', theme.second(`At ${instantShort(timeline.now)}`)];
  for (const resource of kept) {
    const { visible, inFlight, delayed } = resource.stock ?? { visible: 0, inFlight: 0, delayed: 0 };
    const name = theme.strong(padEnd(plain(resource.name, { ascii: marks.ascii }), names, marks.more));
    const figure = (mark: string, value: number, word: string): string =>
      padEnd(`${mark} ${count(value)} ${word}`, 17);
    rows.push(
      `${name}  ${theme.visible(figure(marks.visible, visible, 'visible'))}${theme.flight(figure(marks.inFlight, inFlight, 'in flight'))}${theme.delayed(figure(marks.delayed, delayed, 'delayed').trimEnd())}`,
    );
  }
  if (kept.length === 0) rows.push(theme.second('No queue is there yet.'));
  rows.push(
    '',
    theme.second(
      before.length === 0 ? 'No command has been given yet.' : 'Commands up to here, newest first',
    ),
  );
  for (const command of before.slice(-Math.max(1, height - rows.length)).reverse()) {
    const line = plain(command.line, { ascii: marks.ascii, limit: 300 });
    const when = theme.second(padEnd(instantShort(command.at), 8));
    rows.push(cut(`${when}  ${theme.second(padEnd(plain(command.by), 8))} ${line}`, columns, marks.more));
  }
  return rows;
}
