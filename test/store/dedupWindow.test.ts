import { describe, expect, it } from 'vitest';
import { createDedupWindow, dedupImageFromJSON } from '../../src/engine/store/index.ts';
import { type Instant, instant, milliseconds } from '../../src/engine/units.ts';

const FIVE_MINUTES = milliseconds(300_000);
const open = () => createDedupWindow<{ readonly id: number }>(FIVE_MINUTES);
const value = (id: number) => Object.freeze({ id });

describe('the deduplication window', () => {
  it.each([0, 1, 59_999, 60_000, 123_456])(
    'an entry of %i counts for five minutes, to the millisecond',
    (at) => {
      const window = open();
      window.remember('d', value(1), instant(at));
      expect(window.find('d', instant(at))).toEqual({ id: 1 });
      expect(window.find('d', instant(at + 299_999))).toEqual({ id: 1 });
      expect(window.find('d', instant(at + 300_000))).toBeUndefined();
    },
  );

  it('a key that is remembered again counts from then on', () => {
    const window = open();
    window.remember('d', value(1), instant(0));
    window.remember('d', value(2), instant(300_000));
    expect(window.find('d', instant(300_000))).toEqual({ id: 2 });
    expect(window.find('d', instant(599_999))).toEqual({ id: 2 });
    expect(window.find('d', instant(600_000))).toBeUndefined();
  });

  it('forgets what is too old to count', () => {
    const window = open();
    for (let minute = 0; minute < 60; minute++)
      window.remember(`d${minute}`, value(minute), instant(minute * 60_000));
    expect((window.checkpoint().toJSON() as unknown[]).length).toBeLessThanOrEqual(6);
  });

  it('a cleared window remembers nothing', () => {
    const window = open();
    window.remember('d', value(1), instant(0));
    window.clear();
    expect(window.find('d', instant(1))).toBeUndefined();
    window.remember('d', value(2), instant(1));
    expect(window.find('d', instant(1))).toEqual({ id: 2 });
  });

  it('goes back to its image any number of times, and forks live apart', () => {
    const window = open();
    window.remember('a', value(1), instant(0));
    window.remember('b', value(2), instant(70_000));
    const [image, digest] = [window.checkpoint(), window.digest()];
    const fork = open();
    fork.restore(image);
    for (let round = 0; round < 3; round++) {
      window.remember('c', value(3), instant(70_001));
      expect(window.digest()).not.toBe(digest);
      expect(fork.find('c', instant(70_002))).toBeUndefined();
      window.restore(image);
      expect(window.digest()).toBe(digest);
      expect(window.find('c', instant(70_002))).toBeUndefined();
    }
  });

  it('an image through JSON is the same window', () => {
    const window = open();
    for (let step = 0; step < 500; step++) window.remember(`k${step}`, value(step), instant(step * 1_000));
    const opened = open();
    opened.restore(dedupImageFromJSON(JSON.parse(JSON.stringify(window.checkpoint()))));
    expect(opened.digest()).toBe(window.digest());
  });

  it('answers as a list of everything ever remembered would', () => {
    const window = open();
    const all = new Map<string, { id: number; at: Instant }>();
    let [now, word] = [0, 12_345];
    for (let step = 0; step < 20_000; step++) {
      word = Math.imul(word, 1_103_515_245) + 12_345;
      const random = (word >>> 8) & 0xffff;
      now += random % 700;
      const key = `k${random % 997}`;
      const known = all.get(key);
      const expected = known !== undefined && now - known.at < FIVE_MINUTES ? known.id : undefined;
      expect(window.find(key, instant(now))?.id).toBe(expected);
      if (expected !== undefined) continue;
      window.remember(key, value(step), instant(now));
      all.set(key, { id: step, at: instant(now) });
    }
  });
});
