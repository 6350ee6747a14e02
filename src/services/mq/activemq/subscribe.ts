/** Consumers begin and end: of a queue, of a topic while they are there, of a durable subscription. */
import type { Subscribe } from '../../../contract/broker.ts';
import { tellClient } from '../engine.ts';
import { MQ_PRINCIPAL } from '../events.ts';
import type { Connection } from '../model.ts';
import { authorize } from './access.ts';
import { addSubscription, enqueue, type Field, queueOf, removeBox, topicOf } from './boxes.ts';
import { feed, messageEvent, offerAll } from './dispatch.ts';
import { join, leaveBox } from './membership.ts';
import type { Box, Consumer, Session } from './model.ts';
import { isPattern, keyOf, matches, type Named, readDestinations } from './names.ts';
import { policyFor } from './policy.ts';
import { badDestination, badRequest, badSelector, notModelled } from './refusals.ts';
import { InvalidSelector, readSelector, type Selector } from './selector.ts';
import { comeBack } from './settle.ts';

/** What is the Prefetch Limit For. */
const PREFETCH = { queue: 1_000, topic: 32_766, durable: 100 } as const;

export function subscribe(
  field: Field,
  connection: Connection,
  session: Session,
  command: Subscribe,
): object {
  const { protocol } = session;
  if (session.consumers.has(command.tag)) {
    throw badRequest(protocol, `There already is a subscription for: ${command.tag}`);
  }
  const to = readDestinations(protocol, command.destination);
  const one = to?.[0];
  if (to === undefined || one === undefined) throw badDestination(protocol, command.destination);
  if (to.length > 1) throw notModelled('a consumer of a composite destination: subscribe to each');
  authorize(field, session, 'read', one);
  const selector = selectorOf(session, command);
  const durable = durableOf(session, one, command);
  if (durable !== undefined) refuseIfTaken(field, session, durable);
  const boxes = boxesFor(field, session, one, command, selector, durable);
  const consumer = addConsumer(field, connection, session, command, one, boxes, selector);
  if (one.kind === 'topic' && durable === undefined) sendRetained(field, one.name, boxes[0]!);
  feed(field, consumer);
  return { tag: command.tag, destination: keyOf(one), prefetch: consumer.prefetch };
}

function selectorOf({ protocol }: Session, { selector }: Subscribe): Selector | undefined {
  if (selector === undefined || selector.trim() === '') return undefined;
  if (protocol === 'mqtt')
    throw badSelector(protocol, 'MQTT has no selectors', 'Only JMS, STOMP and AMQP have them.');
  try {
    return readSelector(selector);
  } catch (error) {
    if (!(error instanceof InvalidSelector)) throw error;
    throw badSelector(protocol, selector, error.message);
  }
}

/** Its name; undefined: it ends with its consumer. Of MQTT each subscription of a session that is kept. */
function durableOf(session: Session, { kind, name }: Named, command: Subscribe): string | undefined {
  if (kind === 'queue') return undefined;
  const { protocol, keepsSession, clientId } = session;
  if (protocol === 'mqtt') return keepsSession ? name : undefined;
  if (command.durableName === undefined) return undefined;
  if (clientId === '') {
    throw badRequest(
      protocol,
      'You cannot create a durable subscriber without specifying a unique clientID on a Connection',
    );
  }
  return command.durableName;
}

const durableKey = (clientId: string, name: string): string => `sub://${clientId}:${name}`;

function refuseIfTaken({ runtime }: Field, { protocol, clientId }: Session, name: string): void {
  const box = runtime.boxes.get(durableKey(clientId, name));
  if (box === undefined || box.consumers.size === 0) return;
  throw badRequest(
    protocol,
    `Durable consumer is in use for client: ${clientId} and subscriptionName: ${name}`,
  );
}

function boxesFor(
  field: Field,
  session: Session,
  { kind, name }: Named,
  command: Subscribe,
  selector: Selector | undefined,
  durable: string | undefined,
): readonly Box[] {
  const { runtime } = field;
  if (kind === 'queue') {
    if (!isPattern(name)) return [queueOf(field, name)];
    return [...runtime.boxes.values()].filter((box) => box.kind === 'queue' && matches(name, box.name));
  }
  if (durable === undefined) {
    return [addSubscription(field, { key: `sub://#${++runtime.boxesMade}`, name, selector })];
  }
  const key = durableKey(session.clientId, durable);
  const found = runtime.boxes.get(key);
  if (found !== undefined) {
    // Another topic or selector under the same name is another subscription: what was kept is gone.
    if (found.name === name && JSON.stringify(found.selector) === JSON.stringify(selector)) return [found];
    removeBox(field, found, 'purged');
  }
  const { clientId, protocol } = session;
  const kept = protocol === 'mqtt' ? Object.freeze({ tag: command.tag, qos: command.qos ?? 0 }) : undefined;
  const facts = { key, name, selector, durable: true, clientId, subscriptionName: durable, session: kept };
  return [addSubscription(field, facts)];
}

function addConsumer(
  { runtime, context }: Field,
  connection: Connection,
  session: Session,
  command: Subscribe,
  one: Named,
  boxes: readonly Box[],
  selector: Selector | undefined,
): Consumer {
  const number = ++runtime.consumersMade;
  const durable = boxes[0]?.kind === 'subscription' && boxes[0].durable;
  const consumer: Consumer = {
    number,
    connection: connection.number,
    tag: command.tag,
    destination: keyOf(one),
    boxes: new Set(),
    pattern: one.kind === 'queue' && isPattern(one.name) ? one.name : undefined,
    prefetch:
      command.prefetch ??
      (durable ? undefined : policyFor(runtime.policy, one.kind, one.name)?.prefetch) ??
      PREFETCH[one.kind === 'queue' ? 'queue' : durable ? 'durable' : 'topic'],
    ack: command.ack,
    exclusive: command.exclusive ?? false,
    priority: command.priority ?? 0,
    selector,
    qos: command.qos ?? 0,
    since: context.now,
    unacked: 0,
    delivered: 0,
  };
  runtime.consumers.set(number, consumer);
  session.consumers.set(command.tag, number);
  for (const box of boxes) join(runtime, box, consumer);
  return consumer;
}

/** The newest retained message of each topic that matches comes first, marked so. */
function sendRetained(field: Field, pattern: string, box: Box): void {
  for (const [name, message] of field.runtime.retained) {
    if (matches(pattern, name)) enqueue(field, box, message, { retained: true });
  }
}

/** Its messages go back, in their old place, to be handed to others. */
export function endConsumer(field: Field, session: Session, consumer: Consumer): void {
  const { runtime } = field;
  session.consumers.delete(consumer.tag);
  runtime.consumers.delete(consumer.number);
  const boxes = [...consumer.boxes].flatMap((key) => runtime.boxes.get(key) ?? []);
  for (const box of boxes) leaveBox(runtime, box, consumer);
  for (const [tag, unacked] of [...session.unacked]) {
    if (unacked.consumer !== consumer.number) continue;
    session.unacked.delete(tag);
    const box = runtime.boxes.get(unacked.box);
    if (box !== undefined) comeBack(field, box, unacked.entry, session.by);
  }
  for (const box of boxes) {
    if (box.kind === 'subscription' && !box.durable) {
      loseAll(field, box);
    } else offerAll(field, box);
  }
}

/** A plain subscription ends with its consumer: nobody will get what it still had. */
function loseAll(field: Field, box: Box): void {
  for (const { message } of removeBox(field, box, 'lost')) {
    field.broker.counters.lost++;
    messageEvent(field, 'mq/MessageLost', MQ_PRINCIPAL, box, message, { reason: 'notDurable' });
  }
}

export function unsubscribe(
  field: Field,
  session: Session,
  { tag, durableName }: { readonly tag: string; readonly durableName?: string },
): object {
  const { runtime } = field;
  const number = session.consumers.get(tag);
  const consumer = number === undefined ? undefined : runtime.consumers.get(number);
  const named = durableName === undefined ? undefined : durableKey(session.clientId, durableName);
  if (consumer === undefined && named === undefined) {
    throw badRequest(session.protocol, `No subscription matched: ${tag}`);
  }
  const boxes = consumer === undefined ? [] : [...consumer.boxes];
  if (consumer !== undefined) endConsumer(field, session, consumer);
  // MQTT: a session's subscription ends with UNSUBSCRIBE; JMS: with unsubscribe(name).
  const ends = named ?? (session.protocol === 'mqtt' ? boxes[0] : undefined);
  const box = ends === undefined ? undefined : runtime.boxes.get(ends);
  if (named !== undefined && box === undefined) {
    throw badRequest(
      session.protocol,
      `No durable subscription exists for clientID: ${session.clientId} and subscriptionName: ${durableName}`,
    );
  }
  if (box !== undefined && box.consumers.size > 0) refuseIfTaken(field, session, box.subscriptionName);
  if (box !== undefined && box.kind === 'subscription') removeBox(field, box, 'purged');
  return {};
}

/** Somebody takes a queue away: its consumers are told. */
export function deleteQueue(field: Field, box: Box): void {
  const { runtime, broker } = field;
  for (const number of [...box.consumers]) {
    const consumer = runtime.consumers.get(number)!;
    const session = runtime.sessions.get(consumer.connection)!;
    const connection = broker.connections.get(consumer.connection);
    consumer.boxes.delete(box.key);
    leaveBox(runtime, box, consumer);
    if (consumer.pattern !== undefined) continue;
    if (connection !== undefined) tellClient(field, connection, { is: 'cancelled', tag: consumer.tag });
    endConsumer(field, session, consumer);
  }
  for (const session of runtime.sessions.values()) {
    for (const [tag, unacked] of [...session.unacked]) {
      if (unacked.box !== box.key) continue;
      session.unacked.delete(tag);
      comeBack(field, box, unacked.entry, session.by);
    }
  }
  removeBox(field, box, 'purged');
}

/** MQTT: a session that was kept goes on where it was. */
export function resumeSession(field: Field, connection: Connection, session: Session): void {
  for (const box of [...field.runtime.boxes.values()]) {
    if (box.session === undefined || box.clientId !== session.clientId) continue;
    const { tag, qos } = box.session;
    topicOf(field, box.name);
    const command: Subscribe = { do: 'subscribe', destination: box.name, tag, qos, ack: 'individual' };
    const one: Named = { kind: 'topic', name: box.name };
    const consumer = addConsumer(field, connection, session, command, one, [box], undefined);
    feed(field, consumer);
  }
}

/** MQTT clean session: nothing of before is left. */
export function forgetSession(field: Field, clientId: string): void {
  field.runtime.received.delete(clientId);
  for (const box of [...field.runtime.boxes.values()]) {
    if (box.session !== undefined && box.clientId === clientId) removeBox(field, box, 'purged');
  }
}
