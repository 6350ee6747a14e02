/** The Story pane: a chart that runs down, what can still happen below now, and the whole in short. */
import { foldStory, receiversOf, type StoryRow, timesWord } from '../../projection/storyFold.ts';
import type { Story, StoryItem, StoryNext } from '../../projection/storyTypes.ts';
import { exactInstant, later } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, padEnd, padStart, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { type LaneShape, laneHeads, lanesOf, StoryChart } from './storyChart.ts';
import { storySide } from './storySide.ts';

export interface StoryModel {
  readonly story: Story;
  readonly unfolded: ReadonlySet<number>;
  /** The row the cursor is on; undefined while the pane has no keys. */
  readonly cursor: number | undefined;
}

/** One line of the pane; those of one `entry` are chosen together. */
interface Line {
  readonly text: string;
  readonly entry: number;
}

const SIDE = 34;
const SIDE_FROM = 108;
const HOUR = 3_600_000;

/** What Enter acts on: the rows of the chart, in the order of the cursor. */
export const storyEntries = (story: Story, unfolded: ReadonlySet<number>): readonly StoryRow[] =>
  foldStory([...story.items, ...story.later], unfolded);

export function storyRows(theme: Theme, model: StoryModel, columns: number, height: number): string[] {
  const hasSide = columns >= SIDE_FROM;
  const main = hasSide ? columns - SIDE - 2 : columns;
  const layout = layoutOf(theme, model.story, main);
  const heads = headRows(theme, model.story, layout, height);
  const lines = linesOf(theme, model, layout);
  const room = Math.max(1, height - heads.length);
  const last = lines.at(-1)?.entry ?? 0;
  const cursor = model.cursor === undefined ? undefined : Math.min(model.cursor, last);
  const shown = windowed(lines, room, cursor).map(({ text, entry }) =>
    cursorRow(theme, text, entry === cursor, main),
  );
  const rows = [...heads.map((row) => ` ${row}`), ...shown];
  if (!hasSide) return rows;
  const side = storySide(theme, model.story, SIDE, height);
  return Array.from({ length: Math.min(height, Math.max(rows.length, side.length)) }, (_, at) =>
    side[at] === undefined ? (rows[at] ?? '') : `${padEnd(rows[at] ?? '', main)}  ${side[at]}`,
  );
}

interface Layout {
  readonly shape: LaneShape;
  /** Cells for the instant; 12 from the first hour on, with a day more. */
  readonly time: number;
  /** Cells for how much later it is; 0 where there is no room. */
  readonly since: number;
  readonly lanes: number;
  readonly words: number;
}

function layoutOf(theme: Theme, story: Story, columns: number): Layout {
  const longest = Math.max(story.now, ...story.later.map(({ at }) => at));
  const time = longest < HOUR ? 9 : exactInstant(longest).length;
  const since = columns >= 70 ? 11 : 0;
  const lead = 1 + time + since + 1;
  const shape = lanesOf(theme, story, columns - lead, columns >= 70 ? 30 : 24);
  const lanes = shape.each * shape.count;
  return { shape, time, since, lanes, words: Math.max(8, columns - lead - lanes - 1) };
}

function headRows(theme: Theme, story: Story, layout: Layout, height: number): string[] {
  const lead = ' '.repeat(layout.time + layout.since + 1);
  const [titles, names] = laneHeads(theme, story, layout.shape);
  const rows = height >= 16 ? [lead + titles, lead + names] : [lead + names];
  if (story.missing === undefined) return rows;
  const room = layout.time + layout.since + layout.lanes + layout.words;
  return [...wrap(`Not whole: ${story.missing}.`, room).map(theme.flight), ...rows];
}

function linesOf(theme: Theme, model: StoryModel, layout: Layout): Line[] {
  const { story, unfolded } = model;
  const chart = new StoryChart(theme, layout.shape);
  const lines: Line[] = [];
  const put = (entry: number, ...texts: readonly string[]): void => {
    for (const text of texts) lines.push({ text, entry });
  };
  const nowFirst = story.later[0]?.sequence ?? Number.POSITIVE_INFINITY;
  const rows = storyEntries(story, unfolded);
  let before: number | undefined;
  let isLater = false;
  rows.forEach((row, entry) => {
    const first = row.type === 'item' ? row.item : row.items[0]!;
    if (!isLater && first.sequence >= nowFirst) {
      isLater = true;
      put(Math.max(0, entry - 1), nowRow(theme, story, layout));
    }
    const texts =
      row.type === 'item'
        ? itemRows(theme, story, row.item, layout, chart, before)
        : foldRows(theme, row, layout, chart);
    put(entry, ...(isLater ? texts.map((text) => theme.behind(text)) : texts));
    before = row.type === 'item' ? row.item.at : row.items.at(-1)!.at;
  });
  let tail = rows.length;
  if (!isLater) put(Math.max(0, tail - 1), nowRow(theme, story, layout));
  for (const text of tailRows(theme, story, layout)) put(tail++, text);
  return lines;
}

/** An instant that says only what changed since the row before. */
function instantCell(at: number, before: number | undefined, cells: number): string {
  const whole = exactInstant(at);
  const text = cells < whole.length ? whole.slice(whole.length - cells) : whole;
  if (before === at) return ' '.repeat(cells);
  const sameSecond = before !== undefined && Math.floor(before / 1000) === Math.floor(at / 1000);
  return padStart(sameSecond ? text.slice(-4) : text, cells);
}

function itemRows(
  theme: Theme,
  story: Story,
  item: StoryItem,
  layout: Layout,
  chart: StoryChart,
  before: number | undefined,
): string[] {
  const time = theme.second(instantCell(item.at, before, layout.time));
  const passed = before === undefined || before === item.at ? '' : later(item.at - before);
  const since = layout.since === 0 ? '' : theme.faint(padStart(passed, layout.since));
  const cells = chart.item(item);
  const [first, ...more] = wordRows(theme, story, item, layout.words);
  const lead = ' '.repeat(layout.time + layout.since);
  return [`${time}${since} ${cells} ${first}`, ...more.map((text) => `${lead} ${chart.between()} ${text}`)];
}

/** Words, and behind or below them the detail. */
function wordRows(theme: Theme, story: Story, item: StoryItem, room: number): string[] {
  const ascii = theme.marks.ascii;
  const id = story.copies.length > 1 ? `${item.messageId.slice(0, 4)} ` : '';
  const to =
    item.to === undefined ? '' : ` ${item.dead === true ? 'goes to' : 'to'} ${story.lanes[item.to]!.name}`;
  const comma = item.dead === true && to !== '' ? ',' : '';
  const text = plain(`${id}${item.words}${comma}${to}`, { ascii, limit: 200 });
  const detail = item.detail === undefined ? '' : plain(item.detail, { ascii, limit: 200 });
  const paint =
    item.tone === 'bad' ? theme.bad : item.tone === 'quiet' ? theme.second : (plainText: string) => plainText;
  if (detail !== '' && text.length + detail.length + 2 <= room) {
    return [`${paint(text)}  ${theme.second(detail)}`];
  }
  const rows = wrap(text, room).slice(0, 2).map(paint);
  return detail === '' ? rows : [...rows, theme.second(cut(detail, room, theme.marks.more))];
}

function foldRows(
  theme: Theme,
  row: StoryRow & { readonly type: 'fold' },
  layout: Layout,
  chart: StoryChart,
): string[] {
  for (const item of row.items) chart.item(item);
  const lead = padEnd(theme.second(`${theme.marks.enter} unfolds`), layout.time + layout.since);
  const who = plain(receiversOf(row.items), { ascii: theme.marks.ascii, limit: 200 });
  return [
    `${lead} ${chart.between(true)} ${cut(theme.second(`${timesWord(row.rounds)}: ${who}`), layout.words, theme.marks.more)}`,
  ];
}

function nowRow(theme: Theme, story: Story, layout: Layout): string {
  const at = instantCell(story.now, undefined, layout.time);
  const rest = layout.since + layout.lanes + layout.words - 6;
  return `${theme.key(at)} ${theme.key('now')} ${theme.accent(theme.marks.idleLine.repeat(Math.max(0, rest)))}`;
}

function tailRows(theme: Theme, story: Story, layout: Layout): string[] {
  const room = Math.min(76, layout.time + layout.since + layout.lanes + layout.words);
  const rows: string[] = [];
  if (story.next.length > 0) {
    rows.push('', theme.second('What can still happen'));
    for (const next of story.next) rows.push(...nextRows(theme, next, room));
  }
  if (story.summary.length > 0) {
    const text = plain(story.summary.join(' '), { ascii: theme.marks.ascii });
    rows.push('', theme.second('In short'), ...wrap(text, room));
  }
  return rows;
}

function nextRows(theme: Theme, { where, what, how, at }: StoryNext, room: number): string[] {
  const { marks } = theme;
  const when = at === undefined ? '' : ` at ${exactInstant(at).replace(/\.\d+$/, '')}`;
  const lead = `in ${plain(where, { ascii: marks.ascii, limit: 20 })}  `;
  const text = plain(`${what}${when}`, { ascii: marks.ascii });
  return wrap(`${lead}${text}  ${theme.second(plain(how, { ascii: marks.ascii }))}`, room - 2).map(
    (row, index) => `${index === 0 ? theme.second(marks.open) : ' '} ${row}`,
  );
}

/** So that all lines of the chosen entry are in view; without a cursor, so that now is. */
function windowed(lines: readonly Line[], room: number, cursor: number | undefined): readonly Line[] {
  const at = cursor === undefined ? lines.length - 1 : lines.findLastIndex(({ entry }) => entry === cursor);
  const { first, end } = windowOf(lines.length, room, Math.max(0, at));
  return lines.slice(first, end);
}
