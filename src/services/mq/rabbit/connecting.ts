/** Connections and their channel: who is let in, and what goes back when they end. RabbitMQ, Connections; Channels. */
import type { Connect } from '../../../contract/broker.ts';
import type { Ground } from '../engine.ts';
import { Refused } from '../errors.ts';
import type { Connection } from '../model.ts';
import { hasAmqp10 } from './administration.ts';
import type { Channel } from './model.ts';
import { connectionError } from './refusals.ts';
import { endChannel } from './removing.ts';
import { connectionsMax, isUp, runtimeOf } from './runtime.ts';
import { returnAll } from './settling.ts';

export function admit(ground: Ground, asked: Connect): Pick<Connection, 'node' | 'virtualHost' | 'clientId'> {
  const { broker, context } = ground;
  const runtime = runtimeOf(broker);
  const { user: name, virtualHost = '/' } = asked;
  if (asked.protocol === 'amqp-1-0' && !hasAmqp10(broker)) {
    throw new Refused({
      code: 'amqp:connection:framing-error',
      message: 'the server speaks AMQP 0-9-1',
      closes: 'connection',
      why: 'AMQP 1.0 belongs to RabbitMQ from 4.0 on.',
    });
  }
  const user = runtime.users.get(name);
  if (user === undefined || (asked.password !== undefined && asked.password !== user.password)) {
    throw connectionError(
      'ACCESS_REFUSED',
      'Login was refused using authentication mechanism PLAIN. For details see the broker logfile.',
      user === undefined
        ? `There is no user ${name} in this broker; users of IAM are not its users.`
        : 'The password is another.',
    );
  }
  if (!runtime.virtualHosts.has(virtualHost)) {
    throw connectionError('NOT_ALLOWED', `vhost ${virtualHost} not found`);
  }
  if (user.permissions[virtualHost] === undefined) {
    throw connectionError('NOT_ALLOWED', `access to vhost '${virtualHost}' refused for user '${name}'`);
  }
  const node = nextNode(ground);
  const max = connectionsMax(context.state, broker);
  const open = [...broker.connections.values()].filter((one) => one.node === node).length;
  if (open >= max) {
    broker.counters.refusedConnections++;
    throw connectionError(
      'NOT_ALLOWED',
      `connection refused: node connection limit (${max}) is reached`,
      'How many connections there can be follows from the instance type.',
    );
  }
  runtime.lastNode = node;
  return { node, virtualHost, clientId: asked.clientId ?? '' };
}

/** The load balancer before the nodes: in turn, to those that are up. */
function nextNode({ broker }: Ground): number {
  const numbers = broker.nodes.map(({ number }) => number);
  const { lastNode } = runtimeOf(broker);
  const inTurn = [...numbers.filter((one) => one > lastNode), ...numbers.filter((one) => one <= lastNode)];
  return inTurn.find((number) => isUp(broker, number))!;
}

const newChannel = ({ number, virtualHost }: Connection): Channel => ({
  connection: number,
  virtualHost,
  nextTag: 1,
  unacked: new Map(),
  consumers: new Map(),
  prefetch: 0,
  channelPrefetch: 0,
  exclusiveQueues: new Set(),
  transaction: undefined,
  unconfirmed: new Map(),
  publishes: false,
  timeoutAt: -1,
});

export function opened({ broker }: Ground, connection: Connection): void {
  runtimeOf(broker).channels.set(connection.number, newChannel(connection));
}

/** What it held goes back, what it had made for itself goes, and what waited of it is lost. */
export function closed(ground: Ground, connection: Connection): void {
  const runtime = runtimeOf(ground.broker);
  const channel = runtime.channels.get(connection.number);
  if (channel === undefined) return;
  endChannel(ground, connection, true);
  returnAll(ground, connection, channel);
  runtime.channels.delete(connection.number);
  runtime.held = runtime.held.filter((one) => one.connection !== connection.number);
  loseWaiting(ground, connection);
}

function loseWaiting({ broker }: Ground, { number, virtualHost }: Connection): void {
  for (const queue of runtimeOf(broker).virtualHosts.get(virtualHost)!.queues.values()) {
    if (queue.waiting.length === 0) continue;
    const before = queue.waiting.length;
    queue.waiting = queue.waiting.filter((one) => one.connection !== number);
    const lost = before - queue.waiting.length;
    broker.counters.lost += lost;
  }
}

/** A refusal took it. The next command opens another, whose tags begin anew. */
export function channelClosed(ground: Ground, connection: Connection): void {
  const runtime = runtimeOf(ground.broker);
  const channel = runtime.channels.get(connection.number);
  if (channel === undefined) return;
  endChannel(ground, connection, false);
  returnAll(ground, connection, channel);
  const { exclusiveQueues, timeoutAt, publishes } = channel;
  runtime.channels.set(connection.number, {
    ...newChannel(connection),
    exclusiveQueues,
    timeoutAt,
    publishes,
  });
}
