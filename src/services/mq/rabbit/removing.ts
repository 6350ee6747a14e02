/** Queues that go, with what they held; consumers that end. */
import { type Ground, tellClient } from '../engine.ts';
import type { Connection } from '../model.ts';
import { newLane } from './lanes.ts';
import type { Consumer, Queue } from './model.ts';
import { hostOf, runtimeOf } from './runtime.ts';
import { planUnused, tidy } from './storing.ts';

/** All its ready messages are gone; answers how many. */
export function emptyQueue({ broker }: Ground, queue: Queue): number {
  const runtime = runtimeOf(broker);
  const { ready, readyBytes } = queue;
  queue.counters.purged += ready;
  runtime.readyCount -= ready;
  runtime.readyBytes -= readyBytes;
  queue.ready = 0;
  queue.readyBytes = 0;
  queue.lanes.splice(0, queue.lanes.length, newLane(0));
  return ready;
}

export function removeQueue(ground: Ground, queue: Queue): void {
  const { broker } = ground;
  const runtime = runtimeOf(broker);
  const host = hostOf(ground, queue.virtualHost);
  emptyQueue(ground, queue);
  runtime.unackedCount -= queue.unacked;
  runtime.unackedBytes -= queue.unackedBytes;
  for (const number of [...queue.consumers]) {
    const consumer = runtime.consumers.get(number)!;
    const connection = broker.connections.get(consumer.connection);
    forgetConsumer(ground, queue, consumer);
    if (connection !== undefined) tellClient(ground, connection, { is: 'cancelled', tag: consumer.tag });
  }
  runtime.channels.get(queue.exclusive)?.exclusiveQueues.delete(queue.name);
  host.queues.delete(queue.name);
  runtime.queueCount--;
  for (const exchange of host.exchanges.values()) {
    if (!exchange.bindings.some(({ to, destination }) => to === 'queue' && destination === queue.name))
      continue;
    exchange.bindings = exchange.bindings.filter(
      ({ to, destination }) => to !== 'queue' || destination !== queue.name,
    );
    if (exchange.autoDelete && exchange.bindings.length === 0) {
      host.exchanges.delete(exchange.name);
      runtime.exchangeCount--;
    }
  }
}

function forgetConsumer({ broker }: Ground, queue: Queue, { number, connection, tag }: Consumer): void {
  const runtime = runtimeOf(broker);
  runtime.consumers.delete(number);
  runtime.channels.get(connection)?.consumers.delete(tag);
  queue.consumers.delete(number);
  queue.able.delete(number);
  if (queue.exclusiveConsumer === number) queue.exclusiveConsumer = 0;
}

/** It ends. Of a single active consumer the next one becomes active; an auto-delete queue goes with the last. */
export function endConsumer(ground: Ground, queue: Queue, consumer: Consumer): void {
  forgetConsumer(ground, queue, consumer);
  const { consumers } = runtimeOf(ground.broker);
  queue.prioritized = [...queue.consumers].some((number) => consumers.get(number)!.priority !== 0);
  if (queue.active === consumer.number) {
    queue.active = [...queue.consumers][0] ?? 0;
    tidy(ground, queue);
  }
  if (queue.consumers.size > 0) return;
  if (queue.autoDelete && queue.hadConsumer) removeQueue(ground, queue);
  else planUnused(ground, queue);
}

/** All consumers of a channel, and the queues that were its own. */
export function endChannel(ground: Ground, connection: Connection, withQueues: boolean): void {
  const { broker } = ground;
  const runtime = runtimeOf(broker);
  const channel = runtime.channels.get(connection.number)!;
  for (const number of [...channel.consumers.values()]) {
    const consumer = runtime.consumers.get(number);
    if (consumer === undefined) continue;
    const queue = hostOf(ground, connection.virtualHost).queues.get(consumer.queue);
    if (queue !== undefined) endConsumer(ground, queue, consumer);
  }
  if (!withQueues) return;
  for (const name of [...channel.exclusiveQueues]) {
    const queue = hostOf(ground, connection.virtualHost).queues.get(name);
    if (queue !== undefined && queue.exclusive === connection.number) removeQueue(ground, queue);
  }
}
