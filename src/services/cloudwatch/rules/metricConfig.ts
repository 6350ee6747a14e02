/** What PutMetricAlarm watches, checked. CloudWatch API Reference, PutMetricAlarm. UNSURE: most sentences. */
import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { MetricDimension } from '../../../contract/metrics.ts';
import { invalidCombination, missing, notModelled, validation } from '../errors.ts';
import { DIMENSIONS_MAX, LONG_RANGE_SECONDS_MAX, RANGE_SECONDS_MAX } from '../limits.ts';
import type { Comparison, MetricConfig, TreatMissingData, Watched } from '../model.ts';
import { checkPeriod, checkStatistic, periodOf, readQueries } from './queries.ts';

const COMPARISONS: readonly string[] = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const TREATMENTS: readonly string[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

export function readMetricConfig(input: PutMetricAlarmInput): MetricConfig {
  const { ComparisonOperator, EvaluationPeriods, Threshold, DatapointsToAlarm, TreatMissingData } = input;
  if (ComparisonOperator === undefined) throw missing('ComparisonOperator');
  if (!COMPARISONS.includes(ComparisonOperator)) {
    throw notModelled(`the comparison ${ComparisonOperator}`, 'Anomaly detection is not modelled.');
  }
  if (EvaluationPeriods === undefined) throw missing('EvaluationPeriods');
  checkCount('evaluationPeriods', EvaluationPeriods);
  if (Threshold === undefined) throw missing('Threshold');
  if (DatapointsToAlarm !== undefined) {
    checkCount('datapointsToAlarm', DatapointsToAlarm);
    if (DatapointsToAlarm > EvaluationPeriods) {
      throw validation('DatapointsToAlarm must be less than or equal to EvaluationPeriods.');
    }
  }
  if (TreatMissingData !== undefined && !TREATMENTS.includes(TreatMissingData)) {
    throw validation(`Option ${TreatMissingData} is not valid for TreatMissingData.`, {
      why: `Expected is one of ${TREATMENTS.join(', ')}.`,
    });
  }
  const { watched, period } = watchedBy(input);
  const range = period * EvaluationPeriods;
  const max = period >= 3_600 ? LONG_RANGE_SECONDS_MAX : RANGE_SECONDS_MAX;
  if (range > max) {
    throw validation(
      `Metrics cannot be checked across more than ${max === RANGE_SECONDS_MAX ? 'a day' : 'a week'} (EvaluationPeriods * Period must be <= ${max}).`,
      { why: `${EvaluationPeriods} periods of ${period} s are ${range} s.` },
    );
  }
  return Object.freeze({
    type: 'metric',
    watched,
    period,
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm,
    threshold: Threshold,
    comparison: ComparisonOperator as Comparison,
    treatMissingData: TreatMissingData as TreatMissingData | undefined,
  });
}

function checkCount(member: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw validation(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value greater than or equal to 1`,
  );
}

function watchedBy(input: PutMetricAlarmInput): { readonly watched: Watched; readonly period: number } {
  const { MetricName, Namespace, Metrics, Period, Statistic, Unit } = input;
  if (Metrics !== undefined && Metrics.length > 0) {
    if (MetricName !== undefined || Namespace !== undefined || Statistic !== undefined) {
      throw invalidCombination(
        'Metrics list cannot be used with MetricName, Namespace, Statistic or Period.',
      );
    }
    const queries = readQueries(Metrics);
    if (queries.filter(({ returns }) => returns).length !== 1) {
      throw validation('Exactly one element of the metrics list should return data.');
    }
    const copied = Object.freeze(Metrics.map((query) => Object.freeze({ ...query })));
    return { watched: Object.freeze({ type: 'math', queries: copied }), period: periodOf(queries) };
  }
  if (MetricName === undefined) throw missing('MetricName');
  if (Namespace === undefined) throw missing('Namespace');
  if (Statistic === undefined) throw missing('Statistic');
  if (Period === undefined) throw missing('Period');
  checkPeriod(Period);
  const watched = Object.freeze({
    type: 'metric' as const,
    namespace: Namespace,
    name: MetricName,
    dimensions: readDimensions(input.Dimensions),
    statistic: checkStatistic(Statistic),
    unit: Unit,
  });
  return { watched, period: Period };
}

export function readDimensions(
  given: readonly { readonly Name: string | undefined; readonly Value?: string | undefined }[] = [],
): readonly MetricDimension[] {
  if (given.length > DIMENSIONS_MAX) {
    throw validation(`A metric can have at most ${DIMENSIONS_MAX} dimensions.`);
  }
  return Object.freeze(given.map(({ Name = '', Value = '' }) => Object.freeze({ Name, Value })));
}
