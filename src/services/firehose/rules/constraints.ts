/**
 * The ranges, lengths, patterns and value sets of AWS's model, and the sentences about them. UNSURE: that the
 * sentences are those of Kinesis, letter for letter, with paths into the configuration.
 */
import type { Shape, StructureShape } from '../../../contract/shape.ts';
import { absent, lowered } from '../errors.ts';
import { BATCH_RECORDS_MAX, type DestinationKind, HINTS, RECORD_BYTES_MAX, TAGS_MAX } from '../limits.ts';

interface Limit {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly shown?: string;
  readonly values?: readonly string[];
}

const text = (min: number, max: number, pattern?: RegExp, shown?: string): Limit => ({
  min,
  max,
  ...(pattern !== undefined && { pattern, shown: shown ?? pattern.source.replace(/^\^|\$$/gu, '') }),
});
const values = (...list: string[]): Limit => ({ values: list });
const ARN = text(1, 512, /^arn:.*$/u);
const RETRY_SECONDS: Limit = { min: 0, max: 7_200 };
const ROTATION = values('NoRotation', 'OneHour', 'OneDay', 'OneWeek', 'OneMonth');

/** By the member's name; ranges that differ between destinations by the destination's. */
const LIMITS: Readonly<Record<string, Limit>> = {
  DeliveryStreamName: text(1, 64, /^[a-zA-Z0-9_.-]+$/u),
  ExclusiveStartDeliveryStreamName: text(1, 64, /^[a-zA-Z0-9_.-]+$/u),
  DeliveryStreamType: values('DirectPut', 'KinesisStreamAsSource', 'MSKAsSource', 'DatabaseAsSource'),
  CurrentDeliveryStreamVersionId: text(1, 50, /^[0-9]+$/u),
  DestinationId: text(1, 100, /^[a-zA-Z0-9-]+$/u),
  ExclusiveStartDestinationId: text(1, 100, /^[a-zA-Z0-9-]+$/u),
  Data: { min: 0, max: RECORD_BYTES_MAX },
  Records: { min: 1, max: BATCH_RECORDS_MAX },
  RoleARN: ARN,
  BucketARN: text(1, 2_048, /^arn:.*$/u),
  KinesisStreamARN: ARN,
  KeyARN: ARN,
  AWSKMSKeyARN: ARN,
  DomainARN: ARN,
  KeyType: values('AWS_OWNED_CMK', 'CUSTOMER_MANAGED_CMK'),
  Prefix: text(0, 1_024),
  ErrorOutputPrefix: text(0, 1_024),
  FileExtension: text(0, 128, /^$|^\.[0-9a-z!\-_.*'()]+$/u),
  CustomTimeZone: text(0, 50, /^$|^[a-zA-Z/_+\-0-9]+$/u),
  CompressionFormat: values('UNCOMPRESSED', 'GZIP', 'ZIP', 'Snappy', 'HADOOP_SNAPPY'),
  HECEndpointType: values('Raw', 'Event'),
  HECEndpoint: text(0, 2_048),
  HECToken: text(0, 2_048),
  HECAcknowledgmentTimeoutInSeconds: { min: 180, max: 600 },
  IndexName: text(1, 80),
  TypeName: text(0, 100),
  IndexRotationPeriod: ROTATION,
  DefaultDocumentIdFormat: values('FIREHOSE_DEFAULT', 'NO_DOCUMENT_ID'),
  ClusterEndpoint: text(1, 512, /^https:.*$/u),
  CollectionEndpoint: text(1, 512, /^https:.*$/u),
  ClusterJDBCURL: text(
    1,
    512,
    /^jdbc:(redshift|postgresql):\/\/((?!-)[A-Za-z0-9-]{1,63}(?<!-)\.)+redshift(-serverless)?\.([a-zA-Z0-9.]+):\d{1,5}\/[a-zA-Z0-9_$-]+$/u,
  ),
  DataTableName: text(1, 512),
  DataTableColumns: text(0, 204_800),
  CopyOptions: text(0, 204_800),
  Username: text(1, 512),
  Password: text(6, 512),
  Url: text(1, 1_000, /^https:\/\/.*$/u),
  Name: text(1, 256),
  AccessKey: text(0, 4_096),
  ContentEncoding: values('NONE', 'GZIP'),
  CommonAttributes: { min: 0, max: 50 },
  ParameterValue: text(1, 5_120),
  Type: values(
    'RecordDeAggregation',
    'Decompression',
    'CloudWatchLogProcessing',
    'Lambda',
    'MetadataExtraction',
    'AppendDelimiterToRecord',
  ),
  BlockSizeBytes: { min: 67_108_864 },
  PageSizeBytes: { min: 65_536 },
  StripeSizeBytes: { min: 8_388_608 },
  RowIndexStride: { min: 1_000 },
  ThroughputHintInMBs: { min: 1, max: 100 },
  Tags: { min: 1, max: TAGS_MAX },
  TagKeys: { min: 1, max: TAGS_MAX },
  Key: text(1, 128, /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@%]*$/u),
  Value: text(0, 256, /^[\p{L}\p{Z}\p{N}_.:/=+\-@%]*$/u),
};

const KIND_OF: readonly (readonly [RegExp, DestinationKind])[] = [
  [/S3/u, 's3'],
  [/Splunk/u, 'splunk'],
  [/HttpEndpoint/u, 'http'],
  [/opensearch|Elasticsearch|OpenSearch/u, 'openSearch'],
  [/Redshift/u, 'redshift'],
];

/** The innermost member that names a kind of destination decides. */
function kindOf(path: readonly string[]): DestinationKind {
  for (const name of [...path].reverse()) {
    const found = KIND_OF.find(([pattern]) => pattern.test(name));
    if (found !== undefined) return found[1];
  }
  return 's3';
}

const S3_BACKUP: Readonly<Record<DestinationKind, readonly string[]>> = {
  s3: ['Disabled', 'Enabled'],
  redshift: ['Disabled', 'Enabled'],
  openSearch: ['FailedDocumentsOnly', 'AllDocuments'],
  openSearchServerless: ['FailedDocumentsOnly', 'AllDocuments'],
  elasticsearch: ['FailedDocumentsOnly', 'AllDocuments'],
  splunk: ['FailedEventsOnly', 'AllEvents'],
  http: ['FailedDataOnly', 'AllData'],
};

function limitOf(path: readonly string[]): Limit | undefined {
  const name = path.at(-1)!;
  const above = path.slice(0, -1);
  if (name === 'SizeInMBs') return { min: 1, max: HINTS[kindOf(above)].sizeMax };
  if (name === 'IntervalInSeconds') return { min: 0, max: HINTS[kindOf(above)].intervalMax };
  if (name === 'DurationInSeconds') return RETRY_SECONDS;
  if (name === 'S3BackupMode') return { values: S3_BACKUP[kindOf(above)] };
  if (name === 'Limit') return { min: 1, max: path.includes('tags') ? TAGS_MAX : 10_000 };
  if (name === 'Compression') {
    return values(
      ...(above.includes('OrcSerDe') ? ['NONE', 'ZLIB', 'SNAPPY'] : ['UNCOMPRESSED', 'GZIP', 'SNAPPY']),
    );
  }
  return Object.hasOwn(LIMITS, name) ? LIMITS[name] : undefined;
}

/** Everything that is wrong with an input, in the order of its members. */
export function problemsOf(shape: StructureShape, input: object): string[] {
  const found: string[] = [];
  walk(shape, input, [], found);
  return found;
}

function walk(shape: Shape, value: unknown, path: readonly string[], found: string[]): void {
  if (value instanceof Uint8Array) {
    check(limitOf(path), value, path, found);
    return;
  }
  switch (shape.type) {
    case 'structure': {
      const given = value as Readonly<Record<string, unknown>>;
      for (const { name, required, shape: of } of shape.members) {
        const next = [...path, name];
        if (given[name] !== undefined) walk(of(), given[name], next, found);
        else if (required) found.push(absent(written(next)));
      }
      break;
    }
    case 'list':
      check(limitOf(path), value as readonly unknown[], path, found);
      if (path[0] === 'Records' && (value as readonly unknown[]).every(isPlainRecord)) break;
      for (const [index, item] of (value as readonly unknown[]).entries()) {
        // A list that is too long is not looked at one by one.
        if (index >= BATCH_RECORDS_MAX) break;
        walk(shape.member, item, [...path, String(index + 1), 'member'], found);
      }
      break;
    default:
      check(limitOf(path), value, path, found);
  }
}

/** Nothing to say about it; batches are large, so that most records are looked at no further. */
const isPlainRecord = (record: unknown): boolean => {
  const { Data } = record as { readonly Data?: unknown };
  return Data instanceof Uint8Array && Data.length <= RECORD_BYTES_MAX;
};

const written = (path: readonly string[]): string => path.map(lowered).join('.');

function check(limit: Limit | undefined, value: unknown, path: readonly string[], found: string[]): void {
  if (limit === undefined) return;
  const { min, max, pattern, shown, values: set } = limit;
  const say = (constraint: string): void => {
    found.push(
      `Value '${valueText(value)}' at '${written(path)}' failed to satisfy constraint: Member must ${constraint}`,
    );
  };
  if (typeof value === 'number') {
    if (min !== undefined && value < min) say(`have value greater than or equal to ${min}`);
    if (max !== undefined && value > max) say(`have value less than or equal to ${max}`);
    return;
  }
  if (set !== undefined) {
    if (!set.includes(String(value))) say(`satisfy enum value set: [${set.join(', ')}]`);
    return;
  }
  const { length } = value as { readonly length: number };
  if (pattern !== undefined && !pattern.test(String(value))) {
    say(`satisfy regular expression pattern: ${shown ?? pattern.source}`);
  }
  if (min !== undefined && length < min) say(`have length greater than or equal to ${min}`);
  if (max !== undefined && length > max) say(`have length less than or equal to ${max}`);
}

/** As AWS's own validator prints blobs and lists. */
function valueText(value: unknown): string {
  if (value instanceof Uint8Array) {
    return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  }
  return Array.isArray(value) ? `[${value.length} entries]` : String(value);
}
