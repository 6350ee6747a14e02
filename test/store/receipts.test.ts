import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../src/engine/store/messageStore.ts';
import { StoreDriver, storeKinds } from '../support/stores.ts';

describe.each(storeKinds)('receipts in $name', ({ create }) => {
  const start = (): StoreDriver => new StoreDriver(create());

  it('a receipt holds its message in flight and after it became visible again', () => {
    const world = start();
    const queue = world.queue();
    const row = world.send(queue, 'a');
    const [receipt] = world.receive(queue, 1, 10);
    expect(world.store.held(receipt!)).toBe(row);
    expect(world.store.receiptOf(row)).toEqual(receipt);
    world.until(10);
    expect(world.store.held(receipt!)).toBe(row);
  });

  it('the next receive makes the receipt stale, also with a timeout of 0', () => {
    const world = start();
    const queue = world.queue();
    world.send(queue, 'a');
    const [first] = world.receive(queue, 1, 0);
    const [second] = world.receive(queue, 1, 0);
    expect(world.store.held(first!)).toBeUndefined();
    expect(world.store.held(second!)).toBeDefined();
  });

  it('a dropped message is held by no receipt, also after its row is used again', () => {
    const world = start();
    const queue = world.queue();
    const old: Receipt[] = [];
    for (let round = 0; round < 20; round++) {
      world.send(queue, `m${round}`);
      const [receipt] = world.receive(queue, 1, 1_000);
      for (const stale of old) expect(world.store.held(stale)).toBeUndefined();
      expect(world.store.held(receipt!)).toBe(receipt!.row);
      old.push(receipt!);
      world.store.drop(receipt!.row);
      expect(world.store.held(receipt!)).toBeUndefined();
    }
    expect(world.store.counts(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('a moved message is held by no older receipt', () => {
    const world = start();
    const [source, target] = [world.queue(), world.queue()];
    const row = world.send(source, 'a');
    const [receipt] = world.receive(source, 1, 0);
    world.store.move(row, target, world.now, { keepSent: true });
    expect(world.store.held(receipt!)).toBeUndefined();
  });

  it('an expired or purged message is held by no receipt', () => {
    const world = start();
    const queue = world.queue({ retention: 100 as never });
    world.send(queue, 'a');
    const [expired] = world.receive(queue, 1, 1_000);
    world.until(100);
    expect(world.store.held(expired!)).toBeUndefined();
    world.send(queue, 'b');
    const [purged] = world.receive(queue, 1, 1_000);
    world.store.purge(queue);
    expect(world.store.held(purged!)).toBeUndefined();
  });

  it('numbers that are no row of a message hold nothing', () => {
    const world = start();
    const queue = world.queue();
    const row = world.send(queue, 'a');
    for (const wrong of [0, -16, 1, row + 1, row + 16_000_000, queue]) {
      expect(world.store.held({ row: wrong as never, generation: 1 })).toBeUndefined();
    }
    expect(world.store.held({ row: 0.5 as never, generation: Number.NaN })).toBeUndefined();
  });
});
