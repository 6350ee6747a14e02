/** Objects: written, read, copied. */
import {
  CopyObject$,
  type CopyObjectRequest,
  GetObject$,
  type GetObjectRequest,
  HeadObject$,
  type HeadObjectRequest,
  PutObject$,
  type PutObjectRequest,
} from '@aws-sdk/client-s3';
import { ServiceError } from '../../../contract/errors.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import {
  ACL,
  BUCKET,
  CONTENT_TYPE,
  KEY,
  METADATA,
  OWNER,
  SOURCE_CONDITIONS,
  s3Operation,
  TAGGING,
  VERSION_ID,
} from '../define.ts';
import { headNotFound, otherClass } from '../errors.ts';
import { emit } from '../events.ts';
import { countBucket } from '../metrics.ts';
import type { Bucket, S3State, StoredObject } from '../model.ts';
import { checkAcl } from '../rules/accessLists.ts';
import { bytesOf, checkDigest, quoted } from '../rules/bodies.ts';
import { checkConditions, checkSource, checkWriting, partOf } from '../rules/conditions.ts';
import { readCopySource } from '../rules/copySource.ts';
import { bucketOf, checkKey } from '../rules/lookup.ts';
import { checkRoom, DEFAULT_TYPE, write } from '../rules/storing.ts';
import { readTagging } from '../rules/tags.ts';
import { idOf, shownId, versionAsked } from '../rules/versions.ts';

const CONDITIONS = {
  IfMatch: { purpose: 'only if its ETag is this' },
  IfNoneMatch: { purpose: 'only if its ETag is not this' },
  IfModifiedSince: { purpose: 'only if it was written after this' },
  IfUnmodifiedSince: { purpose: 'only if it was not written after this' },
} as const;
type Conditional = 'IfMatch' | 'IfNoneMatch' | 'IfModifiedSince' | 'IfUnmodifiedSince';

export const putObject = s3Operation<
  PutObjectRequest,
  | 'Bucket'
  | 'Key'
  | 'Body'
  | 'ContentType'
  | 'ContentLength'
  | 'ContentMD5'
  | 'Metadata'
  | 'StorageClass'
  | 'Tagging'
  | 'ACL'
  | 'IfMatch'
  | 'IfNoneMatch'
  | 'ExpectedBucketOwner'
>(PutObject$, {
  summary: 'Writes an object; one of the same key is replaced.',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    Body: { purpose: 'what is in it' },
    ContentType: CONTENT_TYPE,
    ContentLength: { purpose: 'its size; counted here' },
    ContentMD5: { purpose: 'its MD5 in base64, to be checked' },
    Metadata: METADATA,
    StorageClass: { purpose: 'objects here are all of one class', values: ['STANDARD'] },
    Tagging: TAGGING,
    ACL,
    IfMatch: { purpose: 'only over the object of this ETag' },
    IfNoneMatch: { purpose: '*: only if there is no object of this key' },
    ExpectedBucketOwner: OWNER,
  },
  handle(context, input) {
    const { state } = context;
    const { Bucket, Key, Body, ContentType = DEFAULT_TYPE, ContentMD5, Metadata = {} } = input;
    checkKey(Key!);
    const bucket = bucketOf(state, Bucket!, input.ExpectedBucketOwner);
    if ((input.StorageClass ?? 'STANDARD') !== 'STANDARD') throw otherClass();
    checkWriting(bucket.objects.get(Key!), input);
    const body = bytesOf(Body);
    checkDigest(body, ContentMD5);
    checkAcl(input.ACL);
    const tags = readTagging(input.Tagging);
    const written = { key: Key!, body, contentType: ContentType, metadata: Metadata, tags };
    checkRoom(state, bucket, written);
    const stored = write(context, bucket, written, 'ObjectCreated:Put');
    return { ETag: quoted(stored.eTag), ServerSideEncryption: 'AES256', ...shownId(bucket, stored) };
  },
});

/** What both GET and HEAD answer. */
const headers = ({ epoch }: S3State, bucket: Bucket, stored: StoredObject): object => ({
  AcceptRanges: 'bytes',
  LastModified: epoch + stored.modified,
  ContentLength: stored.body.length,
  ETag: quoted(stored.eTag),
  ContentType: stored.contentType,
  ServerSideEncryption: 'AES256',
  Metadata: { ...stored.metadata },
  ...shownId(bucket, stored),
  ...(stored.tags !== undefined && { TagCount: Object.keys(stored.tags).length }),
});

export const getObject = s3Operation<
  GetObjectRequest,
  'Bucket' | 'Key' | 'Range' | 'VersionId' | 'ExpectedBucketOwner' | Conditional
>(GetObject$, {
  summary: 'Reads an object, or a part of it.',
  outfile: 'Body',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    Range: { purpose: 'which bytes: bytes=0-99, bytes=100-, bytes=-10' },
    VersionId: VERSION_ID,
    ...CONDITIONS,
    ExpectedBucketOwner: OWNER,
  },
  handle(context, input) {
    const { state, now, caller } = context;
    const { Bucket, Key, Range, ExpectedBucketOwner } = input;
    const bucket = bucketOf(state, Bucket!, ExpectedBucketOwner);
    const stored = versionAsked(bucket, Key!, input.VersionId);
    checkConditions(stored, state.epoch, input);
    const part = partOf(Range, stored.body.length);
    const body = part === undefined ? stored.body : stored.body.subarray(part.from, part.to);
    bucket.counters.gets++;
    state.getRequests++;
    countTraffic(bucket.outgoing, now);
    countBucket(state, bucket, now, 'GetRequests');
    countBucket(state, bucket, now, 'BytesDownloaded', body.length);
    emit(context, { type: 's3/ObjectRead', by: caller.by, bucket: bucket.name, key: Key! });
    if (part === undefined) return { ...headers(state, bucket, stored), Body: body };
    const ContentRange = `bytes ${part.from}-${part.to - 1}/${stored.body.length}`;
    return { ...headers(state, bucket, stored), ContentLength: body.length, ContentRange, Body: body };
  },
});

export const headObject = s3Operation<
  HeadObjectRequest,
  'Bucket' | 'Key' | 'VersionId' | 'ExpectedBucketOwner' | Conditional
>(HeadObject$, {
  summary: 'Shows what is known of an object, without its content.',
  members: { Bucket: BUCKET, Key: KEY, VersionId: VERSION_ID, ...CONDITIONS, ExpectedBucketOwner: OWNER },
  handle({ state, now }, input) {
    const bucket = state.buckets.get(input.Bucket!);
    if (bucket === undefined) throw headNotFound();
    const stored = headed(bucket, input.Key!, input.VersionId);
    checkConditions(stored, state.epoch, input);
    state.getRequests++;
    countBucket(state, bucket, now, 'HeadRequests');
    return headers(state, bucket, stored);
  },
});

/** A HEAD has no body: only its status says why. */
function headed(bucket: Bucket, key: string, versionId: string | undefined): StoredObject {
  try {
    return versionAsked(bucket, key, versionId);
  } catch (error) {
    throw error instanceof ServiceError && error.refusal.httpStatus === 404 ? headNotFound() : error;
  }
}

export const copyObject = s3Operation<
  CopyObjectRequest,
  | 'Bucket'
  | 'Key'
  | 'CopySource'
  | 'ContentType'
  | 'Metadata'
  | 'MetadataDirective'
  | 'Tagging'
  | 'TaggingDirective'
  | 'ACL'
  | keyof typeof SOURCE_CONDITIONS
  | 'ExpectedBucketOwner'
>(CopyObject$, {
  summary: 'Copies an object, to another key or another bucket.',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    CopySource: { purpose: 'what is copied: BUCKET/KEY' },
    ...SOURCE_CONDITIONS,
    ContentType: CONTENT_TYPE,
    Metadata: METADATA,
    MetadataDirective: { purpose: 'keep what it says of itself, or not', values: ['COPY', 'REPLACE'] },
    Tagging: TAGGING,
    TaggingDirective: { purpose: 'keep its tags, or not', values: ['COPY', 'REPLACE'] },
    ACL,
    ExpectedBucketOwner: OWNER,
  },
  handle(context, input) {
    const { state } = context;
    const source = readCopySource(input.CopySource!);
    checkKey(input.Key!);
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    const other = bucketOf(state, source.bucket);
    const from = versionAsked(other, source.key, source.versionId);
    checkSource(from, state.epoch, input);
    checkAcl(input.ACL);
    const replace = input.MetadataDirective === 'REPLACE';
    const written = {
      key: input.Key!,
      body: from.body,
      contentType: replace ? (input.ContentType ?? DEFAULT_TYPE) : from.contentType,
      metadata: replace ? (input.Metadata ?? {}) : from.metadata,
      tags: input.TaggingDirective === 'REPLACE' ? readTagging(input.Tagging) : from.tags,
    };
    checkRoom(state, bucket, written);
    const stored = write(context, bucket, written, 'ObjectCreated:Copy');
    return {
      CopyObjectResult: { ETag: quoted(stored.eTag), LastModified: state.epoch + stored.modified },
      ServerSideEncryption: 'AES256',
      ...(other.versioning !== undefined && { CopySourceVersionId: idOf(from) }),
      ...shownId(bucket, stored),
    };
  },
});
