/** Databases as RDS names them: an RDS database is an instance, an Aurora database a cluster of two. */
import type { DatabaseSeen } from '../../../contract/databases.ts';

export const instancesOf = ({ name, engine }: Pick<DatabaseSeen, 'name' | 'engine'>): readonly string[] =>
  engine === 'aurora' ? [`${name}-instance-1`, `${name}-instance-2`] : [name];

/** Of a cluster: the instance that writes. `next`: the one that would, after a failover. */
export function writerOf({ name, writer }: Pick<DatabaseSeen, 'name' | 'writer'>, next = false): string {
  return `${name}-instance-${next ? 3 - writer : writer}`;
}
