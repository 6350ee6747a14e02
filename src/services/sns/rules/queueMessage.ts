/** A message as a queue gets it: raw, or in an envelope. Also what goes to a dead-letter queue. */
import { parseArn } from '../../../contract/arn.ts';
import type { Message, MessageAttributes, SnsState, Subscription, Topic } from '../model.ts';
import { bodyFor, envelope } from './envelope.ts';

export interface QueueMessage {
  readonly MessageBody: string;
  readonly MessageAttributes?: MessageAttributes;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

/** `https://sqs.us-east-1.amazonaws.com/000000000000/orders`. */
export function queueUrlOf(arn: string): string {
  const { region, account, resource } = parseArn(arn)!;
  return `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
}

/**
 * SNS Developer Guide, Raw message delivery; Message delivery for FIFO topics. A standard topic hands a group on to
 * standard queues (fair queues); a FIFO topic hands group and id on to FIFO queues alone.
 */
export function queueMessage(
  state: SnsState,
  topic: Topic | undefined,
  subscription: Subscription,
  message: Message,
  queueArn: string,
): QueueMessage {
  const raw = subscription.settings.RawMessageDelivery && message.control === undefined;
  const body = raw ? bodyFor(message, subscription.protocol) : envelope(state, topic, subscription, message);
  const { attributes, group, deduplicationId } = message;
  const toFifo = queueArn.endsWith('.fifo');
  const fifo = deduplicationId !== undefined;
  if (!toFifo && (group === undefined || fifo) && !(raw && attributes !== undefined)) {
    return { MessageBody: body };
  }
  return {
    MessageBody: body,
    ...(raw && attributes !== undefined && { MessageAttributes: attributes }),
    ...(group !== undefined && (toFifo || !fifo) && { MessageGroupId: group }),
    ...(toFifo && fifo && { MessageDeduplicationId: deduplicationId }),
  };
}
