/**
 * The records of one shard, oldest first. Full chunks of columns are frozen, so that checkpoints share them, their
 * hash is kept, and a trim drops them whole; the tail is small and copied. Records are numbered from 1 in the order
 * in which they were put, without gaps: a record's sequence number follows from its number and its instant.
 *
 * A checkpoint copies at most a tail's columns for each shard. Equal bodies that follow each other are one object.
 */
import { utf8Length } from '../../../contract/text.ts';
import { Hasher } from '../../../engine/digest.ts';
import type { Instant } from '../../../engine/units.ts';

/** Columns of as many records as there are keys. */
interface Chunk {
  /** The number of its first record. */
  readonly first: number;
  readonly at: readonly number[];
  readonly keys: readonly string[];
  readonly data: readonly Uint8Array[];
  /** Were they encrypted with a key of KMS? All of a chunk alike. */
  readonly encrypted: boolean;
}

interface Tail extends Chunk {
  readonly at: number[];
  readonly keys: string[];
  readonly data: Uint8Array[];
}

export interface ShardLog {
  /** Frozen, and so is the list. */
  chunks: readonly Chunk[];
  tail: Tail;
  /** The oldest record that is not dropped; what is older is gone for good. */
  first: number;
  /** Bytes of keys and data of all records so far. */
  bytes: number;
}

/** One record, as it is read. */
export interface LoggedRecord {
  readonly number: number;
  readonly at: Instant;
  readonly key: string;
  readonly data: Uint8Array;
  readonly encrypted: boolean;
}

const CHUNK = 128;
/** Bodies up to this length are compared with the one before. */
const SHARED_BYTES_MAX = 2_048;

const newTail = (first: number, encrypted: boolean): Tail => ({
  first,
  at: [],
  keys: [],
  data: [],
  encrypted,
});

export const newLog = (): ShardLog => ({
  chunks: Object.freeze([]),
  tail: newTail(1, false),
  first: 1,
  bytes: 0,
});

/** The number that the next record gets. */
export const nextNumber = ({ tail }: ShardLog): number => tail.first + tail.keys.length;

/** Answers the record's number. `size`: of key and data. */
export function append(
  log: ShardLog,
  record: { readonly at: Instant; readonly key: string; readonly data: Uint8Array; readonly size: number },
  encrypted: boolean,
): number {
  let { tail } = log;
  if (tail.keys.length >= CHUNK || (tail.encrypted !== encrypted && tail.keys.length > 0)) {
    seal(log);
    tail = log.tail;
  }
  if (tail.encrypted !== encrypted) {
    tail = newTail(tail.first, encrypted);
    log.tail = tail;
  }
  tail.at.push(record.at);
  tail.keys.push(record.key);
  tail.data.push(shared(tail.data.at(-1), record.data));
  log.bytes += record.size;
  return tail.first + tail.keys.length - 1;
}

function seal(log: ShardLog): void {
  const { tail, first } = log;
  Object.freeze(tail.at);
  Object.freeze(tail.keys);
  Object.freeze(tail.data);
  const kept =
    log.chunks.length > 0 && endOf(log.chunks[0]!) <= first ? dropped(log.chunks, first) : log.chunks;
  log.chunks = Object.freeze([...kept, Object.freeze(tail)]);
  log.tail = newTail(endOf(tail), tail.encrypted);
}

/** The number after its last. */
const endOf = ({ first, keys }: Chunk): number => first + keys.length;

const dropped = (chunks: readonly Chunk[], first: number): readonly Chunk[] =>
  chunks.filter((chunk) => endOf(chunk) > first);

function shared(before: Uint8Array | undefined, data: Uint8Array): Uint8Array {
  if (before === undefined || before === data) return data;
  if (before.length !== data.length || data.length > SHARED_BYTES_MAX) return data;
  for (let index = 0; index < data.length; index++) if (before[index] !== data[index]) return data;
  return before;
}

/** The chunk that holds a record; undefined: it is gone, or not there yet. */
function chunkOf({ chunks, tail, first }: ShardLog, number: number): Chunk | undefined {
  if (number < first || number >= endOf(tail)) return undefined;
  if (number >= tail.first) return tail;
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(chunks[middle]!) > number) high = middle;
    else low = middle + 1;
  }
  return chunks[low];
}

/** When a record came; undefined: it is gone, or not there yet. */
export function arrivalOf(log: ShardLog, number: number): Instant | undefined {
  const chunk = chunkOf(log, number);
  return chunk === undefined ? undefined : (chunk.at[number - chunk.first] as Instant);
}

/** Up to `records` and `bytes` (of keys and data; the first record always) from a number on. */
export function readFrom(
  log: ShardLog,
  from: number,
  max: { readonly records: number; readonly bytes: number },
): { readonly records: readonly LoggedRecord[]; readonly bytes: number } {
  const records: LoggedRecord[] = [];
  let bytes = 0;
  let number = Math.max(from, log.first);
  for (let chunk = chunkOf(log, number); chunk !== undefined; chunk = chunkOf(log, number)) {
    for (let place = number - chunk.first; place < chunk.keys.length; place++) {
      if (records.length >= max.records) return { records, bytes };
      const key = chunk.keys[place]!;
      const data = chunk.data[place]!;
      const size = utf8Length(key) + data.length;
      if (records.length > 0 && bytes + size > max.bytes) return { records, bytes };
      bytes += size;
      records.push({ number, at: chunk.at[place] as Instant, key, data, encrypted: chunk.encrypted });
      number++;
    }
  }
  return { records, bytes };
}

/** The first record at or after an instant; the next number when there is none. Instants do not go back. */
export function firstAt(log: ShardLog, at: Instant): number {
  let low = log.first;
  let high = nextNumber(log);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (arrivalOf(log, middle)! >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Forgets the records before a number. */
export function dropBefore(log: ShardLog, number: number): void {
  if (number <= log.first) return;
  log.first = number;
  if (log.chunks.length > 0 && endOf(log.chunks[0]!) <= number) {
    log.chunks = Object.freeze(dropped(log.chunks, number));
  }
}

/** Hashes of frozen chunks, which never change. */
const hashes = new WeakMap<Chunk, string>();

function hashOf(chunk: Chunk): string {
  const known = hashes.get(chunk);
  if (known !== undefined) return known;
  const { hex } = new Hasher().value(chunk);
  if (Object.isFrozen(chunk)) hashes.set(chunk, hex);
  return hex;
}

/** A hash of what can be read. */
export const digestLog = (log: ShardLog, hasher: Hasher): void => {
  hasher.number(log.first).number(log.bytes);
  for (const chunk of log.chunks) hasher.text(hashOf(chunk));
  hasher.value(log.tail);
};

/** After a save was read: full chunks never change, and checkpoints share them. */
export function freezeChunks(log: ShardLog): void {
  if (Object.isFrozen(log.chunks)) return;
  for (const chunk of log.chunks) {
    for (const column of [chunk.at, chunk.keys, chunk.data]) Object.freeze(column);
    Object.freeze(chunk);
  }
  Object.freeze(log.chunks);
}
