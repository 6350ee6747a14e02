/** KCL workers: who reads which shard, and what comes again after a crash. */
import { describe, expect, test } from 'vitest';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { apps } from '../../../src/services/apps/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { Streams } from '../../support/streams.ts';
import type { Output, World } from '../../support/world.ts';

const MIDDLE = '170141183460469231731687303715884105728';
const streamsWithApps = (): Streams => new Streams({}, [apps, sqs]);
const figures = (w: World, name = 'group'): Output =>
  w.view('app').find(({ id }) => id === `app/${name}`)?.fields;
const lease = (w: World, shard: number): Output =>
  w.view('app').find(({ id }) => id === `lease/group/${shard}`)?.fields;
const group = (w: World, workers: number, more: object = {}): void => {
  w.call('CreateKclWorkers', { name: 'group', from: 'stream/s', workers, time: '0', ...more }, 'app');
};
const produce = (w: World, more: object = {}): void => {
  const given = { name: 'web', to: 'stream/s', rate: '10/s', key: 'user-{1..40}', ...more };
  w.call('CreateProducer', given, 'app');
};
const split = (w: Streams, shard: number): void => {
  w.ask('SplitShard', {
    StreamName: 's',
    ShardToSplit: `shardId-${String(shard).padStart(12, '0')}`,
    NewStartingHashKey: MIDDLE,
  });
};
/** Owners of the shards, in their order. */
const owners = (w: World): string[] => figures(w).leases.map(({ leaseOwner }: Output) => String(leaseOwner));
/** Each read of a shard was made by the worker that held its lease then. */
const strayReads = (w: World): string[] => {
  const holders = new Map<unknown, string>();
  const strays: string[] = [];
  for (const { type, shard, worker, by, at } of w.events() as Output[]) {
    if (type === 'kinesis/LeaseTaken') holders.set(shard, worker);
    if (type === 'kinesis/RecordsRead' && holders.get(shard) !== by) strays.push(`${at} ${by} ${shard}`);
  }
  return strays;
};

describe('a group of KCL workers', () => {
  test('shares the shards out evenly, and each is read by one worker alone', () => {
    const w = streamsWithApps().stream('s', 4);
    group(w, 2);
    w.after(seconds(1));
    produce(w, { rate: '40/s', count: 400 });
    w.after(seconds(20));
    expect(owners(w)).toEqual(['group-1', 'group-2', 'group-1', 'group-2']);
    expect(figures(w)).toMatchObject({ received: 400, processed: 400, outOfOrder: 0, repeatedEffects: 0 });
    expect(new Set(w.events('kinesis/RecordsRead').map(({ by }) => by))).toEqual(
      new Set(['group-1', 'group-2']),
    );
    expect(strayReads(w)).toEqual([]);
  });

  test('leaves a worker without a shard when there are more workers than shards, and says so', () => {
    const w = streamsWithApps().stream('s', 2);
    group(w, 3);
    w.after(seconds(2));
    expect(figures(w)).toMatchObject({ workersRunning: 3, workersWithoutLease: 1, leasesHeld: 2 });
    const view = w.view('app').find(({ id }) => id === 'app/group')!;
    expect(view.title).toBe('KCL workers');
    expect(view.workers!.map(({ holds }) => holds)).toEqual(['shard 0', 'shard 1', 'no lease']);
  });

  test('keeps a crashed worker’s lease for the failover time, then goes on at the checkpoint', () => {
    const w = streamsWithApps().stream('s', 2);
    group(w, 2, { start: 'trim-horizon', checkpointEvery: '60s' });
    w.after(seconds(1));
    produce(w);
    w.after(seconds(20));
    const before = figures(w);
    w.call('Crash', { name: 'group/worker-2' }, 'app');
    const crashed = w.now;
    expect(lease(w, 1)).toMatchObject({ state: 'expiring', leaseOwner: 'group-2' });
    expect(lease(w, 1).expiresInMs).toBeGreaterThan(10_000 - 3_308 - 1);
    w.after(seconds(6));
    expect(owners(w)).toEqual(['group-1', 'group-2']);
    w.after(seconds(5));
    expect(owners(w)).toEqual(['group-1', 'group-1']);
    const [taken] = w.events('kinesis/LeaseTaken').filter(({ reason }) => reason === 'expired');
    expect(taken).toMatchObject({
      by: 'group-1',
      shard: 1,
      before: 'group-2',
      worker: 'group-1',
      stream: 's',
    });
    expect(taken!.at - crashed).toBeGreaterThan(6_690);
    expect(taken!.at - crashed).toBeLessThanOrEqual(10_000);
    w.after(seconds(5));
    // Nothing of shard 1 was noted in 20 seconds: all its work is done again.
    const after = figures(w);
    expect(after.repeatedEffects).toBeGreaterThan(70);
    expect(after.repeatedEffects).toBe(lease(w, 1).repeated);
    expect(after.processed - after.repeatedEffects).toBeGreaterThan(before.processed);
    expect(w.events('app/EffectRepeated').length).toBe(after.repeatedEffects);
    expect(strayReads(w)).toEqual([]);
  });

  test('begins again at the newest record when nothing was noted and it started at the newest', () => {
    for (const [start, expected] of [
      ['latest', ['late']],
      ['trim-horizon', ['early', 'between', 'late']],
    ] as const) {
      const w = streamsWithApps().stream('s', 1);
      group(w, 2, { start, checkpointEvery: '60s' });
      w.after(seconds(2));
      w.put('early');
      w.after(seconds(3));
      w.call('Crash', { name: 'group-1' }, 'app');
      w.put('between');
      w.after(seconds(12));
      expect(lease(w, 0)).toMatchObject({
        leaseOwner: 'group-2',
        checkpoint: start === 'latest' ? 'LATEST' : 'TRIM_HORIZON',
      });
      w.put('late');
      w.after(seconds(3));
      const read = w.events('kinesis/RecordsRead').filter(({ by }) => by === 'group-2') as Output[];
      expect(read.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
    }
  });

  test('is read by its next worker at once, when nothing had come for a while', () => {
    const w = streamsWithApps().stream('s', 1);
    group(w, 2, { start: 'trim-horizon' });
    w.after(seconds(20));
    w.call('Crash', { name: 'group-1' }, 'app');
    w.after(seconds(11));
    w.put('a');
    w.after(seconds(2));
    expect(figures(w)).toMatchObject({ processed: 1 });
    // And so a group that is stopped and started.
    w.call('Stop', { name: 'group' }, 'app');
    w.after(seconds(5));
    w.call('Start', { name: 'group' }, 'app');
    w.put('b');
    w.after(seconds(3));
    expect(figures(w)).toMatchObject({ processed: 2 });
  });

  test('repeats nothing after a crash when it notes every record, and nothing twice when it is idempotent', () => {
    for (const more of [{ checkpointEvery: 'record' }, { checkpointEvery: '60s', idempotent: true }]) {
      const w = streamsWithApps().stream('s', 2);
      group(w, 2, { start: 'trim-horizon', ...more });
      produce(w, { rate: '40/s', count: 700 });
      w.after(seconds(12));
      w.call('Crash', { name: 'group-1' }, 'app');
      w.after(seconds(40));
      expect(figures(w)).toMatchObject({ repeatedEffects: 0, processed: 700 });
    }
  });

  test('gives a worker that begins anew its part, one lease at a time, without repeating a record', () => {
    const w = streamsWithApps().stream('s', 4);
    group(w, 2, { checkpointEvery: '60s' });
    w.after(seconds(1));
    produce(w);
    w.call('Crash', { name: 'group-2' }, 'app');
    w.after(seconds(12));
    expect(new Set(owners(w))).toEqual(new Set(['group-1']));
    w.call('Start', { name: 'group/worker-2' }, 'app');
    w.afterMs(milliseconds(1));
    expect(owners(w).filter((name) => name === 'group-2')).toHaveLength(1);
    w.after(seconds(11));
    expect(owners(w).filter((name) => name === 'group-2')).toHaveLength(2);
    const moved = w.events('kinesis/LeaseTaken').filter(({ reason }) => reason === 'balance');
    expect(moved).toHaveLength(2);
    expect(moved[1]!.at - moved[0]!.at).toBe(10_000);
    w.after(seconds(3));
    expect(figures(w)).toMatchObject({ outOfOrder: 0, repeatedEffects: 0 });
    expect(strayReads(w)).toEqual([]);
  });

  test('reads a parent to its end before its children, after a split and a merge', () => {
    const w = streamsWithApps().stream('s', 1);
    group(w, 3, { start: 'trim-horizon', time: '60ms' });
    produce(w, { rate: '30/s', count: 600 });
    w.after(seconds(5));
    split(w, 0);
    w.after(seconds(6));
    // The children come into the table when their parent is read to its end.
    expect(lease(w, 1)).toBeUndefined();
    w.ask('MergeShards', {
      StreamName: 's',
      ShardToMerge: 'shardId-000000000001',
      AdjacentShardToMerge: 'shardId-000000000002',
    });
    w.after(seconds(120));
    expect(figures(w)).toMatchObject({ processed: 600, outOfOrder: 0, repeatedEffects: 0 });
    expect(lease(w, 0)).toMatchObject({ state: 'ended', checkpoint: 'SHARD_END' });
    expect(lease(w, 3)).toMatchObject({ state: 'held' });
    const ends = w
      .events('kinesis/Checkpointed')
      .filter(({ sequenceNumber }) => sequenceNumber === 'SHARD_END')
      .map(({ shard, at }) => [shard, at] as const);
    expect(ends.map(([shard]) => shard).sort()).toEqual([0, 1, 2]);
    const first = (shard: number): number =>
      w.events('kinesis/LeaseTaken').find((event) => event.shard === shard)!.at;
    expect(first(1)).toBeGreaterThanOrEqual(ends[0]![1]);
    expect(first(3)).toBeGreaterThanOrEqual(ends[2]![1]);
    expect(strayReads(w)).toEqual([]);
  });

  test('that begins after a split has the children wait for their parent', () => {
    const w = streamsWithApps().stream('s', 1);
    produce(w, { rate: '20/s', count: 100 });
    w.after(seconds(5));
    split(w, 0);
    w.after(seconds(6));
    group(w, 3, { start: 'trim-horizon', time: '50ms' });
    w.after(seconds(2));
    expect(lease(w, 1)).toMatchObject({ state: 'waiting', parents: [0], leaseOwner: '' });
    expect(figures(w)).toMatchObject({ workersWithoutLease: 2 });
    w.after(seconds(8));
    expect(owners(w)).toEqual(['', 'group-1', 'group-2']);
    expect(figures(w)).toMatchObject({ processed: 100, outOfOrder: 0 });
  });

  test('shares the five reads a second of a shard with all other readers', () => {
    const w = streamsWithApps().stream('s', 1);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      w.call('CreateConsumer', { name, from: 'stream/s', time: '0' }, 'app');
    }
    group(w, 1, { time: '0' });
    produce(w, { rate: '5/s' });
    w.after(seconds(20));
    const refused = w.events('kinesis/ReadThrottled');
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.some(({ by }) => by === 'group-1')).toBe(true);
  });

  test('stops in good order: what is done is noted, and nothing is repeated at the next start', () => {
    const w = streamsWithApps().stream('s', 2);
    group(w, 2, { start: 'trim-horizon', checkpointEvery: '60s', time: '5ms' });
    produce(w, { rate: '40/s', count: 600 });
    w.after(seconds(8));
    w.call('Stop', { name: 'group' }, 'app');
    w.after(seconds(5));
    expect(owners(w)).toEqual(['', '']);
    w.call('Start', { name: 'group' }, 'app');
    w.after(seconds(20));
    expect(figures(w)).toMatchObject({ processed: 600, repeatedEffects: 0, outOfOrder: 0 });
  });

  test('costs little while nothing comes, and its lease counters grow all the same', () => {
    const w = streamsWithApps().stream('s', 2);
    group(w, 2);
    w.after(seconds(3_600));
    expect(lease(w, 0).leaseCounter).toBeGreaterThan(1_080);
    expect(figures(w).requests).toBeGreaterThan(7_190);
  });

  test('refuses what does not fit', () => {
    const w = streamsWithApps().stream('s', 1);
    const refusal = (input: object): string =>
      w.refusal('CreateKclWorkers', { name: 'x', from: 'stream/s', ...input }, 'app').message;
    expect(refusal({ from: 'queue/q' })).toContain('stream/NAME');
    expect(refusal({ failoverTime: '10ms' })).toContain('at least 1s');
    expect(refusal({ checkpointEvery: 'often' })).toContain('record, batch, or a duration');
    w.call('CreateConsumer', { name: 'one', from: 'stream/s' }, 'app');
    expect(w.refusal('Update', { name: 'one', workers: 2 }, 'app').message).toContain('--workers');
  });
});
