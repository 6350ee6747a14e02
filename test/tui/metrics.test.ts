import { describe, expect, it } from 'vitest';
import type { MetricsView } from '../../src/projection/metrics.ts';
import { stripAnsi, width } from '../../src/tui/paint/text.ts';
import { makeTheme } from '../../src/tui/paint/theme.ts';
import { chartRows } from '../../src/tui/panes/metricsRows.ts';
import { ScreenDriver } from '../support/screenDriver.ts';

const ALARM =
  'aws cloudwatch put-metric-alarm --alarm-name deep --namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible --dimensions Name=QueueName,Value=orders --statistic Maximum --period 60 --evaluation-periods 1 --threshold 20 --comparison-operator GreaterThanThreshold';

const measured = (): ScreenDriver =>
  new ScreenDriver()
    .sandbox()
    .run('aws sqs create-queue --queue-name billing')
    .run('aws sqs create-queue --queue-name orders')
    .run('app create-producer --name web --to queue/orders --rate 30/min')
    .run(ALARM)
    .run('time skip --for 5m')
    .press('esc', 'g', ']');

describe('the Metrics pane', () => {
  it('draws four charts with their names, and the line of an alarm', () => {
    const frame = measured().resize({ columns: 120, rows: 36 }).press('f').frame();
    expect(frame).toContain('SQS orders');
    expect(frame).toContain('NumberOfMessagesSent');
    expect(frame).toContain('now');
  });

  it('names the instant and the value under its cursor', () => {
    const frame = measured().press('left', 'left').frame();
    expect(frame).toMatch(/03:49\.5 30/u);
  });

  it('goes to another metric and another resource', () => {
    const screen = measured();
    expect(screen.press('down').frame()).toContain('2 ApproximateNumberOfMessagesV');
    expect(screen.press('[').frame()).toContain('SQS billing');
  });
});

describe('a chart', () => {
  const theme = makeTheme({ depth: 'none' });
  const view: MetricsView = {
    owners: ['queue/orders'],
    owner: 'queue/orders',
    from: 0,
    to: 480_000,
    columnMs: 60_000,
    charts: [],
  };
  const chart = {
    namespace: 'AWS/SQS',
    name: 'ApproximateNumberOfMessagesVisible',
    unit: 'Count',
    statistic: 'average' as const,
    columns: [undefined, 0, 4, 8, 8, 2, 0, 0],
    now: 0,
    alarms: [],
  };
  const drawn = (more: object = {}, columns = 60): string[] =>
    chartRows(
      theme,
      view,
      { ...chart, ...more },
      { width: columns, height: 10, number: 2, focused: false, cursor: undefined },
    ).map(stripAnsi);

  it('is as wide and as high as its box', () => {
    const rows = drawn();
    expect(rows).toHaveLength(10);
    expect(rows.map(width)).toEqual(new Array(10).fill(60));
  });

  it('has a round scale, and its half in the middle', () => {
    const rows = drawn();
    expect(rows[1]).toContain('8 ┤   ██');
    expect(rows.some((row) => row.includes('4 ┤'))).toBe(true);
    expect(rows.at(-3)).toContain('0 ╰');
  });

  it('draws an alarm above its data, and says so', () => {
    const alarms = [{ name: 'deep', threshold: 16, above: true, state: 'ALARM', since: 90_000 }];
    const rows = drawn({ alarms, columns: [...chart.columns, ...new Array(40).fill(1)] });
    expect(rows[1]).toContain('alarm above 16: on since 01:30');
  });
});

describe.each([
  { columns: 120, rows: 36 },
  { columns: 80, rows: 24 },
  { columns: 60, rows: 16 },
])('on $columns × $rows', (size) => {
  it('at least one chart has its box, its scale and its time axis', () => {
    const frame = measured().resize(size).frame();
    expect(frame).toContain('NumberOfMessagesSent');
    expect(frame).toContain('0 ╰');
    for (const row of frame.split('\n')) expect(width(row)).toBeLessThanOrEqual(size.columns);
  });
});

describe('an alarm on the stage', () => {
  it('hangs at the queue that it watches, and says when it is on', () => {
    const screen = new ScreenDriver()
      .sandbox()
      .run('aws sqs create-queue --queue-name orders')
      .run('app create-producer --name web --to queue/orders --rate 30/min')
      .run(ALARM);
    expect(screen.frame()).toContain(' alarm deep: no data ');
    expect(screen.run('time skip --for 2m').frame()).toContain(' alarm deep: on ');
  });

  it('is listed among the resources with its state', () => {
    const screen = new ScreenDriver().sandbox().run('aws sqs create-queue --queue-name orders').run(ALARM);
    expect(screen.press('esc', '4').frame()).toMatch(/alarm deep +no data/u);
  });
});
