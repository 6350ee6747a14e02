/** Finding series: those that other services offer, and those that somebody put. */

import {
  type MetricDimension,
  type MetricName,
  type MetricSeries,
  type MetricSource,
  trackSeries,
} from '../../../contract/metrics.ts';
import { METRIC_MINUTES_MAX, minuteOf } from '../../../contract/metricTrack.ts';
import { settingsOf } from '../../../contract/world.ts';
import type { Context } from '../../../engine/service.ts';
import type { Instant } from '../../../engine/units.ts';
import type { CloudWatchState, OwnMetric } from '../model.ts';

/** All series of an account that may fit. */
export type FindSeries = (
  context: Context<CloudWatchState>,
  wanted: Partial<MetricName> & Pick<MetricName, 'account'>,
) => Iterable<MetricSeries>;

export function seriesFinder(sources: readonly MetricSource[]): FindSeries {
  return function* find(context, wanted) {
    const settings = settingsOf(context);
    for (const { service, metrics } of sources) {
      const state = context.peek(service);
      if (state === undefined) continue;
      for (const series of metrics(state, context.now, settings, wanted)) {
        if (fits(series, wanted)) yield series;
      }
    }
    for (const series of ownSeries(context.state, context.now)) if (fits(series, wanted)) yield series;
  };
}

const fits = (series: MetricName, { account, namespace, name }: Partial<MetricName>): boolean =>
  series.account === account &&
  (namespace === undefined || series.namespace === namespace) &&
  (name === undefined || series.name === name);

/** The same names and values, in any order. */
export function sameDimensions(one: readonly MetricDimension[], other: readonly MetricDimension[]): boolean {
  if (one.length !== other.length) return false;
  return one.every(({ Name, Value }) => other.some((its) => its.Name === Name && its.Value === Value));
}

/** The one series of exactly this name; undefined: nobody reports it. */
export function findOne(
  find: FindSeries,
  context: Context<CloudWatchState>,
  wanted: MetricName,
): MetricSeries | undefined {
  for (const series of find(context, wanted)) {
    if (sameDimensions(series.dimensions, wanted.dimensions)) return series;
  }
  return undefined;
}

export function* ownSeries(state: CloudWatchState, now: Instant): Iterable<MetricSeries> {
  for (const metric of state.ownMetrics.values()) yield ownSeriesOf(metric, now);
}

function ownSeriesOf({ track, ...name }: OwnMetric, now: Instant): MetricSeries {
  const entries = [...track.chunks, track.tail].filter(({ length }) => length > 0);
  const last = entries.at(-1)!.at(-5)!;
  // Minutes before the world began count, too.
  const spans = [minuteOf(now) - METRIC_MINUTES_MAX, last + 1];
  return trackSeries(name, { kind: 'set', track, spans, now });
}

export const ownKey = ({ account, namespace, name, dimensions }: MetricName): string =>
  JSON.stringify([
    account,
    namespace,
    name,
    ...[...dimensions].sort((a, b) => (a.Name < b.Name ? -1 : 1)).map(({ Name, Value }) => [Name, Value]),
  ]);
