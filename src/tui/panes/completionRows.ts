/** The list of what may be typed next: six rows at most, its text column above the token. */
import type { Completion } from '../host.ts';
import type { Rect } from '../layout.ts';
import { popoverLines } from '../paint/frame.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { padEnd, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { shortened } from './shortened.ts';

const ROWS_MAX = 6;
const PURPOSE_LEAST = 22;

export interface CompletionList {
  readonly rect: Rect;
  readonly lines: readonly string[];
}

/** `tokenColumn`: where the token begins on the prompt's row; the list ends just above `promptRow`. */
export function completionList(
  theme: Theme,
  completion: Completion,
  selected: number,
  place: { readonly tokenColumn: number; readonly promptRow: number; readonly columns: number },
): CompletionList {
  const { items } = completion;
  const names = Math.min(34, Math.max(...items.map((item) => width(item.text))));
  const ranges = Math.min(18, Math.max(0, ...items.map((item) => width(item.range ?? ''))));
  const purposes = Math.max(0, ...items.map((item) => width(item.purpose ?? '')));
  const wanted = 2 + names + (ranges > 0 ? 2 + ranges : 0) + (purposes > 0 ? 2 + purposes : 0) + 1;
  const least = names + (ranges > 0 ? 2 + ranges : 0) + (purposes > 0 ? PURPOSE_LEAST : 0) + 3;
  const beside = place.columns - Math.max(0, place.tokenColumn - 2) - 2;
  // Where all has no room beside the token, purposes are shortened before the list moves away from it.
  const room = beside >= least ? beside : place.columns - 4;
  const inner = Math.min(room, Math.max(30, wanted));
  const { first, end } = windowOf(items.length, ROWS_MAX, selected, 0);
  const rows = items.slice(first, end).map((item, index) => {
    const chosen = first + index === selected;
    const name = padEnd(
      item.required === true ? theme.strong(item.text) : item.text,
      names,
      theme.marks.more,
    );
    const range = ranges > 0 ? `  ${theme.visible(padEnd(item.range ?? '', ranges))}` : '';
    const left = inner - 1 - width(name) - width(range) - 3;
    const purpose =
      left > 8 ? `  ${theme.second(shortened(item.purpose ?? '', left, theme.marks.more))}` : '';
    return cursorRow(theme, (chosen ? theme.strong(name) : name) + range + purpose, chosen, inner);
  });
  const columns = inner + 2;
  const x = Math.max(0, Math.min(place.columns - columns, place.tokenColumn - 2));
  const scope = items.length > ROWS_MAX ? `${selected + 1} of ${items.length}` : '';
  const title = completion.title === '' ? 'next' : completion.title;
  const lines = popoverLines(theme, { title, scope }, rows, columns);
  return { rect: { x, y: place.promptRow - lines.length, width: columns, height: lines.length }, lines };
}
