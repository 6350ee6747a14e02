/**
 * The message store in plain objects: obviously right, and slow. It says what the rows must do.
 */
import { assert } from '../../src/engine/assert.ts';
import { hashJson } from '../../src/engine/digest.ts';
import type {
  Content,
  Counts,
  Held,
  MessageFacts,
  MessageState,
  MessageStore,
  QueueRow,
  Receipt,
  Row,
  StoreHooks,
  StoreImage,
} from '../../src/engine/store/messageStore.ts';
import { after, type Instant, type Milliseconds } from '../../src/engine/units.ts';
import { copyState, emptyState, type Message, PlainImage, type Queue } from './plainState.ts';

const remove = <Item>(list: Item[], item: Item): void => {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
};

class PlainStore implements MessageStore {
  #state = emptyState();
  #advancing = false;

  addQueue(settings: { readonly fifo: boolean; readonly retention: Milliseconds }): QueueRow {
    const row = this.#state.nextRow++ as QueueRow;
    const queue = { row, ...settings, age: [], visible: [], groups: new Map(), ready: [] };
    this.#state.queues.set(row, queue);
    return row;
  }

  setRetention(queue: QueueRow, retention: Milliseconds): void {
    this.#queue(queue).retention = retention;
  }

  dropQueue(queue: QueueRow): void {
    this.purge(queue);
    this.#state.queues.delete(queue);
  }

  purge(queue: QueueRow): void {
    const { age } = this.#queue(queue);
    for (const row of [...age]) this.drop(row);
  }

  send(
    queueRow: QueueRow,
    content: Content,
    now: Instant,
    how: { readonly delay: Milliseconds; readonly group?: string },
  ): Row {
    this.#write(now);
    const queue = this.#queue(queueRow);
    assert((how.group !== undefined) === queue.fifo, 'a FIFO queue, and only it, has message groups');
    const message: Message = {
      row: this.#state.nextRow++ as Row,
      content,
      queue: queueRow,
      group: how.group,
      state: 'visible',
      sent: now,
      firstReceived: undefined,
      receiveCount: 0,
      due: undefined,
      hiddenOrder: 0,
      received: undefined,
      holder: 0,
      generation: 1,
    };
    this.#state.messages.set(message.row, message);
    if (how.delay > 0) this.#makeInvisible(message, 'delayed', after(now, how.delay));
    this.#join(queue, message);
    return message.row;
  }

  receivable(queueRow: QueueRow, max: number): Row[] {
    const queue = this.#queue(queueRow);
    if (!queue.fifo) return queue.visible.slice(0, max);
    const rows: Row[] = [];
    for (const name of queue.ready) {
      for (const row of queue.groups.get(name)!) {
        if (rows.length >= max || this.#message(row).state !== 'visible') break;
        rows.push(row);
      }
    }
    return rows;
  }

  hasBlockedGroup(queue: QueueRow): boolean {
    const { groups, ready } = this.#queue(queue);
    return groups.size > ready.length;
  }

  hide(row: Row, now: Instant, timeout: Milliseconds, holder: number): Receipt {
    this.#write(now);
    const message = this.#message(row);
    const queue = this.#queue(message.queue);
    assert(message.state === 'visible', 'only a visible message is handed out');
    message.receiveCount++;
    message.generation++;
    message.firstReceived ??= now;
    message.received = now;
    message.holder = holder;
    remove(queue.visible, row);
    if (timeout > 0) this.#makeInvisible(message, 'inFlight', after(now, timeout));
    this.#settle(queue, message);
    return this.receiptOf(row);
  }

  served(queueRow: QueueRow, rows: readonly Row[]): void {
    const queue = this.#queue(queueRow);
    if (!queue.fifo) return;
    for (const name of new Set(rows.map((row) => this.#message(row).group!))) {
      if (!queue.ready.includes(name)) continue;
      remove(queue.ready, name);
      queue.ready.push(name);
    }
  }

  receiptOf(row: Row): Receipt {
    return { row, generation: this.#message(row).generation };
  }

  held({ row, generation }: Held): Row | undefined {
    const message = this.#state.messages.get(row);
    if (message === undefined || (generation !== undefined && message.generation !== generation))
      return undefined;
    return row;
  }

  changeVisibility(row: Row, now: Instant, timeout: Milliseconds): void {
    this.#write(now);
    const message = this.#message(row);
    assert(message.state === 'inFlight', 'only a message in flight changes its visibility');
    if (timeout > 0) this.#makeInvisible(message, 'inFlight', after(now, timeout));
    else this.#show(message);
  }

  drop(row: Row): void {
    this.#write();
    this.#leave(this.#message(row));
    this.#state.messages.delete(row);
  }

  move(row: Row, target: QueueRow, now: Instant, how: { readonly keepSent: boolean }): void {
    this.#write(now);
    const message = this.#message(row);
    const queue = this.#queue(target);
    assert(this.#queue(message.queue).fifo === queue.fifo, 'a message moves between queues of one type');
    this.#leave(message);
    message.queue = target;
    message.generation++;
    message.state = 'visible';
    message.due = undefined;
    if (!how.keepSent) message.sent = now;
    this.#join(queue, message);
  }

  content(row: Row): Content {
    return this.#message(row).content;
  }

  facts(row: Row): MessageFacts {
    const { hiddenOrder, generation, row: _, ...facts } = this.#message(row);
    return facts;
  }

  queueOf(row: Row): QueueRow {
    return this.#message(row).queue;
  }

  state(row: Row): MessageState {
    return this.#message(row).state;
  }

  receiveCount(row: Row): number {
    return this.#message(row).receiveCount;
  }

  inFlight(queue: QueueRow): number {
    return this.counts(queue).inFlight;
  }

  counts(queue: QueueRow): Counts {
    const counts = { visible: 0, inFlight: 0, delayed: 0 };
    for (const row of this.#queue(queue).age) counts[this.#message(row).state]++;
    return counts;
  }

  oldest(queue: QueueRow): Instant | undefined {
    const [first] = this.#queue(queue).age;
    return first === undefined ? undefined : this.#message(first).sent;
  }

  list(queue: QueueRow, from: number, limit: number): Row[] {
    return this.#queue(queue).age.slice(from, from + limit);
  }

  nextDue(): Instant | undefined {
    return this.#next()?.due;
  }

  advance(until: Instant, limit: number, hooks: StoreHooks): boolean {
    this.#write();
    this.#advancing = true;
    for (let done = 0; ; done++) {
      const next = this.#next();
      if (next === undefined || next.due > until) break;
      if (done >= limit) {
        this.#advancing = false;
        return false;
      }
      const at = Math.max(next.due, this.#state.clock) as Instant;
      const { message } = next;
      if (next.expires) {
        hooks.onExpired(message.row, at);
        this.#leave(message);
        this.#state.messages.delete(message.row);
      } else {
        const why = message.state === 'delayed' ? 'delay' : 'timeout';
        this.#show(message);
        hooks.onVisible(message.row, why, at);
      }
    }
    this.#advancing = false;
    if (until > this.#state.clock) this.#state.clock = until;
    return true;
  }

  checkpoint(): StoreImage {
    return new PlainImage(copyState(this.#state));
  }

  restore(image: StoreImage): void {
    assert(image instanceof PlainImage, 'an image of a plain store');
    this.#state = copyState(image.state);
  }

  digest(): string {
    return hashJson(this.#state);
  }

  /** What is due first, by the order that `messageStore.ts` states. */
  #next(): { due: Instant; expires: boolean; message: Message } | undefined {
    let best: { due: Instant; expires: boolean; message: Message } | undefined;
    for (const queue of this.#state.queues.values()) {
      const [oldest] = queue.age;
      if (oldest === undefined) continue;
      const message = this.#message(oldest);
      const due = after(message.sent, queue.retention);
      if (best === undefined || due < best.due) best = { due, expires: true, message };
    }
    for (const message of this.#state.messages.values()) {
      const { due, hiddenOrder } = message;
      if (due === undefined) continue;
      const tie = best !== undefined && due === best.due && !best.expires;
      if (best === undefined || due < best.due || (tie && hiddenOrder < best.message.hiddenOrder)) {
        best = { due, expires: false, message };
      }
    }
    return best;
  }

  #join(queue: Queue, message: Message): void {
    const later = queue.age.findIndex((row) => this.#message(row).sent > message.sent);
    queue.age.splice(later < 0 ? queue.age.length : later, 0, message.row);
    if (message.group !== undefined) {
      const group = queue.groups.get(message.group) ?? [];
      group.push(message.row);
      queue.groups.set(message.group, group);
    }
    this.#settle(queue, message);
  }

  #leave(message: Message): void {
    const queue = this.#queue(message.queue);
    remove(queue.age, message.row);
    remove(queue.visible, message.row);
    if (message.group === undefined) return;
    remove(queue.groups.get(message.group)!, message.row);
    this.#settleGroup(queue, message.group);
  }

  #makeInvisible(message: Message, state: 'inFlight' | 'delayed', due: Instant): void {
    message.state = state;
    message.due = due;
    message.hiddenOrder = this.#state.nextOrder++;
  }

  #show(message: Message): void {
    message.state = 'visible';
    message.due = undefined;
    this.#settle(this.#queue(message.queue), message);
  }

  /** Puts a message that has just joined or changed its state where the next receive looks. */
  #settle(queue: Queue, message: Message): void {
    if (message.group !== undefined) this.#settleGroup(queue, message.group);
    else if (message.state === 'visible') queue.visible.push(message.row);
  }

  /** A group is in rotation while its head is visible; it joins at the back. An empty one is forgotten. */
  #settleGroup(queue: Queue, name: string): void {
    const [head] = queue.groups.get(name)!;
    if (head === undefined) queue.groups.delete(name);
    const ready = head !== undefined && this.#message(head).state === 'visible';
    if (!ready) remove(queue.ready, name);
    else if (!queue.ready.includes(name)) queue.ready.push(name);
  }

  #write(now?: Instant): void {
    assert(!this.#advancing, 'a hook does not write to the store');
    if (now === undefined) return;
    assert(now >= this.#state.clock, 'the clock of a store never goes back');
    this.#state.clock = now;
  }

  #message(row: Row): Message {
    const message = this.#state.messages.get(row);
    assert(message, `no message in row ${row}`);
    return message;
  }

  #queue(row: QueueRow): Queue {
    const queue = this.#state.queues.get(row);
    assert(queue, `no queue in row ${row}`);
    return queue;
  }
}

export const createPlainStore = (): MessageStore => new PlainStore();
