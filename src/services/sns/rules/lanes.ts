/**
 * FIFO: one message group on its way to one FIFO queue. While its head is tried, and tried again, the rest waits; then
 * up to ten go together, in their order. SNS Developer Guide, Message ordering details for FIFO topics.
 */
import { BATCH_ENTRIES_MAX, MESSAGE_BYTES_MAX } from '../limits.ts';
import type { Message, SnsState, Subscription } from '../model.ts';

/** Groups hold no spaces. Undefined: order is not kept on this way. */
export function laneOf({ endpoint, protocol, id }: Subscription, message: Message): string | undefined {
  if (protocol !== 'sqs' || message.sequenceNumber === undefined) return undefined;
  return endpoint.endsWith('.fifo') ? `${id} ${message.group}` : undefined;
}

/** True: others are before it, it waits. Else it is the head now. */
export function lanesOf(state: SnsState, subscription: Subscription, message: Message): boolean {
  const lane = laneOf(subscription, message);
  if (lane === undefined) return false;
  const waiting = state.lanes.get(lane);
  if (waiting === undefined) {
    state.lanes.set(lane, []);
    return false;
  }
  waiting.push(message);
  return true;
}

/** The head is done: the messages that go next; undefined: none waits. */
export function laneFree(
  state: SnsState,
  subscription: Subscription,
  message: Message,
): readonly Message[] | undefined {
  const lane = laneOf(subscription, message);
  const waiting = lane === undefined ? undefined : state.lanes.get(lane);
  if (lane === undefined || waiting === undefined) return undefined;
  if (waiting.length === 0) {
    state.lanes.delete(lane);
    return undefined;
  }
  let bytes = 0;
  let count = 0;
  while (count < waiting.length && count < BATCH_ENTRIES_MAX) {
    bytes += waiting[count]!.bytes;
    if (count > 0 && bytes > MESSAGE_BYTES_MAX / 2) break;
    count++;
  }
  return waiting.splice(0, count);
}
