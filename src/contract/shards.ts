/** What a Shards pane draws of one stream: plain values, made new each time. */
import type { Bytes } from '../engine/units.ts';
import type { ResourceId } from './view.ts';

/** What one shard takes and gives in a second. */
export interface ShardLimits {
  readonly records: number;
  readonly bytes: Bytes;
  readonly calls: number;
  readonly bytesOut: Bytes;
}

/** Shares of the ring are thousandths, so that they add up to 1,000. */
export interface ShardsView {
  readonly stream: ResourceId;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly status: string;
  /** Of a stream on demand: what it takes a second as a whole, and took in the present one. */
  readonly capacity:
    | { readonly bytes: number; readonly records: number; readonly usedBytes: number }
    | undefined;
  /** In the order of their ranges for open ones, then closed ones, oldest first. */
  readonly shards: readonly ShardLine[];
  /** The open shard that takes over half its limit or refuses, and over twice what the others take; undefined: none does. */
  readonly hot: number | undefined;
}

export interface ShardLine {
  readonly number: number;
  readonly open: boolean;
  readonly start: string;
  readonly end: string;
  /** Of the ring, in thousandths: where it begins, how much it is. */
  readonly from: number;
  readonly share: number;
  readonly parents: readonly number[];
  readonly children: readonly number[];
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly readBytesPerSecond: number;
  readonly refusedPutsPerSecond: number;
  readonly refusedReadsPerSecond: number;
  readonly limits: ShardLimits;
  readonly kept: number;
  readonly readers: readonly ReaderLine[];
}

export interface ReaderLine {
  readonly name: string;
  readonly fanOut: boolean;
  /** Records of the shard that it has not read. */
  readonly records: number;
  readonly behindMs: number;
}
