/** Checkpoints share the bodies of objects; a digest knows a body by its eTag. */
import type { AwsWorldSettings } from '../../contract/world.ts';
import { copyMutable } from '../../engine/checkpoint.ts';
import { hashJson } from '../../engine/digest.ts';
import { createState, type S3State } from './model.ts';

export const checkpoint = (state: S3State): unknown => copyMutable(state);

export const restore = (image: unknown, settings: AwsWorldSettings): S3State => ({
  ...createState(settings),
  ...copyMutable(image as S3State),
});

export const digest = (state: S3State): string =>
  hashJson({
    ...state,
    buckets: [...state.buckets.values()].map((bucket) => ({
      ...bucket,
      objects: [...bucket.objects.values()].map(({ body, ...facts }) => ({ ...facts, size: body.length })),
    })),
  });

export const toJSON = (image: unknown): unknown => image;
export const fromJSON = (json: unknown): unknown => json;
