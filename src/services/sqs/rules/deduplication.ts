/**
 * FIFO queues recognise what was sent before: five minutes from the first accepted send, whether it was received or
 * deleted since. SQS Developer Guide, Exactly-once processing in Amazon SQS.
 *
 * What was remembered under one DeduplicationScope stays remembered when the scope changes: both kinds of key are
 * looked up.
 */
import type { Instant } from '../../../engine/units.ts';
import { type MessageContent, newSentBefore, type Queue, type SqsState } from '../model.ts';

interface Sent {
  readonly group: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** Ids hold no spaces, so the two kinds of key cannot meet. */
const groupKey = ({ group, deduplicationId }: Sent): string => `${group} ${deduplicationId}`;

export function sentBefore(
  state: SqsState,
  queue: Queue,
  sent: Sent,
  now: Instant,
): MessageContent | undefined {
  if (!queue.fifo) return undefined;
  const memory = state.sentBefore.get(queue.key);
  return memory?.find(sent.deduplicationId!, now) ?? memory?.find(groupKey(sent), now);
}

/** When it was first accepted, while that is remembered. */
export function firstSend(state: SqsState, queue: Queue, sent: Sent, now: Instant): Instant | undefined {
  const memory = state.sentBefore.get(queue.key);
  return memory?.rememberedAt(sent.deduplicationId!, now) ?? memory?.rememberedAt(groupKey(sent), now);
}

export function rememberSent(
  state: SqsState,
  queue: Queue,
  sent: Sent,
  content: MessageContent,
  now: Instant,
): void {
  let memory = state.sentBefore.get(queue.key);
  if (memory === undefined) {
    memory = newSentBefore();
    state.sentBefore.set(queue.key, memory);
  }
  const perGroup = queue.settings.DeduplicationScope === 'messageGroup';
  memory.remember(perGroup ? groupKey(sent) : sent.deduplicationId!, content, now);
}

/** A purge clears the memory, too: the same id is delivered again. */
export function forgetSent(state: SqsState, queue: Queue): void {
  state.sentBefore.delete(queue.key);
}
