/** The list of what may be typed next: six rows at most, its text column above the token. */
import type { Completion, CompletionItem } from '../host.ts';
import type { Rect } from '../layout.ts';
import { popoverLines } from '../paint/frame.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { padEnd, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { shortened } from './shortened.ts';

const ROWS_MAX = 6;
const PURPOSE_LEAST = 22;
/** Columns of purpose for which long names and ranges give way, where not all fits. */
const PURPOSE_GOOD = 34;
const NAMES_LEAST = 26;
const RANGES_LEAST = 10;

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
  const nameOf = (item: CompletionItem): string => item.label ?? item.text;
  const purposes = Math.max(0, ...items.map((item) => width(item.purpose ?? '')));
  const { names, ranges } = sharedOut(
    Math.min(34, Math.max(...items.map((item) => width(nameOf(item))))),
    Math.min(18, Math.max(0, ...items.map((item) => width(item.range ?? '')))),
    place.columns - 4 - 6 - Math.min(purposes, PURPOSE_GOOD),
  );
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
      item.required === true ? theme.strong(nameOf(item)) : nameOf(item),
      names,
      theme.marks.more,
    );
    const range =
      ranges > 0
        ? `  ${theme.visible(padEnd(rangeIn(item.range ?? '', ranges), ranges, theme.marks.more))}`
        : '';
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

/** The two left columns within `room`: the range gives way first, then the name, neither to nothing. */
function sharedOut(
  names: number,
  ranges: number,
  room: number,
): { readonly names: number; readonly ranges: number } {
  const over = Math.max(0, names + ranges - room);
  const fromRanges = Math.min(over, Math.max(0, ranges - RANGES_LEAST));
  const fromNames = Math.min(over - fromRanges, Math.max(0, names - NAMES_LEAST));
  return { names: names - fromNames, ranges: ranges - fromRanges };
}

/** A range without its unit where that has no room: `1–10` for `1–10 messages`. */
function rangeIn(range: string, room: number): string {
  if (width(range) <= room || !/^[\d–.,]+ /.test(range)) return range;
  const words = range.split(' ');
  while (words.length > 1 && width(words.join(' ')) > room) words.pop();
  return words.join(' ');
}
