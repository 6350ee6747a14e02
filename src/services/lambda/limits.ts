/** Quotas and ranges of Lambda. Lambda Developer Guide, Lambda quotas; Lambda API Reference. */
import type { LimitsProfile } from '../../contract/world.ts';

/** Seconds. */
export const TIMEOUT = { min: 1, max: 900, default: 3 } as const;
/** Mebibytes. */
export const MEMORY = { min: 128, max: 10_240, default: 128 } as const;
export const NAME = /^[a-zA-Z0-9-_]{1,64}$/u;
export const ROLE = /^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/u;
export const ENVIRONMENT_BYTES_MAX = 4_096;
export const DESCRIPTION_MAX = 256;
export const TAGS_MAX = 50;

/** Executions at once, of all functions of an account; `scaled`: 1/100. */
export const concurrencyMax = (limits: LimitsProfile): number => (limits === 'scaled' ? 10 : 1_000);
/** Lambda Developer Guide, Configuring reserved concurrency: so many stay for functions without a reservation. */
export const unreservedMin = (limits: LimitsProfile): number => (limits === 'scaled' ? 1 : 100);

export const SYNC_PAYLOAD_MAX = 6_291_456;
/** Bytes. Lambda announced 1 MB for asynchronous calls in 2025. */
export const asyncPayloadMax = (limits: LimitsProfile): number =>
  limits === 'study-guide' ? 262_144 : 1_048_576;

/** Asynchronous calls. Lambda API Reference, PutFunctionEventInvokeConfig. */
export const ASYNC_RETRIES = { min: 0, max: 2, default: 2 } as const;
/** Seconds. */
export const ASYNC_AGE = { min: 60, max: 21_600, default: 21_600 } as const;
/** Before the first and the second retry after an error of the function, in ms. */
export const ERROR_WAITS = [60_000, 120_000] as const;
/** After a throttle: the wait doubles, in ms. */
export const THROTTLE_WAIT = { first: 1_000, max: 300_000 } as const;

/** Event source mappings of SQS. Lambda Developer Guide, Using Lambda with Amazon SQS. */
export const BATCH = { default: 10, max: 10_000, fifoMax: 10 } as const;
export const WINDOW_MAX = 300;
export const FILTERS_MAX = 5;
export const FILTER_LENGTH_MAX = 4_096;
export const MAXIMUM_CONCURRENCY = { min: 2, max: 1_000 } as const;
/** Batches at once: at first, when idle, at most, and how many more each second (300 a minute). */
export const LANES = { first: 5, idle: 2, max: 1_250, more: 5 } as const;
/** Seconds that a poll waits for a message. */
export const POLL_SECONDS = 20;

/** Event source mappings of streams. Lambda API Reference, CreateEventSourceMapping. */
export const STREAM_BATCH = { default: 100, max: 10_000 } as const;
export const STREAM_RANGES = {
  ParallelizationFactor: { min: 1, max: 10 },
  /** Seconds. */
  MaximumRecordAgeInSeconds: { min: 60, max: 604_800 },
  MaximumRetryAttempts: { min: 0, max: 10_000 },
  /** Seconds. */
  TumblingWindowInSeconds: { min: 0, max: 900 },
} as const;
/** Bytes of state that a window may have; and how long more records are waited for after its end, in ms. */
export const WINDOW_STATE_MAX = 1_048_576;
export const WINDOW_WAIT = 120_000;
/** A shard is read once a second; sooner while more is there, in ms. UNSURE: how much sooner. */
export const STREAM_POLL = { idle: 1_000, busy: 250 } as const;
/**
 * Before a batch that failed is tried again; the wait doubles, in ms. UNSURE: AWS tells no figures; a record of a minute
 * was seen to be tried eight times.
 */
export const BATCH_RETRY_WAIT = { first: 400, max: 60_000 } as const;
