/** The cycle of `bareCore.ts`, on the message store. */
import type { MessageStore, QueueRow, StoreHooks } from '../../src/engine/store/index.ts';
import { createMessageStore } from '../../src/engine/store/index.ts';
import { type Instant, instant, milliseconds } from '../../src/engine/units.ts';
import { CYCLES_PER_MILLISECOND, isKept, VISIBILITY } from '../reference/bareCore.ts';

export const NO_HOOKS: StoreHooks = { onVisible: () => undefined, onExpired: () => undefined };
export const NO_DELAY = { delay: milliseconds(0) };
export const FOUR_DAYS = milliseconds(345_600_000);
export const TIMEOUT = milliseconds(VISIBILITY);
export const SLICE = 4_096;

export const body = (cycle: number): object => ({ id: cycle, body: 'hello' });

export interface StoreRun {
  readonly store: MessageStore;
  readonly queue: QueueRow;
  now: Instant;
}

/** A store with one queue in which `resident` messages wait. */
export function filledStore(resident: number, content = body): StoreRun {
  const store = createMessageStore();
  const queue = store.addQueue({ fifo: false, retention: FOUR_DAYS });
  const run = { store, queue, now: instant(0) };
  for (let index = 0; index < resident; index++) store.send(queue, content(index), run.now, NO_DELAY);
  return run;
}

export function advance(run: StoreRun, until: Instant): void {
  const due = run.store.nextDue();
  if (due !== undefined && due <= until) while (!run.store.advance(until, SLICE, NO_HOOKS));
  run.now = until;
}

export function storeCycles(run: StoreRun, cycles: number, content = body): void {
  const { store, queue } = run;
  for (let cycle = 0; cycle < cycles; cycle++) {
    store.send(queue, content(cycle), run.now, NO_DELAY);
    const [row] = store.receivable(queue, 1);
    const receipt = store.hide(row!, run.now, TIMEOUT, 0);
    if (!isKept(cycle)) store.drop(store.held(receipt)!);
    if (cycle % CYCLES_PER_MILLISECOND === 0) advance(run, instant(run.now + 1));
  }
}
