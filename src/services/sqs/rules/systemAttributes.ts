/** The attributes that SQS itself gives a message, as a receive asks for them. */
import type { MessageFacts } from '../../../engine/store/index.ts';
import {
  type MessageContent,
  type Queue,
  queueArnOf,
  type SqsState,
  sequenceNumberOf,
  utc,
} from '../model.ts';
import { senderId } from './senderId.ts';

type Read = (
  facts: MessageFacts,
  content: MessageContent,
  queue: Queue,
  state: SqsState,
) => string | undefined;

const READ: Readonly<Record<string, Read>> = {
  SenderId: (_facts, content) => senderId(content.senderAccount),
  ApproximateFirstReceiveTimestamp: (facts, _content, _queue, state) =>
    facts.firstReceived === undefined ? undefined : String(utc(state, facts.firstReceived)),
  ApproximateReceiveCount: (facts) => String(facts.receiveCount),
  SentTimestamp: (facts, _content, _queue, state) => String(utc(state, facts.sent)),
  SequenceNumber: (_facts, content, queue) => (queue.fifo ? sequenceNumberOf(content) : undefined),
  MessageDeduplicationId: (_facts, content) => content.deduplicationId,
  MessageGroupId: (_facts, content) => content.group,
  AWSTraceHeader: (_facts, content) => content.traceHeader,
  // UNSURE: after two moves in a row AWS may name the queue of the last one; here it is where the message was sent.
  DeadLetterQueueSourceArn: (_facts, content, queue, state) =>
    content.home === queue.key ? undefined : queueArnOf(state.region, content.home),
};

const ALL = Object.keys(READ);

export const SYSTEM_ATTRIBUTE_NAMES: readonly string[] = ['All', ...ALL];

/** Undefined when none was asked for, or the message has none of them. Names that do not exist are ignored. */
export function systemAttributes(
  state: SqsState,
  queue: Queue,
  facts: MessageFacts,
  names: readonly string[],
): Record<string, string> | undefined {
  if (names.length === 0) return undefined;
  const result: Record<string, string> = {};
  let found = false;
  for (const name of names.includes('All') ? ALL : names) {
    const value = READ[name]?.(facts, facts.content as MessageContent, queue, state);
    if (value === undefined) continue;
    result[name] = value;
    found = true;
  }
  return found ? result : undefined;
}
