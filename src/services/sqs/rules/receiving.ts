/** Handing messages out: what a receive takes, and what it answers. */

import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import type { Receipt, Row } from '../../../engine/store/index.ts';
import { after, type Milliseconds, type Seconds, toMilliseconds } from '../../../engine/units.ts';
import { overLimit } from '../errors.ts';
import { type EmptyReason, emit } from '../events.ts';
import { inFlightMax } from '../limits.ts';
import { holderNumber, type MessageContent, type Queue, type SqsState } from '../model.ts';
import { chooser, isInOrder, type Poll } from './choosing.ts';
import { type Sweep, sweepDeadLetters } from './deadLetters.ts';
import { countTenant } from './fairness.ts';
import { dialsOf } from './hosts.ts';
import { selectAttributes } from './messageAttributes.ts';
import { recordAttempt, repeatAttempt } from './receiveAttempts.ts';
import { ReceivedMessage } from './receivedMessage.ts';
import { setStoreAlarm } from './storeAlarm.ts';
import { systemAttributes } from './systemAttributes.ts';

/** What a receive asks for. */
export interface Receive {
  readonly by: string;
  readonly max: number;
  /** Undefined: the queue's. */
  readonly timeout: Seconds | undefined;
  readonly systemAttributes: readonly string[];
  readonly attributeNames: readonly string[];
  readonly attemptId: string | undefined;
}

export interface Taken {
  readonly messages: readonly object[];
  /** The dead-letter queue that got messages on the way: its own polls may go on. */
  readonly movedTo: Queue | undefined;
  /** Nothing was found: the hosts that a short poll asked. */
  readonly asked?: readonly number[] | undefined;
}

const NOTHING: Taken = Object.freeze({ messages: [], movedTo: undefined });

/** Takes what can be handed out now; takes nothing when there is nothing. */
export function take(context: Context<SqsState>, queue: Queue, receive: Receive, poll: Poll): Taken {
  const { state, now } = context;
  const timeout = toMilliseconds(receive.timeout ?? queue.settings.VisibilityTimeout);
  const repeated = repeatAttempt(context, queue, receive.attemptId, timeout);
  if (repeated !== undefined) {
    const messages = repeated.map((receipt) => answerOf(state, queue, receipt, receive));
    return { messages, movedTo: undefined };
  }
  const max = Math.min(receive.max, inFlightMax(state.limits) - state.store.inFlight(queue.row));
  if (max <= 0) return NOTHING;
  const { rows, movedTo, asked } = nextRows(context, queue, max, poll);
  if (movedTo !== undefined) setStoreAlarm(context);
  if (rows.length === 0) return { messages: NOTHING.messages, movedTo, asked };
  const holder = holderNumber(state, receive.by);
  const receipts: Receipt[] | undefined = receive.attemptId === undefined ? undefined : [];
  const messages = rows.map((row): ReceivedMessage => {
    const receipt = state.store.hide(row, now, timeout, holder);
    receipts?.push(receipt);
    noteReceived(context, queue, row, timeout, receive.by);
    return answerOf(state, queue, receipt, receive);
  });
  if (queue.fifo) state.store.served(queue.row, rows);
  if (receipts !== undefined) {
    recordAttempt(queue, receive.attemptId, { at: now, receipts, due: after(now, timeout) });
  }
  queue.counters.received += rows.length;
  countTraffic(queue.outgoing, now, rows.length);
  setStoreAlarm(context);
  return { messages, movedTo };
}

/** A queue without hosts, noise and dead letters hands out in its order: most do, and nothing is asked for that. */
function nextRows(
  context: Context<SqsState>,
  queue: Queue,
  max: number,
  poll: Poll,
): Sweep & Pick<Taken, 'asked'> {
  if (queue.settings.RedrivePolicy === undefined && isInOrder(context, queue)) {
    return { rows: context.state.store.receivable(queue.row, max), movedTo: undefined };
  }
  const choose = chooser(context, queue, max, poll);
  const { rows, movedTo } = sweepDeadLetters(context, queue, choose);
  return { rows, movedTo, asked: choose.asked };
}

function noteReceived(
  context: Context<SqsState>,
  queue: Queue,
  row: Row,
  timeoutMs: Milliseconds,
  by: string,
): void {
  const { state } = context;
  const { store } = state;
  const content = store.content(row) as MessageContent;
  const receiveCount = store.receiveCount(row);
  if (queue.fifo && receiveCount > 1) queue.handedOutAgain.add(content.sequence);
  if (store.state(row) === 'inFlight') countTenant(state, queue, content, 1);
  if (state.copies.get(queue.key)?.has(content.sequence)) queue.counters.duplicated++;
  emit(context, {
    type: 'sqs/MessageReceived',
    by,
    queue: queue.name,
    content,
    receiveCount,
    timeoutMs,
  });
}

/** A message as ReceiveMessage answers it. */
function answerOf(
  state: SqsState,
  queue: Queue,
  receipt: Receipt,
  { systemAttributes: names, attributeNames }: Receive,
): ReceivedMessage {
  const content = state.store.content(receipt.row) as MessageContent;
  if (names.length === 0 && attributeNames.length === 0) {
    return new ReceivedMessage(content, queue.order, receipt, undefined, undefined);
  }
  return new ReceivedMessage(
    content,
    queue.order,
    receipt,
    systemAttributes(state, queue, state.store.facts(receipt.row), names),
    selectAttributes(content.attributes, attributeNames),
  );
}

/**
 * A standard queue with too many messages in flight refuses a short poll; a FIFO queue, and a long poll, find
 * nothing. SQS Developer Guide, Amazon SQS message quotas. UNSURE: the sentence.
 */
export function checkInFlight(state: SqsState, queue: Queue): void {
  const inFlight = state.store.inFlight(queue.row);
  const max = inFlightMax(state.limits);
  if (queue.fifo || inFlight < max) return;
  throw overLimit('The maximum number of in flight messages is reached.', {
    why: `${inFlight} messages are in flight; a queue holds at most ${max}${state.limits === 'scaled' ? ' (scaled: 1/1000 of the AWS figure)' : ''}. One ends when it is deleted, or its timeout does.`,
  });
}

/** The answer without messages: no key at all. */
export function answerEmpty(
  context: Context<SqsState>,
  queue: Queue,
  by: string,
  asked?: readonly number[],
): object {
  queue.counters.emptyReceives++;
  emit(context, {
    type: 'sqs/ReceiveEmpty',
    by,
    queue: queue.name,
    reason: emptyReason(context, queue),
    ...(asked !== undefined && { asked }),
  });
  return {};
}

function emptyReason(context: Context<SqsState>, queue: Queue): EmptyReason {
  const { store, limits } = context.state;
  const { visible, inFlight, delayed } = store.counts(queue.row);
  if (inFlight >= inFlightMax(limits)) return 'inFlight';
  if (queue.fifo && visible > 0 && store.hasBlockedGroup(queue.row)) return 'groupBlocked';
  if (visible > 0 && dialsOf(context, queue) !== undefined) return 'hostsNotAsked';
  if (inFlight > 0) return 'inFlight';
  return delayed > 0 ? 'delay' : 'noMessages';
}
