/** A message comes in, and goes where its destination says: queues, topics, virtual topics, several at once. */
import type { MessageProperties, Publish } from '../../../contract/broker.ts';
import { messageId } from '../../../contract/messageId.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { after, type Instant, instant, milliseconds } from '../../../engine/units.ts';
import { tellClient } from '../engine.ts';
import { MQ_PRINCIPAL } from '../events.ts';
import type { Connection } from '../model.ts';
import { authorize } from './access.ts';
import { enqueue, type Field, queueOf, topicOf } from './boxes.ts';
import { isSelected, messageEvent, offer } from './dispatch.ts';
import { confirmStored } from './journal.ts';
import type { HeldPublish, Message, Session } from './model.ts';
import {
  isPattern,
  isVirtualTopic,
  keyOf,
  matches,
  type Named,
  namedOf,
  readDestinations,
  virtualTopicOf,
} from './names.ts';
import { badDestination, badRequest, noRoom } from './refusals.ts';
import { fullFor, hold } from './room.ts';
import { scheduleMessage, scheduleOf } from './schedule.ts';

type Answer = Readonly<Record<string, unknown>>;

/** Throws `Refused`; undefined: it waits for room. */
export function publish(
  field: Field,
  connection: Connection,
  session: Session,
  command: Publish,
  request: number,
): Answer | undefined {
  const to = destinationsOf(field, session, command);
  const message = messageOf(field, session, command, to);
  const schedule = scheduleOf(field, session, message);
  noteProducer(field, session);
  if (session.transaction !== undefined) {
    session.transaction.push(Object.freeze({ step: 'publish', publish: command }));
    return { messageId: message.id, transaction: 'open' };
  }
  const full = connection.blocked ? field.runtime.held[0]?.reason : fullFor(field, to, message);
  if (full !== undefined) {
    if (field.runtime.policy.sendFailIfNoSpace) throw noRoom(session.protocol, fullWords(session, full));
    hold(field, connection, { connection: connection.number, request, publish: command, reason: full });
    return undefined;
  }
  if (isRepeated(field, session, command)) {
    confirm(field, connection, command, request, message);
    return { messageId: message.id, queues: 0, repeated: true };
  }
  const queues =
    schedule === undefined
      ? accept(field, session.by, message, to)
      : scheduleMessage(field, message, schedule);
  confirm(field, connection, command, request, message);
  return { messageId: message.id, queues };
}

const fullWords = ({ by }: Session, full: string): string =>
  `Usage Manager ${full === 'store' ? 'Store' : 'Memory'} is Full. Producer (${by}) stopped to prevent flooding ${full}.`;

const noteProducer = ({ runtime }: Field, session: Session): void => {
  if (session.publishes) return;
  session.publishes = true;
  runtime.totals.producers++;
};

/** One that waited, or that a commit brings. false: there is still no room. */
export function acceptHeld(field: Field, connection: Connection, held: HeldPublish): boolean {
  const session = field.runtime.sessions.get(connection.number);
  if (session === undefined) return true;
  const to = readDestinations(session.protocol, held.publish.destination) ?? [];
  const message = messageOf(field, session, held.publish, to);
  if (fullFor(field, to, message) !== undefined) return false;
  const queues = isRepeated(field, session, held.publish) ? 0 : accept(field, session.by, message, to);
  confirm(field, connection, held.publish, held.request, message);
  if (held.request !== 0) {
    tellClient(
      field,
      connection,
      { is: 'answered', result: { messageId: message.id, queues } },
      held.request,
    );
  }
  return true;
}

/** Of a committed transaction, or a last will: nobody waits for an answer. */
export function acceptNow(field: Field, session: Session, publish: Publish): void {
  const to = readDestinations(session.protocol, publish.destination) ?? [];
  const message = messageOf(field, session, publish, to);
  const schedule = scheduleOf(field, session, message);
  if (schedule === undefined) accept(field, session.by, message, to);
  else scheduleMessage(field, message, schedule);
}

function confirm(
  field: Field,
  connection: Connection,
  { confirm: wanted }: Publish,
  request: number,
  { persistent }: Message,
): void {
  if (wanted === true && request !== 0) confirmStored(field, connection, request, persistent);
}

function destinationsOf(field: Field, session: Session, command: Publish): readonly Named[] {
  if (command.exchange !== undefined && command.exchange !== '') {
    throw badRequest(session.protocol, 'ActiveMQ has no exchanges', 'Send to queue://NAME or topic://NAME.');
  }
  const to = readDestinations(session.protocol, command.destination);
  if (to === undefined || (session.protocol === 'mqtt' && /[+#]/u.test(command.destination))) {
    throw badDestination(session.protocol, command.destination);
  }
  for (const one of to) authorize(field, session, 'write', one);
  return to;
}

/** Defaults of the protocols: JMS sends persistent, STOMP and a bare AMQP 1.0 sender do not, MQTT from QoS 1. */
function persistsBy(protocol: Session['protocol'], { persistent, qos }: MessageProperties): boolean {
  if (protocol === 'mqtt') return (qos ?? 0) > 0;
  return persistent ?? protocol === 'openwire';
}

const BODY_MAX = 104_857_600;

function messageOf(field: Field, session: Session, command: Publish, to: readonly Named[]): Message {
  const { context } = field;
  const { protocol } = session;
  const properties = command.properties ?? {};
  const { priority = 4, ttlMs } = properties;
  if (!Number.isInteger(priority) || priority < 0 || priority > 9) {
    throw badRequest(protocol, `Invalid priority: ${priority}`, 'A priority is a whole number from 0 to 9.');
  }
  if (ttlMs !== undefined && !(ttlMs >= 0)) {
    throw badRequest(
      protocol,
      `Invalid time to live: ${ttlMs}`,
      'A time to live is in milliseconds; 0: without end.',
    );
  }
  if (command.body.length > BODY_MAX) {
    throw badRequest(protocol, `Frame size of ${command.body.length} larger than max allowed ${BODY_MAX}`);
  }
  return Object.freeze({
    id: idFor(field),
    body: command.body,
    bytes: sizeOf(command),
    destination: to.map(keyOf).join(','),
    properties: Object.freeze(kept(protocol, properties)),
    persistent: persistsBy(protocol, properties),
    priority,
    published: context.now,
    expires: ttlMs === undefined || ttlMs === 0 ? -1 : after(context.now, milliseconds(ttlMs)),
    protocol,
    form: protocol === 'mqtt' ? 'bytes' : 'text',
  });
}

/** MQTT knows few. The id that an OpenWire producer gives tells what comes again, and nothing else. */
function kept(protocol: Session['protocol'], properties: MessageProperties): MessageProperties {
  const { messageId: id, ...others } = properties;
  if (protocol === 'openwire') return others;
  if (protocol !== 'mqtt') return properties;
  const { qos = 0, retain } = properties;
  return { qos, ...(id !== undefined && { messageId: id }), ...(retain !== undefined && { retain }) };
}

/** RabbitMQ's family, too: messages of all brokers are numbered together. */
const MESSAGE_IDS = 25;
/** Of the next message that is taken in. */
const idFor = ({ context: { state } }: Field): string =>
  messageId(state.seed, state.messagesMade, MESSAGE_IDS);

/** UNSURE: what a message weighs beside its body; ActiveMQ counts about a kilobyte. */
const OVERHEAD = 1_024;
function sizeOf({ body, properties }: Publish): number {
  let size = OVERHEAD + body.length;
  for (const [name, value] of Object.entries(properties?.headers ?? {}))
    size += name.length + String(value).length;
  return size;
}

const IDS_KEPT = 100;

/**
 * A client that sends a packet again after a loss is confirmed, and heard once: MQTT with QoS 2, and OpenWire, whose
 * failover transport sends what was out once more (ActiveMQ keeps the last sequence of each producer in its journal).
 */
function isRepeated({ runtime }: Field, session: Session, { properties = {} }: Publish): boolean {
  const id = properties.messageId;
  const producer = id === undefined ? '' : producerOf(session, properties, id);
  if (id === undefined || producer === '') return false;
  const known = runtime.received.get(producer) ?? [];
  if (known.includes(id)) return true;
  runtime.received.set(producer, [...known.slice(1 - IDS_KEPT), id]);
  return false;
}

/** Whose messages have ids of their own; '': nobody compares them. An id of OpenWire begins with its producer. */
function producerOf({ protocol, clientId }: Session, properties: MessageProperties, id: string): string {
  if (protocol === 'mqtt') return properties.qos === 2 ? clientId : '';
  return protocol === 'openwire' && persistsBy(protocol, properties)
    ? id.slice(0, id.lastIndexOf('.') + 1)
    : '';
}

/** It is in: how many queues and subscriptions got a copy. */
function accept(field: Field, by: string, message: Message, to: readonly Named[]): number {
  const { broker, context, runtime } = field;
  context.state.messagesMade++;
  broker.counters.published++;
  broker.counters.bytesIn += message.bytes;
  countTraffic(broker.incoming, context.now);
  const targets = to.flatMap((one) => targetsOf(field, one));
  const first = to[0]!;
  messageEvent(field, 'mq/MessagePublished', by, { key: keyOf(first), ...first, kind: 'queue' }, message, {
    destination: to.map(({ name }) => name).join(','),
    queues: targets.length,
  });
  for (const one of to) if (one.kind === 'topic') arrivedAt(field, one, message);
  if (message.properties.retain === true && message.protocol === 'mqtt') retain(runtime.retained, message);
  let copies = 0;
  for (const { key, from } of targets) {
    const box = runtime.boxes.get(key);
    if (box === undefined) continue;
    if (box.kind === 'subscription') {
      if (box.selector !== undefined && !isSelected(box.selector, message)) continue;
      if (isForNobody(box.session?.qos, box.consumers.size, message)) continue;
      const topic = runtime.topics.get(from);
      if (topic !== undefined) topic.counters.delivered++;
    }
    copies++;
    offer(field, box, enqueue(field, box, message));
  }
  if (copies === 0) dropped(field, by, to, message);
  return copies;
}

/** MQTT: a session that is away keeps QoS 1 and 2 only. */
const isForNobody = (qos: 0 | 1 | 2 | undefined, consumers: number, { persistent }: Message): boolean =>
  qos !== undefined && consumers === 0 && (qos === 0 || !persistent);

function arrivedAt(field: Field, one: Named, message: Message): void {
  if (isPattern(one.name)) return;
  const topic = topicOf(field, one.name);
  topic.counters.published++;
  countTraffic(topic.incoming, message.published);
}

function dropped(field: Field, by: string, to: readonly Named[], message: Message): void {
  const { broker, runtime } = field;
  broker.counters.dropped++;
  for (const { kind, name } of to) {
    const topic = kind === 'topic' ? runtime.topics.get(name) : undefined;
    if (topic !== undefined) topic.counters.dropped++;
  }
  const first = to[0]!;
  messageEvent(
    field,
    'mq/MessageDropped',
    by,
    { key: keyOf(first), name: first.name, kind: 'queue' },
    message,
    {
      reason: 'noSubscriber',
    },
  );
}

/** Boxes that a destination reaches now, and the topic that the way leads through. */
function targetsOf(field: Field, { kind, name }: Named): { key: string; from: string }[] {
  const { runtime } = field;
  if (kind === 'queue') {
    if (!isPattern(name)) return [{ key: queueOf(field, name).key, from: '' }];
    return [...runtime.boxes.values()]
      .filter((box) => box.kind === 'queue' && matches(name, box.name))
      .map(({ key }) => ({ key, from: '' }));
  }
  const names = isPattern(name) ? [...runtime.topics.keys()].filter((topic) => matches(name, topic)) : [name];
  return names.flatMap((topic) => [
    ...[...topicOf(field, topic).boxes].map((key) => ({ key, from: topic })),
    ...virtualQueues(field, topic).map((key) => ({ key, from: topic })),
  ]);
}

/** Virtual Destinations: each queue `Consumer.*.VirtualTopic.X` that is there gets a copy. */
function virtualQueues({ runtime }: Field, topic: string): string[] {
  if (!isVirtualTopic(topic)) return [];
  return [...runtime.boxes.values()]
    .filter(({ kind, name }) => kind === 'queue' && virtualTopicOf(name) === topic)
    .map(({ key }) => key);
}

/** MQTT 3.3.1.3: an empty one takes the retained message away. */
function retain(retained: Map<string, Message>, message: Message): void {
  const { name } = namedOf(message.destination);
  if (message.body === '') retained.delete(name);
  else retained.set(name, message);
}

/** A scheduled message's time has come. */
export function acceptScheduled(field: Field, message: Message): void {
  const to = message.destination.split(',').map(namedOf);
  const lifetime = message.expires < 0 ? -1 : message.expires - message.published;
  const now: Instant = field.context.now;
  const fresh: Message = Object.freeze({
    ...message,
    id: idFor(field),
    published: now,
    expires: lifetime < 0 ? -1 : instant(now + lifetime),
  });
  accept(field, MQ_PRINCIPAL, fresh, to);
}
