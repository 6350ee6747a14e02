/** A broker begins to run, and is gone. */
import type { Ground } from '../engine.ts';
import { engineOf } from '../engines.ts';
import { emit, MQ_PRINCIPAL, zoneOf } from '../events.ts';
import { nameKey } from '../model.ts';
import { keepFigures } from './figuresKept.ts';
import { applyPending } from './pendingChanges.ts';

export function brokerCreated(ground: Ground): void {
  const { context, broker } = ground;
  if (broker.state !== 'CREATION_IN_PROGRESS') return;
  applyPending(ground);
  for (const node of broker.nodes) {
    node.up = true;
    node.since = context.now;
  }
  broker.state = 'RUNNING';
  broker.stateSince = context.now;
  broker.runningSince = context.now;
  broker.runtime = engineOf(broker).create(ground);
  keepFigures(ground);
  emit(context, { type: 'mq/BrokerRunning', by: MQ_PRINCIPAL, broker: broker.name, zone: zoneOf(broker) });
}

export function brokerGone({ context, broker }: Ground): void {
  const { state } = context;
  if (broker.state !== 'DELETION_IN_PROGRESS') return;
  state.brokers.delete(broker.id);
  state.brokerNames.delete(nameKey(broker.account, broker.name));
  emit(context, { type: 'mq/BrokerDeleted', by: MQ_PRINCIPAL, broker: broker.name, zone: '' });
}
