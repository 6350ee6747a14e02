/** From queues to consumers: in turn, as long as each can take one more. RabbitMQ, Consumer Prefetch. */
import type { BrokerMessage } from '../../../contract/broker.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { after, instant, type Milliseconds, milliseconds } from '../../../engine/units.ts';
import { type Ground, plan, tellClient } from '../engine.ts';
import type { Broker, MqState } from '../model.ts';
import { settingIn } from '../rules/configurationData.ts';
import type { Channel, Consumer, Entry, Queue } from './model.ts';
import { isFrom, isUp, runtimeOf } from './runtime.ts';
import { expireHeads, takeNext, tellOf } from './storing.ts';

export function drain(ground: Ground, queue: Queue): void {
  while (queue.ready > 0 && queue.able.size > 0 && queue.leader !== 0) {
    // What was behind a longer-lived message may be first now, and too old.
    expireHeads(ground, queue, false);
    const consumer = nextConsumer(ground, queue);
    if (consumer === undefined) return;
    const entry = takeNext(ground, queue);
    if (entry === undefined) return;
    handTo(ground, queue, consumer, entry);
  }
}

/** Can it take one more, by its own prefetch and its channel's? Not over a connection that is about to go. */
export function canTake({ broker }: Ground, { connection, noAck, prefetch, unacked }: Consumer): boolean {
  const node = broker.connections.get(connection)?.node;
  if (node === undefined || !isUp(broker, node)) return false;
  if (noAck) return true;
  if (prefetch > 0 && unacked >= prefetch) return false;
  const channel = runtimeOf(broker).channels.get(connection)!;
  return channel.channelPrefetch === 0 || channel.unacked.size < channel.channelPrefetch;
}

/** The first that can take one; of several priorities the highest. Those that cannot are set aside. */
function nextConsumer(ground: Ground, queue: Queue): Consumer | undefined {
  const { consumers } = runtimeOf(ground.broker);
  let best: Consumer | undefined;
  for (const number of queue.able) {
    const consumer = consumers.get(number)!;
    if (!canTake(ground, consumer)) {
      queue.able.delete(number);
      continue;
    }
    if (queue.settings.singleActiveConsumer && number !== queue.active) continue;
    if (best === undefined || consumer.priority > best.priority) best = consumer;
    if (!queue.prioritized) break;
  }
  return best;
}

/** It may have become able again. */
export function wake(ground: Ground, queue: Queue, consumer: Consumer): void {
  if (!queue.able.has(consumer.number) && canTake(ground, consumer)) queue.able.add(consumer.number);
}

function handTo(ground: Ground, queue: Queue, consumer: Consumer, entry: Entry): void {
  const { context, broker } = ground;
  const channel = runtimeOf(broker).channels.get(consumer.connection)!;
  const connection = broker.connections.get(consumer.connection)!;
  const tag = channel.nextTag++;
  consumer.delivered++;
  countDelivery(ground, queue, entry);
  if (consumer.noAck) countAcknowledged(ground, queue);
  else {
    holdUnacked(ground, queue, channel, tag, entry, consumer.number);
    consumer.unacked++;
  }
  // To the end of the row, or aside.
  queue.able.delete(consumer.number);
  if (canTake(ground, consumer)) queue.able.add(consumer.number);
  const { client } = connection;
  tellOf(ground, 'mq/MessageDelivered', queue, entry.message, {
    by: client.by,
    consumer: consumer.tag,
    redelivered: entry.redelivered,
    protocol: connection.protocol,
  });
  const event = { is: 'delivered', tag: consumer.tag, message: messageFor(queue, entry, tag) } as const;
  tellClient({ context }, connection, event);
}

export function countDelivery(
  { context, broker }: Ground,
  queue: Queue,
  { message, redelivered }: Entry,
): void {
  queue.counters.delivered++;
  if (redelivered) queue.counters.redelivered++;
  broker.counters.delivered++;
  broker.counters.bytesOut += message.bytes;
  countTraffic(queue.outgoing, context.now);
  countTraffic(broker.outgoing, context.now);
}

export function countAcknowledged({ broker }: Ground, queue: Queue): void {
  queue.counters.acknowledged++;
  broker.counters.acknowledged++;
}

export function holdUnacked(
  ground: Ground,
  queue: Queue,
  channel: Channel,
  tag: number,
  entry: Entry,
  consumer: number,
): void {
  const runtime = runtimeOf(ground.broker);
  const since = ground.context.now;
  const { name, order } = queue;
  channel.unacked.set(tag, Object.freeze({ tag, queue: name, order, entry, consumer, since }));
  queue.unacked++;
  queue.unackedBytes += entry.message.bytes;
  runtime.unackedCount++;
  runtime.unackedBytes += entry.message.bytes;
  planTimeout(ground, channel, queue);
}

export function messageFor(queue: Queue, entry: Entry, deliveryTag: number): BrokerMessage {
  const { message, returns, redelivered } = entry;
  const { properties } = message;
  const counts = queue.kind === 'quorum' && returns > 0;
  return Object.freeze({
    messageId: message.id,
    deliveryTag,
    source: queue.name,
    exchange: message.exchange,
    destination: message.routingKey,
    body: message.body,
    properties: counts
      ? Object.freeze({
          ...properties,
          headers: Object.freeze({ ...properties.headers, 'x-delivery-count': returns }),
        })
      : properties,
    redelivered,
    deliveryCount: queue.kind === 'quorum' ? returns + 1 : 0,
  });
}

export interface TimeoutWork {
  readonly type: 'timeout';
  readonly connection: number;
}

const DEFAULT_TIMEOUT_MS = 1_800_000;

/** RabbitMQ, Delivery Acknowledgement Timeout: 30 minutes, or the configuration's `consumer_timeout`. */
export function consumerTimeout({ configurations }: MqState, { settings }: Broker): Milliseconds {
  const { configuration } = settings;
  const revision =
    configuration &&
    configurations.get(configuration.id)?.revisions.find((one) => one.revision === configuration.revision);
  const given = revision && settingIn(revision.data, 'consumer_timeout');
  return milliseconds(given === undefined ? DEFAULT_TIMEOUT_MS : Number(given));
}

/** One timer a channel, for the oldest delivery that waits for its acknowledgement. From 4.3 of quorum queues only. */
function planTimeout(ground: Ground, channel: Channel, queue: Queue): void {
  if (channel.timeoutAt >= 0 || (isFrom(ground.broker, '4.3') && queue.kind !== 'quorum')) return;
  const wait = consumerTimeout(ground.context.state, ground.broker);
  channel.timeoutAt = after(ground.context.now, wait);
  const work: TimeoutWork = { type: 'timeout', connection: channel.connection };
  plan(ground, instant(channel.timeoutAt), work);
}
