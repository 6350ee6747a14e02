/** The runtime of a RabbitMQ broker, and what is found in it. */
import type { Ground } from '../engine.ts';
import { INSTANCE_TYPES, SCALED } from '../limits.ts';
import type { Broker, Connection, MqState } from '../model.ts';
import { versionNumber } from '../rules/versions.ts';
import type { Channel, Queue, RabbitRuntime, VirtualHost } from './model.ts';

export function runtimeOf({ runtime, name }: Broker): RabbitRuntime {
  if (runtime?.type !== 'RABBITMQ') throw new Error(`the broker ${name} runs no RabbitMQ`);
  return runtime;
}

/** Opened with its connection; one that a refusal took is opened anew. */
export const channelOf = (ground: Ground, { number }: Connection): Channel =>
  runtimeOf(ground.broker).channels.get(number)!;

export const hostOf = ({ broker }: Ground, name: string): VirtualHost =>
  runtimeOf(broker).virtualHosts.get(name)!;

export const queueIn = (ground: Ground, virtualHost: string, name: string): Queue | undefined =>
  runtimeOf(ground.broker).virtualHosts.get(virtualHost)?.queues.get(name);

/** Is the broker's RabbitMQ at least of this version? `4.3`. */
export const isFrom = ({ settings }: Broker, version: string): boolean =>
  versionNumber(settings.engineVersion) >= versionNumber(version);

/** A cluster of 3.x mirrors its classic queues (`ha-all-AWS-OWNED-DO-NOT-DELETE`). */
export const isMirrored = (broker: Broker): boolean =>
  broker.deploymentMode === 'CLUSTER_MULTI_AZ' && !isFrom(broker, '4.0');

export const isUp = ({ nodes }: Broker, number: number): boolean =>
  nodes.some((node) => node.number === number && node.up);

/** Does its leader run? Without one nothing happens in a queue. */
export const isLed = (broker: Broker, { leader }: Queue): boolean => leader !== 0 && isUp(broker, leader);

const INSTANCE_DEFAULT = 'mq.m5.large';

export const limitsOf = ({ settings }: Broker): (typeof INSTANCE_TYPES)[string] =>
  INSTANCE_TYPES[settings.hostInstanceType] ?? INSTANCE_TYPES[INSTANCE_DEFAULT]!;

export function connectionsMax({ limits }: MqState, broker: Broker): number {
  if (limits === 'scaled') return SCALED.connections;
  const { single, cluster } = limitsOf(broker).connections;
  return broker.deploymentMode === 'CLUSTER_MULTI_AZ' ? cluster : single;
}

export function queuesMax({ limits }: MqState, broker: Broker): number {
  if (limits === 'scaled') return SCALED.queues;
  const { single, cluster } = limitsOf(broker).queues;
  return broker.deploymentMode === 'CLUSTER_MULTI_AZ' ? cluster : single;
}
