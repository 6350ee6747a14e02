/** The row of a pane in which one types what to find. */
import { plain } from '../paint/plain.ts';
import type { Theme } from '../paint/theme.ts';

/** `finding`: the field has the keys. */
export function findField(theme: Theme, find: string, finding: boolean, gutter: string): string {
  const end = finding ? theme.on.sel(' ') : `  ${theme.key('esc')} ${theme.second('shows all')}`;
  return `${gutter}${theme.key('/')} ${theme.strong(plain(find))}${end}`;
}
