/** The Events pane: newest first, one sentence each. */
import type { EventView } from '../../projection/snapshot.ts';
import { instantShort } from '../paint/figures.ts';
import { cut, padEnd, width, wrap } from '../paint/text.ts';
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
  const time = Math.max(...shown.map(({ at }) => instantShort(at).length));
  return shown.slice(0, height).map(({ at, line }) => {
    const when = theme.second(padEnd(instantShort(at), time));
    const lead = `${when}  ${theme.second(padEnd(line.where, where, theme.marks.more))} ${theme[line.role](line.mark)} `;
    return lead + fitted(line.text, columns - width(lead), theme.marks.more);
  });
}

/** The last clauses of a sentence give way before a word is cut. */
function fitted(text: string, room: number, more: string): string {
  let shown = text;
  while (width(shown) > room) {
    const at = Math.max(shown.lastIndexOf(', '), shown.lastIndexOf(': '), shown.lastIndexOf('; '));
    if (at < 8) return cut(shown, room, more);
    shown = shown.slice(0, at);
  }
  return shown;
}

function emptyRows(theme: Theme, query: string, columns: number): string[] {
  const text =
    query === '' ? 'Nothing has happened. It will say so here when it does.' : `No event holds "${query}".`;
  return ['', ...wrap(text, columns).map((row) => theme.second(row))];
}
