import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { streams } from '../../support/streams.ts';

const MIB = 1_048_576;
const record = (key: string, bytes = 1) => ({ PartitionKey: key, Data: new Uint8Array(bytes) });
const many = (count: number, key = 'k') => Array.from({ length: count }, () => record(key));

describe('throughput of a shard', () => {
  it('refuses the 1,001st record of a second, in a batch without an error', () => {
    const w = streams().stream('s', 1).at(10);
    w.ask('PutRecords', { StreamName: 's', Records: many(500) });
    const { FailedRecordCount, Records } = w.ask('PutRecords', { StreamName: 's', Records: many(500) });
    expect(FailedRecordCount).toBe(0);
    expect(Records).toHaveLength(500);
    const failed = w.ask('PutRecords', { StreamName: 's', Records: many(2) });
    expect(failed.FailedRecordCount).toBe(2);
    expect(failed.Records[0]).toEqual({
      ErrorCode: 'ProvisionedThroughputExceededException',
      ErrorMessage: 'Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000.',
    });
    expect(w.refused('PutRecord', { StreamName: 's', ...record('k') }).code).toBe(
      'ProvisionedThroughputExceededException',
    );
    w.afterMs(milliseconds(999));
    expect(w.refused('PutRecord', { StreamName: 's', ...record('k') }).code).toContain('Exceeded');
    w.afterMs(milliseconds(1));
    w.ask('PutRecord', { StreamName: 's', ...record('k') });
    expect(w.events('kinesis/RecordThrottled')[0]).toMatchObject({
      stream: 's',
      shard: 0,
      partitionKey: 'k',
      meter: 'records',
      of: 'shard',
    });
  });

  it('counts keys with the data, and leaves other shards alone', () => {
    const w = streams().stream('s', 2).at(10);
    // `a` belongs to shard 0, `b` to shard 1.
    w.ask('PutRecord', { StreamName: 's', ...record('a', MIB - 1) });
    expect(w.refused('PutRecord', { StreamName: 's', ...record('a', 0) }).code).toContain('Exceeded');
    w.ask('PutRecord', { StreamName: 's', ...record('b', MIB - 1) });
  });

  it('fills a tank for large records that refills at 1 MiB a second', () => {
    const w = streams().stream('s', 1, { MaxRecordSizeInKiB: 10_240 });
    const large = record('k', 10 * MIB - 1);
    w.ask('PutRecord', { StreamName: 's', ...large });
    const half = record('k', MIB / 2 - 1);
    expect(w.refused('PutRecord', { StreamName: 's', ...half }).code).toContain('Exceeded');
    w.afterMs(milliseconds(499));
    expect(w.refused('PutRecord', { StreamName: 's', ...half }).code).toContain('Exceeded');
    w.afterMs(milliseconds(1));
    w.ask('PutRecord', { StreamName: 's', ...half });
  });

  it('refuses a record that is larger than its stream takes', () => {
    const w = streams().stream('s', 1);
    expect(w.refused('PutRecord', { StreamName: 's', ...record('k', MIB + 1) })).toEqual({
      code: 'ValidationException',
      message:
        "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1048577 cap=1048577]' at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576",
    });
  });
});

describe('streams on demand', () => {
  it('begin with four shards, and double after a busy quarter of an hour', () => {
    const w = streams().stream('s');
    const summary = () => w.ask('DescribeStreamSummary', { StreamName: 's' }).StreamDescriptionSummary;
    expect(summary()).toMatchObject({ StreamModeDetails: { StreamMode: 'ON_DEMAND' }, OpenShardCount: 4 });
    const spread = Array.from({ length: 400 }, (_, index) => record(`key-${index}`, 8_000));
    w.ask('PutRecords', { StreamName: 's', Records: spread });
    expect(summary().OpenShardCount).toBe(4);
    w.at(900);
    w.put('k');
    expect(summary().OpenShardCount).toBe(8);
    expect(w.events('kinesis/ShardSplit')).toHaveLength(4);
    expect(w.refused('SplitShard', { StreamName: 's', ShardToSplit: '0', NewStartingHashKey: '9' })).toEqual({
      code: 'ValidationException',
      message: 'Request is invalid. Stream s under account 000000000000 is in On-Demand mode.',
    });
  });

  it('throttle what is more than double the peak, and one hot key always', () => {
    const w = streams().stream('s').at(10);
    const { FailedRecordCount } = w.ask('PutRecords', {
      StreamName: 's',
      Records: [record('a', MIB - 1), record('a', 9)],
    });
    expect(FailedRecordCount).toBe(1);
    w.after(seconds(1));
    const spread = Array.from({ length: 500 }, (_, index) => record(`key-${index}`, 8_400));
    w.ask('PutRecords', { StreamName: 's', Records: spread });
    const of = new Set(w.events('kinesis/RecordThrottled').map((event) => event.of));
    expect(of.has('shard')).toBe(true);
  });

  it('change their mode twice in 24 hours, and keep their shards', () => {
    const w = streams().stream('s', 3);
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
    const to = (StreamMode: string) => ({ StreamARN, StreamModeDetails: { StreamMode } });
    for (const mode of ['ON_DEMAND', 'PROVISIONED']) {
      w.ask('UpdateStreamMode', to(mode));
      expect(w.refused('UpdateStreamMode', to(mode)).code).toBe('ResourceInUseException');
      w.after(seconds(5));
    }
    expect(w.ask('DescribeStreamSummary', { StreamARN }).StreamDescriptionSummary.OpenShardCount).toBe(3);
    expect(w.refused('UpdateStreamMode', to('ON_DEMAND')).code).toBe('LimitExceededException');
    w.after(seconds(86_400));
    w.ask('UpdateStreamMode', to('ON_DEMAND'));
  });
});

describe('readers', () => {
  it('begin where their iterator says', () => {
    const w = streams().stream('s', 1);
    const first = w.put('k', 'one');
    w.after(seconds(10));
    const second = w.put('k', 'two');
    w.after(seconds(10));
    w.put('k', 'three');
    const at = (type: string, more: object = {}) => {
      w.after(seconds(1));
      return w.texts(w.iterator(0, type, more));
    };
    const StartingSequenceNumber = second.SequenceNumber;
    expect(at('TRIM_HORIZON')).toEqual(['one', 'two', 'three']);
    expect(at('LATEST')).toEqual([]);
    expect(at('AT_SEQUENCE_NUMBER', { StartingSequenceNumber })).toEqual(['two', 'three']);
    expect(at('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber })).toEqual(['three']);
    expect(at('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: first.SequenceNumber })).toEqual([
      'two',
      'three',
    ]);
    const utc = w.settings.epoch;
    expect(at('AT_TIMESTAMP', { Timestamp: utc + 15_000 })).toEqual(['two', 'three']);
    expect(at('AT_TIMESTAMP', { Timestamp: utc + 15_001 })).toEqual(['three']);
    expect(BigInt(first.SequenceNumber) < BigInt(second.SequenceNumber)).toBe(true);
    expect(first.SequenceNumber).toHaveLength(56);
  });

  it('learn how far they are behind, and of children at the end of a shard', () => {
    const w = streams().stream('s', 1);
    for (const text of ['a', 'b']) w.put('k', text);
    w.after(seconds(20));
    const page = w.read(w.iterator(0), 1);
    expect(page.MillisBehindLatest).toBe(20_000);
    w.ask('SplitShard', { StreamName: 's', ShardToSplit: 'shardId-0', NewStartingHashKey: '100' });
    w.after(seconds(3));
    const last = w.read(page.NextShardIterator);
    expect(last).toMatchObject({ MillisBehindLatest: 0 });
    expect(last.NextShardIterator).toBeUndefined();
    expect(last.ChildShards).toMatchObject([
      { ShardId: 'shardId-000000000001', ParentShards: ['shardId-000000000000'] },
      { ShardId: 'shardId-000000000002', HashKeyRange: { StartingHashKey: '100' } },
    ]);
    const ids = (filter: object) =>
      w
        .ask('ListShards', { StreamName: 's', ShardFilter: filter })
        .Shards.map(({ ShardId }: { ShardId: string }) => Number(ShardId.slice(8)));
    expect(ids({ Type: 'AT_LATEST' })).toEqual([1, 2]);
    expect(ids({ Type: 'AT_TRIM_HORIZON' })).toEqual([0]);
    expect(ids({ Type: 'AFTER_SHARD_ID', ShardId: 'shardId-000000000001' })).toEqual([2]);
    const { Shards, NextToken } = w.ask('ListShards', { StreamName: 's', MaxResults: 2 });
    expect(Shards).toHaveLength(2);
    expect(w.ask('ListShards', { NextToken }).Shards).toHaveLength(1);
    w.after(seconds(301));
    expect(w.refused('ListShards', { NextToken }).code).toBe('ExpiredNextTokenException');
    w.after(seconds(86_400));
    expect(ids({ Type: 'AT_LATEST' })).toEqual([1, 2]);
    expect(w.shards()).toHaveLength(2);
  });

  it('lose what a shorter retention period leaves out, for good', () => {
    const w = streams().stream('s', 1);
    const set = (which: string, hours: number) =>
      w.ask(`${which}StreamRetentionPeriod`, { StreamName: 's', RetentionPeriodHours: hours });
    set('Increase', 48);
    w.put('k', 'old');
    w.after(seconds(30 * 3_600));
    w.put('k', 'new');
    expect(w.texts(w.iterator(0))).toEqual(['old', 'new']);
    set('Decrease', 24);
    set('Increase', 48);
    expect(w.texts(w.iterator(0))).toEqual(['new']);
    expect(w.view('kinesis')[0]!.fields).toMatchObject({ trimmed: 1, put: 2 });
  });
});

describe('encryption of a stream', () => {
  it('needs the key to put and to read, and marks the records', () => {
    const w = streams().stream('s', 1);
    const key = w.call('CreateKey', {}, 'kms').KeyMetadata.KeyId;
    w.put('k', 'plain');
    w.ask('StartStreamEncryption', { StreamName: 's', EncryptionType: 'KMS', KeyId: key });
    w.after(seconds(3));
    expect(w.put('k', 'secret').EncryptionType).toBe('KMS');
    const { Records } = w.read(w.iterator(0));
    expect(Records.map(({ EncryptionType }: { EncryptionType?: string }) => EncryptionType)).toEqual([
      undefined,
      'KMS',
    ]);
    w.call('DisableKey', { KeyId: key }, 'kms');
    expect(w.refused('PutRecord', { StreamName: 's', ...record('k') }).code).toBe('KMSDisabledException');
  });

  it('works with the key that AWS keeps', () => {
    const w = streams().stream('s', 1);
    w.ask('StartStreamEncryption', { StreamName: 's', EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' });
    w.after(seconds(3));
    expect(w.put('k').EncryptionType).toBe('KMS');
  });
});

describe('the rest of the API', () => {
  it('registers consumers, five at once and twenty in all', () => {
    const w = streams().stream('s', 1);
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
    for (let count = 0; count < 5; count++)
      w.ask('RegisterStreamConsumer', { StreamARN, ConsumerName: `c${count}` });
    expect(w.refused('RegisterStreamConsumer', { StreamARN, ConsumerName: 'c5' }).code).toBe(
      'LimitExceededException',
    );
    w.after(seconds(3));
    const { Consumers } = w.ask('ListStreamConsumers', { StreamARN });
    expect(Consumers.map(({ ConsumerStatus }: { ConsumerStatus: string }) => ConsumerStatus)).toEqual(
      Array(5).fill('ACTIVE'),
    );
    expect(w.refused('DeleteStream', { StreamARN }).code).toBe('ResourceInUseException');
    w.ask('DeregisterStreamConsumer', { ConsumerARN: Consumers[0].ConsumerARN });
    w.after(seconds(2));
    expect(w.refused('DescribeStreamConsumer', { StreamARN, ConsumerName: 'c0' }).message).toBe(
      'Consumer c0, account 000000000000 not found.',
    );
    w.ask('DeleteStream', { StreamARN, EnforceConsumerDeletion: true });
    w.after(seconds(5));
    expect(w.refused('DescribeStream', { StreamName: 's' }).message).toBe(
      'Stream s under account 000000000000 not found.',
    );
  });

  it('lets another account put when the stream’s policy says so', () => {
    const w = streams().stream('s', 1);
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
    expect(w.ask('GetResourcePolicy', { ResourceARN: StreamARN }).Policy).toBe('{}');
    const partner = { account: '111111111111', profile: 'partner' };
    w.as(partner);
    expect(w.refused('PutRecord', { StreamARN, ...record('k') }).code).toBe('AccessDeniedException');
    w.as({ account: '000000000000', profile: 'default' });
    w.ask('PutResourcePolicy', {
      ResourceARN: StreamARN,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111111111111' },
            Action: 'kinesis:PutRecord',
            Resource: StreamARN,
          },
        ],
      }),
    });
    w.as(partner).ask('PutRecord', { StreamARN, ...record('k') });
  });

  it('labels streams, tells limits, and refuses what is not modelled by name', () => {
    const w = streams().stream('s', 2, { Tags: { team: 'data' } });
    w.ask('AddTagsToStream', { StreamName: 's', Tags: { stage: 'test' } });
    w.ask('RemoveTagsFromStream', { StreamName: 's', TagKeys: ['team'] });
    expect(w.ask('ListTagsForStream', { StreamName: 's' })).toEqual({
      Tags: [{ Key: 'stage', Value: 'test' }],
      HasMoreTags: false,
    });
    expect(w.refused('AddTagsToStream', { StreamName: 's', Tags: { a: '&' } }).message).toContain(
      'invalid characters',
    );
    expect(w.ask('DescribeLimits')).toMatchObject({ ShardLimit: 20_000, OpenShardCount: 2 });
    expect(w.refused('UpdateStreamWarmThroughput', { WarmThroughputMiBps: 5 }).message).toContain(
      'not modelled',
    );
    const enabled = { MinimumThroughputBillingCommitment: { Status: 'ENABLED' } };
    expect(w.refused('UpdateAccountSettings', enabled).message).toBe('not modelled: On-demand Advantage');
  });

  it('comes back from a saved image with the same digest', () => {
    const w = streams().stream('s', 2);
    for (let count = 0; count < 300; count++) w.put(`k${count}`, 'same');
    const image = w.simulation.checkpoint();
    const before = w.simulation.digest();
    w.put('more');
    w.simulation.restore(image);
    expect(w.simulation.digest()).toBe(before);
  });
});
