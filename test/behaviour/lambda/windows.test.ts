/** Tumbling windows of a mapping, and batches that are given up into a bucket. */
import { describe, expect, it } from 'vitest';
import { utf8Bytes, utf8Text } from '../../../src/contract/text.ts';
import { type Instant, instant, milliseconds, seconds } from '../../../src/engine/units.ts';
import { lambda } from '../../../src/services/lambda/index.ts';
import { s3 } from '../../../src/services/s3/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { fn } from '../../support/functions.ts';
import { Streams } from '../../support/streams.ts';
import type { Output } from '../../support/world.ts';

const ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
const WINDOW = 30_000;

class Windowed extends Streams {
  readonly uuid: string;
  /** UTC milliseconds at which a window begins, some time after the mapping is enabled. */
  readonly begin: number;

  constructor(handler: string, more: object = {}, environment: Record<string, string> = {}) {
    super({}, [sqs, s3, lambda]);
    this.stream('s', 1);
    fn(this, 'work', handler, { Environment: { Variables: { DURATION_MS: '50', ...environment } } });
    this.call('CreateBucket', { Bucket: 'lost' }, 's3');
    const given = { FunctionName: 'work', EventSourceArn: ARN, StartingPosition: 'TRIM_HORIZON' };
    this.uuid = this.call(
      'CreateEventSourceMapping',
      { ...given, TumblingWindowInSeconds: WINDOW / 1_000, ...more },
      'lambda',
    ).UUID;
    this.after(seconds(6));
    const utc = this.settings.epoch + this.now;
    this.begin = Math.ceil(utc / WINDOW) * WINDOW;
    this.until(0);
  }

  /** Lets time pass up to so many ms after `begin`. */
  until(ms: number): this {
    const target: Instant = instant(this.begin - this.settings.epoch + ms);
    this.afterMs(milliseconds(target - this.now));
    return this;
  }

  closed(): Output[] {
    const at = this.begin - this.settings.epoch;
    return (this.events('lambda/WindowClosed') as Output[]).map((event) => ({
      from: event.startMs - at,
      to: event.endMs - at,
      state: event.early === true ? 'long' : JSON.parse(event.state),
      early: event.early,
      when: event.at - at,
    }));
  }

  batches(): Output[] {
    return this.events('lambda/BatchEnded').map(({ records, failed }) => [records, failed]);
  }

  get shard(): Output {
    const { mappings } = this.view('lambda')[0]!.fields as Output;
    return mappings[0].shards[0];
  }
}

describe('tumbling windows', () => {
  it('hand the state from call to call, and end with a call that has no records', () => {
    const w = new Windowed('count-window');
    w.until(1_000).put('a');
    w.until(5_000).put('a');
    w.put('b');
    w.until(12_000);
    expect(w.shard.window).toMatchObject({ state: '{"a":2,"b":1}' });
    // The window is over when a record of a later one is read.
    w.until(31_000);
    expect(w.closed()).toEqual([]);
    w.put('c');
    w.until(35_000);
    expect(w.closed()).toMatchObject([{ from: 0, to: WINDOW, state: { a: 2, b: 1 }, early: false }]);
    expect(w.batches()).toEqual([
      [1, 0],
      [2, 0],
      [0, 0],
      [1, 0],
    ]);
    expect(w.shard.window).toMatchObject({ state: '{"c":1}' });
  });

  it('put no records of two windows into one call', () => {
    const w = new Windowed('count-window', { MaximumBatchingWindowInSeconds: 10 });
    w.until(28_000).put('a');
    w.until(31_000).put('b');
    w.until(60_000);
    expect(w.batches()).toEqual([
      [1, 0],
      [0, 0],
      [1, 0],
    ]);
  });

  it('end two minutes after their time when no more records come, not before', () => {
    const w = new Windowed('count-window');
    w.until(10_000).put('a');
    w.until(WINDOW + 119_999);
    expect(w.closed()).toEqual([]);
    w.until(WINDOW + 121_000);
    expect(w.closed()).toMatchObject([{ state: { a: 1 }, when: WINDOW + 120_050 }]);
    expect(w.shard.window).toBeUndefined();
  });

  it('end with their shard, and the children begin with a fresh state', () => {
    const w = new Windowed('count-window');
    w.until(1_000).put('a');
    w.until(3_000).ask('SplitShard', {
      StreamName: 's',
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: '170141183460469231731687303715884105728',
    });
    w.until(10_000).put('a');
    w.until(20_000);
    expect(w.closed()).toMatchObject([{ state: { a: 1 } }]);
    w.until(WINDOW + 125_000);
    expect(w.closed()).toMatchObject([{ state: { a: 1 } }, { state: { a: 1 } }]);
  });

  it('take an answer without a state for a failure', () => {
    const w = new Windowed('ok', { MaximumRetryAttempts: 1 });
    w.until(1_000).put('a');
    w.until(10_000);
    expect(w.batches()).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(w.events('lambda/BatchGivenUp')).toMatchObject([{ records: 1 }]);
  });

  it('hold the shard while the last call fails', () => {
    const w = new Windowed('count-window');
    w.until(1_000).put('a');
    w.until(20_000);
    w.call('UpdateFunctionConfiguration', { FunctionName: 'work', Handler: 'fail' }, 'lambda');
    w.until(40_000).put('b');
    w.until(50_000);
    expect(w.closed()).toEqual([]);
    expect(w.shard).toMatchObject({ state: 'blocked', held: 1 });
    w.call('UpdateFunctionConfiguration', { FunctionName: 'work', Handler: 'count-window' }, 'lambda');
    w.until(80_000);
    expect(w.closed()).toMatchObject([{ state: { a: 1 } }]);
    expect(w.shard.window.state).toBe('{"b":1}');
  });

  it('end early when their state is larger than 1 MB, and go on with a fresh one', () => {
    const w = new Windowed('count-window', { BatchSize: 1_000 });
    // Keys of 250 characters: some 4,100 make a state of 1 MB.
    for (let second = 0; second < 9; second++) {
      const Records = Array.from({ length: 500 }, (_, number) => ({
        PartitionKey: `${second}-${number}-`.padEnd(250, 'k'),
        Data: utf8Bytes('x'),
      }));
      w.until(second * 1_000).ask('PutRecords', { StreamName: 's', Records });
    }
    w.until(12_000);
    const [early, ...more] = w.closed();
    expect(more).toEqual([]);
    expect(early).toMatchObject({ from: 0, early: true });
    w.put('a');
    w.until(14_000);
    expect(w.shard.window.state).toBe('{"a":1}');
    w.until(WINDOW + 121_000);
    expect(w.closed()[1]).toMatchObject({ from: 0, state: { a: 1 }, early: false });
  });

  it('are refused where AWS has a bound, or two batches of a shard at once', () => {
    const w = new Windowed('ok');
    const refused = (more: object) =>
      w.refusal('UpdateEventSourceMapping', { UUID: w.uuid, ...more }, 'lambda').message;
    expect(refused({ TumblingWindowInSeconds: 901 })).toContain('less than or equal to 900');
    expect(refused({ ParallelizationFactor: 2 })).toContain('not modelled: TumblingWindowInSeconds with');
  });
});

describe('a bucket that gets what is given up', () => {
  it('is written an object with the facts and the records', () => {
    const more = { TumblingWindowInSeconds: 0, MaximumRetryAttempts: 0, BatchSize: 1 };
    const destination = { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::lost' } } };
    const w = new Windowed('fail', { ...more, ...destination });
    const { SequenceNumber } = w.put('k', 'secret');
    w.until(3_000);
    const [{ Key }] = w.call('ListObjectsV2', { Bucket: 'lost' }, 's3').Contents;
    expect(Key).toMatch(
      new RegExp(
        `^aws/lambda/${w.uuid}/shardId-0{12}/\\d{4}/\\d\\d/\\d\\d/\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}$`,
      ),
    );
    const body = JSON.parse(utf8Text(w.call('GetObject', { Bucket: 'lost', Key }, 's3').Body)!);
    expect(body).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
      KinesisBatchInfo: { startSequenceNumber: SequenceNumber, batchSize: 1 },
      payload: { Records: [{ kinesis: { data: 'c2VjcmV0', partitionKey: 'k' } }] },
    });
    expect(w.events('lambda/DestinationReached')).toMatchObject([{ to: 'arn:aws:s3:::lost' }]);
  });
});
