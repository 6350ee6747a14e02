/** What is shown before the program is loaded is what it shows afterwards. */
import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../src/lessons/outline.ts';
import { noProgress } from '../../src/lessons/progress.ts';
import { firstFrame } from '../../src/tui/firstFrame.ts';
import { homeView } from '../../src/tui/homeView.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { renderFrame } from '../../src/tui/renderFrame.tsx';
import { createShell } from '../../src/tui/shell.ts';
import { realCourse, realFiles } from '../support/course.ts';
import { screenHost } from '../support/screenHost.ts';

const theme = makeTheme({ name: 'dark', depth: 'truecolor', ascii: false });

/** The rows that a terminal of this size shows of a text. */
async function shown(text: string, columns: number, rows: number): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  return Array.from(
    { length: rows },
    (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true).trimEnd() ?? '',
  );
}

describe('the first frame', () => {
  it.each([
    [60, 16],
    [80, 24],
    [120, 36],
    [200, 60],
  ])('is the home screen at %i × %i', async (columns, rows) => {
    const host = screenHost();
    const shell = createShell(host, { size: () => ({ columns, rows }) });
    const whole = renderFrame(shell, { theme, plain: true }).split('\n');
    expect(await shown(firstFrame(host, theme, columns, rows) ?? '', columns, rows)).toEqual(whole);
  });

  it('is left out where the screen is too small for one', () => {
    expect(firstFrame(screenHost(), theme, 40, 10)).toBeUndefined();
  });

  it('lists the lessons as the checked course does', () => {
    const around = { progress: noProgress(), saves: [], now: 0 };
    const checked = homeView({ ...around, course: realCourse() });
    expect(homeView({ ...around, course: outlineOf(realFiles) })).toEqual(checked);
    expect(checked.tracks.length).toBeGreaterThan(1);
  });
});
