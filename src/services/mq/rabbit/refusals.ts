/** How RabbitMQ refuses: AMQP 0-9-1 reply codes and RabbitMQ's sentences. AMQP 0-9-1 Specification, Reply codes. */
import type { BrokerError } from '../../../contract/broker.ts';
import { Refused } from '../errors.ts';

const CODES = {
  NO_ROUTE: '312',
  CONNECTION_FORCED: '320',
  ACCESS_REFUSED: '403',
  NOT_FOUND: '404',
  RESOURCE_LOCKED: '405',
  PRECONDITION_FAILED: '406',
  COMMAND_INVALID: '503',
  NOT_ALLOWED: '530',
  NOT_IMPLEMENTED: '540',
  INTERNAL_ERROR: '541',
} as const;
export type Reply = keyof typeof CODES;

export const replyError = (
  reply: Reply,
  text: string,
  closes: BrokerError['closes'],
  why?: string,
): BrokerError =>
  Object.freeze({
    code: reply,
    message: `${reply} - ${text}`,
    closes,
    ...(why !== undefined && { why }),
  });

/** Takes the channel, as most do. */
export const channelError = (reply: Reply, text: string, why?: string): Refused =>
  new Refused(replyError(reply, text, 'channel', why));
/** Takes the whole connection. */
export const connectionError = (reply: Reply, text: string, why?: string): Refused =>
  new Refused(replyError(reply, text, 'connection', why));

export const noQueue = (queue: string, vhost: string): Refused =>
  channelError('NOT_FOUND', `no queue '${queue}' in vhost '${vhost}'`);
export const noExchange = (exchange: string, vhost: string): Refused =>
  channelError('NOT_FOUND', `no exchange '${exchange}' in vhost '${vhost}'`);
export const queueDown = (queue: string, vhost: string, node: number): Refused =>
  channelError(
    'NOT_FOUND',
    `home node 'rabbit@node-${node}' of durable queue '${queue}' in vhost '${vhost}' is down or inaccessible`,
    'A classic queue of RabbitMQ 4 lives on one node. It is there again when the node is.',
  );
/** UNSURE: the sentence. */
export const noMajority = (queue: string, vhost: string): Refused =>
  channelError(
    'INTERNAL_ERROR',
    `timed out waiting for a leader of quorum queue '${queue}' in vhost '${vhost}'`,
    'A quorum queue works while more than half of its nodes are up.',
  );
export const locked = (queue: string, vhost: string): Refused =>
  channelError(
    'RESOURCE_LOCKED',
    `cannot obtain exclusive access to locked queue '${queue}' in vhost '${vhost}'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.`,
  );
export const replyCode = (reply: Reply): string => CODES[reply];
