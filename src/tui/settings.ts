/** The settings of the screen, as rows of a popover. */
import type { Settings, ThemeChoice } from './host.ts';
import type { Shell } from './shell.ts';

const THEMES: readonly ThemeChoice[] = ['auto', 'dark', 'light', 'high-contrast', 'blue-orange', 'ansi'];
const FRAMES: readonly number[] = [0, 5, 10, 20];

export interface SettingRow {
  readonly label: string;
  readonly value: string;
  readonly about: string;
}

export const SETTING_COUNT = 4;

/** `languages`: of the course, its own first. */
export const settingRows = (settings: Settings, languages: readonly string[] = []): readonly SettingRow[] => [
  { label: 'Theme', value: settings.theme, about: 'auto asks the terminal for its ground' },
  {
    label: 'Frames a second',
    value: settings.fps === 0 ? 'no motion' : String(settings.fps),
    about: 'while something moves; fewer on a slow line',
  },
  { label: 'Marks', value: settings.ascii ? 'ASCII' : 'Unicode', about: 'ASCII where boxes look broken' },
  {
    label: 'Lessons in',
    value: languageOf(settings, languages),
    about:
      languages.length > 1
        ? 'where a text is translated; else as it was written'
        : 'the course is not translated',
  },
];

/** The language in which texts are shown: the wanted one, or its first part, where the course has it. */
const languageOf = ({ language }: Settings, languages: readonly string[]): string =>
  languages.find((each) => each === language || each === language?.split('-')[0]) ?? languages[0] ?? 'en';

/** The course's own language is no choice to keep. */
function withLanguage({ language: _language, ...settings }: Settings, next: string, own: string): Settings {
  return next === own ? settings : { ...settings, language: next };
}

const turn = <T>(list: readonly T[], value: T, by: 1 | -1): T =>
  list[(Math.max(0, list.indexOf(value)) + by + list.length) % list.length]!;

export function changeSetting(shell: Shell, row: number, by: 1 | -1): void {
  const { settings } = shell.host;
  if (row === 0) shell.host.change({ ...settings, theme: turn(THEMES, settings.theme, by) });
  else if (row === 1) shell.host.change({ ...settings, fps: turn(FRAMES, settings.fps, by) });
  else if (row === 2) shell.host.change({ ...settings, ascii: !settings.ascii });
  else {
    const { languages = [] } = shell.host;
    const next = turn(languages, languageOf(settings, languages), by) ?? 'en';
    shell.host.change(withLanguage(settings, next, languages[0] ?? 'en'));
  }
  // The settings are the host's: a change of our own state asks for the new picture.
  shell.store.update((state) => {
    state.notice = '';
  });
  shell.store.update((state) => {
    state.notice = undefined;
  });
}
