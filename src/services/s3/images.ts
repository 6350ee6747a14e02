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

/** What nobody has used is left out: a world of an older version keeps its digest. */
export function digest({ uploads, uploadsMade, ...state }: S3State): string {
  return hashJson({
    ...state,
    buckets: [...state.buckets.values()].map(({ older, ...bucket }) => ({
      ...bucket,
      objects: [...bucket.objects.values()].map(sized),
      ...(older !== undefined && { older: [...older.values()].map((versions) => versions.map(sized)) }),
    })),
    ...(uploadsMade > 0 && {
      uploadsMade,
      uploads: [...uploads.values()].map((upload) => ({
        ...upload,
        parts: [...upload.parts.values()].map(sized),
      })),
    }),
  });
}

function sized<Item extends object>(item: Item): object {
  if (!('body' in item)) return item;
  const { body, ...facts } = item as Item & { readonly body: Uint8Array };
  return { ...facts, size: body.length };
}

export const toJSON = (image: unknown): unknown => image;
export const fromJSON = (json: unknown): unknown => json;
