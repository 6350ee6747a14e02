import { describe, expect, it } from 'vitest';
import { utf8Bytes, utf8Text } from '../../src/contract/text.ts';
import { Random } from '../../src/engine/random.ts';
import { milliseconds, seconds } from '../../src/engine/units.ts';
import { histories, playAll, Steps } from '../support/histories.ts';
import { type Streams, streams } from '../support/streams.ts';
import { NaiveStream } from './naiveStream.ts';

const { count: HISTORIES, seeds, timeout } = histories(30);
const STEPS = 60;

interface Reader {
  readonly shard: number;
  iterator: string | undefined;
  /** As the naive stream counts: the index of the next record. */
  place: number;
  issued: number;
  readonly seen: string[];
  fellBehind: boolean;
}

/** A body of so many bytes that begins with a text. */
function dataOf(text: string, bytes: number): Uint8Array {
  const data = new Uint8Array(bytes);
  data.set(utf8Bytes(text));
  return data;
}
const textOf = (data: Uint8Array): string => utf8Text(data.subarray(0, data.indexOf(46) + 1))!;

class History {
  readonly w: Streams;
  readonly naive: NaiveStream;
  readonly random: Random;
  readonly readers: Reader[] = [];
  puts = 0;
  refusals = 0;

  constructor(seed: number) {
    this.random = Random.of(seed, 'history');
    const count = this.random.integer(1, 4);
    this.w = streams({ seed }).stream('s', count);
    this.naive = new NaiveStream(count);
    this.naive.cuts[0]!.at = 0;
  }

  run(steps: Steps): void {
    for (const _ of steps.of(this.random, STEPS)) {
      const dice = this.random.below(100);
      if (dice < 45) this.putBatch();
      else if (dice < 75) this.read();
      else if (dice < 80) this.split();
      else if (dice < 84) this.merge();
      else if (dice < 87) this.retain();
      else if (dice < 90) this.w.after(seconds(this.random.integer(1, 40) * 3_600));
      else this.w.afterMs(milliseconds(this.random.integer(1, 2_500)));
    }
    this.drain();
  }

  putBatch(): void {
    const large = this.random.chance(1, 4);
    const count = large ? 20 : this.random.chance(1, 8) ? 500 : this.random.integer(1, 20);
    const records = Array.from({ length: count }, () => ({
      at: this.w.now,
      key: `k${this.random.below(12)}`,
      text: `${this.puts++}.`,
      bytes: this.random.integer(8, large ? 400_000 : 20),
    }));
    const answer = this.w.ask('PutRecords', {
      StreamName: 's',
      Records: records.map(({ key, text, bytes }) => ({ PartitionKey: key, Data: dataOf(text, bytes) })),
    });
    const wanted = records.map((record) => {
      const { shard, full } = this.naive.put(record);
      const id = `shardId-${String(shard).padStart(12, '0')}`;
      return full === undefined
        ? id
        : `Rate exceeded for shard ${id} in stream s under account 000000000000.`;
    });
    const failed = wanted.filter((text) => text.startsWith('Rate')).length;
    this.refusals += failed;
    expect(answer.FailedRecordCount).toBe(failed);
    type Entry = { ShardId?: string; ErrorMessage?: string };
    expect(answer.Records.map(({ ShardId, ErrorMessage }: Entry) => ShardId ?? ErrorMessage)).toEqual(wanted);
  }

  read(): void {
    const existing = this.readers[this.random.below(6)];
    const reader = existing ?? this.begin();
    if (reader !== undefined) this.readOnce(reader, [1, 7, 10_000][this.random.below(3)]!);
  }

  begin(): Reader | undefined {
    const shard = this.random.below(this.naive.shards.length);
    const outcome = this.w.outcome(
      'GetShardIterator',
      { StreamName: 's', ShardId: String(shard), ShardIteratorType: 'TRIM_HORIZON' },
      'kinesis',
    );
    if (!outcome.ok) return undefined;
    const { ShardIterator } = outcome.output as { ShardIterator: string };
    const place = this.naive.horizon(shard, this.w.now);
    const reader: Reader = {
      shard,
      iterator: ShardIterator,
      place,
      issued: this.w.now,
      seen: [],
      fellBehind: false,
    };
    this.readers.push(reader);
    return reader;
  }

  readOnce(reader: Reader, limit: number): void {
    if (reader.iterator === undefined) return;
    const now = this.w.now;
    const outcome = this.w.outcome('GetRecords', { ShardIterator: reader.iterator, Limit: limit }, 'kinesis');
    const code = outcome.ok ? undefined : outcome.refusal.code;
    const { closed } = this.naive.shards[reader.shard]!;
    if (closed !== undefined && now - closed >= this.hoursMs()) {
      expect(code).toBe('ResourceNotFoundException');
      reader.iterator = undefined;
      return;
    }
    if (code === 'ResourceNotFoundException') {
      // A shorter period let it go, and a longer one does not bring it back.
      expect(closed).toBeDefined();
      reader.iterator = undefined;
      return;
    }
    if (now - reader.issued > 300_000) {
      expect(code).toBe('ExpiredIteratorException');
      reader.iterator = undefined;
      return;
    }
    const wanted = this.naive.read(reader.shard, reader.place, limit, now);
    if (wanted === undefined) {
      expect(code).toBe('ProvisionedThroughputExceededException');
      return;
    }
    expect(code).toBeUndefined();
    const output = outcome.ok
      ? (outcome.output as {
          Records: { Data: Uint8Array; PartitionKey: string }[];
          NextShardIterator?: string;
        })
      : undefined;
    const texts = output!.Records.map(({ Data }) => textOf(Data));
    expect(texts).toEqual(wanted.map(({ text }) => text));
    const horizon = this.naive.horizon(reader.shard, now);
    if (horizon > reader.place) reader.fellBehind = true;
    reader.place = Math.max(reader.place, horizon) + wanted.length;
    reader.seen.push(...texts);
    const all = this.naive.shards[reader.shard]!.records.length;
    expect(output!.NextShardIterator === undefined).toBe(closed !== undefined && reader.place >= all);
    reader.iterator = output!.NextShardIterator;
    reader.issued = now;
  }

  hoursMs(): number {
    return this.naive.hours * 3_600_000;
  }

  active(): boolean {
    return (
      this.w.ask('DescribeStreamSummary', { StreamName: 's' }).StreamDescriptionSummary.StreamStatus ===
      'ACTIVE'
    );
  }

  open(): number[] {
    return this.naive.shards.flatMap(({ closed }, index) => (closed === undefined ? [index] : []));
  }

  split(): void {
    const open = this.open();
    const shard = open[this.random.below(open.length)]!;
    const { start, end } = this.naive.shards[shard]!;
    const key = start + ((end - start) * BigInt(this.random.integer(1, 9))) / 10n;
    const input = { StreamName: 's', ShardToSplit: String(shard), NewStartingHashKey: key.toString() };
    if (!this.w.outcome('SplitShard', input, 'kinesis').ok) return;
    this.w.after(seconds(2));
    this.naive.split(shard, key, this.w.now);
    expect(this.active()).toBe(true);
  }

  merge(): void {
    const pairs = this.open().flatMap((lower) => {
      const upper = this.open().find(
        (other) => this.naive.shards[other]!.start === this.naive.shards[lower]!.end + 1n,
      );
      return upper === undefined ? [] : [[lower, upper] as const];
    });
    const pair = pairs[this.random.below(Math.max(1, pairs.length))];
    if (pair === undefined) return;
    const [lower, upper] = pair;
    this.w.ask('MergeShards', {
      StreamName: 's',
      ShardToMerge: String(lower),
      AdjacentShardToMerge: String(upper),
    });
    this.w.after(seconds(2));
    this.naive.merge(lower, upper, this.w.now);
  }

  retain(): void {
    const hours = this.random.integer(24, 72);
    const operation = hours >= this.naive.hours ? 'Increase' : 'Decrease';
    this.w.ask(`${operation}StreamRetentionPeriod`, { StreamName: 's', RetentionPeriodHours: hours });
    this.naive.retain(hours, this.w.now);
  }

  /** Every reader goes on to the end: each record in the order of its put, once. */
  drain(): void {
    for (const reader of this.readers) {
      for (let turn = 0; turn < 400 && reader.iterator !== undefined; turn++) {
        const before = reader.place;
        this.w.afterMs(milliseconds(1_000));
        this.readOnce(reader, 10_000);
        const { records } = this.naive.shards[reader.shard]!;
        if (reader.place === before && before >= records.length) break;
      }
      expect(new Set(reader.seen).size).toBe(reader.seen.length);
      const { records } = this.naive.shards[reader.shard]!;
      if (reader.fellBehind || reader.place < records.length) continue;
      expect(reader.seen).toEqual(records.slice(records.length - reader.seen.length).map(({ text }) => text));
    }
  }
}

describe('a stream against a naive one', () => {
  it(
    `agrees on ${HISTORIES} random histories: who takes a record, who is refused, what is read`,
    () => {
      let refusals = 0;
      playAll(seeds, (seed, steps) => {
        const history = new History(seed);
        history.run(steps);
        refusals += history.refusals;
      });
      expect(refusals).toBeGreaterThan(0);
    },
    timeout,
  );

  it('comes to the same digest from a checkpoint, and from a saved one', () => {
    const history = new History(7);
    history.run(new Steps());
    const { simulation } = history.w;
    const before = simulation.digest();
    const image = simulation.checkpoint();
    history.putBatch();
    const after = simulation.digest();
    expect(after).not.toBe(before);
    simulation.restore(image);
    expect(simulation.digest()).toBe(before);
  });
});
