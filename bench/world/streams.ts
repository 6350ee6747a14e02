/** B20: a stream of a hundred shards at their limits, and a delivery stream that takes as many records. */

import { md5Hex } from '../../src/contract/md5.ts';
import { type Bench, bestOf, ratio } from '../measure.ts';
import { World } from './drive.ts';

const SHARDS = 100;
const RECORDS_PER_SECOND = 100_000;
const BATCH = 500;
const SECONDS = 5;
const CALLS = RECORDS_PER_SECOND / BATCH;

/** A few partition keys for each shard, found by trying. */
function keysByShard(): string[][] {
  const keys: string[][] = Array.from({ length: SHARDS }, () => []);
  let missing = SHARDS * 5;
  for (let number = 0; missing > 0; number++) {
    const key = `device-${number}`;
    // Of 100 equal ranges.
    const shard = Math.floor((Number.parseInt(md5Hex(key).slice(0, 8), 16) / 0x1_0000_0000) * SHARDS);
    if (keys[shard]!.length >= 5) continue;
    keys[shard]!.push(key);
    missing--;
  }
  return keys;
}

const text = new TextEncoder();

/** Every call has five records for each shard, so that each shard gets its thousand a second. */
const batches = (keys: readonly string[][], bytes: number) =>
  Array.from({ length: 20 }, (_, batch) =>
    Array.from({ length: BATCH }, (_unused, index) => ({
      PartitionKey: keys[index % SHARDS]![Math.floor(index / SHARDS)]!,
      Data: text.encode(`${batch}-${index}`.padEnd(bytes, '.')),
    })),
  );

type Batch = ReturnType<typeof batches>[number];

/** Gives the calls of so many seconds; answers how many records were refused. */
function drive(world: World, seconds: number, submit: (call: number) => void): number {
  let refused = 0;
  for (let second = 0; second < seconds; second++) {
    for (let call = 0; call < CALLS; call++) {
      submit(call);
      if (call % 2 === 1) world.pass(10);
    }
    for (const { outcome } of world.timeline.takeAnswers()) {
      if (!outcome.ok) throw new Error(outcome.refusal.message);
      const { FailedRecordCount = 0, FailedPutCount = 0 } = outcome.output as Record<string, number>;
      refused += FailedRecordCount + FailedPutCount;
    }
  }
  return refused;
}

function streamed(all: readonly Batch[]): { world: World; run: (seconds: number) => number } {
  const world = new World();
  world.call('CreateStream', { StreamName: 's', ShardCount: SHARDS }, 'kinesis');
  world.pass(10_000);
  world.pass(1_000 - (world.timeline.position.at % 1_000));
  const run = (seconds: number): number =>
    drive(world, seconds, (call) =>
      world.submit('PutRecords', { StreamName: 's', Records: all[call % all.length]! }, 'kinesis'),
    );
  return { world, run };
}

function delivered(all: readonly Batch[]): { world: World; run: (seconds: number) => number } {
  const world = new World();
  world.call('CreateBucket', { Bucket: 'lake' }, 's3');
  const ExtendedS3DestinationConfiguration = {
    RoleARN: 'arn:aws:iam::000000000000:role/firehose',
    BucketARN: 'arn:aws:s3:::lake',
  };
  world.call(
    'CreateDeliveryStream',
    { DeliveryStreamName: 'd', ExtendedS3DestinationConfiguration },
    'firehose',
  );
  world.pass(30_000);
  world.pass(1_000 - (world.timeline.position.at % 1_000));
  const puts = all.map((batch) => batch.map(({ Data }) => ({ Data })));
  const run = (seconds: number): number =>
    drive(world, seconds, (call) =>
      world.submit(
        'PutRecordBatch',
        { DeliveryStreamName: 'd', Records: puts[call % puts.length]! },
        'firehose',
      ),
    );
  return { world, run };
}

/** Simulated seconds a second. */
function speed(made: { readonly run: (seconds: number) => number }): number {
  let refused = made.run(1);
  const best = bestOf(3, () => {
    refused += made.run(SECONDS);
  });
  if (refused > 0) throw new Error(`${refused} records were refused: the load is above the limits`);
  return (SECONDS * 1_000) / best;
}

export const streamsAtLimits: Bench = {
  name: 'B20',
  title: '100 shards at their limits, and a delivery stream',
  run() {
    const keys = keysByShard();
    const stream = speed(streamed(batches(keys, 100)));
    // us-east-1 takes 5 MiB a second: records of 40 bytes.
    const delivery = speed(delivered(batches(keys, 40)));
    return [
      ratio('PutRecords, 100 shards at 100,000 records/s, against real time', stream, 1),
      ratio('Firehose, 100,000 records/s into S3, against real time', delivery, 1),
    ];
  },
};
