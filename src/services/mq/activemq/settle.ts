/**
 * What becomes of a message after it was handed out: acknowledged, taken again, or dead. Apache ActiveMQ, Message
 * Redelivery and DLQ Handling: six redeliveries one second apart, then ActiveMQ.DLQ. SIMPLER THAN AWS: a client that waits
 * for a redelivery goes on with later messages (there only with nonBlockingRedelivery).
 */
import { after, milliseconds } from '../../../engine/units.ts';
import { MQ_PRINCIPAL } from '../events.ts';
import { enqueue, type Field, finishReady, finishUnacked, putBack, queueOf, readyOf } from './boxes.ts';
import { feed, messageEvent, offer, offerAll } from './dispatch.ts';
import { hasRoom } from './membership.ts';
import type { Box, Entry, Message, Session, Unacked } from './model.ts';
import { policyFor } from './policy.ts';
import { badRequest } from './refusals.ts';
import { release } from './room.ts';
import { planWork } from './timers.ts';

/** Which deliveries an acknowledgement is about. Refuses what was never handed out. */
export function deliveriesOf(
  { runtime }: Field,
  session: Session,
  tag: number,
  multiple: boolean,
): readonly Unacked[] {
  const one = session.unacked.get(tag);
  const consumer = one === undefined ? undefined : runtime.consumers.get(one.consumer);
  if (one === undefined && !(multiple && tag <= session.nextTag)) {
    throw badRequest(
      session.protocol,
      `Unexpected ACK received for message-id [${tag}]`,
      'It was acknowledged before, or went back when its consumer ended.',
    );
  }
  if (!multiple && consumer?.ack !== 'client') return [one!];
  // CLIENT_ACKNOWLEDGE takes all that the consumer was handed so far.
  return [...session.unacked.values()].filter(
    (other) => other.tag <= tag && (multiple || other.consumer === one!.consumer),
  );
}

export function acknowledge(field: Field, session: Session, taken: readonly Unacked[]): void {
  const { runtime, broker } = field;
  for (const { tag, box: key, entry } of taken) {
    const box = runtime.boxes.get(key);
    if (!session.unacked.delete(tag) || box === undefined) continue;
    finishUnacked(runtime, box, entry, 'acknowledged');
    broker.counters.acknowledged++;
    messageEvent(field, 'mq/Acknowledged', session.by, box, entry.message, { protocol: session.protocol });
  }
  giveRoom(field, taken);
  release(field);
}

/** The client gives them back: after a rollback, a recover, a failure of its listener. */
export function giveBack(field: Field, session: Session, taken: readonly Unacked[], again: boolean): void {
  const { runtime, broker, context } = field;
  const { maximumRedeliveries, redeliveryDelayMs } = runtime.policy;
  for (const { tag, box: key, entry } of taken) {
    const box = runtime.boxes.get(key);
    if (!session.unacked.delete(tag) || box === undefined) continue;
    if (!again || (maximumRedeliveries >= 0 && entry.deliveries > maximumRedeliveries)) {
      finishUnacked(runtime, box, entry, countedAs(field, box, entry.message, 'deadLettered'));
      bury(field, box, entry.message, again ? 'redeliveries' : 'rejected', session.by);
      continue;
    }
    broker.counters.requeued++;
    const at = after(context.now, milliseconds(redeliveryDelayMs));
    const changed = Object.freeze({ ...entry, redelivered: true });
    box.redelivering.set(entry.sequence, Object.freeze({ at, entry: changed }));
    messageEvent(field, 'mq/Requeued', session.by, box, entry.message, { reason: 'redelivery' });
    planRedelivery(field, box, at);
  }
  giveRoom(field, taken);
  release(field);
}

function giveRoom({ runtime, context, broker }: Field, taken: readonly Unacked[]): void {
  const field = { runtime, context, broker };
  const free = new Set<number>();
  for (const { consumer } of taken) {
    const found = runtime.consumers.get(consumer);
    if (found === undefined) continue;
    found.unacked--;
    free.add(consumer);
  }
  for (const number of free) {
    const consumer = runtime.consumers.get(number)!;
    if (!hasRoom(consumer)) continue;
    for (const key of consumer.boxes) runtime.boxes.get(key)?.able.add(number);
    feed(field, consumer);
  }
}

/** Without its client: the connection or the broker went. It is handed out again at once, marked so. */
export function comeBack(field: Field, box: Box, entry: Entry, by: string): void {
  field.broker.counters.requeued++;
  const changed: Entry = Object.freeze({ ...entry, redelivered: true });
  putBack(field, box, changed);
  messageEvent(field, 'mq/Requeued', by, box, entry.message, { reason: 'connectionLost', redelivered: true });
}

function planRedelivery(field: Field, box: Box, at: Unacked['since']): void {
  if (box.redeliveryAt >= 0 && box.redeliveryAt <= at) return;
  box.redeliveryAt = at;
  planWork(field, at, { type: 'activemq/RedeliveryDue', box: box.key });
}

export function redeliveryDue(field: Field, key: string): void {
  const { runtime, context } = field;
  const box = runtime.boxes.get(key);
  if (box === undefined || runtime.active === 0 || box.redeliveryAt !== context.now) return;
  box.redeliveryAt = -1;
  let next = -1;
  for (const [sequence, { at, entry }] of [...box.redelivering]) {
    if (at <= context.now) {
      box.redelivering.delete(sequence);
      putBack(field, box, entry);
      offer(field, box, entry);
    } else if (next < 0 || at < next) next = at;
  }
  if (next >= 0) planRedelivery(field, box, next as Unacked['since']);
}

/** Those whose time to live has ended leave, the persistent ones to the dead letters. */
export function expiryDue(field: Field, key: string): void {
  const { runtime, context, broker } = field;
  const box = runtime.boxes.get(key);
  if (box === undefined || runtime.active === 0 || box.expiryAt !== context.now) return;
  box.expiryAt = -1;
  let next = -1;
  for (const entry of [...readyOf(box)]) {
    if (entry.expires < 0) continue;
    if (entry.expires > context.now) {
      if (next < 0 || entry.expires < next) next = entry.expires;
      continue;
    }
    const { message } = entry;
    broker.counters.expired++;
    finishReady(runtime, box, entry, countedAs(field, box, message, 'expired'));
    messageEvent(field, 'mq/MessageExpired', MQ_PRINCIPAL, box, message, { reason: 'expired' });
    bury(field, box, message, 'expired', MQ_PRINCIPAL);
  }
  if (next >= 0) {
    box.expiryAt = next;
    planWork(field, next as Unacked['since'], { type: 'activemq/ExpiryDue', box: box.key });
  }
  release(field);
}

/** The queue that its dead letters go to; undefined: they are thrown away. */
function graveOf({ runtime }: Field, box: Box, message: Message, expired: boolean): string | undefined {
  const kind = box.kind === 'queue' ? 'queue' : 'topic';
  const policy = policyFor(runtime.policy, kind, box.name);
  if (!message.persistent && policy?.processNonPersistent !== true) return undefined;
  if (expired && policy?.processExpired === false) return undefined;
  if (policy !== undefined && policy.deadLetterPrefix !== '') return `${policy.deadLetterPrefix}${box.name}`;
  return policy?.deadLetterQueue ?? 'ActiveMQ.DLQ';
}

function countedAs(
  field: Field,
  box: Box,
  message: Message,
  how: 'deadLettered' | 'expired',
): 'deadLettered' | 'expired' | 'dropped' {
  if (graveOf(field, box, message, how === 'expired') !== undefined) return 'deadLettered';
  return how === 'expired' ? 'expired' : 'dropped';
}

/** Into the dead letter queue, without an end of life there. */
function bury(
  field: Field,
  box: Box,
  message: Message,
  reason: 'expired' | 'redeliveries' | 'rejected',
  by: string,
): void {
  const { broker } = field;
  const grave = graveOf(field, box, message, reason === 'expired');
  if (grave === undefined) {
    broker.counters.dropped++;
    messageEvent(field, 'mq/MessageDropped', by, box, message, { reason });
    return;
  }
  broker.counters.deadLettered++;
  messageEvent(field, 'mq/DeadLettered', by, box, message, { reason, to: grave });
  const headers = { ...message.properties.headers, dlqDeliveryFailureCause: CAUSES[reason] };
  const dead: Message = Object.freeze({
    ...message,
    expires: -1,
    properties: Object.freeze({ ...message.properties, headers: Object.freeze(headers) }),
  });
  const to = queueOf(field, grave);
  offer(field, to, enqueue(field, to, dead));
}

const CAUSES = {
  expired: 'java.lang.Throwable: Message Expired',
  redeliveries: 'java.lang.Throwable: Exceeded redelivery policy limit',
  rejected: 'java.lang.Throwable: Rejected by the consumer',
} as const;

/** After a standstill: timers of before may be stale, so everything is looked at anew. */
export function resume(field: Field): void {
  const { runtime, context } = field;
  for (const box of [...runtime.boxes.values()]) {
    let next = -1;
    for (const { expires } of readyOf(box)) if (expires >= 0 && (next < 0 || expires < next)) next = expires;
    box.expiryAt = next < 0 ? -1 : Math.max(next, context.now);
    if (box.expiryAt >= 0) {
      planWork(field, box.expiryAt as Unacked['since'], { type: 'activemq/ExpiryDue', box: box.key });
    }
    box.redeliveryAt = -1;
    for (const { at } of box.redelivering.values()) {
      planRedelivery(field, box, Math.max(at, context.now) as Unacked['since']);
    }
    offerAll(field, box);
  }
}
