/** Readers of a stream into which nothing comes: cheap, and as if each read had been made. */
import { describe, expect, test } from 'vitest';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { apps } from '../../../src/services/apps/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { ACCOUNT, deliveries, ROLE, toBucket } from '../../support/deliveries.ts';
import { Streams } from '../../support/streams.ts';
import type { Output, World } from '../../support/world.ts';

const HOUR = 3_600;
const streamsWithApps = (): Streams => new Streams({}, [apps, sqs]);
const figures = (w: World, name: string): Output =>
  w.view('app').find(({ id }) => id === `app/${name}`)?.fields;
const reader = (w: World, name: string): void => {
  w.call('CreateConsumer', { name, from: 'stream/s', time: '0' }, 'app');
};

describe('a reader of a quiet stream', () => {
  test('counts a read a second for 25 hours', () => {
    const w = streamsWithApps().stream('s', 1);
    reader(w, 'one');
    reader(w, 'two');
    w.after(seconds(25 * HOUR));
    for (const name of ['one', 'two']) {
      const { emptyReceives, requests, behindMs } = figures(w, name);
      expect(emptyReceives).toBeGreaterThanOrEqual(25 * HOUR - 1);
      expect(emptyReceives).toBeLessThanOrEqual(25 * HOUR + 1);
      expect(requests).toBe(emptyReceives + 2);
      expect(behindMs).toBe(0);
    }
  });

  test('finds a record at the second at which it would have read', () => {
    for (const wait of [3_000, 3_250, 90_750, 59_999]) {
      const w = streamsWithApps().stream('s', 1);
      reader(w, 'one');
      w.afterMs(milliseconds(wait));
      const began = w.events('app/Started')[0]!.at;
      w.put('k');
      w.after(seconds(3));
      const [read] = w.events('kinesis/RecordsRead');
      const [put] = w.events('kinesis/RecordPut');
      expect(read!.at - put!.at).toBeLessThanOrEqual(1_000);
      // ListShards and GetShardIterator are answered first; then once a second.
      expect((read!.at - began) % 1_000).toBeLessThan(50);
      expect(figures(w, 'one')).toMatchObject({ received: 1, processed: 1, behindMs: 0 });
    }
  });

  test('goes over to the children when its shard is split', () => {
    const w = streamsWithApps().stream('s', 1);
    reader(w, 'one');
    w.after(seconds(200));
    w.ask('SplitShard', {
      StreamName: 's',
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: '170141183460469231731687303715884105728',
    });
    w.after(seconds(200));
    w.put('a');
    w.put('user-1');
    w.after(seconds(2));
    expect(figures(w, 'one')).toMatchObject({ received: 2, behindMs: 0 });
  });

  test('stops counting when it is stopped, and finds later what came meanwhile', () => {
    const w = streamsWithApps().stream('s', 1);
    reader(w, 'one');
    w.after(seconds(100));
    w.call('Stop', { name: 'one' }, 'app');
    const { requests } = figures(w, 'one');
    w.put('k');
    w.after(seconds(1_000));
    expect(figures(w, 'one')).toMatchObject({ requests, received: 0 });
    w.call('Start', { name: 'one' }, 'app');
    w.after(seconds(2));
    expect(figures(w, 'one')).toMatchObject({ received: 1 });
  });

  test('takes its part of the five reads a second that all who poll have together', () => {
    const w = streamsWithApps().stream('s', 1);
    for (const name of ['one', 'two', 'three', 'four']) reader(w, name);
    w.after(seconds(120));
    expect(w.events('kinesis/ReadThrottled')).toEqual([]);
    for (const name of ['five', 'six', 'seven']) reader(w, name);
    w.after(seconds(10));
    const refused = w.events('kinesis/ReadThrottled').length;
    expect(refused).toBeGreaterThanOrEqual(15);
    expect(refused).toBeLessThanOrEqual(22);
  });

  test('leaves one read a second to a person while four wait', () => {
    const w = streamsWithApps().stream('s', 1);
    for (const name of ['one', 'two', 'three', 'four']) reader(w, name);
    w.after(seconds(30));
    w.afterMs(milliseconds(900));
    const iterator = w.iterator(0);
    w.read(iterator);
    expect(w.refused('GetRecords', { ShardIterator: iterator }).code).toBe(
      'ProvisionedThroughputExceededException',
    );
  });
});

describe('a delivery stream whose data stream is quiet', () => {
  test('delivers a record that comes after a day, a second after it came', () => {
    const w = deliveries();
    w.call('CreateStream', { StreamName: 's', ShardCount: 2 }, 'kinesis');
    w.after(seconds(5));
    const source = { KinesisStreamARN: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`, RoleARN: ROLE };
    w.call(
      'CreateDeliveryStream',
      {
        DeliveryStreamName: 'clicks',
        DeliveryStreamType: 'KinesisStreamAsSource',
        KinesisStreamSourceConfiguration: source,
        ...toBucket(),
      },
      'firehose',
    );
    w.after(seconds(24 * HOUR));
    const put = (key: string): void => {
      w.call(
        'PutRecord',
        { StreamName: 's', PartitionKey: key, Data: new Uint8Array([97, 98, 99]) },
        'kinesis',
      );
    };
    put('a');
    put('user-1');
    w.after(seconds(2));
    const read = w.events('kinesis/RecordsRead');
    expect(read).toHaveLength(2);
    const [first] = w.events('kinesis/RecordPut');
    for (const { at } of read) expect(at - first!.at).toBeLessThanOrEqual(1_050);
  });
});
