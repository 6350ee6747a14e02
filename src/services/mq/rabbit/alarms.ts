/**
 * Alarms that hold publishers back. RabbitMQ, Memory Alarms; Free Disk Space Alarms. Amazon MQ Developer Guide,
 * RABBITMQ_MEMORY_ALARM. SIMPLER THAN AWS: one node is looked at for all, and memory is an estimate.
 */
import { type Ground, tellClient } from '../engine.ts';
import { emit, MQ_PRINCIPAL, zoneOf } from '../events.ts';
import { SCALED } from '../limits.ts';
import type { Broker, MqState } from '../model.ts';
import type { RabbitRuntime } from './model.ts';
import { block, publish } from './publishing.ts';
import { isFrom, limitsOf, runtimeOf } from './runtime.ts';

/** What each thing takes in memory, in bytes. UNSURE: the figures; of a connection AWS says about 100 KB. */
const MEMORY = {
  node: 120_000_000,
  connection: 100_000,
  queue: 30_000,
  consumer: 10_000,
  readyMessage: 200,
  unackedMessage: 700,
} as const;
/** Of the memory and of the disk. */
const HIGH_WATERMARK = 0.4;
const DISK_FREE_LIMIT = 0.1;
/** RabbitMQ keeps the first messages of classic queues in memory; 3.x on Amazon MQ is lazy. */
const KEPT_IN_MEMORY = 2_048;

export function memoryUsed(broker: Broker): number {
  const runtime = runtimeOf(broker);
  const { readyCount, readyBytes, unackedCount, unackedBytes } = runtime;
  const share = readyCount === 0 || !isFrom(broker, '4.0') ? 0 : Math.min(1, KEPT_IN_MEMORY / readyCount);
  return (
    MEMORY.node +
    broker.connections.size * MEMORY.connection +
    runtime.queueCount * MEMORY.queue +
    runtime.consumers.size * MEMORY.consumer +
    readyCount * MEMORY.readyMessage +
    Math.round(readyBytes * share) +
    unackedCount * MEMORY.unackedMessage +
    unackedBytes
  );
}

export function memoryLimit(limits: MqState['limits'], broker: Broker): number {
  if (limits === 'scaled') return MEMORY.node + SCALED.memoryBytes;
  return Math.round(limitsOf(broker).memoryBytes * HIGH_WATERMARK);
}

export const diskUsed = ({ readyBytes, unackedBytes }: RabbitRuntime): number => readyBytes + unackedBytes;
export const diskLimit = (broker: Broker): number =>
  Math.round(limitsOf(broker).storageBytes * (1 - DISK_FREE_LIMIT));

/** After anything that fills or empties the broker. */
export function checkAlarms(ground: Ground): void {
  const { context, broker } = ground;
  const runtime = runtimeOf(broker);
  const alarm =
    memoryUsed(broker) > memoryLimit(context.state.limits, broker)
      ? 'memory'
      : diskUsed(runtime) > diskLimit(broker)
        ? 'disk'
        : '';
  if (alarm === runtime.alarm) return;
  const before = runtime.alarm;
  runtime.alarm = alarm;
  broker.actionsRequired =
    alarm === '' ? [] : [alarm === 'disk' ? 'RABBITMQ_DISK_ALARM' : 'RABBITMQ_MEMORY_ALARM'];
  if (broker.state === 'RUNNING' || broker.state === 'CRITICAL_ACTION_REQUIRED') {
    broker.state = alarm === '' ? 'RUNNING' : 'CRITICAL_ACTION_REQUIRED';
    broker.stateSince = context.now;
  }
  const type = alarm === '' ? 'mq/AlarmCleared' : 'mq/AlarmRaised';
  const reason = alarm === '' ? before : alarm;
  emit(context, { type, by: MQ_PRINCIPAL, broker: broker.name, zone: zoneOf(broker), reason });
  if (alarm === '') letGo(ground);
  else holdAll(ground);
}

/** Every connection that has published is told. */
function holdAll(ground: Ground): void {
  const { channels } = runtimeOf(ground.broker);
  for (const connection of ground.broker.connections.values()) {
    if (channels.get(connection.number)?.publishes === true) block(ground, connection);
  }
}

/** What waited goes in, oldest first, until the alarm comes again. */
function letGo(ground: Ground): void {
  const { broker } = ground;
  const runtime = runtimeOf(broker);
  for (const connection of broker.connections.values()) {
    if (!connection.blocked) continue;
    connection.blocked = false;
    tellClient(ground, connection, { is: 'unblocked' });
  }
  while (runtime.alarm === '' && runtime.held.length > 0) {
    const { connection: number, request, publish: given } = runtime.held.shift()!;
    const connection = broker.connections.get(number);
    if (connection === undefined) continue;
    const result = publish(ground, connection, given, request);
    if (result !== undefined && request !== 0) {
      tellClient(ground, connection, { is: 'answered', result: { ...result } }, request);
    }
    checkAlarms(ground);
  }
}
