/** Multipart uploads: an object in parts, which come in any order and become one object at the end. */
import {
  AbortMultipartUpload$,
  type AbortMultipartUploadRequest,
  CompleteMultipartUpload$,
  type CompleteMultipartUploadRequest,
  CreateMultipartUpload$,
  type CreateMultipartUploadRequest,
  UploadPart$,
  UploadPartCopy$,
  type UploadPartCopyRequest,
  type UploadPartRequest,
} from '@aws-sdk/client-s3';
import { md5Hex } from '../../../contract/md5.ts';
import { messageId } from '../../../contract/messageId.ts';
import type { Context } from '../../../engine/service.ts';
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
  UPLOAD_ID,
} from '../define.ts';
import { invalidPartCopy } from '../errors.ts';
import { PARTS_MAX } from '../limits.ts';
import { countBucket } from '../metrics.ts';
import type { Bucket, S3State, Upload, UploadedPart } from '../model.ts';
import { checkAcl } from '../rules/accessLists.ts';
import { bytesOf, checkDigest, quoted } from '../rules/bodies.ts';
import { checkSource, checkWriting } from '../rules/conditions.ts';
import { readCopySource } from '../rules/copySource.ts';
import { bucketOf, checkKey } from '../rules/lookup.ts';
import {
  accrue,
  checkMetadata,
  checkRoom,
  checkWorld,
  DEFAULT_TYPE,
  dropUpload,
  write,
} from '../rules/storing.ts';
import { readTagging } from '../rules/tags.ts';
import { checkPartNumber, eTagOf, joined, namedParts, sizeOfParts, uploadOf } from '../rules/uploads.ts';
import { shownId, versionAsked } from '../rules/versions.ts';

const UPLOAD_IDS = 0x55;
const NUMBER = { purpose: 'its place in the object', min: 1, max: PARTS_MAX } as const;

export const createMultipartUpload = s3Operation<
  CreateMultipartUploadRequest,
  'Bucket' | 'Key' | 'ContentType' | 'Metadata' | 'Tagging' | 'ACL' | 'ExpectedBucketOwner'
>(CreateMultipartUpload$, {
  summary: 'Begins an object that comes in parts.',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    ContentType: CONTENT_TYPE,
    Metadata: METADATA,
    Tagging: TAGGING,
    ACL,
    ExpectedBucketOwner: OWNER,
  },
  handle({ state, now }, input) {
    checkKey(input.Key!);
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    checkAcl(input.ACL);
    const metadata = Object.freeze({ ...input.Metadata });
    checkMetadata(metadata);
    const tags = readTagging(input.Tagging);
    const order = ++state.uploadsMade;
    const id = messageId(state.seed, order, UPLOAD_IDS).replaceAll('-', '');
    state.uploads.set(id, {
      id,
      bucket: bucket.name,
      key: input.Key!,
      started: now,
      order,
      contentType: input.ContentType ?? DEFAULT_TYPE,
      metadata,
      ...(tags !== undefined && { tags }),
      parts: new Map(),
    });
    state.putRequests++;
    return { Bucket: bucket.name, Key: input.Key!, UploadId: id, ServerSideEncryption: 'AES256' };
  },
});

export const uploadPart = s3Operation<
  UploadPartRequest,
  | 'Bucket'
  | 'Key'
  | 'PartNumber'
  | 'UploadId'
  | 'Body'
  | 'ContentLength'
  | 'ContentMD5'
  | 'ExpectedBucketOwner'
>(UploadPart$, {
  summary: 'Sends one part of an object; the same number again replaces it.',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    PartNumber: NUMBER,
    UploadId: UPLOAD_ID,
    Body: { purpose: 'the bytes; 5 MB at least but in the last part' },
    ContentLength: { purpose: 'its size; counted here' },
    ContentMD5: { purpose: 'its MD5 in base64, to be checked' },
    ExpectedBucketOwner: OWNER,
  },
  handle(context, input) {
    const { state } = context;
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    checkPartNumber(input.PartNumber!);
    const upload = uploadOf(state, bucket, input.Key!, input.UploadId!);
    const body = bytesOf(input.Body);
    checkDigest(body, input.ContentMD5);
    const part = keepPart(context, bucket, upload, input.PartNumber!, body.slice());
    return { ETag: quoted(part.eTag), ServerSideEncryption: 'AES256' };
  },
});

export const uploadPartCopy = s3Operation<
  UploadPartCopyRequest,
  | 'Bucket'
  | 'Key'
  | 'PartNumber'
  | 'UploadId'
  | 'CopySource'
  | 'CopySourceRange'
  | 'ExpectedBucketOwner'
  | 'ExpectedSourceBucketOwner'
  | keyof typeof SOURCE_CONDITIONS
>(UploadPartCopy$, {
  summary: 'Makes one part of an object from bytes of another.',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    PartNumber: NUMBER,
    UploadId: UPLOAD_ID,
    CopySource: { purpose: 'what is copied: BUCKET/KEY' },
    ...SOURCE_CONDITIONS,
    CopySourceRange: { purpose: 'which bytes of it: bytes=0-99' },
    ExpectedBucketOwner: OWNER,
    ExpectedSourceBucketOwner: { purpose: 'the account that must own the source' },
  },
  handle(context, input) {
    const { state, now } = context;
    const source = readCopySource(input.CopySource!);
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    checkPartNumber(input.PartNumber!);
    const upload = uploadOf(state, bucket, input.Key!, input.UploadId!);
    const other = bucketOf(state, source.bucket, input.ExpectedSourceBucketOwner);
    const from = versionAsked(other, source.key, source.versionId);
    checkSource(from, state.epoch, input);
    const body = rangeOf(from.body, input.CopySourceRange);
    const { eTag } = keepPart(context, bucket, upload, input.PartNumber!, body);
    return {
      ...(source.versionId !== undefined && { CopySourceVersionId: source.versionId }),
      CopyPartResult: { ETag: quoted(eTag), LastModified: state.epoch + now },
      ServerSideEncryption: 'AES256',
    };
  },
});

/** Both ends are named, and lie in the source. Throws InvalidArgument. */
function rangeOf(body: Uint8Array, range: string | undefined): Uint8Array {
  if (range === undefined) return body;
  const [, first, last] = /^bytes=(\d+)-(\d+)$/u.exec(range) ?? [];
  if (first === undefined || Number(first) > Number(last) || Number(last) >= body.length) {
    throw invalidPartCopy(range, body.length);
  }
  return body.slice(Number(first), Number(last) + 1);
}

function keepPart(
  { state, now }: Context<S3State>,
  bucket: Bucket,
  upload: Upload,
  number: number,
  body: Uint8Array,
): UploadedPart {
  const more = body.length - (upload.parts.get(number)?.body.length ?? 0);
  checkWorld(state, more);
  const part = Object.freeze({ number, body, eTag: md5Hex(body), modified: now });
  upload.parts.set(number, part);
  accrue(state, now);
  state.bytes += more;
  state.putRequests++;
  countBucket(state, bucket, now, 'PutRequests');
  countBucket(state, bucket, now, 'BytesUploaded', body.length);
  return part;
}

export const completeMultipartUpload = s3Operation<
  CompleteMultipartUploadRequest,
  'Bucket' | 'Key' | 'UploadId' | 'MultipartUpload' | 'IfMatch' | 'IfNoneMatch' | 'ExpectedBucketOwner'
>(CompleteMultipartUpload$, {
  summary: 'Makes one object of the parts that came.',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    UploadId: UPLOAD_ID,
    MultipartUpload: { purpose: 'which parts: Parts=[{ETag=…,PartNumber=1}]' },
    IfMatch: { purpose: 'only over the object of this ETag' },
    IfNoneMatch: { purpose: '*: only if there is no object of this key' },
    ExpectedBucketOwner: OWNER,
  },
  handle(context, input) {
    const { state } = context;
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    const upload = uploadOf(state, bucket, input.Key!, input.UploadId!);
    const parts = namedParts(upload, input.MultipartUpload?.Parts ?? []);
    checkWriting(bucket.objects.get(upload.key), input);
    const { key, contentType, metadata, tags } = upload;
    const written = { key, body: joined(parts), contentType, metadata, tags, eTag: eTagOf(parts) };
    checkRoom(state, bucket, written, sizeOfParts(upload));
    dropUpload(context, upload);
    const stored = write(context, bucket, written, 'ObjectCreated:CompleteMultipartUpload');
    return {
      Location: `https://${bucket.name}.s3.${state.region}.amazonaws.com/${key}`,
      Bucket: bucket.name,
      Key: key,
      ETag: quoted(stored.eTag),
      ServerSideEncryption: 'AES256',
      ...shownId(bucket, stored),
    };
  },
});

export const abortMultipartUpload = s3Operation<
  AbortMultipartUploadRequest,
  'Bucket' | 'Key' | 'UploadId' | 'ExpectedBucketOwner'
>(AbortMultipartUpload$, {
  summary: 'Gives an upload up; its parts are gone.',
  members: { Bucket: BUCKET, Key: KEY, UploadId: UPLOAD_ID, ExpectedBucketOwner: OWNER },
  handle(context, { Bucket, Key, UploadId, ExpectedBucketOwner }) {
    const bucket = bucketOf(context.state, Bucket!, ExpectedBucketOwner);
    dropUpload(context, uploadOf(context.state, bucket, Key!, UploadId!));
    return {};
  },
});
