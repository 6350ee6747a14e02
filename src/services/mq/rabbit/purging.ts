/** A queue is emptied of what is ready; what was handed out stays with its consumers. */
import type { Ground } from '../engine.ts';
import type { Connection } from '../model.ts';
import { usableQueue } from './declaring.ts';
import { checkPermission } from './permissions.ts';
import { emptyQueue } from './removing.ts';
import { runtimeOf } from './runtime.ts';

export function purge(ground: Ground, connection: Connection, name: string): object {
  checkPermission(runtimeOf(ground.broker), connection, 'read', 'queue', name);
  const queue = usableQueue(ground, connection, name);
  return { messageCount: emptyQueue(ground, queue) };
}
