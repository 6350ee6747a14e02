import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../../../src/contract/text.ts';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { streams } from '../../support/streams.ts';

const record = (hash: string) => ({ Data: utf8Bytes('x'), PartitionKey: 'k', ExplicitHashKey: hash });
const MAX = '340282366920938463463374607431768211455';

describe('a stream of Kinesis', () => {
  it('sends a partition key to the shard that holds its MD5', () => {
    const w = streams().stream('two', 2).stream('three', 3).stream('four', 4);
    const shardsOf = (key: string) =>
      ['two', 'three', 'four'].map((name) => Number(w.put(key, 'x', name).ShardId.slice(8)));
    expect(shardsOf('a')).toEqual([0, 0, 0]);
    expect(shardsOf('b')).toEqual([1, 1, 2]);
    expect(shardsOf('e')).toEqual([1, 2, 3]);
    expect(shardsOf('f')).toEqual([1, 1, 2]);
    expect(shardsOf('user-1')).toEqual([1, 2, 3]);
  });

  it('cuts the ring into equal ranges, and takes an explicit hash key for the hash', () => {
    const w = streams().stream('s', 3);
    expect(w.shards().map(({ HashKeyRange: range }) => [range.StartingHashKey, range.EndingHashKey])).toEqual(
      [
        ['0', '113427455640312821154458202477256070484'],
        ['113427455640312821154458202477256070485', '226854911280625642308916404954512140969'],
        ['226854911280625642308916404954512140970', MAX],
      ],
    );
    const hashes = [
      '226854911280625642308916404954512140969',
      '226854911280625642308916404954512140970',
      MAX,
    ];
    const { Records } = w.ask('PutRecords', { StreamName: 's', Records: hashes.map(record) });
    expect(Records.map(({ ShardId }: { ShardId: string }) => Number(ShardId.slice(8)))).toEqual([1, 2, 2]);
    const tooLarge = '340282366920938463463374607431768211456';
    expect(w.refused('PutRecords', { StreamName: 's', Records: [record('1'), record(tooLarge)] })).toEqual({
      code: 'InvalidArgumentException',
      message: `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${tooLarge}`,
    });
    expect(w.view('kinesis')[0]!.fields.put).toBe(3);
  });

  it('splits only where both halves have hash keys of their own', () => {
    const w = streams().stream('s', 3);
    const split = (key: string) => ({ StreamName: 's', ShardToSplit: 'shardId-0', NewStartingHashKey: key });
    for (const key of ['1', '113427455640312821154458202477256070484']) {
      expect(w.refused('SplitShard', split(key)).message).toBe(
        `NewStartingHashKey ${key} used in SplitShard() on shard shardId-000000000000 in stream s under account 000000000000 is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey 113427455640312821154458202477256070484.`,
      );
    }
    w.ask('SplitShard', split('2'));
    expect(w.refused('SplitShard', split('3')).message).toBe(
      'Stream s under account 000000000000 not ACTIVE, instead in state UPDATING',
    );
    w.after(seconds(5));
    const ranges = w
      .shards()
      .map(({ HashKeyRange: range, ParentShardId }) => [
        range.StartingHashKey,
        range.EndingHashKey,
        ParentShardId,
      ]);
    expect(ranges.slice(3)).toEqual([
      ['0', '1', 'shardId-000000000000'],
      ['2', '113427455640312821154458202477256070484', 'shardId-000000000000'],
    ]);
    expect(w.refused('SplitShard', split('3')).message).toContain('has already been merged or split');
  });

  it('merges a lower shard with its upper neighbour, and nothing else', () => {
    const w = streams().stream('s', 3);
    const merge = (one: string, other: string) => ({
      StreamName: 's',
      ShardToMerge: one,
      AdjacentShardToMerge: other,
    });
    for (const [one, other] of [
      ['0', '2'],
      ['1', '0'],
    ] as const) {
      expect(w.refused('MergeShards', merge(one, other)).message).toMatch(
        /^Shards shardId-00000000000\d and shardId-00000000000\d in stream s under account 000000000000 are not an adjacent pair of shards eligible for merging$/,
      );
    }
    w.ask('MergeShards', merge('0', '1'));
    w.after(seconds(5));
    expect(w.shards()[3]).toMatchObject({
      ShardId: 'shardId-000000000003',
      ParentShardId: 'shardId-000000000000',
      AdjacentParentShardId: 'shardId-000000000001',
      HashKeyRange: { StartingHashKey: '0', EndingHashKey: '226854911280625642308916404954512140969' },
    });
  });

  it('names all faults of a call in one sentence', () => {
    const w = streams();
    expect(w.refused('PutRecords', { StreamName: '', Records: [] })).toEqual({
      code: 'ValidationException',
      message:
        "3 validation errors detected: Value '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
    expect(w.refused('GetRecords', { ShardIterator: '', Limit: 0 }).message).toBe(
      "2 validation errors detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '' at 'shardIterator' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    expect(w.refused('GetRecords', { ShardIterator: 'a', Limit: 10_001 }).message).toContain(
      'Member must have value less than or equal to 10000',
    );
  });

  it('reads the shard’s id before it looks for the stream', () => {
    const w = streams();
    const ask = (ShardId: string) =>
      w.refused('GetShardIterator', { StreamName: 's', ShardId, ShardIteratorType: 'LATEST' }).message;
    expect(ask('2147483647')).toBe(
      'Shard shardId-002147483647 in stream s under account 000000000000 does not exist',
    );
    expect(ask('2147483648')).toBe('Could not find shard 2147483648 in stream s under account 000000000000.');
  });

  it('refuses a sequence number of another shard', () => {
    const w = streams().stream('s', 1);
    expect(
      w.refused('GetShardIterator', {
        StreamName: 's',
        ShardId: '0',
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: '5',
      }).message,
    ).toBe(
      'Invalid StartingSequenceNumber. It encodes shardId-000000000005, while it was used in a call to a shard with shardId-000000000000',
    );
  });

  it('takes an iterator for five minutes to the millisecond', () => {
    const w = streams().stream('s', 1);
    expect(w.refused('GetRecords', { ShardIterator: 'aaaa' }).message).toBe('Invalid ShardIterator.');
    const iterator = w.iterator(0);
    w.after(seconds(300));
    w.read(iterator);
    w.afterMs(milliseconds(1));
    const { code, message } = w.refused('GetRecords', { ShardIterator: iterator });
    expect(code).toBe('ExpiredIteratorException');
    expect(message).toBe(
      'Iterator expired. The iterator was created at time Mon Jan 05 09:00:05 UTC 2026 while right now it is Mon Jan 05 09:05:05 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.',
    );
    expect(w.events('kinesis/IteratorExpired')).toMatchObject([{ stream: 's', shard: 0, ageMs: 300_001 }]);
  });

  it('keeps records between a day and a year', () => {
    const w = streams().stream('s', 1);
    const increase = (hours: number) => ({ StreamName: 's', RetentionPeriodHours: hours });
    expect(w.refused('IncreaseStreamRetentionPeriod', increase(23)).message).toBe(
      'Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.',
    );
    w.ask('IncreaseStreamRetentionPeriod', increase(25));
    w.ask('IncreaseStreamRetentionPeriod', increase(25));
    expect(w.refused('IncreaseStreamRetentionPeriod', increase(24)).message).toBe(
      'Requested retention period (24 hours) for stream s can not be shorter than existing retention period (25 hours). Use DecreaseRetentionPeriod API.',
    );
  });

  it('gives five answers a second, and rests five seconds after ten megabytes', () => {
    const w = streams().stream('s', 1);
    const iterator = w.iterator(0);
    for (let call = 0; call < 5; call++) w.read(iterator);
    expect(w.refused('GetRecords', { ShardIterator: iterator })).toEqual({
      code: 'ProvisionedThroughputExceededException',
      message: 'Rate exceeded for Shard - 000000000000/s/shardId-000000000000',
    });
    const body = new Uint8Array(1_048_575);
    for (let count = 0; count < 11; count++) {
      w.after(seconds(1));
      w.ask('PutRecord', { StreamName: 's', PartitionKey: 'k', Data: body });
    }
    w.after(seconds(1));
    expect(w.read(iterator).Records).toHaveLength(10);
    w.afterMs(milliseconds(4_999));
    expect(w.refused('GetRecords', { ShardIterator: iterator }).code).toBe(
      'ProvisionedThroughputExceededException',
    );
    w.afterMs(milliseconds(1));
    w.read(iterator);
  });

  it('scales to double and to half, and not beyond', () => {
    const w = streams().stream('s', 4);
    const to = (target: number) => ({
      StreamName: 's',
      TargetShardCount: target,
      ScalingType: 'UNIFORM_SCALING',
    });
    for (const target of [9, 1])
      expect(w.refused('UpdateShardCount', to(target)).code).toBe('LimitExceededException');
    for (const target of [8, 5, 3, 2, 4]) {
      w.ask('UpdateShardCount', to(target));
      w.after(seconds(5));
      const open = w.ask('ListShards', { StreamName: 's', ShardFilter: { Type: 'AT_LATEST' } }).Shards;
      expect(open).toHaveLength(target);
      const starts = open.map(({ HashKeyRange: range }: { HashKeyRange: { StartingHashKey: string } }) =>
        BigInt(range.StartingHashKey),
      );
      const width = (1n << 128n) / BigInt(target);
      expect(starts.sort((a: bigint, b: bigint) => (a < b ? -1 : 1))).toEqual(
        Array.from({ length: target }, (_, index) => BigInt(index) * width),
      );
    }
    for (let count = 0; count < 5; count++) {
      w.ask('UpdateShardCount', to(4));
      w.after(seconds(5));
    }
    expect(w.refused('UpdateShardCount', to(4)).code).toBe('LimitExceededException');
    w.after(seconds(86_400));
    w.ask('UpdateShardCount', to(4));
  });

  it('lets a record go when its retention period is over, to the millisecond', () => {
    const w = streams().stream('s', 1);
    w.put('k', 'old');
    w.afterMs(milliseconds(86_399_999));
    expect(w.texts(w.iterator(0))).toEqual(['old']);
    w.afterMs(milliseconds(1));
    expect(w.texts(w.iterator(0))).toEqual([]);
    expect(w.events('kinesis/RecordsTrimmed')).toMatchObject([{ stream: 's', shard: 0, count: 1 }]);
    expect(w.view('kinesis')[0]!.fields).toMatchObject({ put: 1, trimmed: 1, oldestAgeMs: 0 });
  });
});
