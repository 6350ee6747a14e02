/**
 * The store of waiting messages: visible lists, message groups, deadlines and ages of all queues of a world.
 *
 * Cost of an operation never depends on how many messages wait. The interface speaks of queues and messages; how
 * they lie in memory is known in this folder only. Two implementations hold it: paged rows (`rowStore.ts`) and
 * a plain one (`test/support/plainStore.ts`) that serves as their oracle.
 *
 * The order of time. What is due is done in order of its due instant; at one instant first what expires (queue by
 * queue in order of their making, oldest message first), then what turns visible, in the order in which it was
 * hidden or delayed. `advance(t)` does what is due at t and leaves what is due at t + 1.
 *
 * The store's clock is the latest instant that an operation named or an `advance` finished. It never goes back:
 * an earlier `now` is a broken invariant. What became overdue behind it (a shorter retention, an old message moved
 * to a queue with a shorter one) is done by the next `advance`, at the clock.
 */
import type { Instant, Milliseconds } from '../units.ts';

/** A message in the store. Valid until the message is dropped; the store reuses it afterwards. */
export type Row = number & { readonly __row: true };
/** A queue in the store. */
export type QueueRow = number & { readonly __queue: true };

/**
 * One handing-out of one message. It stays the message's receipt until the message is handed out again, moved or
 * dropped; a stale one never matches, also after the row has been reused.
 */
export interface Receipt {
  readonly row: Row;
  readonly generation: number;
}

/** Without a generation: whoever has received it since. */
export type Held = Pick<Receipt, 'row'> & Partial<Receipt>;

export type MessageState = 'visible' | 'inFlight' | 'delayed';

/** What never changes about a message. Frozen by who makes it; shared by checkpoints and events. */
export type Content = object;

export interface MessageFacts {
  readonly content: Content;
  readonly queue: QueueRow;
  readonly state: MessageState;
  readonly sent: Instant;
  /** When it was first handed out. */
  readonly firstReceived: Instant | undefined;
  readonly receiveCount: number;
  /** When it turns visible: only while in flight or delayed. */
  readonly due: Instant | undefined;
  /** When it was last handed out, and to whom (a number of the service's choosing; 0 for nobody). */
  readonly received: Instant | undefined;
  readonly holder: number;
  readonly group: string | undefined;
}

export interface Counts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/**
 * What the passing of time did; called while `advance` runs, in the order in which it was due. A hook may read the
 * store; it must not write to it (note the queue, and serve its waiting calls after `advance`).
 */
export interface StoreHooks {
  /** A hidden or delayed message turned visible. */
  onVisible(row: Row, why: 'timeout' | 'delay', at: Instant): void;
  /** Retention ran out. The row still answers `facts` during the call; it is gone afterwards. */
  onExpired(row: Row, at: Instant): void;
}

export interface MessageStore {
  addQueue(settings: { readonly fifo: boolean; readonly retention: Milliseconds }): QueueRow;
  /** Applies to the messages that already wait, too; what is now too old expires at the next `advance`. */
  setRetention(queue: QueueRow, retention: Milliseconds): void;
  /**
   * Forgets the queue and all its messages, at once for who asks (memory is freed in slices over the following
   * `advance` calls). The queue must not be named again.
   */
  dropQueue(queue: QueueRow): void;
  /** Drops every message that is there now, whatever its state; no hook is called. */
  purge(queue: QueueRow): void;

  /** Appends a message; with `delay` it turns visible later. `group` only on a FIFO queue. */
  send(
    queue: QueueRow,
    content: Content,
    now: Instant,
    how: { readonly delay: Milliseconds; readonly group?: string },
  ): Row;

  /**
   * The messages the next receive would hand out, at most `max`, in order; nothing changes. Standard: from the
   * head of the visible list. FIFO: group by group in rotation, each from its head up to (not including) its first
   * invisible message.
   */
  receivable(queue: QueueRow, max: number): Row[];
  /** FIFO: is the head of any group in flight or delayed, so that what stands behind it must wait? */
  hasBlockedGroup(queue: QueueRow): boolean;
  /**
   * Hands a message out: hidden until `now + timeout` (0: at once visible again, at the tail of a standard queue),
   * receive count + 1, new receipt. Hand rows of one `receivable` answer out in its order. On FIFO call
   * `served` after the last.
   */
  hide(row: Row, now: Instant, timeout: Milliseconds, holder: number): Receipt;
  /**
   * FIFO: the groups of these rows that can be served again at once go to the back of the rotation, in the order
   * of the rows. (A group that opens later joins the back when it opens.) Nothing to do on a standard queue.
   */
  served(queue: QueueRow, rows: readonly Row[]): void;

  receiptOf(row: Row): Receipt;
  /** The message this receipt still holds, in flight or visible again; undefined when stale. */
  held(receipt: Held): Row | undefined;
  /** Counts from now; 0 shows it at once, without a hook. The message must be in flight. */
  changeVisibility(row: Row, now: Instant, timeout: Milliseconds): void;
  drop(row: Row): void;
  /**
   * Moves a message to the tail of another queue of the same type, visible. Row, content, group and receive count
   * stay; its receipts are void. `keepSent` keeps the original send time (standard dead-letter queues), else it is
   * `now`.
   */
  move(row: Row, target: QueueRow, now: Instant, how: { readonly keepSent: boolean }): void;

  /** As `facts(row).content`, cheaper. */
  content(row: Row): Content;
  facts(row: Row): MessageFacts;
  /** As the same of `facts(row)`, cheaper. */
  queueOf(row: Row): QueueRow;
  state(row: Row): MessageState;
  receiveCount(row: Row): number;
  counts(queue: QueueRow): Counts;
  /** As `counts(queue).inFlight`, cheaper. */
  inFlight(queue: QueueRow): number;
  /** Send time of the oldest message that waits, in any state. */
  oldest(queue: QueueRow): Instant | undefined;
  /**
   * The first rows in order of send time, for screens; `from` rows are skipped. Cost: from + limit. A message moved
   * with its old send time stands behind those of the same instant.
   */
  list(queue: QueueRow, from: number, limit: number): Row[];

  /** The earliest instant at which `advance` has something to do; it may be early, never late. */
  nextDue(): Instant | undefined;
  /**
   * Does what is due up to and including `until`, at most about `limit` messages; false: call again, with the same
   * or a later `until`. Other operations may come in between.
   */
  advance(until: Instant, limit: number, hooks: StoreHooks): boolean;

  checkpoint(): StoreImage;
  restore(image: StoreImage): void;
  digest(): string;
}

/** A moment of a store. Immutable; shares with the store and other images what has not changed since. */
export interface StoreImage {
  /** A plain JSON form for save files (columns and texts, still uncompressed). */
  toJSON(): unknown;
  /** Bytes of what has been written since the image before it, about. */
  readonly bytes: number;
  /** Bytes this image holds that `other` does not, about: what dropping it frees where `other` is its neighbour. */
  bytesBeside(other: StoreImage): number;
}
