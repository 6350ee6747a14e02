/** Two forks side by side: where they part and why, then each figure with a bar to the better or the worse side. */
import { type ComparedFigure, type Comparison, differs } from '../../projection/comparison.ts';
import { causeLines, changeText, figureText, ownerOf } from '../../projection/comparisonText.ts';
import type { FoundComparison } from '../../session/comparison.ts';
import type { Session } from '../../session/sessionTypes.ts';
import { instantShort } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, padStart, spread, width, wrap } from '../paint/text.ts';
import type { Role, Theme } from '../paint/theme.ts';

interface Kept {
  readonly key: string;
  readonly found: FoundComparison;
}

/** One comparison a session: both are walked through again, which is too much for each frame. */
const kept = new WeakMap<Session, Kept>();

/** While time passes the last one stays; it is made anew when the clock stands still somewhere else. */
export function comparisonOf(session: Session, pair: readonly [number, number]): FoundComparison {
  const { branches, now, current } = session.timeline();
  const ends = pair.map((id) => {
    const branch = branches[id];
    return `${id} ${branch?.head} ${branch?.commands.length} ${id === current ? now : ''}`;
  });
  const key = ends.join('/');
  const before = kept.get(session);
  const isSamePair = before?.key.startsWith(`${pair[0]} `) === true && before.key.includes(`/${pair[1]} `);
  if (before !== undefined && isSamePair && (before.key === key || session.moving)) return before.found;
  const found = session.insight.compare(...pair);
  kept.set(session, { key, found });
  return found;
}

const BAR = 8;
const CHANGE = 7;
const FIGURE_MAX = 12;

export function comparisonRows(
  theme: Theme,
  found: FoundComparison,
  columns: number,
  height: number,
): string[] {
  if (!found.ok) return ['', ...wrap(found.why, columns).map(theme.second)];
  const { comparison } = found;
  const ascii = theme.marks.ascii;
  const name = (text: string): string => plain(text, { ascii, limit: 40 });
  const title = `${theme.strong(name(comparison.a))} ${theme.second('against')} ${theme.strong(name(comparison.b))}`;
  const rows = [
    spread(title, theme.second(`both to ${instantShort(comparison.at)}`), columns, theme.marks.more),
    ...differenceRows(theme, comparison, columns),
  ];
  const trade = wrap(plain(comparison.summary.join(' '), { ascii }), Math.min(76, columns));
  const changed = comparison.figures.filter(differs);
  const room = height - rows.length - 2;
  const withTrade =
    comparison.first !== undefined && room - trade.length - 1 >= Math.min(3, changed.length) + 1;
  const figures = withTrade ? room - trade.length - 1 : room;
  if (changed.length > 0 && figures > 1)
    rows.push('', ...figureRows(theme, comparison, changed, columns, figures));
  if (withTrade) rows.push('', ...trade);
  return rows.slice(0, height);
}

function differenceRows(theme: Theme, comparison: Comparison, columns: number): string[] {
  const { a, b, first, unsearched } = comparison;
  const ascii = theme.marks.ascii;
  if (first === undefined) {
    return wrap(unsearched ?? 'They do not differ: every event is the same.', columns).map(theme.second);
  }
  const lead = `${theme.second('first difference')}  ${theme.key(instantShort(first.at))}`;
  const side = (name: string, words: string): string =>
    cut(plain(`${name}: ${words}`, { ascii, limit: 200 }), columns - 2, theme.marks.more);
  const causes = causeLines(comparison).map((line) =>
    theme.second(cut(plain(`because of ${line}`, { ascii, limit: 300 }), columns, theme.marks.more)),
  );
  return [lead, `  ${side(a, first.a.words)}`, `  ${side(b, first.b.words)}`, ...causes];
}

/** Those with a better side first: they are what one compares for. */
function figureRows(
  theme: Theme,
  { a, b }: Comparison,
  changed: readonly ComparedFigure[],
  columns: number,
  height: number,
): string[] {
  const { marks } = theme;
  const sorted = [...changed].sort(
    (one, other) => Number(other.better !== undefined) - Number(one.better !== undefined),
  );
  const shown = sorted.slice(0, height - 1);
  const hasBar = columns >= 70;
  const tail = 2 * (FIGURE_MAX + 1) + (hasBar ? 2 * BAR + 3 : 0) + CHANGE + 2;
  const labels = Math.max(
    10,
    Math.min(columns - tail, Math.max(...shown.map((one) => width(labelOf(theme, one))))),
  );
  const cell = (text: string): string => padStart(text, FIGURE_MAX, marks.more);
  const title = (name: string): string => cell(plain(name, { ascii: marks.ascii, limit: 40 }));
  const more = sorted.length > shown.length ? `${sorted.length - shown.length} more` : '';
  const head = `${padEnd(theme.second(more), labels)} ${theme.second(title(a))} ${theme.second(title(b))}`;
  return [
    head,
    ...shown.map((figure) => {
      const values = `${cell(figureText(figure.unit, figure.a))} ${theme.strong(cell(figureText(figure.unit, figure.b)))}`;
      const role = roleOf(figure);
      const change = theme[role](padStart(plain(changeText(figure), { ascii: marks.ascii }), CHANGE));
      return `${padEnd(labelOf(theme, figure), labels, marks.more)} ${values}${hasBar ? `  ${bar(theme, figure, role)}` : ''} ${change}`;
    }),
  ];
}

const labelOf = ({ marks }: Theme, figure: ComparedFigure): string => {
  const owner = plain(ownerOf(figure), { ascii: marks.ascii, limit: 30 });
  return owner === '' ? figure.label : `${owner} ${figure.label}`;
};

/** Green where the right one is better, amber where it is worse. */
const roleOf = ({ better }: ComparedFigure): Role =>
  better === undefined ? 'second' : better === 'b' ? 'done' : 'flight';

/** From the middle to the left what became less, to the right what became more. */
function bar(theme: Theme, { a = 0, b = 0 }: ComparedFigure, role: Role): string {
  const { marks } = theme;
  const part = Math.min(1, Math.abs(b - a) / Math.max(1e-12, Math.min(Math.abs(a), 1e12)));
  const cells = a === b ? 0 : Math.max(1, Math.round(part * BAR));
  const filled = theme[role](marks.full.repeat(cells));
  const blank = ' '.repeat(BAR - cells);
  const middle = theme.faint(marks.column);
  return b < a
    ? `${blank}${filled}${middle}${' '.repeat(BAR)}`
    : `${' '.repeat(BAR)}${middle}${filled}${blank}`;
}
