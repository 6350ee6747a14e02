/** What becomes of delivered messages: acknowledged, back to the queue, or dead. RabbitMQ, Consumer Acknowledgements. */
import type { Ground } from '../engine.ts';
import type { Connection } from '../model.ts';
import { countAcknowledged, wake } from './delivering.ts';
import type { Channel, Entry, Queue, Unacked } from './model.ts';
import { channelError } from './refusals.ts';
import { channelOf, queueIn, runtimeOf } from './runtime.ts';
import { deadLetter, returnEntry, tellOf, tidy } from './storing.ts';

export type Settlement = 'ack' | 'requeue' | 'reject';

/** Throws PRECONDITION_FAILED when the channel has no such delivery. */
export function tagsOf(channel: Channel, tag: number, multiple: boolean): number[] {
  const unknown = (): never => {
    throw channelError(
      'PRECONDITION_FAILED',
      `unknown delivery tag ${tag}`,
      'It was settled already, or it came over another channel.',
    );
  };
  if (!multiple) return channel.unacked.has(tag) ? [tag] : unknown();
  const tags: number[] = [];
  for (const one of channel.unacked.keys()) {
    if (tag !== 0 && one > tag) break;
    tags.push(one);
  }
  return tags.length > 0 || tag === 0 ? tags : unknown();
}

export function settle(
  ground: Ground,
  connection: Connection,
  tags: readonly number[],
  how: Settlement,
): void {
  const channel = channelOf(ground, connection);
  const settled: Unacked[] = [];
  for (const tag of tags) {
    const held = channel.unacked.get(tag);
    if (held === undefined) continue;
    channel.unacked.delete(tag);
    settled.push(held);
  }
  settleAll(ground, connection, settled, how);
  wakeChannel(ground, channel);
}

/** Queues are tidied when all are settled, so that what came back stands in its old order. */
function settleAll(
  ground: Ground,
  connection: Connection,
  settled: readonly Unacked[],
  how: Settlement,
): void {
  const { consumers } = runtimeOf(ground.broker);
  const touched = new Set<Queue>();
  for (const held of settled) {
    const consumer = consumers.get(held.consumer);
    if (consumer !== undefined) consumer.unacked--;
    const queue = queueIn(ground, connection.virtualHost, held.queue);
    if (queue === undefined || queue.order !== held.order) continue;
    touched.add(queue);
    release(ground, queue, held.entry);
    settleOne(ground, connection, queue, held.entry, how);
    if (consumer !== undefined) wake(ground, queue, consumer);
  }
  for (const queue of touched) tidy(ground, queue);
}

/** It is no longer unacknowledged: whoever releases it counts what became of it. */
export function release({ broker }: Ground, queue: Queue, { message }: Entry): void {
  const runtime = runtimeOf(broker);
  queue.unacked--;
  queue.unackedBytes -= message.bytes;
  runtime.unackedCount--;
  runtime.unackedBytes -= message.bytes;
}

function settleOne(
  ground: Ground,
  { client, protocol }: Connection,
  queue: Queue,
  entry: Entry,
  how: Settlement,
): void {
  const told = { by: client.by, protocol };
  if (how === 'ack') {
    countAcknowledged(ground, queue);
    tellOf(ground, 'mq/Acknowledged', queue, entry.message, told);
    return;
  }
  if (how === 'reject') {
    deadLetter(ground, queue, entry, 'rejected');
    return;
  }
  const returns = entry.returns + 1;
  const { deliveryLimit } = queue.settings;
  if (deliveryLimit >= 0 && returns > deliveryLimit) {
    deadLetter(ground, queue, Object.freeze({ ...entry, returns }), 'delivery_limit');
    return;
  }
  ground.broker.counters.requeued++;
  tellOf(ground, 'mq/Requeued', queue, entry.message, told);
  returnEntry(ground, queue, Object.freeze({ ...entry, returns, redelivered: true }));
}

/** Its consumers may take more now: with a limit of the whole channel, all of them. */
export function wakeChannel(ground: Ground, channel: Channel): void {
  if (channel.channelPrefetch === 0) return;
  for (const number of channel.consumers.values()) {
    const consumer = runtimeOf(ground.broker).consumers.get(number)!;
    const queue = queueIn(ground, channel.virtualHost, consumer.queue);
    if (queue === undefined) continue;
    wake(ground, queue, consumer);
    tidy(ground, queue);
  }
}

/** The channel, or its connection, is gone: all that it held goes back. */
export function returnAll(ground: Ground, connection: Connection, channel: Channel): void {
  const held = [...channel.unacked.values()];
  channel.unacked.clear();
  settleAll(ground, connection, held, 'requeue');
}
