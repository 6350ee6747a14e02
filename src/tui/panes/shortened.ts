/** Texts that give way between words. */
import { cut, width, wrap } from '../paint/text.ts';

/** Cut between words, with the mark for more. */
export function shortened(text: string, room: number, more: string): string {
  if (width(text) <= room) return text;
  const kept = text.slice(0, Math.max(0, room - 1));
  const at = kept.lastIndexOf(' ');
  return cut(at < room / 2 ? kept : kept.slice(0, at).replace(/[,;:]$/, ''), room - 1, more) + more;
}

/** Wrapped into a few rows; the last of them says when there is more. */
export function wrapped(text: string, room: number, rowsMax: number, more: string): string[] {
  const rows = wrap(text, room);
  if (rows.length <= rowsMax) return rows;
  const last = rows.slice(rowsMax - 1).join(' ');
  return [...rows.slice(0, rowsMax - 1), shortened(last, room, more)];
}
