/** A policy as it is put: which members belong to which type, and that its steps leave no gap. */
import type {
  PutScalingPolicyType,
  StepAdjustment,
  TargetTrackingConfiguration,
} from '@aws-sdk/client-auto-scaling';
import { notModelled, validation } from '../errors.ts';
import {
  ADJUSTMENT_TYPES,
  type AdjustmentType,
  POLICY_TYPES,
  type Policy,
  type PolicyType,
} from '../model.ts';

export type PolicyBody = Omit<Policy, 'arn' | 'alarms'>;

export function readPolicy(input: PutScalingPolicyType): PolicyBody {
  const type = typeOf(input.PolicyType);
  const shared = { name: input.PolicyName!, type, enabled: input.Enabled ?? true };
  if (type === 'TargetTrackingScaling') {
    refuse(
      input,
      type,
      'AdjustmentType',
      'ScalingAdjustment',
      'StepAdjustments',
      'Cooldown',
      'MinAdjustmentMagnitude',
    );
    return { ...shared, ...NONE, warmup: input.EstimatedInstanceWarmup ?? null, target: targetOf(input) };
  }
  refuse(input, type, 'TargetTrackingConfiguration');
  const adjustmentType = adjustmentTypeOf(input.AdjustmentType);
  const minMagnitude = input.MinAdjustmentMagnitude ?? null;
  if (minMagnitude !== null && adjustmentType !== 'PercentChangeInCapacity') {
    throw validation('MinAdjustmentMagnitude is only valid with PercentChangeInCapacity');
  }
  if (type === 'StepScaling') {
    refuse(input, type, 'ScalingAdjustment', 'Cooldown');
    const steps = stepsOf(input.StepAdjustments);
    return {
      ...shared,
      ...NONE,
      adjustmentType,
      minMagnitude,
      steps,
      warmup: input.EstimatedInstanceWarmup ?? null,
    };
  }
  refuse(input, type, 'StepAdjustments', 'EstimatedInstanceWarmup', 'MetricAggregationType');
  if (input.ScalingAdjustment === undefined) {
    throw validation('ScalingAdjustment is required for policy type SimpleScaling');
  }
  const { ScalingAdjustment: adjustment, Cooldown: cooldown = null } = input;
  return { ...shared, ...NONE, adjustmentType, minMagnitude, adjustment, cooldown };
}

const NONE = {
  adjustmentType: null,
  adjustment: null,
  minMagnitude: null,
  cooldown: null,
  steps: Object.freeze([]) as readonly StepAdjustment[],
  warmup: null,
  target: null,
} as const;

function typeOf(given: string | undefined): PolicyType {
  if (given === 'PredictiveScaling') {
    throw notModelled(
      'PolicyType PredictiveScaling',
      'It forecasts from days of history; use TargetTrackingScaling.',
    );
  }
  const type = POLICY_TYPES.find((one) => one === (given ?? 'SimpleScaling'));
  if (type === undefined)
    throw validation(`Invalid policy type ${given}`, `Known: ${POLICY_TYPES.join(', ')}.`);
  return type;
}

function adjustmentTypeOf(given: string | undefined): AdjustmentType {
  const type = ADJUSTMENT_TYPES.find((one) => one === given);
  if (type === undefined) {
    throw validation(
      given === undefined ? 'AdjustmentType is required' : `Invalid adjustment type ${given}`,
      `Known: ${ADJUSTMENT_TYPES.join(', ')}.`,
    );
  }
  return type;
}

/** UNSURE: the sentence. */
function refuse(
  input: PutScalingPolicyType,
  type: PolicyType,
  ...names: (keyof PutScalingPolicyType)[]
): void {
  const wrong = names.find((name) => input[name] !== undefined);
  if (wrong !== undefined) throw validation(`${wrong} is not supported for policy type ${type}`);
}

/** Amazon EC2 Auto Scaling User Guide, Step adjustments: no overlap, no gap, one open end at most on each side. */
function stepsOf(given: readonly StepAdjustment[] | undefined): readonly StepAdjustment[] {
  if (given === undefined || given.length === 0) {
    throw validation('At least one StepAdjustment must be specified for policy type StepScaling');
  }
  const low = (step: StepAdjustment): number => step.MetricIntervalLowerBound ?? Number.NEGATIVE_INFINITY;
  const high = (step: StepAdjustment): number => step.MetricIntervalUpperBound ?? Number.POSITIVE_INFINITY;
  const steps = given.map((step) => Object.freeze({ ...step })).sort((a, b) => low(a) - low(b));
  steps.forEach((step, index) => {
    if (low(step) >= high(step)) {
      throw validation('StepAdjustment lower bound must be less than its upper bound');
    }
    const next = steps[index + 1];
    if (next === undefined) return;
    if (high(step) > low(next)) throw validation('StepAdjustment intervals must not overlap');
    if (high(step) < low(next)) throw validation('StepAdjustment intervals must not have gaps between them');
  });
  return Object.freeze(steps);
}

function targetOf({ TargetTrackingConfiguration: given }: PutScalingPolicyType): TargetTrackingConfiguration {
  if (given === undefined) {
    throw validation('TargetTrackingConfiguration is required for policy type TargetTrackingScaling');
  }
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: custom } = given;
  if ((predefined === undefined) === (custom === undefined)) {
    throw validation(
      'Exactly one of PredefinedMetricSpecification or CustomizedMetricSpecification must be specified',
    );
  }
  if (predefined !== undefined) {
    throw notModelled(
      `PredefinedMetricSpecification ${predefined.PredefinedMetricType}`,
      'Instances here have no CPU and no network; give a CustomizedMetricSpecification, such as backlog per instance.',
    );
  }
  if (!(given.TargetValue! > 0)) throw validation('TargetValue must be greater than 0');
  const isMath = custom!.Metrics !== undefined;
  if (
    !isMath &&
    (custom!.MetricName === undefined || custom!.Namespace === undefined || custom!.Statistic === undefined)
  ) {
    throw validation('A CustomizedMetricSpecification needs MetricName, Namespace and Statistic, or Metrics');
  }
  return deepFreeze(given);
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
