/** What every part of the screen is drawn from. */
import type { Circumstances } from '../keymap.ts';
import type { Theme } from '../paint/theme.ts';
import type { Shell } from '../shell.ts';

export interface Scene {
  readonly shell: Shell;
  readonly theme: Theme;
  /** Also under a popover: what is not faded. */
  readonly bright: Theme;
  readonly now: Circumstances;
  readonly columns: number;
  readonly rows: number;
}
