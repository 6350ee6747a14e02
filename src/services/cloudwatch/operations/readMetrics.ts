/** Reading metrics: what there is, and its figures. Made for the services whose series can be read. */
import {
  GetMetricData$,
  type GetMetricDataInput,
  GetMetricStatistics$,
  type GetMetricStatisticsInput,
  ListMetrics$,
  type ListMetricsInput,
} from '@aws-sdk/client-cloudwatch';
import type { MetricSeries } from '../../../contract/metrics.ts';
import { METRIC_MINUTES_MAX, MINUTE_MS } from '../../../contract/metricTrack.ts';
import { instant, milliseconds } from '../../../engine/units.ts';
import {
  cloudWatchOperation,
  DIMENSIONS,
  END_TIME,
  EXTENDED,
  METRIC_NAME,
  NAMESPACE,
  NEXT_TOKEN,
  PERIOD,
  SCAN_BY,
  START_TIME,
  STATISTICS,
  UNIT,
  without,
} from '../define.ts';
import { invalidCombination, invalidValue, validation } from '../errors.ts';
import { DATA_MAX, DATAPOINTS_MAX, METRICS_PAGE, QUERIES_MAX } from '../limits.ts';
import { statisticOf } from '../rules/evaluating.ts';
import { readDimensions } from '../rules/metricConfig.ts';
import { page } from '../rules/paging.ts';
import { checkPeriod, checkStatistic, periodOf, readQueries, runQueries } from '../rules/queries.ts';
import { type FindSeries, findOne } from '../rules/series.ts';
import { utcOf } from '../rules/times.ts';

function checkRange(start: unknown, end: unknown): { readonly from: number; readonly to: number } {
  const from = utcOf(start, 'StartTime');
  const to = utcOf(end, 'EndTime');
  if (from < to) return { from, to };
  throw validation('The parameter StartTime must be less than the parameter EndTime.');
}

const getMetricStatistics = (find: FindSeries) =>
  cloudWatchOperation<GetMetricStatisticsInput>(GetMetricStatistics$, {
    summary: 'Tells the figures of one metric, period by period.',
    members: {
      Namespace: NAMESPACE,
      MetricName: METRIC_NAME,
      Dimensions: DIMENSIONS,
      StartTime: START_TIME,
      EndTime: END_TIME,
      Period: PERIOD,
      Statistics: { purpose: 'which figures of a period', values: STATISTICS },
      ExtendedStatistics: EXTENDED,
      Unit: UNIT,
    },
    handle(context, input) {
      const { state, caller } = context;
      const { from, to } = checkRange(input.StartTime, input.EndTime);
      checkPeriod(input.Period!);
      const statistics = (input.Statistics ?? []).map(checkStatistic);
      if (statistics.length === 0) {
        throw invalidCombination(
          'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
        );
      }
      const periodMs = input.Period! * 1000;
      const asked = Math.ceil((to - from) / periodMs);
      if (asked > DATAPOINTS_MAX) {
        throw invalidCombination(
          `You have requested up to ${grouped(asked)} datapoints, which exceeds the limit of ${grouped(DATAPOINTS_MAX)}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
        );
      }
      const dimensions = readDimensions(input.Dimensions);
      const series = findOne(find, context, {
        account: caller.account,
        namespace: input.Namespace!,
        name: input.MetricName!,
        dimensions,
      });
      const fits = series !== undefined && (input.Unit === undefined || input.Unit === series.unit);
      const start = instant(Math.floor(from / MINUTE_MS) * MINUTE_MS - state.epoch);
      const points = fits
        ? series.read({ from: start, to: instant(to - state.epoch), period: milliseconds(periodMs) })
        : [];
      return {
        Label: input.MetricName,
        Datapoints: points.map((point) => ({
          Timestamp: state.epoch + point.at,
          ...Object.fromEntries(statistics.map((name) => [name, statisticOf(name, point)])),
          Unit: series!.unit,
        })),
      };
    },
  });

/** 1440 as `1,440`. */
const grouped = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/gu, ',');

/** SIMPLER THAN AWS: all data come in one answer. */
const getMetricData = (find: FindSeries) =>
  cloudWatchOperation<GetMetricDataInput>(GetMetricData$, {
    summary: 'Tells the figures of several metrics, and expressions over them.',
    members: {
      MetricDataQueries: {
        purpose: 'metrics and expressions, each with an id',
        max: QUERIES_MAX,
        unit: 'entries',
      },
      StartTime: START_TIME,
      EndTime: END_TIME,
      NextToken: without('go on where the last answer ended', 'all data come in one answer'),
      ScanBy: SCAN_BY,
      MaxDatapoints: without('how many at most in one answer', 'all data come in one answer'),
      LabelOptions: without('the time zone of labels', 'labels without figures'),
    },
    handle(context, { MetricDataQueries = [], StartTime, EndTime, ScanBy }) {
      const { state, caller } = context;
      const { from, to } = checkRange(StartTime, EndTime);
      if (MetricDataQueries.length > QUERIES_MAX) {
        throw invalidValue(
          `The collection MetricDataQueries must not have a size greater than ${QUERIES_MAX}.`,
        );
      }
      const read = readQueries(MetricDataQueries);
      const periodMs = periodOf(read) * 1000;
      if (((to - from) / periodMs) * read.length > DATA_MAX) {
        // UNSURE: AWS pages instead.
        throw invalidCombination(`The request asks for more than ${grouped(DATA_MAX)} data points.`, {
          why: 'Ask for a longer Period or a shorter time.',
        });
      }
      const start = Math.floor(from / periodMs) * periodMs;
      const { results } = runQueries(find, context, {
        account: caller.account,
        queries: MetricDataQueries,
        from: instant(start - state.epoch),
        to: instant(to - state.epoch),
      });
      return {
        MetricDataResults: results
          .filter(({ returns }) => returns)
          .map(({ id, label, series }) => {
            const points = [...series];
            if (ScanBy !== 'TimestampAscending') points.reverse();
            return {
              Id: id,
              Label: label,
              Timestamps: points.map(([at]) => state.epoch + at),
              Values: points.map(([, value]) => value),
              StatusCode: 'Complete',
            };
          }),
        Messages: [],
      };
    },
  });

/** CloudWatch API Reference, ListMetrics: those with data in the past two weeks; PT3H: in the past three hours. */
const RECENT_MS = 3 * 3_600_000;

const listMetrics = (find: FindSeries) =>
  cloudWatchOperation<ListMetricsInput>(ListMetrics$, {
    summary: 'Lists the metrics that have data.',
    members: {
      Namespace: NAMESPACE,
      MetricName: METRIC_NAME,
      Dimensions: { purpose: 'only with these: Name=QueueName,Value=orders' },
      NextToken: NEXT_TOKEN,
      RecentlyActive: { purpose: 'only with data in the last three hours', values: ['PT3H'] },
      IncludeLinkedAccounts: without('metrics of other accounts', 'linked accounts'),
      OwningAccount: without('metrics of one other account', 'linked accounts'),
    },
    pagination: { inputToken: 'NextToken', outputToken: 'NextToken', result: 'Metrics' },
    handle(context, { Namespace, MetricName, Dimensions = [], NextToken, RecentlyActive }) {
      const { now, caller } = context;
      const from = RecentlyActive === undefined ? now - METRIC_MINUTES_MAX * MINUTE_MS : now - RECENT_MS;
      const hasData = (series: MetricSeries): boolean =>
        series.read({ from: instant(from), to: now, period: milliseconds(now - from + MINUTE_MS) }).length >
        0;
      const wanted = {
        account: caller.account,
        ...(Namespace !== undefined && { namespace: Namespace }),
        ...(MetricName !== undefined && { name: MetricName }),
      };
      const found = [...find(context, wanted)].filter(
        (series) =>
          Dimensions.every(({ Name, Value }) =>
            series.dimensions.some(
              (one) => one.Name === Name && (Value === undefined || one.Value === Value),
            ),
          ) && hasData(series),
      );
      const { items, rest } = page(found, NextToken, METRICS_PAGE);
      return {
        Metrics: items.map(({ namespace, name, dimensions }) => ({
          Namespace: namespace,
          MetricName: name,
          Dimensions: dimensions.map(({ Name, Value }) => ({ Name, Value })),
        })),
        ...rest,
      };
    },
  });

export const readOperations = (find: FindSeries) => [
  getMetricStatistics(find),
  getMetricData(find),
  listMetrics(find),
];
