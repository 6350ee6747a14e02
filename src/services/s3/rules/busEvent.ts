/** What a bucket tells EventBridge, once that is switched on. Amazon S3 User Guide, EventBridge event message structure. */
import { tellEventBus } from '../../../contract/awsEvents.ts';
import { SOURCE_IP } from '../../../contract/requestKeys.ts';
import type { Context } from '../../../engine/service.ts';
import { type Bucket, bucketArn, type S3State } from '../model.ts';
import { type Happened, newRequestId, sequencerOf } from './eventRecord.ts';

/** By what notifications call it. */
const REASONS: Readonly<Record<string, string>> = {
  'ObjectCreated:Put': 'PutObject',
  'ObjectCreated:Copy': 'CopyObject',
  'ObjectCreated:Post': 'POST Object',
  'ObjectCreated:CompleteMultipartUpload': 'CompleteMultipartUpload',
  'ObjectRemoved:Delete': 'DeleteObject',
  'ObjectRemoved:DeleteMarkerCreated': 'DeleteObject',
};

const DETAIL_TYPES: readonly (readonly [string, string])[] = [
  ['ObjectCreated:', 'Object Created'],
  ['ObjectRemoved:', 'Object Deleted'],
  ['ObjectTagging:Put', 'Object Tags Added'],
  ['ObjectTagging:Delete', 'Object Tags Deleted'],
];

export function tellBus(context: Context<S3State>, bucket: Bucket, happened: Happened): void {
  if (bucket.eventBridge !== true) return;
  const { state, now, caller } = context;
  const { key, eventName, size, eTag, sequence, versionId } = happened;
  const detailType = DETAIL_TYPES.find(([start]) => eventName.startsWith(start))?.[1];
  if (detailType === undefined) return;
  const tagged = eventName.startsWith('ObjectTagging:');
  const created = eventName.startsWith('ObjectCreated:');
  tellEventBus(context, 's3', {
    source: 'aws.s3',
    detailType,
    account: bucket.account,
    resources: [bucketArn(bucket.name)],
    detail: Object.freeze({
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key,
        ...(size !== undefined && { size }),
        ...(eTag !== undefined && { etag: eTag }),
        ...(versionId !== undefined && { 'version-id': versionId }),
        sequencer: sequencerOf(state.epoch + now, sequence),
      },
      'request-id': newRequestId(state),
      requester: caller.account,
      'source-ip-address': SOURCE_IP,
      ...(!tagged && { reason: REASONS[eventName] ?? eventName }),
      ...(!created &&
        !tagged && {
          'deletion-type': eventName.endsWith('DeleteMarkerCreated')
            ? 'Delete Marker Created'
            : 'Permanently Deleted',
        }),
    }),
    origin: `bucket/${bucket.name}`,
  });
}
