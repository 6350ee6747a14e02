/** Quotas and defaults of CloudWatch. CloudWatch User Guide, CloudWatch service quotas; API Reference. */

export const ALARM_NAME_MAX = 255;
export const DESCRIPTION_MAX = 1_024;
export const DIMENSIONS_MAX = 30;
export const ACTIONS_MAX = 5;
export const TAGS_MAX = 50;
export const RULE_MAX = 10_240;
/** Data points that one GetMetricStatistics may answer. */
export const DATAPOINTS_MAX = 1_440;
/** GetMetricData: queries in one call, and data points in one answer. */
export const QUERIES_MAX = 500;
export const DATA_MAX = 100_800;
export const METRIC_DATA_MAX = 1_000;
export const VALUES_MAX = 150;
export const RECORDS_MAX = 100;
export const RECORDS_DEFAULT = 50;
export const METRICS_PAGE = 500;
/** Periods times length. PutMetricAlarm: at most a day, of periods of an hour or more a week. */
export const RANGE_SECONDS_MAX = 86_400;
export const LONG_RANGE_SECONDS_MAX = 604_800;
/** PutMetricData: how old and how far ahead a timestamp may be. */
export const PAST_MS_MAX = 14 * 86_400_000;
export const FUTURE_MS_MAX = 2 * 3_600_000;
/** UNSURE: how many periods beyond EvaluationPeriods an alarm looks back; the User Guide's examples show two. */
export const LOOK_BACK_PERIODS = 2;
/** SIMPLER THAN AWS: so many items of history are kept, of all alarms (there, 30 days). */
export const HISTORY_MAX = 1_000;
