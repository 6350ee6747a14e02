/**
 * What a persistent message costs its producer: the broker confirms it when the journal has it. Amazon MQ Developer Guide,
 * Storage; Ensuring effective Amazon MQ performance: below 100 KB the latency of the storage is the limit. EFS writes to
 * several zones, about 80 messages a second for a producer that waits for each; EBS to one, about 500. Producers wait side
 * by side, so more of them get further. SIMPLER THAN AWS: the same for every size, and consumers have it at once
 * (concurrent store and dispatch).
 */
import { after, instant, type Milliseconds, milliseconds } from '../../../engine/units.ts';
import { tellClient } from '../engine.ts';
import { type Connection, ON_PREMISES, type StorageType } from '../model.ts';
import type { Field } from './boxes.ts';
import { planWork, type StoredWork } from './timers.ts';

const WRITE: Readonly<Record<StorageType, Milliseconds>> = { EFS: milliseconds(12), EBS: milliseconds(2) };

/** Confirms it: at once, or when the journal has it. */
export function confirmStored(
  field: Field,
  connection: Connection,
  request: number,
  persistent: boolean,
): void {
  const { runtime, broker, context } = field;
  const session = runtime.sessions.get(connection.number);
  if (!persistent || session === undefined || broker.account === ON_PREMISES) {
    tellClient(field, connection, { is: 'confirmed', ok: true }, request);
    return;
  }
  session.stored = after(instant(Math.max(context.now, session.stored)), WRITE[broker.storageType]);
  planWork(field, session.stored, { type: 'activemq/StoredDue', connection: connection.number, request });
}

/** Its connection may be gone by now: then its client sends it again. */
export function storedDue(field: Field, { connection: number, request }: StoredWork): void {
  const connection = field.broker.connections.get(number);
  if (connection !== undefined) tellClient(field, connection, { is: 'confirmed', ok: true }, request);
}
