/**
 * Who outside may use a bucket: the public access block, and access control lists, which are switched off. Amazon S3
 * User Guide, Blocking public access. SIMPLER THAN AWS: the block is kept and shown; policies are not refused by it.
 */
import {
  DeletePublicAccessBlock$,
  type DeletePublicAccessBlockRequest,
  GetBucketAcl$,
  type GetBucketAclRequest,
  GetBucketOwnershipControls$,
  type GetBucketOwnershipControlsRequest,
  GetObjectAcl$,
  type GetObjectAclRequest,
  GetPublicAccessBlock$,
  type GetPublicAccessBlockRequest,
  PutBucketAcl$,
  type PutBucketAclRequest,
  PutObjectAcl$,
  type PutObjectAclRequest,
  PutPublicAccessBlock$,
  type PutPublicAccessBlockRequest,
} from '@aws-sdk/client-s3';
import { ACL, BUCKET, KEY, OWNER, s3Operation, VERSION_ID } from '../define.ts';
import { noAccessLists, noPublicAccessBlock } from '../errors.ts';
import type { PublicAccess } from '../model.ts';
import { checkAcl, ownersList } from '../rules/accessLists.ts';
import { bucketOf } from '../rules/lookup.ts';
import { shownId, versionAsked } from '../rules/versions.ts';

/** New buckets have all four since April 2023. */
const ALL_BLOCKED: PublicAccess = Object.freeze({
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
});
const OF_BUCKET = { Bucket: BUCKET, ExpectedBucketOwner: OWNER } as const;
type OfBucket = keyof typeof OF_BUCKET;

export const getPublicAccessBlock = s3Operation<GetPublicAccessBlockRequest, OfBucket>(
  GetPublicAccessBlock$,
  {
    summary: 'Shows which public access to a bucket is blocked.',
    members: OF_BUCKET,
    handle({ state }, { Bucket, ExpectedBucketOwner }) {
      const { publicAccess = ALL_BLOCKED } = bucketOf(state, Bucket!, ExpectedBucketOwner);
      if (publicAccess === null) throw noPublicAccessBlock();
      return { PublicAccessBlockConfiguration: { ...publicAccess } };
    },
  },
);

export const putPublicAccessBlock = s3Operation<
  PutPublicAccessBlockRequest,
  OfBucket | 'PublicAccessBlockConfiguration'
>(PutPublicAccessBlock$, {
  summary: 'Sets which public access to a bucket is blocked.',
  members: {
    ...OF_BUCKET,
    PublicAccessBlockConfiguration: { purpose: 'BlockPublicAcls=true,BlockPublicPolicy=true …' },
  },
  handle({ state }, { Bucket, PublicAccessBlockConfiguration: given = {}, ExpectedBucketOwner }) {
    bucketOf(state, Bucket!, ExpectedBucketOwner).publicAccess = Object.freeze({
      BlockPublicAcls: given.BlockPublicAcls ?? false,
      IgnorePublicAcls: given.IgnorePublicAcls ?? false,
      BlockPublicPolicy: given.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
    });
    return {};
  },
});

export const deletePublicAccessBlock = s3Operation<DeletePublicAccessBlockRequest, OfBucket>(
  DeletePublicAccessBlock$,
  {
    summary: 'Takes the public access block of a bucket away.',
    members: OF_BUCKET,
    handle({ state }, { Bucket, ExpectedBucketOwner }) {
      bucketOf(state, Bucket!, ExpectedBucketOwner).publicAccess = null;
      return {};
    },
  },
);

export const getBucketAcl = s3Operation<GetBucketAclRequest, OfBucket>(GetBucketAcl$, {
  summary: 'Shows the access control list of a bucket: its owner alone.',
  members: OF_BUCKET,
  handle: ({ state }, { Bucket, ExpectedBucketOwner }) =>
    ownersList(bucketOf(state, Bucket!, ExpectedBucketOwner)),
});

export const putBucketAcl = s3Operation<PutBucketAclRequest, OfBucket | 'ACL'>(PutBucketAcl$, {
  summary: 'Is refused, but for private: access control lists are switched off.',
  members: { ...OF_BUCKET, ACL },
  handle({ state }, { Bucket, ACL: acl, ExpectedBucketOwner }) {
    bucketOf(state, Bucket!, ExpectedBucketOwner);
    if (acl === undefined) throw noAccessLists();
    checkAcl(acl);
    return {};
  },
});

export const getObjectAcl = s3Operation<GetObjectAclRequest, OfBucket | 'Key' | 'VersionId'>(GetObjectAcl$, {
  summary: "Shows the access control list of an object: the bucket's owner alone.",
  members: { ...OF_BUCKET, Key: KEY, VersionId: VERSION_ID },
  handle({ state }, { Bucket, Key, VersionId, ExpectedBucketOwner }) {
    const bucket = bucketOf(state, Bucket!, ExpectedBucketOwner);
    versionAsked(bucket, Key!, VersionId);
    return ownersList(bucket);
  },
});

export const putObjectAcl = s3Operation<PutObjectAclRequest, OfBucket | 'Key' | 'VersionId' | 'ACL'>(
  PutObjectAcl$,
  {
    summary: 'Is refused, but for private: access control lists are switched off.',
    members: { ...OF_BUCKET, Key: KEY, VersionId: VERSION_ID, ACL },
    handle({ state }, { Bucket, Key, VersionId, ACL: acl, ExpectedBucketOwner }) {
      const bucket = bucketOf(state, Bucket!, ExpectedBucketOwner);
      const stored = versionAsked(bucket, Key!, VersionId);
      if (acl === undefined) throw noAccessLists();
      checkAcl(acl);
      return shownId(bucket, stored);
    },
  },
);

export const getBucketOwnershipControls = s3Operation<GetBucketOwnershipControlsRequest, OfBucket>(
  GetBucketOwnershipControls$,
  {
    summary: 'Shows who owns the objects of a bucket: its owner.',
    members: OF_BUCKET,
    handle({ state }, { Bucket, ExpectedBucketOwner }) {
      bucketOf(state, Bucket!, ExpectedBucketOwner);
      return { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } };
    },
  },
);
