/** Event notifications: whom a bucket tells of what happens to its objects. */
import {
  GetBucketNotificationConfiguration$,
  type GetBucketNotificationConfigurationRequest,
  PutBucketNotificationConfiguration$,
  type PutBucketNotificationConfigurationRequest,
} from '@aws-sdk/client-s3';
import { PARKED, type Parked } from '../../../engine/service.ts';
import { BUCKET, OWNER, s3Operation } from '../define.ts';
import { checkDestinations, setRules } from '../rules/checking.ts';
import { readConfiguration, shownConfiguration } from '../rules/configuration.ts';
import { bucketOf } from '../rules/lookup.ts';

export const putBucketNotificationConfiguration = s3Operation<
  PutBucketNotificationConfigurationRequest,
  'Bucket' | 'NotificationConfiguration' | 'ExpectedBucketOwner' | 'SkipDestinationValidation'
>(PutBucketNotificationConfiguration$, {
  summary: 'Sets whom a bucket tells of its objects; what was set before is gone.',
  members: {
    Bucket: BUCKET,
    NotificationConfiguration: { purpose: 'queues, topics, functions with events and filters; EventBridge' },
    ExpectedBucketOwner: OWNER,
    SkipDestinationValidation: { purpose: 'do not ask the destinations' },
  },
  handle(context, input) {
    const bucket = bucketOf(context.state, input.Bucket!, input.ExpectedBucketOwner);
    const rules = readConfiguration(context.state, input.NotificationConfiguration!);
    const eventBridge = input.NotificationConfiguration!.EventBridgeConfiguration !== undefined;
    if (rules.length > 0 && input.SkipDestinationValidation !== true) {
      checkDestinations(context, bucket, rules, eventBridge);
      return PARKED as Parked;
    }
    context.state.configurationsMade++;
    setRules(context, bucket, rules, eventBridge, context.caller.by);
    return {};
  },
});

export const getBucketNotificationConfiguration = s3Operation<
  GetBucketNotificationConfigurationRequest,
  'Bucket' | 'ExpectedBucketOwner'
>(GetBucketNotificationConfiguration$, {
  summary: 'Shows whom a bucket tells of its objects.',
  members: { Bucket: BUCKET, ExpectedBucketOwner: OWNER },
  handle: ({ state }, { Bucket, ExpectedBucketOwner }) =>
    shownConfiguration(bucketOf(state, Bucket!, ExpectedBucketOwner)),
});
