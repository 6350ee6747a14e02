/** What uploads there are, and what parts of one have come. */
import {
  ListMultipartUploads$,
  type ListMultipartUploadsRequest,
  ListParts$,
  type ListPartsRequest,
} from '@aws-sdk/client-s3';
import { BUCKET, DELIMITER, ENCODING, KEY, OWNER, PREFIX, s3Operation, UPLOAD_ID } from '../define.ts';
import { LIST_MAX } from '../limits.ts';
import type { Upload } from '../model.ts';
import { quoted } from '../rules/bodies.ts';
import { encodedKey } from '../rules/eventRecord.ts';
import { bucketOf } from '../rules/lookup.ts';
import { foldedPage, mostOf } from '../rules/pages.ts';
import { uploadOf } from '../rules/uploads.ts';

export const listParts = s3Operation<
  ListPartsRequest,
  'Bucket' | 'Key' | 'UploadId' | 'MaxParts' | 'PartNumberMarker' | 'ExpectedBucketOwner'
>(ListParts$, {
  summary: 'Lists the parts of an upload that have come.',
  members: {
    Bucket: BUCKET,
    Key: KEY,
    UploadId: UPLOAD_ID,
    MaxParts: { purpose: 'how many at most in one answer', min: 0, max: LIST_MAX, default: LIST_MAX },
    PartNumberMarker: { purpose: 'only parts behind this number' },
    ExpectedBucketOwner: OWNER,
  },
  pagination: {
    inputToken: 'PartNumberMarker',
    outputToken: 'NextPartNumberMarker',
    result: 'Parts',
    limitKey: 'MaxParts',
  },
  handle({ state }, input) {
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    const upload = uploadOf(state, bucket, input.Key!, input.UploadId!);
    const MaxParts = mostOf(input.MaxParts, 'max-parts');
    const from = Number(input.PartNumberMarker ?? 0);
    const all = [...upload.parts.values()]
      .filter(({ number }) => number > from)
      .sort((a, b) => a.number - b.number);
    const page = all.slice(0, MaxParts);
    const truncated = all.length > page.length;
    state.getRequests++;
    const owner = { ID: bucket.account };
    return {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: upload.id,
      PartNumberMarker: String(from),
      ...(page.length > 0 && { NextPartNumberMarker: String(page.at(-1)!.number) }),
      MaxParts,
      IsTruncated: truncated && MaxParts > 0,
      ...(page.length > 0 && {
        Parts: page.map(({ number, body, eTag, modified }) => ({
          PartNumber: number,
          LastModified: state.epoch + modified,
          ETag: quoted(eTag),
          Size: body.length,
        })),
      }),
      Initiator: owner,
      Owner: owner,
      StorageClass: 'STANDARD',
    };
  },
});

export const listMultipartUploads = s3Operation<
  ListMultipartUploadsRequest,
  | 'Bucket'
  | 'Prefix'
  | 'Delimiter'
  | 'EncodingType'
  | 'KeyMarker'
  | 'UploadIdMarker'
  | 'MaxUploads'
  | 'ExpectedBucketOwner'
>(ListMultipartUploads$, {
  summary: 'Lists uploads that are neither complete nor given up.',
  members: {
    Bucket: BUCKET,
    Prefix: PREFIX,
    Delimiter: DELIMITER,
    EncodingType: ENCODING,
    KeyMarker: { purpose: 'only uploads behind this key' },
    UploadIdMarker: { purpose: 'of that key, only uploads behind this one' },
    MaxUploads: { purpose: 'how many at most in one answer', min: 0, max: LIST_MAX, default: LIST_MAX },
    ExpectedBucketOwner: OWNER,
  },
  handle({ state }, input) {
    const { Prefix = '', Delimiter, EncodingType, KeyMarker = '', UploadIdMarker = '' } = input;
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    const MaxUploads = mostOf(input.MaxUploads, 'max-uploads');
    const own = [...state.uploads.values()]
      .filter((upload) => upload.bucket === bucket.name && upload.key.startsWith(Prefix))
      .sort(inOrder);
    const marker = own.find(({ id, key }) => key === KeyMarker && id === UploadIdMarker);
    const all = own.filter((one) => (marker === undefined ? one.key > KeyMarker : inOrder(one, marker) > 0));
    const { items, folded, last, truncated } = foldedPage(all, {
      Prefix,
      Delimiter,
      KeyMarker,
      most: MaxUploads,
    });
    const shown = (key: string): string => (EncodingType === 'url' ? encodedKey(key) : key);
    const owner = { ID: bucket.account };
    state.putRequests++;
    return {
      Bucket: bucket.name,
      KeyMarker: shown(KeyMarker),
      UploadIdMarker,
      ...(truncated && { NextKeyMarker: shown(last.key), NextUploadIdMarker: last.item?.id ?? '' }),
      Prefix: shown(Prefix),
      ...(Delimiter !== undefined && { Delimiter: shown(Delimiter) }),
      ...(EncodingType !== undefined && { EncodingType }),
      MaxUploads,
      IsTruncated: truncated,
      ...(items.length > 0 && {
        Uploads: items.map(({ id, key, started }) => ({
          UploadId: id,
          Key: shown(key),
          Initiated: state.epoch + started,
          StorageClass: 'STANDARD',
          Owner: owner,
          Initiator: owner,
        })),
      }),
      ...(folded.length > 0 && { CommonPrefixes: folded.map((text) => ({ Prefix: shown(text) })) }),
    };
  },
});

/** By key, the oldest first. */
const inOrder = (a: Upload, b: Upload): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : a.order - b.order;
