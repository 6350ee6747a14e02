/** One stream, in the plainest way: lists of records, sums over lists. The rules of the sheet and nothing clever. */
import { md5Hex } from '../../src/contract/md5.ts';

export interface NaiveRecord {
  readonly at: number;
  readonly key: string;
  readonly text: string;
  /** Of its data. */
  readonly bytes: number;
}

interface NaiveShard {
  readonly start: bigint;
  readonly end: bigint;
  closed: number | undefined;
  /** Every record ever put, the trimmed ones too. */
  readonly records: NaiveRecord[];
  readonly calls: { readonly at: number; readonly bytes: number }[];
}

const ALL = 1n << 128n;
const DAY = 86_400_000;
const MIB = 1_048_576;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const second = (at: number): number => Math.floor(at / 1_000);
const sizeOf = ({ key, bytes }: NaiveRecord): number => key.length + bytes;

export class NaiveStream {
  readonly shards: NaiveShard[] = [];
  /** The hours that were asked for, and when: what a shorter period took away stays away. */
  readonly cuts: { hours: number; at: number }[] = [{ hours: 24, at: 0 }];

  constructor(count: number) {
    const width = ALL / BigInt(count);
    for (let index = 0; index < count; index++) {
      this.#add(BigInt(index) * width, index === count - 1 ? ALL - 1n : BigInt(index + 1) * width - 1n);
    }
  }

  #add(start: bigint, end: bigint): void {
    this.shards.push({ start, end, closed: undefined, records: [], calls: [] });
  }

  shardOf(key: string): number {
    const hash = BigInt(`0x${md5Hex(key)}`);
    return this.shards.findIndex(
      ({ start, end, closed }) => closed === undefined && start <= hash && hash <= end,
    );
  }

  /** The shard that took it, or why not. */
  put(record: NaiveRecord): { shard: number; full?: 'records' | 'bytes' } {
    const shard = this.shardOf(record.key);
    const { records } = this.shards[shard]!;
    // No more than a thousand can be of this second.
    const now = records.slice(-1_001).filter(({ at }) => second(at) === second(record.at));
    if (now.length + 1 > 1_000) return { shard, full: 'records' };
    if (sum(now.map(sizeOf)) + sizeOf(record) > MIB) return { shard, full: 'bytes' };
    records.push(record);
    return { shard };
  }

  /** Is a record gone? Under each period that held since it came, it must have been young enough. */
  #isGone({ at }: NaiveRecord, now: number): boolean {
    return this.cuts.some(({ hours, at: from }, index) => {
      const until = this.cuts[index + 1]?.at ?? now;
      return until >= from && Math.max(until, at) - at >= hours * (DAY / 24) && until >= at;
    });
  }

  /** Where reading begins when it would begin before the horizon. */
  horizon(shard: number, now: number): number {
    const { records } = this.shards[shard]!;
    const index = records.findIndex((record) => !this.#isGone(record, now));
    return index < 0 ? records.length : index;
  }

  /** From a place on; undefined: too much was read in this second, or an answer before was too large. */
  read(shard: number, from: number, limit: number, now: number): NaiveRecord[] | undefined {
    const { records, calls } = this.shards[shard]!;
    const here = calls.filter(({ at }) => second(at) === second(now));
    if (here.length >= 5 || sum(here.map(({ bytes }) => bytes)) >= 2 * MIB) return undefined;
    const blocked = calls.some(({ at }, index) => {
      const upTo = calls.filter((call, other) => other <= index && second(call.at) === second(at));
      const bytes = sum(upTo.map((call) => call.bytes));
      return bytes > 2 * MIB && now < at + Math.ceil((bytes * 1_000) / (2 * MIB));
    });
    if (blocked) return undefined;
    const taken: NaiveRecord[] = [];
    for (const record of records.slice(Math.max(from, this.horizon(shard, now)))) {
      if (taken.length >= limit) break;
      if (taken.length > 0 && sum(taken.map(sizeOf)) + sizeOf(record) > 10 * MIB) break;
      taken.push(record);
    }
    calls.push({ at: now, bytes: sum(taken.map(sizeOf)) });
    return taken;
  }

  split(shard: number, at: bigint, now: number): void {
    const { start, end } = this.shards[shard]!;
    this.shards[shard]!.closed = now;
    this.#add(start, at - 1n);
    this.#add(at, end);
  }

  merge(lower: number, upper: number, now: number): void {
    const { start } = this.shards[lower]!;
    const { end } = this.shards[upper]!;
    this.shards[lower]!.closed = now;
    this.shards[upper]!.closed = now;
    this.#add(start, end);
  }

  retain(hours: number, now: number): void {
    this.cuts.push({ hours, at: now });
  }

  get hours(): number {
    return this.cuts.at(-1)!.hours;
  }
}
