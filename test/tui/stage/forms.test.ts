import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResourceView } from '../../../src/contract/view.ts';
import { stripAnsi, width } from '../../../src/tui/paint/text.ts';
import { makeTheme } from '../../../src/tui/paint/theme.ts';
import { emptyStage } from '../../../src/tui/stage/empty.ts';
import { miniature } from '../../../src/tui/stage/miniature.ts';
import { STILL } from '../../../src/tui/stage/motion.ts';
import { narrowStage } from '../../../src/tui/stage/narrow.ts';
import { planStage } from '../../../src/tui/stage/plan.ts';
import { hiddenText, scopeText } from '../../../src/tui/stage/stage.ts';
import { CANNED, lesson } from '../support/canned.ts';
import { anyWorld } from '../support/worlds.ts';

const theme = makeTheme();
const keys = [
  { key: 'n', label: 'new …', text: 'a queue, from a form' },
  { key: 'i', label: 'type', text: 'aws sqs create-queue --queue-name orders' },
];

describe('an empty stage', () => {
  it('says what would be here and the keys that make it so', () => {
    const rows = emptyStage(theme, { width: 118, height: 22 }, { keys }).map(stripAnsi);
    const text = rows.join('\n');
    expect(text).toContain('╭ a queue, perhaps ──────╮');
    expect(text).toContain('This world is empty, and its clock stands still.');
    expect(text).toMatch(/n new … {2}a queue, from a form/);
    expect(text).toMatch(/i type {3}aws sqs create-queue/);
  });

  it('leaves the sketch out where there is no room', () => {
    const rows = emptyStage(theme, { width: 58, height: 5 }, { keys }).map(stripAnsi);
    expect(rows.length).toBeLessThanOrEqual(5);
    expect(rows.join('\n')).not.toContain('perhaps');
    expect(rows.join('\n')).toContain('n new');
  });
});

/** A dead-letter queue that nobody else uses hangs below its source. */
function isHung(source: ResourceView, one: ResourceView, all: readonly ResourceView[]): boolean {
  const isTarget = source.links.some((link) => link.type === 'redrive' && link.to === one.id);
  const isUsed = all.some((other) =>
    other.links.some((link) => link.type !== 'redrive' && link.to === one.id),
  );
  return isTarget && !isUsed && one.links.length === 0;
}

describe('a narrow stage', () => {
  it('stands from top to bottom', () => {
    const { resources, now } = lesson();
    const { rows, hidden } = narrowStage({ resources, now, motion: STILL }, { width: 58, height: 16 }, theme);
    const text = rows.map(stripAnsi);
    const at = (part: string): number => text.findIndex((row) => row.includes(part));
    expect(at('web')).toBeLessThan(at('SQS orders'));
    expect(at('SQS orders')).toBeLessThan(at('worker-1'));
    expect(text.join('\n')).toContain('orders-dlq ✗ 1');
    expect(hidden.down).toBe(0);
  });

  it('counts what is out of view, and keeps the selected in view', () => {
    fc.assert(
      fc.property(anyWorld(30), fc.nat(), (resources, number) => {
        const selected = resources[number % resources.length]?.id;
        const picture = narrowStage(
          { resources, now: 0, motion: STILL, selected },
          { width: 58, height: 14 },
          theme,
        );
        expect(picture.rows).toHaveLength(14);
        for (const row of picture.rows) expect(width(row)).toBeLessThanOrEqual(58);
        const { hidden, shown } = picture;
        const hung = resources.filter((one) => resources.some((other) => isHung(other, one, resources)));
        const links = resources.flatMap((other) => hung.filter((one) => isHung(other, one, resources)));
        expect(hidden.up + shown + hidden.down).toBe(resources.length - hung.length + links.length);
        const name = resources.find((one) => one.id === selected)?.name ?? '';
        if (!hung.some((one) => one.id === selected)) {
          expect(picture.rows.map(stripAnsi).join('\n')).toContain(name.slice(0, 8));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a miniature', () => {
  it('fits a small lesson into four rows', () => {
    const { resources, now } = lesson();
    const rows = miniature(theme, { width: 70, height: 4 }, { resources, now }).map(stripAnsi);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThanOrEqual(4);
    expect(rows.join('\n')).toContain('SQS orders');
    expect(rows.join('\n')).toContain('►│ ●●●');
  });

  it('is nothing where even the smallest does not fit', () => {
    expect(miniature(theme, { width: 20, height: 2 }, { ...CANNED.sandbox() })).toEqual([]);
  });
});

describe('the border of the stage', () => {
  it('says how much is out of view, on which side', () => {
    expect(hiddenText({ left: 0, right: 3, up: 0, down: 12 }, theme)).toBe('▼ 12 more  3 more ►');
    expect(hiddenText({ left: 0, right: 0, up: 0, down: 0 }, theme)).toBe('');
  });

  it('says how many resources there are, and how they are drawn', () => {
    const scope = (world: keyof typeof CANNED, w: number, h: number): string => {
      const { resources } = CANNED[world]();
      return scopeText(planStage({ resources, size: { width: w, height: h } }), resources.length);
    };
    expect(scope('sandbox', 118, 22)).toBe('12 resources');
    expect(scope('marketplace', 118, 29)).toBe('24 resources, as rows');
    expect(scope('tenants', 118, 22)).toBe('99 resources in 3 groups');
  });
});
