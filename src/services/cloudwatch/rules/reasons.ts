/** Why an alarm is in its state, in AWS's sentences. */
import type { MetricConfig, StateValue } from '../model.ts';
import type { Values, Verdict } from './judging.ts';

/** As Java writes a double. */
function double(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [digits, exponent] = value.toExponential().split('e') as [string, string];
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `05/01/26 09:01:00`: day, month, year, in UTC. */
function shortTime(utc: number): string {
  const date = new Date(utc);
  const day = `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCFullYear() % 100)}`;
  return `${day} ${date.toISOString().slice(11, 19)}`;
}

const WORDS: Readonly<Record<MetricConfig['comparison'], string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

interface Judged {
  readonly config: MetricConfig;
  readonly verdict: Verdict;
  readonly values: Values;
  /** UTC of each value's period. */
  readonly times: readonly number[];
  readonly to: StateValue;
}

export function reasonOf(judged: Judged): string {
  const { config, verdict, to } = judged;
  const { evaluated, filled } = verdict;
  const periods = config.evaluationPeriods;
  if (to === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${plural(periods, 'datapoint')} ${were(periods)} unknown.`;
  }
  if (evaluated.length === 0) {
    const as = config.treatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
    return `Threshold Crossed: no datapoints were received for ${plural(periods, 'period')} and ${plural(filled, 'missing datapoint')} ${were(filled)} treated as [${as}].`;
  }
  return crossed(judged);
}

function crossed({ config, verdict, values, times, to }: Judged): string {
  const { evaluated, breaching } = verdict;
  const shown = to === 'ALARM' ? breaching : evaluated.filter((place) => !breaching.includes(place));
  const list = shown.map((place) => `${double(values[place]!)} (${shortTime(times[place]!)})`).join(', ');
  const not = to === 'ALARM' ? '' : 'not ';
  const compared = `${were(shown.length)} ${not}${WORDS[config.comparison]} the threshold (${double(config.threshold)})`;
  const { evaluationPeriods: periods, datapointsToAlarm: needed } = config;
  if (needed === undefined) {
    return `Threshold Crossed: ${plural(shown.length, 'datapoint')} [${list}] ${compared}.`;
  }
  const least = to === 'ALARM' ? needed : periods - needed + 1;
  const change = to === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK';
  return `Threshold Crossed: ${shown.length} out of the last ${periods} datapoints [${list}] ${compared} (minimum ${plural(least, 'datapoint')} for ${change} transition).`;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
const were = (count: number): string => (count === 1 ? 'was' : 'were');

/** `2026-01-05T09:01:00.000+0000`. */
export const longTime = (utc: number): string => new Date(utc).toISOString().replace('Z', '+0000');

/** StateReasonData: JSON for programs. */
export function reasonData(judged: Judged, now: number): string {
  const { config, verdict, values, times } = judged;
  const oldestFirst = [...verdict.evaluated].reverse();
  const { watched } = config;
  return JSON.stringify({
    version: '1.0',
    queryDate: longTime(now),
    ...(oldestFirst.length > 0 && { startDate: longTime(times[oldestFirst[0]!]!) }),
    ...(watched.type === 'metric' && { statistic: watched.statistic }),
    period: config.period,
    recentDatapoints: oldestFirst.map((place) => values[place]),
    threshold: config.threshold,
    evaluatedDatapoints: verdict.evaluated.map((place) => ({
      timestamp: longTime(times[place]!),
      value: values[place],
    })),
  });
}
