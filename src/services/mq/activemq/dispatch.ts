/**
 * From a box to its consumers. After each step no message waits that a consumer with room would take: so a new message
 * is offered alone, and a consumer with new room is fed from the front.
 */
import type { BrokerMessage, MessageProperties } from '../../../contract/broker.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { tellClient } from '../engine.ts';
import type { MessageEvent } from '../events.ts';
import { zoneOf } from '../events.ts';
import { type Field, finishUnacked, readyOf, takeOut } from './boxes.ts';
import { hasRoom } from './membership.ts';
import {
  type ActiveRuntime,
  type Box,
  type Consumer,
  type Entry,
  type Message,
  PROTOCOLS_WITH_HEADERS,
  type Session,
} from './model.ts';
import { namedOf, shownTo } from './names.ts';
import { type Known, selects } from './selector.ts';

/** A new message, or one whose time has come again. */
export function offer(field: Field, box: Box, entry: Entry): void {
  if (isOver(field, entry)) return;
  const consumer = takerOf(field.runtime, box, entry);
  if (consumer !== undefined) handOver(field, box, entry, consumer);
}

/** Its time to live has ended: the timer of its box takes it out in this instant. */
const isOver = ({ context }: Field, { expires }: Entry): boolean => expires >= 0 && expires <= context.now;

/** Everybody with room, after something has changed for all. */
export function offerAll(field: Field, box: Box): void {
  for (const entry of readyOf(box)) {
    if (box.able.size === 0) return;
    offer(field, box, entry);
  }
}

/** This consumer has room. */
export function feed(field: Field, consumer: Consumer): void {
  const { runtime } = field;
  for (const key of consumer.boxes) {
    const box = runtime.boxes.get(key);
    if (box === undefined || !hasRoom(consumer)) continue;
    if (box.owner !== 0 && box.owner !== consumer.number) continue;
    for (const entry of readyOf(box)) {
      if (!hasRoom(consumer)) break;
      if (!isOver(field, entry) && takes(box, consumer, entry)) handOver(field, box, entry, consumer);
    }
  }
}

function takerOf(runtime: ActiveRuntime, box: Box, entry: Entry): Consumer | undefined {
  if (box.able.size === 0) return undefined;
  if (box.owner !== 0) {
    const owner = box.able.has(box.owner) ? runtime.consumers.get(box.owner) : undefined;
    return owner !== undefined && takes(box, owner, entry) ? owner : undefined;
  }
  let best: Consumer | undefined;
  for (const number of box.able) {
    const consumer = runtime.consumers.get(number)!;
    if (best !== undefined && best.priority >= consumer.priority) continue;
    if (!takes(box, consumer, entry)) continue;
    if (!box.ranked) return consumer;
    best = consumer;
  }
  return best;
}

/** Its selector, and its message groups. */
function takes(box: Box, consumer: Consumer, entry: Entry): boolean {
  const group = box.kind === 'queue' ? groupOf(entry.message) : undefined;
  const pinned = group === undefined ? undefined : box.groups.get(group);
  if (pinned !== undefined && pinned !== consumer.number) return false;
  return (
    box.kind === 'subscription' ||
    consumer.selector === undefined ||
    isSelected(consumer.selector, entry.message, entry)
  );
}

export const isSelected = (
  selector: NonNullable<Consumer['selector']>,
  message: Message,
  entry?: Entry,
): boolean => selects(selector, (name) => headerOf(message, name, entry));

export function groupOf({ properties }: Message): string | undefined {
  const group = properties.groupId ?? properties.headers?.JMSXGroupID;
  return typeof group === 'string' && group !== '' ? group : undefined;
}

/** A header or property, as selectors name it. */
function headerOf(message: Message, name: string, entry?: Entry): Known {
  const { properties } = message;
  switch (name) {
    case 'JMSMessageID':
      return message.id;
    case 'JMSPriority':
      return message.priority;
    case 'JMSDeliveryMode':
      return message.persistent ? 'PERSISTENT' : 'NON_PERSISTENT';
    case 'JMSTimestamp':
      return message.published;
    case 'JMSCorrelationID':
      return properties.correlationId;
    case 'JMSType':
      return properties.type;
    case 'JMSXGroupID':
      return groupOf(message);
    case 'JMSRedelivered':
      return entry?.redelivered;
    default: {
      const value = properties.headers?.[name];
      return typeof value === 'object' ? undefined : value;
    }
  }
}

function handOver(field: Field, box: Box, entry: Entry, consumer: Consumer): void {
  const { runtime, broker } = field;
  const session = runtime.sessions.get(consumer.connection)!;
  const connection = broker.connections.get(consumer.connection)!;
  const group = box.kind === 'queue' ? groupOf(entry.message) : undefined;
  if (group !== undefined) pin(box, entry.message, group, consumer.number);
  const qos = qosOf(entry.message, consumer, session);
  const settled = consumer.ack === 'auto' || (session.protocol === 'mqtt' && qos === 0);
  const { tag, handed } = leave(field, box, entry, session, consumer.number);
  consumer.delivered++;
  if (settled) settledAtOnce(field, box, handed, session, tag);
  else {
    consumer.unacked++;
    if (!hasRoom(consumer))
      for (const key of consumer.boxes) runtime.boxes.get(key)?.able.delete(consumer.number);
  }
  if (box.able.delete(consumer.number)) box.able.add(consumer.number);
  const message = messageFor(session, box, handed, tag, qos);
  tellClient(field, connection, Object.freeze({ is: 'delivered', tag: consumer.tag, message }));
}

/** Message Groups: JMSXGroupSeq -1 closes a group. */
function pin(box: Box, { properties }: Message, group: string, consumer: number): void {
  if (properties.headers?.JMSXGroupSeq === -1) box.groups.delete(group);
  else box.groups.set(group, consumer);
}

function qosOf({ properties, persistent }: Message, { qos }: Consumer, { protocol }: Session): 0 | 1 | 2 {
  if (protocol !== 'mqtt') return 1;
  return Math.min(qos, properties.qos ?? (persistent ? 1 : 0)) as 0 | 1 | 2;
}

/** It leaves the box for a session; the events and figures of it. */
export function leave(
  field: Field,
  box: Box,
  entry: Entry,
  session: Session,
  consumer: number,
): { tag: number; handed: Entry } {
  const { runtime, broker, context } = field;
  takeOut(runtime, box, entry);
  const handed: Entry = Object.freeze({ ...entry, deliveries: entry.deliveries + 1 });
  const tag = ++session.nextTag;
  session.unacked.set(tag, Object.freeze({ tag, box: box.key, entry: handed, consumer, since: context.now }));
  box.counters.dispatched++;
  if (entry.redelivered) box.counters.redelivered++;
  broker.counters.delivered++;
  broker.counters.bytesOut += entry.message.bytes;
  countTraffic(box.outgoing, context.now);
  countTraffic(broker.outgoing, context.now);
  messageEvent(field, 'mq/MessageDelivered', session.by, box, entry.message, {
    redelivered: entry.redelivered,
    consumer: session.by,
    protocol: session.protocol,
  });
  return { tag, handed };
}

export function settledAtOnce(field: Field, box: Box, entry: Entry, session: Session, tag: number): void {
  session.unacked.delete(tag);
  finishUnacked(field.runtime, box, entry, 'acknowledged');
  field.broker.counters.acknowledged++;
  messageEvent(field, 'mq/Acknowledged', session.by, box, entry.message, { protocol: session.protocol });
}

export function messageEvent(
  { context, broker, runtime }: Field,
  type: MessageEvent['type'],
  by: string,
  box: Pick<Box, 'key' | 'kind' | 'name'>,
  message: Message,
  more: Partial<MessageEvent> = {},
): void {
  const event: MessageEvent = {
    type,
    by,
    broker: broker.name,
    zone: zoneOf(broker, runtime.active === 0 ? undefined : runtime.active),
    destination: box.kind === 'queue' ? box.name : namedOf(message.destination).name,
    messageId: message.id,
    body: message.body,
    protocol: message.protocol,
    persistent: message.persistent,
    ...more,
  };
  context.emit(Object.freeze(event));
}

/**
 * As the consumer's protocol has it. MQTT carries a topic, a body, a QoS and the retain flag: headers end here. A message
 * without a content type says by it whether it is text or bytes to the others.
 */
export function messageFor(
  session: Session,
  box: Box,
  entry: Entry,
  tag: number,
  qos: 0 | 1 | 2,
): BrokerMessage {
  const { message } = entry;
  const { protocol } = session;
  const own = message.properties;
  const type = own.contentType ?? (message.form === 'bytes' ? 'application/octet-stream' : 'text/plain');
  const properties: MessageProperties = PROTOCOLS_WITH_HEADERS.has(protocol)
    ? { ...own, persistent: message.persistent, priority: message.priority, contentType: type }
    : { qos, retain: entry.retained };
  return Object.freeze({
    messageId: message.id,
    deliveryTag: tag,
    source: shownTo(protocol, box.kind === 'queue' ? box.key : message.destination),
    exchange: '',
    destination: shownTo(protocol, message.destination),
    body: message.body,
    properties: Object.freeze(properties),
    redelivered: entry.redelivered,
    deliveryCount: entry.deliveries,
  });
}
