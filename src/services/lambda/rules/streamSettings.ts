/** The settings of a mapping that reads a stream. Lambda API Reference, CreateEventSourceMapping. */
import { parseArn } from '../../../contract/arn.ts';
import { invalidValue, notModelled, outOfRange } from '../errors.ts';
import { STREAM_BATCH, STREAM_RANGES, WINDOW_MAX } from '../limits.ts';
import type { MappingSettings } from './mappingRecord.ts';
import { commonSettings, type MappingInput, refuseMembers } from './mappingSettings.ts';

/** What a mapping of a stream alone has, as the API shows it. Frozen. */
export type StreamSettings = {
  readonly StartingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** UTC milliseconds. */
  readonly StartingPositionTimestamp?: number;
  readonly ParallelizationFactor: number;
  readonly DestinationConfig: { readonly OnFailure: { readonly Destination?: string } };
  /** Seconds; -1: however old. */
  readonly MaximumRecordAgeInSeconds: number;
  readonly BisectBatchOnFunctionError: boolean;
  /** -1: without end. */
  readonly MaximumRetryAttempts: number;
  /** Seconds; 0: none. */
  readonly TumblingWindowInSeconds: number;
};

export const streamSettingsOf = ({ own }: MappingSettings): StreamSettings => own as StreamSettings;

const MEMBER_OF = {
  ParallelizationFactor: 'parallelizationFactor',
  MaximumRecordAgeInSeconds: 'maximumRecordAgeInSeconds',
  MaximumRetryAttempts: 'maximumRetryAttempts',
  TumblingWindowInSeconds: 'tumblingWindowInSeconds',
} as const;

export function readStreamSettings(
  input: MappingInput,
  arn: string,
  before: MappingSettings | undefined,
): MappingSettings {
  if (parseArn(arn)?.resource.includes('/consumer/') === true) {
    throw notModelled('a consumer of a stream as event source', 'A mapping here reads the stream itself.');
  }
  refuseMembers(input, ['ScalingConfig'], 'Kinesis');
  const common = commonSettings(input, before, {
    batchDefault: STREAM_BATCH.default,
    batchMax: STREAM_BATCH.max,
    windowMax: WINDOW_MAX,
  });
  const was = before && streamSettingsOf(before);
  const own: StreamSettings = {
    ...startOf(input, was),
    ParallelizationFactor: inRange(input, was, 'ParallelizationFactor', 1),
    DestinationConfig: destinationOf(input, was),
    MaximumRecordAgeInSeconds: inRange(input, was, 'MaximumRecordAgeInSeconds', -1),
    BisectBatchOnFunctionError: input.BisectBatchOnFunctionError ?? was?.BisectBatchOnFunctionError ?? false,
    MaximumRetryAttempts: inRange(input, was, 'MaximumRetryAttempts', -1),
    TumblingWindowInSeconds: inRange(input, was, 'TumblingWindowInSeconds', 0),
  };
  if (own.TumblingWindowInSeconds > 0 && own.ParallelizationFactor > 1) {
    throw notModelled(
      'TumblingWindowInSeconds with ParallelizationFactor above 1',
      'A window here has one state for its shard: take a factor of 1.',
    );
  }
  return { ...common, own: Object.freeze({ ...own }) };
}

/** UNSURE: both sentences. */
function startOf(
  { StartingPosition, StartingPositionTimestamp: at }: MappingInput,
  was: StreamSettings | undefined,
): Pick<StreamSettings, 'StartingPosition' | 'StartingPositionTimestamp'> {
  if (was !== undefined) {
    const { StartingPosition: kept, StartingPositionTimestamp: since } = was;
    return { StartingPosition: kept, ...(since !== undefined && { StartingPositionTimestamp: since }) };
  }
  if (StartingPosition === undefined) {
    throw invalidValue(
      '1 validation error detected: Value null at startingPosition failed to satisfy constraint: Member must not be null',
      {
        why: 'A mapping of a stream needs StartingPosition: TRIM_HORIZON, LATEST or AT_TIMESTAMP.',
      },
    );
  }
  if (StartingPosition !== 'AT_TIMESTAMP') return { StartingPosition };
  if (at === undefined) throw invalidValue('StartingPositionTimestamp is required for AT_TIMESTAMP.');
  const utc = typeof at === 'object' ? at.getTime() : typeof at === 'number' ? at : Date.parse(String(at));
  return { StartingPosition, StartingPositionTimestamp: utc };
}

function inRange(
  input: MappingInput,
  was: StreamSettings | undefined,
  name: keyof typeof MEMBER_OF,
  standard: number,
): number {
  const value = input[name] ?? was?.[name] ?? standard;
  const { min, max } = STREAM_RANGES[name];
  if (value === -1 && standard === -1) return value;
  if (value >= min && value <= max) return value;
  const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  throw outOfRange(value, MEMBER_OF[name], `Member must have value ${bound}`);
}

function destinationOf(
  { DestinationConfig }: MappingInput,
  was: StreamSettings | undefined,
): StreamSettings['DestinationConfig'] {
  if (DestinationConfig === undefined) return was?.DestinationConfig ?? Object.freeze({ OnFailure: {} });
  if (DestinationConfig.OnSuccess?.Destination !== undefined) {
    // UNSURE: the sentence.
    throw invalidValue('OnSuccess destinations are not supported for event source mappings.');
  }
  const to = DestinationConfig.OnFailure?.Destination ?? '';
  if (to === '') return Object.freeze({ OnFailure: {} });
  const service = parseArn(to)?.service;
  if ((service !== 'sqs' && service !== 'sns' && service !== 's3') || to.endsWith('.fifo')) {
    // UNSURE: the sentence.
    throw invalidValue('The provided destination config DestinationConfig(OnFailure) is invalid.', {
      why: `${to} is no ARN of a standard queue, a standard topic or a bucket.`,
    });
  }
  return Object.freeze({ OnFailure: Object.freeze({ Destination: to }) });
}
