import * as sdk from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import type { AwsWorldSettings } from '../../../src/contract/world.ts';
import { fromPlainJson, toPlainJson } from '../../../src/engine/plainJson.ts';
import type { LoggedEvent } from '../../../src/engine/service.ts';
import { instant, milliseconds, seconds } from '../../../src/engine/units.ts';
import { kinesis } from '../../../src/services/kinesis/index.ts';
import type { KinesisState } from '../../../src/services/kinesis/model.ts';
import { shardsView } from '../../../src/services/kinesis/view.ts';
import { type Streams, streams } from '../../support/streams.ts';

const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
const stateOf = (w: Streams) => w.simulation.stateOf('kinesis') as KinesisState;

/** The explanation of an answer, given at its instant. */
function whyOf(w: Streams, operation: string, input: object) {
  const outcome = w.outcome(operation, input, 'kinesis');
  const caller = { by: 'you', account: '000000000000', profile: 'default', secure: true };
  const request = { service: 'kinesis', operation, input, caller };
  return kinesis.why!(
    {
      state: stateOf(w),
      now: w.now,
      settings: w.settings as AwsWorldSettings,
      lately: (limit: number): readonly LoggedEvent[] => w.simulation.log.tail(limit).toReversed(),
      decide: () => [],
    },
    { type: 'call', request, outcome },
  );
}

const many = (count: number, key: string) =>
  Array.from({ length: count }, () => ({ PartitionKey: key, Data: new Uint8Array(1) }));

describe('the contract of Kinesis', () => {
  const names = Object.values(sdk as Record<string, unknown>)
    .filter((value): value is readonly [number, string, string] => Array.isArray(value) && value[0] === 9)
    .map(([, , name]) => name);
  const operations = [...kinesis.description.operations.values()];

  it('has every operation of the official SDK, or refuses it by name', () => {
    const all = [...operations.map(({ name }) => name), ...(kinesis.description.notModelled ?? [])];
    expect(all.sort()).toEqual([...names].sort());
  });

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s says what it does, and what each member is for',
    (_name, { summary, service, input, members }) => {
      expect(summary).toMatch(/^[A-Z].{10,90}\.$/);
      expect(service).toBe('kinesis');
      expect(Object.keys(members).sort()).toEqual(input.members.map(({ name }) => name).sort());
      for (const { purpose = '' } of Object.values(members)) {
        expect(purpose).toMatch(/^.{5,63}[^.!]$/);
      }
    },
  );
});

describe('enhanced fan-out', () => {
  it('pushes what is put, with a meter of its own, for five minutes', () => {
    const w = streams().stream('s', 1);
    const { ConsumerARN } = w.ask('RegisterStreamConsumer', { StreamARN, ConsumerName: 'c' }).Consumer;
    const subscribe = { ConsumerARN, ShardId: '0', StartingPosition: { Type: 'TRIM_HORIZON' } };
    expect(w.refused('SubscribeToShard', subscribe).code).toBe('ResourceInUseException');
    w.after(seconds(3));
    w.put('k', 'before');
    w.ask('SubscribeToShard', subscribe);
    w.put('k', 'after');
    expect(w.refused('SubscribeToShard', subscribe).code).toBe('ResourceInUseException');
    w.after(seconds(1));
    const read = w.events('kinesis/RecordsRead');
    expect(read.map(({ count, consumer }) => [count, consumer])).toEqual([
      [1, 'c'],
      [1, 'c'],
    ]);
    expect(read[1]!.at - read[0]!.at).toBe(70);
    w.after(seconds(10));
    w.ask('SubscribeToShard', subscribe);
    expect(w.events('kinesis/SubscriptionEnded')).toHaveLength(1);
    w.after(seconds(301));
    expect(w.events('kinesis/SubscriptionEnded')).toHaveLength(2);
  });
});

describe('why of Kinesis', () => {
  it('names the one hot key, and says that a split will not help', () => {
    const w = streams().stream('s', 2).at(10);
    w.ask('PutRecords', { StreamName: 's', Records: many(500, 'hot') });
    w.ask('PutRecords', { StreamName: 's', Records: many(500, 'hot') });
    const input = { StreamName: 's', PartitionKey: 'hot', Data: new Uint8Array(1) };
    const why = whyOf(w, 'PutRecord', input)!;
    expect(why.answer).toMatch(/^The key hot belongs to shard \d, which is full in this second\.$/);
    expect(why.changes).toMatchObject({ by: 'time', at: 11_000 });
    expect(why.remedies.find(({ text }) => text.startsWith('a split'))?.helps).toBe('no');
    w.simulation.runUntil(instant(10_999));
    expect(w.outcome('PutRecord', input, 'kinesis').ok).toBe(false);
    w.simulation.runUntil(instant(11_000));
    expect(w.outcome('PutRecord', input, 'kinesis').ok).toBe(true);
  });

  it('explains an empty answer, a full reader and an old iterator', () => {
    const w = streams().stream('s', 2).at(10);
    w.put('a', 'of shard 0');
    const ShardIterator = w.iterator(1);
    expect(whyOf(w, 'GetRecords', { ShardIterator })?.answer).toContain('never got a record');
    for (let call = 0; call < 4; call++) w.read(ShardIterator);
    const full = whyOf(w, 'GetRecords', { ShardIterator });
    expect(full?.changes).toMatchObject({ by: 'time', at: 11_000 });
    w.after(seconds(301));
    expect(whyOf(w, 'GetRecords', { ShardIterator })?.answer).toContain('five minutes');
  });

  it('explains each failed record of a batch, and limits of resharding', () => {
    const w = streams().stream('s', 2).at(10);
    w.ask('PutRecords', { StreamName: 's', Records: many(500, 'a') });
    w.ask('PutRecords', { StreamName: 's', Records: many(500, 'a') });
    const why = whyOf(w, 'PutRecords', { StreamName: 's', Records: [...many(2, 'a'), ...many(1, 'b')] });
    expect(why?.title).toBe('2 records of your call to s failed');
    const scale = { StreamName: 's', TargetShardCount: 9, ScalingType: 'UNIFORM_SCALING' };
    expect(whyOf(w, 'UpdateShardCount', scale)?.remedies[0]?.text).toContain('first to 4');
  });
});

describe('what others see of a stream', () => {
  it('draws shards with their share of the ring, the hot one, and who is behind', () => {
    const w = streams().stream('s', 2).at(10);
    for (let second = 0; second < 10; second++) {
      w.ask('PutRecords', { StreamName: 's', Records: [...many(499, 'a'), ...many(1, 'b')] });
      w.ask('PutRecords', { StreamName: 's', Records: many(400, 'a') });
      w.after(seconds(1));
    }
    w.read(w.iterator(0), 100);
    const seen = shardsView(stateOf(w), 'stream/s', w.now)!;
    expect(seen.hot).toBe(0);
    expect(seen.shards.map(({ from, share }) => [from, share])).toEqual([
      [0, 500],
      [500, 500],
    ]);
    expect(seen.shards[0]!.readers).toMatchObject([{ name: 'you', records: 8_890, fanOut: false }]);
    const [stream, shard] = w.view('kinesis');
    expect(stream).toMatchObject({ id: 'stream/s', fields: { openShards: 2, put: 9_000 } });
    expect(shard).toMatchObject({ id: 'shard/s/0', offStage: true, fields: { open: true, parents: [] } });
  });

  it('counts metrics of the stream, and of shards when asked', () => {
    const w = streams().stream('s', 1);
    w.ask('EnableEnhancedMonitoring', { StreamName: 's', ShardLevelMetrics: ['ALL'] });
    w.ask('PutRecords', { StreamName: 's', Records: many(7, 'k') });
    w.read(w.iterator(0));
    w.after(seconds(120));
    const series = [...kinesis.metrics!(stateOf(w), w.now, w.settings)];
    const sumOf = (name: string, dimensions: number) =>
      series
        .find((one) => one.name === name && one.dimensions.length === dimensions)!
        .read({ from: instant(0), to: instant(120_000), period: milliseconds(120_000) })[0]?.sum;
    expect(sumOf('IncomingRecords', 1)).toBe(7);
    expect(sumOf('IncomingBytes', 2)).toBe(14);
    expect(sumOf('GetRecords.Records', 1)).toBe(7);
    expect(sumOf('OutgoingRecords', 2)).toBe(7);
  });

  it('is billed by shard-hours and units of 25 KB', () => {
    const w = streams().stream('s', 2);
    w.ask('PutRecord', { StreamName: 's', PartitionKey: 'k', Data: new Uint8Array(30_000) });
    w.after(seconds(3_600));
    const used = new Map(kinesis.usage(stateOf(w), w.now).map(({ item, quantity }) => [item, quantity]));
    // It was ACTIVE after three of five seconds.
    expect(used.get('kinesis/shard-hours')).toBe(2 * (3_600_000 + 2_000));
    expect(used.get('kinesis/put-payload-units')).toBe(2);
    expect(kinesis.work(stateOf(w), w.now)['provisioned.roundedBytes']).toBe(30_720);
  });

  it('comes back from a file with the same digest', () => {
    const w = streams().stream('s', 2);
    for (let count = 0; count < 400; count++) w.put(`k${count}`, 'same');
    const { engine } = kinesis;
    const saved = toPlainJson(engine.toJSON!(engine.checkpoint(stateOf(w))));
    const image = engine.fromJSON!(fromPlainJson(JSON.parse(JSON.stringify(saved))));
    expect(engine.digest(engine.restore(image, w.settings))).toBe(engine.digest(stateOf(w)));
  });
});
