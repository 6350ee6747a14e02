import { Box, renderToString } from 'ink';
import { describe, expect, it } from 'vitest';
import { columns, halfCells, meter, spark } from '../../../src/tui/paint/bars.ts';
import { frameBottom, frameTop, keyRow } from '../../../src/tui/paint/frame.ts';
import { Lines } from '../../../src/tui/paint/Line.tsx';
import { Pane } from '../../../src/tui/paint/Pane.tsx';
import { Popover } from '../../../src/tui/paint/Popover.tsx';
import { cursorRow, tableLines, windowOf } from '../../../src/tui/paint/rows.ts';
import { stripAnsi } from '../../../src/tui/paint/text.ts';
import { makeTheme } from '../../../src/tui/paint/theme.ts';

const theme = makeTheme();
const bare = makeTheme({ depth: 'none', ascii: true });

describe('frames', () => {
  it('the focused title takes the place of the blanks, so nothing shifts', () => {
    const still = stripAnsi(frameTop(theme, { jump: '2', title: 'Stage', scope: 'path of a1f3' }, 40));
    const focused = stripAnsi(
      frameTop(theme, { jump: '2', title: 'Stage', scope: 'path of a1f3', focused: true }, 40),
    );
    expect(still).toBe('╭ 2 Stage ─────────────── path of a1f3 ╮');
    expect(focused).toBe('╭┤2 Stage├─────────────── path of a1f3 ╮');
    expect(stripAnsi(frameTop(bare, { jump: '1', title: 'Stage', focused: true }, 20))).toBe(
      '+[1 Stage]---------+',
    );
  });

  it('the other tabs stand at the right and keys in the bottom line', () => {
    const tabs = [
      { jump: '3', title: 'Limits' },
      { jump: '4', title: 'Metrics' },
    ];
    expect(stripAnsi(frameTop(theme, { jump: '2', title: 'Events', tabs }, 40))).toMatch(
      /^╭ 2 Events ─+ 3 Limits {2}4 Metrics ╮$/,
    );
    expect(stripAnsi(frameBottom(theme, { title: '', keys: 'esc close' }, 20))).toBe('╰────── esc close ─╯');
  });

  it('a scope that tells of what is out of view takes the names of tabs before it goes', () => {
    const tabs = [
      { jump: '3', title: 'Limits' },
      { jump: '4', title: 'Metrics' },
    ];
    const line = (more: object, columns = 40): string =>
      stripAnsi(frameTop(theme, { jump: '2', title: 'Events', tabs, scope: '1 more ►', ...more }, columns));
    expect(line({})).toMatch(/ 3 Limits {2}4 Metrics ╮$/);
    expect(line({ scopeStays: true })).toMatch(/ 3 Limits {2}4 {2}1 more ► ╮$/);
    expect(line({ scopeStays: true }, 30)).toMatch(/ 3 {2}4 {2}1 more ► ╮$/);
  });

  it('keys are cut from the right and help stays', () => {
    const keys = [
      { key: 'n', label: 'new' },
      { key: 'w', label: 'why?' },
      { key: 'space', label: 'pause' },
    ];
    expect(stripAnsi(keyRow(theme, keys, 24, { key: '?', label: 'help' }))).toBe('n new  w why?     ? help');
  });

  it('a pane draws its border and gives the rest to its children', () => {
    const frame = renderToString(
      <Pane theme={bare} jump="1" title="Stage" width={16} height={4}>
        <Lines lines={['one', 'two']} />
      </Pane>,
      { columns: 30 },
    );
    expect(stripAnsi(frame).split('\n')).toEqual([
      '+ 1 Stage -----+',
      '| one          |',
      '| two          |',
      '+--------------+',
    ]);
  });

  it('a popover covers what is under it, with a blank column at each side', () => {
    const frame = renderToString(
      <Box width={20} height={5}>
        <Lines lines={[]} />
        <Box flexDirection="column">
          <Lines lines={Array.from({ length: 5 }, () => 'x'.repeat(20))} />
        </Box>
        <Popover theme={bare} left={4} top={1} width={12} title="pick" rows={['one', 'two']} />
      </Box>,
      { columns: 20 },
    );
    expect(stripAnsi(frame).split('\n')).toEqual([
      'x'.repeat(20),
      'xxx + pick ----+ xxx',
      'xxx |one       | xxx',
      'xxx |two       | xxx',
      'xxx +----------+ xxx',
    ]);
  });
});

describe('rows', () => {
  it('the cursor row is marked, and has its ground over the whole width', () => {
    expect(stripAnsi(cursorRow(bare, 'row 500', true, 12))).toBe('>row 500    ');
    expect(cursorRow(bare, 'row 501', false, 12)).toBe(' row 501');
    expect(stripAnsi(cursorRow(theme, 'a long row that is cut', true, 12))).toBe('▸a long row…');
  });

  it('the window moves no more than the cursor asks', () => {
    expect(windowOf(100, 10, 5, 0)).toEqual({ first: 0, end: 10 });
    expect(windowOf(100, 10, 9, 0)).toEqual({ first: 1, end: 11 });
    expect(windowOf(100, 10, 99, 0)).toEqual({ first: 90, end: 100 });
    expect(windowOf(3, 10, 2, 0)).toEqual({ first: 0, end: 3 });
  });

  it('a table aligns figures right and text left', () => {
    const shape = [
      { title: 'queue', flexible: true },
      { title: 'in flight', align: 'right' },
    ] as const;
    const cells = [
      ['orders', '12'],
      ['billing', '1,200'],
    ];
    const { header, rows } = tableLines(bare, shape, cells, 29);
    expect([header, ...rows].map(stripAnsi)).toEqual([
      'queue               in flight',
      'orders                     12',
      'billing                 1,200',
    ]);
  });
});

describe('bars', () => {
  it('a meter has half cells and a mark where the limit stands', () => {
    expect(stripAnsi(meter(theme, { ratio: 0.3, width: 20, role: 'accent', limit: 0.75 }))).toBe(
      '━━━━━━─────────┃────',
    );
    expect(stripAnsi(meter(theme, { ratio: 0.25, width: 10, role: 'flight' }))).toBe('━━╾───────');
    expect(stripAnsi(meter(theme, { ratio: 0.001, width: 10, role: 'flight' }))).toBe('╾─────────');
    expect(stripAnsi(meter(theme, { ratio: 0.999, width: 10, role: 'flight' }))).toBe('━━━━━━━━━╾');
    expect(stripAnsi(meter(bare, { ratio: 0.5, width: 6, role: 'done', limit: 0.9 }))).toBe('===--|');
    expect(halfCells(0, 0)).toBe(0);
  });

  it('a chart has a bright top over a dark body', () => {
    expect(stripAnsi(spark(theme, [0, 1, 4, 8], 'visible', 8))).toBe(' ▁▄█');
    const rows = columns(theme, {
      values: [4, 16],
      height: 2,
      highest: 16,
      role: 'visible',
      body: 'visibleBody',
    });
    expect(rows.map(stripAnsi)).toEqual([' █', '▄█']);
    expect(rows[1]).toContain(theme.codes('visibleBody', false));
  });
});
