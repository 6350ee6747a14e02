/** The Events pane: newest first, one sentence each. */
import type { EventView } from '../../projection/snapshot.ts';
import { instantShort } from '../paint/figures.ts';
import { cut, padEnd, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { type EventLine, eventLine } from './eventWords.ts';

export interface EventsModel {
  /** Oldest first. */
  readonly events: readonly EventView[];
  readonly idOf: (messageId: string) => string;
  readonly find: string | undefined;
  readonly scroll: number;
}

export function eventRows(theme: Theme, model: EventsModel, columns: number, height: number): string[] {
  const query = model.find?.toLowerCase() ?? '';
  const lines: { readonly at: number; readonly line: EventLine }[] = [];
  for (let index = model.events.length - 1; index >= 0 && lines.length < height + model.scroll; index--) {
    const event = model.events[index]!;
    const line = eventLine(theme, event, model.idOf);
    if (line === undefined) continue;
    if (query !== '' && !`${line.where} ${line.words}`.toLowerCase().includes(query)) continue;
    lines.push({ at: event.at, line });
  }
  if (lines.length === 0) return emptyRows(theme, query, columns);
  const shown = lines.slice(Math.min(model.scroll, Math.max(0, lines.length - height)));
  const where = Math.min(16, Math.max(6, ...shown.map(({ line }) => line.where.length)));
  return shown.slice(0, height).map(({ at, line }) => {
    const when = theme.second(padEnd(instantShort(at), 8));
    const row = `${when}  ${theme.second(padEnd(line.where, where, theme.marks.more))} ${theme[line.role](line.mark)} ${line.text}`;
    return cut(row, columns, theme.marks.more);
  });
}

function emptyRows(theme: Theme, query: string, columns: number): string[] {
  const text =
    query === '' ? 'Nothing has happened. It will say so here when it does.' : `No event holds "${query}".`;
  return ['', ...wrap(text, columns).map((row) => theme.second(row))];
}
