/** Quotas of CloudWatch Logs. CloudWatch Logs User Guide, CloudWatch Logs quotas; API Reference, PutLogEvents. */
export const GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/u;
export const STREAM_NAME = /^[^:*]{1,512}$/u;
/** Of one call: bytes of messages and 26 more for each, and events. */
export const BATCH = { bytes: 1_048_576, events: 10_000, overhead: 26 } as const;
/** An event may be so old and so far ahead, in ms. */
export const AGE_MAX = 14 * 86_400_000;
export const AHEAD_MAX = 2 * 3_600_000;
/** All events of a call lie within a day, in ms. */
export const SPAN_MAX = 86_400_000;
export const FILTERS_MAX = 2;
export const PATTERN_MAX = 1_024;
/** SIMPLER THAN AWS: a stream keeps its newest events only. */
export const KEPT_EVENTS = 500;
/** What a destination refuses is tried again for a day. UNSURE: how long between the tries. */
export const FORWARD = { tries: 86_400_000, first: 1_000, max: 300_000 } as const;
