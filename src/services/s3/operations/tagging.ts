/** Tags of objects and of buckets. */
import {
  DeleteBucketTagging$,
  type DeleteBucketTaggingRequest,
  DeleteObjectTagging$,
  type DeleteObjectTaggingRequest,
  GetBucketTagging$,
  type GetBucketTaggingRequest,
  GetObjectTagging$,
  type GetObjectTaggingRequest,
  PutBucketTagging$,
  type PutBucketTaggingRequest,
  PutObjectTagging$,
  type PutObjectTaggingRequest,
} from '@aws-sdk/client-s3';
import { BUCKET, KEY, OWNER, s3Operation, VERSION_ID } from '../define.ts';
import { noTags } from '../errors.ts';
import type { Bucket, StoredObject, Tags } from '../model.ts';
import { bucketOf } from '../rules/lookup.ts';
import { tell } from '../rules/storing.ts';
import { readTags, shownTags } from '../rules/tags.ts';
import { idOf, setVersions, shownId, versionAsked, versionsOf } from '../rules/versions.ts';

const TAGS = { purpose: 'TagSet=[{Key=a,Value=b}]; those of before are gone' } as const;
const OBJECT = { Bucket: BUCKET, Key: KEY, VersionId: VERSION_ID, ExpectedBucketOwner: OWNER } as const;
type OfObject = keyof typeof OBJECT;

/** The same version, with other tags. */
function retag(bucket: Bucket, stored: StoredObject, tags: Tags | undefined): void {
  const { tags: _before, ...facts } = stored;
  const tagged: StoredObject = Object.freeze({ ...facts, ...(tags !== undefined && { tags }) });
  const all = versionsOf(bucket, stored.key);
  setVersions(
    bucket,
    stored.key,
    all.map((one) => (one === stored ? tagged : one)),
  );
}

const toldOf = (bucket: Bucket, stored: StoredObject) => ({
  key: stored.key,
  eTag: stored.eTag,
  sequence: stored.sequence,
  ...(bucket.versioning !== undefined && { versionId: idOf(stored) }),
});

export const putObjectTagging = s3Operation<PutObjectTaggingRequest, OfObject | 'Tagging'>(
  PutObjectTagging$,
  {
    summary: 'Sets the tags of an object.',
    members: { ...OBJECT, Tagging: TAGS },
    handle(context, { Bucket, Key, VersionId, Tagging, ExpectedBucketOwner }) {
      const bucket = bucketOf(context.state, Bucket!, ExpectedBucketOwner);
      const stored = versionAsked(bucket, Key!, VersionId);
      retag(bucket, stored, readTags(Tagging!.TagSet ?? [], 'object'));
      context.state.putRequests++;
      tell(context, bucket, { ...toldOf(bucket, stored), eventName: 'ObjectTagging:Put' });
      return shownId(bucket, stored);
    },
  },
);

export const getObjectTagging = s3Operation<GetObjectTaggingRequest, OfObject>(GetObjectTagging$, {
  summary: 'Shows the tags of an object.',
  members: OBJECT,
  handle({ state }, { Bucket, Key, VersionId, ExpectedBucketOwner }) {
    const bucket = bucketOf(state, Bucket!, ExpectedBucketOwner);
    const stored = versionAsked(bucket, Key!, VersionId);
    state.getRequests++;
    return { ...shownId(bucket, stored), TagSet: shownTags(stored.tags) };
  },
});

export const deleteObjectTagging = s3Operation<DeleteObjectTaggingRequest, OfObject>(DeleteObjectTagging$, {
  summary: 'Takes all tags of an object away.',
  members: OBJECT,
  handle(context, { Bucket, Key, VersionId, ExpectedBucketOwner }) {
    const bucket = bucketOf(context.state, Bucket!, ExpectedBucketOwner);
    const stored = versionAsked(bucket, Key!, VersionId);
    retag(bucket, stored, undefined);
    tell(context, bucket, { ...toldOf(bucket, stored), eventName: 'ObjectTagging:Delete' });
    return shownId(bucket, stored);
  },
});

export const putBucketTagging = s3Operation<
  PutBucketTaggingRequest,
  'Bucket' | 'Tagging' | 'ExpectedBucketOwner'
>(PutBucketTagging$, {
  summary: 'Sets the tags of a bucket.',
  members: { Bucket: BUCKET, Tagging: TAGS, ExpectedBucketOwner: OWNER },
  handle({ state }, { Bucket, Tagging, ExpectedBucketOwner }) {
    const bucket = bucketOf(state, Bucket!, ExpectedBucketOwner);
    bucket.tags = readTags(Tagging!.TagSet ?? [], 'bucket');
    state.putRequests++;
    return {};
  },
});

export const getBucketTagging = s3Operation<GetBucketTaggingRequest, 'Bucket' | 'ExpectedBucketOwner'>(
  GetBucketTagging$,
  {
    summary: 'Shows the tags of a bucket.',
    members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
    handle({ state }, { Bucket, ExpectedBucketOwner }) {
      const { tags } = bucketOf(state, Bucket!, ExpectedBucketOwner);
      if (tags === undefined) throw noTags();
      state.getRequests++;
      return { TagSet: shownTags(tags) };
    },
  },
);

export const deleteBucketTagging = s3Operation<DeleteBucketTaggingRequest, 'Bucket' | 'ExpectedBucketOwner'>(
  DeleteBucketTagging$,
  {
    summary: 'Takes all tags of a bucket away.',
    members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
    handle({ state }, { Bucket, ExpectedBucketOwner }) {
      delete bucketOf(state, Bucket!, ExpectedBucketOwner).tags;
      return {};
    },
  },
);
