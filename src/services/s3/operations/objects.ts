/** Objects: written, read, copied, deleted. */
import {
  CopyObject$,
  type CopyObjectRequest,
  DeleteObject$,
  type DeleteObjectRequest,
  DeleteObjects$,
  type DeleteObjectsRequest,
  GetObject$,
  type GetObjectRequest,
  HeadObject$,
  type HeadObjectRequest,
  PutObject$,
  type PutObjectRequest,
} from '@aws-sdk/client-s3';
import { md5Hex } from '../../../contract/md5.ts';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { fromBase64 } from '../../../engine/plainJson.ts';
import { BUCKET, KEY, OWNER, s3Operation } from '../define.ts';
import { badDigest, headNotFound, invalidArgument, malformedXml, otherClass } from '../errors.ts';
import { emit } from '../events.ts';
import { DELETE_MAX } from '../limits.ts';
import { countBucket } from '../metrics.ts';
import type { S3State, StoredObject } from '../model.ts';
import { checkConditions, checkWriting, partOf } from '../rules/conditions.ts';
import { bucketOf, checkKey, objectOf } from '../rules/lookup.ts';
import { checkRoom, remove, write } from '../rules/storing.ts';

const CONTENT_TYPE = { purpose: 'what it is: text/csv, application/json …' } as const;
const CONDITIONS = {
  IfMatch: { purpose: 'only if its ETag is this' },
  IfNoneMatch: { purpose: 'only if its ETag is not this' },
  IfModifiedSince: { purpose: 'only if it was written after this' },
  IfUnmodifiedSince: { purpose: 'only if it was not written after this' },
} as const;
type Conditional = 'IfMatch' | 'IfNoneMatch' | 'IfModifiedSince' | 'IfUnmodifiedSince';
const METADATA = { purpose: 'names and values of your own, a=b' } as const;
const DEFAULT_TYPE = 'binary/octet-stream';

const quoted = (eTag: string): string => `"${eTag}"`;

/** Services hand a body over as text or bytes. */
function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return utf8Bytes(body);
  throw invalidArgument('not modelled: a body that is a stream', { why: 'A body here is text or bytes.' });
}

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
    if (ContentMD5 !== undefined && hexOf(fromBase64(ContentMD5)) !== md5Hex(body)) throw badDigest();
    const written = { key: Key!, body, contentType: ContentType, metadata: Metadata };
    checkRoom(state, bucket, written);
    const { eTag } = write(context, bucket, written, 'ObjectCreated:Put');
    return { ETag: quoted(eTag), ServerSideEncryption: 'AES256' };
  },
});

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** What both GET and HEAD answer. */
const headers = ({ epoch }: S3State, stored: StoredObject): object => ({
  AcceptRanges: 'bytes',
  LastModified: epoch + stored.modified,
  ContentLength: stored.body.length,
  ETag: quoted(stored.eTag),
  ContentType: stored.contentType,
  ServerSideEncryption: 'AES256',
  Metadata: { ...stored.metadata },
});

export const getObject = s3Operation<
  GetObjectRequest,
  'Bucket' | 'Key' | 'Range' | 'ExpectedBucketOwner' | Conditional
>(GetObject$, {
  summary: 'Reads an object, or a part of it.',
  outfile: 'Body',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    Range: { purpose: 'which bytes: bytes=0-99, bytes=100-, bytes=-10' },
    ...CONDITIONS,
    ExpectedBucketOwner: OWNER,
  },
  handle(context, input) {
    const { state, now, caller } = context;
    const { Bucket, Key, Range, ExpectedBucketOwner } = input;
    const bucket = bucketOf(state, Bucket!, ExpectedBucketOwner);
    const stored = objectOf(bucket, Key!);
    checkConditions(stored, state.epoch, input);
    const part = partOf(Range, stored.body.length);
    const body = part === undefined ? stored.body : stored.body.subarray(part.from, part.to);
    bucket.counters.gets++;
    state.getRequests++;
    countTraffic(bucket.outgoing, now);
    countBucket(state, bucket, now, 'GetRequests');
    countBucket(state, bucket, now, 'BytesDownloaded', body.length);
    emit(context, { type: 's3/ObjectRead', by: caller.by, bucket: bucket.name, key: Key! });
    if (part === undefined) return { ...headers(state, stored), Body: body };
    const ContentRange = `bytes ${part.from}-${part.to - 1}/${stored.body.length}`;
    return { ...headers(state, stored), ContentLength: body.length, ContentRange, Body: body };
  },
});

export const headObject = s3Operation<
  HeadObjectRequest,
  'Bucket' | 'Key' | 'ExpectedBucketOwner' | Conditional
>(HeadObject$, {
  summary: 'Shows what is known of an object, without its content.',
  members: { Bucket: BUCKET, Key: KEY, ...CONDITIONS, ExpectedBucketOwner: OWNER },
  handle({ state, now }, input) {
    const bucket = state.buckets.get(input.Bucket!);
    const stored = bucket?.objects.get(input.Key!);
    if (bucket === undefined || stored === undefined) throw headNotFound();
    checkConditions(stored, state.epoch, input);
    state.getRequests++;
    countBucket(state, bucket, now, 'HeadRequests');
    return headers(state, stored);
  },
});

/** `bucket/key`, with or without a slash before it, percent signs read. Undefined: neither. */
export function copySource(text: string): { readonly bucket: string; readonly key: string } | undefined {
  const match = /^\/?([^/]+)\/(.+)$/su.exec(text);
  if (match === null) return undefined;
  const bytes: number[] = [];
  const raw = utf8Bytes(match[2]!);
  for (let at = 0; at < raw.length; at++) {
    const hex = raw[at] === 0x25 ? String.fromCharCode(raw[at + 1] ?? 0, raw[at + 2] ?? 0) : '';
    if (/^[\da-fA-F]{2}$/u.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(raw[at]!);
  }
  const key = utf8Text(Uint8Array.from(bytes));
  return key === undefined ? undefined : { bucket: match[1]!, key };
}

export const copyObject = s3Operation<
  CopyObjectRequest,
  'Bucket' | 'Key' | 'CopySource' | 'ContentType' | 'Metadata' | 'MetadataDirective' | 'ExpectedBucketOwner'
>(CopyObject$, {
  summary: 'Copies an object, to another key or another bucket.',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    CopySource: { purpose: 'what is copied: BUCKET/KEY' },
    ContentType: CONTENT_TYPE,
    Metadata: METADATA,
    MetadataDirective: { purpose: 'keep what it says of itself, or not', values: ['COPY', 'REPLACE'] },
    ExpectedBucketOwner: OWNER,
  },
  handle(context, input) {
    const { state } = context;
    const source = copySource(input.CopySource!);
    if (source === undefined) {
      throw invalidArgument('Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
    }
    checkKey(input.Key!);
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    const from = objectOf(bucketOf(state, source.bucket), source.key);
    const replace = input.MetadataDirective === 'REPLACE';
    const written = {
      key: input.Key!,
      body: from.body,
      contentType: replace ? (input.ContentType ?? DEFAULT_TYPE) : from.contentType,
      metadata: replace ? (input.Metadata ?? {}) : from.metadata,
    };
    checkRoom(state, bucket, written);
    const stored = write(context, bucket, written, 'ObjectCreated:Copy');
    return {
      CopyObjectResult: { ETag: quoted(stored.eTag), LastModified: state.epoch + stored.modified },
      ServerSideEncryption: 'AES256',
    };
  },
});

export const deleteObject = s3Operation<DeleteObjectRequest, 'Bucket' | 'Key' | 'ExpectedBucketOwner'>(
  DeleteObject$,
  {
    summary: 'Deletes an object; one that is not there is no error.',
    members: { Bucket: BUCKET, Key: KEY, ExpectedBucketOwner: OWNER },
    handle(context, { Bucket, Key, ExpectedBucketOwner }) {
      remove(context, bucketOf(context.state, Bucket!, ExpectedBucketOwner), Key!);
      return {};
    },
  },
);

export const deleteObjects = s3Operation<DeleteObjectsRequest, 'Bucket' | 'Delete' | 'ExpectedBucketOwner'>(
  DeleteObjects$,
  {
    summary: 'Deletes up to 1,000 objects in one call.',
    members: {
      Bucket: BUCKET,
      Delete: { purpose: 'which: Objects=[{Key=a},{Key=b}]', max: DELETE_MAX, unit: 'entries' },
      ExpectedBucketOwner: OWNER,
    },
    handle(context, { Bucket, Delete, ExpectedBucketOwner }) {
      const bucket = bucketOf(context.state, Bucket!, ExpectedBucketOwner);
      const keys = (Delete?.Objects ?? []).map(({ Key }) => Key);
      if (keys.length === 0 || keys.length > DELETE_MAX || keys.includes(undefined)) throw malformedXml();
      for (const key of keys) remove(context, bucket, key!);
      return Delete?.Quiet === true ? {} : { Deleted: keys.map((Key) => ({ Key })) };
    },
  },
);
