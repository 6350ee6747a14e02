import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../../src/catalog.ts';
import { seconds } from '../../../src/engine/units.ts';
import { type Output, World } from '../../support/world.ts';

const made = (): World => new World({}, CATALOG);
const own = (w: World, data: object): Output =>
  w.call('PutMetricData', { Namespace: 'Mine', MetricData: [{ MetricName: 'Load', ...data }] }, 'cloudwatch');
const START = Date.UTC(2026, 0, 5, 9);
const range = { StartTime: START - 86_400_000, EndTime: START + 86_400_000 };
const load = (w: World, Period = 60): Output[] =>
  w.call(
    'GetMetricStatistics',
    {
      Namespace: 'Mine',
      MetricName: 'Load',
      StartTime: START,
      EndTime: START + 3_600_000,
      Period,
      Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
    },
    'cloudwatch',
  ).Datapoints;

/** The values of an expression over Load (m1), oldest first. */
function worked(w: World, Expression: string): readonly number[] {
  const { MetricDataResults } = w.call(
    'GetMetricData',
    {
      StartTime: START,
      EndTime: START + 5 * 60_000,
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'm1',
          ReturnData: false,
          MetricStat: { Metric: { Namespace: 'Mine', MetricName: 'Load' }, Period: 60, Stat: 'Sum' },
        },
        { Id: 'e1', Expression },
      ],
    },
    'cloudwatch',
  );
  return MetricDataResults[0].Values;
}

describe('data of one’s own', () => {
  it('are sums, averages, least and greatest of a minute', () => {
    const w = made();
    own(w, { Value: 4 });
    own(w, { Values: [1, 7], Counts: [2, 1] });
    expect(load(w)).toEqual([]);
    w.after(seconds(60));
    expect(load(w)).toEqual([
      { Timestamp: START, SampleCount: 4, Sum: 13, Average: 3.25, Minimum: 1, Maximum: 7, Unit: 'None' },
    ]);
  });

  it('may come late, and stand where they belong', () => {
    const w = made();
    w.after(seconds(300));
    own(w, { Value: 3, Timestamp: START + 180_000 });
    own(w, { Value: 1, Timestamp: START + 60_000 });
    own(w, { Value: 2, Timestamp: START + 60_000 });
    expect(load(w).map(({ Timestamp, Sum }) => [(Timestamp - START) / 60_000, Sum])).toEqual([
      [1, 3],
      [3, 3],
    ]);
    expect(load(w, 300).map(({ Sum }) => Sum)).toEqual([6]);
  });

  it('belong to a namespace of one’s own', () => {
    const refusal = made().refusal(
      'PutMetricData',
      { Namespace: 'AWS/SQS', MetricData: [{ MetricName: 'x', Value: 1 }] },
      'cloudwatch',
    );
    expect(refusal.code).toBe('InvalidParameterValue');
  });

  it('are refused by the second, by name', () => {
    const refusal = made().refusal(
      'PutMetricData',
      { Namespace: 'Mine', MetricData: [{ MetricName: 'x', Value: 1, StorageResolution: 1 }] },
      'cloudwatch',
    );
    expect(refusal.message).toBe('not modelled: StorageResolution 1');
  });
});

describe('metric math', () => {
  const w = made();
  for (const value of [2, 4, undefined, 8]) {
    if (value !== undefined) own(w, { Value: value });
    w.after(seconds(60));
  }
  w.after(seconds(60));

  it.each([
    ['m1 * 2 + 1', [5, 9, 17]],
    ['-m1', [-2, -4, -8]],
    ['(m1 - 2) / (m1 - 4)', [0, 1.5]],
    ['SUM(m1)', [14, 14, 14, 14, 14]],
    ['AVG(m1) ', [14 / 3, 14 / 3, 14 / 3, 14 / 3, 14 / 3]],
    ['MAX([m1, 3 + m1 - m1])', [3, 4, 8]],
    ['MIN(METRICS())', [2, 4, 8]],
    ['SUM(METRICS("m"))', [2, 4, 8]],
    ['IF(m1 > 3, m1, 0)', [0, 4, 8]],
    ['IF(m1 > 3 AND m1 < 8, 1)', [1]],
    ['FILL(m1, 0)', [2, 4, 0, 8, 0]],
    ['FILL(m1, REPEAT)', [2, 4, 4, 8, 8]],
    ['FILL(m1, LINEAR)', [2, 4, 6, 8]],
    ['RATE(m1) * 60', [2, 2]],
  ])('%s', (expression, values) => {
    expect(worked(w, expression)).toEqual(values);
  });

  it.each([
    ['STDDEV(m1)', 'not modelled: the function STDDEV of metric math'],
    ['m1 +', 'invalid syntax'],
    ['m2', 'undefined variable: m2'],
    ['e1', 'leads back to itself'],
  ])('%s is refused', (Expression, message) => {
    const refusal = w.refusal(
      'GetMetricData',
      {
        ...range,
        MetricDataQueries: [
          {
            Id: 'm1',
            MetricStat: { Metric: { Namespace: 'Mine', MetricName: 'Load' }, Period: 60, Stat: 'Sum' },
          },
          { Id: 'e1', Expression },
        ],
      },
      'cloudwatch',
    );
    expect(refusal.message).toContain(message);
  });
});

describe('reading metrics', () => {
  it('refuses more than 1,440 data points', () => {
    const refusal = made().refusal(
      'GetMetricStatistics',
      { Namespace: 'Mine', MetricName: 'Load', ...range, Period: 60, Statistics: ['Sum'] },
      'cloudwatch',
    );
    expect(refusal.message).toBe(
      'You have requested up to 2,880 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    );
  });

  it('lists what has data, for the own account only', () => {
    const w = made();
    w.queue('orders');
    const names = (): string[] =>
      w
        .call('ListMetrics', { Namespace: 'AWS/SQS' }, 'cloudwatch')
        .Metrics.map(({ MetricName }: { MetricName: string }) => MetricName);
    expect(names()).toEqual([]);
    w.after(seconds(60));
    expect(names()).toContain('NumberOfMessagesSent');
    expect(names()).not.toContain('SentMessageSize');
    w.as({ account: '111111111111', profile: 'partner' });
    expect(names()).toEqual([]);
  });

  it('counts groups in flight of a FIFO queue', () => {
    const w = made();
    const url = w.queue('jobs.fifo');
    for (const group of ['a', 'b']) {
      w.send(url, group, { MessageGroupId: group, MessageDeduplicationId: group });
      w.send(url, group, { MessageGroupId: group, MessageDeduplicationId: group });
    }
    w.receive(url, { MaxNumberOfMessages: 2, VisibilityTimeout: 90 });
    w.after(seconds(180));
    const read = (MetricName: string): number[] =>
      w
        .call(
          'GetMetricStatistics',
          {
            Namespace: 'AWS/SQS',
            MetricName,
            Dimensions: [{ Name: 'QueueName', Value: 'jobs.fifo' }],
            StartTime: START,
            EndTime: START + 600_000,
            Period: 60,
            Statistics: ['Sum'],
          },
          'cloudwatch',
        )
        .Datapoints.map(({ Sum }: { Sum: number }) => Sum);
    expect(read('ApproximateNumberOfGroupsWithInflightMessages')).toEqual([2, 0, 0]);
    expect(read('NumberOfDeduplicatedSentMessages')).toEqual([2, 0, 0]);
    expect(read('NumberOfMessagesSent')).toEqual([2, 0, 0]);
  });
});
