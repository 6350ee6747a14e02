/** Mappings of streams: what the function gets, in which order, and what becomes of batches that fail. */
import { describe, expect, it } from 'vitest';
import { utf8Text } from '../../../src/contract/text.ts';
import { fromBase64 } from '../../../src/engine/plainJson.ts';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import { lambda } from '../../../src/services/lambda/index.ts';
import { sns } from '../../../src/services/sns/index.ts';
import { sqs } from '../../../src/services/sqs/index.ts';
import { fn, queueArn } from '../../support/functions.ts';
import { Streams } from '../../support/streams.ts';
import type { Output } from '../../support/world.ts';

const ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
const variables = (Variables: Readonly<Record<string, string>>) => ({ Environment: { Variables } });

class Mapped extends Streams {
  readonly uuid: string;

  /** A stream with so many shards, a function of this behaviour, and a mapping between them that is enabled. */
  constructor(handler: string, more: object = {}, shards = 1, environment: Record<string, string> = {}) {
    super({}, [sqs, sns, lambda]);
    this.stream('s', shards);
    fn(this, 'work', handler, variables({ DURATION_MS: '100', ...environment }));
    this.uuid = this.map(more).UUID;
    this.after(seconds(6));
  }

  map(more: object = {}): Output {
    const input = { FunctionName: 'work', EventSourceArn: ARN, StartingPosition: 'TRIM_HORIZON', ...more };
    return this.call('CreateEventSourceMapping', input, 'lambda');
  }

  update(more: object): Output {
    return this.call('UpdateEventSourceMapping', { UUID: this.uuid, ...more }, 'lambda');
  }

  get mapping(): Output {
    return this.view('lambda')[0]!.fields.mappings as Output;
  }

  batches(): Output[] {
    return this.events('lambda/BatchEnded').map(({ records, failed }) => [records, failed]);
  }

  told(queue: string): Output[] {
    return this.receive(`https://sqs.us-east-1.amazonaws.com/000000000000/${queue}`).map(({ Body }) =>
      JSON.parse(Body),
    );
  }
}

/** Texts that the function had, in order, by what `charge` remembers. */
const charged = (w: Mapped): string[] => [
  ...(w.simulation.stateOf('lambda') as { functions: Map<string, { effects: Set<string> }> }).functions.get(
    '000000000000/work',
  )!.effects,
];

describe('an event source mapping of a stream', () => {
  it('hands records to the function in the order of their shard', () => {
    const w = new Mapped('charge', { BatchSize: 4 });
    for (let number = 0; number < 10; number++) w.put('k', `r${number}`);
    w.after(seconds(5));
    expect(charged(w)).toEqual(Array.from({ length: 10 }, (_, number) => `r${number}`));
    expect(w.batches()).toEqual([
      [4, 0],
      [4, 0],
      [2, 0],
    ]);
  });

  it('answers as AWS does, with the settings that streams alone have', () => {
    const w = new Mapped('ok');
    expect(w.call('GetEventSourceMapping', { UUID: w.uuid }, 'lambda')).toMatchObject({
      BatchSize: 100,
      BisectBatchOnFunctionError: false,
      DestinationConfig: { OnFailure: {} },
      LastProcessingResult: 'No records processed',
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: -1,
      ParallelizationFactor: 1,
      StartingPosition: 'TRIM_HORIZON',
      State: 'Enabled',
      StateTransitionReason: 'User action',
      TumblingWindowInSeconds: 0,
    });
    w.put('k');
    w.after(seconds(3));
    expect(w.call('GetEventSourceMapping', { UUID: w.uuid }, 'lambda').LastProcessingResult).toBe('OK');
  });

  it('begins at the newest record, the oldest, or an instant', () => {
    for (const [more, expected] of [
      [{ StartingPosition: 'LATEST' }, ['new']],
      [{ StartingPosition: 'TRIM_HORIZON' }, ['old', 'middle', 'new']],
      [{ StartingPosition: 'AT_TIMESTAMP' }, ['middle', 'new']],
    ] as const) {
      const w = new Mapped('charge');
      w.call('DeleteEventSourceMapping', { UUID: w.uuid }, 'lambda');
      w.after(seconds(6));
      w.put('k', 'old');
      w.after(seconds(10));
      const StartingPositionTimestamp = w.settings.epoch + w.now;
      w.put('k', 'middle');
      w.map({ ...more, ...(more.StartingPosition === 'AT_TIMESTAMP' && { StartingPositionTimestamp }) });
      w.after(seconds(8));
      w.put('k', 'new');
      w.after(seconds(3));
      expect(charged(w)).toEqual(expected);
    }
  });

  it('refuses what it does not take, by name', () => {
    const w = new Mapped('ok');
    const refused = (more: object) =>
      w.refusal(
        'CreateEventSourceMapping',
        { FunctionName: 'work', EventSourceArn: ARN, StartingPosition: 'LATEST', ...more },
        'lambda',
      ).message;
    expect(refused({ EventSourceArn: `${ARN}/consumer/c:1` })).toContain('not modelled: a consumer');
    expect(refused({ EventSourceArn: ARN.replace('/s', '/none') })).toBe(
      `Stream not found: ${ARN.replace('/s', '/none')}`,
    );
    expect(refused({ StartingPosition: undefined })).toContain('startingPosition');
    expect(refused({ ParallelizationFactor: 11 })).toContain('less than or equal to 10');
    expect(refused({ MaximumRecordAgeInSeconds: 59 })).toContain('greater than or equal to 60');
    const fifo = { Destination: queueArn('q.fifo') };
    expect(refused({ DestinationConfig: { OnFailure: fifo } })).toContain('destination config');
    expect(refused({})).toContain('An event source mapping with Kinesis arn (" ');
  });

  it('tries a batch again, then gives it up and tells the destination, without the data (T5)', () => {
    const w = new Mapped('fail', { BatchSize: 1, MaximumRetryAttempts: 1 });
    w.queue('lost');
    w.update({ DestinationConfig: { OnFailure: { Destination: queueArn('lost') } } });
    w.after(seconds(6));
    const { SequenceNumber } = w.put('k', 'secret');
    w.after(seconds(5));
    expect(w.batches()).toEqual([
      [1, 1],
      [1, 1],
    ]);
    const [told] = w.told('lost');
    expect(told).toMatchObject({
      version: '1.0',
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      KinesisBatchInfo: {
        shardId: 'shardId-000000000000',
        startSequenceNumber: SequenceNumber,
        endSequenceNumber: SequenceNumber,
        batchSize: 1,
        streamArn: ARN,
      },
    });
    expect(JSON.stringify(told)).not.toContain('c2VjcmV0');
    expect(w.events('lambda/BatchGivenUp')).toMatchObject([{ records: 1, attempts: 2 }]);
  });

  it('goes on where the answer says that it failed (T6)', () => {
    const more = {
      BatchSize: 3,
      MaximumBatchingWindowInSeconds: 2,
      MaximumRetryAttempts: 3,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    };
    const w = new Mapped('report-failures', more);
    w.queue('lost');
    w.update({ DestinationConfig: { OnFailure: { Destination: queueArn('lost') } } });
    w.after(seconds(6));
    const puts = ['a', 'b', 'c', 'd', 'e', 'fail'].map((text) => w.put('k', text));
    w.after(seconds(20));
    expect(w.batches()).toEqual([
      [3, 0],
      [3, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    const last = puts.at(-1)!.SequenceNumber;
    expect(w.told('lost')).toMatchObject([
      {
        requestContext: { approximateInvokeCount: 4 },
        responseContext: { functionError: null },
        KinesisBatchInfo: { startSequenceNumber: last, endSequenceNumber: last, batchSize: 1 },
      },
    ]);
  });

  it('halves a batch that fails until the bad record is alone', () => {
    const more = { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, BatchSize: 8 };
    const w = new Mapped('fail-on-word', { ...more, MaximumBatchingWindowInSeconds: 2 });
    for (const text of ['a', 'b', 'c', 'd', 'e', 'fail', 'g', 'h']) w.put('k', text);
    w.after(seconds(20));
    // 8 fail; the first 4 succeed; of the others 2 fail, 1 succeeds, 1 fails and is given up; 2 succeed.
    expect(w.batches()).toEqual([
      [8, 8],
      [4, 0],
      [4, 4],
      [2, 2],
      [1, 0],
      [1, 1],
      [2, 0],
    ]);
    expect(w.events('lambda/BatchGivenUp')).toMatchObject([{ records: 1, reason: 'RetryAttemptsExhausted' }]);
  });

  it('blocks a shard whose batch fails, and no other', () => {
    const w = new Mapped('fail-on-word', { BatchSize: 1 }, 2);
    w.put('a', 'fail');
    w.put('a', 'after it');
    w.put('b', 'other shard');
    w.after(seconds(10));
    const done = w.batches().filter(([, failed]) => failed === 0);
    expect(done).toHaveLength(1);
    const [blocked, free] = w.mapping[0].shards;
    expect(blocked).toMatchObject({ state: 'blocked', held: 2 });
    expect(free).toMatchObject({ state: 'reading', held: 0 });
    w.call(
      'UpdateFunctionConfiguration',
      { FunctionName: 'work', ...variables({ WORD: 'nothing' }) },
      'lambda',
    );
    w.after(seconds(70));
    expect(w.batches().filter(([, failed]) => failed === 0)).toHaveLength(3);
  });

  it('gives up records that are too old, and tells without a response', () => {
    const w = new Mapped('fail', { MaximumRecordAgeInSeconds: 60 });
    w.queue('lost');
    w.update({ DestinationConfig: { OnFailure: { Destination: queueArn('lost') } } });
    w.after(seconds(6));
    w.put('k');
    w.after(seconds(200));
    const [told] = w.told('lost');
    expect(told.requestContext).toMatchObject({ condition: 'RecordAgeExceeded', approximateInvokeCount: 8 });
    expect(told.responseContext).toBeUndefined();
    expect(w.mapping[0]).toMatchObject({ givenUp: 1 });
  });

  it('keeps the order of each key when several batches of a shard run at once', () => {
    const w = new Mapped('charge', { ParallelizationFactor: 4, BatchSize: 2 });
    for (let number = 0; number < 40; number++) w.put(`k${number % 5}`, `k${number % 5}-${number}`);
    w.after(seconds(10));
    const texts = charged(w);
    expect(texts).toHaveLength(40);
    for (let key = 0; key < 5; key++) {
      const numbers = texts
        .filter((text) => text.startsWith(`k${key}-`))
        .map((text) => Number(text.slice(3)));
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    }
    expect(texts).not.toEqual([...texts].sort((one, other) => Number(one.slice(3)) - Number(other.slice(3))));
  });

  it('reads a parent to its end before its children', () => {
    const w = new Mapped('charge');
    w.call('UpdateEventSourceMapping', { UUID: w.uuid, Enabled: false }, 'lambda');
    w.after(seconds(6));
    for (let number = 0; number < 5; number++) w.put('a', `parent ${number}`);
    const half = '170141183460469231731687303715884105728';
    w.ask('SplitShard', { StreamName: 's', ShardToSplit: 'shardId-000000000000', NewStartingHashKey: half });
    w.after(seconds(10));
    for (let number = 0; number < 5; number++) w.put('a', `child ${number}`);
    w.update({ Enabled: true });
    w.after(seconds(12));
    expect(charged(w)).toEqual([
      ...Array.from({ length: 5 }, (_, number) => `parent ${number}`),
      ...Array.from({ length: 5 }, (_, number) => `child ${number}`),
    ]);
  });

  it('passes over what no filter lets through', () => {
    const w = new Mapped('charge', {
      FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["sale"]}}' }] },
    });
    w.put('k', '{"kind":"sale","n":1}');
    w.put('k', '{"kind":"view"}');
    w.put('k', 'no json');
    w.after(seconds(3));
    expect(charged(w)).toEqual(['{"kind":"sale","n":1}']);
    expect(w.events('lambda/MessagesFiltered')).toMatchObject([{ count: 2 }]);
  });

  it('goes on after a pause where it stopped, without a gap or a repeat', () => {
    const w = new Mapped('charge', { StartingPosition: 'LATEST' });
    w.put('k', 'one');
    w.after(seconds(3));
    w.update({ Enabled: false });
    w.after(seconds(6));
    w.put('k', 'two');
    w.after(seconds(600));
    w.update({ Enabled: true });
    w.after(seconds(10));
    w.put('k', 'three');
    w.after(seconds(3));
    expect(charged(w)).toEqual(['one', 'two', 'three']);
  });

  it('does nothing at all while nothing comes, and misses nothing after a week', () => {
    const w = new Mapped('charge', {}, 4);
    w.after(seconds(5));
    const before = w.simulation.log.count;
    const began = w.view('kinesis')[0]!.fields;
    w.after(seconds(7 * 86_400));
    expect(w.simulation.log.count - before).toBe(0);
    expect(w.view('kinesis')[0]!.fields.read).toBe(began.read);
    w.put('k', 'late');
    w.after(seconds(2));
    expect(charged(w)).toEqual(['late']);
  });

  it('tells how old the newest record of a batch is', () => {
    const w = new Mapped('ok', { MaximumBatchingWindowInSeconds: 30 });
    w.put('k');
    w.after(seconds(120));
    const series = [...lambda.metrics!(w.simulation.stateOf('lambda'), w.now, w.settings)];
    expect(series.map(({ name }) => name)).toContain('IteratorAge');
    expect(w.events('lambda/BatchEnded')[0]!.at).toBeGreaterThan(30_000);
  });

  it('waits for a function that has no room, and loses nothing', () => {
    const w = new Mapped('charge');
    w.call('PutFunctionConcurrency', { FunctionName: 'work', ReservedConcurrentExecutions: 0 }, 'lambda');
    w.put('k', 'patient');
    w.after(seconds(20));
    expect(charged(w)).toEqual([]);
    w.call('DeleteFunctionConcurrency', { FunctionName: 'work' }, 'lambda');
    w.after(seconds(40));
    expect(charged(w)).toEqual(['patient']);
  });
});

describe('what a function gets of a record', () => {
  it('is the record in base64, with its shard and its stream', () => {
    const w = new Mapped('echo', { MaximumRetryAttempts: 0 });
    const { SequenceNumber } = w.put('key', 'hello');
    const { executions } = w.simulation.stateOf('lambda') as { executions: Map<number, Output> };
    for (let wait = 0; executions.size === 0 && wait < 200; wait++) w.afterMs(milliseconds(10));
    const [execution] = [...executions.values()];
    const [record] = JSON.parse(execution.ending.payload).Records;
    expect(record).toMatchObject({
      eventID: `shardId-000000000000:${SequenceNumber}`,
      eventName: 'aws:kinesis:record',
      eventSource: 'aws:kinesis',
      eventSourceARN: ARN,
      kinesis: { kinesisSchemaVersion: '1.0', partitionKey: 'key', sequenceNumber: SequenceNumber },
    });
    expect(utf8Text(fromBase64(record.kinesis.data))).toBe('hello');
  });
});
