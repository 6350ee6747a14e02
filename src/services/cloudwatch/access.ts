/** What a call to CloudWatch needs to be allowed. Service Authorization Reference, Amazon CloudWatch. */
import type { Access, DenialStyle } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { alarmArn, type CloudWatchState } from './model.ts';

const DENIED: DenialStyle = {
  code: 'AccessDenied',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision),
};

/** Of these the alarm is the resource; all others are about none. */
const ABOUT_ALARMS = new Set([
  'DeleteAlarms',
  'DescribeAlarmHistory',
  'DescribeAlarms',
  'DisableAlarmActions',
  'EnableAlarmActions',
  'ListTagsForResource',
  'PutCompositeAlarm',
  'PutMetricAlarm',
  'SetAlarmState',
  'TagResource',
  'UntagResource',
]);

interface Input {
  readonly AlarmName?: string;
  readonly AlarmNames?: readonly string[];
  readonly ResourceARN?: string;
}

export function access(state: CloudWatchState, { operation, input, caller }: Request): Access {
  const { AlarmName, AlarmNames = [], ResourceARN } = input as Input;
  const { account } = caller;
  const names = AlarmName === undefined ? AlarmNames : [AlarmName];
  const arns =
    ResourceARN === undefined ? names.map((name) => alarmArn(state, account, name)) : [ResourceARN];
  const resources = !ABOUT_ALARMS.has(operation)
    ? ['*']
    : arns.length > 0
      ? arns
      : [alarmArn(state, account, '*')];
  return {
    needs: resources.map((resource) => ({
      action: `cloudwatch:${operation}`,
      resource,
      account,
      style: DENIED,
    })),
  };
}
