/** GetMetricData's queries: metrics and expressions over them, which may name each other. */
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MetricSeries } from '../../../contract/metrics.ts';
import type { Context } from '../../../engine/service.ts';
import { type Instant, milliseconds } from '../../../engine/units.ts';
import { invalidValue, notModelled, validation } from '../errors.ts';
import type { CloudWatchState, Statistic } from '../model.ts';
import { statisticOf } from './evaluating.ts';
import { type Expression, idsIn, parseExpression } from './expression.ts';
import { type MathGround, type MathValue, type Series, seriesOf, workOut } from './metricMath.ts';
import { type FindSeries, findOne } from './series.ts';

interface QueryResult {
  readonly id: string;
  readonly label: string;
  readonly returns: boolean;
  /** By the instant at which the period begins. */
  readonly series: Series;
}

export interface Ran {
  readonly results: readonly QueryResult[];
  /** The series that were read; undefined: one that nobody reports. */
  readonly used: readonly (MetricSeries | undefined)[];
}

interface Asked {
  readonly account: string;
  readonly queries: readonly MetricDataQuery[];
  readonly from: Instant;
  readonly to: Instant;
}

const STATISTICS: readonly string[] = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];

const isStatistic = (text: string): text is Statistic => STATISTICS.includes(text);

export function checkStatistic(text: string): Statistic {
  if (isStatistic(text)) return text;
  throw notModelled(
    `the statistic ${text}`,
    `Known are ${STATISTICS.join(', ')}; samples are not kept one by one.`,
  );
}

/** A query, checked. */
type Query = { readonly id: string; readonly label: string; readonly returns: boolean } & (
  | {
      readonly type: 'metric';
      readonly namespace: string;
      readonly name: string;
      readonly dimensions: readonly { readonly Name: string; readonly Value: string }[];
      readonly statistic: Statistic;
      readonly unit: string | undefined;
      readonly period: number;
    }
  | { readonly type: 'expression'; readonly expression: Expression; readonly period: number | undefined }
);

/** Refuses what cannot be asked. UNSURE: the sentences. */
export function readQueries(queries: readonly MetricDataQuery[]): readonly Query[] {
  const ids = new Set<string>();
  const read = queries.map((query): Query => {
    const id = query.Id ?? '';
    if (!/^[a-z]\w*$/u.test(id)) {
      throw validation(`The value ${id} for parameter MetricDataQueries.member.Id is not valid.`, {
        why: 'An id begins with a lower-case letter and goes on with letters, digits and _.',
      });
    }
    if (ids.has(id))
      throw validation(`The values for parameter id in MetricDataQueries are not unique: ${id}`);
    ids.add(id);
    if ((query.MetricStat === undefined) === (query.Expression === undefined)) {
      throw validation('Each MetricDataQuery must have either MetricStat or Expression.');
    }
    if (query.AccountId !== undefined) throw notModelled('AccountId', 'Only own metrics are read.');
    return readQuery(id, query);
  });
  for (const query of read) {
    if (query.type !== 'expression') continue;
    for (const id of idsIn(query.expression)) {
      if (!ids.has(id)) throw validation(`Error in expression '${query.id}': undefined variable: ${id}`);
    }
  }
  return read;
}

function readQuery(id: string, query: MetricDataQuery): Query {
  const returns = query.ReturnData ?? true;
  if (query.Expression !== undefined) {
    const expression = parseExpression(query.Expression);
    if (query.Period !== undefined) checkPeriod(query.Period);
    return { type: 'expression', id, label: query.Label ?? id, returns, expression, period: query.Period };
  }
  const { Metric, Period = 0, Stat = '', Unit } = query.MetricStat!;
  checkPeriod(Period);
  return {
    type: 'metric',
    id,
    label: query.Label ?? Metric?.MetricName ?? id,
    returns,
    namespace: Metric?.Namespace ?? '',
    name: Metric?.MetricName ?? '',
    dimensions: (Metric?.Dimensions ?? []).map(({ Name, Value }) => ({ Name: Name!, Value: Value! })),
    statistic: checkStatistic(Stat),
    unit: Unit,
    period: Period,
  };
}

export function checkPeriod(period: number): void {
  if (period === 1 || period === 5 || period === 10 || period === 20 || period === 30) {
    throw notModelled(`a period of ${period} s`, 'Metrics are kept by the minute; ask for 60 or more.');
  }
  if (!Number.isInteger(period) || period < 60 || period % 60 !== 0) {
    throw invalidValue('The parameter Period must be a multiple of 60.', {
      why: `It is ${period}; metrics are kept by the minute.`,
    });
  }
}

/** The one period of all metrics. SIMPLER THAN AWS: they must not differ where expressions are. */
export function periodOf(queries: readonly Query[]): number {
  const periods = new Set(queries.flatMap(({ period }) => (period === undefined ? [] : [period])));
  if (periods.size > 1 && queries.some(({ type }) => type === 'expression')) {
    throw notModelled('metrics of different periods in expressions', 'Give all of them one Period.');
  }
  return [...periods][0] ?? 60;
}

export function runQueries(
  find: FindSeries,
  context: Context<CloudWatchState>,
  { account, queries, from, to }: Asked,
): Ran {
  const read = readQueries(queries);
  const period = periodOf(read);
  const used: (MetricSeries | undefined)[] = [];
  const known = new Map<string, MathValue>();
  const metrics: [string, Series][] = [];
  for (const query of read) {
    if (query.type !== 'metric') continue;
    const found = findOne(find, context, { account, ...query });
    used.push(found);
    const values = new Map<number, number>();
    if (found !== undefined && (query.unit === undefined || query.unit === found.unit)) {
      for (const point of found.read({ from, to, period: milliseconds(query.period * 1000) })) {
        values.set(point.at, statisticOf(query.statistic, point));
      }
    }
    known.set(query.id, { type: 'series', series: values });
    metrics.push([query.id, values]);
  }
  const times: number[] = [];
  for (let time: number = from; time < to; time += period * 1000) times.push(time);
  const ground = groundOf(read, { known, metrics, times, periodSeconds: period });
  const results = read.map(({ id, label, returns }) => ({
    id,
    label,
    returns,
    series: returns ? seriesOf(ground.valueOf(id), ground) : new Map<number, number>(),
  }));
  return { results, used };
}

function groundOf(
  read: readonly Query[],
  { known, ...rest }: Omit<MathGround, 'valueOf'> & { readonly known: Map<string, MathValue> },
): MathGround {
  const busy = new Set<string>();
  const ground: MathGround = {
    ...rest,
    valueOf(id) {
      const value = known.get(id);
      if (value !== undefined) return value;
      const query = read.find((one) => one.id === id);
      if (query?.type !== 'expression' || busy.has(id)) {
        throw validation(`Error in expression '${id}': it leads back to itself`);
      }
      busy.add(id);
      const worked = workOut(query.expression, ground);
      busy.delete(id);
      known.set(id, worked);
      return worked;
    },
  };
  return ground;
}
