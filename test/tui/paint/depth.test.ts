import { describe, expect, it } from 'vitest';
import { type DepthSample, depthRows, roundAbove } from '../../../src/tui/paint/depth.ts';
import { stripAnsi, width } from '../../../src/tui/paint/text.ts';
import { makeTheme } from '../../../src/tui/paint/theme.ts';

const theme = makeTheme();
const plainRows = (samples: readonly DepthSample[]): string[] =>
  depthRows(theme, { samples, now: 120_000, span: 120_000, width: 25, height: 8 }).map(stripAnsi);

describe('the depth of a queue', () => {
  it('has two scales and ends now', () => {
    const rows = plainRows([
      { at: 0, visible: 4, inFlight: 0 },
      { at: 60_000, visible: 12, inFlight: 4 },
    ]);
    expect(rows).toEqual([
      '16 ┤          ██████████',
      '   │          ██████████',
      '   │          ██████████',
      ' 8 ┤          ██████████',
      '   │▄▄▄▄▄▄▄▄▄▄██████████',
      '   │████████████████████',
      ' 0 ╰────────────────────',
      '    -2:00            now',
    ]);
  });

  it('a short peak is not lost between two columns', () => {
    const rows = plainRows([
      { at: 0, visible: 1, inFlight: 0 },
      { at: 60_100, visible: 10, inFlight: 0 },
      { at: 60_200, visible: 1, inFlight: 0 },
    ]);
    expect(rows[0]).toContain('█');
  });

  it('what is in flight stands on top of what is visible', () => {
    const lines = depthRows(theme, {
      samples: [{ at: 0, visible: 8, inFlight: 8 }],
      now: 1_000,
      span: 120_000,
      width: 12,
      height: 6,
    });
    expect(lines.join('\n')).toContain(theme.codes('flight', false));
    expect(lines.join('\n')).toContain(theme.codes('visibleBody', false));
  });

  it('is as wide as asked, also when nothing has happened', () => {
    for (const row of plainRows([])) expect(width(row)).toBeLessThanOrEqual(25);
    expect([0, 3, 11, 16, 17, 85].map(roundAbove)).toEqual([2, 4, 12, 16, 20, 100]);
  });
});
