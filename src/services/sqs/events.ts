/** What happens in SQS, in the vocabulary of lessons; texts are made when somebody asks. */
import type { Context, DomainEvent } from '../../engine/service.ts';
import type { Milliseconds } from '../../engine/units.ts';
import { idOf, type MessageContent } from './model.ts';

interface OfMessage extends DomainEvent {
  /** The queue's name. */
  readonly queue: string;
  readonly content: MessageContent;
}
interface OfQueue extends DomainEvent {
  readonly queue: string;
}

interface MessageSent extends OfMessage {
  readonly type: 'sqs/MessageSent';
  readonly delayMs: Milliseconds;
}
/** Sent again within five minutes: nothing was queued; `content` is the first one's. */
interface MessageDeduplicated extends OfMessage {
  readonly type: 'sqs/MessageDeduplicated';
}
interface MessageReceived extends OfMessage {
  readonly type: 'sqs/MessageReceived';
  readonly receiveCount: number;
  readonly timeoutMs: Milliseconds;
}
/** Why a receive came back empty. `delay`: all that waits is still delayed.
 * `hostsNotAsked`: messages wait on hosts that this short poll did not ask. */
export type EmptyReason = 'noMessages' | 'inFlight' | 'groupBlocked' | 'hostsNotAsked' | 'delay';
export interface ReceiveEmpty extends OfQueue {
  readonly type: 'sqs/ReceiveEmpty';
  readonly reason: EmptyReason;
  /** The storage hosts that a short poll asked, counted from 0; left out where no host matters. */
  readonly asked?: readonly number[];
}
interface VisibilityChanged extends OfMessage {
  readonly type: 'sqs/VisibilityChanged';
  readonly receiveCount: number;
  readonly timeoutMs: Milliseconds;
}
interface MessageVisible extends OfMessage {
  readonly type: 'sqs/MessageVisible';
  readonly receiveCount: number;
  readonly reason: 'timeout' | 'changed' | 'delay';
}
interface MessageDeleted extends OfMessage {
  readonly type: 'sqs/MessageDeleted';
  readonly receiveCount: number;
  /** The delete missed a host: the copy there comes back. */
  readonly copyLeft?: true;
}
interface MessageExpired extends OfMessage {
  readonly type: 'sqs/MessageExpired';
  readonly receiveCount: number;
}
interface MessageDeadLettered extends OfMessage {
  readonly type: 'sqs/MessageDeadLettered';
  readonly receiveCount: number;
  /** The dead-letter queue's name. */
  readonly to: string;
}
/** A move task took it; at the target it is a new message. */
interface MessageMoved extends OfMessage {
  readonly type: 'sqs/MessageMoved';
  readonly receiveCount: number;
  readonly to: string;
  readonly as: MessageContent;
}
interface QueueCreated extends OfQueue {
  readonly type: 'sqs/QueueCreated';
}
interface QueueDeleted extends OfQueue {
  readonly type: 'sqs/QueueDeleted';
}
interface QueuePurged extends OfQueue {
  readonly type: 'sqs/QueuePurged';
  readonly dropped: number;
}
interface AttributesChanged extends OfQueue {
  readonly type: 'sqs/AttributesChanged';
  readonly attributes: readonly string[];
}

/** A FIFO queue refused a call: its meter, or its group's, is full for this second. */
interface Throttled extends OfQueue {
  readonly type: 'sqs/Throttled';
  readonly operation: string;
}

export type SqsEvent =
  | MessageSent
  | MessageDeduplicated
  | MessageReceived
  | ReceiveEmpty
  | VisibilityChanged
  | MessageVisible
  | MessageDeleted
  | MessageExpired
  | MessageDeadLettered
  | MessageMoved
  | QueueCreated
  | QueueDeleted
  | QueuePurged
  | AttributesChanged
  | Throttled;

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: SqsEvent): void => context.emit(event);

/** Who causes what time does. */
export const SQS_PRINCIPAL = 'sqs.amazonaws.com';

/** An event as flat fields of the vocabulary. */
export function tell(event: DomainEvent): Readonly<Record<string, unknown>> {
  const { type: _type, by: _by, ...facts } = event as SqsEvent & { as?: MessageContent };
  if (!('content' in facts)) return facts;
  const { content, as: copy, ...rest } = facts;
  return {
    ...rest,
    messageId: idOf(content),
    body: content.body,
    ...(content.group === undefined ? {} : { group: content.group }),
    ...(copy === undefined ? {} : { newMessageId: idOf(copy) }),
  };
}
