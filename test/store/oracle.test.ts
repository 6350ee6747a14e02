import { describe, expect, it } from 'vitest';
import { Random } from '../../src/engine/random.ts';
import { histories } from '../support/histories.ts';
import { TwinStores } from '../support/twinStores.ts';

/** Each run has a seed; a failing one is named by its test. */
const { seeds } = histories(10);

describe('the row store against the plain one', () => {
  it.each(seeds)('answers alike through 2,500 random operations with rewinds, seed %i', (seed) => {
    const twins = new TwinStores(Random.of(seed, 'oracle'));
    for (let step = 0; step < 2_500; step++) {
      twins.step();
      if (step % 7 === 0) twins.compareAll();
    }
    twins.compareAll();
    expect(twins.done.size).toBeGreaterThanOrEqual(17);
  });

  it.each(seeds)('ends with the same digest after a jump and a replay, seed %i', (seed) => {
    const random = Random.of(seed, 'jump');
    const twins = new TwinStores(random);
    for (let step = 0; step < 400; step++) twins.step();
    const mark = twins.mark();
    // Forget older marks: a replay knows only its own.
    twins.goTo(mark);
    const state = [...random.state];
    for (let step = 0; step < 400; step++) twins.step();
    const digest = twins.row.digest();
    const elsewhere = new TwinStores(Random.of(1, 'other'));
    for (let step = 0; step < 100; step++) elsewhere.step();
    for (const each of [twins, elsewhere]) {
      each.goTo(mark);
      state.forEach((word, index) => {
        each.random.state[index] = word;
      });
      for (let step = 0; step < 400; step++) each.step();
      each.compareAll();
      expect(each.row.digest()).toBe(digest);
    }
  });
});
