import { describe, expect, it } from 'vitest';
import { layoutHome, layoutWorld, type Rect } from '../../src/tui/layout.ts';
import type { PaneId } from '../../src/tui/panesOf.ts';

const recent: readonly PaneId[] = ['stage', 'messages'];

const cells = (rects: readonly Rect[], columns: number, rows: number): number[] => {
  const grid = new Array<number>(columns * rows).fill(0);
  for (const rect of rects) {
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      for (let x = rect.x; x < rect.x + rect.width; x++) grid[y * columns + x]! += 1;
    }
  }
  return grid;
};

describe('the layout of a world', () => {
  it('covers the body exactly once at every size, and leaves the rows of header, prompt and footer free', () => {
    const wrong: string[] = [];
    for (const lesson of [true, false]) {
      for (let columns = 60; columns <= 240; columns += 11) {
        for (let rows = 16; rows <= 70; rows += 3) {
          for (const lessonRows of [undefined, 3, 40]) {
            const layout = layoutWorld({ columns, rows, lesson, recent, lessonRows });
            const rects = layout.slots.map((slot) => slot.rect);
            const first = layout.kind === 'tabs' ? 3 : 1;
            const covers = cells(rects, columns, rows).every((count, at) => {
              const y = Math.floor(at / columns);
              return count === (y >= first && y < rows - 2 ? 1 : 0);
            });
            if (!covers) wrong.push(`${columns}x${rows} lesson ${lesson} ${lessonRows}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('gives no pane less than three rows', () => {
    for (const lesson of [true, false]) {
      for (let columns = 80; columns <= 240; columns += 10) {
        for (let rows = 16; rows <= 70; rows++) {
          const { slots } = layoutWorld({ columns, rows, lesson, recent, lessonRows: 12 });
          expect(
            Math.min(...slots.map((slot) => slot.rect.height)),
            `${columns}x${rows}`,
          ).toBeGreaterThanOrEqual(3);
        }
      }
    }
  });

  it('shows nothing below 60 × 16', () => {
    expect(layoutWorld({ columns: 59, rows: 40, lesson: false, recent }).kind).toBe('small');
    expect(layoutWorld({ columns: 100, rows: 15, lesson: false, recent }).kind).toBe('small');
  });

  it('shows one pane with tabs below 80 columns, the one looked at last', () => {
    const layout = layoutWorld({ columns: 70, rows: 20, lesson: true, recent: ['events', 'lesson'] });
    expect(layout.slots.map((slot) => slot.pane)).toEqual(['events']);
  });

  it('keeps the Console on the screen from 80 columns on', () => {
    for (const columns of [80, 119, 120, 240]) {
      const { slots } = layoutWorld({ columns, rows: 24, lesson: true, recent });
      expect(slots.map((slot) => slot.pane)).toContain('console');
    }
  });

  it('gives the whole body to a pane shown full size', () => {
    const layout = layoutWorld({ columns: 120, rows: 36, lesson: false, recent, full: 'timeline' });
    expect(layout.slots).toEqual([
      { pane: 'timeline', tabs: [], rect: { x: 0, y: 1, width: 120, height: 33 } },
    ]);
  });
});

describe('the layout of home', () => {
  it('covers what is between header and footer exactly once', () => {
    for (let columns = 60; columns <= 240; columns += 9) {
      for (let rows = 16; rows <= 70; rows += 3) {
        const { learn, lesson, continues, facts } = layoutHome(columns, rows);
        const rects = [learn, lesson, continues, facts].filter((rect) => rect !== undefined);
        const body = cells(rects, columns, rows).slice(columns, (rows - 1) * columns);
        expect(
          body.every((count) => count === 1),
          `${columns}x${rows}`,
        ).toBe(true);
      }
    }
  });
});
