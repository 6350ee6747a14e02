import { describe, expect, it } from 'vitest';
import type { QueueRow } from '../../src/engine/store/messageStore.ts';
import { milliseconds } from '../../src/engine/units.ts';
import { StoreDriver, storeKinds } from '../support/stores.ts';

describe.each(storeKinds)('message groups in $name', ({ create }) => {
  const start = (...texts: string[]): { world: StoreDriver; queue: QueueRow } => {
    const world = new StoreDriver(create());
    const queue = world.queue({ fifo: true });
    for (const text of texts) world.send(queue, text, { fifo: true });
    return { world, queue };
  };

  // The recorded sequence of the AWS-validated test: rotation of groups with a visibility timeout of 0.
  it('served groups go to the back of the rotation', () => {
    const { world, queue } = start('g1-m1', 'g2-m1', 'g2-m2', 'g3-m1', 'g1-m2');
    expect(world.take(queue, 3, 0)).toEqual(['g1-m1', 'g1-m2', 'g2-m1']);
    expect(world.take(queue, 10, 0)).toEqual(['g3-m1', 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2']);
  });

  it('a message in flight blocks the rest of its group, and no other group', () => {
    const { world, queue } = start('g1-m1', 'g2-m1', 'g1-m2', 'g2-m2', 'g1-m3');
    const receipts = world.receive(queue, 2, 30_000);
    expect(receipts.map(({ row }) => world.text(row))).toEqual(['g1-m1', 'g1-m2']);
    world.store.drop(receipts[0]!.row);
    expect(world.store.hasBlockedGroup(queue)).toBe(true);
    expect(world.take(queue, 10, 30_000)).toEqual(['g2-m1', 'g2-m2']);
  });

  it('messages held back by their group count as visible', () => {
    const { world, queue } = start('g1-m1', 'g1-m2', 'g2-m1', 'g2-m2', 'g3-m1', 'g3-m2');
    const [first] = world.receive(queue, 1, 30_000);
    expect(world.text(first!.row)).toBe('g1-m1');
    expect(world.take(queue, 1, 30_000)).toEqual(['g2-m1']);
    expect(world.store.counts(queue)).toEqual({ visible: 4, inFlight: 2, delayed: 0 });
  });

  it.each([
    [0, []],
    [1, ['g-m1']],
    [2, ['g-m1', 'g-m2']],
  ])('with message %i extended, a second receive returns what stands before it', (extended, returned) => {
    const { world, queue } = start('g-m1', 'g-m2', 'g-m3');
    const receipts = world.receive(queue, 3, 1_000);
    world.change(receipts[extended]!, 4_000);
    world.until(1_000);
    expect(world.peek(queue)).toEqual(returned);
    world.until(4_000);
    expect(world.peek(queue)).toEqual(['g-m1', 'g-m2', 'g-m3']);
  });

  it('a message that becomes visible again keeps its place', () => {
    const { world, queue } = start('g-m1', 'g-m2', 'g-m3');
    const receipts = world.receive(queue, 3, 10_000);
    world.change(receipts[1]!, 0);
    expect(world.peek(queue)).toEqual([]);
    world.change(receipts[2]!, 0);
    world.change(receipts[0]!, 0);
    expect(world.peek(queue)).toEqual(['g-m1', 'g-m2', 'g-m3']);
  });

  it('a group that opens again joins the back of the rotation', () => {
    const { world, queue } = start('g1-m1', 'g2-m1', 'g3-m1');
    const [receipt] = world.receive(queue, 1, 10_000);
    world.change(receipt!, 0);
    expect(world.peek(queue)).toEqual(['g2-m1', 'g3-m1', 'g1-m1']);
  });

  it('a new send does not unblock a group in flight, nor change its place', () => {
    const { world, queue } = start('g1-m1', 'g2-m1');
    world.take(queue, 1, 10_000);
    world.send(queue, 'g1-m2', { fifo: true });
    expect(world.peek(queue)).toEqual(['g2-m1']);
  });

  it('dropping the head opens the group when the next message is visible', () => {
    const { world, queue } = start('g1-m1', 'g1-m2');
    const [receipt] = world.receive(queue, 1, 10_000);
    expect(world.peek(queue)).toEqual([]);
    world.store.drop(receipt!.row);
    expect(world.peek(queue)).toEqual(['g1-m2']);
    expect(world.store.hasBlockedGroup(queue)).toBe(false);
  });

  it('a delayed message is invisible in its place', () => {
    const { world, queue } = start('g1-m1');
    world.send(queue, 'g1-m2', { fifo: true, delay: 2_000 });
    world.until(1);
    world.send(queue, 'g1-m3', { fifo: true });
    world.send(queue, 'g2-m1', { fifo: true, delay: 2_000 });
    expect(world.store.counts(queue)).toEqual({ visible: 2, inFlight: 0, delayed: 2 });
    expect(world.take(queue, 10, 30_000)).toEqual(['g1-m1']);
    world.until(2_000);
    expect(world.peek(queue)).toEqual([]);
    world.until(2_001);
    expect(world.peek(queue)).toEqual(['g2-m1']);
    world.until(30_001);
    expect(world.peek(queue)).toEqual(['g2-m1', 'g1-m1', 'g1-m2', 'g1-m3']);
  });

  it('an expired head opens its group', () => {
    const world = new StoreDriver(create());
    const queue = world.queue({ fifo: true, retention: milliseconds(60_000) });
    world.send(queue, 'g-m1', { fifo: true });
    world.take(queue, 1, 600_000);
    world.until(10);
    world.send(queue, 'g-m2', { fifo: true });
    world.until(60_000);
    expect(world.peek(queue)).toEqual(['g-m2']);
  });

  it('a poison message moved to another queue keeps its group and frees those behind it', () => {
    const { world, queue } = start('g-m1', 'g-m2');
    const letters = world.queue({ fifo: true });
    const [row] = world.store.receivable(queue, 1);
    world.take(queue, 1, 0);
    world.take(queue, 1, 0);
    world.until(9);
    world.store.move(row!, letters, world.now, { keepSent: false });
    expect(world.peek(queue)).toEqual(['g-m2']);
    expect(world.peek(letters)).toEqual(['g-m1']);
    expect(world.store.facts(row!)).toMatchObject({ group: 'g', receiveCount: 2, sent: 9 });
  });

  it('groups of one name on two queues are strangers', () => {
    const { world, queue } = start('g-m1', 'g-m2');
    const other = world.queue({ fifo: true });
    world.send(other, 'g-n1', { fifo: true });
    world.take(queue, 1, 10_000);
    expect(world.peek(other)).toEqual(['g-n1']);
    expect(world.store.hasBlockedGroup(other)).toBe(false);
  });

  it('many groups are found again by name', () => {
    const names = Array.from({ length: 3_000 }, (_, index) => `group${index}`);
    const { world, queue } = start(...names.map((name) => `${name}-1`));
    for (const name of names) world.send(queue, `${name}-2`, { fifo: true });
    const texts: string[] = [];
    for (let round = 0; round < 600; round++) texts.push(...world.take(queue, 10, 900_000));
    expect(texts).toEqual(names.flatMap((name) => [`${name}-1`, `${name}-2`]));
    world.store.purge(queue);
    world.until(1, 500);
    world.send(queue, 'group7-3', { fifo: true });
    expect(world.peek(queue)).toEqual(['group7-3']);
  });

  it('refuses a group on a standard queue and a FIFO message without one', () => {
    const { world, queue } = start();
    expect(() => world.send(queue, 'a')).toThrow('groups');
    const standard = world.queue();
    expect(() => world.send(standard, 'g-a', { fifo: true })).toThrow('groups');
  });
});
