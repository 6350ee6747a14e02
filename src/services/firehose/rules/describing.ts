/** A delivery stream as DescribeDeliveryStream tells of it: the configuration, with its defaults. */
import type { DeliveryStream, FirehoseState } from '../model.ts';
import type { Destination, Given, S3Place } from './destination.ts';

export const DESTINATION_ID = 'destinationId-000000000001';

export function description(state: FirehoseState, stream: DeliveryStream, after?: string): object {
  const { source, encryption, updated, throughputHint } = stream;
  const at = (instant: number): Date => new Date(state.epoch + instant);
  return {
    DeliveryStreamName: stream.name,
    DeliveryStreamARN: stream.arn,
    DeliveryStreamStatus: stream.status,
    DeliveryStreamEncryptionConfiguration: {
      ...(encryption.keyArn !== undefined && { KeyARN: encryption.keyArn }),
      ...(encryption.keyType !== undefined && { KeyType: encryption.keyType }),
      Status: encryption.status,
    },
    DeliveryStreamType: stream.type,
    VersionId: String(stream.version),
    CreateTimestamp: at(stream.created),
    ...(updated !== undefined && { LastUpdateTimestamp: at(updated) }),
    ...(source !== undefined && {
      Source: {
        KinesisStreamSourceDescription: {
          KinesisStreamARN: source.arn,
          RoleARN: source.role,
          ...(source.since !== undefined && { DeliveryStartTimestamp: at(source.since) }),
        },
      },
    }),
    ...(throughputHint !== undefined && {
      Source: { DirectPutSourceDescription: { ThroughputHintInMBs: throughputHint } },
    }),
    Destinations:
      after !== undefined && after >= DESTINATION_ID ? [] : [destinationDescription(stream.destination)],
    HasMoreDestinations: false,
  };
}

/** `RedshiftDestinationConfiguration` → `RedshiftDestinationDescription`. */
const describedAs = (member: string): string => member.replace(/Configuration$/u, 'Description');

function destinationDescription(destination: Destination): object {
  const { kind, member, config, place } = destination;
  const described = { ...withDefaults(destination), ...secretless(config) };
  if (kind !== 's3') {
    return { DestinationId: DESTINATION_ID, [describedAs(member)]: described };
  }
  const extended = { ...placeDescription(config, place), ...described };
  return {
    DestinationId: DESTINATION_ID,
    S3DestinationDescription: placeDescription(config, place),
    ExtendedS3DestinationDescription: extended,
  };
}

/** Passwords are not told; parts about S3 have another name. */
function secretless(config: Given): Record<string, unknown> {
  const {
    Password: _password,
    S3Configuration: _s3,
    S3BackupConfiguration: _backup,
    BufferingHints: _hints,
    EndpointConfiguration: endpoint,
    ...rest
  } = config;
  if (endpoint === undefined) return rest;
  const { AccessKey: _key, ...told } = endpoint as Given;
  return { ...rest, EndpointConfiguration: told };
}

function withDefaults({
  kind,
  config,
  place,
  backup,
  hints,
  retry,
  conversion,
}: Destination): Record<string, unknown> {
  const s3 = config.S3Configuration as Given | undefined;
  const buffered = kind !== 'redshift';
  return {
    ...(buffered && {
      BufferingHints: { SizeInMBs: hints.size / 1_048_576, IntervalInSeconds: hints.interval / 1_000 },
    }),
    ...(kind !== 's3' && { RetryOptions: { DurationInSeconds: retry / 1_000 } }),
    ...(kind === 's3' || kind === 'redshift' ? { S3BackupMode: 'Disabled' } : {}),
    ...(kind === 'splunk' && { HECAcknowledgmentTimeoutInSeconds: 180, S3BackupMode: 'FailedEventsOnly' }),
    ...(kind === 'http' && { S3BackupMode: 'FailedDataOnly' }),
    ...((kind === 'openSearch' || kind === 'elasticsearch') && { IndexRotationPeriod: 'OneDay' }),
    ...(kind.startsWith('openSearch') || kind === 'elasticsearch'
      ? { S3BackupMode: 'FailedDocumentsOnly' }
      : {}),
    ...(s3 !== undefined && { S3DestinationDescription: placeDescription(s3, place) }),
    ...(backup !== undefined &&
      config.S3BackupConfiguration !== undefined && {
        S3BackupDescription: placeDescription(config.S3BackupConfiguration as Given, backup),
      }),
    ...(conversion === undefined &&
      kind === 's3' && { DataFormatConversionConfiguration: { Enabled: false } }),
  };
}

function placeDescription(config: Given, { hints, compression }: S3Place): Given {
  const { RoleARN, BucketARN, Prefix, ErrorOutputPrefix, EncryptionConfiguration, CloudWatchLoggingOptions } =
    config;
  return {
    RoleARN,
    BucketARN,
    ...(Prefix !== undefined && { Prefix }),
    ...(ErrorOutputPrefix !== undefined && { ErrorOutputPrefix }),
    BufferingHints: { SizeInMBs: hints.size / 1_048_576, IntervalInSeconds: hints.interval / 1_000 },
    CompressionFormat: compression,
    EncryptionConfiguration: EncryptionConfiguration ?? { NoEncryptionConfig: 'NoEncryption' },
    CloudWatchLoggingOptions: CloudWatchLoggingOptions ?? { Enabled: false },
  };
}
