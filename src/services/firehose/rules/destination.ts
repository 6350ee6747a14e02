/** What a destination's configuration means: AWS's members, with their defaults, checked against each other. */
import type { Bytes, Milliseconds } from '../../../engine/units.ts';
import { bytes, milliseconds } from '../../../engine/units.ts';
import { invalidArgument, notModelled } from '../errors.ts';
import { type DestinationKind, HINTS, LARGE_BUFFER_MB, MEGABYTE, RETRY } from '../limits.ts';
import { nameOfArn } from '../model.ts';
import { type Conversion, readConversion } from './conversionSettings.ts';
import { checkPrefixes } from './prefix.ts';
import { type Processing, readProcessing } from './processing.ts';
import { zoneOffset } from './timestamp.ts';

export type Compression = 'UNCOMPRESSED' | 'GZIP' | 'ZIP' | 'Snappy' | 'HADOOP_SNAPPY';

export interface Hints {
  readonly size: Bytes;
  readonly interval: Milliseconds;
}

/** Where objects are written. Frozen. */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string | undefined;
  readonly errorPrefix: string | undefined;
  readonly compression: Compression;
  readonly hints: Hints;
  readonly extension: string | undefined;
  /** Minutes ahead of UTC. */
  readonly zone: number;
}

/** Frozen; made anew when the destination is updated. */
export interface Destination {
  readonly kind: DestinationKind;
  /** The member of CreateDeliveryStream that it was given as: `ExtendedS3DestinationConfiguration`. */
  readonly member: string;
  /** As given, updates merged. */
  readonly config: Given;
  readonly hints: Hints;
  /** S3: the destination; Redshift: where it is staged; others: for what failed, and the backup. */
  readonly place: S3Place;
  /** Where source records are copied, all or none. */
  readonly backup: S3Place | undefined;
  readonly retry: Milliseconds;
  readonly processing: Processing;
  readonly conversion: Conversion | undefined;
  /** Dynamic partitioning. */
  readonly partitioned: boolean;
}

/** A configuration as it comes: the members of all kinds. */
export interface Given {
  readonly [member: string]: unknown;
}

const KINDS: Readonly<Record<string, DestinationKind>> = {
  ExtendedS3DestinationConfiguration: 's3',
  S3DestinationConfiguration: 's3',
  RedshiftDestinationConfiguration: 'redshift',
  AmazonopensearchserviceDestinationConfiguration: 'openSearch',
  AmazonOpenSearchServerlessDestinationConfiguration: 'openSearchServerless',
  ElasticsearchDestinationConfiguration: 'elasticsearch',
  SplunkDestinationConfiguration: 'splunk',
  HttpEndpointDestinationConfiguration: 'http',
};
export const DESTINATIONS = Object.keys(KINDS);

const object = (value: unknown): Given => (value ?? {}) as Given;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Throws what AWS would answer. */
export function readDestination(member: string, config: Given): Destination {
  const kind = KINDS[member]!;
  refuseUnmodelled(config);
  const partitioned = object(config.DynamicPartitioningConfiguration).Enabled === true;
  const conversion = readConversion(config.DataFormatConversionConfiguration, config.CompressionFormat);
  const large = partitioned || conversion !== undefined;
  const own = kind === 's3' ? config : object(config.S3Configuration);
  const place = readPlace(own, kind === 's3' ? large : false, partitioned);
  const backup = backupOf(kind, config, place);
  const hints =
    kind === 's3' || kind === 'redshift' ? place.hints : readHints(config.BufferingHints, kind, false);
  if (partitioned && hints.interval === 0) {
    throw invalidArgument(
      'Zero buffering cannot be used with dynamic partitioning.',
      'IntervalInSeconds is at least 60.',
    );
  }
  if (backup !== undefined && backup.hints.interval === 0) {
    throw invalidArgument(
      'Zero buffering cannot be used for S3 backup.',
      'Only the main destination can go unbuffered.',
    );
  }
  if (kind === 'redshift') checkRedshift(place);
  const processing = readProcessing(config.ProcessingConfiguration, kind);
  checkPartitioning(partitioned, config, processing);
  return Object.freeze({
    kind,
    member,
    config,
    hints,
    place,
    backup,
    retry: retryOf(kind, config),
    processing,
    conversion,
    partitioned,
  });
}

function refuseUnmodelled(config: Given): void {
  if (config.VpcConfiguration !== undefined) {
    throw notModelled('VpcConfiguration', 'Networks are not part of this world: name an endpoint.');
  }
  if (object(config.SecretsManagerConfiguration).Enabled === true) {
    throw notModelled(
      'SecretsManagerConfiguration',
      'There is no Secrets Manager here: give the key itself.',
    );
  }
}

function readPlace(config: Given, large: boolean, partitioned: boolean): S3Place {
  const prefix = text(config.Prefix);
  const errorPrefix = text(config.ErrorOutputPrefix);
  checkPrefixes(prefix, errorPrefix, partitioned);
  const zone = zoneOffset(text(config.CustomTimeZone) ?? '');
  if (zone === undefined) {
    throw notModelled(
      `CustomTimeZone ${String(config.CustomTimeZone)}`,
      'This program has no table of time zones: UTC, or Etc/GMT-2 for two hours ahead.',
    );
  }
  return Object.freeze({
    bucket: nameOfArn(text(config.BucketARN) ?? ''),
    prefix,
    errorPrefix,
    compression: (text(config.CompressionFormat) ?? 'UNCOMPRESSED') as Compression,
    hints: readHints(config.BufferingHints, 's3', large),
    extension: text(config.FileExtension) || undefined,
    zone,
  });
}

/** Firehose API Reference, BufferingHints: "if you specify a value for one of them, you must also provide the other". */
function readHints(value: unknown, kind: DestinationKind, large: boolean): Hints {
  const { SizeInMBs, IntervalInSeconds } = object(value) as {
    SizeInMBs?: number;
    IntervalInSeconds?: number;
  };
  if (kind === 's3' && (SizeInMBs === undefined) !== (IntervalInSeconds === undefined)) {
    throw invalidArgument('Both SizeInMBs and IntervalInSeconds must be specified for BufferingHints.');
  }
  const range = HINTS[kind];
  if (large && SizeInMBs !== undefined && SizeInMBs < LARGE_BUFFER_MB.min) {
    throw invalidArgument(
      'BufferingHints.SizeInMBs must be at least 64 when data format conversion or dynamic partitioning is enabled.',
      `SizeInMBs is ${SizeInMBs}; columns and partitions need large buffers.`,
    );
  }
  const size = SizeInMBs ?? (large ? LARGE_BUFFER_MB.size : range.size);
  return Object.freeze({
    size: bytes(size * MEGABYTE),
    interval: milliseconds((IntervalInSeconds ?? range.interval) * 1_000),
  });
}

/** Firehose API Reference, S3BackupMode of each destination. */
function backupOf(kind: DestinationKind, config: Given, place: S3Place): S3Place | undefined {
  const mode = text(config.S3BackupMode) ?? '';
  if (kind !== 's3' && kind !== 'redshift') return mode.startsWith('All') ? place : undefined;
  if (mode !== 'Enabled') return undefined;
  if (config.S3BackupConfiguration === undefined) {
    throw invalidArgument('S3BackupConfiguration must be specified when S3BackupMode is Enabled.');
  }
  return readPlace(object(config.S3BackupConfiguration), false, false);
}

/** Firehose API Reference, RedshiftDestinationConfiguration: COPY reads neither format; the guide on prefixes. */
function checkRedshift({ compression, prefix, errorPrefix }: S3Place): void {
  if (compression !== 'UNCOMPRESSED' && compression !== 'GZIP') {
    throw invalidArgument(
      `Compression format ${compression} is not supported for a Redshift destination.`,
      'COPY does not read it: UNCOMPRESSED or GZIP.',
    );
  }
  if (errorPrefix !== undefined || prefix?.includes('!{') === true) {
    throw invalidArgument('Custom prefixes are not supported for a Redshift destination.');
  }
}

function retryOf(kind: DestinationKind, config: Given): Milliseconds {
  const { DurationInSeconds } = object(config.RetryOptions) as { DurationInSeconds?: number };
  return milliseconds((DurationInSeconds ?? RETRY[kind]) * 1_000);
}

/** Firehose Developer Guide, Partitioning keys. UNSURE: the sentences. */
function checkPartitioning(partitioned: boolean, config: Given, { query, lambda }: Processing): void {
  if (!partitioned) {
    if (query !== undefined) {
      throw invalidArgument(
        'MetadataExtraction processor can only be present when dynamic partitioning is enabled.',
      );
    }
    return;
  }
  const prefix = text(config.Prefix) ?? '';
  const named = [...prefix.matchAll(/!\{partitionKeyFrom(Query|Lambda):([^}]*)\}/gu)];
  if (named.length === 0) {
    throw invalidArgument(
      'Prefix must contain partition keys when dynamic partitioning is enabled.',
      'Prefix=customer=!{partitionKeyFromQuery:customer}/',
    );
  }
  if (named.some(([, source]) => source === 'Query') && query === undefined) {
    throw invalidArgument(
      'MetadataExtraction processor must be present when Prefix uses partitionKeyFromQuery.',
    );
  }
  if (named.some(([, source]) => source === 'Lambda') && lambda === undefined) {
    throw invalidArgument('Lambda processor must be present when Prefix uses partitionKeyFromLambda.');
  }
}

/** A part of the configuration as an object. */
export const partOf = (config: Given, member: string): Given => object(config[member]);
