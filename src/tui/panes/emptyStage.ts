/** An empty stage: a faint sketch of what would be here, and the keys that make it so. */
import { padEnd, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

export interface EmptyStage {
  readonly columns: number;
  readonly rows: number;
  /** The prompt has the keys: letters type. */
  readonly typing: boolean;
}

export function emptyStageRows(theme: Theme, { columns, rows, typing }: EmptyStage): string[] {
  const { marks } = theme;
  const wire = theme.faint(marks.idleLine.repeat(7) + marks.right);
  const inner = 20;
  const title = ` ${theme.second('a queue, perhaps')} `;
  const top = theme.faint(marks.topLeft) + title + theme.faint(marks.line.repeat(inner - width(title)) + marks.topRight);
  const side = theme.faint(marks.column);
  const bottom = theme.faint(marks.bottomLeft + marks.line.repeat(inner) + marks.bottomRight);
  const sketch = [`${' '.repeat(10)}${top}`, `${wire}  ${side}${' '.repeat(inner)}${side}  ${wire}`, `${' '.repeat(10)}${bottom}`];
  const key = (name: string, says: string): string => `${theme.key(padEnd(name, 4))} ${says}`;
  const keys = typing
    ? [
        `${theme.second('type')} aws sqs create-queue --queue-name orders`,
        key('tab', `${theme.second('completes as you type')}`),
        key('esc', `${theme.second('to the panes; there,')} ${theme.key('n')} ${theme.second('opens a form')}`),
      ]
    : [
        key('n', theme.second('a new queue or app, from a form')),
        key('i', `${theme.second('type')} aws sqs create-queue --queue-name orders`),
        key('q', theme.second('home: lessons, worlds')),
      ];
  const words = [theme.second('This world is empty, and nothing is due.'), '', ...keys];
  const wide = Math.max(...words.map(width));
  const centred = (text: string, size: number): string => `${' '.repeat(Math.max(0, Math.floor((columns - size) / 2)))}${text}`;
  const block = [...sketch.map((row) => centred(row, 42)), '', ...words.map((row) => centred(row, wide))];
  const shown = block.length <= rows ? block : words.map((row) => centred(row, wide));
  const above = Math.max(0, Math.min(3, Math.floor((rows - shown.length) / 2)));
  return [...Array.from({ length: above }, () => ''), ...shown].slice(0, rows);
}
