/** The implementations of the message store that must not differ, and words to drive one with. */
import type {
  Content,
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
import { plainImageFromJSON } from './plainState.ts';
import { createPlainStore } from './plainStore.ts';

export interface StoreKind {
  readonly name: string;
  create(): MessageStore;
  imageFromJSON(json: unknown): StoreImage;
}

export const storeKinds: readonly StoreKind[] = [
  { name: 'the plain store', create: createPlainStore, imageFromJSON: plainImageFromJSON },
  { name: 'the row store', create: createRowStore, imageFromJSON: rowImageFromJSON },
];

export const FOUR_DAYS = milliseconds(345_600_000);

/** A store whose messages are named by their text. `now` is set by hand; `after` lets time pass. */
export class StoreDriver {
  readonly store: MessageStore;
  now: Instant = instant(0);
  /** What the hooks told: `visible TEXT why @at` or `expired TEXT @at`. */
  readonly told: string[] = [];

  constructor(store: MessageStore) {
    this.store = store;
  }

  queue(how: { fifo?: boolean; retention?: Milliseconds } = {}): QueueRow {
    return this.store.addQueue({ fifo: how.fifo ?? false, retention: how.retention ?? FOUR_DAYS });
  }

  /** On a FIFO queue the group is what stands before the dash: `g1-m2`. */
  send(queue: QueueRow, text: string, how: { delay?: number; fifo?: boolean } = {}): Row {
    const delay = milliseconds(how.delay ?? 0);
    const group = how.fifo ? { group: text.split('-')[0]! } : {};
    return this.store.send(queue, Object.freeze({ text }), this.now, { delay, ...group });
  }

  text(row: Row): string {
    return textOf(this.store.facts(row).content);
  }

  /** Receives as a service does: hands out what is receivable, then rotates. */
  receive(queue: QueueRow, max: number, timeout: number): Receipt[] {
    const rows = this.store.receivable(queue, max);
    const receipts = rows.map((row) => this.store.hide(row, this.now, milliseconds(timeout), 0));
    this.store.served(queue, rows);
    return receipts;
  }

  /** The texts a receive handed out. */
  take(queue: QueueRow, max: number, timeout: number): string[] {
    return this.receive(queue, max, timeout).map((receipt) => this.text(receipt.row));
  }

  /** What a receive would hand out; nothing changes. */
  peek(queue: QueueRow): string[] {
    return this.store.receivable(queue, 1_000).map((row) => this.text(row));
  }

  texts(queue: QueueRow): string[] {
    return this.store.list(queue, 0, 1_000).map((row) => this.text(row));
  }

  change(receipt: Receipt, timeout: number): void {
    this.store.changeVisibility(receipt.row, this.now, milliseconds(timeout));
  }

  /** To the instant `at`, doing what is due; `limit` messages a slice. */
  until(at: number, limit = 1_000_000): void {
    const hooks: StoreHooks = {
      onVisible: (row, why, when) => this.told.push(`visible ${this.text(row)} ${why} @${when}`),
      onExpired: (row, when) => this.told.push(`expired ${this.text(row)} @${when}`),
    };
    while (!this.store.advance(instant(at), limit, hooks));
    this.now = instant(at);
  }
}

const textOf = (content: Content): string => (content as { text: string }).text;
