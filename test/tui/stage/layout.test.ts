import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResourceView } from '../../../src/contract/view.ts';
import { UNICODE } from '../../../src/tui/paint/marks.ts';
import { width } from '../../../src/tui/paint/text.ts';
import { makeTheme } from '../../../src/tui/paint/theme.ts';
import { STILL } from '../../../src/tui/stage/motion.ts';
import { drawStage, paintStage } from '../../../src/tui/stage/picture.ts';
import { type Plan, planStage } from '../../../src/tui/stage/plan.ts';
import { CANNED, consumer, marketplace, producer, queue, workers } from '../support/canned.ts';
import { cellsOf, countAll, counted, isIn, meet } from '../support/stageChecks.ts';
import { anyWorld } from '../support/worlds.ts';

const theme = makeTheme();
const SIZES = [
  { width: 118, height: 22 },
  { width: 80, height: 9 },
  { width: 78, height: 14 },
  { width: 78, height: 5 },
  { width: 198, height: 40 },
];

const anySize = fc.constantFrom(...SIZES);

const paint = (plan: Plan, resources: readonly ResourceView[]): string[] =>
  drawStage(plan, { resources, now: 60_000, motion: STILL }, theme).plainRows(UNICODE);

describe('any world on any stage', () => {
  it('no two nodes meet, and no wire runs through a node', () => {
    fc.assert(
      fc.property(anyWorld(60), anySize, (resources, size) => {
        const { layout } = planStage({ resources, size });
        const meeting = layout.placed.filter((a, index) =>
          layout.placed.slice(index + 1).some((b) => meet(a, b)),
        );
        expect(meeting).toEqual([]);
        const hits = cellsOf(layout).filter((cell) =>
          layout.placed.some((placed) => isIn(placed, cell.x, cell.y)),
        );
        expect(hits).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('every resource is drawn or counted', () => {
    fc.assert(
      fc.property(anyWorld(60), anySize, (resources, size) => {
        const plan = planStage({ resources, size });
        expect(counted(plan)).toBe(countAll(plan.layout));
        const ids = new Set(
          plan.layout.placed.flatMap((placed) => [
            ...placed.node.ids,
            ...placed.node.hangs.map((hang) => hang.id),
          ]),
        );
        expect(ids.size).toBe(resources.length);
      }),
      { numRuns: 150 },
    );
  });

  it('no name is cut below eight letters', () => {
    fc.assert(
      fc.property(anyWorld(24), anySize, (resources, size) => {
        const plan = planStage({ resources, size });
        const text = paint(plan, resources).join('\n');
        for (const placed of plan.shown) {
          if (placed.node.ids.length !== 1 || placed.expanded) continue;
          const name = resources.find((resource) => resource.id === placed.node.ids[0])?.name ?? '';
          expect(text).toContain(name.length <= 9 ? name : name.slice(0, 8));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('stays within its size', () => {
    fc.assert(
      fc.property(anyWorld(40), anySize, (resources, size) => {
        const plan = planStage({ resources, size });
        const rows = paintStage(plan, { resources, now: 60_000, motion: STILL }, theme);
        expect(rows.length).toBe(size.height);
        for (const row of rows) expect(width(row)).toBeLessThanOrEqual(size.width);
      }),
      { numRuns: 60 },
    );
  });

  it('the selected resource is in view', () => {
    fc.assert(
      fc.property(anyWorld(60), anySize, fc.nat(), (resources, size, number) => {
        const selected = resources[number % resources.length]?.id;
        const plan = planStage({ resources, size, selected });
        const hangs = plan.layout.placed.some((placed) =>
          placed.node.hangs.some((hang) => hang.id === selected),
        );
        const seen = [...plan.shown].some(
          (placed) => selected !== undefined && placed.node.ids.includes(selected),
        );
        expect(seen || hangs).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('levels', () => {
  it('takes the largest that fits', () => {
    const level = (world: keyof typeof CANNED, w: number, h: number): string => {
      const { resources } = CANNED[world]();
      const plan = planStage({ resources, size: { width: w, height: h } });
      return `${plan.level} ${plan.layout.fit.shape}`;
    };
    expect(level('lesson', 80, 9)).toBe('card card');
    expect(level('sandbox', 118, 22)).toBe('box box');
    expect(level('sandbox', 78, 14)).toBe('row block');
    expect(level('marketplace', 118, 29)).toBe('row block');
    expect(level('tenants', 118, 22)).toBe('fold box');
  });

  it('takes the level asked for, and shows a part when it does not fit', () => {
    const { resources } = marketplace();
    const plan = planStage({ resources, size: { width: 118, height: 22 }, level: 'box' });
    expect(plan.level).toBe('box');
    expect(plan.hidden.down).toBeGreaterThan(0);
  });

  it('adding a node swaps no others', () => {
    fc.assert(
      fc.property(anyWorld(20), (resources) => {
        const size = { width: 198, height: 60 };
        const first = planStage({ resources, size, level: 'row' });
        const more = [...resources, { ...queue('one-more', [1, 0, 0]), order: 1_000 }];
        const second = planStage({ resources: more, size, level: 'row', before: first.layout.order });
        const rank = (plan: Plan): string[] =>
          [...plan.layout.placed]
            .sort((a, b) => a.layer - b.layer || a.y - b.y || a.x - b.x)
            .map((placed) => placed.node.key)
            .filter((key) => key !== 'queue/one-more');
        expect(rank(second)).toEqual(rank(first));
      }),
      { numRuns: 60 },
    );
  });

  it('a folded group names the odd one out and counts the others', () => {
    const { resources } = CANNED.tenants();
    const plan = planStage({ resources, size: { width: 118, height: 22 } });
    const text = paint(plan, resources).join('\n');
    expect(text).toContain('SQS tenant-*');
    expect(text).toContain('tenant-07 ✗ 212');
    expect(text).toContain('the other 23');
    expect(text).toContain('after 5 ► SQS tenant-*-dlq ✗ 212');
  });

  it('consumers of one source that are alike stand together', () => {
    const resources = [
      queue('orders', [3, 1, 0]),
      producer('web', 'queue/orders', 4, ['4/s']),
      ...Array.from({ length: 6 }, (_, index) =>
        consumer(`worker-${index + 1}`, 'queue/orders', 1, workers('w', 1)),
      ),
    ];
    const plan = planStage({ resources, size: { width: 118, height: 8 } });
    expect(paint(plan, resources).join('\n')).toContain('worker-* ×6');
  });
});

describe('cycles', () => {
  it('the newest edge of a cycle runs along the bottom', () => {
    const { resources } = CANNED.cycle();
    const plan = planStage({ resources, size: { width: 118, height: 14 } });
    const rows = paint(plan, resources);
    expect(plan.layout.routes.filter((route) => route.back !== undefined)).toHaveLength(1);
    expect(rows.some((row) => /╰┄{20,}╯/.test(row))).toBe(true);
  });
});
