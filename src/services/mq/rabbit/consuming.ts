/** Consumers, and single messages that are fetched. RabbitMQ, Consumers; Consumer Prefetch. */
import type { Subscribe } from '../../../contract/broker.ts';
import type { Ground } from '../engine.ts';
import type { Connection } from '../model.ts';
import { usableQueue } from './declaring.ts';
import { canTake, countAcknowledged, countDelivery, holdUnacked, messageFor } from './delivering.ts';
import type { Channel, Consumer, Queue } from './model.ts';
import { checkPermission } from './permissions.ts';
import { channelError, connectionError } from './refusals.ts';
import { endConsumer } from './removing.ts';
import { channelOf, hostOf, isFrom, runtimeOf } from './runtime.ts';
import { wakeChannel } from './settling.ts';
import { planUnused, takeNext, tellOf, tidy } from './storing.ts';

export function subscribe(ground: Ground, connection: Connection, asked: Subscribe): object {
  const { virtualHost } = connection;
  const runtime = runtimeOf(ground.broker);
  const channel = channelOf(ground, connection);
  checkPermission(runtime, connection, 'read', 'queue', asked.destination);
  const queue = usableQueue(ground, connection, asked.destination);
  const { tag } = asked;
  if (channel.consumers.has(tag)) {
    throw connectionError('NOT_ALLOWED', `attempt to reuse consumer tag '${tag}'`);
  }
  checkRoom(queue, asked, virtualHost, channel);
  const number = ++runtime.consumersMade;
  const consumer: Consumer = {
    number,
    connection: connection.number,
    tag,
    queue: queue.name,
    prefetch: asked.prefetch ?? channel.prefetch,
    noAck: asked.ack === 'auto',
    priority: priorityOf(asked),
    since: ground.context.now,
    unacked: 0,
    delivered: 0,
  };
  runtime.consumers.set(number, consumer);
  channel.consumers.set(tag, number);
  queue.consumers.add(number);
  queue.hadConsumer = true;
  queue.prioritized ||= consumer.priority !== 0;
  if (asked.exclusive === true) queue.exclusiveConsumer = number;
  if (queue.settings.singleActiveConsumer && queue.active === 0) queue.active = number;
  if (canTake(ground, consumer)) queue.able.add(number);
  tidy(ground, queue);
  return { consumerTag: tag };
}

const priorityOf = ({ priority, arguments: given = {} }: Subscribe): number =>
  priority ?? (Number(given['x-priority'] ?? 0) || 0);

function checkRoom(queue: Queue, asked: Subscribe, virtualHost: string, channel: Channel): void {
  const place = `queue '${queue.name}' in vhost '${virtualHost}'`;
  const wantsAlone = asked.exclusive === true;
  if (queue.exclusiveConsumer !== 0 || (wantsAlone && queue.consumers.size > 0)) {
    throw channelError('ACCESS_REFUSED', `${place} in exclusive use`);
  }
  if (queue.kind === 'quorum' && channel.channelPrefetch > 0) {
    throw channelError('NOT_IMPLEMENTED', `${place} does not support global qos`);
  }
  if (asked.selector !== undefined) {
    throw channelError(
      'NOT_IMPLEMENTED',
      'RabbitMQ has no selectors',
      'Let an exchange choose: bind the queue with a key or with headers.',
    );
  }
}

export function unsubscribe(ground: Ground, connection: Connection, tag: string): object {
  const channel = channelOf(ground, connection);
  const consumer = runtimeOf(ground.broker).consumers.get(channel.consumers.get(tag) ?? -1);
  if (consumer === undefined) return {};
  const queue = hostOf(ground, connection.virtualHost).queues.get(consumer.queue);
  if (queue !== undefined) endConsumer(ground, queue, consumer);
  return {};
}

export function setPrefetch(
  ground: Ground,
  connection: Connection,
  { prefetch, global = false }: { readonly prefetch: number; readonly global?: boolean },
): object {
  if (!Number.isInteger(prefetch) || prefetch < 0 || prefetch > 65_535) {
    throw connectionError('COMMAND_INVALID', `prefetch ${prefetch} is no number from 0 to 65535`);
  }
  if (global && isFrom(ground.broker, '4.3')) {
    throw channelError(
      'NOT_IMPLEMENTED',
      'Feature `global_qos` is deprecated. Its use is not permitted',
      'From 4.3 on a prefetch is of one consumer.',
    );
  }
  const channel = channelOf(ground, connection);
  if (global) channel.channelPrefetch = prefetch;
  else channel.prefetch = prefetch;
  if (global) wakeChannel(ground, channel);
  return {};
}

/** basic.get: one message, or the answer that there is none. */
export function get(
  ground: Ground,
  connection: Connection,
  name: string,
  autoAck: boolean,
): Readonly<Record<string, unknown>> {
  checkPermission(runtimeOf(ground.broker), connection, 'read', 'queue', name);
  const queue = usableQueue(ground, connection, name);
  const channel = channelOf(ground, connection);
  planUnused(ground, queue);
  tidy(ground, queue);
  const entry = takeNext(ground, queue);
  if (entry === undefined) return { empty: true };
  const tag = channel.nextTag++;
  countDelivery(ground, queue, entry);
  if (autoAck) countAcknowledged(ground, queue);
  else holdUnacked(ground, queue, channel, tag, entry, 0);
  tellOf(ground, 'mq/MessageDelivered', queue, entry.message, {
    by: connection.client.by,
    redelivered: entry.redelivered,
    protocol: connection.protocol,
  });
  return { message: messageFor(queue, entry, tag), messageCount: queue.ready };
}
