/** The settings on the screen: among them the language of the lessons. */
import { expect, it } from 'vitest';
import type { Settings } from '../../src/tui/host.ts';
import { changeSetting, settingRows } from '../../src/tui/settings.ts';
import { ScreenDriver } from '../support/screenDriver.ts';

const LANGUAGE = 3;
const SETTINGS: Settings = { theme: 'dark', fps: 10, ascii: false };
const shown = (settings: Partial<Settings>, languages?: readonly string[]) =>
  settingRows({ ...SETTINGS, ...settings }, languages)[LANGUAGE];

it('name the language in which the course is shown, and say where it has no other', () => {
  expect(shown({}, ['en', 'de'])?.value).toBe('en');
  expect(shown({ language: 'de-AT' }, ['en', 'de'])?.value).toBe('de');
  expect(shown({ language: 'fr' }, ['en', 'de'])?.value).toBe('en');
  expect(shown({}, ['en'])?.about).toBe('the course is not translated');
});

it('change it with a key, and keep nothing for the language of the course itself', () => {
  const screen = new ScreenDriver({ columns: 80, rows: 24 });
  Object.defineProperty(screen.host, 'languages', { value: ['en', 'de'] });
  screen.press('ctrl-p').type('settings').press('enter', 'down', 'down', 'down', 'right');
  expect(screen.host.settings.language).toBe('de');
  expect(screen.frame()).toMatch(/Lessons in +de/);
  changeSetting(screen.shell, LANGUAGE, 1);
  expect('language' in screen.host.settings).toBe(false);
});
