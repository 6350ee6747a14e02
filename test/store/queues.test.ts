import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../src/engine/units.ts';
import { StoreDriver, storeKinds } from '../support/stores.ts';

describe.each(storeKinds)('queues in $name', ({ create }) => {
  const start = (): StoreDriver => new StoreDriver(create());

  it('a purge drops messages in every state, and what is sent afterwards stays', () => {
    const world = start();
    const queue = world.queue();
    for (const text of ['a', 'b', 'c']) world.send(queue, text);
    world.send(queue, 'd', { delay: 1_000 });
    world.take(queue, 1, 500);
    world.store.purge(queue);
    expect(world.store.counts(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(world.store.oldest(queue)).toBeUndefined();
    world.send(queue, 'new');
    world.until(2_000, 1);
    expect(world.told).toEqual([]);
    expect(world.texts(queue)).toEqual(['new']);
    expect(world.take(queue, 10, 30_000)).toEqual(['new']);
  });

  it('a purge of a FIFO queue forgets its groups', () => {
    const world = start();
    const queue = world.queue({ fifo: true });
    for (const text of ['g1-m1', 'g1-m2', 'g2-m1']) world.send(queue, text, { fifo: true });
    world.take(queue, 1, 10_000);
    world.store.purge(queue);
    expect(world.store.hasBlockedGroup(queue)).toBe(false);
    world.send(queue, 'g2-m9', { fifo: true });
    world.send(queue, 'g1-m9', { fifo: true });
    expect(world.peek(queue)).toEqual(['g2-m9', 'g1-m9']);
    world.until(20_000, 1);
    expect(world.told).toEqual([]);
    expect(world.peek(queue)).toEqual(['g2-m9', 'g1-m9']);
  });

  it('a dropped queue takes its messages along and leaves others alone', () => {
    const world = start();
    const [doomed, other] = [world.queue({ retention: milliseconds(60_000) }), world.queue()];
    world.send(doomed, 'a');
    world.send(other, 'b');
    const [receipt] = world.receive(doomed, 1, 1_000);
    world.store.dropQueue(doomed);
    expect(world.store.held(receipt!)).toBeUndefined();
    world.until(100_000, 1);
    expect(world.told).toEqual([]);
    expect(world.peek(other)).toEqual(['b']);
    expect(world.store.nextDue()).toBe(345_600_000);
    const next = world.queue();
    world.send(next, 'c');
    expect(world.texts(next)).toEqual(['c']);
  });

  it('lists messages by send time, in any state, from any place', () => {
    const world = start();
    const queue = world.queue();
    for (const text of ['a', 'b', 'c', 'd']) world.send(queue, text);
    world.take(queue, 2, 0);
    world.take(queue, 1, 30_000);
    expect(world.texts(queue)).toEqual(['a', 'b', 'c', 'd']);
    expect(world.store.list(queue, 1, 2).map((row) => world.text(row))).toEqual(['b', 'c']);
    expect(world.store.list(queue, 4, 2)).toEqual([]);
  });

  it('a message moves to the tail of another queue and starts its life there anew', () => {
    const world = start();
    const [source, target] = [world.queue(), world.queue({ retention: milliseconds(60_000) })];
    const row = world.send(source, 'a');
    world.until(10);
    world.send(target, 'b');
    world.take(source, 1, 5);
    world.until(20);
    world.store.move(row, target, world.now, { keepSent: false });
    expect(world.store.counts(source)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(world.peek(target)).toEqual(['b', 'a']);
    expect(world.store.facts(row)).toMatchObject({
      queue: target,
      sent: 20,
      receiveCount: 1,
      firstReceived: 10,
      state: 'visible',
    });
    world.until(60_019);
    expect(world.told).toEqual(['visible a timeout @15', 'expired b @60010']);
    world.until(60_020);
    expect(world.told.at(-1)).toBe('expired a @60020');
  });

  it('a message in flight can be moved; its timeout is forgotten', () => {
    const world = start();
    const [source, target] = [world.queue(), world.queue()];
    const row = world.send(source, 'a');
    world.take(source, 1, 5_000);
    world.store.move(row, target, world.now, { keepSent: true });
    expect(world.peek(target)).toEqual(['a']);
    world.until(10_000);
    expect(world.told).toEqual([]);
  });

  it('a message that keeps its send time takes its place by age, behind its equals', () => {
    const world = start();
    const [source, target] = [world.queue(), world.queue({ retention: milliseconds(60_000) })];
    const old = world.send(source, 'old');
    world.until(5);
    const equal = world.send(source, 'equal');
    world.send(target, 't5');
    world.until(9);
    world.send(target, 't9');
    world.store.move(equal, target, world.now, { keepSent: true });
    world.store.move(old, target, world.now, { keepSent: true });
    expect(world.peek(target)).toEqual(['t5', 't9', 'equal', 'old']);
    expect(world.texts(target)).toEqual(['old', 't5', 'equal', 't9']);
    expect(world.store.oldest(target)).toBe(0);
    world.until(60_000);
    expect(world.told).toEqual(['expired old @60000']);
    world.until(60_009);
    expect(world.told.slice(1)).toEqual(['expired t5 @60005', 'expired equal @60005', 'expired t9 @60009']);
  });

  it('a message too old for the queue it is moved to expires at the next advance', () => {
    const world = start();
    const [source, target] = [world.queue(), world.queue({ retention: milliseconds(60_000) })];
    const row = world.send(source, 'a');
    world.until(100_000);
    world.store.move(row, target, world.now, { keepSent: true });
    expect(world.store.nextDue()).toBeLessThanOrEqual(100_000);
    world.until(100_000);
    expect(world.told).toEqual(['expired a @100000']);
  });
});
