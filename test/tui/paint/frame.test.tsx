import { Box, renderToString } from 'ink';
import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { columns, meter, spark } from '../../../src/tui/paint/bars.ts';
import { frameBottom, frameTop, keyRow } from '../../../src/tui/paint/frame.ts';
import { Lines } from '../../../src/tui/paint/Line.tsx';
import { Pane } from '../../../src/tui/paint/Pane.tsx';
import { Popover } from '../../../src/tui/paint/Popover.tsx';
import { Rows } from '../../../src/tui/paint/Rows.tsx';
import { windowOf } from '../../../src/tui/paint/rows.ts';
import { Table } from '../../../src/tui/paint/Table.tsx';
import { stripAnsi } from '../../../src/tui/paint/text.ts';
import { makeTheme } from '../../../src/tui/paint/theme.ts';

const theme = makeTheme();
const bare = makeTheme({ depth: 'none', ascii: true });

describe('frames', () => {
  it('the focused title takes the place of the blanks, so nothing shifts', () => {
    const still = stripAnsi(frameTop(theme, { number: 2, title: 'Stage', scope: 'path of a1f3' }, 40));
    const focused = stripAnsi(
      frameTop(theme, { number: 2, title: 'Stage', scope: 'path of a1f3', focused: true }, 40),
    );
    expect(still).toBe('╭ 2 Stage ─────────────── path of a1f3 ╮');
    expect(focused).toBe('╭┤2 Stage├─────────────── path of a1f3 ╮');
    expect(stripAnsi(frameTop(bare, { number: 1, title: 'Stage', focused: true }, 20))).toBe(
      '+[1 Stage]---------+',
    );
  });

  it('the other tabs stand at the right and keys in the bottom line', () => {
    const tabs = [
      { number: 3, title: 'Limits' },
      { number: 4, title: 'Metrics' },
    ];
    expect(stripAnsi(frameTop(theme, { number: 2, title: 'Events', tabs }, 40))).toMatch(
      /^╭ 2 Events ─+ 3 Limits {2}4 Metrics ╮$/,
    );
    expect(stripAnsi(frameBottom(theme, { title: '', keys: 'esc close' }, 20))).toBe('╰────── esc close ─╯');
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
      <Pane theme={bare} number={1} title="Stage" width={16} height={4}>
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

  it('a popover covers what is under it', () => {
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
      'xxxx+ pick ----+xxxx',
      'xxxx|one       |xxxx',
      'xxxx|two       |xxxx',
      'xxxx+----------+xxxx',
    ]);
  });
});

describe('rows', () => {
  it('only the window is painted and the cursor row is marked', () => {
    const asked: number[] = [];
    const { lastFrame } = render(
      <Rows
        theme={bare}
        total={1_000}
        width={12}
        height={3}
        cursor={500}
        first={498}
        row={(index) => {
          asked.push(index);
          return `row ${index}`;
        }}
      />,
    );
    expect(
      stripAnsi(lastFrame() ?? '')
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual([' row 498', ' row 499', '>row 500']);
    expect(Math.max(...asked) - Math.min(...asked)).toBe(2);
  });

  it('the window moves no more than the cursor asks', () => {
    expect(windowOf(100, 10, 5, 0)).toEqual({ first: 0, end: 10 });
    expect(windowOf(100, 10, 9, 0)).toEqual({ first: 1, end: 11 });
    expect(windowOf(100, 10, 99, 0)).toEqual({ first: 90, end: 100 });
    expect(windowOf(3, 10, 2, 0)).toEqual({ first: 0, end: 3 });
  });

  it('a table aligns figures right and text left', () => {
    const { lastFrame } = render(
      <Table
        theme={bare}
        columns={[
          { title: 'queue', flexible: true },
          { title: 'in flight', align: 'right' },
        ]}
        total={2}
        cells={(index) =>
          [
            ['orders', '12'],
            ['billing', '1,200'],
          ][index] ?? []
        }
        width={30}
        height={3}
        cursor={1}
      />,
    );
    expect(stripAnsi(lastFrame() ?? '').split('\n')).toEqual([
      ' queue               in flight',
      ' orders                     12',
      '>billing                 1,200',
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
