import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/engine/random.ts';
import { instant } from '../../../src/engine/units.ts';
import { begin, nextDue, type Pattern, takeDue } from '../../../src/services/apps/pattern.ts';
import { type Rate, readRate } from '../../../src/services/apps/values.ts';

/** Messages in each second of a run that wakes only when the plan says so. */
function perSecond(rate: Rate, pattern: Pattern, seconds: number, seed = 1): number[] {
  const random = Random.of(seed, 'pattern');
  const progress = begin(rate, pattern, instant(0), random);
  const counts = new Array<number>(seconds).fill(0);
  for (let now = nextDue(progress, rate, pattern, instant(0), 1); now < seconds * 1_000; ) {
    counts[Math.floor(now / 1_000)]! += takeDue(progress, rate, pattern, now, random);
    const next = nextDue(progress, rate, pattern, now, 1);
    expect(next).toBeGreaterThan(now);
    now = next;
  }
  return counts;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

describe('a constant producer', () => {
  test.each(['12/s', '3000/s', '7/min', '1500/s'])('sends %s to the message', (text) => {
    const rate = readRate('rate', text);
    const counts = perSecond(rate, 'constant', 120);
    const exact = (rate.count * 120_000) / rate.per;
    // Those of the last millisecond come with its end.
    expect(sum(counts)).toBeLessThanOrEqual(exact);
    expect(sum(counts)).toBeGreaterThan(exact - 1 - rate.count / rate.per);
  });

  test('spreads its messages evenly', () => {
    expect(new Set(perSecond(readRate('rate', '12/s'), 'constant', 60))).toEqual(new Set([12]));
  });
});

test('a Poisson producer keeps the rate on average and varies by the second', () => {
  const counts = perSecond(readRate('rate', '50/s'), 'poisson', 200);
  expect(sum(counts) / 200).toBeGreaterThan(48);
  expect(sum(counts) / 200).toBeLessThan(52);
  expect(Math.max(...counts)).toBeGreaterThan(60);
  expect(counts).not.toEqual(perSecond(readRate('rate', '50/s'), 'poisson', 200, 2));
});

test('a fast Poisson producer keeps its rate although several messages share a millisecond', () => {
  const counts = perSecond(readRate('rate', '3000/s'), 'poisson', 20);
  expect(sum(counts) / 20).toBeGreaterThan(2_940);
  expect(sum(counts) / 20).toBeLessThan(3_060);
});

test('a burst producer sends ten seconds’ worth in one second of ten', () => {
  const counts = perSecond(readRate('rate', '6/s'), 'burst', 30);
  expect(sum(counts)).toBeGreaterThanOrEqual(180);
  expect(sum(counts)).toBeLessThanOrEqual(181);
  // The last of a burst falls on the second's end.
  expect(counts[0]! + counts[1]!).toBe(61);
  expect(counts.slice(2, 10)).toEqual(new Array(8).fill(0));
  expect(counts[10]! + counts[11]!).toBe(60);
});

test('a spike is ten times the rate for ten seconds of each minute', () => {
  const counts = perSecond(readRate('rate', '5/s'), 'spike', 60);
  expect(counts[10]).toBe(5);
  expect(counts[25]).toBe(50);
  expect(counts[35]).toBe(5);
});

test('a sine producer goes between nothing and twice the rate', () => {
  const counts = perSecond(readRate('rate', '100/s'), 'sine', 60);
  expect(counts[15]).toBe(200);
  expect(counts[45]).toBe(0);
  expect(sum(counts)).toBeGreaterThan(5_990);
  expect(sum(counts)).toBeLessThan(6_011);
});
