/** What a receipt handle still stands for, and what may be done with it. */
import type { Context } from '../../../engine/service.ts';
import type { MessageFacts, Row } from '../../../engine/store/index.ts';
import { milliseconds, type Seconds, seconds, toMilliseconds } from '../../../engine/units.ts';
import { invalidValue, receiptHandleIsInvalid } from '../errors.ts';
import { emit } from '../events.ts';
import { VISIBILITY_SECONDS_MAX } from '../limits.ts';
import type { MessageContent, Queue, SqsState } from '../model.ts';
import { countTenant } from './fairness.ts';
import { forgetCopy, missesHost } from './hosts.ts';
import { wake } from './longPolls.ts';
import { parseReceiptHandle } from './receiptHandle.ts';
import { setStoreAlarm } from './storeAlarm.ts';

/** The message that the handle holds; undefined when it is gone, or somebody else has received it since. */
function messageOf(state: SqsState, queue: Queue, handle: string): Row | undefined {
  const facts = parseReceiptHandle(state.seed, queue.order, handle);
  if (facts === undefined) throw receiptHandleIsInvalid(handle);
  const row = state.store.held(facts.receipt);
  if (!queue.fifo) return row;
  const expired =
    row === undefined ? queue.handedOutAgain.has(facts.message) : state.store.state(row) !== 'inFlight';
  if (expired) throw expiredHandle(handle);
  return row;
}

/**
 * Recorded: on a standard queue the handle of an earlier receive still changes the visibility. What was moved to another
 * queue since is out of its reach.
 */
function sinceReceived(state: SqsState, queue: Queue, handle: string): Row | undefined {
  if (queue.fifo) return undefined;
  const facts = parseReceiptHandle(state.seed, queue.order, handle);
  const row = facts && state.store.held({ row: facts.receipt.row });
  if (facts === undefined || row === undefined) return undefined;
  if (state.store.facts(row).queue !== queue.row) return undefined;
  return (state.store.content(row) as MessageContent).sequence === facts.message ? row : undefined;
}

/** Recorded for DeleteMessage on a FIFO queue. UNSURE: that ChangeMessageVisibility says the same. */
const expiredHandle = (handle: string): Error =>
  invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.', {
    why: 'The visibility timeout of this receive has ended; on a FIFO queue its handle ends with it.',
  });

/** Deletes what the handle holds. Gone already: that is success, any number of times. */
export function deleteByHandle(context: Context<SqsState>, queue: Queue, handle: string): void {
  const { state, caller } = context;
  const row = messageOf(state, queue, handle);
  if (row === undefined) {
    queue.open.deletedAgain++;
    return;
  }
  const { store } = state;
  const message = store.content(row) as MessageContent;
  const receiveCount = store.receiveCount(row);
  const copyLeft = missesHost(context, queue, message);
  if (!copyLeft) {
    if (store.state(row) === 'inFlight') countTenant(state, queue, message, -1);
    store.drop(row);
    forgetCopy(state, queue, message);
    queue.handedOutAgain.delete(message.sequence);
  }
  queue.counters.deleted++;
  const { by } = caller;
  const { name } = queue;
  emit(
    context,
    copyLeft
      ? { type: 'sqs/MessageDeleted', by, queue: name, content: message, receiveCount, copyLeft }
      : { type: 'sqs/MessageDeleted', by, queue: name, content: message, receiveCount },
  );
  // In a FIFO queue the rest of its group may go on.
  if (queue.fifo) wake(context, queue);
}

/** A change that will be accepted. */
export interface CheckedChange {
  readonly row: Row;
  readonly facts: MessageFacts;
  readonly timeout: Seconds;
}

/** Undefined: accepted, without effect (a standard message whose timeout has ended). */
export function checkChange(
  { state, now }: Context<SqsState>,
  queue: Queue,
  handle: string,
  timeout: number,
): CheckedChange | undefined {
  if (!Number.isInteger(timeout) || timeout < 0 || timeout > VISIBILITY_SECONDS_MAX) {
    // UNSURE: the sentence; that of ReceiveMessage is recorded.
    throw invalidValue(timeout, 'VisibilityTimeout', `Must be between 0 and ${VISIBILITY_SECONDS_MAX}.`);
  }
  const row = messageOf(state, queue, handle) ?? sinceReceived(state, queue, handle);
  if (row === undefined) {
    throw invalidValue(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  const facts = state.store.facts(row);
  if (facts.state !== 'inFlight') return undefined;
  const held = milliseconds(now - (facts.received ?? now));
  if (held + toMilliseconds(seconds(timeout)) > toMilliseconds(VISIBILITY_SECONDS_MAX)) {
    throw invalidValue(
      timeout,
      'VisibilityTimeout',
      `Total VisibilityTimeout for the message is beyond the limit [${VISIBILITY_SECONDS_MAX} seconds].`,
      { why: `It has been hidden for ${held / 1000} s; with ${timeout} s more it would be over 12 hours.` },
    );
  }
  return { row, facts, timeout: seconds(timeout) };
}

/** Hides the message for `timeout` from now; zero shows it at once. */
export function changeVisibility(
  context: Context<SqsState>,
  queue: Queue,
  { row, facts, timeout }: CheckedChange,
): void {
  const { state, now, caller } = context;
  const timeoutMs = toMilliseconds(timeout);
  const { receiveCount } = facts;
  const content = facts.content as MessageContent;
  const about = { by: caller.by, queue: queue.name, content, receiveCount };
  state.store.changeVisibility(row, now, timeoutMs);
  queue.open.used = true;
  emit(context, { type: 'sqs/VisibilityChanged', ...about, timeoutMs });
  if (timeoutMs === 0) {
    countTenant(state, queue, content, -1);
    emit(context, { type: 'sqs/MessageVisible', ...about, reason: 'changed' });
    wake(context, queue);
  }
  setStoreAlarm(context);
}
