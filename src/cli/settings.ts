/** The player's settings of the screen: kept in the data folder, overridden by flags. */
import type { GlobalFlags } from '../flags.ts';
import { exists, readText, writeText } from '../platform/files.ts';
import { dataFolders } from '../platform/folders.ts';
import { askBackground, type TerminalTraits } from '../platform/terminal.ts';
import { attemptRead, parseJson, ReadProblem } from '../session/strictJson.ts';
import type { Settings, ThemeChoice } from '../tui/host.ts';
import { type ColourDepth, makeTheme, type Theme } from '../tui/paint/theme.ts';

const THEMES: readonly ThemeChoice[] = ['auto', 'dark', 'light', 'high-contrast', 'blue-orange', 'ansi'];
const DEFAULTS: Settings = { theme: 'auto', fps: 10, ascii: false };

/** A file that cannot be read counts for nothing: settings are quickly made again. */
function stored(): Settings {
  const { settings: path } = dataFolders();
  if (!exists(path)) return DEFAULTS;
  const read = attemptRead((): Settings => {
    const place = parseJson(readText(path, 100_000));
    const language = place.optional('language', (item) => item.text(20));
    return {
      theme: place.optional('theme', (item) => item.oneOf(THEMES)) ?? DEFAULTS.theme,
      fps: place.optional('fps', (item) => item.integer(0, 60)) ?? DEFAULTS.fps,
      ascii: place.optional('ascii', (item) => item.boolean()) ?? DEFAULTS.ascii,
      ...(language === undefined ? {} : { language }),
    };
  });
  return read instanceof ReadProblem ? DEFAULTS : read;
}

/** The language in which lessons are shown where they have it. */
export const storedLanguage = (): string | undefined => stored().language;

export function settingsFor(flags: GlobalFlags, terminal: TerminalTraits): Settings {
  const kept = stored();
  const theme = THEMES.find((name) => name === flags.theme);
  return {
    ...kept,
    theme: theme ?? kept.theme,
    fps: flags.fps ?? kept.fps,
    ...(flags.language === undefined ? {} : { language: flags.language }),
    ascii: flags.ascii === true || kept.ascii || !terminal.unicode,
  };
}

export const storeSettings = (settings: Settings): void => {
  writeText(dataFolders().settings, `${JSON.stringify(settings, null, 1)}\n`);
};

const DEPTHS: Readonly<Record<TerminalTraits['colours'], ColourDepth>> = {
  0: 'none',
  16: '16',
  256: '256',
  16777216: 'truecolor',
};

/** How settings become a theme; the terminal is asked for its ground once, and only if nobody chose. */
export async function themes(
  settings: Settings,
  terminal: TerminalTraits,
): Promise<(settings: Settings) => Theme> {
  const ground = settings.theme === 'auto' && terminal.fullScreen ? await askBackground() : undefined;
  const made = new Map<string, Theme>();
  return ({ theme, ascii }) => {
    const key = `${theme} ${ascii}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const name = theme === 'auto' ? (ground ?? 'dark') : theme;
    const fresh = makeTheme({ name, ascii, depth: DEPTHS[terminal.colours] });
    made.set(key, fresh);
    return fresh;
  };
}
