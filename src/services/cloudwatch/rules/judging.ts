/**
 * Which state the data points of an evaluation mean. CloudWatch User Guide, Configuring how CloudWatch alarms treat
 * missing data: data that are there decide alone when they are as many as EvaluationPeriods; what lacks is filled.
 */
import type { MetricConfig, StateValue } from '../model.ts';

/** Oldest first; undefined: no data. */
export type Values = readonly (number | undefined)[];

export interface Verdict {
  /** Undefined: it stays what it is. */
  readonly state: StateValue | undefined;
  /** The data points that decided, as places in the values, newest first. */
  readonly evaluated: readonly number[];
  /** Of these, the ones that cross the threshold. */
  readonly breaching: readonly number[];
  /** How many were filled in. */
  readonly filled: number;
}

function crosses({ comparison, threshold }: MetricConfig, value: number): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    default:
      return value <= threshold;
  }
}

export function judge(config: MetricConfig, values: Values): Verdict {
  const { evaluationPeriods: periods, datapointsToAlarm: needed = periods } = config;
  const real: number[] = [];
  for (let place = values.length - 1; place >= 0 && real.length < periods; place--) {
    if (values[place] !== undefined) real.push(place);
  }
  const breaching = real.filter((place) => crosses(config, values[place]!));
  const filled = periods - real.length;
  const of = { evaluated: real, breaching, filled };
  if (breaching.length >= needed) return { state: 'ALARM', ...of };
  if (filled === 0) return { state: 'OK', ...of };
  switch (config.treatMissingData) {
    case 'breaching':
      return { state: breaching.length + filled >= needed ? 'ALARM' : 'OK', ...of };
    case 'notBreaching':
      return { state: 'OK', ...of };
    case 'ignore':
      return { state: breaching.length < real.length ? 'OK' : undefined, ...of };
    default:
      return { state: ofMissing(of, values.length, needed), ...of };
  }
}

/**
 * Treated as missing: without any data nothing is known. Where all that is there crosses the threshold, it is an
 * alarm once the oldest is as old as DatapointsToAlarm. UNSURE: that it stays what it is before.
 */
function ofMissing(
  { evaluated, breaching }: Pick<Verdict, 'evaluated' | 'breaching'>,
  length: number,
  needed: number,
): StateValue | undefined {
  if (evaluated.length === 0) return 'INSUFFICIENT_DATA';
  if (breaching.length < evaluated.length) return 'OK';
  return length - evaluated.at(-1)! >= needed ? 'ALARM' : undefined;
}
