/**
 * What an event source mapping reads: one object for each kind of source, by the service in its ARN. A source polls by
 * calls to its service, hands batches to the function, and says what becomes of them.
 */
import type { RecordsArrived } from '../../../contract/streamWaiting.ts';
import type { Context, Outcome, Timer } from '../../../engine/service.ts';
import type { Execution, LambdaFunction, LambdaState } from '../model.ts';
import type { MappingRecord, MappingSettings } from './mappingRecord.ts';
import type { MappingInput } from './mappingSettings.ts';
import { sqsSource } from './sqsSource.ts';
import { streamSource, tableSource } from './streamSource.ts';

/** What a source calls for. `mapping` says whose answer it is; the rest is the source's. Frozen. */
export interface SourceToken {
  readonly type: 'source';
  readonly mapping: string;
}

/** Something that is due for a mapping. */
export interface SourceDue extends Timer {
  readonly type: 'lambda/SourceDue';
  readonly mapping: string;
}

export interface EventSource {
  /** Refuses what this kind of source does not take, and gives what it alone has. `before`: at an update. */
  settings(input: MappingInput, arn: string, before: MappingSettings | undefined): MappingSettings;
  /** A call that shows whether the source is there. */
  probe(arn: string): { readonly service: string; readonly operation: string; readonly input: object };
  /** What is wrong, by the answer of the probe: throws. */
  judge(outcome: Outcome, settings: MappingSettings, record: LambdaFunction, arn: string): void;
  /** The mapping is enabled: it begins to read, or goes on with new settings. */
  start(context: Context<LambdaState>, mapping: MappingRecord): void;
  /** It reads no more; what is at work is ended. */
  stop(context: Context<LambdaState>, mapping: MappingRecord): void;
  /** Is something still at work? */
  isBusy(mapping: MappingRecord): boolean;
  answered(context: Context<LambdaState>, mapping: MappingRecord, token: SourceToken, outcome: Outcome): void;
  due(context: Context<LambdaState>, mapping: MappingRecord, timer: SourceDue): void;
  /** The function is done with a batch. */
  ended(context: Context<LambdaState>, mapping: MappingRecord, batch: number, execution: Execution): void;
  /** Of streams: a shard that it waited for has something to read. */
  arrived?(context: Context<LambdaState>, mapping: MappingRecord, news: RecordsArrived): void;
}

const SOURCES: Readonly<Record<string, EventSource>> = {
  sqs: sqsSource,
  kinesis: streamSource,
  dynamodb: tableSource,
};

export const sourceOf = (service: string): EventSource | undefined =>
  Object.hasOwn(SOURCES, service) ? SOURCES[service] : undefined;
