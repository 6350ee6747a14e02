/** From names to buckets and objects. */
import { utf8Length } from '../../../contract/text.ts';
import { accessDenied, keyTooLong, noSuchBucket } from '../errors.ts';
import { KEY_BYTES_MAX } from '../limits.ts';
import type { Bucket, S3State } from '../model.ts';

export function bucketOf(state: S3State, name: string, owner?: string): Bucket {
  const bucket = state.buckets.get(name);
  if (bucket === undefined) throw noSuchBucket();
  if (owner !== undefined && owner !== bucket.account) {
    throw accessDenied(`The bucket belongs to ${bucket.account}, not to ${owner}.`);
  }
  return bucket;
}

export function checkKey(key: string): void {
  if (utf8Length(key) > KEY_BYTES_MAX) throw keyTooLong();
}
