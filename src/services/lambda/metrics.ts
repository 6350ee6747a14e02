/** The CloudWatch metrics of functions. Lambda Developer Guide, Types of metrics for Lambda functions. */
import { metricTable } from '../../contract/metricTable.ts';
import type { TrackKind } from '../../contract/metricTrack.ts';
import type { Instant } from '../../engine/units.ts';
import { functionKey, type LambdaFunction, type LambdaState } from './model.ts';

const METRICS = {
  Invocations: ['sum', 'Count'],
  Errors: ['sum', 'Count'],
  Throttles: ['sum', 'Count'],
  Duration: ['set', 'Milliseconds'],
  ConcurrentExecutions: ['set', 'Count'],
  AsyncEventsReceived: ['sum', 'Count'],
  AsyncEventsDropped: ['sum', 'Count'],
  AsyncEventAge: ['set', 'Milliseconds'],
  DeadLetterErrors: ['sum', 'Count'],
  DestinationDeliveryFailures: ['sum', 'Count'],
  IteratorAge: ['set', 'Milliseconds'],
} as const satisfies Readonly<Record<string, readonly [TrackKind, string]>>;

export type FunctionMetric = keyof typeof METRICS;

const table = metricTable({
  namespace: 'AWS/Lambda',
  metrics: METRICS,
  subject(key, own) {
    const [account = '', name = ''] = key.split('/');
    return {
      account,
      dimensions: [{ Name: 'FunctionName', Value: name }],
      resource: `function/${account === own ? name : key}`,
    };
  },
});

export const metrics = table.series;

export const countFunction = (
  { ledger }: LambdaState,
  { account, name }: Pick<LambdaFunction, 'account' | 'name'>,
  now: Instant,
  metric: FunctionMetric,
  value = 1,
): void => table.count(ledger, functionKey(account, name), now, metric, value);
