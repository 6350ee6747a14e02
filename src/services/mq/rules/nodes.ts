/** Nodes that go and come back: reboots, zones, hosts that fail. The engine is told; messages are its business. */

import { type Fault, type FaultNews, faultOn, holds } from '../../../contract/faults.ts';
import { lifeTime } from '../../../contract/world.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import type { Ctx, Ground } from '../engine.ts';
import { engineOf } from '../engines.ts';
import { emit, MQ_PRINCIPAL } from '../events.ts';
import { NODE_START, RESTART } from '../limits.ts';
import { type Broker, type BrokerNode, brokerNamed } from '../model.ts';
import type { NodeUpDue, RebootStepDue } from '../timers.ts';
import { keepFigures } from './figuresKept.ts';
import { applyPending } from './pendingChanges.ts';
import { dropConnections } from './wire.ts';

const FORCED = {
  code: '320',
  message: "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'",
  closes: 'connection',
} as const;

/** A node ends: what is connected to it loses its connection. */
function takeDown(ground: Ground, node: BrokerNode, reason: string): void {
  const { context, broker } = ground;
  if (!node.up) return;
  node.up = false;
  node.since = context.now;
  told(ground, 'mq/NodeDown', node, reason);
  engineOf(broker).nodeDown(ground, node);
  dropConnections(ground, FORCED, (connection) => connection.node === node.number);
  if (broker.nodes.length === 1) engineOf(broker).stopped(ground);
  keepFigures(ground);
}

function bringUp(ground: Ground, node: BrokerNode): void {
  const { context, broker } = ground;
  if (node.up || isHeldDown(context, broker, node)) return;
  node.up = true;
  node.since = context.now;
  told(ground, 'mq/NodeUp', node, 'started');
  engineOf(broker).nodeUp(ground, node);
  keepFigures(ground);
}

const told = (
  { context, broker }: Ground,
  type: 'mq/NodeDown' | 'mq/NodeUp',
  node: BrokerNode,
  reason: string,
): void => {
  const { zone, number } = node;
  emit(context, { type, by: MQ_PRINCIPAL, broker: broker.name, zone, node: number, reason });
};

/** A fault on purpose keeps it down. */
function isHeldDown(context: Ctx, broker: Broker, node: BrokerNode): boolean {
  const on = `broker/${broker.name}`;
  const zone = faultOn(context, on, 'zone-down');
  if (zone !== undefined && zone.zone === node.zone) return true;
  return faultOn(context, on, 'crash') !== undefined && broker.crashed === node.number;
}

/** A reboot, asked for or in the maintenance window: one node after the other. */
export function reboot(ground: Ground): void {
  const { context, broker } = ground;
  broker.state = 'REBOOT_IN_PROGRESS';
  broker.stateSince = context.now;
  broker.starts++;
  broker.maintenanceAt = -1;
  applyPending(ground);
  step(ground, 0);
}

/** Which nodes a reboot restarts: of a pair only the active one, for the other takes over. */
const restarted = (ground: Ground): readonly BrokerNode[] => {
  const { broker, context } = ground;
  if (broker.deploymentMode !== 'ACTIVE_STANDBY_MULTI_AZ') return broker.nodes;
  const active = engineOf(broker).figures(broker, context.now).activeNode;
  return broker.nodes.filter(({ number }) => number === active);
};

function step(ground: Ground, index: number): void {
  const { context, broker } = ground;
  if (index === 0) broker.rebooting = restarted(ground).map(({ number }) => number);
  const found = broker.nodes.find(({ number }) => number === broker.rebooting[index]);
  if (found === undefined) {
    finish(ground);
    return;
  }
  takeDown(ground, found, 'reboot');
  const takes = milliseconds(context.random('restarts').integer(RESTART.min, RESTART.max));
  const wait = lifeTime(context, takes);
  const timer: RebootStepDue = { type: 'mq/RebootStepDue', broker: broker.id, starts: broker.starts, index };
  context.schedule(after(context.now, wait), timer);
}

export function rebootStepDue(ground: Ground, { starts, index }: RebootStepDue): void {
  const { broker } = ground;
  if (broker.starts !== starts || broker.state !== 'REBOOT_IN_PROGRESS') return;
  const node = broker.nodes.find(({ number }) => number === broker.rebooting[index]);
  if (node !== undefined) bringUp(ground, node);
  if (index + 1 < broker.rebooting.length) step(ground, index + 1);
  else finish(ground);
}

function finish(ground: Ground): void {
  const { context, broker } = ground;
  broker.rebooting = [];
  broker.state = broker.actionsRequired.length > 0 ? 'CRITICAL_ACTION_REQUIRED' : 'RUNNING';
  broker.stateSince = context.now;
  engineOf(broker).started(ground);
  const zone = broker.nodes.find(({ up }) => up)?.zone ?? '';
  emit(context, { type: 'mq/BrokerRebooted', by: MQ_PRINCIPAL, broker: broker.name, zone });
  keepFigures(ground);
}

/** A fault on purpose begins or ends. */
export function faultCame(context: Ctx, { type, fault }: FaultNews): void {
  const broker = brokerNamed(context.state, context.state.account, fault.on.slice('broker/'.length));
  if (broker === undefined || broker.runtime === undefined) return;
  const ground: Ground = { context, broker };
  if (type === 'FaultBegan') {
    for (const node of struck(ground, fault)) takeDown(ground, node, fault.kind);
    return;
  }
  for (const node of broker.nodes) if (!node.up) planReturn(ground, node);
}

function struck(ground: Ground, fault: Fault): readonly BrokerNode[] {
  const { broker, context } = ground;
  if (fault.kind === 'zone-down') return broker.nodes.filter(({ zone }) => zone === fault.zone);
  if (fault.kind !== 'crash' || !holds(fault, context.now)) return [];
  const active = engineOf(broker).figures(broker, context.now).activeNode;
  broker.crashed = active ?? 0;
  return broker.nodes.filter(({ number }) => number === active);
}

function planReturn({ context, broker }: Ground, node: BrokerNode): void {
  const timer: NodeUpDue = { type: 'mq/NodeUpDue', broker: broker.id, node: node.number };
  context.schedule(after(context.now, NODE_START), timer);
}

export function nodeUpDue(ground: Ground, { node }: NodeUpDue): void {
  const found = ground.broker.nodes.find(({ number }) => number === node);
  if (found === undefined || ground.broker.rebooting.length > 0) return;
  bringUp(ground, found);
}
