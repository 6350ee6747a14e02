/** What falls due in Amazon MQ: one handler per kind of timer. */
import { unreachable } from '../../engine/assert.ts';
import type { Timer } from '../../engine/service.ts';
import type { Ctx, EngineDue, Ground } from './engine.ts';
import { engineOf } from './engines.ts';
import { keepFigures } from './rules/figuresKept.ts';
import { brokerCreated, brokerGone } from './rules/lifecycle.ts';
import { nodeUpDue, reboot, rebootStepDue } from './rules/nodes.ts';
import { hasPending } from './rules/pendingChanges.ts';

export interface CreatedDue extends Timer {
  readonly type: 'mq/CreatedDue';
  readonly broker: string;
}
export interface DeletedDue extends Timer {
  readonly type: 'mq/DeletedDue';
  readonly broker: string;
}
/** The node that a reboot took down comes back, and the next one goes. */
export interface RebootStepDue extends Timer {
  readonly type: 'mq/RebootStepDue';
  readonly broker: string;
  readonly starts: number;
  readonly index: number;
}
export interface NodeUpDue extends Timer {
  readonly type: 'mq/NodeUpDue';
  readonly broker: string;
  readonly node: number;
}
/** The weekly window, in weeks in which something waits for it. */
export interface MaintenanceDue extends Timer {
  readonly type: 'mq/MaintenanceDue';
  readonly broker: string;
  readonly at: number;
}
type MqTimer = CreatedDue | DeletedDue | RebootStepDue | NodeUpDue | MaintenanceDue | EngineDue;

export function due(context: Ctx, timer: Timer): void {
  const ours = timer as MqTimer;
  const broker = context.state.brokers.get(ours.broker);
  if (broker === undefined) return;
  const ground: Ground = { context, broker };
  switch (ours.type) {
    case 'mq/CreatedDue':
      brokerCreated(ground);
      break;
    case 'mq/DeletedDue':
      brokerGone(ground);
      break;
    case 'mq/RebootStepDue':
      rebootStepDue(ground, ours);
      break;
    case 'mq/NodeUpDue':
      nodeUpDue(ground, ours);
      break;
    case 'mq/MaintenanceDue':
      if (broker.maintenanceAt !== ours.at) break;
      broker.maintenanceAt = -1;
      if (hasPending(broker) && broker.rebooting.length === 0 && broker.runtime !== undefined) reboot(ground);
      break;
    case 'mq/EngineDue':
      if (broker.starts !== ours.starts || broker.runtime === undefined) break;
      engineOf(broker).due(ground, ours.work);
      keepFigures(ground);
      break;
    default:
      unreachable(ours);
  }
}
