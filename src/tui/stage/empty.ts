/** What stands on the stage of a world in which nothing is: a sketch, and the keys that make something. */
import { cut, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { Size } from './plan.ts';

interface EmptyKey {
  readonly key: string;
  /** One word: `new …`, `type`. */
  readonly label: string;
  readonly text: string;
}

export interface EmptyInput {
  readonly title?: string;
  readonly keys: readonly EmptyKey[];
}

const DEFAULT_TITLE = 'This world is empty, and its clock stands still.';

function sketch(theme: Theme): string[] {
  const { marks } = theme;
  const word = ' a queue, perhaps ';
  const box = 26;
  const arrow = marks.idleLine.repeat(7) + marks.right;
  const blank = ' '.repeat(10);
  const top = `${marks.topLeft}${word}${marks.line.repeat(box - 2 - word.length)}${marks.topRight}`;
  const inside = `${marks.column}${' '.repeat(box - 2)}${marks.column}`;
  return [
    blank + theme.faint(marks.topLeft) + theme.second(word) + theme.faint(top.slice(word.length + 1)),
    `${theme.faint(arrow)}  ${theme.faint(inside)} ${theme.faint(arrow)}`,
    blank + theme.faint(marks.bottomLeft + marks.line.repeat(box - 2) + marks.bottomRight),
  ];
}

/** Rows for the whole inside of the pane, top row first; lower rows are left out when there is no room. */
export function emptyStage(theme: Theme, size: Size, input: EmptyInput): string[] {
  const labels = Math.max(0, ...input.keys.map((key) => width(key.label)));
  const keys = input.keys.map(
    (key) =>
      `${theme.key(key.key)} ${theme.second(key.label)}${' '.repeat(labels - width(key.label))}  ${theme.second(key.text)}`,
  );
  const title = theme.strong(input.title ?? DEFAULT_TITLE);
  const drawn = sketch(theme);
  const least = keys.length + 2;
  const hasSketch = size.height >= least + drawn.length + 2 && size.width >= 56;
  const block = [...(hasSketch ? [...drawn, ''] : []), title, '', ...keys];
  const widest = Math.max(...block.map(width));
  const left = Math.max(1, Math.floor((size.width - widest) / 2));
  const above = Math.max(0, Math.min(2, size.height - block.length));
  const rows = [...Array.from({ length: above }, () => ''), ...block].slice(0, size.height);
  return rows.map((row) =>
    row === '' ? '' : ' '.repeat(left) + cut(row, size.width - left, theme.marks.more),
  );
}
