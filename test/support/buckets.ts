/** A small world with buckets and those whom they tell. */
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { iam } from '../../src/services/iam/index.ts';
import { kms } from '../../src/services/kms/index.ts';
import { lambda } from '../../src/services/lambda/index.ts';
import { s3 } from '../../src/services/s3/index.ts';
import { sns } from '../../src/services/sns/index.ts';
import { sqs } from '../../src/services/sqs/index.ts';
import { queueArn } from './functions.ts';
import { World } from './world.ts';

export const buckets = (settings: Partial<AwsWorldSettings> = {}): World => {
  const w = new World(settings, [sqs, sns, lambda, s3, iam, kms]);
  w.call('CreateBucket', { Bucket: 'photos' }, 's3');
  return w;
};

/** A policy that lets the bucket send to a queue. */
export const letsBucket = (queue: string, bucket = 'photos'): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn(queue),
        Condition: {
          ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${bucket}` },
          StringEquals: { 'aws:SourceAccount': '000000000000' },
        },
      },
    ],
  });

export const put = (w: World, Key: string, Body = 'x', Bucket = 'photos') =>
  w.call('PutObject', { Bucket, Key, Body }, 's3');
