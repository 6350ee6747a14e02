/** Moments of the Kinesis state: full chunks of records are shared and hashed once, the rest is copied. */
import type { AwsWorldSettings } from '../../contract/world.ts';
import { copyMutable } from '../../engine/checkpoint.ts';
import { Hasher } from '../../engine/digest.ts';
import { createState, type KinesisState } from './model.ts';
import { digestLog, freezeChunks } from './rules/shardLog.ts';

export const checkpoint = (state: KinesisState): unknown => copyMutable(state);

export function restore(image: unknown, settings: AwsWorldSettings): KinesisState {
  const state = { ...createState(settings), ...(copyMutable(image) as KinesisState) };
  for (const { shards } of state.streams.values()) {
    for (const { log } of shards.values()) freezeChunks(log);
  }
  return state;
}

export function digest(state: KinesisState): string {
  const { streams, ...rest } = state;
  const hasher = new Hasher().value(rest);
  for (const { shards, ...stream } of streams.values()) {
    hasher.value(stream);
    for (const { log, ...shard } of shards.values()) {
      hasher.value(shard);
      digestLog(log, hasher);
    }
  }
  return hasher.hex;
}

export const toJSON = (image: unknown): unknown => image;
export const fromJSON = (json: unknown): unknown => json;
