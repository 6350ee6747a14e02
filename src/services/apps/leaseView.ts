/** A group of KCL workers and its lease table, as screens and conditions see them. */
import type { ResourceView, WorkerView } from '../../contract/view.ts';
import type { Instant, Milliseconds } from '../../engine/units.ts';
import { type Lease, lastRenewal, leaseCounter, SHARD_END } from './leaseModel.ts';
import { memberName, shardNumber } from './leases.ts';
import type { App, Consumer } from './model.ts';
import type { ShardReader } from './shardModel.ts';

/** What a group has beyond the figures of every app. */
export function kclFigures(app: App, now: Instant): Readonly<Record<string, unknown>> {
  if (app.kind !== 'consumer' || app.kcl === undefined) return {};
  const { members, leases, checkpoints, taken } = app.kcl;
  const rows = [...leases.values()];
  const loads = members.map((_, index) => leasesOf(app, index).length);
  return {
    workers: members.map(({ state, processed }, index) => ({
      name: memberName(app, index),
      state,
      leases: leasesOf(app, index).map(({ shard }) => shardNumber(shard)),
      processed,
    })),
    leases: rows.map((lease) => leaseFields(app, lease, now)),
    workersRunning: members.filter(({ state }) => state === 'running').length,
    workersWithoutLease: members.filter(({ state }, index) => state === 'running' && loads[index] === 0)
      .length,
    leasesHeld: rows.filter(({ owner, expires }) => owner >= 0 && expires === 0).length,
    leasesTaken: taken,
    checkpoints,
  };
}

const leasesOf = ({ kcl }: Consumer, index: number): readonly Lease[] =>
  [...(kcl?.leases.values() ?? [])].filter(({ owner, expires }) => owner === index && expires === 0);

/** A row of the lease table: KCL's own names where it has them. */
function leaseFields(app: Consumer, lease: Lease, now: Instant): Readonly<Record<string, unknown>> {
  const { failover } = app.settings.kcl!;
  const { shard, owner, checkpoint, switches, repeated, parents } = lease;
  return {
    shard: shardNumber(shard),
    leaseKey: shard,
    leaseOwner: owner < 0 ? '' : memberName(app, owner),
    leaseCounter: leaseCounter(lease, failover, now),
    checkpoint,
    checkpointAtMs: lease.checkpointAt,
    parents: parents.map(shardNumber),
    state: stateOf(app, lease),
    expiresInMs: expiresIn(lease, failover, now),
    switches,
    repeated,
  };
}

function expiresIn(lease: Lease, failover: Milliseconds, now: Instant): number {
  if (lease.owner < 0) return 0;
  const at = lease.expires === 0 ? lastRenewal(lease, failover, now) + failover : lease.expires;
  return Math.max(0, at - now);
}

/** `held`, `expiring` (its owner is gone), `free`, `waiting` (for its parents) or `ended`. */
function stateOf({ reading: { ended } }: Consumer, { checkpoint, owner, expires, parents }: Lease): string {
  if (checkpoint === SHARD_END) return 'ended';
  if (owner >= 0) return expires === 0 ? 'held' : 'expiring';
  return parents.every((parent) => ended.has(parent)) ? 'free' : 'waiting';
}

/** The rows of the table as resources: `lease/APP/NUMBER`. */
export function leaseViews(app: App, now: Instant): ResourceView[] {
  if (app.kind !== 'consumer' || app.kcl === undefined) return [];
  return [...app.kcl.leases.values()].map((lease): ResourceView => {
    const number = shardNumber(lease.shard);
    return {
      id: `lease/${app.name}/${number}`,
      kind: 'lease',
      name: `${app.name} ${number}`,
      title: 'lease',
      role: 'resource',
      order: app.life,
      offStage: true,
      fields: { ...leaseFields(app, lease, now), app: app.name },
      links: [],
      ...(lease.owner < 0 && { stopped: true }),
    };
  });
}

/** A row for each worker, with the shards it reads. */
export function memberViews(app: Consumer): WorkerView[] {
  const { kcl, reading } = app;
  if (kcl === undefined) return [];
  return kcl.members.map(({ state, since }, index): WorkerView => {
    const name = memberName(app, index);
    if (state === 'crashed') return { name, state, since };
    const leases = leasesOf(app, index);
    const readers = leases.flatMap(({ shard }) => reading.readers.get(shard) ?? []);
    return { name, ...doing(readers), holds: holdsWords(leases) };
  });
}

function doing(readers: readonly ShardReader[]): Pick<WorkerView, 'state' | 'since' | 'until'> {
  const working = readers.find(({ state }) => state === 'working');
  if (working !== undefined) return { state: 'working', since: working.since, until: working.until };
  const asking = readers.find(({ state }) => state === 'reading' || state === 'asking');
  return asking === undefined ? { state: 'idle' } : { state: 'polling', since: asking.since };
}

function holdsWords(leases: readonly Lease[]): string {
  const numbers = leases.map(({ shard }) => shardNumber(shard));
  if (numbers.length === 0) return 'no lease';
  return `${numbers.length === 1 ? 'shard' : 'shards'} ${numbers.join(', ')}`;
}
