/** The row of tabs where one pane is shown at a time: names while there is room, else numbers alone. */
import type { Circumstances } from '../keymap.ts';
import { cut, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { type PaneId, paneKey, panesOf, paneTitle } from '../panesOf.ts';
import { tabsNow } from '../tabsNow.ts';

export function tabsRow(
  theme: Theme,
  shown: PaneId | undefined,
  now: Circumstances,
  columns: number,
): string {
  const inLesson = now.lesson !== undefined || now.arena !== undefined;
  const panes = tabsNow(now, panesOf(inLesson));
  const focused = now.state.focus === shown;
  const label = (pane: PaneId, named: boolean): string => {
    const key = paneKey(pane, inLesson);
    const name = named ? `${key} ${paneTitle(pane, now.arena !== undefined)}` : key;
    if (pane !== shown) return ` ${theme.second(name)} `;
    if (!focused) return ` ${theme.strong(name)} `;
    return theme.accent(theme.marks.focusLeft) + theme.key(name) + theme.accent(theme.marks.focusRight);
  };
  // The shown pane keeps its name; the others lose theirs from the far end.
  const named = new Set<PaneId>(panes);
  const row = (): string => panes.map((pane) => label(pane, named.has(pane))).join('');
  for (const pane of [...panes].reverse()) {
    if (width(row()) <= columns) break;
    if (pane !== shown) named.delete(pane);
  }
  return cut(row(), columns, theme.marks.more);
}
