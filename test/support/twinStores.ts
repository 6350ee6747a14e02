/**
 * Two message stores under the same random operations: the rows, and the plain one as their oracle. Every answer
 * is compared at once.
 */
import { expect } from 'vitest';
import type { Random } from '../../src/engine/random.ts';
import type {
  MessageStore,
  QueueRow,
  Receipt,
  Row,
  StoreHooks,
  StoreImage,
} from '../../src/engine/store/messageStore.ts';
import { rowImageFromJSON } from '../../src/engine/store/rowImage.ts';
import { createRowStore } from '../../src/engine/store/rowStore.ts';
import { type Instant, instant, type Milliseconds, milliseconds } from '../../src/engine/units.ts';
import { createPlainStore } from './plainStore.ts';

/** One queue or message or receipt, as each store names it. */
interface Pair<Name> {
  readonly row: Name;
  readonly plain: Name;
}

interface Queue extends Pair<QueueRow> {
  readonly fifo: boolean;
}

interface Place {
  readonly now: Instant;
  readonly queues: readonly Queue[];
  readonly receipts: readonly Pair<Receipt>[];
  readonly texts: number;
}

export interface Mark extends Place {
  readonly row: StoreImage;
  readonly plain: StoreImage;
}

type Side = 'row' | 'plain';
const SIDES: readonly Side[] = ['row', 'plain'];
const GROUPS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const TIMEOUTS = [0, 0, 1, 2, 5, 255, 256, 300, 5_000, 65_536, 70_000, 900_000, 43_200_000];
const WAITS = [0, 0, 1, 1, 3, 50, 256, 400, 5_000, 66_000, 1_000_000, 20_000_000];
const RETENTIONS = [60_000, 60_000, 100_000, 900_000, 345_600_000, 1_209_600_000];

export class TwinStores {
  readonly random: Random;
  readonly row: MessageStore = createRowStore();
  readonly plain: MessageStore = createPlainStore();
  /** The operations that have run at least once. */
  readonly done = new Set<string>();
  #place: Place = { now: instant(0), queues: [], receipts: [], texts: 0 };
  #marks: Mark[] = [];

  constructor(random: Random) {
    this.random = random;
    for (const fifo of [false, true, false, true]) this.#addQueue(fifo);
  }

  step(): void {
    const [name, run] = this.#pick(this.#operations());
    run();
    this.done.add(name);
  }

  /** Everything that can be asked. */
  compareAll(): void {
    for (const queue of this.#place.queues) {
      this.#same((side) => this[side].counts(queue[side]));
      this.#same((side) => this[side].oldest(queue[side]));
      this.#same((side) => this[side].hasBlockedGroup(queue[side]));
      this.#same((side) => this.#tell(side, this[side].receivable(queue[side], 1_000)));
      this.#same((side) => this.#tell(side, this[side].list(queue[side], 0, 1_000)));
    }
    for (const receipt of this.#place.receipts) this.#sameHeld(receipt);
    // The rows may wake early, never late.
    const [early, due] = [this.row.nextDue(), this.plain.nextDue()];
    if (due !== undefined) expect(early).toBeLessThanOrEqual(Math.max(due, this.#place.now));
  }

  mark(): Mark {
    return { ...this.#place, row: this.row.checkpoint(), plain: this.plain.checkpoint() };
  }

  goTo(mark: Mark): void {
    const { row, plain, ...place } = mark;
    this.row.restore(row);
    this.plain.restore(plain);
    this.#place = place;
    this.#marks = [];
  }

  #operations(): readonly (readonly [string, () => void])[] {
    const often: [string, () => void][] = [
      ['send', () => this.#send()],
      ['receive', () => this.#receive()],
      ['delete', () => this.#withHeld((side, row) => this[side].drop(row))],
      ['wait', () => this.#wait()],
    ];
    return [
      ...often,
      ...often,
      ...often,
      ...often,
      ...often,
      ['send many', () => this.#repeat(20, () => this.#send())],
      ['change', () => this.#change()],
      ['change all', () => this.#repeat(5, () => this.#change())],
      ['move', () => this.#move()],
      ['wait in slices', () => this.#waitInSlices()],
      ['peek', () => this.compareAll()],
      ...(this.random.chance(1, 3) ? this.#rare() : []),
    ];
  }

  #rare(): readonly (readonly [string, () => void])[] {
    return [
      ['purge', () => this.#purge()],
      ['add queue', () => this.#addQueue(this.random.chance(1, 2))],
      ['drop queue', () => this.#dropQueue()],
      ['set retention', () => this.#setRetention()],
      ['checkpoint', () => this.#checkpoint()],
      ['restore', () => this.#restore()],
      [
        'through JSON',
        () => this.row.restore(rowImageFromJSON(JSON.parse(JSON.stringify(this.row.checkpoint())))),
      ],
    ];
  }

  #send(): void {
    const queue = this.#queue();
    const content = Object.freeze({ text: `m${this.#place.texts}` });
    this.#place = { ...this.#place, texts: this.#place.texts + 1 };
    const how = {
      delay: milliseconds(this.random.chance(1, 4) ? this.#pick(TIMEOUTS) % 900_001 : 0),
      ...(queue.fifo && { group: this.#pick(GROUPS) }),
    };
    for (const side of SIDES) this[side].send(queue[side], content, this.#place.now, how);
  }

  #receive(): void {
    const queue = this.#queue();
    const max = this.random.integer(1, 10);
    const timeout = milliseconds(this.#pick(TIMEOUTS));
    const holder = this.random.below(5);
    const take = (side: Side): Receipt[] => {
      const rows = this[side].receivable(queue[side], max);
      const receipts = rows.map((row) => this[side].hide(row, this.#place.now, timeout, holder));
      this[side].served(queue[side], rows);
      return receipts;
    };
    const [rows, plains] = [take('row'), take('plain')];
    const told = this.#tell(
      'row',
      rows.map((receipt) => receipt.row),
    );
    expect(told).toEqual(
      this.#tell(
        'plain',
        plains.map((receipt) => receipt.row),
      ),
    );
    const receipts = rows.map((row, index) => ({ row, plain: plains[index]! }));
    this.#place = { ...this.#place, receipts: [...this.#place.receipts, ...receipts].slice(-60) };
  }

  #change(): void {
    const timeout = milliseconds(this.#pick(TIMEOUTS));
    this.#withHeld((side, row) => {
      if (this[side].facts(row).state === 'inFlight')
        this[side].changeVisibility(row, this.#place.now, timeout);
    });
  }

  #move(): void {
    const receipt = this.#pick(this.#place.receipts);
    if (receipt === undefined || !this.#sameHeld(receipt)) return;
    const { queue: home } = this.row.facts(receipt.row.row);
    const { fifo } = this.#place.queues.find((queue) => queue.row === home)!;
    const target = this.#pick(this.#place.queues.filter((queue) => queue.fifo === fifo));
    const keepSent = this.random.chance(1, 2);
    for (const side of SIDES) this[side].move(receipt[side].row, target[side], this.#place.now, { keepSent });
  }

  #wait(): void {
    const until = this.#later();
    this.#same((side) => {
      const told: string[] = [];
      while (!this[side].advance(until, this.#limit(side), this.#hooks(side, told)));
      return told;
    });
  }

  /** Other operations between the slices of one long advance. */
  #waitInSlices(): void {
    const until = this.#later();
    for (let slice = 0; slice < 5; slice++) {
      const told: Record<Side, string[]> = { row: [], plain: [] };
      this.row.advance(until, this.random.integer(0, 6), this.#hooks('row', told.row));
      this.plain.advance(until, told.row.length, this.#hooks('plain', told.plain));
      expect(told.plain).toEqual(told.row);
      this.#pick([() => this.#send(), () => this.#receive(), () => this.#change(), () => this.#move()])();
    }
    this.#same((side) => {
      const told: string[] = [];
      while (!this[side].advance(until, 1_000, this.#hooks(side, told)));
      return told;
    });
  }

  #purge(): void {
    const queue = this.#queue();
    for (const side of SIDES) this[side].purge(queue[side]);
  }

  #addQueue(fifo: boolean): void {
    if (this.#place.queues.length >= 6) return;
    const settings = { fifo, retention: this.#retention() };
    const queue = { fifo, row: this.row.addQueue(settings), plain: this.plain.addQueue(settings) };
    this.#place = { ...this.#place, queues: [...this.#place.queues, queue] };
  }

  #dropQueue(): void {
    if (this.#place.queues.length <= 3) return;
    const dropped = this.#queue();
    for (const side of SIDES) this[side].dropQueue(dropped[side]);
    this.#place = { ...this.#place, queues: this.#place.queues.filter((queue) => queue !== dropped) };
  }

  #setRetention(): void {
    const [queue, retention] = [this.#queue(), this.#retention()];
    for (const side of SIDES) this[side].setRetention(queue[side], retention);
  }

  #checkpoint(): void {
    this.#marks = [...this.#marks, this.mark()].slice(-4);
  }

  #restore(): void {
    const { length } = this.#marks;
    if (length === 0) return;
    const marks = this.#marks;
    this.goTo(marks[this.random.below(length)]!);
    this.#marks = marks;
  }

  #withHeld(act: (side: Side, row: Row) => void): void {
    const receipt = this.#pick(this.#place.receipts);
    if (receipt === undefined || !this.#sameHeld(receipt)) return;
    for (const side of SIDES) act(side, receipt[side].row);
  }

  #sameHeld(receipt: Pair<Receipt>): boolean {
    const held = (side: Side): boolean => this[side].held(receipt[side]) !== undefined;
    expect(held('row')).toBe(held('plain'));
    return held('row');
  }

  #same(ask: (side: Side) => unknown): void {
    expect(ask('row')).toEqual(ask('plain'));
  }

  /** Messages in words that both stores share. */
  #tell(side: Side, rows: readonly Row[]): object[] {
    return rows.map((row) => {
      const { queue, ...facts } = this[side].facts(row);
      return { ...facts, queue: this.#place.queues.findIndex((known) => known[side] === queue) };
    });
  }

  #hooks(side: Side, told: string[]): StoreHooks {
    const tell = (row: Row): string => JSON.stringify(Object.entries(this.#tell(side, [row])[0]!).sort());
    return {
      onVisible: (row, why, at) => told.push(`visible ${tell(row)} ${why} ${at}`),
      onExpired: (row, at) => told.push(`expired ${tell(row)} ${at}`),
    };
  }

  #later(): Instant {
    const now = instant(this.#place.now + this.#pick(WAITS));
    this.#place = { ...this.#place, now };
    return now;
  }

  #limit(side: Side): number {
    return side === 'plain' ? 1_000_000 : 7;
  }

  #retention(): Milliseconds {
    return milliseconds(this.#pick(RETENTIONS));
  }

  #queue(): Queue {
    return this.#pick(this.#place.queues);
  }

  #repeat(times: number, act: () => void): void {
    for (let count = 0; count < times; count++) act();
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.random.below(Math.max(1, items.length))]!;
  }
}
