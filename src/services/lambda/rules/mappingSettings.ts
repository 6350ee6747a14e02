/** Settings that event source mappings of all kinds have. Lambda API Reference, CreateEventSourceMapping. */
import type { CreateEventSourceMappingRequest } from '@aws-sdk/client-lambda';
import { invalidValue, outOfRange } from '../errors.ts';
import { readFilters } from './filterPattern.ts';
import type { MappingSettings } from './mappingRecord.ts';

export type MappingInput = Omit<CreateEventSourceMappingRequest, 'FunctionName' | 'EventSourceArn'>;

export interface CommonBounds {
  readonly batchDefault: number;
  readonly batchMax: number;
  readonly windowMax: number;
}

/** What is given, what was before, what AWS takes by itself; in this order. */
export function commonSettings(
  input: MappingInput,
  before: MappingSettings | undefined,
  { batchDefault, batchMax, windowMax }: CommonBounds,
): MappingSettings {
  const batchSize = input.BatchSize ?? before?.batchSize ?? batchDefault;
  if (batchSize < 1) {
    throw outOfRange(batchSize, 'batchSize', 'Member must have value greater than or equal to 1');
  }
  if (batchSize > batchMax) {
    // UNSURE: the sentence for FIFO queues, whose bound is lower than the model's.
    throw batchMax < 10_000
      ? invalidValue(`Batch size must be less than or equal to ${batchMax}.`)
      : outOfRange(batchSize, 'batchSize', `Member must have value less than or equal to ${batchMax}`);
  }
  const window = input.MaximumBatchingWindowInSeconds ?? before?.window ?? 0;
  if (window < 0 || window > windowMax) {
    const bound = window < 0 ? 'greater than or equal to 0' : `less than or equal to ${windowMax}`;
    throw outOfRange(window, 'maximumBatchingWindowInSeconds', `Member must have value ${bound}`);
  }
  if (batchSize > 10 && window === 0 && batchDefault === 10) {
    throw invalidValue(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  const types = input.FunctionResponseTypes;
  const unknown = types?.find((type) => type !== 'ReportBatchItemFailures');
  if (unknown !== undefined) {
    throw outOfRange(
      `[${types}]`,
      'functionResponseTypes',
      'Member must satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]',
    );
  }
  return {
    batchSize,
    window,
    enabled: input.Enabled ?? before?.enabled ?? true,
    filters: input.FilterCriteria === undefined ? (before?.filters ?? []) : readFilters(input.FilterCriteria),
    reportsFailures: types === undefined ? (before?.reportsFailures ?? false) : types.length > 0,
    maximumConcurrency: before?.maximumConcurrency,
    own: before?.own ?? {},
  };
}

/** Refuses members that this kind of source does not take, by name. UNSURE: the sentence. */
export function refuseMembers(
  input: MappingInput,
  names: readonly (keyof MappingInput)[],
  kind: string,
): void {
  for (const name of names) {
    if (input[name] !== undefined) throw invalidValue(`${name} is not supported for ${kind} event sources.`);
  }
}
