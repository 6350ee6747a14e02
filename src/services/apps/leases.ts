/**
 * Who of a group of KCL workers reads which shard. Kinesis Developer Guide, Use the Kinesis Client Library: one worker
 * for each lease; a lease whose counter does not grow for failoverTimeMillis is free; a worker with fewer leases than
 * its part takes one at a time from the one with the most, which first notes how far it is (graceful lease handoff of
 * KCL 3). Work after the last checkpoint is done again by whoever reads the shard next.
 *
 * SIMPLER THAN AWS: a free lease is taken at once; KCL's workers look at the table every other failover time. Reads and
 * writes of the lease table are neither throttled nor billed.
 */
import { after, type Instant, instant } from '../../engine/units.ts';
import {
  type KclGroup,
  type Lease,
  lastRenewal,
  leaseCounter,
  newLease,
  newMember,
  SHARD_END,
} from './leaseModel.ts';
import type { Consumer } from './model.ts';
import type { AppsContext } from './shardAsking.ts';
import type { ShardReader } from './shardModel.ts';
import type { LeaseDue } from './timers.ts';

export type LeaseReason = 'free' | 'expired' | 'balance';

export const memberName = ({ name }: Pick<Consumer, 'name'>, index: number): string => `${name}-${index + 1}`;
export const shardNumber = (shard: string): number => Number(shard.slice(shard.indexOf('-') + 1));

/** The lease of a shard that a group reads; undefined: the app is no group. */
export const leaseOf = ({ kcl }: Consumer, { shard }: Pick<ShardReader, 'shard'>): Lease | undefined =>
  kcl?.leases.get(shard);

/** May the shard be read now? Only by the worker that holds its lease. */
export function isHeld(app: Consumer, reader: ShardReader): boolean {
  if (app.kcl === undefined) return true;
  const lease = leaseOf(app, reader);
  return lease !== undefined && lease.owner >= 0 && lease.expires === 0;
}

/** A row for each shard that has none. */
export function noteLeases({ kcl, reading, settings }: Consumer, now: Instant): void {
  if (kcl === undefined) return;
  for (const { shard, parents, isChild } of reading.readers.values()) {
    if (kcl.leases.has(shard)) continue;
    const start = isChild || settings.start === 'trim-horizon' ? 'TRIM_HORIZON' : 'LATEST';
    kcl.leases.set(shard, newLease(shard, parents, start, now));
  }
}

/** As many workers as wanted; crashed ones begin anew. Answers those that are too many. */
export function fillMembers(app: Consumer, now: Instant): number[] {
  const { kcl } = app;
  const wanted = app.settings.kcl?.workers ?? 0;
  if (kcl === undefined) return [];
  for (const member of kcl.members) {
    if (member.state === 'crashed') Object.assign(member, { state: 'running', since: now });
  }
  while (kcl.members.length < wanted) kcl.members.push(newMember(now));
  return kcl.members.map((_, index) => index).filter((index) => index >= wanted);
}

const held = ({ leases }: KclGroup, index: number): Lease[] =>
  [...leases.values()].filter(({ owner, expires, wanted }) =>
    wanted >= 0 ? wanted === index : owner === index && expires === 0,
  );

/** Workers that run, with as many leases as they hold or are promised; fewest first. */
function loads({ kcl, settings }: Consumer): { index: number; count: number }[] {
  if (kcl === undefined) return [];
  return kcl.members
    .map((member, index) => ({ index, count: held(kcl, index).length, runs: member.state === 'running' }))
    .filter(({ index, runs }) => runs && index < (settings.kcl?.workers ?? 0))
    .sort((one, other) => one.count - other.count || one.index - other.index);
}

const isReady = ({ reading: { ended } }: Consumer, { parents, checkpoint }: Lease): boolean =>
  checkpoint !== SHARD_END && parents.every((parent) => ended.has(parent));

/** Free leases go to those with the fewest. */
export function takeLeases(context: AppsContext, app: Consumer): void {
  const { kcl, running } = app;
  if (kcl === undefined || !running) return;
  for (const lease of kcl.leases.values()) {
    if (lease.owner >= 0 || !isReady(app, lease)) continue;
    const [least] = loads(app);
    if (least === undefined) return;
    take(context, app, lease, least.index, lease.before >= 0 ? 'expired' : 'free');
  }
}

/**
 * The worker holds the lease from now on, and begins where the checkpoint is. While nothing was noted the row says LATEST
 * or TRIM_HORIZON, and the worker asks for an iterator of that type (amazon-kinesis-client: IteratorBuilder, by the
 * lease's SentinelCheckpoint): with LATEST the records since the worker before it stopped reading are read by nobody.
 */
export function take(
  context: AppsContext,
  app: Consumer,
  lease: Lease,
  index: number,
  reason: LeaseReason,
): void {
  const { kcl, settings, reading } = app;
  const { now } = context;
  const from = lease.owner >= 0 ? lease.owner : lease.before;
  lease.counter = leaseCounter(lease, settings.kcl!.failover, now) + 1;
  Object.assign(lease, { owner: index, renewedFrom: now, expires: instant(0), wanted: -1, before: -1 });
  lease.switches++;
  kcl!.taken++;
  const reader = reading.readers.get(lease.shard);
  if (reader !== undefined) {
    const { checkpoint } = lease;
    reader.by = memberName(app, index);
    reader.done = /^\d/u.test(checkpoint) ? checkpoint : '';
    reader.issued = instant(0);
    delete reader.doneSub;
    reader.iterator = '';
  }
  const worker = memberName(app, index);
  context.emit(
    Object.freeze({
      type: 'kinesis/LeaseTaken',
      by: worker,
      stream: settings.from.name,
      shard: shardNumber(lease.shard),
      app: app.name,
      worker,
      reason,
      ...(from >= 0 && from !== index && { before: memberName(app, from) }),
    }),
  );
}

/** Notes how far the shard is done; nothing new: nothing is written. */
export function checkpoint(context: AppsContext, app: Consumer, reader: ShardReader, end = false): void {
  const lease = leaseOf(app, reader);
  const at = end ? SHARD_END : reader.done;
  if (lease === undefined || at === '' || at === lease.checkpoint) return;
  lease.checkpoint = at;
  lease.checkpointAt = context.now;
  app.kcl!.checkpoints++;
  context.emit(
    Object.freeze({
      type: 'kinesis/Checkpointed',
      by: reader.by,
      stream: app.settings.from.name,
      shard: shardNumber(reader.shard),
      app: app.name,
      worker: reader.by,
      sequenceNumber: at,
    }),
  );
}

/** Is a checkpoint due by the group's rule, after a record or (`batch`) at the end of what one read brought? */
export function isCheckpointDue(app: Consumer, reader: ShardReader, now: Instant, batch: boolean): boolean {
  const rule = app.settings.kcl?.checkpoint;
  const lease = leaseOf(app, reader);
  if (rule === undefined || lease === undefined) return false;
  if (rule === 'record') return true;
  return rule === 'batch' ? batch : now - lease.checkpointAt >= rule;
}

/** Given back in good order: free at once. */
export function giveBack(app: Consumer, reader: ShardReader, now: Instant): void {
  const lease = leaseOf(app, reader);
  if (lease === undefined || lease.owner < 0 || lease.expires !== 0) return;
  lease.counter = leaseCounter(lease, app.settings.kcl!.failover, now);
  Object.assign(lease, { owner: -1, wanted: -1 });
  reader.by = '';
}

/** Its owner is gone without a word: nobody may read it until its renewals are missed for the failover time. */
export function orphan(context: AppsContext, app: Consumer, lease: Lease): void {
  const { failover } = app.settings.kcl!;
  lease.expires = after(lastRenewal(lease, failover, context.now), failover);
  lease.wanted = -1;
  plan(context, app, lease.shard, lease.expires);
}

function plan(context: AppsContext, { name, life }: Consumer, shard: string, at: Instant): void {
  const timer: LeaseDue = { type: 'app/LeaseDue', app: name, life, shard };
  context.schedule(at, timer);
}

/** The failover time is over: the lease is free. */
export function expire(app: Consumer, shard: string, now: Instant): void {
  const lease = app.kcl?.leases.get(shard);
  if (lease === undefined || lease.expires === 0 || lease.expires > now) return;
  lease.counter = leaseCounter(lease, app.settings.kcl!.failover, now);
  Object.assign(lease, { before: lease.owner, owner: -1, expires: instant(0) });
}

/**
 * One lease of the worker with the most is promised to the one with the fewest, if that evens them out; the next look
 * is a failover time later. Answers the lease that is to change hands.
 */
export function evenOut(context: AppsContext, app: Consumer): Lease | undefined {
  const { kcl, settings, running } = app;
  if (kcl === undefined || !running || kcl.look > context.now) return undefined;
  const all = loads(app);
  const [least, most] = [all[0], all.at(-1)];
  if (least === undefined || most === undefined || most.count - least.count < 2) return undefined;
  const rich = held(kcl, most.index).filter(({ wanted }) => wanted < 0);
  const lease = rich[context.random(`kcl/${app.name}`).integer(0, rich.length - 1)];
  if (lease === undefined) return undefined;
  lease.wanted = least.index;
  kcl.look = after(context.now, settings.kcl!.failover);
  plan(context, app, '', kcl.look);
  return lease;
}
