/** What is kept of a broker while it works: how long how much lay on its disk. */
import type { Ground } from '../engine.ts';
import { engineOf } from '../engines.ts';

/** After anything that changes what a broker holds. */
export function keepFigures({ context, broker }: Ground): void {
  const { now } = context;
  const { storage } = broker;
  storage.byteSeconds += (storage.bytes * (now - storage.since)) / 1000;
  storage.since = now;
  storage.bytes = broker.runtime === undefined ? 0 : engineOf(broker).figures(broker, now).diskBytes;
}
