/** Buckets: made, listed, deleted. */
import {
  CreateBucket$,
  type CreateBucketRequest,
  DeleteBucket$,
  type DeleteBucketRequest,
  GetBucketLocation$,
  type GetBucketLocationRequest,
  HeadBucket$,
  type HeadBucketRequest,
  ListBuckets$,
  type ListBucketsRequest,
} from '@aws-sdk/client-s3';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import { BUCKET, OWNER, s3Operation } from '../define.ts';
import {
  accessDenied,
  bucketExists,
  bucketNotEmpty,
  bucketOwned,
  headNotFound,
  illegalLocation,
  invalidArgument,
  invalidBucketName,
} from '../errors.ts';
import { emit } from '../events.ts';
import { BUCKET_NAME, BUCKETS_LISTED_MAX } from '../limits.ts';
import { bucketArn, newBucket } from '../model.ts';
import { bucketOf } from '../rules/lookup.ts';
import { dropUpload } from '../rules/storing.ts';
import { hasVersions } from '../rules/versions.ts';

export const createBucket = s3Operation<CreateBucketRequest, 'Bucket' | 'CreateBucketConfiguration'>(
  CreateBucket$,
  {
    summary: 'Makes a bucket; its name is taken in the whole world then.',
    members: {
      Bucket: { purpose: 'its name', min: 3, max: 63, unit: 'characters' },
      CreateBucketConfiguration: { purpose: 'LocationConstraint=REGION, but in us-east-1' },
    },
    handle(context, { Bucket, CreateBucketConfiguration }) {
      const { state, now, caller } = context;
      const name = Bucket!;
      if (!BUCKET_NAME.test(name) || name.includes('..') || /^\d+(?:\.\d+){3}$/u.test(name)) {
        throw invalidBucketName();
      }
      const location = CreateBucketConfiguration?.LocationConstraint;
      if (state.region === 'us-east-1' ? location !== undefined : location !== state.region) {
        throw illegalLocation();
      }
      const output = { Location: `/${name}`, BucketArn: bucketArn(name) };
      const before = state.buckets.get(name);
      if (before !== undefined) {
        if (before.account !== caller.account) throw bucketExists();
        // Amazon S3 API Reference, CreateBucket: in us-east-1 an own bucket is made again without an error.
        if (state.region === 'us-east-1') return output;
        throw bucketOwned();
      }
      const order = ++state.bucketsMade;
      state.buckets.set(name, newBucket({ name, account: caller.account, order, created: now }));
      emit(context, { type: 's3/BucketCreated', by: caller.by, bucket: name });
      return output;
    },
  },
);

export const deleteBucket = s3Operation<DeleteBucketRequest, 'Bucket' | 'ExpectedBucketOwner'>(
  DeleteBucket$,
  {
    summary: 'Deletes a bucket that is empty.',
    members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
    handle(context, { Bucket, ExpectedBucketOwner }) {
      const { state, caller } = context;
      const bucket = bucketOf(state, Bucket!, ExpectedBucketOwner);
      if (bucket.objects.size > 0) throw bucketNotEmpty(`It holds ${bucket.objects.size} objects.`);
      if (hasVersions(bucket)) {
        throw bucketNotEmpty('It holds older versions or delete markers: s3api list-object-versions.');
      }
      for (const upload of [...state.uploads.values()]) {
        if (upload.bucket === bucket.name) dropUpload(context, upload);
      }
      state.buckets.delete(bucket.name);
      emit(context, { type: 's3/BucketDeleted', by: caller.by, bucket: bucket.name });
      return {};
    },
  },
);

export const headBucket = s3Operation<HeadBucketRequest, 'Bucket' | 'ExpectedBucketOwner'>(HeadBucket$, {
  summary: 'Asks whether a bucket is there, and may be used.',
  members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
  handle({ state }, { Bucket, ExpectedBucketOwner }) {
    const bucket = state.buckets.get(Bucket!);
    if (bucket === undefined) throw headNotFound();
    if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== bucket.account) {
      throw accessDenied(`The bucket belongs to ${bucket.account}.`);
    }
    return { BucketArn: bucketArn(bucket.name), BucketRegion: state.region, AccessPointAlias: false };
  },
});

export const listBuckets = s3Operation<
  ListBucketsRequest,
  'Prefix' | 'MaxBuckets' | 'ContinuationToken' | 'BucketRegion'
>(ListBuckets$, {
  summary: 'Lists the buckets of the account, by name.',
  members: {
    Prefix: { purpose: 'only names that begin so' },
    MaxBuckets: { purpose: 'how many at most in one answer', min: 1, max: BUCKETS_LISTED_MAX },
    ContinuationToken: { purpose: 'go on where the last answer ended' },
    BucketRegion: { purpose: 'only buckets of this region' },
  },
  pagination: {
    inputToken: 'ContinuationToken',
    outputToken: 'ContinuationToken',
    result: 'Buckets',
    limitKey: 'MaxBuckets',
  },
  handle({ state, caller }, { Prefix = '', MaxBuckets, ContinuationToken, BucketRegion = state.region }) {
    const most = MaxBuckets ?? BUCKETS_LISTED_MAX;
    if (most < 1 || most > BUCKETS_LISTED_MAX) {
      throw invalidArgument(`Argument max-buckets must be an integer between 1 and ${BUCKETS_LISTED_MAX}`, {
        argument: ['max-buckets', String(most)],
      });
    }
    const from = ContinuationToken === undefined ? '' : utf8Text(fromBase64(ContinuationToken));
    if (from === undefined) {
      throw invalidArgument('The continuation token provided is incorrect', {
        argument: ['continuation-token', ContinuationToken!],
      });
    }
    const own = [...state.buckets.values()]
      .filter(({ account, name }) => account === caller.account && name.startsWith(Prefix) && name > from)
      .filter(() => BucketRegion === state.region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = own.slice(0, most);
    return {
      Buckets: page.map(({ name, created }) => ({
        Name: name,
        CreationDate: state.epoch + created,
        BucketArn: bucketArn(name),
        // Amazon S3 API Reference, Bucket: only where one asks for pages.
        ...(MaxBuckets !== undefined && { BucketRegion: state.region }),
      })),
      Owner: { ID: caller.account },
      ...(own.length > page.length && { ContinuationToken: base64(utf8Bytes(page.at(-1)!.name)) }),
      ...(Prefix !== '' && { Prefix }),
    };
  },
});

export const getBucketLocation = s3Operation<GetBucketLocationRequest, 'Bucket' | 'ExpectedBucketOwner'>(
  GetBucketLocation$,
  {
    summary: 'Shows the region of a bucket; nothing stands for us-east-1.',
    members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
    handle({ state }, { Bucket, ExpectedBucketOwner }) {
      bucketOf(state, Bucket!, ExpectedBucketOwner);
      state.getRequests++;
      return state.region === 'us-east-1' ? {} : { LocationConstraint: state.region };
    },
  },
);
