/** The processors of a stream: a function, partition keys, a delimiter, records taken apart. */
import { parseArn } from '../../../contract/arn.ts';
import { type Bytes, bytes, type Milliseconds, milliseconds } from '../../../engine/units.ts';
import { compileQuery } from '../codecs/jq.ts';
import { invalidArgument } from '../errors.ts';
import { type DestinationKind, MEGABYTE } from '../limits.ts';

interface LambdaProcessor {
  readonly arn: string;
  readonly size: Bytes;
  readonly interval: Milliseconds;
  readonly retries: number;
}

/** Frozen. */
export interface Processing {
  readonly lambda: LambdaProcessor | undefined;
  /** The JQ program that answers an object of partition keys. */
  readonly query: string | undefined;
  readonly delimiter: string | undefined;
  /** Records are taken apart: several JSON objects in a row, or by a delimiter. */
  readonly split:
    | { readonly type: 'JSON' }
    | { readonly type: 'DELIMITED'; readonly delimiter: string }
    | undefined;
  /** What CloudWatch Logs sends is compressed. */
  readonly decompress: boolean;
  /** Only the messages of its log events are kept. */
  readonly messages: boolean;
}

interface Processor {
  readonly Type: string;
  readonly Parameters?: readonly { readonly ParameterName: string; readonly ParameterValue: string }[];
}

const NONE: Processing = Object.freeze({
  lambda: undefined,
  query: undefined,
  delimiter: undefined,
  split: undefined,
  decompress: false,
  messages: false,
});

/** Which parameters each processor knows. Firehose API Reference, ProcessorParameter. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Lambda: ['LambdaArn', 'NumberOfRetries', 'RoleArn', 'BufferSizeInMBs', 'BufferIntervalInSeconds'],
  MetadataExtraction: ['MetadataExtractionQuery', 'JsonParsingEngine'],
  RecordDeAggregation: ['SubRecordType', 'Delimiter'],
  AppendDelimiterToRecord: ['Delimiter'],
  Decompression: ['CompressionFormat'],
  CloudWatchLogProcessing: ['DataMessageExtraction'],
};

export function readProcessing(value: unknown, kind: DestinationKind): Processing {
  const { Enabled, Processors = [] } = (value ?? {}) as {
    Enabled?: boolean;
    Processors?: readonly Processor[];
  };
  if (Enabled !== true) return NONE;
  const found = new Map<string, Readonly<Record<string, string>>>();
  for (const { Type, Parameters = [] } of Processors) {
    if (found.has(Type)) throw invalidArgument(`Duplicate processor: ${Type}`);
    for (const { ParameterName } of Parameters) {
      if (!PARAMETERS[Type]!.includes(ParameterName)) {
        throw invalidArgument(`Parameter ${ParameterName} is not supported for processor ${Type}.`);
      }
    }
    found.set(Type, Object.fromEntries(Parameters.map((each) => [each.ParameterName, each.ParameterValue])));
  }
  const metadata = found.get('MetadataExtraction');
  const delimiter = found.get('AppendDelimiterToRecord');
  const split = found.get('RecordDeAggregation');
  const decompression = found.get('Decompression');
  if (decompression !== undefined && (decompression.CompressionFormat ?? 'GZIP') !== 'GZIP') {
    throw invalidArgument('Decompression supports GZIP only.');
  }
  return Object.freeze({
    lambda: lambdaOf(found.get('Lambda'), kind),
    query: metadata === undefined ? undefined : queryOf(metadata),
    delimiter: delimiter === undefined ? undefined : unescaped(delimiter.Delimiter ?? '\\n'),
    split: split === undefined ? undefined : splitOf(split),
    decompress: decompression !== undefined,
    messages: found.get('CloudWatchLogProcessing')?.DataMessageExtraction === 'true',
  });
}

/** Firehose API Reference, ProcessorParameter: 0.2 to 3 MB, 1 MB; of Splunk 256 KB; 0 to 900 s, 60 s; 3 retries. */
function lambdaOf(
  given: Readonly<Record<string, string>> | undefined,
  kind: DestinationKind,
): LambdaProcessor | undefined {
  if (given === undefined) return undefined;
  const { LambdaArn, BufferSizeInMBs, BufferIntervalInSeconds, NumberOfRetries } = given;
  if (LambdaArn === undefined) throw invalidArgument('Parameter LambdaArn is required for processor Lambda.');
  if (parseArn(LambdaArn)?.service !== 'lambda') throw invalidArgument(`Invalid Lambda ARN: ${LambdaArn}`);
  const size = amount('BufferSizeInMBs', BufferSizeInMBs, kind === 'splunk' ? 0.25 : 1, 0.2, 3);
  return Object.freeze({
    arn: LambdaArn,
    size: bytes(Math.round(size * MEGABYTE)),
    interval: milliseconds(amount('BufferIntervalInSeconds', BufferIntervalInSeconds, 60, 0, 900) * 1_000),
    retries: amount('NumberOfRetries', NumberOfRetries, 3, 0, 300),
  });
}

/** UNSURE: the sentence. */
function amount(name: string, text: string | undefined, otherwise: number, min: number, max: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!/^\d+(?:\.\d+)?$/u.test(text) || value < min || value > max) {
    throw invalidArgument(`Parameter ${name} must be between ${min} and ${max}: ${text}`);
  }
  return value;
}

function queryOf(given: Readonly<Record<string, string>>): string {
  const { MetadataExtractionQuery, JsonParsingEngine } = given;
  if (MetadataExtractionQuery === undefined) {
    throw invalidArgument('Parameter MetadataExtractionQuery is required for processor MetadataExtraction.');
  }
  if (JsonParsingEngine !== 'JQ-1.6') {
    throw invalidArgument('Parameter JsonParsingEngine must be JQ-1.6.');
  }
  const compiled = compileQuery(MetadataExtractionQuery);
  if ('problem' in compiled) {
    throw invalidArgument(`Invalid MetadataExtractionQuery: ${MetadataExtractionQuery}`, compiled.problem);
  }
  return MetadataExtractionQuery;
}

function splitOf({ SubRecordType, Delimiter }: Readonly<Record<string, string>>): Processing['split'] {
  if (SubRecordType === 'JSON') return Object.freeze({ type: 'JSON' });
  if (SubRecordType !== 'DELIMITED')
    throw invalidArgument('Parameter SubRecordType must be JSON or DELIMITED.');
  if (Delimiter === undefined)
    throw invalidArgument('Parameter Delimiter is required for SubRecordType DELIMITED.');
  return Object.freeze({ type: 'DELIMITED', delimiter: unescaped(Delimiter) });
}

/** A delimiter is given with its escapes spelled out: `\n`. UNSURE: DELIMITED in base64, as one page has it. */
const unescaped = (text: string): string =>
  text.replace(
    /\\([nrt\\])/gu,
    (_all, letter: string) => ({ n: '\n', r: '\r', t: '\t', '\\': '\\' })[letter]!,
  );
