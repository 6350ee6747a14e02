/**
 * FIFO: a receive that is repeated with the same ReceiveRequestAttemptId within five minutes gets the same messages
 * and the same handles, hidden anew, provided that nobody deleted one or changed its visibility, and that none
 * became visible meanwhile. SQS API Reference, ReceiveMessage.
 */
import type { Context } from '../../../engine/service.ts';
import type { Receipt } from '../../../engine/store/index.ts';
import { after, type Instant, type Milliseconds } from '../../../engine/units.ts';
import { DEDUPLICATION_WINDOW } from '../limits.ts';
import type { Queue, ReceiveAttempt, SqsState } from '../model.ts';
import { setStoreAlarm } from './storeAlarm.ts';

/** Undefined: not a repetition, or not a valid one; the receive then takes what there is. */
export function repeatAttempt(
  context: Context<SqsState>,
  queue: Queue,
  id: string | undefined,
  timeout: Milliseconds,
): readonly Receipt[] | undefined {
  const { state, now } = context;
  const attempt = id === undefined ? undefined : queue.attempts.get(id);
  if (id === undefined || attempt === undefined || now - attempt.at >= DEDUPLICATION_WINDOW) return undefined;
  const untouched = ({ row, generation }: Receipt): boolean => {
    const held = state.store.held({ row, generation });
    if (held === undefined) return false;
    const facts = state.store.facts(held);
    return facts.state === 'inFlight' && facts.due === attempt.due;
  };
  if (!attempt.receipts.every(untouched)) return undefined;
  for (const { row } of attempt.receipts) state.store.changeVisibility(row, now, timeout);
  queue.attempts.set(id, Object.freeze({ ...attempt, due: after(now, timeout) }));
  setStoreAlarm(context);
  return attempt.receipts;
}

/** Remembers what was handed out; forgets attempts that no longer count. */
export function recordAttempt(queue: Queue, id: string | undefined, attempt: ReceiveAttempt): void {
  if (id === undefined || !queue.fifo) return;
  queue.attempts.delete(id);
  forgetOld(queue, attempt.at);
  queue.attempts.set(id, Object.freeze(attempt));
}

function forgetOld(queue: Queue, now: Instant): void {
  for (const [id, { at }] of queue.attempts) {
    if (now - at < DEDUPLICATION_WINDOW) return;
    queue.attempts.delete(id);
  }
}
