/** Bucket policies: who may use a bucket. Amazon S3 User Guide, Bucket policies for Amazon S3. */
import {
  DeleteBucketPolicy$,
  type DeleteBucketPolicyRequest,
  GetBucketPolicy$,
  type GetBucketPolicyRequest,
  PutBucketPolicy$,
  type PutBucketPolicyRequest,
} from '@aws-sdk/client-s3';
import { readPolicy } from '../../../contract/policy/document.ts';
import { utf8Length } from '../../../contract/text.ts';
import { BUCKET, OWNER, s3Operation } from '../define.ts';
import { malformedPolicy, noSuchPolicy } from '../errors.ts';
import { emit } from '../events.ts';
import { POLICY_BYTES_MAX } from '../limits.ts';
import { type Bucket, bucketArn } from '../model.ts';
import { bucketOf } from '../rules/lookup.ts';

export const putBucketPolicy = s3Operation<
  PutBucketPolicyRequest,
  'Bucket' | 'Policy' | 'ExpectedBucketOwner'
>(PutBucketPolicy$, {
  summary: 'Sets who may use a bucket.',
  members: { Bucket: BUCKET, Policy: { purpose: 'the policy, JSON' }, ExpectedBucketOwner: OWNER },
  handle(context, { Bucket, Policy, ExpectedBucketOwner }) {
    const bucket = bucketOf(context.state, Bucket!, ExpectedBucketOwner);
    bucket.policy = readBucketPolicy(bucket, Policy!);
    emit(context, { type: 's3/PolicyChanged', by: context.caller.by, bucket: bucket.name });
    return {};
  },
});

/** UNSURE: all sentences but those about resources and JSON. */
function readBucketPolicy(bucket: Bucket, text: string): NonNullable<Bucket['policy']> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformedPolicy(
      "Policies must be valid JSON and the first byte must be '{'",
      'The text is no JSON.',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformedPolicy(
      "Policies must be valid JSON and the first byte must be '{'",
      'It is no JSON object.',
    );
  }
  if (utf8Length(text) > POLICY_BYTES_MAX) {
    throw malformedPolicy('Policies cannot exceed 20480 bytes', `It has ${utf8Length(text)} bytes.`);
  }
  const read = readPolicy(value, 'resource');
  if (!read.ok) {
    const { at, expected, sentence } = read.problem;
    throw malformedPolicy(sentence, `At ${at === '' ? 'the beginning' : at} expected is ${expected}.`);
  }
  const own = bucketArn(bucket.name);
  for (const { resources } of read.policy.statements) {
    const foreign = resources?.patterns.find(
      (pattern) =>
        pattern !== own && pattern !== '*' && !pattern.startsWith(`${own}/`) && pattern !== `${own}*`,
    );
    if (foreign !== undefined || resources === undefined) {
      throw malformedPolicy(
        'Policy has invalid resource',
        `${foreign ?? 'Nothing'} is not ${own} or ${own}/*.`,
      );
    }
  }
  return Object.freeze({ text, value: Object.freeze(value) });
}

export const getBucketPolicy = s3Operation<GetBucketPolicyRequest, 'Bucket' | 'ExpectedBucketOwner'>(
  GetBucketPolicy$,
  {
    summary: 'Shows who may use a bucket.',
    members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
    handle({ state }, { Bucket, ExpectedBucketOwner }) {
      const { policy } = bucketOf(state, Bucket!, ExpectedBucketOwner);
      if (policy === undefined) throw noSuchPolicy();
      return { Policy: policy.text };
    },
  },
);

export const deleteBucketPolicy = s3Operation<DeleteBucketPolicyRequest, 'Bucket' | 'ExpectedBucketOwner'>(
  DeleteBucketPolicy$,
  {
    summary: 'Takes the policy of a bucket away.',
    members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
    handle(context, { Bucket, ExpectedBucketOwner }) {
      const bucket = bucketOf(context.state, Bucket!, ExpectedBucketOwner);
      bucket.policy = undefined;
      emit(context, { type: 's3/PolicyChanged', by: context.caller.by, bucket: bucket.name });
      return {};
    },
  },
);
