/** Kinesis streams with their consumers. */
import {
  type Answer,
  type Ask,
  type Declared,
  given,
  type Line,
  listIn,
  parsed,
  type Readable,
  tagList,
} from '../declared.ts';

const DEFAULT_RETENTION_HOURS = 24;
const DEFAULT_RECORD_KIB = 1024;

export function readStreams({ ask }: Readable): readonly Declared[] {
  return listIn<string>(ask('kinesis', 'ListStreams'), 'StreamNames').flatMap((name) =>
    readStream(ask, name),
  );
}

interface Summary {
  readonly StreamARN: string;
  readonly StreamModeDetails: { readonly StreamMode: string };
  readonly OpenShardCount: number;
  readonly RetentionPeriodHours: number;
  readonly EncryptionType: string;
  readonly KeyId?: string;
  readonly MaxRecordSizeInKiB?: number;
  readonly EnhancedMonitoring: readonly { readonly ShardLevelMetrics: readonly string[] }[];
}

function readStream(ask: Ask, StreamName: string): readonly Declared[] {
  const summary = ask('kinesis', 'DescribeStreamSummary', { StreamName })
    ?.StreamDescriptionSummary as Summary;
  const { StreamARN, OpenShardCount, RetentionPeriodHours, EncryptionType, KeyId } = summary;
  const { StreamMode } = summary.StreamModeDetails;
  // A stream that is being made has none open yet.
  const shards = Math.max(1, OpenShardCount);
  const isProvisioned = StreamMode === 'PROVISIONED';
  const recordKiB = summary.MaxRecordSizeInKiB ?? DEFAULT_RECORD_KIB;
  const tags = Object.fromEntries(
    listIn<{ Key: string; Value: string }>(ask('kinesis', 'ListTagsForStream', { StreamName }), 'Tags').map(
      ({ Key, Value }) => [Key, Value],
    ),
  );
  const document = parsed(ask('kinesis', 'GetResourcePolicy', { ResourceARN: StreamARN })?.Policy);
  // Without one the answer is an empty document.
  const policy = document === undefined || Object.keys(document).length === 0 ? undefined : document;
  const monitored = summary.EnhancedMonitoring.flatMap(({ ShardLevelMetrics }) => ShardLevelMetrics);
  const ready: Line = { service: 'kinesis', waiter: 'stream-exists', input: { StreamName } };
  const then = (operation: string, input: object): readonly Line[] => [
    { service: 'kinesis', operation, input },
    ready,
  ];
  const stream: Declared = {
    type: 'AWS::Kinesis::Stream',
    name: StreamName,
    make: [
      {
        service: 'kinesis',
        operation: 'CreateStream',
        input: given({
          StreamName,
          ShardCount: isProvisioned ? shards : undefined,
          StreamModeDetails: { StreamMode },
          MaxRecordSizeInKiB: recordKiB === DEFAULT_RECORD_KIB ? undefined : recordKiB,
          Tags: Object.keys(tags).length === 0 ? undefined : tags,
        }),
      },
      ready,
      ...(RetentionPeriodHours === DEFAULT_RETENTION_HOURS
        ? []
        : then('IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours })),
      ...(EncryptionType === 'KMS'
        ? then('StartStreamEncryption', { StreamName, EncryptionType, KeyId })
        : []),
      ...(monitored.length > 0
        ? then('EnableEnhancedMonitoring', { StreamName, ShardLevelMetrics: monitored })
        : []),
      ...(policy !== undefined
        ? [
            {
              service: 'kinesis',
              operation: 'PutResourcePolicy',
              input: { ResourceARN: StreamARN, Policy: JSON.stringify(policy) },
            },
          ]
        : []),
    ],
    properties: given({
      Name: StreamName,
      ShardCount: isProvisioned ? shards : undefined,
      StreamModeDetails: { StreamMode },
      RetentionPeriodHours,
      StreamEncryption: EncryptionType === 'KMS' ? { EncryptionType, KeyId } : undefined,
      DesiredShardLevelMetrics: monitored.length > 0 ? monitored : undefined,
      MaxRecordSizeInKiB: recordKiB === DEFAULT_RECORD_KIB ? undefined : recordKiB,
      Tags: tagList(tags),
    }),
    names: [{ literal: StreamARN, attribute: 'Arn' }],
    parts:
      policy !== undefined
        ? [
            {
              type: 'AWS::Kinesis::ResourcePolicy',
              suffix: 'Policy',
              properties: { ResourceArn: StreamARN, ResourcePolicy: policy },
            },
          ]
        : [],
  };
  const consumers = listIn<Answer>(ask('kinesis', 'ListStreamConsumers', { StreamARN }), 'Consumers');
  return [stream, ...consumers.map((consumer) => consumerOf(StreamARN, StreamName, consumer))];
}

const consumerOf = (StreamARN: string, stream: string, { ConsumerName, ConsumerARN }: Answer): Declared => ({
  type: 'AWS::Kinesis::StreamConsumer',
  name: `${stream}-${String(ConsumerName)}`,
  make: [{ service: 'kinesis', operation: 'RegisterStreamConsumer', input: { StreamARN, ConsumerName } }],
  properties: { StreamARN, ConsumerName },
  names: [{ literal: String(ConsumerARN), attribute: 'ConsumerARN' }],
});
