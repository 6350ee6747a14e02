/** ListObjectsV2 and its elder: keys in the order of their bytes, in pages, folded at a delimiter. */
import {
  ListObjects$,
  type ListObjectsRequest,
  ListObjectsV2$,
  type ListObjectsV2Request,
} from '@aws-sdk/client-s3';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import { BUCKET, OWNER, s3Operation } from '../define.ts';
import { invalidArgument } from '../errors.ts';
import { LIST_MAX } from '../limits.ts';
import { countBucket } from '../metrics.ts';
import type { Bucket, S3State } from '../model.ts';
import { encodedKey } from '../rules/eventRecord.ts';
import { bucketOf } from '../rules/lookup.ts';
import { mostOf } from '../rules/pages.ts';

/** By code points, as UTF-8 sorts. */
const inOrder = (keys: Iterable<string>): string[] => [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

export const listObjectsV2 = s3Operation<
  ListObjectsV2Request,
  | 'Bucket'
  | 'Delimiter'
  | 'EncodingType'
  | 'MaxKeys'
  | 'Prefix'
  | 'ContinuationToken'
  | 'FetchOwner'
  | 'StartAfter'
  | 'ExpectedBucketOwner'
>(ListObjectsV2$, {
  summary: 'Lists objects by key, folded at a delimiter if one is given.',
  members: {
    Bucket: BUCKET,
    Delimiter: { purpose: 'keys that go on behind it are folded into one: /' },
    EncodingType: { purpose: 'url: keys in percent signs', values: ['url'] },
    MaxKeys: { purpose: 'how many at most in one answer', min: 0, max: LIST_MAX, default: 1_000 },
    Prefix: { purpose: 'only keys that begin so' },
    ContinuationToken: { purpose: 'go on where the last answer ended' },
    FetchOwner: { purpose: 'with the owner of each' },
    StartAfter: { purpose: 'only keys behind this one' },
    ExpectedBucketOwner: OWNER,
  },
  pagination: {
    inputToken: 'ContinuationToken',
    outputToken: 'NextContinuationToken',
    result: 'Contents',
    limitKey: 'MaxKeys',
  },
  handle({ state, now }, input) {
    const { Delimiter, Prefix = '', StartAfter = '', FetchOwner, EncodingType } = input;
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    const MaxKeys = mostOf(input.MaxKeys, 'maxKeys');
    const from =
      input.ContinuationToken === undefined ? StartAfter : utf8Text(fromBase64(input.ContinuationToken));
    if (from === undefined) {
      throw invalidArgument('The continuation token provided is incorrect', {
        argument: ['continuation-token', input.ContinuationToken!],
      });
    }
    state.putRequests++;
    countBucket(state, bucket, now, 'ListRequests');
    const asked = { Prefix, Delimiter, EncodingType, MaxKeys, from, withOwner: FetchOwner === true };
    const { contents, folded, last, truncated, shown } = pageOf(state, bucket, asked);
    return {
      IsTruncated: truncated,
      ...(contents.length > 0 && { Contents: contents }),
      Name: bucket.name,
      Prefix: shown(Prefix),
      ...(Delimiter !== undefined && { Delimiter: shown(Delimiter) }),
      // Clients that asked for it unasked by their user (boto3) undo it where this stands.
      ...(EncodingType !== undefined && { EncodingType }),
      MaxKeys,
      ...(folded.length > 0 && { CommonPrefixes: folded }),
      KeyCount: contents.length + folded.length,
      ...(input.ContinuationToken !== undefined && { ContinuationToken: input.ContinuationToken }),
      ...(truncated && { NextContinuationToken: base64(utf8Bytes(last)) }),
      ...(StartAfter !== '' && { StartAfter: shown(StartAfter) }),
    };
  },
});

export const listObjects = s3Operation<
  ListObjectsRequest,
  'Bucket' | 'Delimiter' | 'EncodingType' | 'Marker' | 'MaxKeys' | 'Prefix' | 'ExpectedBucketOwner'
>(ListObjects$, {
  summary: 'Lists objects as older clients ask for them: list-objects-v2 is the newer one.',
  members: {
    Bucket: BUCKET,
    Delimiter: { purpose: 'keys that go on behind it are folded into one: /' },
    EncodingType: { purpose: 'url: keys in percent signs', values: ['url'] },
    Marker: { purpose: 'only keys behind this one' },
    MaxKeys: { purpose: 'how many at most in one answer', min: 0, max: LIST_MAX, default: 1_000 },
    Prefix: { purpose: 'only keys that begin so' },
    ExpectedBucketOwner: OWNER,
  },
  handle({ state, now }, input) {
    const { Delimiter, Prefix = '', Marker = '', EncodingType } = input;
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    const MaxKeys = mostOf(input.MaxKeys, 'maxKeys');
    state.putRequests++;
    countBucket(state, bucket, now, 'ListRequests');
    const asked = { Prefix, Delimiter, EncodingType, MaxKeys, from: Marker, withOwner: true };
    const { contents, folded, last, truncated, shown } = pageOf(state, bucket, asked);
    return {
      IsTruncated: truncated,
      Marker: shown(Marker),
      // Amazon S3 API Reference, ListObjects: only with a delimiter; otherwise the last key is the next marker.
      ...(truncated && Delimiter !== undefined && { NextMarker: shown(last) }),
      ...(contents.length > 0 && { Contents: contents }),
      Name: bucket.name,
      Prefix: shown(Prefix),
      ...(Delimiter !== undefined && { Delimiter: shown(Delimiter) }),
      MaxKeys,
      ...(folded.length > 0 && { CommonPrefixes: folded }),
      ...(EncodingType !== undefined && { EncodingType }),
    };
  },
});

interface PageAsked {
  readonly Prefix: string;
  readonly Delimiter: string | undefined;
  readonly EncodingType: string | undefined;
  readonly MaxKeys: number;
  /** Keys behind this one. */
  readonly from: string;
  readonly withOwner: boolean;
}

interface Page {
  readonly contents: readonly object[];
  readonly folded: readonly object[];
  /** The last key or folded prefix of the page. */
  readonly last: string;
  readonly truncated: boolean;
  readonly shown: (text: string) => string;
}

function pageOf(state: S3State, bucket: Bucket, asked: PageAsked): Page {
  const { Prefix, Delimiter, EncodingType, MaxKeys, from, withOwner } = asked;
  const shown = (key: string): string => (EncodingType === 'url' ? encodedKey(key) : key);
  const contents: object[] = [];
  const folded = new Set<string>();
  let last = '';
  let truncated = false;
  for (const key of inOrder(bucket.objects.keys())) {
    if (!key.startsWith(Prefix) || key <= from) continue;
    const end = Delimiter ? key.indexOf(Delimiter, Prefix.length) : -1;
    const common = end < 0 ? undefined : key.slice(0, end + Delimiter!.length);
    // A token that ends in the delimiter was a folded prefix: all below it were counted.
    if (common !== undefined && (folded.has(common) || common === from)) continue;
    if (contents.length + folded.size >= MaxKeys) {
      truncated = MaxKeys > 0;
      break;
    }
    last = common ?? key;
    if (common !== undefined) folded.add(common);
    else contents.push(entryOf(state, bucket, key, shown(key), withOwner));
  }
  return {
    contents,
    folded: [...folded].map((text) => ({ Prefix: shown(text) })),
    last,
    truncated,
    shown,
  };
}

function entryOf({ epoch }: S3State, bucket: Bucket, key: string, shown: string, withOwner: boolean): object {
  const { eTag, body, modified } = bucket.objects.get(key)!;
  return {
    Key: shown,
    LastModified: epoch + modified,
    ETag: `"${eTag}"`,
    Size: body.length,
    StorageClass: 'STANDARD',
    ...(withOwner && { Owner: { ID: bucket.account } }),
  };
}
