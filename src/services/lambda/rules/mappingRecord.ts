/** What is kept of an event source mapping. */
import type { Instant } from '../../../engine/units.ts';

export type MappingState =
  | 'Creating'
  | 'Enabling'
  | 'Enabled'
  | 'Disabling'
  | 'Disabled'
  | 'Updating'
  | 'Deleting';

/** Frozen, replaced whole. */
export interface MappingSettings {
  readonly batchSize: number;
  /** Seconds. */
  readonly window: number;
  readonly enabled: boolean;
  /** Patterns, as they were written. */
  readonly filters: readonly string[];
  /** The function reports which entries of a batch failed. */
  readonly reportsFailures: boolean;
  readonly maximumConcurrency: number | undefined;
  /** Settings that one kind of source alone has. */
  readonly own: Readonly<Record<string, unknown>>;
}

export interface MappingRecord {
  readonly uuid: string;
  readonly account: string;
  /** ARN of what it reads. */
  readonly source: string;
  /** `sqs`, `kinesis` or `dynamodb`: which event source it is. */
  readonly service: string;
  /** Order of creation among mappings. */
  readonly order: number;
  readonly created: Instant;
  /** `account/name`. */
  function: string;
  modified: Instant;
  settings: MappingSettings;
  state: MappingState;
  /** When the state that passes ends; undefined: it stays. */
  due: Instant | undefined;
  tags: Readonly<Record<string, string>>;
  readonly counters: {
    batches: number;
    records: number;
    /** Records that come again, and records that no filter let through. */
    failed: number;
    filtered: number;
    /** Batches for which the function had no room. */
    throttled: number;
    /** Records of a stream that were given up. */
    givenUp?: number;
  };
  /** Why it cannot read now, in AWS's words; undefined: it can. */
  trouble: string | undefined;
  /** What the source keeps: pollers, places in a stream. Plain data. */
  work: object | undefined;
}
