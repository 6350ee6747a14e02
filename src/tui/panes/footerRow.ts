/** The last row: the keys that work now, from the key table. */
import {
  type Circumstances,
  footerBindings,
  keyTable,
  labelOf,
  saysOf,
  scopesOf,
  takesText,
} from '../keymap.ts';
import { keyRow } from '../paint/frame.ts';
import { padEnd } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

export function footerRow(theme: Theme, circumstances: Circumstances, columns: number): string {
  const hints = footerBindings(keyTable(), circumstances).map((binding) => ({
    key: labelOf(binding, theme.marks),
    label: saysOf(binding, circumstances),
  }));
  const scopes = scopesOf(circumstances);
  const typing = takesText(scopes) && !scopes.includes('emptyPrompt');
  const inHelp = circumstances.state.popover?.type === 'help';
  const last = inHelp ? undefined : { key: typing ? 'F1' : '?', label: 'help' };
  return theme.on.bar(padEnd(` ${keyRow(theme, hints, columns - 2, last)}`, columns));
}
