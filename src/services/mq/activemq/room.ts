/** Producer Flow Control: at the limit of memory or of the store a publisher waits, until there is room again. */
import { tellClient } from '../engine.ts';
import { emit, zoneOf } from '../events.ts';
import type { Connection } from '../model.ts';
import type { Field } from './boxes.ts';
import type { HeldPublish } from './model.ts';
import { isPattern, keyOf, type Named } from './names.ts';
import { policyFor } from './policy.ts';
import { acceptHeld } from './publish.ts';

/** What is full for a message of this size; undefined: there is room. */
export function fullFor(
  field: Field,
  to: readonly Named[],
  { persistent, bytes }: { readonly persistent: boolean; readonly bytes: number },
): string | undefined {
  const { totals, policy, boxes } = field.runtime;
  if (persistent && totals.diskBytes + bytes > policy.storeLimit) return 'store';
  if (!persistent && totals.memoryBytes + bytes > policy.memoryLimit) return 'memory';
  for (const one of to) {
    if (one.kind !== 'queue' || isPattern(one.name)) continue;
    const limit = policyFor(policy, one.kind, one.name)?.memoryLimit ?? 0;
    const box = boxes.get(keyOf(one));
    if (limit > 0 && box !== undefined && box.readyBytes + box.unackedBytes + bytes > limit)
      return keyOf(one);
  }
  return undefined;
}

export function hold(field: Field, connection: Connection, held: HeldPublish): void {
  const { runtime, context, broker } = field;
  runtime.held.push(Object.freeze(held));
  if (connection.blocked) return;
  connection.blocked = true;
  tellClient(field, connection, { is: 'blocked', reason: held.reason });
  emit(context, {
    type: 'mq/PublisherBlocked',
    by: connection.client.by,
    broker: broker.name,
    zone: zoneOf(broker, runtime.active),
    protocol: connection.protocol,
    user: connection.user,
    reason: held.reason,
  });
}

/** Room may have come. Each connection's publishes keep their order. */
export function release(field: Field): void {
  const { runtime, broker } = field;
  if (runtime.held.length === 0) return;
  const waiting = runtime.held;
  runtime.held = [];
  const stopped = new Set<number>();
  for (const held of waiting) {
    const connection = broker.connections.get(held.connection);
    if (connection === undefined) continue;
    if (stopped.has(held.connection) || !acceptHeld(field, connection, held)) {
      stopped.add(held.connection);
      runtime.held.push(held);
    }
  }
  for (const { connection: number } of waiting) {
    const connection = broker.connections.get(number);
    if (connection === undefined || stopped.has(number) || !connection.blocked) continue;
    connection.blocked = false;
    tellClient(field, connection, { is: 'unblocked' });
  }
}
