/** Why: the rule behind what was answered last, or behind what is selected. */
import { wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { Shell } from '../shell.ts';
import type { Popover } from '../store.ts';
import type { PopoverPicture, Room } from './drawing.ts';

export function whyPicture(
  theme: Theme,
  _shell: Shell,
  _popover: Extract<Popover, { type: 'why' }>,
  room: Room,
): PopoverPicture {
  const columns = Math.min(room.columns - 4, 76);
  const text = 'Nothing has been answered yet. The rule behind an answer is explained here.';
  const rows = ['', ...wrap(theme.second(text), columns - 4).map((row) => ` ${row}`), ''];
  return { frame: { title: 'Why' }, rows, columns };
}
