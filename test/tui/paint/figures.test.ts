import { describe, expect, it } from 'vitest';
import * as figures from '../../../src/tui/paint/figures.ts';

describe('figures', () => {
  it('counts are exact to 9,999 in text and to 99,999 on cards', () => {
    expect([0, 37, 5_040, 9_999, 10_000, 25_240, 1_200_000].map(figures.count)).toEqual([
      '0',
      '37',
      '5,040',
      '9,999',
      '10k',
      '25.2k',
      '1.2M',
    ]);
    expect(figures.cardCount(41_812)).toBe('41,812');
    expect(figures.cardCount(41_812, 5)).toBe('41.8k');
    expect(figures.cardCount(120_000)).toBe('120k');
    expect(figures.short(999_960)).toBe('1M');
  });

  it('rates below one in ten seconds are told per minute', () => {
    expect([0, 0.5, 420, 2_400, 12_400, 0.05, 0.01].map(figures.rate)).toEqual([
      '0/s',
      '0.5/s',
      '420/s',
      '2.4k/s',
      '12.4k/s',
      '3/min',
      '0.6/min',
    ]);
    expect([84, -2, 0].map(figures.trend)).toEqual(['+84/s', '-2/s', '0/s']);
  });

  it('durations have tenths below a minute and two units above', () => {
    expect([18_200, 4_600, 134_000, 11_100_000, 352_800_000, 59_990, 120_000].map(figures.duration)).toEqual([
      '18.2 s',
      '4.6 s',
      '2 m 14 s',
      '3 h 5 m',
      '4 d 2 h',
      '1 m',
      '2 m',
    ]);
    expect(figures.clock(22_900)).toBe('0:22');
    expect(figures.span(30_000)).toBe('30 s');
  });

  it('instants show the day once the first hour is over', () => {
    expect(figures.instantText(72_400)).toBe('01:12.4');
    expect(figures.instantText(15_156_000)).toBe('day 1 04:12:36');
    expect(figures.headerInstant(72_400, false)).toBe('00:01:12.4');
    expect(figures.headerInstant(72_400, true)).toBe('00:01:12.400');
    expect(figures.headerInstant(15_156_000, false)).toBe('day 1  04:12:36');
    expect(figures.headerInstantShort(15_156_000)).toBe('d1 04:12:36');
  });

  it('money below one cent keeps two digits that say something', () => {
    expect([0, 0.000004, 0.0000128, 1.87, 0.0405, 14.2, 0.5].map(figures.money)).toEqual([
      '$0',
      '$0.000004',
      '$0.000013',
      '$1.87',
      '$0.0405',
      '$14.20',
      '$0.50',
    ]);
  });

  it('sizes are told in the unit of the limit beside them', () => {
    expect(figures.bytesIn(1_677_722, 'MiB')).toBe('1.6');
    expect(figures.size(1_116_691_497)).toBe('1.04 GiB');
    expect(figures.size(512)).toBe('512 B');
  });

  it('a short id is at least four letters and shared with no other', () => {
    const short = figures.shortIds(['a1f3-1', 'a1f3-2', '77b0-9']);
    expect(short.get('77b0-9')).toBe('77b0');
    expect(short.get('a1f3-1')).toBe('a1f3-1');
    expect(new Set(short.values()).size).toBe(3);
  });
});
