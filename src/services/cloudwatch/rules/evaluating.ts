/** The numbers that an alarm looks at, period by period. */
import type { Datapoint, MetricSeries } from '../../../contract/metrics.ts';
import type { Context } from '../../../engine/service.ts';
import { type Instant, instant, milliseconds } from '../../../engine/units.ts';
import { LOOK_BACK_PERIODS } from '../limits.ts';
import type { Alarm, CloudWatchState, MetricConfig, Statistic } from '../model.ts';
import type { Values } from './judging.ts';
import { runQueries } from './queries.ts';
import { type FindSeries, findOne } from './series.ts';

export interface Looked {
  /** Oldest first, one a period. */
  readonly values: Values;
  readonly times: readonly number[];
  /** Nothing will be reported until somebody does something: it may sleep. */
  readonly quiet: boolean;
}

export function statisticOf(statistic: Statistic, { sum, minimum, maximum, sampleCount }: Datapoint): number {
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / sampleCount;
    case 'Minimum':
      return minimum;
    case 'Maximum':
      return maximum;
    default:
      return sampleCount;
  }
}

/** The first end of a period after an instant; periods are whole in UTC. */
export function nextPeriodEnd({ epoch }: CloudWatchState, now: Instant, periodMs: number): Instant {
  return instant((Math.floor((epoch + now) / periodMs) + 1) * periodMs - epoch);
}

/** What it sees of the periods that have ended. */
export function look(find: FindSeries, context: Context<CloudWatchState>, alarm: Alarm): Looked {
  const { state, now } = context;
  const config = alarm.config as MetricConfig;
  const periodMs = config.period * 1000;
  const count = config.evaluationPeriods + LOOK_BACK_PERIODS;
  const to = instant(nextPeriodEnd(state, now, periodMs) - periodMs);
  const from = instant(to - count * periodMs);
  const times: number[] = [];
  for (let place = 0; place < count; place++) times.push(state.epoch + from + place * periodMs);
  const { watched } = config;
  if (watched.type === 'math') {
    const ran = runQueries(find, context, {
      account: alarm.account,
      queries: watched.queries,
      from,
      to,
    });
    const result = ran.results.find(({ returns }) => returns)!;
    const values = times.map((time) => result.series.get(time - state.epoch));
    return { values, times, quiet: values.every(isNone) && ran.used.every((one) => isQuiet(one, now)) };
  }
  const wanted = { account: alarm.account, ...watched };
  const series = findOne(find, context, wanted);
  const values: (number | undefined)[] = new Array<undefined>(count).fill(undefined);
  if (series !== undefined && (watched.unit === undefined || watched.unit === series.unit)) {
    for (const point of series.read({ from, to, period: milliseconds(periodMs) })) {
      values[(point.at - from) / periodMs] = statisticOf(watched.statistic, point);
    }
  }
  return { values, times, quiet: values.every(isNone) && isQuiet(series, now) };
}

const isNone = (value: unknown): boolean => value === undefined;
const isQuiet = (series: MetricSeries | undefined, now: Instant): boolean =>
  series === undefined || (series.reportsUntil !== undefined && series.reportsUntil <= now);
