/** The parsed Markdown of lessons as rows: prose never wider than 76 columns, command lines broken at options. */
import { type Block, parseSpans, type Span } from '../../lessons/markdown.ts';
import { plain } from '../paint/plain.ts';
import { cut, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

const PROSE_COLUMNS = 76;

export function blockRows(theme: Theme, blocks: readonly Block[], columns: number): string[] {
  const room = Math.min(columns, PROSE_COLUMNS);
  const rows: string[] = [];
  blocks.forEach((block, index) => {
    const tight = block.type === 'list' && blocks[index - 1]?.type === 'paragraph';
    if (index > 0 && !tight) rows.push('');
    rows.push(...rowsOf(theme, block, room, columns));
  });
  return rows;
}

function rowsOf(theme: Theme, block: Block, room: number, columns: number): string[] {
  switch (block.type) {
    case 'paragraph':
      return wrap(paintSpans(theme, block.spans), room);
    case 'list':
      return block.items.flatMap((item, index) => {
        const mark = block.ordered ? `${index + 1}.` : theme.marks.dot;
        return hanging(
          theme.second(mark),
          mark.length,
          wrap(paintSpans(theme, item), room - mark.length - 1),
        );
      });
    case 'fence':
      return block.lines.flatMap((line) => commandRows(theme, line, columns));
  }
}

/** A mark before the first row, and as much room before the others. */
export const hanging = (mark: string, cells: number, rows: readonly string[]): string[] =>
  rows.map((row, index) => (index === 0 ? `${mark} ${row}` : `${' '.repeat(cells + 1)}${row}`));

const STYLES = { bold: 'strong', code: 'visible' } as const;

function paintSpans(theme: Theme, spans: readonly Span[]): string {
  return spans
    .map(({ text, style }) => {
      const safe = plain(text, { ascii: theme.marks.ascii });
      if (style === undefined) return safe;
      return style === 'italic' ? theme.underline(safe) : theme[STYLES[style]](safe);
    })
    .join('');
}

/** One line of Markdown, for hints and sentences that are not blocks. */
export const inline = (theme: Theme, text: string): string => paintSpans(theme, parseSpans(text));

/** A command line, broken before its options as people write them. */
export function commandRows(theme: Theme, line: string, columns: number): string[] {
  const text = plain(line, { ascii: theme.marks.ascii }).trim();
  if (text.length <= columns) return [theme.visible(text)];
  const pieces = text.split(/ (?=--)/);
  const rows: string[] = [];
  let row = pieces[0] ?? '';
  for (const piece of pieces.slice(1)) {
    if (row.length + 1 + piece.length + 2 <= columns) {
      row += ` ${piece}`;
      continue;
    }
    rows.push(`${row} \\`);
    row = `  ${piece}`;
  }
  rows.push(row);
  return rows
    .flatMap((one) => (one.length <= columns ? [one] : wrap(one, columns)))
    .map((one) => theme.visible(cut(one, columns)));
}
