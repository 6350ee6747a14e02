/** What a client may ask ActiveMQ for, and what only RabbitMQ knows. */
import type { BrokerCommand, Connect } from '../../../contract/broker.ts';
import type { Connection } from '../model.ts';
import { authorize } from './access.ts';
import { type Field, finishReady, queueOf, readyOf, topicOf } from './boxes.ts';
import { isSelected, leave, messageFor, settledAtOnce } from './dispatch.ts';
import type { Box, Entry, Session } from './model.ts';
import { keyOf, type Named, readDestinations } from './names.ts';
import { acceptNow, publish } from './publish.ts';
import { badDestination, badRequest, badSelector } from './refusals.ts';
import { release } from './room.ts';
import { InvalidSelector, readSelector } from './selector.ts';
import { acknowledge, deliveriesOf, giveBack } from './settle.ts';
import { deleteQueue, subscribe, unsubscribe } from './subscribe.ts';

export type Command = Exclude<BrokerCommand, Connect | { readonly do: 'close' }>;
type Answer = Readonly<Record<string, unknown>>;

/** Throws `Refused` before the first write. undefined: the answer comes later. */
export function perform(
  field: Field,
  connection: Connection,
  session: Session,
  command: Command,
  request: number,
): Answer | undefined {
  switch (command.do) {
    case 'publish':
      return publish(field, connection, session, command, request);
    case 'subscribe':
      return { ...subscribe(field, connection, session, command) };
    case 'unsubscribe':
      return { ...unsubscribe(field, session, command) };
    case 'get':
      return get(field, session, command);
    case 'ack':
      return ack(field, session, command.deliveryTag, command.multiple ?? false);
    case 'nack':
      giveBack(
        field,
        session,
        deliveriesOf(field, session, command.deliveryTag, command.multiple ?? false),
        command.requeue,
      );
      return {};
    case 'declareQueue':
      return declare(field, session, command.queue, command.passive ?? false);
    case 'deleteQueue':
      return remove(field, session, command.queue, command);
    case 'purge':
      return purge(field, session, command.destination);
    case 'begin':
    case 'commit':
    case 'rollback':
      return transact(field, session, command.do);
    default:
      throw badRequest(
        session.protocol,
        `ActiveMQ has no ${command.do}`,
        'Exchanges, bindings, virtual hosts and channels are RabbitMQ’s.',
      );
  }
}

function named({ protocol }: Session, text: string): Named {
  const one = readDestinations(protocol, text)?.[0];
  if (one === undefined) throw badDestination(protocol, text);
  return one;
}

function existing(field: Field, session: Session, text: string): Box {
  const one = named(session, text);
  const box = one.kind === 'queue' ? field.runtime.boxes.get(keyOf(one)) : undefined;
  if (box !== undefined) return box;
  throw badRequest(
    session.protocol,
    `The destination ${keyOf(one)} does not exist.`,
    'It is made when it is first used.',
  );
}

/** One message, as a receive with a timeout of nothing. */
function get(field: Field, session: Session, command: Extract<Command, { readonly do: 'get' }>): Answer {
  const one = named(session, command.destination);
  if (one.kind === 'topic') {
    throw badRequest(
      session.protocol,
      `${keyOf(one)} keeps nothing to get`,
      'Subscribe to a topic before it is sent to.',
    );
  }
  authorize(field, session, 'read', one);
  const matches = selectorOf(session, command.selector);
  const box = queueOf(field, one.name);
  let found: Entry | undefined;
  for (const entry of readyOf(box)) {
    if (!matches(entry)) continue;
    found = entry;
    break;
  }
  if (found === undefined) return { message: undefined, ready: box.ready };
  const { tag, handed } = leave(field, box, found, session, 0);
  if (command.autoAck === true) settledAtOnce(field, box, handed, session, tag);
  return { message: messageFor(session, box, handed, tag, 1), ready: box.ready };
}

function selectorOf({ protocol }: Session, text: string | undefined): (entry: Entry) => boolean {
  if (text === undefined || text === '') return () => true;
  try {
    const selector = readSelector(text);
    return (entry) => isSelected(selector, entry.message, entry);
  } catch (error) {
    if (!(error instanceof InvalidSelector)) throw error;
    throw badSelector(protocol, text, error.message);
  }
}

function ack(field: Field, session: Session, tag: number, multiple: boolean): Answer {
  const taken = deliveriesOf(field, session, tag, multiple);
  if (session.transaction === undefined) acknowledge(field, session, taken);
  else
    session.transaction.push(
      Object.freeze({ step: 'ack', tags: Object.freeze(taken.map((one) => one.tag)) }),
    );
  return { acknowledged: taken.length };
}

function declare(field: Field, session: Session, text: string, passive: boolean): Answer {
  if (passive) {
    const box = existing(field, session, text);
    return { queue: box.name, messages: box.ready, consumers: box.consumers.size };
  }
  const one = named(session, text);
  authorize(field, session, 'admin', one);
  if (one.kind === 'topic') {
    const { boxes } = topicOf(field, one.name);
    return { topic: one.name, consumers: boxes.size };
  }
  const box = queueOf(field, one.name);
  return { queue: box.name, messages: box.ready, consumers: box.consumers.size };
}

function remove(
  field: Field,
  session: Session,
  text: string,
  { ifUnused, ifEmpty }: { readonly ifUnused?: boolean; readonly ifEmpty?: boolean },
): Answer {
  const box = existing(field, session, text);
  authorize(field, session, 'admin', { kind: 'queue', name: box.name });
  if (ifUnused === true && box.consumers.size > 0) {
    throw badRequest(session.protocol, `Destination still has an active subscription: ${box.key}`);
  }
  if (ifEmpty === true && box.ready > 0) throw badRequest(session.protocol, `${box.key} is not empty`);
  const { ready } = box;
  deleteQueue(field, box);
  release(field);
  return { messages: ready };
}

function purge(field: Field, session: Session, text: string): Answer {
  const box = existing(field, session, text);
  authorize(field, session, 'admin', { kind: 'queue', name: box.name });
  const gone = [...readyOf(box)];
  for (const entry of gone) finishReady(field.runtime, box, entry, 'purged');
  release(field);
  return { messages: gone.length };
}

/** SESSION_TRANSACTED: publishes and acknowledgements wait for the commit. */
function transact(field: Field, session: Session, what: 'begin' | 'commit' | 'rollback'): Answer {
  const { protocol, transaction } = session;
  if (what === 'begin') {
    if (transaction !== undefined) throw badRequest(protocol, 'A transaction is open already');
    session.transaction = [];
    return {};
  }
  if (transaction === undefined) throw badRequest(protocol, `There is no transaction to ${what}`);
  session.transaction = undefined;
  for (const step of transaction) {
    if (step.step === 'publish') {
      if (what === 'commit') acceptNow(field, session, step.publish);
      continue;
    }
    const taken = step.tags.flatMap((tag) => session.unacked.get(tag) ?? []);
    if (what === 'commit') acknowledge(field, session, taken);
    else giveBack(field, session, taken, true);
  }
  return { steps: transaction.length };
}
