/** Objects deleted: for good, or behind a marker where the bucket keeps versions. */
import {
  DeleteObject$,
  type DeleteObjectRequest,
  DeleteObjects$,
  type DeleteObjectsRequest,
} from '@aws-sdk/client-s3';
import { BUCKET, KEY, OWNER, s3Operation, VERSION_ID } from '../define.ts';
import { malformedXml } from '../errors.ts';
import { DELETE_MAX } from '../limits.ts';
import { bucketOf } from '../rules/lookup.ts';
import { remove } from '../rules/storing.ts';

export const deleteObject = s3Operation<
  DeleteObjectRequest,
  'Bucket' | 'Key' | 'VersionId' | 'ExpectedBucketOwner'
>(DeleteObject$, {
  summary: 'Deletes an object; one that is not there is no error.',
  members: { Bucket: BUCKET, Key: KEY, VersionId: VERSION_ID, ExpectedBucketOwner: OWNER },
  handle: (context, { Bucket, Key, VersionId, ExpectedBucketOwner }) =>
    remove(context, bucketOf(context.state, Bucket!, ExpectedBucketOwner), Key!, VersionId),
});

export const deleteObjects = s3Operation<DeleteObjectsRequest, 'Bucket' | 'Delete' | 'ExpectedBucketOwner'>(
  DeleteObjects$,
  {
    summary: 'Deletes up to 1,000 objects in one call.',
    members: {
      Bucket: BUCKET,
      Delete: { purpose: 'which: Objects=[{Key=a},{Key=b}]', max: DELETE_MAX, unit: 'entries' },
      ExpectedBucketOwner: OWNER,
    },
    handle(context, { Bucket, Delete, ExpectedBucketOwner }) {
      const bucket = bucketOf(context.state, Bucket!, ExpectedBucketOwner);
      const items = Delete?.Objects ?? [];
      const isBad = items.length === 0 || items.length > DELETE_MAX;
      if (isBad || items.some(({ Key }) => Key === undefined)) throw malformedXml();
      const Deleted = items.map(({ Key, VersionId }) => {
        const { VersionId: made, DeleteMarker } = remove(context, bucket, Key!, VersionId);
        return {
          Key,
          ...(VersionId !== undefined && { VersionId }),
          ...(DeleteMarker && { DeleteMarker, DeleteMarkerVersionId: made }),
        };
      });
      return Delete?.Quiet === true ? {} : { Deleted };
    },
  },
);
