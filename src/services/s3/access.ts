/** What a call to S3 needs to be allowed. Amazon S3 User Guide, Actions for Amazon S3; Service Authorization Reference. */
import type { Access, DenialStyle, Need } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { bucketArn, type S3State } from './model.ts';
import { copySource } from './rules/copySource.ts';

const DENIED: DenialStyle = {
  code: 'AccessDenied',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision),
};

/** Where the action has another name than the operation. */
const ACTION_OF: Readonly<Record<string, string>> = {
  ListBuckets: 'ListAllMyBuckets',
  HeadBucket: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjects: 'ListBucket',
  HeadObject: 'GetObject',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  ListParts: 'ListMultipartUploadParts',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListObjectVersions: 'ListBucketVersions',
  DeleteBucketTagging: 'PutBucketTagging',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketCors: 'GetBucketCORS',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  GetBucketReplication: 'GetReplicationConfiguration',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
};

/** The action where a version is named. */
const OF_VERSION: Readonly<Record<string, string>> = {
  GetObject: 'GetObjectVersion',
  HeadObject: 'GetObjectVersion',
  DeleteObject: 'DeleteObjectVersion',
  GetObjectTagging: 'GetObjectVersionTagging',
  PutObjectTagging: 'PutObjectVersionTagging',
  DeleteObjectTagging: 'DeleteObjectVersionTagging',
  GetObjectAcl: 'GetObjectVersionAcl',
  PutObjectAcl: 'PutObjectVersionAcl',
};

interface Input {
  readonly Bucket?: string;
  readonly Key?: string;
  readonly CopySource?: string;
  readonly VersionId?: string;
  readonly Tagging?: unknown;
  readonly Delete?: { readonly Objects?: readonly { readonly Key?: string; readonly VersionId?: string }[] };
}

export function access(state: S3State, { operation, input, caller }: Request): Access | undefined {
  const { Bucket, Key, CopySource, VersionId, Tagging, Delete } = input as Input;
  const ofVersion = VersionId === undefined ? undefined : OF_VERSION[operation];
  const action = ofVersion ?? ACTION_OF[operation] ?? operation;
  const need = (name: string, bucketName: string | undefined, key?: string): Need => {
    const bucket = bucketName === undefined ? undefined : state.buckets.get(bucketName);
    const arn = bucketName === undefined ? '*' : bucketArn(bucketName);
    return {
      action: `s3:${name}`,
      resource: key === undefined ? arn : `${arn}/${key}`,
      account: bucket?.account ?? caller.account,
      ...(bucket?.policy !== undefined && {
        policy: { name: 'bucket policy', document: bucket.policy.value },
      }),
      style: DENIED,
    };
  };
  if (Bucket === undefined && operation !== 'ListBuckets') return undefined;
  // A name that is taken is refused by the bucket itself, not by its owner's policies.
  if (operation === 'CreateBucket') {
    return {
      needs: [
        { action: 's3:CreateBucket', resource: bucketArn(Bucket!), account: caller.account, style: DENIED },
      ],
    };
  }
  if (operation === 'DeleteObjects') {
    return {
      needs: (Delete?.Objects ?? []).map((item) =>
        need(item.VersionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion', Bucket, item.Key ?? ''),
      ),
    };
  }
  if (operation === 'CopyObject' || operation === 'UploadPartCopy') {
    const source = copySource(CopySource ?? '');
    return {
      needs: [
        ...(source === undefined
          ? []
          : [
              need(
                source.versionId === undefined ? 'GetObject' : 'GetObjectVersion',
                source.bucket,
                source.key,
              ),
            ]),
        need('PutObject', Bucket, Key ?? ''),
      ],
    };
  }
  // Amazon S3 API Reference, PutObject: tags need a permission of their own.
  const tags = typeof Tagging === 'string' ? [need('PutObjectTagging', Bucket, Key)] : [];
  return { needs: [need(action, Bucket, Key), ...tags] };
}
