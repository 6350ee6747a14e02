/**
 * The two alarms of a target tracking policy, kept in CloudWatch under AWS's names: high after three minutes above the
 * target, low after fifteen below nine tenths of it. They are put one after the other; the policy is there when both are.
 */
import type {
  TargetTrackingConfiguration,
  TargetTrackingMetricDataQuery,
} from '@aws-sdk/client-auto-scaling';
import type { CallId, Outcome } from '../../../engine/service.ts';
import { emit } from '../events.ts';
import { HIGH_PERIODS, LOW_PERIODS, LOW_SHARE } from '../limits.ts';
import { type AlarmName, type AutoScalingState, type Group, keyOf, newId, type Policy } from '../model.ts';
import type { Ctx } from './capacity.ts';
import type { NotificationTestToken, NotifiedToken } from './notifying.ts';

/** Comes back with CloudWatch's answer to an alarm that a policy needs. */
export interface AlarmPutToken {
  readonly type: 'alarmPut';
  readonly call: CallId;
  readonly by: string;
  readonly group: string;
  readonly policy: Policy;
  /** How many of its alarms are there. */
  readonly put: number;
}

/** Nobody waits for the answer. */
interface AlarmsDeletedToken {
  readonly type: 'alarmsDeleted';
}

/** Comes back with the alarm that raised a policy: its threshold. */
export interface AlarmReadToken {
  readonly type: 'alarmRead';
  readonly group: string;
  readonly policy: string;
  readonly alarm: string;
  readonly metricValue: number | null;
}

export type Token =
  | AlarmPutToken
  | AlarmsDeletedToken
  | AlarmReadToken
  | NotifiedToken
  | NotificationTestToken;

/** The account's service-linked role for Auto Scaling may manage its alarms. */
const callerFor = ({ account }: Group, state: AutoScalingState) => ({
  by: 'autoscaling',
  account,
  profile: account === state.account ? 'default' : 'partner',
  secure: true,
});

export function alarmNames(state: AutoScalingState, group: Group, scaleIn: boolean): AlarmName[] {
  return (scaleIn ? ['AlarmHigh', 'AlarmLow'] : ['AlarmHigh']).map((which) => {
    const AlarmName = `TargetTracking-${group.name}-${which}-${newId(state)}`;
    return { AlarmName, AlarmARN: `arn:aws:cloudwatch:${state.region}:${group.account}:alarm:${AlarmName}` };
  });
}

/** Puts the policy's next alarm, or the policy itself when all are there. */
export function putNextAlarm(context: Ctx, group: Group, token: AlarmPutToken): void {
  const alarm = token.policy.alarms[token.put];
  if (alarm === undefined) {
    const before = group.policies.get(token.policy.name);
    group.policies.set(token.policy.name, token.policy);
    if (before !== undefined) deleteAlarms(context, group, before);
    emit(context, {
      type: 'autoscaling/PolicyPut',
      by: token.by,
      group: group.name,
      policy: token.policy.name,
    });
    context.complete(token.call, { ok: true, output: putAnswer(token.policy) });
    return;
  }
  const input = alarmInput(group, token.policy, alarm, token.put === 0);
  const request = {
    service: 'cloudwatch',
    operation: 'PutMetricAlarm',
    input,
    caller: callerFor(group, context.state),
  };
  context.request(request, token);
}

export const putAnswer = ({ arn, alarms }: Policy): object => ({ PolicyARN: arn, Alarms: alarms });

/** CloudWatch refused: so is the policy, and the alarm that was put is taken away. */
export function alarmAnswered(context: Ctx, token: AlarmPutToken, outcome: Outcome): void {
  const group = context.state.groups.get(token.group);
  if (group === undefined || !outcome.ok) {
    const put = token.policy.alarms.slice(0, token.put);
    if (put.length > 0 && group !== undefined) deleteAlarms(context, group, { ...token.policy, alarms: put });
    context.complete(token.call, outcome.ok ? { ok: true, output: putAnswer(token.policy) } : outcome);
    return;
  }
  putNextAlarm(context, group, { ...token, put: token.put + 1 });
}

export function deleteAlarms(context: Ctx, group: Group, policy: Policy): void {
  if (policy.type !== 'TargetTrackingScaling' || policy.alarms.length === 0) return;
  const input = { AlarmNames: policy.alarms.map(({ AlarmName }) => AlarmName) };
  const request = {
    service: 'cloudwatch',
    operation: 'DeleteAlarms',
    input,
    caller: callerFor(group, context.state),
  };
  context.request(request, { type: 'alarmsDeleted' });
}

/** Asks CloudWatch for the threshold of the alarm that raised a step policy. */
export function readAlarm(context: Ctx, group: Group, token: Omit<AlarmReadToken, 'type' | 'group'>): void {
  const request = {
    service: 'cloudwatch',
    operation: 'DescribeAlarms',
    input: { AlarmNames: [token.alarm] },
    caller: callerFor(group, context.state),
  };
  context.request(request, { type: 'alarmRead', group: keyOf(group.account, group.name), ...token });
}

function alarmInput(group: Group, policy: Policy, alarm: AlarmName, isHigh: boolean): object {
  const target = policy.target!;
  return {
    AlarmName: alarm.AlarmName,
    AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`,
    ActionsEnabled: true,
    AlarmActions: [policy.arn],
    EvaluationPeriods: isHigh ? HIGH_PERIODS : LOW_PERIODS,
    Threshold: isHigh ? target.TargetValue! : target.TargetValue! * LOW_SHARE,
    ComparisonOperator: isHigh ? 'GreaterThanThreshold' : 'LessThanThreshold',
    ...metricOf(target, group),
  };
}

function metricOf(
  { CustomizedMetricSpecification: custom }: TargetTrackingConfiguration,
  _group: Group,
): object {
  if (custom?.Metrics !== undefined) return { Metrics: custom.Metrics.map(queryOf) };
  const { MetricName, Namespace, Dimensions, Statistic, Unit, Period = 60 } = custom ?? {};
  return {
    MetricName,
    Namespace,
    Statistic,
    Period,
    ...(Dimensions === undefined ? {} : { Dimensions }),
    ...(Unit === undefined ? {} : { Unit }),
  };
}

/** A query of a policy has no period of its own: it is a minute. */
function queryOf({
  Id,
  Expression,
  MetricStat,
  Label,
  Period = 60,
  ReturnData,
}: TargetTrackingMetricDataQuery): object {
  return {
    Id,
    ...(Expression === undefined ? {} : { Expression, Period }),
    ...(MetricStat === undefined
      ? {}
      : { MetricStat: { ...MetricStat, Period: MetricStat.Period ?? Period } }),
    ...(Label === undefined ? {} : { Label }),
    ...(ReturnData === undefined ? {} : { ReturnData }),
  };
}
