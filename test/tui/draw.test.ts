/** The drawing test on the screen. */
import { describe, expect, it } from 'vitest';
import { beginDraw } from '../../src/tui/actions/draw.ts';
import { fitsIn } from '../../src/tui/renderFrame.tsx';
import { startDrawClock } from '../../src/tui/useDrawClock.ts';
import { ScreenDriver, type Size } from '../support/screenDriver.ts';

const WIDE: Size = { columns: 120, rows: 36 };
const ROUGH = 2;

const begun = (way: number, size = WIDE): ScreenDriver => {
  const screen = new ScreenDriver(size);
  beginDraw(screen.shell, { way, picture: 0, seed: 5 });
  return screen;
};

describe('the drawing test', () => {
  it('is opened from home by key, row and palette, and left with esc', () => {
    const screen = new ScreenDriver(WIDE);
    expect(screen.frame()).toMatch(/Drawing test +a picture, line by line/);
    expect(screen.press('d').frame()).toContain('Competing consumers');
    expect(screen.press('esc').frame()).toContain('Learn');
    expect(screen.press('ctrl-p').type('drawing test').press('enter').frame()).toContain(
      'msg-playground › draw',
    );
  });

  it('draws line by line, marks what is out of order and twice, and says the rule', () => {
    const screen = begun(ROUGH);
    expect(screen.frame()).toMatch(/arrived 0\/14/);
    expect(screen.frame()).toMatch(/○ 13 to come/);
    screen.press('right', 'right');
    expect(screen.frame()).toMatch(/arrived 2\/14/);
    screen.press('enter');
    const frame = screen.frame();
    expect(frame).toMatch(/▲ +\d+ .*out of order/);
    expect(frame).toMatch(/▣ 1 twice +○ 0 missing/);
    expect(frame).toContain('At least once');
    expect(screen.press('left').frame()).toMatch(/arrived 13\/14/);
  });

  it('plays on by itself until all is there, and holds', () => {
    const screen = begun(0);
    expect(screen.shell.store.get().draw.playing).toBe(true);
    startDrawClock(screen.shell)();
    screen.press('space');
    expect(screen.shell.store.get().draw.playing).toBe(false);
    screen.press('space', 'enter');
    expect(screen.shell.store.get().draw).toMatchObject({ playing: false, shown: 13 });
    expect(screen.press('space').frame()).toMatch(/arrived 0\/13/);
  });

  it('goes by another chance with the next seed', () => {
    const screen = begun(1).press('enter');
    const before = screen.frame();
    expect(screen.press('s', 'enter').frame()).not.toBe(before);
    expect(screen.press('S', 'enter').frame()).toBe(before);
  });

  it.each([WIDE, { columns: 80, rows: 24 }, { columns: 60, rows: 16 }])('fits $columns × $rows', (size) => {
    for (const way of [ROUGH, 4]) {
      const screen = begun(way, size).press('enter');
      expect(fitsIn(screen.frame(), size.columns, size.rows)).toBe(true);
      screen.press('up', 'pagedown');
      expect(fitsIn(screen.frame(), size.columns, size.rows)).toBe(true);
      screen.press('esc');
      expect(fitsIn(screen.frame(), size.columns, size.rows)).toBe(true);
    }
  });

  it('can be read without Unicode', () => {
    const screen = new ScreenDriver({ columns: 80, rows: 24 }, { settings: { ascii: true } });
    beginDraw(screen.shell, { way: ROUGH, picture: 0, seed: 5 });
    screen.press('enter');
    expect([...screen.frame()].filter((letter) => letter > '~')).toEqual([]);
  });
});
