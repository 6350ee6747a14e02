/** Exchanges, queues and bindings: declared, bound, deleted, emptied. RabbitMQ, AMQP 0-9-1 Reference. */
import type { Bind, DeclareExchange, DeclareQueue } from '../../../contract/broker.ts';
import { messageId } from '../../../contract/messageId.ts';
import { newTraffic } from '../../../contract/traffic.ts';
import type { Ground } from '../engine.ts';
import type { Connection } from '../model.ts';
import { newLane } from './lanes.ts';
import {
  type Binding,
  EXCHANGE_TYPES,
  type Exchange,
  type ExchangeType,
  type Queue,
  type VirtualHost,
} from './model.ts';
import { checkPermission } from './permissions.ts';
import {
  channelError,
  connectionError,
  locked,
  noExchange,
  noMajority,
  noQueue,
  queueDown,
} from './refusals.ts';
import { removeQueue } from './removing.ts';
import { channelOf, hostOf, isMirrored, isUp, queuesMax, runtimeOf } from './runtime.ts';
import { checkSame, type QueueShape, settingsOf, shapeOf } from './settings.ts';
import { planUnused } from './storing.ts';

const RESERVED = /^amq\./u;
const NAME_BYTES_MAX = 255;
const QUEUE_NAMES = 27;

export function declareQueue(ground: Ground, connection: Connection, asked: DeclareQueue): object {
  const { virtualHost } = connection;
  const host = hostOf(ground, virtualHost);
  const runtime = runtimeOf(ground.broker);
  const found = host.queues.get(asked.queue);
  if (asked.passive === true) {
    if (found === undefined) throw noQueue(asked.queue, virtualHost);
    checkUsable(connection, found);
    return declared(ground, found);
  }
  if (asked.queue !== '') checkPermission(runtime, connection, 'configure', 'queue', asked.queue);
  if (RESERVED.test(asked.queue) && found === undefined) {
    throw channelError('ACCESS_REFUSED', `queue name '${asked.queue}' contains reserved prefix 'amq.*'`);
  }
  if (asked.queue.length > NAME_BYTES_MAX) throw connectionError('COMMAND_INVALID', 'queue name is too long');
  const shape = shapeOf(ground, asked, virtualHost);
  if (found !== undefined) {
    checkOwner(connection, found);
    checkSame(found, shape);
    planUnused(ground, found);
    return declared(ground, found);
  }
  const settings = settingsOf(ground, shape, asked.queue, virtualHost);
  const max = queuesMax(ground.context.state, ground.broker);
  if (runtime.queueCount >= max) {
    throw channelError(
      'PRECONDITION_FAILED',
      `cannot declare queue '${asked.queue}': queue limit in cluster (${max}) is reached`,
      'How many queues there can be follows from the instance type.',
    );
  }
  const name = asked.queue === '' ? madeName(ground) : asked.queue;
  const queue = newQueue(ground, connection, name, shape, settings);
  host.queues.set(name, queue);
  runtime.queueCount++;
  if (shape.exclusive) channelOf(ground, connection).exclusiveQueues.add(name);
  planUnused(ground, queue);
  return declared(ground, queue);
}

const declared = (_ground: Ground, { name, ready, consumers }: Queue): object => ({
  queue: name,
  messageCount: ready,
  consumerCount: consumers.size,
});

const madeName = ({ context, broker }: Ground): string => {
  const id = messageId(context.state.seed, runtimeOf(broker).namesMade++, QUEUE_NAMES);
  return `amq.gen-${id.replaceAll('-', '').slice(0, 22)}`;
};

function newQueue(
  ground: Ground,
  connection: Connection,
  name: string,
  shape: QueueShape,
  settings: Queue['settings'],
): Queue {
  const { context, broker } = ground;
  const replicated = shape.kind === 'quorum' || (isMirrored(broker) && !shape.exclusive);
  return {
    name,
    virtualHost: connection.virtualHost,
    order: ++runtimeOf(broker).queuesMade,
    created: context.now,
    kind: shape.kind,
    durable: shape.durable,
    exclusive: shape.exclusive ? connection.number : 0,
    autoDelete: shape.autoDelete,
    arguments: shape.arguments,
    settings,
    members: Object.freeze(replicated ? broker.nodes.map(({ number }) => number) : [connection.node]),
    leader: isUp(broker, connection.node) ? connection.node : 0,
    electionEnds: -1,
    lanes: [newLane(0)],
    turn: 0,
    nextSequence: 0,
    ready: 0,
    readyBytes: 0,
    unacked: 0,
    unackedBytes: 0,
    waiting: [],
    consumers: new Set(),
    able: new Set(),
    prioritized: false,
    active: 0,
    exclusiveConsumer: 0,
    hadConsumer: false,
    usedAt: context.now,
    expiryAt: -1,
    unusedAt: -1,
    counters: {
      routed: 0,
      delivered: 0,
      acknowledged: 0,
      redelivered: 0,
      deadLettered: 0,
      expired: 0,
      dropped: 0,
      purged: 0,
      lost: 0,
      rejected: 0,
    },
    incoming: newTraffic(),
    outgoing: newTraffic(),
  };
}

const checkOwner = ({ number, virtualHost }: Connection, { name, exclusive }: Queue): void => {
  if (exclusive !== 0 && exclusive !== number) throw locked(name, virtualHost);
};

/** Its owner's, and its node there. */
function checkUsable(connection: Connection, queue: Queue): void {
  checkOwner(connection, queue);
  if (queue.leader !== 0) return;
  const { name, virtualHost, members } = queue;
  throw queue.kind === 'quorum' ? noMajority(name, virtualHost) : queueDown(name, virtualHost, members[0]!);
}

/** A queue for a command of this connection. Throws NOT_FOUND, RESOURCE_LOCKED. */
export function usableQueue(ground: Ground, connection: Connection, name: string): Queue {
  const queue = hostOf(ground, connection.virtualHost).queues.get(name);
  if (queue === undefined) throw noQueue(name, connection.virtualHost);
  checkUsable(connection, queue);
  return queue;
}

export const newExchange = (
  name: string,
  type: ExchangeType,
  more: Partial<Pick<Exchange, 'durable' | 'autoDelete' | 'internal' | 'arguments'>> = {},
): Exchange => ({
  name,
  type,
  durable: true,
  autoDelete: false,
  internal: false,
  arguments: Object.freeze({}),
  ...more,
  bindings: [],
  counters: { published: 0, unroutable: 0 },
  traffic: newTraffic(),
});

export function declareExchange(ground: Ground, connection: Connection, asked: DeclareExchange): object {
  const { virtualHost } = connection;
  const { exchange: name, durable = true, autoDelete = false, internal = false } = asked;
  const { exchanges } = hostOf(ground, virtualHost);
  const found = exchanges.get(name);
  if (asked.passive === true) {
    if (found === undefined) throw noExchange(name, virtualHost);
    return {};
  }
  const type = EXCHANGE_TYPES.find((one) => one === asked.type);
  if (type === undefined) {
    throw connectionError(
      'COMMAND_INVALID',
      `unknown exchange type '${asked.type}'`,
      `There are ${EXCHANGE_TYPES.join(', ')}.`,
    );
  }
  checkNotDefault(name);
  checkPermission(runtimeOf(ground.broker), connection, 'configure', 'exchange', name);
  if (found === undefined && RESERVED.test(name)) {
    throw channelError('ACCESS_REFUSED', `exchange name '${name}' contains reserved prefix 'amq.*'`);
  }
  if (found !== undefined) {
    checkSameExchange(found, virtualHost, { type, durable, auto_delete: autoDelete, internal });
    return {};
  }
  const given = Object.freeze({ ...asked.arguments });
  exchanges.set(name, newExchange(name, type, { durable, autoDelete, internal, arguments: given }));
  runtimeOf(ground.broker).exchangeCount++;
  return {};
}

function checkSameExchange(
  found: Exchange,
  virtualHost: string,
  received: Readonly<Record<'type' | 'durable' | 'auto_delete' | 'internal', string | boolean>>,
): void {
  const current = {
    type: found.type,
    durable: found.durable,
    auto_delete: found.autoDelete,
    internal: found.internal,
  };
  for (const arg of ['type', 'durable', 'auto_delete', 'internal'] as const) {
    if (received[arg] === current[arg]) continue;
    throw channelError(
      'PRECONDITION_FAILED',
      `inequivalent arg '${arg}' for exchange '${found.name}' in vhost '${virtualHost}': received '${received[arg]}' but current is '${current[arg]}'`,
    );
  }
}

function checkNotDefault(exchange: string): void {
  if (exchange === '')
    throw channelError('ACCESS_REFUSED', 'operation not permitted on the default exchange');
}

const JSON_SAME = (one: Binding, other: Binding): boolean =>
  one.to === other.to &&
  one.destination === other.destination &&
  one.routingKey === other.routingKey &&
  JSON.stringify(one.arguments) === JSON.stringify(other.arguments);

export function bind(ground: Ground, connection: Connection, asked: Bind): object {
  const { virtualHost } = connection;
  const host = hostOf(ground, virtualHost);
  const { exchange: source, to, destination, routingKey } = asked;
  checkNotDefault(source);
  const exchange = host.exchanges.get(source);
  const runtime = runtimeOf(ground.broker);
  checkPermission(runtime, connection, 'write', to, destination);
  checkPermission(runtime, connection, 'read', 'exchange', source);
  if (exchange === undefined) throw noExchange(source, virtualHost);
  if (to === 'queue') {
    const queue = host.queues.get(destination);
    if (queue === undefined) throw noQueue(destination, virtualHost);
    checkOwner(connection, queue);
  } else {
    checkNotDefault(destination);
    if (!host.exchanges.has(destination)) throw noExchange(destination, virtualHost);
  }
  const given = Object.freeze({ ...asked.arguments });
  checkBindingKey(exchange, asked);
  const binding: Binding = Object.freeze({ source, to, destination, routingKey, arguments: given });
  const has = exchange.bindings.some((one) => JSON_SAME(one, binding));
  if (asked.do === 'bind') {
    if (!has) exchange.bindings = [...exchange.bindings, binding];
    return {};
  }
  exchange.bindings = exchange.bindings.filter((one) => !JSON_SAME(one, binding));
  if (has) autoDeleteExchange(ground, host, exchange);
  return {};
}

function checkBindingKey({ type }: Exchange, { routingKey, arguments: given = {} }: Bind): void {
  if (type === 'x-consistent-hash' && !/^\d+$/u.test(routingKey)) {
    throw channelError(
      'PRECONDITION_FAILED',
      `The binding key must be an integer: ${routingKey}`,
      'At a consistent-hash exchange it is the weight of the queue.',
    );
  }
  const match = given['x-match'];
  if (type !== 'headers' || match === undefined) return;
  if (['all', 'any', 'all-with-x', 'any-with-x'].includes(String(match))) return;
  throw channelError(
    'PRECONDITION_FAILED',
    `Invalid x-match field value ${JSON.stringify(match)}; expected all, any, all-with-x, or any-with-x`,
  );
}

/** The last thing bound to it is gone. */
function autoDeleteExchange(ground: Ground, host: VirtualHost, exchange: Exchange): void {
  if (!exchange.autoDelete || exchange.bindings.length > 0) return;
  removeExchange(ground, host, exchange);
}

export function deleteExchange(
  ground: Ground,
  connection: Connection,
  { exchange: name, ifUnused = false }: { readonly exchange: string; readonly ifUnused?: boolean },
): object {
  const host = hostOf(ground, connection.virtualHost);
  checkNotDefault(name);
  if (RESERVED.test(name)) {
    throw channelError('ACCESS_REFUSED', `exchange name '${name}' contains reserved prefix 'amq.*'`);
  }
  checkPermission(runtimeOf(ground.broker), connection, 'configure', 'exchange', name);
  const exchange = host.exchanges.get(name);
  if (exchange === undefined) return {};
  if (ifUnused && exchange.bindings.length > 0) {
    throw channelError(
      'PRECONDITION_FAILED',
      `exchange '${name}' in vhost '${connection.virtualHost}' in use`,
    );
  }
  removeExchange(ground, host, exchange);
  return {};
}

export function removeExchange(ground: Ground, host: VirtualHost, { name }: Exchange): void {
  host.exchanges.delete(name);
  runtimeOf(ground.broker).exchangeCount--;
  for (const other of host.exchanges.values()) {
    other.bindings = other.bindings.filter(
      ({ to, destination }) => to !== 'exchange' || destination !== name,
    );
  }
}

export function deleteQueue(
  ground: Ground,
  connection: Connection,
  asked: { readonly queue: string; readonly ifUnused?: boolean; readonly ifEmpty?: boolean },
): object {
  const { virtualHost } = connection;
  checkPermission(runtimeOf(ground.broker), connection, 'configure', 'queue', asked.queue);
  const queue = hostOf(ground, virtualHost).queues.get(asked.queue);
  if (queue === undefined) return { messageCount: 0 };
  checkOwner(connection, queue);
  const place = `queue '${queue.name}' in vhost '${virtualHost}'`;
  if (asked.ifUnused === true && queue.consumers.size > 0) {
    throw channelError('PRECONDITION_FAILED', `${place} in use`);
  }
  if (asked.ifEmpty === true && queue.ready > 0)
    throw channelError('PRECONDITION_FAILED', `${place} not empty`);
  const messageCount = queue.ready;
  removeQueue(ground, queue);
  return { messageCount };
}
