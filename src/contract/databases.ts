/** Databases, as those meet over them that keep them and those that tell of them: plain data, no rules. */
import type { Instant } from '../engine/units.ts';

const DATABASE_STATUSES = [
  'available',
  'stopping',
  'stopped',
  'starting',
  'rebooting',
  'failing-over',
  'recovering',
] as const;
export type DatabaseStatus = (typeof DATABASE_STATUSES)[number];

/** What can happen to a relational database. */
const DATABASE_HAPPENINGS = [
  'created',
  'deleted',
  'stopped',
  'started',
  'shutDown',
  'restarted',
  'failoverStarted',
  'failoverCompleted',
  'recoveryStarted',
  'recoveryCompleted',
  'modified',
  'storageLow',
  'storageFull',
] as const;
export type DatabaseHappening = (typeof DATABASE_HAPPENINGS)[number];

/** As others may see it. */
export interface DatabaseSeen {
  readonly name: string;
  readonly engine: 'rds' | 'aurora';
  readonly status: DatabaseStatus;
  readonly created: Instant;
  /** A standby in another zone takes over. */
  readonly multiAz: boolean;
  /** Of Aurora: which of its two instances writes. */
  readonly writer: 1 | 2;
  /** Bytes that fit, and bytes that are taken; undefined: it grows by itself. */
  readonly storage: { readonly size: number; readonly used: number } | undefined;
}

/** Delivered to RDS. Frozen. */
export interface DatabaseNews {
  readonly type: 'DatabaseNews';
  readonly what: DatabaseHappening;
  readonly database: DatabaseSeen;
}

/** Delivered to who keeps it; RDS has looked whether it may be. Frozen. */
export interface DatabaseOrder {
  readonly type: 'DatabaseOrder';
  readonly order: 'stop' | 'start' | 'reboot' | 'failover';
  readonly name: string;
}

export const isDatabaseOrder = (payload: object): payload is DatabaseOrder =>
  (payload as { readonly type?: unknown }).type === 'DatabaseOrder';

/** Reads the relational databases in the state of who keeps them; the catalog hands it over. */
export type DatabasesIn = (state: unknown) => readonly DatabaseSeen[];
