import { describe, expect, it } from 'vitest';
import type { QueueRow } from '../../src/engine/store/messageStore.ts';
import { rowImageFromJSON } from '../../src/engine/store/rowImage.ts';
import { createRowStore } from '../../src/engine/store/rowStore.ts';
import { milliseconds } from '../../src/engine/units.ts';
import { StoreDriver, storeKinds } from '../support/stores.ts';

/** A world with something of everything in it. */
function busy(world: StoreDriver): { standard: QueueRow; fifo: QueueRow } {
  const standard = world.queue({ retention: milliseconds(600_000) });
  const fifo = world.queue({ fifo: true });
  for (let round = 0; round < 40; round++) {
    world.send(standard, `s${round}`, { delay: round % 5 === 0 ? 40_000 : 0 });
    world.send(fifo, `g${round % 3}-${round}`, { fifo: true });
    if (round % 4 === 0) world.take(standard, 2, 30_000);
    if (round % 6 === 0) world.take(fifo, 2, 20_000);
    world.until(world.now + 777);
  }
  return { standard, fifo };
}

describe.each(storeKinds)('images of $name', ({ create, imageFromJSON }) => {
  it('the same commands give the same digest, and another command another', () => {
    const [one, two] = [new StoreDriver(create()), new StoreDriver(create())];
    busy(one);
    const { standard } = busy(two);
    expect(one.store.digest()).toBe(two.store.digest());
    two.send(standard, 'one more');
    expect(one.store.digest()).not.toBe(two.store.digest());
  });

  it('contents and receive counts are part of the digest', () => {
    const digestOf = (text: string, receives: number): string => {
      const world = new StoreDriver(create());
      const queue = world.queue();
      world.send(queue, text);
      for (let count = 0; count < receives; count++) world.take(queue, 1, 0);
      return world.store.digest();
    };
    expect(digestOf('a', 1)).toBe(digestOf('a', 1));
    expect(digestOf('a', 1)).not.toBe(digestOf('b', 1));
    expect(digestOf('a', 1)).not.toBe(digestOf('a', 2));
  });

  it('a store goes back to its image any number of times', () => {
    const world = new StoreDriver(create());
    const { standard, fifo } = busy(world);
    const [image, digest, now] = [world.store.checkpoint(), world.store.digest(), world.now];
    const before = [world.texts(standard), world.peek(fifo)];
    for (let round = 0; round < 3; round++) {
      world.send(standard, 'later');
      world.until(now + 45_000);
      world.store.purge(fifo);
      expect(world.store.digest()).not.toBe(digest);
      world.store.restore(image);
      world.now = now;
      expect(world.store.digest()).toBe(digest);
      expect([world.texts(standard), world.peek(fifo)]).toEqual(before);
    }
  });

  it('a replay from an image ends as the first run did', () => {
    const world = new StoreDriver(create());
    const { standard } = busy(world);
    const [image, now] = [world.store.checkpoint(), world.now];
    const play = (): string => {
      world.now = now;
      world.told.length = 0;
      for (let round = 0; round < 10; round++) {
        world.send(standard, `r${round}`);
        world.take(standard, 3, 5_000);
        world.until(world.now + 3_000);
      }
      return [world.store.digest(), ...world.told].join('\n');
    };
    const first = play();
    world.store.restore(image);
    expect(play()).toBe(first);
  });

  it('a fork lives apart from the store it came from', () => {
    const world = new StoreDriver(create());
    const { standard } = busy(world);
    const fork = new StoreDriver(create());
    fork.store.restore(world.store.checkpoint());
    fork.now = world.now;
    const digest = world.store.digest();
    expect(fork.store.digest()).toBe(digest);
    fork.take(standard, 5, 30_000);
    fork.until(fork.now + 600_000);
    expect(world.store.digest()).toBe(digest);
    world.until(fork.now);
    world.send(standard, 'here only');
    expect(fork.texts(standard)).toEqual([]);
    expect(world.texts(standard)).toEqual(['here only']);
  });

  it('an image through JSON is the same world', () => {
    const world = new StoreDriver(create());
    const { standard } = busy(world);
    world.store.send(
      standard,
      Object.freeze({ text: 'é☃', attributes: { data: new Uint8Array([0, 1, 254, 255]), number: 7 } }),
      world.now,
      { delay: milliseconds(0) },
    );
    const image = world.store.checkpoint();
    const json = JSON.stringify(image.toJSON());
    const opened = new StoreDriver(create());
    opened.store.restore(imageFromJSON(JSON.parse(json)));
    opened.now = world.now;
    expect(opened.store.digest()).toBe(world.store.digest());
    const last = opened.store.list(standard, 0, 1_000).at(-1)!;
    expect(opened.store.facts(last).content).toEqual({
      text: 'é☃',
      attributes: { data: new Uint8Array([0, 1, 254, 255]), number: 7 },
    });
    const end = world.now + 100_000;
    for (const each of [world, opened]) each.until(end);
    expect(opened.store.digest()).toBe(world.store.digest());
    expect(opened.texts(standard)).toEqual(world.texts(standard));
  });

  it('an image tells about how much it holds', () => {
    const world = new StoreDriver(create());
    const { standard } = busy(world);
    const first = world.store.checkpoint();
    world.send(standard, 'more');
    const second = world.store.checkpoint();
    expect(first.bytes).toBeGreaterThan(0);
    expect(second.bytesBeside(first)).toBeGreaterThan(0);
  });
});

describe('a damaged image of the row store', () => {
  const saved = (): { rows: { top: number; words: string[] }; contents: { runs: number[] } } => {
    const world = new StoreDriver(createRowStore());
    busy(world);
    return JSON.parse(JSON.stringify(world.store.checkpoint().toJSON()));
  };

  it('is refused before it takes memory', () => {
    const [large, odd, short, long, lost] = [saved(), saved(), saved(), saved(), saved()];
    large.rows.top = 2 ** 40;
    odd.rows.top = 17;
    short.rows.words.pop();
    long.contents.runs[1] = 1e12;
    lost.contents.runs.length = 0;
    for (const image of [large, odd, short, long, lost]) {
      expect(() => rowImageFromJSON(image)).toThrow('the image of the message store is damaged');
    }
    for (const nonsense of [{}, [], { rows: {} }, { rows: { top: 16, words: [] } }, 7]) {
      expect(() => rowImageFromJSON(nonsense)).toThrow();
    }
  });
});
