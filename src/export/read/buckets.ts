/** S3 buckets, their policies and notifications. Objects are data: they stay in the world. */
import { type Answer, type Declared, given, listIn, parsed, picked, type Readable } from '../declared.ts';

export function readBuckets(readable: Readable): readonly Declared[] {
  return listIn<Answer>(readable.ask('s3', 'ListBuckets'), 'Buckets').map(({ Name }) =>
    readBucket(readable, String(Name)),
  );
}

function readBucket({ ask, inputOf }: Readable, Bucket: string): Declared {
  const policy = ask('s3', 'GetBucketPolicy', { Bucket })?.Policy;
  const put = inputOf('s3', 'PutBucketNotificationConfiguration');
  const shape = put.members.find(({ name }) => name === 'NotificationConfiguration')!.shape();
  const notifications = picked(shape, ask('s3', 'GetBucketNotificationConfiguration', { Bucket }));
  return {
    type: 'AWS::S3::Bucket',
    name: Bucket,
    make: [
      { service: 's3', operation: 'CreateBucket', input: { Bucket } },
      ...(typeof policy === 'string'
        ? [{ service: 's3', operation: 'PutBucketPolicy', input: { Bucket, Policy: policy } }]
        : []),
    ],
    connect:
      notifications === undefined
        ? []
        : [
            {
              service: 's3',
              operation: 'PutBucketNotificationConfiguration',
              input: { Bucket, NotificationConfiguration: notifications },
            },
          ],
    properties: given({
      BucketName: Bucket,
      NotificationConfiguration: templateNotifications(notifications as Notifications | undefined),
    }),
    names: [{ literal: `arn:aws:s3:::${Bucket}`, attribute: 'Arn' }],
    parts:
      typeof policy === 'string'
        ? [
            {
              type: 'AWS::S3::BucketPolicy',
              suffix: 'Policy',
              properties: { Bucket, PolicyDocument: parsed(policy) },
            },
          ]
        : [],
  };
}

interface Rule {
  readonly Events: readonly string[];
  readonly Filter?: { readonly Key?: { readonly FilterRules?: readonly Answer[] } };
  readonly QueueArn?: string;
  readonly TopicArn?: string;
  readonly LambdaFunctionArn?: string;
}
type Notifications = Partial<
  Record<'QueueConfigurations' | 'TopicConfigurations' | 'LambdaFunctionConfigurations', readonly Rule[]>
> & { readonly EventBridgeConfiguration?: object };

/** CloudFormation takes one event per entry, and has its own names. */
function templateNotifications(from: Notifications | undefined): object | undefined {
  if (from === undefined) return undefined;
  const entries = (
    rules: readonly Rule[] | undefined,
    target: (rule: Rule) => object,
  ): object[] | undefined =>
    rules?.flatMap((rule) =>
      rule.Events.map((Event) => {
        const filters = rule.Filter?.Key?.FilterRules;
        return given({
          Event,
          Filter: filters === undefined ? undefined : { S3Key: { Rules: filters } },
          ...target(rule),
        });
      }),
    );
  return given({
    QueueConfigurations: entries(from.QueueConfigurations, ({ QueueArn }) => ({ Queue: QueueArn })),
    TopicConfigurations: entries(from.TopicConfigurations, ({ TopicArn }) => ({ Topic: TopicArn })),
    LambdaConfigurations: entries(from.LambdaFunctionConfigurations, ({ LambdaFunctionArn }) => ({
      Function: LambdaFunctionArn,
    })),
    EventBridgeConfiguration:
      from.EventBridgeConfiguration === undefined ? undefined : { EventBridgeEnabled: true },
  });
}
