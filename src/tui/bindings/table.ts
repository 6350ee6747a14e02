/** All bindings, innermost first where two have a scope in common. */
import type { Binding } from '../keymap.ts';
import { GLOBAL } from './global.ts';
import { HOME, HOME_FIND } from './home.ts';
import { LESSON } from './lesson.ts';
import { PANES } from './panes.ts';
import { POPOVERS } from './popovers.ts';
import { PROMPT } from './prompt.ts';

let table: readonly Binding[] | undefined;

/** Made at the first use: the popovers' bindings read it themselves. */
export function keyTable(): readonly Binding[] {
  table ??= [...POPOVERS, ...HOME_FIND, ...HOME, ...LESSON, ...PANES, ...PROMPT, ...GLOBAL];
  return table;
}
