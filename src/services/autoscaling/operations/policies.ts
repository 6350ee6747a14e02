/** Scaling policies. */
import {
  DeletePolicy$,
  type DeletePolicyType,
  DescribePolicies$,
  type DescribePoliciesType,
  ExecutePolicy$,
  type ExecutePolicyType,
  PutScalingPolicy$,
  type PutScalingPolicyType,
} from '@aws-sdk/client-auto-scaling';
import { PARKED } from '../../../engine/service.ts';
import { autoScalingOperation, GROUP, POLICY, RECORDS, refused, TOKEN } from '../define.ts';
import { inCooldown, validation } from '../errors.ts';
import { emit } from '../events.ts';
import { POLICIES_MAX } from '../limits.ts';
import { ADJUSTMENT_TYPES, type Group, keyOf, POLICY_TYPES, type Policy, policyArn } from '../model.ts';
import { alarmNames, deleteAlarms, putAnswer, putNextAlarm } from '../rules/alarms.ts';
import { heldBack } from '../rules/capacity.ts';
import { groupNamed, groupsOf, page, policyNamed } from '../rules/lookup.ts';
import { readPolicy } from '../rules/policies.ts';
import { act } from '../rules/scaling.ts';

export const putScalingPolicy = autoScalingOperation<PutScalingPolicyType>(PutScalingPolicy$, {
  summary: 'Says how a group grows and shrinks; an alarm raises the policy by its ARN.',
  members: {
    AutoScalingGroupName: GROUP,
    PolicyName: { purpose: 'its name', min: 1, max: 255, unit: 'characters' },
    PolicyType: { purpose: 'how it works', values: POLICY_TYPES, default: 'SimpleScaling' },
    AdjustmentType: { purpose: 'what the number means', values: ADJUSTMENT_TYPES },
    MinAdjustmentMagnitude: { purpose: 'at least so many, of a percentage' },
    ScalingAdjustment: { purpose: 'how many more, or fewer with -; simple scaling' },
    Cooldown: { purpose: 'rest after it acted; simple scaling', unit: 's' },
    StepAdjustments: { purpose: 'how many, by how far the metric is beyond the threshold' },
    EstimatedInstanceWarmup: { purpose: 'how long a new instance does not count', unit: 's' },
    TargetTrackingConfiguration: { purpose: 'the metric, and the value it is kept at' },
    MetricAggregationType: { purpose: 'how data points are joined', values: ['Average'], default: 'Average' },
    Enabled: { purpose: 'it acts', default: true },
    ...refused('use MinAdjustmentMagnitude', 'MinAdjustmentStep'),
    ...refused('it forecasts from days of history', 'PredictiveScalingConfiguration'),
  },
  handle(context, input) {
    const { state, caller, call } = context;
    const group = groupNamed(context, input.AutoScalingGroupName!);
    const body = readPolicy(input);
    const before = group.policies.get(body.name);
    if (before === undefined && group.policies.size >= POLICIES_MAX) {
      throw validation(`not modelled: more than ${POLICIES_MAX} policies of a group`);
    }
    const arn = before?.arn ?? policyArn(state, group, body.name);
    if (body.type === 'TargetTrackingScaling') {
      const alarms = alarmNames(state, group, body.target?.DisableScaleIn !== true);
      const policy: Policy = Object.freeze({ ...body, arn, alarms: Object.freeze(alarms) });
      const key = keyOf(group.account, group.name);
      putNextAlarm(context, group, {
        type: 'alarmPut',
        call: call!,
        by: caller.by,
        group: key,
        policy,
        put: 0,
      });
      return PARKED;
    }
    const policy: Policy = Object.freeze({ ...body, arn, alarms: Object.freeze([]) });
    if (before !== undefined) deleteAlarms(context, group, before);
    group.policies.set(policy.name, policy);
    emit(context, { type: 'autoscaling/PolicyPut', by: caller.by, group: group.name, policy: policy.name });
    return putAnswer(policy);
  },
});

export const describePolicies = autoScalingOperation<DescribePoliciesType>(DescribePolicies$, {
  summary: 'Lists scaling policies, and the alarms that target tracking made.',
  members: {
    AutoScalingGroupName: GROUP,
    PolicyNames: { purpose: 'only these' },
    PolicyTypes: { purpose: 'only of these types' },
    NextToken: TOKEN,
    MaxRecords: RECORDS,
    ...refused('no service manages groups here', 'IncludeManagedResources'),
  },
  pagination: {
    inputToken: 'NextToken',
    outputToken: 'NextToken',
    result: 'ScalingPolicies',
    limitKey: 'MaxRecords',
  },
  handle(context, input) {
    const name = input.AutoScalingGroupName;
    const groups = name === undefined ? groupsOf(context) : [groupNamed(context, name)];
    const { PolicyNames: names = [], PolicyTypes: types = [] } = input;
    const all = groups.flatMap((group) =>
      [...group.policies.values()]
        .filter((policy) => names.length === 0 || names.includes(policy.name) || names.includes(policy.arn))
        .filter((policy) => types.length === 0 || types.includes(policy.type))
        .map((policy) => described(group, policy)),
    );
    const { items, rest } = page(all, input);
    return { ScalingPolicies: items, ...rest };
  },
});

function described(group: Group, policy: Policy): object {
  const { adjustmentType, adjustment, minMagnitude, cooldown, warmup, target } = policy;
  return {
    AutoScalingGroupName: group.name,
    PolicyName: policy.name,
    PolicyARN: policy.arn,
    PolicyType: policy.type,
    ...(adjustmentType === null ? {} : { AdjustmentType: adjustmentType }),
    ...(minMagnitude === null ? {} : { MinAdjustmentMagnitude: minMagnitude }),
    ...(adjustment === null ? {} : { ScalingAdjustment: adjustment }),
    ...(cooldown === null ? {} : { Cooldown: cooldown }),
    StepAdjustments: policy.steps,
    ...(policy.type === 'StepScaling' ? { MetricAggregationType: 'Average' } : {}),
    ...(warmup === null ? {} : { EstimatedInstanceWarmup: warmup }),
    Alarms: policy.alarms,
    ...(target === null ? {} : { TargetTrackingConfiguration: target }),
    Enabled: policy.enabled,
  };
}

export const executePolicy = autoScalingOperation<ExecutePolicyType>(ExecutePolicy$, {
  summary: 'Does now what a policy would do when its alarm is raised.',
  members: {
    AutoScalingGroupName: GROUP,
    PolicyName: { purpose: 'the policy, by name or ARN' },
    HonorCooldown: { purpose: 'refuse while the cooldown lasts; simple scaling', default: false },
    MetricValue: { purpose: 'the metric as if it were this; step scaling' },
    BreachThreshold: { purpose: 'the alarm’s threshold; step scaling' },
  },
  handle(context, { AutoScalingGroupName: name, PolicyName, HonorCooldown = false, ...given }) {
    const { group, policy } = policyNamed(context, name, PolicyName!);
    const { MetricValue: metricValue, BreachThreshold: threshold } = given;
    if (policy.type === 'TargetTrackingScaling') {
      throw validation('ExecutePolicy is not supported for TargetTrackingScaling policies');
    }
    if (policy.type === 'StepScaling' && (metricValue === undefined || threshold === undefined)) {
      throw validation('MetricValue and BreachThreshold are required to execute a StepScaling policy');
    }
    const wait = heldBack(group, context.now);
    if (policy.type === 'SimpleScaling' && HonorCooldown && wait !== undefined) {
      throw inCooldown(group.name, wait);
    }
    act(context, group, policy, { metricValue, threshold, force: true });
    return {};
  },
});

export const deletePolicy = autoScalingOperation<DeletePolicyType>(DeletePolicy$, {
  summary: 'Deletes a policy, and the alarms that target tracking made for it.',
  members: { AutoScalingGroupName: GROUP, PolicyName: { ...POLICY, purpose: 'the policy, by name or ARN' } },
  handle(context, { AutoScalingGroupName: name, PolicyName }) {
    const { group, policy } = policyNamed(context, name, PolicyName!);
    deleteAlarms(context, group, policy);
    group.policies.delete(policy.name);
    emit(context, {
      type: 'autoscaling/PolicyDeleted',
      by: context.caller.by,
      group: group.name,
      policy: policy.name,
    });
    return {};
  },
});
