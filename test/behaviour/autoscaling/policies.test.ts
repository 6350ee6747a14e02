import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { adjusted, neededFor } from '../../../src/services/autoscaling/rules/scaling.ts';
import { autoscaling, fields, GROUP, grouped } from './support.ts';

const refused = (input: object): unknown =>
  grouped().refusal('PutScalingPolicy', { ...GROUP, PolicyName: 'p', ...input }, 'autoscaling');

describe('a simple policy', () => {
  it('adds so many, then rests until its instances are there and the cooldown is over', () => {
    const w = grouped().after(seconds(130));
    autoscaling(w, 'PutScalingPolicy', {
      ...GROUP,
      PolicyName: 'out',
      AdjustmentType: 'ChangeInCapacity',
      ScalingAdjustment: 2,
      Cooldown: 60,
    });
    const execute = (HonorCooldown: boolean): unknown =>
      w.outcome('ExecutePolicy', { ...GROUP, PolicyName: 'out', HonorCooldown }, 'autoscaling');
    expect(execute(true)).toMatchObject({ ok: true });
    expect(fields(w).desired).toBe(4);
    expect(execute(true)).toMatchObject({ ok: false, refusal: { code: 'ScalingActivityInProgress' } });
    w.after(seconds(121));
    expect(fields(w)).toMatchObject({ inService: 4 });
    w.after(seconds(60));
    expect(execute(true)).toMatchObject({ ok: true });
    expect(fields(w).desired).toBe(6);
    expect(execute(false)).toMatchObject({ ok: true });
    expect(fields(w).desired).toBe(8);
  });

  it('stays within the bounds', () => {
    const w = grouped();
    autoscaling(w, 'PutScalingPolicy', {
      ...GROUP,
      PolicyName: 'out',
      AdjustmentType: 'ExactCapacity',
      ScalingAdjustment: 100,
    });
    autoscaling(w, 'ExecutePolicy', { ...GROUP, PolicyName: 'out' });
    expect(fields(w).desired).toBe(10);
    autoscaling(w, 'ExecutePolicy', { ...GROUP, PolicyName: 'out' });
    expect(w.events('autoscaling/ScalingHeld').at(-1)).toMatchObject({ reason: 'bounds' });
  });
});

describe('a step policy', () => {
  const stepped = () => {
    const w = grouped().after(seconds(500));
    autoscaling(w, 'PutScalingPolicy', {
      ...GROUP,
      PolicyName: 'steps',
      PolicyType: 'StepScaling',
      AdjustmentType: 'ChangeInCapacity',
      EstimatedInstanceWarmup: 100,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 500, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 500, ScalingAdjustment: 3 },
      ],
    });
    const raise = (MetricValue: number): void =>
      autoscaling(w, 'ExecutePolicy', {
        ...GROUP,
        PolicyName: 'steps',
        MetricValue,
        BreachThreshold: 1_000,
      });
    return { w, raise };
  };

  it('adds by how far the metric is beyond the threshold', () => {
    const small = stepped();
    small.raise(1_100);
    expect(fields(small.w).desired).toBe(3);
    const large = stepped();
    large.raise(1_500);
    expect(fields(large.w).desired).toBe(5);
  });

  it('counts what warms up: the same breach adds nothing more, a greater one the difference', () => {
    const { w, raise } = stepped();
    raise(1_100);
    raise(1_200);
    expect(fields(w).desired).toBe(3);
    expect(w.events('autoscaling/ScalingHeld').at(-1)).toMatchObject({ reason: 'warmup' });
    raise(2_000);
    expect(fields(w).desired).toBe(5);
  });

  it('does nothing for a metric that is in none of its steps', () => {
    const { w, raise } = stepped();
    raise(900);
    expect(fields(w).desired).toBe(2);
  });
});

describe('target tracking', () => {
  it('needs as many as bring the ratio to its target', () => {
    expect(neededFor(10, 150, 100)).toBe(15);
    expect(neededFor(10, 8, 100)).toBe(1);
    expect(neededFor(3, 100, 100)).toBe(3);
  });

  it('is refused for metrics that instances here do not have', () => {
    expect(
      refused({
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingConfiguration: {
          TargetValue: 50,
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        },
      }),
    ).toMatchObject({ message: 'not modelled: PredefinedMetricSpecification ASGAverageCPUUtilization' });
  });
});

describe('a percentage', () => {
  const percent = { adjustmentType: 'PercentChangeInCapacity', minMagnitude: null } as const;

  it('is rounded as Auto Scaling does: above one down, below one up to one', () => {
    expect(adjusted(10, percent, 25)).toBe(12);
    expect(adjusted(2, percent, 10)).toBe(3);
    expect(adjusted(2, percent, -10)).toBe(1);
    expect(adjusted(10, percent, -25)).toBe(8);
  });

  it('changes at least by its magnitude', () => {
    expect(adjusted(4, { ...percent, minMagnitude: 2 }, 25)).toBe(6);
  });
});

describe('a policy', () => {
  it('is refused with members of another type, or steps that overlap or leave a gap', () => {
    const step = (low: number, high: number) => ({
      MetricIntervalLowerBound: low,
      MetricIntervalUpperBound: high,
      ScalingAdjustment: 1,
    });
    const steps = (...StepAdjustments: object[]): unknown =>
      refused({ PolicyType: 'StepScaling', AdjustmentType: 'ChangeInCapacity', StepAdjustments });
    expect(steps(step(0, 10), step(5, 20))).toMatchObject({ message: expect.stringContaining('overlap') });
    expect(steps(step(0, 10), step(15, 20))).toMatchObject({ message: expect.stringContaining('gaps') });
    expect(refused({ AdjustmentType: 'ChangeInCapacity' })).toMatchObject({ code: 'ValidationError' });
    expect(refused({ PolicyType: 'PredictiveScaling' })).toMatchObject({
      message: 'not modelled: PolicyType PredictiveScaling',
    });
  });

  it('is listed, and gone when it is deleted', () => {
    const w = grouped();
    const { PolicyARN } = autoscaling(w, 'PutScalingPolicy', {
      ...GROUP,
      PolicyName: 'out',
      AdjustmentType: 'ChangeInCapacity',
      ScalingAdjustment: 1,
    });
    expect(PolicyARN).toMatch(/:autoScalingGroupName\/workers:policyName\/out$/);
    const listed = () => autoscaling(w, 'DescribePolicies', GROUP).ScalingPolicies;
    expect(listed()).toMatchObject([{ PolicyName: 'out', ScalingAdjustment: 1, PolicyARN }]);
    autoscaling(w, 'DeletePolicy', { PolicyName: PolicyARN });
    expect(listed()).toEqual([]);
  });
});
