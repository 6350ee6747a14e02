import { describe, expect, it } from 'vitest';
import { StoreDriver, storeKinds } from '../support/stores.ts';

describe.each(storeKinds)('visibility in $name', ({ create }) => {
  const start = (): StoreDriver => new StoreDriver(create());

  it('messages are handed out in the order of sending', () => {
    const world = start();
    const queue = world.queue();
    for (const text of ['a', 'b', 'c']) world.send(queue, text);
    expect(world.take(queue, 2, 30_000)).toEqual(['a', 'b']);
    expect(world.take(queue, 10, 30_000)).toEqual(['c']);
    expect(world.take(queue, 10, 30_000)).toEqual([]);
    expect(world.store.counts(queue)).toEqual({ visible: 0, inFlight: 3, delayed: 0 });
  });

  it('a message returns at the instant its timeout ends, not one millisecond before', () => {
    const world = start();
    const queue = world.queue();
    world.send(queue, 'a');
    world.take(queue, 1, 30_000);
    world.until(29_999);
    expect(world.peek(queue)).toEqual([]);
    expect(world.store.nextDue()).toBeLessThanOrEqual(30_000);
    world.until(30_000);
    expect(world.peek(queue)).toEqual(['a']);
    expect(world.told).toEqual(['visible a timeout @30000']);
  });

  it('what is due one millisecond later stays hidden', () => {
    const world = start();
    const queue = world.queue();
    for (const text of ['a', 'b']) world.send(queue, text);
    world.take(queue, 1, 30_000);
    world.take(queue, 1, 30_001);
    world.until(30_000);
    expect(world.peek(queue)).toEqual(['a']);
    world.until(30_001);
    expect(world.peek(queue)).toEqual(['a', 'b']);
  });

  it('a returned message stands behind those that wait', () => {
    const world = start();
    const queue = world.queue();
    for (const text of ['a', 'b', 'c']) world.send(queue, text);
    world.take(queue, 1, 1_000);
    world.until(1_000);
    expect(world.peek(queue)).toEqual(['b', 'c', 'a']);
  });

  it('a timeout of 0 puts the message at the tail at once and counts the receive', () => {
    const world = start();
    const queue = world.queue();
    const row = world.send(queue, 'a');
    world.send(queue, 'b');
    world.take(queue, 1, 0);
    expect(world.peek(queue)).toEqual(['b', 'a']);
    expect(world.store.facts(row)).toMatchObject({ state: 'visible', receiveCount: 1, due: undefined });
  });

  it('messages due at one instant return in the order in which they were hidden', () => {
    const world = start();
    const queue = world.queue();
    for (const text of ['a', 'b', 'c', 'd']) world.send(queue, text);
    const [a] = world.receive(queue, 1, 600_000);
    world.take(queue, 1, 300_000);
    world.until(100_000);
    world.take(queue, 1, 200_000);
    world.until(299_900);
    world.take(queue, 1, 100);
    world.change(a!, 100);
    world.until(300_000);
    expect(world.told.map((line) => line.split(' ')[1])).toEqual(['b', 'c', 'd', 'a']);
    expect(world.peek(queue)).toEqual(['b', 'c', 'd', 'a']);
  });

  it('a change counts from the call', () => {
    const world = start();
    const queue = world.queue();
    world.send(queue, 'a');
    const [receipt] = world.receive(queue, 1, 30_000);
    world.until(20_000);
    world.change(receipt!, 60_000);
    expect(world.store.facts(receipt!.row).due).toBe(80_000);
    world.until(79_999);
    expect(world.peek(queue)).toEqual([]);
    world.until(80_000);
    expect(world.peek(queue)).toEqual(['a']);
  });

  it('a change to 0 shows the message at once, at the tail, without a hook', () => {
    const world = start();
    const queue = world.queue();
    for (const text of ['a', 'b']) world.send(queue, text);
    const [receipt] = world.receive(queue, 1, 30_000);
    world.change(receipt!, 0);
    expect(world.peek(queue)).toEqual(['b', 'a']);
    world.until(60_000);
    expect(world.told).toEqual([]);
  });

  it('a delayed message is counted as delayed until its delay ends', () => {
    const world = start();
    const queue = world.queue();
    world.send(queue, 'late', { delay: 10_000 });
    world.send(queue, 'now');
    expect(world.store.counts(queue)).toEqual({ visible: 1, inFlight: 0, delayed: 1 });
    world.until(9_999);
    expect(world.peek(queue)).toEqual(['now']);
    world.until(10_000);
    expect(world.peek(queue)).toEqual(['now', 'late']);
    expect(world.told).toEqual(['visible late delay @10000']);
  });

  it('facts tell when and to whom a message was handed out', () => {
    const world = start();
    const queue = world.queue();
    world.until(5);
    const row = world.send(queue, 'a');
    world.until(7);
    world.store.hide(row, world.now, 1_000 as never, 42);
    world.until(2_000);
    world.store.hide(row, world.now, 9_000 as never, 43);
    expect(world.store.facts(row)).toEqual({
      content: { text: 'a' },
      queue,
      state: 'inFlight',
      sent: 5,
      firstReceived: 7,
      receiveCount: 2,
      due: 11_000,
      received: 2_000,
      holder: 43,
      group: undefined,
    });
  });

  it('hands out hours later what was hidden for twelve hours', () => {
    const world = start();
    const queue = world.queue();
    world.send(queue, 'a');
    world.take(queue, 1, 43_200_000);
    world.until(43_199_999);
    expect(world.peek(queue)).toEqual([]);
    world.until(43_200_000);
    expect(world.peek(queue)).toEqual(['a']);
  });

  it('refuses a clock that goes back', () => {
    const world = start();
    const queue = world.queue();
    world.until(1_000);
    world.now = 999 as never;
    expect(() => world.send(queue, 'a')).toThrow('never goes back');
  });

  it('refuses a hook that writes', () => {
    const world = start();
    const queue = world.queue();
    world.send(queue, 'a');
    world.take(queue, 1, 10);
    const hooks = { onVisible: () => void world.send(queue, 'b'), onExpired: () => undefined };
    expect(() => world.store.advance(10 as never, 10, hooks)).toThrow('hook');
  });
});
