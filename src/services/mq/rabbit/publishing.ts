/** From a publisher to queues. RabbitMQ, Publishers; Consumer Acknowledgements and Publisher Confirms. */
import type { Publish } from '../../../contract/broker.ts';
import { messageId } from '../../../contract/messageId.ts';
import { utf8Length } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { type Ground, tellClient } from '../engine.ts';
import { emit, zoneOf } from '../events.ts';
import type { Connection } from '../model.ts';
import type { Channel, Exchange, Message, Queue } from './model.ts';
import { checkPermission } from './permissions.ts';
import { channelError, noExchange, replyCode } from './refusals.ts';
import { route } from './routing.ts';
import { channelOf, hostOf, isFrom, runtimeOf } from './runtime.ts';
import { deadLetter, enqueue, isFull } from './storing.ts';

/** Keeps families of ids apart. */
const MESSAGE_IDS = 25;
/** RabbitMQ 4.0: max_message_size 16 MiB; before 128 MiB. */
const SIZE_MAX = { before: 134_217_728, since: 16_777_216 } as const;

/** Throws, or takes it: then what follows goes without an answer of its own, or by a confirm. */
export function publish(
  ground: Ground,
  connection: Connection,
  given: Publish,
  request: number,
): object | undefined {
  const { broker } = ground;
  const runtime = runtimeOf(broker);
  const channel = channelOf(ground, connection);
  check(ground, connection, given);
  channel.publishes = true;
  if (runtime.alarm !== '') {
    runtime.held.push(Object.freeze({ connection: connection.number, request, publish: given }));
    block(ground, connection);
    return undefined;
  }
  if (channel.transaction !== undefined) {
    channel.transaction.push(Object.freeze({ step: 'publish', publish: given, request }));
    return {};
  }
  const id = take(ground, connection, given, request);
  return given.confirm === true ? undefined : { messageId: id };
}

function check({ broker, context }: Ground, connection: Connection, given: Publish): void {
  const { virtualHost } = connection;
  const name = given.exchange ?? '';
  if (name !== '') {
    const exchange = hostOf({ broker, context }, virtualHost).exchanges.get(name);
    if (exchange === undefined) throw noExchange(name, virtualHost);
    if (exchange.internal) {
      throw channelError(
        'ACCESS_REFUSED',
        `cannot publish to internal exchange '${name}' in vhost '${virtualHost}'`,
      );
    }
  }
  checkPermission(runtimeOf(broker), connection, 'write', 'exchange', name);
  const size = utf8Length(given.body);
  const max = isFrom(broker, '4.0') ? SIZE_MAX.since : SIZE_MAX.before;
  if (size > max) {
    throw channelError(
      'PRECONDITION_FAILED',
      `message size ${size} is larger than configured max size ${max}`,
    );
  }
  const ttl = given.properties?.ttlMs;
  if (ttl !== undefined && (!Number.isInteger(ttl) || ttl < 0)) {
    throw channelError('PRECONDITION_FAILED', `invalid expiration '${ttl}'`);
  }
}

/** The alarm holds it back: the connection is told once. */
export function block(ground: Ground, connection: Connection): void {
  if (connection.blocked) return;
  const { context, broker } = ground;
  connection.blocked = true;
  const reason = runtimeOf(broker).alarm === 'disk' ? 'low on disk' : 'low on memory';
  tellClient(ground, connection, { is: 'blocked', reason });
  emit(context, {
    type: 'mq/PublisherBlocked',
    by: connection.client.by,
    broker: broker.name,
    zone: zoneOf(broker, connection.node),
    protocol: connection.protocol,
    user: connection.user,
    reason,
  });
}

/** The broker has it. Answers its id. */
export function take(ground: Ground, connection: Connection, given: Publish, request: number): string {
  const { context, broker } = ground;
  const exchange = hostOf(ground, connection.virtualHost).exchanges.get(given.exchange ?? '');
  const message = messageOf(ground, given);
  broker.counters.published++;
  broker.counters.bytesIn += message.bytes;
  countTraffic(broker.incoming, context.now);
  if (exchange !== undefined) {
    exchange.counters.published++;
    countTraffic(exchange.traffic, context.now);
  }
  const host = hostOf(ground, connection.virtualHost);
  const reached = route(host, message.exchange, message.routingKey, message.properties.headers);
  told(ground, connection, 'mq/MessagePublished', message, { queues: reached.size });
  if (reached.size === 0) unroutable(ground, connection, given, message, exchange, request);
  else spread(ground, connection, given, message, reached, request);
  return message.id;
}

function messageOf({ context }: Ground, given: Publish): Message {
  const { state, now } = context;
  const properties = given.properties ?? {};
  return Object.freeze({
    id: messageId(state.seed, state.messagesMade++, MESSAGE_IDS),
    body: given.body,
    bytes: utf8Length(given.body),
    exchange: given.exchange ?? '',
    routingKey: given.destination,
    properties: Object.freeze({ ...properties }),
    persistent: properties.persistent === true,
    published: now,
  });
}

function told(
  { context, broker }: Ground,
  { client, protocol, node }: Connection,
  type: 'mq/MessagePublished' | 'mq/MessageDropped' | 'mq/MessageReturned',
  { id, body, exchange, routingKey, persistent }: Message,
  more: { readonly queues?: number; readonly reason?: string },
): void {
  emit(context, {
    type,
    by: client.by,
    broker: broker.name,
    zone: zoneOf(broker, node),
    destination: exchange === '' ? routingKey : exchange,
    messageId: id,
    body,
    protocol,
    persistent,
    routingKey,
    ...more,
  });
}

function unroutable(
  ground: Ground,
  connection: Connection,
  given: Publish,
  message: Message,
  exchange: Exchange | undefined,
  request: number,
): void {
  if (exchange !== undefined) exchange.counters.unroutable++;
  if (given.mandatory === true) {
    const returned = {
      is: 'returned',
      code: replyCode('NO_ROUTE'),
      reason: 'NO_ROUTE',
      publish: given,
    } as const;
    tellClient(ground, connection, returned, request);
    told(ground, connection, 'mq/MessageReturned', message, { reason: 'unroutable' });
  } else told(ground, connection, 'mq/MessageDropped', message, { reason: 'unroutable' });
  ground.broker.counters.dropped++;
  if (given.confirm === true) tellClient(ground, connection, { is: 'confirmed', ok: true }, request);
}

function spread(
  ground: Ground,
  connection: Connection,
  given: Publish,
  message: Message,
  reached: ReadonlySet<Queue>,
  request: number,
): void {
  const { broker } = ground;
  const channel = channelOf(ground, connection);
  let rejected = false;
  let waiting = 0;
  for (const queue of reached) {
    if (isFull(queue, message.bytes)) {
      rejected = true;
      turnAway(ground, queue, message);
    } else if (queue.leader === 0) {
      waiting++;
      const asks = given.confirm === true ? request : 0;
      queue.waiting.push(Object.freeze({ message, connection: connection.number, request: asks }));
    } else {
      replicate(ground, queue, message);
      enqueue(ground, queue, message);
    }
  }
  if (rejected) broker.counters.dropped++;
  if (given.confirm !== true) return;
  if (rejected) tellClient(ground, connection, { is: 'confirmed', ok: false }, request);
  else if (waiting === 0) tellClient(ground, connection, { is: 'confirmed', ok: true }, request);
  else channel.unconfirmed.set(request, waiting);
}

/** Copies go to the other nodes of the queue: what is billed as transfer between zones. */
const replicate = ({ broker }: Ground, { members }: Queue, { bytes }: Message): void => {
  broker.counters.bytesBetweenZones += bytes * (members.length - 1);
};

/** RabbitMQ, Queue Length Limit: reject-publish, reject-publish-dlx. */
function turnAway(ground: Ground, queue: Queue, message: Message): void {
  queue.counters.rejected++;
  if (queue.settings.overflow !== 'reject-publish-dlx') return;
  queue.counters.routed++;
  const { now } = ground.context;
  const entry = { sequence: -1, message, arrived: now, expires: -1, returns: 0, redelivered: false };
  deadLetter(ground, queue, Object.freeze(entry), 'maxlen');
}

/** A queue has a leader again: it takes what waited, and publishers hear of it. */
export function takeWaiting(ground: Ground, queue: Queue): void {
  const { broker } = ground;
  const { waiting } = queue;
  queue.waiting = [];
  for (const { message, connection: number, request } of waiting) {
    replicate(ground, queue, message);
    enqueue(ground, queue, message);
    const connection = broker.connections.get(number);
    const channel: Channel | undefined = runtimeOf(broker).channels.get(number);
    const left = (channel?.unconfirmed.get(request) ?? 0) - 1;
    if (connection === undefined || channel === undefined || request === 0) continue;
    if (left > 0) {
      channel.unconfirmed.set(request, left);
      continue;
    }
    channel.unconfirmed.delete(request);
    tellClient(ground, connection, { is: 'confirmed', ok: true }, request);
  }
}
