/** The CloudWatch metrics of functions. Lambda Developer Guide, Types of metrics for Lambda functions. */
import {
  count,
  ledgerSeries,
  type MetricName,
  type MetricSeries,
  report,
  sample,
  subjectOf,
} from '../../contract/metrics.ts';
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

/** A function reports while it is used. UNSURE: for how long after; here as a queue, six hours. */
const ACTIVE_MINUTES = 360;

export function countFunction(
  state: LambdaState,
  { account, name }: Pick<LambdaFunction, 'account' | 'name'>,
  now: Instant,
  metric: FunctionMetric,
  value = 1,
): void {
  const subject = subjectOf(state.ledger, functionKey(account, name));
  report(subject, now, ACTIVE_MINUTES);
  if (METRICS[metric][0] === 'set') sample(subject, now, metric, value);
  else count(subject, now, metric, value);
}

export function* metrics(
  state: LambdaState,
  now: Instant,
  _settings: unknown,
  wanted: Partial<MetricName> = {},
): Iterable<MetricSeries> {
  if (wanted.namespace !== undefined && wanted.namespace !== 'AWS/Lambda') return;
  for (const [key, subject] of state.ledger.subjects) {
    const slash = key.indexOf('/');
    const account = key.slice(0, slash);
    const name = key.slice(slash + 1);
    if (wanted.account !== undefined && wanted.account !== account) continue;
    for (const [metric, [kind, unit]] of Object.entries(METRICS)) {
      if (wanted.name !== undefined && wanted.name !== metric) continue;
      yield ledgerSeries(
        {
          account,
          namespace: 'AWS/Lambda',
          name: metric,
          unit,
          dimensions: [{ Name: 'FunctionName', Value: name }],
          resource: `function/${account === state.account ? name : key}`,
        },
        kind,
        subject,
        now,
      );
    }
  }
}
