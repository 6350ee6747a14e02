/** The one kernel timer for all that falls due in the message store: timeouts, delays, retention. */
import type { Context, Timer } from '../../../engine/service.ts';
import type { QueueRow } from '../../../engine/store/index.ts';
import type { Instant } from '../../../engine/units.ts';
import { emit, SQS_PRINCIPAL } from '../events.ts';
import { STORE_SLICE } from '../limits.ts';
import type { MessageContent, SqsState } from '../model.ts';
import { alarmRang, setAlarm } from './alarm.ts';
import { countTenant } from './fairness.ts';
import { forgetCopy } from './hosts.ts';
import { wake } from './longPolls.ts';

const STORE_DUE: Timer = Object.freeze({ type: 'sqs/StoreDue' });

export function setStoreAlarm(context: Context<SqsState>): void {
  const { state, now } = context;
  const due = state.store.nextDue();
  if (due !== undefined) {
    setAlarm(context, state.storeAlarm, Math.max(due, now) as Instant, STORE_DUE);
  }
}

/** Does a slice of what is due now; what is left follows in this same instant. */
export function storeDue(context: Context<SqsState>): void {
  alarmRang(context.state.storeAlarm);
  advance(context);
  setStoreAlarm(context);
}

/**
 * Does all that is due by now, before anything else looks at the store. The alarm may ring after another timer, or
 * an app's call, of this same instant; what is due at an instant holds from its beginning.
 */
export function settle(context: Context<SqsState>): void {
  const due = context.state.store.nextDue();
  if (due === undefined || due > context.now) return;
  while (!advance(context)) {
    // The condition does the work.
  }
  setStoreAlarm(context);
}

/** A slice of what is due; true when nothing is left. */
function advance(context: Context<SqsState>): boolean {
  const { state, now } = context;
  const { store } = state;
  const touched = new Set<QueueRow>();
  const done = store.advance(now, STORE_SLICE, {
    onVisible: (row, why) => {
      const content = store.content(row) as MessageContent;
      const queue = state.queueOfRow.get(store.queueOf(row))!;
      const receiveCount = store.receiveCount(row);
      touched.add(queue.row);
      if (why === 'timeout') countTenant(state, queue, content, -1);
      emit(context, {
        type: 'sqs/MessageVisible',
        by: SQS_PRINCIPAL,
        queue: queue.name,
        content,
        receiveCount,
        reason: why,
      });
    },
    onExpired: (row) => {
      const content = store.content(row) as MessageContent;
      const queue = state.queueOfRow.get(store.queueOf(row))!;
      const receiveCount = store.receiveCount(row);
      if (store.state(row) === 'inFlight') countTenant(state, queue, content, -1);
      forgetCopy(state, queue, content);
      // In a FIFO queue the rest of its group may go on.
      touched.add(queue.row);
      queue.counters.expired++;
      queue.handedOutAgain.delete(content.sequence);
      emit(context, {
        type: 'sqs/MessageExpired',
        by: SQS_PRINCIPAL,
        queue: queue.name,
        content,
        receiveCount,
      });
    },
  });
  for (const row of touched) {
    const queue = state.queueOfRow.get(row);
    if (queue !== undefined) wake(context, queue);
  }
  return done;
}
