/** Versioning: switched on and off, and what versions there are. Amazon S3 User Guide, How S3 Versioning works. */
import {
  GetBucketVersioning$,
  type GetBucketVersioningRequest,
  ListObjectVersions$,
  type ListObjectVersionsRequest,
  PutBucketVersioning$,
  type PutBucketVersioningRequest,
} from '@aws-sdk/client-s3';
import { BUCKET, DELIMITER, ENCODING, OWNER, PREFIX, s3Operation } from '../define.ts';
import { illegalVersioning, invalidArgument, malformedXml } from '../errors.ts';
import { LIST_MAX } from '../limits.ts';
import { countBucket } from '../metrics.ts';
import type { Bucket, S3State, Version } from '../model.ts';
import { quoted } from '../rules/bodies.ts';
import { encodedKey } from '../rules/eventRecord.ts';
import { bucketOf } from '../rules/lookup.ts';
import { foldedPage, mostOf } from '../rules/pages.ts';
import { idOf, versionsOf } from '../rules/versions.ts';

export const putBucketVersioning = s3Operation<
  PutBucketVersioningRequest,
  'Bucket' | 'VersioningConfiguration' | 'ExpectedBucketOwner'
>(PutBucketVersioning$, {
  summary: 'Lets a bucket keep what is replaced and deleted, or no longer.',
  members: {
    Bucket: BUCKET,
    VersioningConfiguration: { purpose: 'Status=Enabled or Status=Suspended' },
    ExpectedBucketOwner: OWNER,
  },
  handle({ state }, { Bucket, VersioningConfiguration, ExpectedBucketOwner }) {
    const bucket = bucketOf(state, Bucket!, ExpectedBucketOwner);
    const { Status, MFADelete } = VersioningConfiguration!;
    if (MFADelete === 'Enabled') {
      throw invalidArgument('not modelled: MFADelete', { why: 'Nobody here has a code of MFA.' });
    }
    if (Status === undefined) throw illegalVersioning();
    if (Status !== 'Enabled' && Status !== 'Suspended') throw malformedXml();
    bucket.versioning = Status;
    state.putRequests++;
    return {};
  },
});

export const getBucketVersioning = s3Operation<GetBucketVersioningRequest, 'Bucket' | 'ExpectedBucketOwner'>(
  GetBucketVersioning$,
  {
    summary: 'Shows whether a bucket keeps versions; nothing: it never did.',
    members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
    handle({ state }, { Bucket, ExpectedBucketOwner }) {
      const { versioning } = bucketOf(state, Bucket!, ExpectedBucketOwner);
      state.getRequests++;
      return versioning === undefined ? {} : { Status: versioning };
    },
  },
);

interface Listed {
  readonly key: string;
  readonly version: Version;
  readonly isLatest: boolean;
}

export const listObjectVersions = s3Operation<
  ListObjectVersionsRequest,
  | 'Bucket'
  | 'Prefix'
  | 'Delimiter'
  | 'EncodingType'
  | 'KeyMarker'
  | 'VersionIdMarker'
  | 'MaxKeys'
  | 'ExpectedBucketOwner'
>(ListObjectVersions$, {
  summary: 'Lists all versions of objects, delete markers too.',
  members: {
    Bucket: BUCKET,
    Prefix: PREFIX,
    Delimiter: DELIMITER,
    EncodingType: ENCODING,
    KeyMarker: { purpose: 'only keys behind this one' },
    VersionIdMarker: { purpose: 'of that key, only versions behind this one' },
    MaxKeys: { purpose: 'how many at most in one answer', min: 0, max: LIST_MAX, default: LIST_MAX },
    ExpectedBucketOwner: OWNER,
  },
  handle({ state, now }, input) {
    const { Prefix = '', Delimiter, EncodingType, KeyMarker = '', VersionIdMarker } = input;
    const bucket = bucketOf(state, input.Bucket!, input.ExpectedBucketOwner);
    const MaxKeys = mostOf(input.MaxKeys, 'maxKeys');
    if (VersionIdMarker !== undefined && KeyMarker === '') {
      throw invalidArgument('A version-id marker cannot be specified without a key marker.', {
        argument: ['version-id-marker', VersionIdMarker],
      });
    }
    state.putRequests++;
    countBucket(state, bucket, now, 'ListRequests');
    const all = behind(bucket, Prefix, KeyMarker, VersionIdMarker);
    const { items, folded, last, truncated } = foldedPage(all, {
      Prefix,
      Delimiter,
      KeyMarker,
      most: MaxKeys,
    });
    const shown = (key: string): string => (EncodingType === 'url' ? encodedKey(key) : key);
    const entries = items.map((item) => [item, entryOf(state, bucket, item, shown)] as const);
    const markers = entries.filter(([{ version }]) => 'isMarker' in version).map(([, entry]) => entry);
    const versions = entries.filter(([{ version }]) => !('isMarker' in version)).map(([, entry]) => entry);
    return {
      IsTruncated: truncated,
      KeyMarker: shown(KeyMarker),
      VersionIdMarker: VersionIdMarker ?? '',
      ...(truncated && {
        NextKeyMarker: shown(last.key),
        ...(last.item !== undefined && { NextVersionIdMarker: idOf(last.item.version) }),
      }),
      ...(versions.length > 0 && { Versions: versions }),
      ...(markers.length > 0 && { DeleteMarkers: markers }),
      Name: bucket.name,
      Prefix: shown(Prefix),
      ...(Delimiter !== undefined && { Delimiter: shown(Delimiter) }),
      MaxKeys,
      ...(folded.length > 0 && { CommonPrefixes: folded.map((text) => ({ Prefix: shown(text) })) }),
      ...(EncodingType !== undefined && { EncodingType }),
    };
  },
});

/** By key, the newest first. */
function behind(bucket: Bucket, prefix: string, marker: string, versionMarker: string | undefined): Listed[] {
  const keys = new Set([...bucket.objects.keys(), ...(bucket.older?.keys() ?? [])]);
  const all: Listed[] = [];
  for (const key of [...keys].sort((a, b) => (a < b ? -1 : 1))) {
    const isMarked = key === marker && versionMarker !== undefined;
    if (!key.startsWith(prefix) || (key <= marker && !isMarked)) continue;
    const versions = versionsOf(bucket, key);
    const from = isMarked ? versions.findIndex((version) => idOf(version) === versionMarker) + 1 : 0;
    if (isMarked && from === 0) continue;
    for (const [index, version] of versions.entries()) {
      if (index >= from) all.push({ key, version, isLatest: index === 0 });
    }
  }
  return all;
}

function entryOf(
  { epoch }: S3State,
  { account }: Bucket,
  { version, isLatest }: Listed,
  shown: (key: string) => string,
): object {
  const both = {
    Key: shown(version.key),
    VersionId: idOf(version),
    IsLatest: isLatest,
    LastModified: epoch + version.modified,
    Owner: { ID: account },
  };
  if ('isMarker' in version) return both;
  return { ...both, ETag: quoted(version.eTag), Size: version.body.length, StorageClass: 'STANDARD' };
}
