/**
 * Messages that were received too often go to the dead-letter queue. SQS moves them at the receive that would exceed
 * maxReceiveCount, so a consumer sees a message at most that many times; until then they wait where they are.
 */

import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import type { Row } from '../../../engine/store/index.ts';
import { emit, SQS_PRINCIPAL } from '../events.ts';
import { DEAD_LETTERS_AT_ONCE_MAX } from '../limits.ts';
import type { MessageContent, Queue, SqsState } from '../model.ts';
import type { Choose } from './choosing.ts';
import { forgetCopy } from './hosts.ts';
import { queueByArn } from './redrivePolicy.ts';

export interface Sweep {
  /** What the receive may hand out. */
  readonly rows: readonly Row[];
  /** The queue to which others were moved on the way. */
  readonly movedTo: Queue | undefined;
}

/** UNSURE: a dead-letter queue that was deleted; here the messages then stay, and are handed out. */
export function deadLetterQueueOf(state: SqsState, queue: Queue): Queue | undefined {
  const arn = queue.settings.RedrivePolicy?.policy.deadLetterTargetArn;
  const target = arn === undefined ? undefined : queueByArn(state, arn);
  return target?.fifo === queue.fifo ? target : undefined;
}

/** The next messages to hand out; those that were received too often are moved out of their way first. */
export function sweepDeadLetters(context: Context<SqsState>, queue: Queue, choose: Choose): Sweep {
  const { store } = context.state;
  let rows = choose.rows();
  const limit = queue.settings.RedrivePolicy?.policy.maxReceiveCount;
  if (limit === undefined || rows.length === 0) return { rows, movedTo: undefined };
  const target = deadLetterQueueOf(context.state, queue);
  if (target === undefined) return { rows, movedTo: undefined };
  const isDead = (row: Row): boolean => store.facts(row).receiveCount >= limit;
  let moved = 0;
  for (;;) {
    const dead = rows.filter(isDead);
    if (dead.length === 0) return { rows, movedTo: moved > 0 ? target : undefined };
    for (const row of dead) moveToDeadLetters(context, queue, target, row);
    moved += dead.length;
    if (moved >= DEAD_LETTERS_AT_ONCE_MAX) return { rows: [], movedTo: target };
    rows = choose.rows();
  }
}

/** A standard dead-letter queue keeps the send time, so its retention runs on; a FIFO one starts anew. */
function moveToDeadLetters(context: Context<SqsState>, queue: Queue, target: Queue, row: Row): void {
  const { state, now } = context;
  const { content, receiveCount } = state.store.facts(row);
  state.store.move(row, target.row, now, { keepSent: !queue.fifo });
  queue.counters.deadLettered++;
  countTraffic(queue.deadLetters, now);
  queue.handedOutAgain.delete((content as MessageContent).sequence);
  forgetCopy(state, queue, content as MessageContent);
  emit(context, {
    type: 'sqs/MessageDeadLettered',
    by: SQS_PRINCIPAL,
    queue: queue.name,
    content: content as MessageContent,
    receiveCount,
    to: target.name,
  });
}
