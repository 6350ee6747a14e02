/** In a checkpoint the ids that a consumer has learnt of late lie packed: eight bytes each, in their order. */
import type { AwsWorldSettings } from '../../contract/world.ts';
import { copyMutable } from '../../engine/checkpoint.ts';
import { hashJson } from '../../engine/digest.ts';
import { type AppsState, createState } from './model.ts';

/** A memory in a state or, packed, in an image. */
interface AnyMemory {
  newest: ReadonlySet<number> | Float64Array;
}

function* memoriesIn({ apps, clients }: AppsState): Generator<AnyMemory> {
  for (const app of apps.values()) if (app.kind === 'consumer') yield app.memory;
  for (const client of clients.values()) yield client.memory;
}

export function checkpoint(state: AppsState): unknown {
  const image = copyMutable(state);
  for (const memory of memoriesIn(image)) memory.newest = Float64Array.from(memory.newest);
  return image;
}

/** An image that comes from a file has Sets. */
function unpacked(image: unknown): AppsState {
  const state = copyMutable(image as AppsState);
  // An image may be older than a kind of app.
  for (const memory of memoriesIn({ ...createState(), ...state })) memory.newest = new Set(memory.newest);
  return state;
}

export const restore = (image: unknown, _settings: AwsWorldSettings): AppsState => ({
  ...createState(),
  ...unpacked(image),
});

export const digest = (state: AppsState): string => hashJson(state);
export const toJSON = (image: unknown): unknown => unpacked(image);
export const fromJSON = (json: unknown): unknown => json;
