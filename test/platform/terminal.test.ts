import { describe, expect, test } from 'vitest';
import { isLightAnswer, obeyNoColour, traits } from '../../src/platform/terminal.ts';

const tty = { isTTY: true as const, columns: 120, rows: 36 };
const of = (environment: Record<string, string>, platform = 'linux') =>
  traits(environment, { isTTY: true }, tty, platform);

describe('the full screen', () => {
  test('needs a terminal at both ends', () => {
    expect(of({ TERM: 'xterm-256color' }).fullScreen).toBe(true);
    expect(traits({}, { isTTY: false } as never, tty).why).toBe('the input is not a terminal');
    expect(traits({}, { isTTY: true }, { isTTY: false, columns: 80, rows: 24 } as never).why).toBe(
      'the output is not a terminal',
    );
  });
  test('is not for a dumb terminal', () => {
    expect(of({ TERM: 'dumb' }).fullScreen).toBe(false);
  });
});

test.each([
  [{ TERM: 'xterm-256color' }, 256],
  [{ TERM: 'xterm', COLORTERM: 'truecolor' }, 16_777_216],
  [{ TERM: 'xterm' }, 16],
  [{ TERM: 'xterm', COLORTERM: 'truecolor', NO_COLOR: '1' }, 0],
  [{ TERM: 'xterm', NO_COLOR: '' }, 16],
  [{ TERM: 'dumb' }, 0],
])('%j has %d colours', (environment, colours) => {
  expect(of(environment as Record<string, string>).colours).toBe(colours);
});

test.each([
  [{ LANG: 'en_GB.UTF-8' }, 'linux', true],
  [{ LANG: 'C' }, 'linux', false],
  [{ LANG: 'en_GB.UTF-8', LC_ALL: 'POSIX' }, 'linux', false],
  [{ TERM: 'linux', LANG: 'en_GB.UTF-8' }, 'linux', false],
  [{}, 'linux', true],
  [{ WT_SESSION: 'x' }, 'win32', true],
  [{}, 'win32', false],
])('%j on %s: Unicode %s', (environment, platform, unicode) => {
  expect(of(environment as Record<string, string>, platform).unicode).toBe(unicode);
});

test('NO_COLOR reaches chalk as FORCE_COLOR=0', () => {
  const environment: NodeJS.ProcessEnv = { NO_COLOR: '1' };
  obeyNoColour(environment);
  expect(environment.FORCE_COLOR).toBe('0');
  const without: NodeJS.ProcessEnv = { NO_COLOR: '' };
  obeyNoColour(without);
  expect(without.FORCE_COLOR).toBeUndefined();
});

test('a background is light or dark by its luminance', () => {
  expect(isLightAnswer('\x1b]11;rgb:ffff/ffff/ffff\x07')).toBe(true);
  expect(isLightAnswer('\x1b]11;rgb:1d1d/2121/2a2a\x1b\\')).toBe(false);
  expect(isLightAnswer('\x1b]11;rgb:f/f/0\x07')).toBe(true);
  expect(isLightAnswer('hello')).toBeUndefined();
});
