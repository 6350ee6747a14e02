import { describe, expect, it } from 'vitest';
import { ROLES } from '../../../src/tui/paint/palettes.ts';
import { width } from '../../../src/tui/paint/text.ts';
import { depthFrom, makeTheme } from '../../../src/tui/paint/theme.ts';

describe('theme', () => {
  it('returns to the outer colour after an inner one', () => {
    const theme = makeTheme();
    expect(theme.second(`a ${theme.strong('b')} c`)).toBe(
      '\u001b[38;2;160;168;183ma \u001b[1m\u001b[38;2;243;245;249mb\u001b[38;2;160;168;183m\u001b[22m c\u001b[39m',
    );
  });

  it('uses the colours of each depth', () => {
    expect(makeTheme({ depth: '256' }).visible('x')).toBe('\u001b[38;5;81mx\u001b[39m');
    expect(makeTheme({ depth: '16' }).bad('x')).toBe('\u001b[91mx\u001b[39m');
    expect(makeTheme({ depth: 'none' }).bad('x')).toBe('x');
    expect(makeTheme({ name: 'ansi' }).bad('x')).toBe('\u001b[91mx\u001b[39m');
  });

  it('keeps bold, dim and inverse without colour', () => {
    const theme = makeTheme({ depth: 'none' });
    expect(theme.strong('x')).toBe('\u001b[1mx\u001b[22m');
    expect(theme.key('x')).toBe('\u001b[1mx\u001b[22m');
    expect(theme.faint('x')).toBe('\u001b[2mx\u001b[22m');
    expect(theme.on.sel(`a${theme.visible('b')}`)).toBe('\u001b[7mab\u001b[27m');
    for (const role of ROLES) expect(theme[role]('x')).not.toContain('38;');
  });

  it('shows faint text on the selected row as second', () => {
    const theme = makeTheme();
    expect(theme.on.sel(theme.faint('x'))).toContain(theme.codes('second', false));
  });

  it('finds the depth from what the terminal says', () => {
    expect(depthFrom({ NO_COLOR: '1', COLORTERM: 'truecolor' })).toBe('none');
    expect(depthFrom({ COLORTERM: 'truecolor' })).toBe('truecolor');
    expect(depthFrom({ TERM: 'xterm-256color' })).toBe('256');
    expect(depthFrom({ TERM: 'xterm' })).toBe('16');
  });

  it('has marks of one cell in both sets', () => {
    const words = new Set([
      'enter',
      'upDown',
      'leftRight',
      'arrows',
      'toRight',
      'toLeft',
      'ascii',
      'heights',
    ]);
    for (const ascii of [true, false]) {
      const { marks } = makeTheme({ ascii });
      for (const [name, mark] of Object.entries(marks)) {
        if (!words.has(name)) expect(`${name} ${width(String(mark))}`).toBe(`${name} 1`);
      }
      expect(marks.heights.every((mark) => width(mark) === 1)).toBe(true);
    }
  });
});
