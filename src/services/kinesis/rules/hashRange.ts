/**
 * Which shard takes a record: the MD5 of its partition key, or its explicit hash key, as a number of 128 bits. Here
 * hash keys are 32 hexadecimal digits, which compare as texts as the numbers do; decimals are made for the surface.
 */
import type { Shard, Stream } from '../model.ts';
import { keyHash } from './keyHash.ts';

const BITS = 128n;
export const HASH_KEYS = 1n << BITS;
const DIGITS = 32;

export const toHash = (value: bigint): string => value.toString(16).padStart(DIGITS, '0');
export const fromHash = (hash: string): bigint => BigInt(`0x${hash}`);
export const decimal = (hash: string): string => fromHash(hash).toString();

export interface Range {
  readonly start: string;
  readonly end: string;
}

/** Equal ranges; the last one takes what is left over. */
export function evenRanges(count: number): Range[] {
  const width = HASH_KEYS / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    start: toHash(BigInt(index) * width),
    end: toHash(index === count - 1 ? HASH_KEYS - 1n : BigInt(index + 1) * width - 1n),
  }));
}

/** Of a stream as it is: its open shards in the order of their ranges, and where keys went before. */
interface Routes {
  readonly topology: number;
  readonly open: readonly Shard[];
  readonly known: Map<string, Shard>;
}

/** Made anew from the stream whenever its shards changed; no part of a world's state. */
const routes = new WeakMap<Stream, Routes>();
const KNOWN_MAX = 50_000;

function routesOf(stream: Stream): Routes {
  const before = routes.get(stream);
  if (before?.topology === stream.topology) return before;
  const open = [...stream.shards.values()]
    .filter(({ closed }) => closed === undefined)
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const made = { topology: stream.topology, open, known: new Map<string, Shard>() };
  routes.set(stream, made);
  return made;
}

/** Open shards in the order of their ranges. */
export const openShards = (stream: Stream): readonly Shard[] => routesOf(stream).open;

/** The open shard that a hash key falls into; the stream has at least one. */
export function shardOfHash(stream: Stream, hash: string): Shard {
  const { open } = routesOf(stream);
  let low = 0;
  let high = open.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (open[middle]!.start <= hash) low = middle;
    else high = middle - 1;
  }
  return open[low]!;
}

export function shardOfKey(stream: Stream, partitionKey: string): Shard {
  const { known } = routesOf(stream);
  const before = known.get(partitionKey);
  if (before !== undefined) return before;
  const shard = shardOfHash(stream, keyHash(partitionKey));
  if (known.size < KNOWN_MAX) known.set(partitionKey, shard);
  return shard;
}
