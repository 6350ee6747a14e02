/** Settings of a bucket that cannot be changed here: what AWS answers of a bucket on which nobody set them. */
import {
  GetBucketAccelerateConfiguration$,
  GetBucketCors$,
  GetBucketEncryption$,
  GetBucketLifecycleConfiguration$,
  GetBucketLogging$,
  GetBucketReplication$,
  GetBucketRequestPayment$,
  GetBucketWebsite$,
  GetObjectLockConfiguration$,
} from '@aws-sdk/client-s3';
import type { StaticOperationSchema } from '@smithy/types';
import { BUCKET, OWNER, s3Operation } from '../define.ts';
import { notConfigured } from '../errors.ts';
import { bucketOf } from '../rules/lookup.ts';

interface OfBucket {
  readonly Bucket?: string;
  readonly ExpectedBucketOwner?: string;
}

const fixed = (schema: StaticOperationSchema, summary: string, answer: () => object) =>
  s3Operation<OfBucket, keyof OfBucket>(schema, {
    summary,
    members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
    handle({ state }, { Bucket, ExpectedBucketOwner }) {
      bucketOf(state, Bucket!, ExpectedBucketOwner);
      return answer();
    },
  });

const none = (code: string, message: string) => (): never => {
  throw notConfigured(code, message);
};

export const getBucketEncryption = fixed(
  GetBucketEncryption$,
  'Shows how objects are encrypted unless they say: SSE-S3.',
  () => ({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
    },
  }),
);
export const getBucketRequestPayment = fixed(
  GetBucketRequestPayment$,
  'Shows who pays for requests: the owner.',
  () => ({ Payer: 'BucketOwner' }),
);
export const getBucketAccelerateConfiguration = fixed(
  GetBucketAccelerateConfiguration$,
  'Shows whether transfers are accelerated: they are not.',
  () => ({}),
);
export const getBucketLogging = fixed(
  GetBucketLogging$,
  'Shows where requests are logged: nowhere.',
  () => ({}),
);
export const getBucketCors = fixed(
  GetBucketCors$,
  'Is refused as on AWS: no rules for browsers are set.',
  none('NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
);
export const getBucketWebsite = fixed(
  GetBucketWebsite$,
  'Is refused as on AWS: the bucket is no website.',
  none('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'),
);
export const getBucketLifecycleConfiguration = fixed(
  GetBucketLifecycleConfiguration$,
  'Is refused as on AWS: no lifecycle is set.',
  none('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
);
export const getBucketReplication = fixed(
  GetBucketReplication$,
  'Is refused as on AWS: nothing is replicated.',
  none('ReplicationConfigurationNotFoundError', 'The replication configuration was not found'),
);
export const getObjectLockConfiguration = fixed(
  GetObjectLockConfiguration$,
  'Is refused as on AWS: objects are not locked.',
  none('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'),
);
