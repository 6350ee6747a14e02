import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import type { World } from '../../support/world.ts';
import { autoscaling, fields, GROUP, grouped } from './support.ts';

const cloudwatch = (w: World, operation: string, input: object) => w.call(operation, input, 'cloudwatch');

function filled(w: World, count: number): string {
  const url = w.queue('orders');
  for (let n = 0; n < count; n += 10) {
    const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: `m${i}`, MessageBody: 'order' }));
    w.call('SendMessageBatch', { QueueUrl: url, Entries });
  }
  return url;
}

const metric = (Namespace: string, MetricName: string, Name: string, Value: string) => ({
  Metric: { Namespace, MetricName, Dimensions: [{ Name, Value }] },
  Stat: 'Average',
});

function tracked(w: World, more: object = {}): unknown {
  autoscaling(w, 'EnableMetricsCollection', { ...GROUP, Granularity: '1Minute' });
  const Metrics = [
    {
      Id: 'm1',
      MetricStat: metric('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', 'orders'),
      ReturnData: false,
    },
    {
      Id: 'm2',
      MetricStat: metric('AWS/AutoScaling', 'GroupInServiceInstances', 'AutoScalingGroupName', 'workers'),
      ReturnData: false,
    },
    { Id: 'e1', Expression: 'm1/m2', ReturnData: true },
  ];
  return autoscaling(w, 'PutScalingPolicy', {
    ...GROUP,
    PolicyName: 'backlog',
    PolicyType: 'TargetTrackingScaling',
    EstimatedInstanceWarmup: 60,
    TargetTrackingConfiguration: { TargetValue: 100, CustomizedMetricSpecification: { Metrics }, ...more },
  });
}

describe('backlog per instance as the target', () => {
  it('of 1,500 messages and 10 instances is 150: the group grows to 15', () => {
    const w = grouped({ MinSize: 0, MaxSize: 20, DesiredCapacity: 10 }).after(seconds(600));
    filled(w, 1_500);
    tracked(w);
    w.after(seconds(300));
    expect(w.events('autoscaling/Scaled').at(-1)).toMatchObject({
      before: 10,
      desired: 15,
      reason: 'policy',
      policy: 'backlog',
      by: 'autoscaling.amazonaws.com',
    });
  });

  it('below it shrinks the group only after fifteen minutes, and gently', () => {
    const w = grouped({ MinSize: 0, MaxSize: 20, DesiredCapacity: 10 }).after(seconds(600));
    filled(w, 80);
    tracked(w);
    w.after(seconds(13 * 60));
    expect(fields(w).desired).toBe(10);
    w.after(seconds(5 * 60));
    expect(fields(w).desired).toBeLessThan(10);
    expect(fields(w).desired).toBeGreaterThan(5);
    w.after(seconds(30 * 60));
    expect(fields(w).desired).toBe(1);
  });

  it('is nothing to a group without instances: it never starts', () => {
    const w = grouped({ MinSize: 0, MaxSize: 20, DesiredCapacity: 0 });
    filled(w, 1_500);
    tracked(w);
    w.after(seconds(1_800));
    expect(fields(w).desired).toBe(0);
  });

  it('makes two alarms under names of AWS, one without scale-in, and takes them along when it goes', () => {
    const w = grouped();
    filled(w, 10);
    const names = () =>
      (cloudwatch(w, 'DescribeAlarms', {}).MetricAlarms as { AlarmName: string }[]).map(
        ({ AlarmName }) => AlarmName,
      );
    tracked(w);
    expect(names()).toEqual([
      expect.stringMatching(/^TargetTracking-workers-AlarmHigh-[0-9a-f-]{36}$/),
      expect.stringMatching(/^TargetTracking-workers-AlarmLow-[0-9a-f-]{36}$/),
    ]);
    tracked(w, { DisableScaleIn: true });
    expect(names()).toEqual([expect.stringContaining('AlarmHigh')]);
    autoscaling(w, 'DeletePolicy', { ...GROUP, PolicyName: 'backlog' });
    w.after(seconds(1));
    expect(names()).toEqual([]);
  });
});

describe('an alarm on the length of a queue', () => {
  const alarmed = (policy: object) => {
    const w = grouped().after(seconds(600));
    filled(w, 1_500);
    const { PolicyARN } = autoscaling(w, 'PutScalingPolicy', { ...GROUP, PolicyName: 'out', ...policy });
    cloudwatch(w, 'PutMetricAlarm', {
      AlarmName: 'deep',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 1_000,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [PolicyARN],
    });
    return w.after(seconds(240));
  };

  it('raises a simple policy, once for each cooldown while it lasts', () => {
    const w = alarmed({ AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 2, Cooldown: 120 });
    expect(fields(w).desired).toBe(4);
    expect(w.events('autoscaling/Scaled').at(-1)).toMatchObject({ alarm: 'deep', policy: 'out' });
    w.after(seconds(300));
    expect(fields(w).desired).toBe(6);
    const { Activities } = autoscaling(w, 'DescribeScalingActivities', GROUP);
    expect(Activities[0].Cause).toContain('a monitor alarm deep in state ALARM triggered policy out');
  });

  it('raises a step policy by how far the queue is beyond the threshold', () => {
    const w = alarmed({
      PolicyType: 'StepScaling',
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 300, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 300, ScalingAdjustment: 5 },
      ],
    });
    expect(fields(w).desired).toBe(7);
  });
});
