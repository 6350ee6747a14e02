/** What a RabbitMQ broker holds, in figures. */
import type { Figures, QueueFigures } from '../engine.ts';
import type { Broker } from '../model.ts';
import { diskLimit, diskUsed, memoryLimit, memoryUsed } from './alarms.ts';
import { runtimeOf } from './runtime.ts';

export function figures(broker: Broker): Figures {
  const activeNode = broker.nodes.find(({ up }) => up)?.number;
  if (broker.runtime === undefined) return { ...EMPTY, activeNode };
  const runtime = runtimeOf(broker);
  return {
    ready: runtime.readyCount,
    unacknowledged: runtime.unackedCount,
    consumers: runtime.consumers.size,
    producers: 0,
    channels: runtime.channels.size,
    queues: runtime.queueCount,
    exchanges: runtime.exchangeCount,
    topics: 0,
    memoryBytes: memoryUsed(broker),
    memoryLimitBytes: memoryLimit(runtime.limits, broker),
    diskBytes: diskUsed(runtime),
    diskLimitBytes: diskLimit(broker),
    blocked: runtime.alarm,
    activeNode,
  };
}

const EMPTY: Figures = {
  ready: 0,
  unacknowledged: 0,
  consumers: 0,
  producers: 0,
  channels: 0,
  queues: 0,
  exchanges: 0,
  topics: 0,
  memoryBytes: 0,
  memoryLimitBytes: 0,
  diskBytes: 0,
  diskLimitBytes: 0,
  blocked: '',
  activeNode: undefined,
};

/** CloudWatch follows the 500 queues with most consumers. */
const FOLLOWED_MAX = 500;

export function queueFigures(broker: Broker): readonly QueueFigures[] {
  if (broker.runtime === undefined) return [];
  const queues = [...runtimeOf(broker).virtualHosts.values()].flatMap(({ queues }) => [...queues.values()]);
  const followed =
    queues.length <= FOLLOWED_MAX
      ? queues
      : queues.sort((one, other) => other.consumers.size - one.consumers.size).slice(0, FOLLOWED_MAX);
  return followed.map((queue) => ({
    name: queue.name,
    virtualHost: queue.virtualHost,
    kind: 'queue',
    ready: queue.ready,
    unacknowledged: queue.unacked,
    consumers: queue.consumers.size,
    producers: 0,
    memoryBytes: queue.readyBytes + queue.unackedBytes,
    counters: { ...queue.counters },
  }));
}
