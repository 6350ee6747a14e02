/** How CloudWatch makes its operations, and members that several have. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import {
  ACTIONS_MAX,
  ALARM_NAME_MAX,
  DESCRIPTION_MAX,
  RECORDS_DEFAULT,
  RECORDS_MAX,
  TAGS_MAX,
} from './limits.ts';
import type { CloudWatchState } from './model.ts';

/** The service is called `cloudwatch` on the command line; its schemas know it by that name, too. */
export const cloudWatchOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<CloudWatchState, Input>,
): Operation<CloudWatchState, Input> => checkedOperation(schema, words, missing);

export const ALARM_NAME = {
  purpose: 'the alarm, by its name',
  min: 1,
  max: ALARM_NAME_MAX,
  unit: 'characters',
  refersTo: 'alarmName',
} as const;
export const ALARM_NAMES = { purpose: 'the alarms, by name', refersTo: 'alarmName' } as const;
export const NAMESPACE = { purpose: 'where the metric belongs: AWS/SQS, or your own' } as const;
export const METRIC_NAME = { purpose: 'the metric, such as NumberOfMessagesSent' } as const;
export const DIMENSIONS = { purpose: 'which resource: Name=QueueName,Value=orders' } as const;
export const PERIOD = { purpose: 'how long a data point is', min: 60, unit: 's' } as const;
export const UNIT = { purpose: 'only data in this unit' } as const;
export const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
export const STATISTIC = { purpose: 'which figure of a period counts', values: STATISTICS } as const;
export const EXTENDED = {
  purpose: 'a percentile',
  notModelled: 'samples are not kept one by one, so there are no percentiles',
} as const;
export const ACTION = {
  purpose: 'ARNs of what is done then: a scaling policy, a topic',
  max: ACTIONS_MAX,
  unit: 'entries',
} as const;
export const ACTIONS_ENABLED = { purpose: 'whether it acts at all', default: true } as const;
export const DESCRIPTION = {
  purpose: 'a note of your own',
  max: DESCRIPTION_MAX,
  unit: 'characters',
} as const;
export const TAGS = { purpose: 'labels of your own, Key=a,Value=b', max: TAGS_MAX, unit: 'entries' } as const;
export const RESOURCE_ARN = { purpose: 'the alarm, by its ARN' } as const;
export const MAX_RECORDS = {
  purpose: 'how many at most in one answer',
  min: 1,
  max: RECORDS_MAX,
  default: RECORDS_DEFAULT,
  unit: 'entries',
} as const;
export const NEXT_TOKEN = { purpose: 'go on where the last answer ended' } as const;
export const SCAN_BY = {
  purpose: 'newest first, or oldest first',
  values: ['TimestampDescending', 'TimestampAscending'],
  default: 'TimestampDescending',
} as const;
export const START_TIME = { purpose: 'from when on, in UTC' } as const;
export const END_TIME = { purpose: 'until when (not included), in UTC' } as const;
export const without = (purpose: string, why: string) => ({ purpose, notModelled: why }) as const;
