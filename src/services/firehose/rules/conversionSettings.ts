/** Format conversion as it is configured. Firehose Developer Guide, Convert input data format in Amazon Data Firehose. */
import { invalidArgument } from '../errors.ts';

export interface Conversion {
  readonly format: 'parquet' | 'orc';
  readonly compression: 'SNAPPY' | 'GZIP' | 'UNCOMPRESSED';
  readonly database: string;
  readonly table: string;
  readonly catalog: string | undefined;
  /** OpenX: names in records are compared without regard to case, dots are underscores, columns have other names. */
  readonly caseInsensitive: boolean;
  readonly dots: boolean;
  readonly mappings: Readonly<Record<string, string>>;
}

interface Given {
  readonly Enabled?: boolean;
  readonly SchemaConfiguration?: Readonly<Record<string, string | undefined>>;
  readonly InputFormatConfiguration?: { readonly Deserializer?: Deserializer };
  readonly OutputFormatConfiguration?: { readonly Serializer?: Serializer };
}
interface Deserializer {
  readonly OpenXJsonSerDe?: {
    readonly CaseInsensitive?: boolean;
    readonly ConvertDotsInJsonKeysToUnderscores?: boolean;
    readonly ColumnToJsonKeyMappings?: Readonly<Record<string, string>>;
  };
  readonly HiveJsonSerDe?: object;
}
interface Serializer {
  readonly ParquetSerDe?: { readonly Compression?: Conversion['compression'] };
  readonly OrcSerDe?: object;
}

/** Undefined: it is off. UNSURE: the sentences. */
export function readConversion(value: unknown, compression: unknown): Conversion | undefined {
  const given = (value ?? {}) as Given;
  if (value === undefined || given.Enabled === false) return undefined;
  if (compression !== undefined && compression !== 'UNCOMPRESSED') {
    throw invalidArgument(
      'CompressionFormat must be UNCOMPRESSED when data format conversion is enabled.',
      'The serializer compresses by itself: ParquetSerDe={Compression=SNAPPY}.',
    );
  }
  const { SchemaConfiguration: schema, InputFormatConfiguration, OutputFormatConfiguration } = given;
  const from = InputFormatConfiguration?.Deserializer ?? {};
  const to = OutputFormatConfiguration?.Serializer ?? {};
  if (
    schema === undefined ||
    InputFormatConfiguration === undefined ||
    OutputFormatConfiguration === undefined
  ) {
    throw invalidArgument(
      'SchemaConfiguration, InputFormatConfiguration and OutputFormatConfiguration must be specified when data format conversion is enabled.',
    );
  }
  exactlyOne('Deserializer', from.OpenXJsonSerDe, from.HiveJsonSerDe);
  exactlyOne('Serializer', to.ParquetSerDe, to.OrcSerDe);
  const { DatabaseName, TableName, CatalogId } = schema;
  if (DatabaseName === undefined || TableName === undefined) {
    throw invalidArgument('SchemaConfiguration must have DatabaseName and TableName.');
  }
  const openX = from.OpenXJsonSerDe;
  return Object.freeze({
    format: to.ParquetSerDe === undefined ? 'orc' : 'parquet',
    compression: to.ParquetSerDe?.Compression ?? 'SNAPPY',
    database: DatabaseName,
    table: TableName,
    catalog: CatalogId,
    caseInsensitive: openX?.CaseInsensitive ?? true,
    dots: openX?.ConvertDotsInJsonKeysToUnderscores ?? false,
    mappings: Object.freeze({ ...openX?.ColumnToJsonKeyMappings }),
  });
}

function exactlyOne(what: string, one: object | undefined, other: object | undefined): void {
  if ((one === undefined) === (other === undefined)) {
    throw invalidArgument(`Exactly one ${what} must be specified.`);
  }
}
