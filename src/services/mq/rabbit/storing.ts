/** Messages in queues: they come in, are taken out, grow too old or too many, and become dead letters. */
import type { HeaderTable, HeaderValue } from '../../../contract/broker.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { after, type Instant, instant, milliseconds } from '../../../engine/units.ts';
import { type Ground, plan } from '../engine.ts';
import { emit, type MessageEvent, MQ_PRINCIPAL, zoneOf } from '../events.ts';
import { drain } from './delivering.ts';
import { countTurn, firstOf, laneFor, nextLane, pushLast, putBack, takeFirst } from './lanes.ts';
import type { Entry, Lane, Message, Queue } from './model.ts';
import { route } from './routing.ts';
import { hostOf, isLed, runtimeOf } from './runtime.ts';

const PROTOCOL = 'amqp-0-9-1';

export function tellOf(
  { context, broker }: Ground,
  type: MessageEvent['type'],
  queue: Queue,
  message: Message,
  more: Partial<Pick<MessageEvent, 'reason' | 'to' | 'consumer' | 'redelivered' | 'by' | 'protocol'>> = {},
): void {
  emit(context, {
    type,
    by: MQ_PRINCIPAL,
    broker: broker.name,
    zone: zoneOf(broker, queue.leader === 0 ? undefined : queue.leader),
    destination: queue.name,
    messageId: message.id,
    body: message.body,
    protocol: PROTOCOL,
    persistent: message.persistent,
    ...more,
  });
}

/** The lane in which a message stands: quorum queues of 4.2 have two levels. */
function priorityOf(queue: Queue, { properties }: Message): number {
  const { maxPriority } = queue.settings;
  if (maxPriority === 0) return 0;
  const asked = properties.priority ?? (queue.kind === 'quorum' ? 4 : 0);
  if (queue.kind === 'quorum' && maxPriority === 1) return asked > 4 ? 1 : 0;
  return Math.max(0, Math.min(maxPriority, asked));
}

function expiryOf(queue: Queue, { properties }: Message, now: Instant): number {
  const ttls = [queue.settings.messageTtlMs, properties.ttlMs ?? -1].filter((ttl) => ttl >= 0);
  return ttls.length === 0 ? -1 : now + Math.min(...ttls);
}

/** It goes in, and at once on to a consumer if one can take it. */
export function enqueue(ground: Ground, queue: Queue, message: Message): void {
  const { context } = ground;
  const entry: Entry = Object.freeze({
    sequence: queue.nextSequence++,
    message,
    arrived: context.now,
    expires: expiryOf(queue, message, context.now),
    returns: 0,
    redelivered: false,
  });
  queue.counters.routed++;
  countTraffic(queue.incoming, context.now);
  addReady(ground, queue, entry);
  pushLast(laneFor(queue, priorityOf(queue, message)), entry);
  tidy(ground, queue);
}

function addReady({ broker }: Ground, queue: Queue, { message }: Entry): void {
  const runtime = runtimeOf(broker);
  queue.ready++;
  queue.readyBytes += message.bytes;
  runtime.readyCount++;
  runtime.readyBytes += message.bytes;
}

/** It is no longer ready: whoever takes it counts what became of it. */
function removeReady({ broker }: Ground, queue: Queue, { message }: Entry): void {
  const runtime = runtimeOf(broker);
  queue.ready--;
  queue.readyBytes -= message.bytes;
  runtime.readyCount--;
  runtime.readyBytes -= message.bytes;
}

/** What comes back, after `returns` was counted. */
export function returnEntry(ground: Ground, queue: Queue, entry: Entry): void {
  addReady(ground, queue, entry);
  putBack(laneFor(queue, priorityOf(queue, entry.message)), entry);
}

function takeFrom(ground: Ground, queue: Queue, lane: Lane): Entry {
  const entry = takeFirst(lane)!;
  removeReady(ground, queue, entry);
  return entry;
}

/** The next one for a consumer. */
export function takeNext(ground: Ground, queue: Queue): Entry | undefined {
  const byRatio = queue.kind === 'quorum' && queue.settings.maxPriority === 1;
  const lane = nextLane(queue, byRatio);
  if (lane === undefined) return undefined;
  if (byRatio) countTurn(queue);
  return takeFrom(ground, queue, lane);
}

/** After anything that changed a queue: hands out, drops what is too old or too many, plans the next look. */
export function tidy(ground: Ground, queue: Queue): void {
  if (!isLed(ground.broker, queue)) return;
  expireHeads(ground, queue, false);
  drain(ground, queue);
  expireHeads(ground, queue, true);
  dropHeads(ground, queue);
  planExpiry(ground, queue);
}

/**
 * Only from the head, as RabbitMQ does: what is behind a longer-lived message waits until it is first. A message that
 * may not wait at all (`expiration` 0) is still handed to a consumer who is free: `withNew` false spares it.
 */
export function expireHeads(ground: Ground, queue: Queue, withNew: boolean): void {
  const { now } = ground.context;
  for (const lane of [...queue.lanes]) {
    for (let first = firstOf(lane); first !== undefined; first = firstOf(lane)) {
      if (first.expires < 0 || first.expires > now || (!withNew && first.arrived === now)) break;
      deadLetter(ground, queue, takeFrom(ground, queue, lane), 'expired');
    }
  }
}

export interface ExpiryWork {
  readonly type: 'expiry';
  readonly virtualHost: string;
  readonly queue: string;
}

/** One timer a queue, for the head that is due first. */
function planExpiry(ground: Ground, queue: Queue): void {
  let next = -1;
  for (const lane of queue.lanes) {
    const expires = firstOf(lane)?.expires ?? -1;
    if (expires >= 0 && (next < 0 || expires < next)) next = expires;
  }
  if (next < 0 || (queue.expiryAt >= 0 && queue.expiryAt <= next)) return;
  queue.expiryAt = next;
  const { virtualHost, name } = queue;
  const work: ExpiryWork = { type: 'expiry', virtualHost, queue: name };
  plan(ground, instant(Math.max(next, ground.context.now)), work);
}

export function expiryDue(ground: Ground, queue: Queue): void {
  if (queue.expiryAt < 0 || queue.expiryAt > ground.context.now) return;
  queue.expiryAt = -1;
  tidy(ground, queue);
}

const isOver = ({ ready, readyBytes, settings }: Queue): boolean =>
  (settings.maxLength >= 0 && ready > settings.maxLength) ||
  (settings.maxBytes >= 0 && readyBytes > settings.maxBytes);

/** Would one more be too many? Then a publisher is turned away, if the queue is made so. */
export const isFull = ({ ready, readyBytes, settings }: Queue, bytes: number): boolean =>
  settings.overflow !== 'drop-head' &&
  ((settings.maxLength >= 0 && ready >= settings.maxLength) ||
    (settings.maxBytes >= 0 && readyBytes + bytes > settings.maxBytes));

function dropHeads(ground: Ground, queue: Queue): void {
  if (queue.settings.overflow !== 'drop-head') return;
  while (queue.ready > 0 && isOver(queue)) {
    // The least important goes first.
    const lane = queue.lanes.filter(({ size }) => size > 0).at(-1)!;
    deadLetter(ground, queue, takeFrom(ground, queue, lane), 'maxlen');
  }
}

export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';

/** It leaves its queue: to the dead-letter exchange, if the queue has one. */
export function deadLetter(ground: Ground, queue: Queue, entry: Entry, reason: DeathReason): void {
  const { settings, counters } = queue;
  const { message } = entry;
  const { broker } = ground;
  if (reason === 'expired') {
    tellOf(ground, 'mq/MessageExpired', queue, message, { reason });
  }
  const dead =
    settings.deadLetterExchange === undefined ? undefined : deadMessage(ground, queue, message, reason);
  const targets = dead === undefined ? [] : deadLetterTargets(ground, queue, dead);
  if (dead === undefined || targets.length === 0) {
    if (reason === 'expired') {
      counters.expired++;
      broker.counters.expired++;
    } else {
      counters.dropped++;
      broker.counters.dropped++;
      tellOf(ground, 'mq/MessageDropped', queue, message, { reason });
    }
    return;
  }
  counters.deadLettered++;
  broker.counters.deadLettered++;
  const to = targets.map(({ name }) => name).join(', ');
  tellOf(ground, 'mq/DeadLettered', queue, message, { reason, to });
  for (const target of targets) enqueue(ground, target, dead);
}

/** A queue that it would come to again without anybody having rejected it on the way round is left out. */
function deadLetterTargets(ground: Ground, queue: Queue, dead: Message): Queue[] {
  const host = hostOf(ground, queue.virtualHost);
  const reached = route(host, dead.exchange, dead.routingKey, dead.properties.headers ?? {});
  const deaths = deathsOf(dead);
  return [...reached].filter(({ name }) => !isCircle(name, deaths));
}

/** From its last death in that queue until now, newest first: was none a rejection? */
function isCircle(target: string, deaths: readonly HeaderTable[]): boolean {
  const last = deaths.findIndex((death) => death.queue === target);
  return last >= 0 && deaths.slice(0, last + 1).every((death) => death.reason !== 'rejected');
}

const deathsOf = ({ properties }: Message): readonly HeaderTable[] =>
  (properties.headers?.['x-death'] as readonly HeaderTable[] | undefined) ?? [];

/** RabbitMQ, Dead Letter Exchanges: the `x-death` header, newest first, one entry for each queue and reason. */
function deadMessage({ context }: Ground, queue: Queue, message: Message, reason: DeathReason): Message {
  const { now, state } = context;
  const deaths = deathsOf(message);
  const same = (death: HeaderTable): boolean => death.queue === queue.name && death.reason === reason;
  const before = deaths.find(same);
  const { ttlMs, headers = {}, ...properties } = message.properties;
  const death: HeaderTable = {
    count: Number(before?.count ?? 0) + 1,
    reason,
    queue: queue.name,
    time: Math.floor((state.epoch + now) / 1000),
    exchange: message.exchange,
    'routing-keys': [message.routingKey],
    ...(ttlMs !== undefined && { 'original-expiration': String(ttlMs) }),
  };
  const first: Record<string, HeaderValue> =
    headers['x-first-death-queue'] === undefined
      ? {
          'x-first-death-queue': queue.name,
          'x-first-death-reason': reason,
          'x-first-death-exchange': message.exchange,
        }
      : {};
  const { deadLetterExchange, deadLetterRoutingKey } = queue.settings;
  return Object.freeze({
    ...message,
    exchange: deadLetterExchange ?? '',
    routingKey: deadLetterRoutingKey ?? message.routingKey,
    properties: Object.freeze({
      ...properties,
      headers: Object.freeze({
        ...headers,
        ...first,
        'x-death': [death, ...deaths.filter((one) => !same(one))],
      }),
    }),
  });
}

export interface UnusedWork {
  readonly type: 'unused';
  readonly virtualHost: string;
  readonly queue: string;
}

/** `x-expires`: nobody uses it from now on. */
export function planUnused(ground: Ground, queue: Queue): void {
  const { expiresMs } = queue.settings;
  queue.usedAt = ground.context.now;
  if (expiresMs < 0 || queue.consumers.size > 0 || queue.unusedAt >= 0) return;
  queue.unusedAt = after(ground.context.now, milliseconds(expiresMs));
  const { virtualHost, name } = queue;
  const work: UnusedWork = { type: 'unused', virtualHost, queue: name };
  plan(ground, instant(queue.unusedAt), work);
}
