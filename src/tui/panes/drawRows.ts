/** The drawing test as rows: the ways, a picture, what was drawn of it, and what it came to. */
import { type Arrival, type ArrivalKind, countsOf, type Drawing, drawnBy } from '../../lessons/drawing.ts';
import type { DrawnPicture } from '../../lessons/drawingPictures.ts';
import { KIND_WORDS } from '../../lessons/drawingText.ts';
import { DRAWING_WAYS } from '../../lessons/drawingWays.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, padStart, spread, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

export function wayRows(theme: Theme, chosen: number, columns: number, height: number): string[] {
  const way = DRAWING_WAYS[chosen];
  const about = wrap(way?.about ?? '', Math.min(76, columns - 3)).map((row) => ` ${theme.second(row)}`);
  const room = Math.max(3, height - about.length - 2);
  const { first, end } = windowOf(DRAWING_WAYS.length, room, chosen, 0);
  const list = DRAWING_WAYS.slice(first, end).map(({ title }, index) => {
    const here = first + index === chosen;
    return cursorRow(theme, here ? theme.strong(title) : title, here, columns);
  });
  return ['', ...list, '', ...about].slice(0, height);
}

/** `offset`: columns that are left out at the left, where there is no room for all. */
const lineText = (theme: Theme, text: string, offset = 0): string =>
  [...plain(text, { ascii: theme.marks.ascii, limit: 200 })].slice(offset).join('').trimEnd();

/** A picture that is too wide shows its middle. */
const offsetOf = ({ lines }: DrawnPicture, room: number): number =>
  Math.max(0, Math.floor((Math.max(...lines.map((line) => [...line].length)) - room) / 2));

/** The picture as it was sent, from row `first` on. */
export function originalRows(
  theme: Theme,
  { lines }: DrawnPicture,
  first: number,
  columns: number,
  height: number,
): string[] {
  const offset = offsetOf({ name: '', lines }, columns - 5);
  return lines.slice(first, first + height).map((line, index) => {
    const number = theme.second(padStart(String(first + index + 1), 2));
    return cut(` ${number} ${lineText(theme, line, offset)}`, columns, theme.marks.more);
  });
}

const markOf = (theme: Theme, kind: ArrivalKind): string => {
  const { marks } = theme;
  if (kind === 'in order') return theme.done(marks.done);
  return kind === 'late' ? theme.flight(marks.up) : theme.bad(marks.slow);
};

/** From here on the word stands beside each mark; below, the legend has it. */
const WORDS_FROM = 46;

/** Lines in the order of arrival, from row `first` on. */
export function arrivalRows(
  theme: Theme,
  arrivals: readonly Arrival[],
  { lines }: DrawnPicture,
  first: number,
  columns: number,
  height: number,
): string[] {
  const offset = offsetOf({ name: '', lines }, columns - 7);
  return arrivals.slice(first, first + height).map(({ line, kind }) => {
    const number = theme.second(padStart(String(line), 2));
    const left = ` ${markOf(theme, kind)} ${number} ${lineText(theme, lines[line - 1] ?? '', offset)}`;
    if (columns < WORDS_FROM || kind === 'in order') return cut(left, columns, theme.marks.more);
    const word = kind === 'late' ? theme.flight(KIND_WORDS.late) : theme.bad(KIND_WORDS.twice);
    return spread(left, `${word} `, columns, theme.marks.more);
  });
}

/** The counts with mark and word, then the rule. */
export function countRows(
  theme: Theme,
  drawing: Drawing,
  shown: number,
  columns: number,
  height: number,
): string[] {
  const { inOrder, late, twice, missing } = countsOf(drawing, undefined, shown);
  const over = shown >= drawing.arrivals.length;
  const figure = (mark: string, value: number, word: string): string =>
    `${mark} ${theme.strong(String(value))} ${theme.second(word)}`;
  const counts = [
    figure(markOf(theme, 'in order'), inOrder, KIND_WORDS['in order']),
    figure(markOf(theme, 'late'), late, KIND_WORDS.late),
    figure(markOf(theme, 'twice'), twice, KIND_WORDS.twice),
    figure(theme.second(theme.marks.open), missing, over ? 'missing' : 'to come'),
  ].join(columns < 64 ? '  ' : '   ');
  const shares = drawing.way.readers.map(
    (name, reader) => `${name} ${drawnBy(drawing, reader, shown).length}`,
  );
  const parts = [` ${counts}`];
  if (shares.length > 1 && height >= 4) parts.push(` ${theme.second(`lines drawn: ${shares.join(', ')}`)}`);
  const rule = wrap(drawing.way.rule, Math.min(100, columns - 2)).map((row) => ` ${row}`);
  return [...parts, ...rule].map((row) => cut(row, columns, theme.marks.more)).slice(0, height);
}
