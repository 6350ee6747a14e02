/** The workers of a group and their lease table: a row for each shard. Plain data. */
import { type Instant, instant, type Milliseconds, milliseconds } from '../../engine/units.ts';

/** When a worker notes how far it is: after each record, after each batch, or when so much time has passed. */
export type CheckpointRule = 'record' | 'batch' | Milliseconds;

export interface KclSettings {
  readonly workers: number;
  /** failoverTimeMillis: a lease that was not renewed for so long is free. */
  readonly failover: Milliseconds;
  readonly checkpoint: CheckpointRule;
}

/** One worker of the group: a process of its own. */
export interface Member {
  state: 'running' | 'crashed';
  since: Instant;
  processed: number;
}

/** A row of the lease table, as KCL keeps it in DynamoDB: leaseKey, leaseOwner, leaseCounter, checkpoint. */
export interface Lease {
  readonly shard: string;
  readonly parents: readonly string[];
  /** The worker's place in the group; -1: nobody. */
  owner: number;
  /** Who held it before; -1: nobody. */
  before: number;
  /** The counter at `renewedFrom`; while its owner runs it grows with each renewal. */
  counter: number;
  renewedFrom: Instant;
  /** Its owner is gone: when the lease is free; 0: the owner renews it. */
  expires: Instant;
  /** The worker that it is to be handed to, when its owner has done the record in hand; -1: none. */
  wanted: number;
  /** `LATEST`, `TRIM_HORIZON`, a sequence number, or `SHARD_END`. */
  checkpoint: string;
  checkpointAt: Instant;
  /** How often it changed hands. */
  switches: number;
  /** The newest record whose work had its effect, '' for none: what comes again is a repeat. */
  newest: string;
  newestSub: number;
  repeated: number;
}

export interface KclGroup {
  readonly members: Member[];
  readonly leases: Map<string, Lease>;
  checkpoints: number;
  taken: number;
  /** A look for leases to even out is planned for then; 0: none. */
  look: Instant;
}

export const SHARD_END = 'SHARD_END';

export const kclGroup = (): KclGroup => ({
  members: [],
  leases: new Map(),
  checkpoints: 0,
  taken: 0,
  look: instant(0),
});

export const newMember = (now: Instant): Member => ({ state: 'running', since: now, processed: 0 });

export const newLease = (
  shard: string,
  parents: readonly string[],
  checkpoint: string,
  now: Instant,
): Lease => ({
  shard,
  parents,
  owner: -1,
  before: -1,
  counter: 0,
  renewedFrom: now,
  expires: instant(0),
  wanted: -1,
  checkpoint,
  checkpointAt: now,
  switches: 0,
  newest: '',
  newestSub: 0,
  repeated: 0,
});

/** LeaseRenewer of the Kinesis Client Library: a third of the failover time, less 25 ms. */
const renewEvery = (failover: Milliseconds): Milliseconds =>
  milliseconds(Math.max(1, Math.floor(failover / 3) - 25));

/** How often the lease was renewed since its owner took it, up to its owner's end. */
const renewals = ({ renewedFrom, expires }: Lease, failover: Milliseconds, now: Instant): number => {
  const every = renewEvery(failover);
  const until = expires === 0 ? now : Math.min(now, expires - failover);
  return Math.max(0, Math.floor((until - renewedFrom) / every));
};

/** leaseCounter: renewals are not simulated one by one; the counter follows from the time. */
export const leaseCounter = (lease: Lease, failover: Milliseconds, now: Instant): number =>
  lease.counter + (lease.owner < 0 ? 0 : renewals(lease, failover, now));

/** When it was renewed last. */
export const lastRenewal = (lease: Lease, failover: Milliseconds, now: Instant): Instant =>
  instant(lease.renewedFrom + renewals(lease, failover, now) * renewEvery(failover));

/** Sequence numbers are whole numbers of up to 128 digits. */
export const isAfter = (one: string, other: string): boolean =>
  one.length === other.length ? one > other : one.length > other.length;
