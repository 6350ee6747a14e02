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

/** Rows as they look behind a popover: all faint, also what was not painted at all. */
export const veiled = (scene: Scene, rows: readonly string[]): readonly string[] =>
  scene.now.state.popover === undefined ? rows : rows.map(scene.bright.behind);
