/** The theme of what lies behind a popover: every role faint, no grounds, the same marks. */
import { ROLES } from './paint/palettes.ts';
import type { Paint, Theme } from './paint/theme.ts';

const asIs: Paint = (text) => text;

const faded = new WeakMap<Theme, Theme>();

export function fadedTheme(theme: Theme): Theme {
  const known = faded.get(theme);
  if (known !== undefined) return known;
  const roles = Object.fromEntries(ROLES.map((role) => [role, theme.faint])) as Record<
    (typeof ROLES)[number],
    Paint
  >;
  const made: Theme = {
    ...theme,
    ...roles,
    bold: asIs,
    inverse: asIs,
    underline: asIs,
    key: theme.faint,
    on: { ...theme.on, sel: asIs, pop: asIs },
    codes: () => theme.codes('faint', false),
  };
  faded.set(theme, made);
  return made;
}
