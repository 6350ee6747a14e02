/**
 * What each happening is called: number, sentence, categories. RDS User Guide and Aurora User Guide, Amazon RDS event
 * categories and event messages.
 *
 * SIMPLER THAN AWS: what happens to a cluster is told of the cluster, not of its instances too.
 */
import type { DatabaseHappening, DatabaseSeen } from '../../../contract/databases.ts';
import { writerOf } from './databases.ts';

export interface Wording {
  readonly id: string;
  readonly message: string;
  readonly categories: readonly string[];
}

type Words = readonly [
  number: string,
  message: string | ((database: DatabaseSeen) => string),
  category: string,
];

const INSTANCE: Readonly<Record<DatabaseHappening, Words>> = {
  created: ['0005', 'DB instance created.', 'creation'],
  deleted: ['0003', 'DB instance deleted.', 'deletion'],
  stopped: ['0087', 'DB instance stopped.', 'notification'],
  started: ['0088', 'DB instance started.', 'notification'],
  shutDown: ['0004', 'DB instance shutdown.', 'availability'],
  restarted: ['0006', 'DB instance restarted.', 'availability'],
  failoverStarted: ['0013', 'Multi-AZ instance failover started.', 'failover'],
  failoverCompleted: ['0049', 'Multi-AZ instance failover completed.', 'failover'],
  recoveryStarted: [
    '0020',
    'Recovery of the DB instance has started. Recovery time will vary with the amount of data to be recovered.',
    'recovery',
  ],
  recoveryCompleted: ['0021', 'Recovery of the DB instance is complete.', 'recovery'],
  modified: ['0014', 'Finished applying modification to DB instance class.', 'configuration change'],
  storageLow: ['0089', storageLow, 'low storage'],
  storageFull: [
    '0007',
    'Allocated storage has been exhausted. Allocate additional storage to resolve.',
    'low storage',
  ],
};

/** What is not here is not told of a cluster. */
const CLUSTER: Readonly<Partial<Record<DatabaseHappening, Words>>> = {
  created: ['0170', 'DB cluster created.', 'creation'],
  deleted: ['0171', 'DB cluster deleted.', 'deletion'],
  stopped: ['0150', 'DB cluster stopped.', 'notification'],
  started: ['0151', 'DB cluster started.', 'notification'],
  failoverStarted: [
    '0073',
    (database) => `Started cross AZ failover to DB instance: ${writerOf(database, true)}.`,
    'failover',
  ],
  failoverCompleted: [
    '0071',
    (database) => `Completed failover to DB instance: ${writerOf(database)}.`,
    'failover',
  ],
};

function storageLow({ name, storage }: DatabaseSeen): string {
  const { size = 0, used = 0 } = storage ?? {};
  const percent = Math.floor(((size - used) * 100) / Math.max(1, size));
  const kilobytes = (bytes: number): string => `${Math.floor(bytes / 1_024)} KB`;
  return `The free storage capacity for DB instance: ${name} is low at ${percent}% of the provisioned storage [Provisioned Storage: ${kilobytes(size)}, Free Storage: ${kilobytes(size - used)}]. You may want to increase the provisioned storage to address this issue.`;
}

/** Undefined: RDS tells nothing of it. */
export function wordingOf(what: DatabaseHappening, database: DatabaseSeen): Wording | undefined {
  const words = database.engine === 'aurora' ? CLUSTER[what] : INSTANCE[what];
  if (words === undefined) return undefined;
  const [number, message, category] = words;
  return {
    id: `RDS-EVENT-${number}`,
    message: typeof message === 'string' ? message : message(database),
    categories: [category],
  };
}
