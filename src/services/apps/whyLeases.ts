/** Why a worker of a KCL group reads nothing, or a shard is read by nobody: the lease table, row by row. */
import {
  counted,
  helps,
  helpsNot,
  lasting,
  mayHelp,
  type Why,
  type WhyGround,
  type WhyRow,
  worded,
} from '../../contract/why.ts';
import { several, spanWords } from '../../contract/whyWords.ts';
import type { Instant } from '../../engine/units.ts';
import { type KclGroup, type Lease, leaseCounter, SHARD_END } from './leaseModel.ts';
import { memberName, shardNumber } from './leases.ts';
import type { AppsState, Consumer } from './model.ts';
import { behindOf } from './shardReading.ts';

const ROWS_MAX = 6;
/** No more than a read a second: so much is no delay. */
const USUAL_MS = 2_000;

const RULE: Why['rule'] = {
  name: 'app/leases',
  says: 'A shard is read by the one worker that holds its lease; a lease moves when it was not renewed for the failover time.',
  page: 'Kinesis Data Streams Developer Guide: Use Kinesis Client Library',
};

export function whyLeases({ now }: WhyGround<AppsState>, app: Consumer): Why {
  const { counters, settings } = app;
  const kcl = app.kcl!;
  const rows = [...kcl.leases.values()].filter(({ checkpoint }) => checkpoint !== SHARD_END);
  const orphans = rows.filter(({ expires }) => expires !== 0);
  const idle = idleMembers(kcl);
  const behind = behindOf(app, now);
  const next = orphans.map(({ expires }) => expires).sort((one, other) => one - other)[0];
  return {
    title: `what ${app.name} does`,
    answer: answerOf(app, rows, now),
    at: now,
    rule: RULE,
    values: [
      { label: 'workers that run', is: counted(running(kcl)) },
      { label: 'of them without a lease', is: counted(idle.length) },
      { label: 'leases', is: counted(rows.length) },
      { label: 'failover time', is: lasting(settings.kcl!.failover) },
      { label: 'processed', is: counted(counters.processed) },
      { label: 'of them repeated', is: counted(counters.repeatedEffects) },
      { label: 'reads refused as too fast', is: counted(counters.throttled) },
      { label: 'behind', is: lasting(behind) },
      ...(app.refusal !== null && now - app.refusal.at < 5_000
        ? [{ label: 'last refused', is: worded(`${app.refusal.operation}: ${app.refusal.code}`) }]
        : []),
    ],
    table: {
      heads: ['shard', 'lease', 'why', 'until'],
      rows: rows.slice(0, ROWS_MAX).map((lease) => rowOf(app, lease, now)),
      more: Math.max(0, rows.length - ROWS_MAX),
    },
    changes:
      next === undefined
        ? { by: 'act', into: idle.length > 0 ? 'another shard, or one worker less' : 'nothing has to change' }
        : { by: 'time', at: next, into: 'the lease is free, and another worker takes it' },
    remedies: remediesOf(app, idle, orphans, behind),
    see: [`stream/${settings.from.name}`],
  };
}

const running = ({ members }: KclGroup): number => members.filter(({ state }) => state === 'running').length;

const idleMembers = ({ members, leases }: KclGroup): number[] =>
  members
    .map((_, index) => index)
    .filter(
      (index) =>
        members[index]!.state === 'running' && ![...leases.values()].some(({ owner }) => owner === index),
    );

function answerOf(app: Consumer, rows: readonly Lease[], now: Instant): string {
  const kcl = app.kcl!;
  const orphan = rows.find(({ expires }) => expires !== 0);
  const waiting = rows.find((lease) => lease.owner < 0 && !isReady(app, lease));
  const idle = idleMembers(kcl);
  const { refusal } = app;
  if (running(kcl) === 0) return `All workers of ${app.name} crashed: nobody renews or takes a lease.`;
  if (orphan !== undefined) {
    return `Shard ${shardNumber(orphan.shard)} is read by nobody: ${memberName(app, orphan.owner)} is gone and its lease holds for ${spanWords(orphan.expires - now)} more.`;
  }
  if (rows.length === 0)
    return `${app.name} asks for the shards of ${app.settings.from.name}; it has none yet.`;
  if (refusal !== null && now - refusal.at < 2_000) {
    return `${app.name} reads, and is refused: ${refusal.code}. All who poll a shard share its five reads a second.`;
  }
  if (idle.length > 0 && waiting !== undefined) {
    return `${memberName(app, idle[0]!)} reads nothing: shard ${shardNumber(waiting.shard)} waits until its parents are read to their ends.`;
  }
  if (idle.length > 0) {
    return `${memberName(app, idle[0]!)} reads nothing: each of the ${several(rows.length, 'shard')} has its lease with another worker.`;
  }
  const behind = behindOf(app, now);
  return behind > USUAL_MS
    ? `${app.name} is ${spanWords(behind)} behind: its slowest shard brings more than its worker does.`
    : `${several(running(kcl), 'worker')} of ${app.name} read ${several(rows.length, 'shard')}, each by one of them.`;
}

const isReady = ({ reading: { ended } }: Consumer, { parents }: Lease): boolean =>
  parents.every((parent) => ended.has(parent));

function rowOf(app: Consumer, lease: Lease, now: Instant): WhyRow {
  const { owner, expires, shard } = lease;
  const name = `shard ${shardNumber(shard)}`;
  if (owner < 0) {
    const parents = lease.parents.filter((parent) => !app.reading.ended.has(parent)).map(shardNumber);
    const reason =
      parents.length > 0 ? `shard ${parents.join(' and ')} is not read to its end` : 'no worker runs';
    return { mark: 'idle', name, state: parents.length > 0 ? 'waits' : 'free', reason, change: 'never' };
  }
  const worker = memberName(app, owner);
  if (expires !== 0) {
    return {
      mark: 'idle',
      name,
      state: worker,
      reason: 'its owner is gone, its lease is not',
      change: expires,
    };
  }
  const reader = app.reading.readers.get(shard);
  const behind = reader?.behindMs ?? 0;
  const renewed = `its counter grows: ${leaseCounter(lease, app.settings.kcl!.failover, now)}`;
  return {
    mark: reader?.state === 'working' ? 'working' : 'idle',
    name,
    state: worker,
    reason: behind > USUAL_MS ? `${renewed}; ${spanWords(behind)} behind` : renewed,
    change: 'now',
  };
}

function remediesOf(
  app: Consumer,
  idle: readonly number[],
  orphans: readonly Lease[],
  behind: number,
): Why['remedies'] {
  const { name, settings } = app;
  return [
    ...(app.kcl!.members.some(({ state }) => state === 'crashed')
      ? [helps('start it: crashed workers begin anew', `app start --name ${name}`)]
      : []),
    ...(orphans.length > 0
      ? [
          mayHelp(
            'a shorter failover time; a slow worker may then lose its leases',
            `app update --name ${name} --failover-time 5s`,
          ),
        ]
      : []),
    ...(idle.length > 0
      ? [
          helps(
            'more shards',
            `aws kinesis update-shard-count --stream-name ${settings.from.name} --target-shard-count ${app.kcl!.members.length} --scaling-type UNIFORM_SCALING`,
          ),
          helpsNot('more workers: a shard has one reader in a group'),
        ]
      : []),
    ...(behind > USUAL_MS && idle.length === 0
      ? [
          helps('less time for each record', `app update --name ${name} --time 1ms`),
          mayHelp('more shards, and as many workers; one key stays in one shard'),
        ]
      : []),
  ];
}
