import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../../src/catalog.ts';
import { seconds } from '../../../src/engine/units.ts';
import type { MetricConfig } from '../../../src/services/cloudwatch/model.ts';
import { judge, type Values } from '../../../src/services/cloudwatch/rules/judging.ts';
import { World } from '../../support/world.ts';

const watch = (more: object = {}) => ({
  AlarmName: 'deep',
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
  ...more,
});

const made = (): World => new World({}, CATALOG);
const put = (w: World, more: object = {}) => w.call('PutMetricAlarm', watch(more), 'cloudwatch');
const alarm = (w: World, name = 'deep') =>
  w.call(
    'DescribeAlarms',
    { AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    'cloudwatch',
  );
const stateOf = (w: World, name = 'deep') => {
  const { MetricAlarms, CompositeAlarms } = alarm(w, name);
  return [...MetricAlarms, ...CompositeAlarms][0];
};
const own = (w: World, value: number) =>
  w.call(
    'PutMetricData',
    { Namespace: 'Mine', MetricData: [{ MetricName: 'Load', Value: value }] },
    'cloudwatch',
  );
const ofOwn = {
  Namespace: 'Mine',
  MetricName: 'Load',
  Dimensions: undefined,
  Threshold: 100,
};

describe('an alarm', () => {
  it('begins with insufficient data and the reason Unchecked', () => {
    const w = made();
    put(w);
    const { StateValue, StateReason } = stateOf(w);
    expect([StateValue, StateReason]).toEqual(['INSUFFICIENT_DATA', 'Unchecked: Initial alarm creation']);
  });

  it('is raised at the end of the minute whose data cross the threshold, and comes back', () => {
    const w = made();
    const url = w.queue('orders');
    put(w);
    for (const body of ['a', 'b']) w.send(url, body);
    w.after(seconds(59.999));
    expect(stateOf(w).StateValue).toBe('INSUFFICIENT_DATA');
    w.after(seconds(0.001));
    expect(stateOf(w)).toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'Threshold Crossed: 1 datapoint [2.0 (05/01/26 09:00:00)] was greater than the threshold (1.0).',
    });
    w.call('PurgeQueue', { QueueUrl: url });
    w.after(seconds(60));
    expect(stateOf(w)).toMatchObject({
      StateValue: 'OK',
      StateReason:
        'Threshold Crossed: 1 datapoint [0.0 (05/01/26 09:01:00)] was not greater than the threshold (1.0).',
    });
    expect(
      w.events('cloudwatch/AlarmChanged').map(({ at, before, StateValue }) => [at, before, StateValue]),
    ).toEqual([
      [60_000, 'INSUFFICIENT_DATA', 'ALARM'],
      [120_000, 'ALARM', 'OK'],
    ]);
  });

  it('with 2 of 3 data points is raised by 120, 90, 130 at the third', () => {
    const w = made();
    put(w, { ...ofOwn, EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    const states: string[] = [];
    for (const value of [120, 90, 130]) {
      own(w, value);
      w.after(seconds(60));
      states.push(stateOf(w).StateValue);
    }
    expect(states).toEqual(['INSUFFICIENT_DATA', 'OK', 'ALARM']);
    expect(stateOf(w).StateReason).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [130.0 (05/01/26 09:02:00), 120.0 (05/01/26 09:00:00)] were greater than the threshold (100.0) (minimum 2 datapoints for OK -> ALARM transition).',
    );
  });

  it.each([
    ['notBreaching', 'OK', '1 missing datapoint was treated as [NonBreaching].'],
    ['breaching', 'ALARM', '1 missing datapoint was treated as [Breaching].'],
    ['ignore', 'INSUFFICIENT_DATA', 'Unchecked: Initial alarm creation'],
    ['missing', 'INSUFFICIENT_DATA', 'Unchecked: Initial alarm creation'],
  ])('that treats missing data as %s is %s without any', (TreatMissingData, state, reason) => {
    const w = made();
    put(w, { ...ofOwn, TreatMissingData });
    w.after(seconds(600));
    expect(stateOf(w).StateValue).toBe(state);
    expect(stateOf(w).StateReason).toContain(reason);
  });

  it('goes back to insufficient data when its metric ends', () => {
    const w = made();
    put(w, ofOwn);
    own(w, 5);
    w.after(seconds(60));
    expect(stateOf(w).StateValue).toBe('OK');
    w.after(seconds(600));
    expect(stateOf(w)).toMatchObject({
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Insufficient Data: 1 datapoint was unknown.',
    });
  });

  it('sleeps through quiet days, and looks again when its queue is used', () => {
    const w = made();
    const url = w.queue('orders');
    put(w);
    w.after(seconds(14 * 86_400));
    const { asleepCount } = w.simulation.stateOf('cloudwatch') as { asleepCount: number };
    expect(asleepCount).toBe(1);
    expect(w.simulation.work).toBeLessThan(2_000);
    expect(stateOf(w).StateValue).toBe('INSUFFICIENT_DATA');
    for (const body of ['a', 'b', 'c']) w.send(url, body);
    w.after(seconds(60));
    expect(stateOf(w).StateValue).toBe('ALARM');
  });

  it('can be set for a try, and decides again at its next evaluation', () => {
    const w = made();
    w.queue('orders');
    put(w);
    w.after(seconds(60));
    w.call('SetAlarmState', { AlarmName: 'deep', StateValue: 'ALARM', StateReason: 'a try' }, 'cloudwatch');
    expect(stateOf(w)).toMatchObject({ StateValue: 'ALARM', StateReason: 'a try' });
    w.after(seconds(60));
    expect(stateOf(w).StateValue).toBe('OK');
  });

  it('tells its history, newest first', () => {
    const w = made();
    const url = w.queue('orders');
    put(w);
    for (const body of ['a', 'b']) w.send(url, body);
    w.after(seconds(60));
    put(w, { Threshold: 5 });
    w.after(seconds(60));
    w.call('DeleteAlarms', { AlarmNames: ['deep'] }, 'cloudwatch');
    const { AlarmHistoryItems } = w.call('DescribeAlarmHistory', { AlarmName: 'deep' }, 'cloudwatch');
    expect(AlarmHistoryItems.map((item: { HistorySummary: string }) => item.HistorySummary)).toEqual([
      'Alarm "deep" deleted',
      'Alarm updated from ALARM to OK',
      'Alarm "deep" updated',
      'Alarm updated from INSUFFICIENT_DATA to ALARM',
      'Alarm "deep" created',
    ]);
  });

  it('watches an expression: messages for each of two', () => {
    const w = made();
    const url = w.queue('orders');
    const metric = (id: string, name: string) => ({
      Id: id,
      ReturnData: false,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/SQS',
          MetricName: name,
          Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
        },
        Period: 60,
        Stat: 'Maximum',
      },
    });
    w.call(
      'PutMetricAlarm',
      {
        AlarmName: 'ratio',
        EvaluationPeriods: 1,
        Threshold: 2,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Metrics: [
          metric('m1', 'ApproximateNumberOfMessagesVisible'),
          metric('m2', 'ApproximateNumberOfMessagesNotVisible'),
          { Id: 'e1', Expression: 'm1 / m2' },
        ],
      },
      'cloudwatch',
    );
    for (const body of ['a', 'b', 'c']) w.send(url, body);
    w.after(seconds(60));
    // Nothing divided by zero.
    expect(stateOf(w, 'ratio').StateValue).toBe('INSUFFICIENT_DATA');
    w.call('ReceiveMessage', { QueueUrl: url, VisibilityTimeout: 600 });
    w.after(seconds(60));
    expect(stateOf(w, 'ratio').StateValue).toBe('ALARM');
  });

  it('in a composite alarm raises it in the same instant', () => {
    const w = made();
    const url = w.queue('orders');
    put(w);
    put(w, { AlarmName: 'other', MetricName: 'NumberOfMessagesReceived' });
    w.call(
      'PutCompositeAlarm',
      { AlarmName: 'both', AlarmRule: 'ALARM("deep") AND NOT ALARM(other)' },
      'cloudwatch',
    );
    expect(stateOf(w, 'both').StateValue).toBe('OK');
    for (const body of ['a', 'b']) w.send(url, body);
    w.after(seconds(60));
    expect(stateOf(w, 'both').StateValue).toBe('ALARM');
    expect(w.refusal('DeleteAlarms', { AlarmNames: ['deep'] }, 'cloudwatch').message).toContain(
      'cannot be deleted',
    );
  });

  it('is not deleted when one of the names is not there', () => {
    const w = made();
    put(w);
    expect(w.refusal('DeleteAlarms', { AlarmNames: ['deep', 'gone'] }, 'cloudwatch').code).toBe(
      'ResourceNotFound',
    );
    expect(stateOf(w)).toBeDefined();
  });

  it('tells a topic once, in AWS’s words', () => {
    const w = made();
    const { TopicArn } = w.call('CreateTopic', { Name: 'ops' }, 'sns');
    const url = w.queue('orders');
    const inbox = w.queue('inbox');
    const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:inbox';
    const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: QueueArn };
    w.call('SetQueueAttributes', {
      QueueUrl: inbox,
      Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) },
    });
    w.call('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: QueueArn }, 'sns');
    put(w, { AlarmActions: [TopicArn] });
    for (const body of ['a', 'b']) w.send(url, body);
    w.after(seconds(300));
    const { AlarmHistoryItems } = w.call('DescribeAlarmHistory', { HistoryItemType: 'Action' }, 'cloudwatch');
    expect(AlarmHistoryItems.map((item: { HistorySummary: string }) => item.HistorySummary)).toEqual([
      `Successfully executed action ${TopicArn}`,
    ]);
    const [{ Body }] = w.receive(inbox);
    const { Subject, Message } = JSON.parse(Body);
    expect(Subject).toBe('ALARM: "deep" in US East (N. Virginia)');
    expect(JSON.parse(Message)).toMatchObject({
      AlarmName: 'deep',
      NewStateValue: 'ALARM',
      OldStateValue: 'INSUFFICIENT_DATA',
      Trigger: { Statistic: 'MAXIMUM', Dimensions: [{ value: 'orders', name: 'QueueName' }] },
    });
  });

  it('refuses an action of a service that is not there, by name', () => {
    const w = made();
    const refusal = w.refusal(
      'PutMetricAlarm',
      watch({ AlarmActions: ['arn:aws:ec2:us-east-1:000000000000:instance/i-1'] }),
      'cloudwatch',
    );
    expect(refusal.message).toBe('not modelled: an alarm action of ec2');
  });
});

describe('data that are missing', () => {
  const three: MetricConfig = {
    type: 'metric',
    watched: { type: 'math', queries: [] },
    period: 60,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    threshold: 0,
    comparison: 'GreaterThanThreshold',
    treatMissingData: 'missing',
  };
  const twoOfThree: MetricConfig = { ...three, datapointsToAlarm: 2 };
  /** `0 - X`: fine, missing, crossing. */
  const values = (text: string): Values =>
    text.split(' ').map((mark) => (mark === '-' ? undefined : mark === 'X' ? 1 : 0));

  // CloudWatch User Guide, Configuring how CloudWatch alarms treat missing data: its two tables.
  it.each([
    [three, '0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    [three, '- - - - 0', 'OK', 'OK', 'OK', 'OK'],
    [three, '- - - - -', 'INSUFFICIENT_DATA', undefined, 'ALARM', 'OK'],
    [three, '0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [three, '- - X - -', 'ALARM', undefined, 'ALARM', 'OK'],
    [twoOfThree, '0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [twoOfThree, '0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [twoOfThree, '0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    [twoOfThree, '- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    [twoOfThree, '- - - X -', 'ALARM', undefined, 'ALARM', 'OK'],
  ] as const)('%o: %s', (config, text, missing, ignore, breaching, notBreaching) => {
    const found = (['missing', 'ignore', 'breaching', 'notBreaching'] as const).map(
      (treatMissingData) => judge({ ...config, treatMissingData }, values(text)).state,
    );
    expect(found).toEqual([missing, ignore, breaching, notBreaching]);
  });
});
