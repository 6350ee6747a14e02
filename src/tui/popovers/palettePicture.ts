/** The palette: everything one can do, with the key or command that does the same. */
import { keyLabel, keyTable } from '../keymap.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, padEnd, padStart, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { type Found, findEntries, paletteEntries } from '../palette.ts';
import type { Shell } from '../shell.ts';
import type { Popover } from '../store.ts';
import type { PopoverPicture, Room } from './drawing.ts';

const SECTION = 9;
const KEY = 5;

export function palettePicture(
  theme: Theme,
  shell: Shell,
  popover: Extract<Popover, { type: 'palette' }>,
  room: Room,
): PopoverPicture {
  const all = paletteEntries(shell, keyTable());
  const found = findEntries(all, popover.query);
  const columns = Math.min(room.columns - 4, 78);
  const inner = columns - 2;
  const listHeight = Math.max(3, Math.min(12, room.rows - 12));
  const { first, end } = windowOf(found.length, listHeight, popover.selected, 0);
  const rule = theme.faint(theme.marks.idleLine.repeat(inner));
  const rows = found.slice(first, end).map((one, index) => {
    const before = found[first + index - 1]?.entry.section;
    const section = index > 0 && before === one.entry.section ? '' : one.entry.section;
    return cursorRow(theme, row(theme, one, section, inner - 2), first + index === popover.selected, inner);
  });
  if (rows.length === 0) {
    rows.push(`  ${theme.second('Nothing has these letters.')}`);
    rows.push(`  ${theme.key('esc')} ${theme.second('closes; commands of AWS are typed in the prompt')}`);
  }
  while (rows.length < listHeight) rows.push('');
  const about = found[popover.selected]?.entry.about ?? '';
  const text = wrap(plain(about, { ascii: theme.marks.ascii, limit: 200 }), inner - 4).slice(0, 2);
  while (text.length < 2) text.push('');
  const query = plain(popover.query, { ascii: theme.marks.ascii });
  const field = `  ${theme.key(':')} ${theme.strong(query)}${theme.on.sel(' ')}`;
  return {
    frame: { title: 'Palette', scope: `${found.length} of ${all.length}` },
    rows: [field, rule, ...rows, rule, ...text.map((line) => `  ${theme.second(line)}`)],
    columns,
  };
}

function row(theme: Theme, found: Found, section: string, columns: number): string {
  const { entry } = found;
  const { marks } = theme;
  const key = entry.key === undefined ? '' : theme.key(keyLabel(entry.key, marks));
  const room = columns - SECTION - KEY - 2;
  const detail = cut(plain(entry.detail, { ascii: marks.ascii }), Math.floor(room * 0.42), marks.more);
  const titleRoom = room - width(detail) - 2;
  const title = plain(entry.title, { ascii: marks.ascii, limit: 80 });
  const painted = padEnd(highlight(theme, title, found.letters), titleRoom, marks.more);
  return ` ${theme.second(padEnd(section, SECTION))}${painted}  ${theme.second(detail)} ${padStart(key, KEY)}`;
}

function highlight(theme: Theme, title: string, letters: readonly number[]): string {
  if (letters.length === 0) return title;
  const wanted = new Set(letters);
  let result = '';
  let run = '';
  let on = false;
  const flush = (): void => {
    result += on ? theme.key(run) : run;
    run = '';
  };
  for (let index = 0; index < title.length; index++) {
    if (wanted.has(index) !== on) {
      flush();
      on = wanted.has(index);
    }
    run += title[index];
  }
  flush();
  return result;
}
