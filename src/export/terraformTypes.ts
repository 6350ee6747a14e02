/**
 * What each resource is called in HashiCorp's AWS provider, and its arguments. Where CloudFormation's names only differ
 * in their letters they are turned; where the provider has names of its own they stand here.
 */
import { utf8Text } from '../contract/text.ts';
import { fromBase64 } from '../engine/plainJson.ts';
import type { Answer, Declared, Part } from './declared.ts';
import { type Block, one, snake, snakeName, type Write } from './terraformBlock.ts';
import { RULE_WRITERS } from './terraformRules.ts';
import { SCALING_WRITERS } from './terraformScaling.ts';

/** Attributes of a resource, by CloudFormation's name. */
export const ATTRIBUTES: Readonly<Record<string, string>> = {
  Arn: 'arn',
  TopicArn: 'arn',
  ConsumerARN: 'arn',
  QueueUrl: 'url',
  Ref: 'id',
};

/** Documents travel as text. */
const text = (document: unknown): string | undefined =>
  document === undefined ? undefined : JSON.stringify(document);

/** The provider takes the count as a number only. */
const withNumber = (policy: Answer | undefined): object | undefined =>
  policy && { ...policy, maxReceiveCount: Number(policy.maxReceiveCount) };

const tags = (properties: Answer): object => {
  const list = properties.Tags as readonly { Key: string; Value: string }[] | undefined;
  return list === undefined ? {} : { tags: Object.fromEntries(list.map(({ Key, Value }) => [Key, Value])) };
};

const WRITERS: Readonly<Record<string, Write>> = {
  'AWS::SQS::Queue': one(
    'aws_sqs_queue',
    {
      QueueName: 'name',
      VisibilityTimeout: 'visibility_timeout_seconds',
      MessageRetentionPeriod: 'message_retention_seconds',
      MaximumMessageSize: 'max_message_size',
      ReceiveMessageWaitTimeSeconds: 'receive_wait_time_seconds',
      KmsDataKeyReusePeriodSeconds: 'kms_data_key_reuse_period_seconds',
    },
    (properties) => ({
      redrive_policy: text(withNumber(properties.RedrivePolicy as Answer | undefined)),
      redrive_allow_policy: text(properties.RedriveAllowPolicy),
      ...tags(properties),
    }),
  ),
  'AWS::SNS::Topic': one('aws_sns_topic', { TopicName: 'name', DeliveryStatusLogging: '' }, (properties) => ({
    archive_policy: text(properties.ArchivePolicy),
    delivery_policy: text(properties.DeliveryPolicy),
    signature_version:
      properties.SignatureVersion === undefined ? undefined : Number(properties.SignatureVersion),
    ...feedback(properties.DeliveryStatusLogging as readonly Answer[] | undefined),
    ...tags(properties),
  })),
  'AWS::SNS::Subscription': one('aws_sns_topic_subscription', {}, (properties) => ({
    filter_policy: text(properties.FilterPolicy),
    redrive_policy: text(properties.RedrivePolicy),
    delivery_policy: text(properties.DeliveryPolicy),
  })),
  'AWS::Kinesis::Stream': one(
    'aws_kinesis_stream',
    {
      RetentionPeriodHours: 'retention_period',
      DesiredShardLevelMetrics: 'shard_level_metrics',
      StreamEncryption: '',
    },
    (properties) => {
      const encryption = properties.StreamEncryption as Answer | undefined;
      return {
        ...(encryption && { encryption_type: 'KMS', kms_key_id: encryption.KeyId }),
        ...tags(properties),
      };
    },
  ),
  'AWS::Kinesis::StreamConsumer': one('aws_kinesis_stream_consumer', {
    ConsumerName: 'name',
    StreamARN: 'stream_arn',
  }),
  'AWS::S3::Bucket': (properties, resource) => [
    { type: 'aws_s3_bucket', body: { bucket: properties.BucketName } },
    ...notifications(resource),
  ],
  'AWS::Lambda::Function': one(
    'aws_lambda_function',
    {
      Code: '',
      ReservedConcurrentExecutions: 'reserved_concurrent_executions',
      Environment: '',
      DeadLetterConfig: '',
    },
    (properties) => ({
      filename: 'function.zip',
      ...nested('environment', properties.Environment as Answer | undefined, {}, true),
      ...nested('dead_letter_config', properties.DeadLetterConfig as Answer | undefined),
      ...tags(properties),
    }),
  ),
  'AWS::Lambda::EventSourceMapping': one('aws_lambda_event_source_mapping'),
  'AWS::Glue::Database': ({ DatabaseInput }) => [
    { type: 'aws_glue_catalog_database', body: { name: (DatabaseInput as Answer).Name } },
  ],
  'AWS::Glue::Table': ({ DatabaseName, TableInput }) => [
    {
      type: 'aws_glue_catalog_table',
      body: { database_name: DatabaseName, ...snake(TableInput as Answer) },
    },
  ],
  'AWS::KinesisFirehose::DeliveryStream': (properties) => [firehose(properties)],
  'AWS::AmazonMQ::Configuration': one('aws_mq_configuration', {}, ({ Data }) => ({
    data: typeof Data === 'string' ? utf8Text(fromBase64(Data)) : '',
  })),
  'AWS::AmazonMQ::Broker': one(
    'aws_mq_broker',
    { Users: 'user', MaintenanceWindowStartTime: 'maintenance_window_start_time' },
    tags,
  ),
  ...SCALING_WRITERS,
  ...RULE_WRITERS,
  'AWS::CloudWatch::Alarm': one(
    'aws_cloudwatch_metric_alarm',
    {
      OKActions: 'ok_actions',
      Dimensions: '',
      Metrics: 'metric_query',
      AlarmDescription: 'alarm_description',
    },
    ({ Dimensions = [] }) => ({
      dimensions: Object.fromEntries(
        (Dimensions as readonly { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
      ),
    }),
  ),
  'AWS::IAM::User': ({ UserName, Policies = [], ManagedPolicyArns = [] }) => [
    { type: 'aws_iam_user', body: { name: UserName } },
    ...(Policies as readonly Answer[]).map(
      ({ PolicyName, PolicyDocument }, index): Block => ({
        type: 'aws_iam_user_policy',
        suffix: `_${index + 1}`,
        body: { name: PolicyName, policy: text(PolicyDocument) },
        owner: { user: 'name' },
      }),
    ),
    ...(ManagedPolicyArns as readonly string[]).map(
      (policy_arn, index): Block => ({
        type: 'aws_iam_user_policy_attachment',
        suffix: `_attached_${index + 1}`,
        body: { policy_arn },
        owner: { user: 'name' },
      }),
    ),
  ],
  'AWS::IAM::ManagedPolicy': ({ ManagedPolicyName, PolicyDocument, Description }) => [
    {
      type: 'aws_iam_policy',
      body: { name: ManagedPolicyName, policy: text(PolicyDocument), description: Description },
    },
  ],
  'AWS::KMS::Key': ({ Description, Enabled, KeyPolicy }) => [
    {
      type: 'aws_kms_key',
      body: { description: Description, is_enabled: Enabled, policy: text(KeyPolicy) },
    },
  ],
  'AWS::KMS::Alias': ({ AliasName, TargetKeyId }) => [
    { type: 'aws_kms_alias', body: { name: AliasName, target_key_id: TargetKeyId } },
  ],
};

const PARTS: Readonly<Record<string, (part: Part) => Pick<Block, 'type' | 'body' | 'owner'>>> = {
  'AWS::SQS::QueuePolicy': ({ properties }) => ({
    type: 'aws_sqs_queue_policy',
    body: { policy: text(properties.PolicyDocument) },
    owner: { queue_url: 'url' },
  }),
  'AWS::SNS::TopicPolicy': ({ properties }) => ({
    type: 'aws_sns_topic_policy',
    body: { policy: text(properties.PolicyDocument) },
    owner: { arn: 'arn' },
  }),
  'AWS::S3::BucketPolicy': ({ properties }) => ({
    type: 'aws_s3_bucket_policy',
    body: { policy: text(properties.PolicyDocument) },
    owner: { bucket: 'id' },
  }),
  'AWS::Kinesis::ResourcePolicy': ({ properties }) => ({
    type: 'aws_kinesis_resource_policy',
    body: { policy: text(properties.ResourcePolicy) },
    owner: { resource_arn: 'arn' },
  }),
  'AWS::Lambda::Permission': ({ properties, suffix }) => ({
    type: 'aws_lambda_permission',
    body: { statement_id: suffix.replace('Permission-', ''), ...snake(properties) },
    owner: { function_name: 'function_name' },
  }),
  'AWS::Lambda::EventInvokeConfig': ({ properties }) => ({
    type: 'aws_lambda_function_event_invoke_config',
    body: snake(properties),
    owner: { function_name: 'function_name' },
  }),
};

/** The blocks of a resource, its own first. */
export function terraformBlocks(resource: Declared): readonly Block[] {
  const blocks = WRITERS[resource.type]!(resource.properties, resource);
  const parts = (resource.parts ?? []).map((part) => ({
    suffix: `_${part.suffix.toLowerCase()}`,
    ...PARTS[part.type]!(part),
  }));
  return [...blocks, ...parts].map((block) => ({ ...block, body: plain(block.body) }));
}

const plain = (body: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(body)) as Record<string, unknown>;

function nested(
  name: string,
  value: Answer | undefined,
  names: Readonly<Record<string, string>> = {},
  keepsNames = false,
): object {
  if (value === undefined) return {};
  return { [name]: keepsNames ? { variables: value.Variables } : snake(value, names) };
}

const FEEDBACK: Readonly<Record<string, string>> = {
  'http/s': 'http',
  sqs: 'sqs',
  lambda: 'lambda',
  firehose: 'firehose',
  application: 'application',
};

function feedback(logging: readonly Answer[] | undefined): object {
  return Object.fromEntries(
    (logging ?? []).flatMap(({ Protocol, ...rest }) =>
      Object.entries(rest).map(([name, value]) => [
        `${FEEDBACK[String(Protocol)]}_${snakeName(name)}`,
        value,
      ]),
    ),
  );
}

/** A bucket's notifications are a resource of their own, with all events of a rule in one block. */
function notifications({ connect = [] }: Declared): readonly Block[] {
  const [call] = connect;
  if (call === undefined || !('operation' in call)) return [];
  const { NotificationConfiguration } = call.input as {
    NotificationConfiguration: Readonly<Record<string, readonly Answer[]>>;
  };
  const block = (member: string, target: string, argument: string): object[] | undefined =>
    NotificationConfiguration[member]?.map((rule) => ({
      [argument]: rule[target],
      events: rule.Events,
      ...filters(rule),
    }));
  return [
    {
      type: 'aws_s3_bucket_notification',
      suffix: '_notifications',
      owner: { bucket: 'id' },
      body: {
        queue: block('QueueConfigurations', 'QueueArn', 'queue_arn'),
        topic: block('TopicConfigurations', 'TopicArn', 'topic_arn'),
        lambda_function: block('LambdaFunctionConfigurations', 'LambdaFunctionArn', 'lambda_function_arn'),
      },
    },
  ];
}

function filters(rule: Answer): object {
  const rules =
    (rule.Filter as { Key?: { FilterRules?: readonly { Name: string; Value: string }[] } } | undefined)?.Key
      ?.FilterRules ?? [];
  return Object.fromEntries(rules.map(({ Name, Value }) => [`filter_${Name.toLowerCase()}`, Value]));
}

/** Destinations by the provider's word. */
const DESTINATIONS = [
  ['ExtendedS3DestinationConfiguration', 'extended_s3'],
  ['RedshiftDestinationConfiguration', 'redshift'],
  ['AmazonopensearchserviceDestinationConfiguration', 'opensearch'],
  ['SplunkDestinationConfiguration', 'splunk'],
  ['HttpEndpointDestinationConfiguration', 'http_endpoint'],
] as const;
const FIREHOSE_NAMES: Readonly<Record<string, string>> = {
  SizeInMBs: 'buffering_size',
  IntervalInSeconds: 'buffering_interval',
  CloudWatchLoggingOptions: 'cloudwatch_logging_options',
  EncryptionConfiguration: '',
};

function firehose(properties: Answer): Block {
  const [member, destination] = DESTINATIONS.find(([name]) => properties[name] !== undefined)!;
  const source = properties.KinesisStreamSourceConfiguration as Answer | undefined;
  return {
    type: 'aws_kinesis_firehose_delivery_stream',
    body: {
      name: properties.DeliveryStreamName,
      destination,
      [`${destination}_configuration`]: flatHints(snake(properties[member] as Answer, FIREHOSE_NAMES)),
      ...(source && {
        kinesis_source_configuration: {
          kinesis_stream_arn: source.KinesisStreamARN,
          role_arn: source.RoleARN,
        },
      }),
      ...tags(properties),
    },
  };
}

/** The provider has buffering hints beside the rest. */
function flatHints(value: Record<string, unknown>): Record<string, unknown> {
  const { buffering_hints: hints, ...rest } = value;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([name, member]) => [
      name,
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? flatHints(member as Record<string, unknown>)
        : member,
    ]),
  );
  return { ...inner, ...(hints as object | undefined) };
}
