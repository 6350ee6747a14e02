import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../src/engine/units.ts';
import { StoreDriver, storeKinds } from '../support/stores.ts';

describe.each(storeKinds)('retention in $name', ({ create }) => {
  const start = (): StoreDriver => new StoreDriver(create());
  const minute = milliseconds(60_000);

  it('a message expires at the instant its retention ends, in any state', () => {
    const world = start();
    const queue = world.queue({ retention: minute });
    world.send(queue, 'flying');
    world.take(queue, 1, 600_000);
    world.send(queue, 'waiting');
    world.send(queue, 'delayed', { delay: 900_000 });
    world.until(59_999);
    expect(world.store.counts(queue)).toEqual({ visible: 1, inFlight: 1, delayed: 1 });
    expect(world.store.oldest(queue)).toBe(0);
    world.until(60_000);
    expect(world.told).toEqual(['expired flying @60000', 'expired waiting @60000', 'expired delayed @60000']);
    expect(world.store.counts(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(world.store.oldest(queue)).toBeUndefined();
    expect(world.store.nextDue()).toBeUndefined();
  });

  it('each message has its own age', () => {
    const world = start();
    const queue = world.queue({ retention: minute });
    world.send(queue, 'a');
    world.until(10);
    world.send(queue, 'b');
    world.until(60_009);
    expect(world.peek(queue)).toEqual(['b']);
    world.until(60_010);
    expect(world.peek(queue)).toEqual([]);
  });

  it('the row answers facts while its hook runs', () => {
    const world = start();
    const queue = world.queue({ retention: minute });
    world.send(queue, 'a');
    const seen: unknown[] = [];
    world.store.advance(minute as never, 10, {
      onVisible: () => undefined,
      onExpired: (row) => seen.push(world.store.facts(row).content),
    });
    expect(seen).toEqual([{ text: 'a' }]);
  });

  it('a longer retention keeps what waits, a shorter one expires it at the next advance', () => {
    const world = start();
    const queue = world.queue({ retention: minute });
    for (const at of [0, 1_000, 2_000]) {
      world.until(at);
      world.send(queue, `m${at}`);
    }
    world.store.setRetention(queue, milliseconds(120_000));
    world.until(100_000);
    expect(world.told).toEqual([]);
    world.store.setRetention(queue, milliseconds(99_000));
    expect(world.store.nextDue()).toBeLessThanOrEqual(100_000);
    world.until(100_000);
    expect(world.told).toEqual(['expired m0 @100000', 'expired m1000 @100000']);
    world.until(101_000);
    expect(world.told.at(-1)).toBe('expired m2000 @101000');
  });

  it('at one instant messages expire before others return, the first made queue first', () => {
    const world = start();
    const [first, second] = [world.queue({ retention: minute }), world.queue({ retention: minute })];
    world.send(second, 'b');
    world.send(first, 'a');
    world.take(first, 1, 60_000);
    world.until(1);
    world.send(second, 'c');
    world.take(second, 2, 59_999);
    world.until(60_000);
    expect(world.told).toEqual(['expired a @60000', 'expired b @60000', 'visible c timeout @60000']);
  });

  it('fourteen days are kept to the millisecond', () => {
    const world = start();
    const queue = world.queue({ retention: milliseconds(1_209_600_000) });
    world.until(12_345);
    world.send(queue, 'a');
    world.until(1_209_612_344);
    expect(world.peek(queue)).toEqual(['a']);
    world.until(1_209_612_345);
    expect(world.told).toEqual(['expired a @1209612345']);
  });

  it('years of quiet change nothing', () => {
    const world = start();
    const queue = world.queue({ retention: minute });
    let now = 0;
    for (let year = 1; year < 10; year++) {
      now = year * 31_536_000_000;
      world.until(now);
      world.send(queue, `m${year}`);
      world.take(queue, 1, 30_000);
      expect(world.store.facts(world.store.list(queue, 0, 1)[0]!)).toMatchObject({
        sent: now,
        due: now + 30_000,
      });
      world.until(now + 29_999);
      expect(world.peek(queue)).toEqual([]);
      world.until(now + 30_000);
      expect(world.peek(queue)).toEqual([`m${year}`]);
    }
    world.until(now + 60_000);
    expect(world.told.at(-1)).toBe(`expired m9 @${now + 60_000}`);
  });

  it('long work is done in slices, in the same order', () => {
    const world = start();
    const queue = world.queue({ retention: minute });
    const texts = Array.from({ length: 25 }, (_, index) => `m${index}`);
    for (const text of texts) world.send(queue, text);
    world.until(60_000, 4);
    expect(world.told).toEqual(texts.map((text) => `expired ${text} @60000`));
  });
});
