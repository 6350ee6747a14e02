/** The metrics of one resource as charts on one time axis: what the Metrics pane draws. */

import { type Datapoint, joined, type MetricSeries } from '../contract/metrics.ts';
import { MINUTE_MS, minuteOf, startOfMinute } from '../contract/metricTrack.ts';
import type { ResourceView } from '../contract/view.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { Simulation } from '../engine/simulation.ts';
import { instant, milliseconds } from '../engine/units.ts';
import type { Catalog } from './publish.ts';

type ChartStatistic = 'sum' | 'average' | 'max';

export interface ChartAlarm {
  readonly name: string;
  readonly threshold: number;
  /** The alarm is raised above the threshold, or below. */
  readonly above: boolean;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** Since when it is in this state. */
  readonly since: number;
}

export interface MetricChart {
  readonly namespace: string;
  /** CloudWatch's name; with the dimensions that tell it from others of this resource. */
  readonly name: string;
  readonly unit: string;
  readonly statistic: ChartStatistic;
  /** One a column of the axis, oldest first; undefined: no data. */
  readonly columns: readonly (number | undefined)[];
  /** Of the minute that runs, so far. */
  readonly now: number | undefined;
  readonly alarms: readonly ChartAlarm[];
}

export interface MetricsView {
  /** What has metrics: ids of resources, and namespaces of one's own metrics. */
  readonly owners: readonly string[];
  readonly owner: string;
  readonly from: number;
  readonly to: number;
  readonly columnMs: number;
  readonly charts: readonly MetricChart[];
}

export interface MetricsAsked {
  /** The resource; another one when it has no metrics. */
  readonly owner: string | undefined;
  readonly spanMs: number;
  readonly columns: number;
}

const ownerOf = (series: MetricSeries): string => series.resource ?? series.namespace;

/** As the minute that runs would be if nothing more happened in it; undefined: nothing has metrics. */
export function publishMetrics(
  simulation: Simulation,
  catalog: Catalog,
  settings: AwsWorldSettings,
  asked: MetricsAsked,
): MetricsView | undefined {
  const to = startOfMinute(minuteOf(simulation.now) + 1);
  const all: MetricSeries[] = [];
  for (const { description, metrics } of catalog) {
    if (metrics === undefined) continue;
    for (const series of metrics(simulation.stateOf(description.name), to, settings)) {
      if (series.account === settings.account) all.push(series);
    }
  }
  const owners = [...new Set(all.map(ownerOf))];
  const owner = owners.find((one) => one === asked.owner) ?? owners[0];
  if (owner === undefined) return undefined;
  const from = to - asked.spanMs;
  const axis = { from, to, columns: asked.columns, now: simulation.now };
  const alarms = alarmsOf(simulation, catalog, settings);
  const charts = all
    .filter((series) => ownerOf(series) === owner)
    .map((series) => chartOf(series, axis, alarms));
  return { owners, owner, from, to, columnMs: asked.spanMs / asked.columns, charts };
}

interface Axis {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly now: number;
}

const STATISTICS: Readonly<Record<MetricSeries['kind'], ChartStatistic>> = {
  sum: 'sum',
  level: 'average',
  since: 'max',
  set: 'average',
};

function chartOf(series: MetricSeries, axis: Axis, alarms: readonly Watching[]): MetricChart {
  const { from, to, now } = axis;
  const columnMs = (to - from) / axis.columns;
  const statistic = STATISTICS[series.kind];
  const points = series.read({
    from: instant(Math.floor(from / MINUTE_MS) * MINUTE_MS),
    to: instant(to),
    period: milliseconds(MINUTE_MS),
  });
  // What waits grows older until the minute's end; it has not come so far.
  const running = points.at(-1);
  const isRunning = running?.at === to - MINUTE_MS;
  const aged = series.kind === 'since' && isRunning ? Math.ceil((to - now) / 1000) : 0;
  const figureOf = (point: Datapoint): number =>
    Math.max(0, statisticOf(statistic, point) - (point === running ? aged : 0)) || 0;
  const byMinute = new Map(points.map((point) => [point.at as number, point]));
  const columns = Array.from({ length: axis.columns }, (_, column) => {
    const start = from + column * columnMs;
    // A column within a minute shows that minute; a longer one all minutes that begin in it.
    if (columnMs <= MINUTE_MS) {
      const point = byMinute.get(Math.floor((start + columnMs / 2) / MINUTE_MS) * MINUTE_MS);
      return point && figureOf(point);
    }
    let found: Datapoint | undefined;
    const first = Math.ceil(start / MINUTE_MS) * MINUTE_MS;
    for (let minute = first; minute < start + columnMs; minute += MINUTE_MS) {
      const point = byMinute.get(minute);
      if (point !== undefined) {
        found = found === undefined ? point : { at: found.at, ...joined(found, point) };
      }
    }
    return found === undefined ? undefined : figureOf(found);
  });
  return {
    namespace: series.namespace,
    name: nameOf(series),
    unit: series.unit,
    statistic,
    columns,
    now: isRunning ? figureOf(running) : undefined,
    alarms: alarms.filter((one) => one.watches(series)),
  };
}

function statisticOf(statistic: ChartStatistic, { sum, maximum, sampleCount }: Datapoint): number {
  if (statistic === 'sum') return sum;
  return statistic === 'max' ? maximum : sum / sampleCount;
}

/** Beyond the first, dimensions tell parts of one resource apart: a shard, a consumer. */
const nameOf = ({ name, resource, dimensions }: MetricSeries): string => {
  const more = dimensions.slice(resource === undefined ? 0 : 1).map(({ Value }) => Value);
  return [name, ...more].join(' ');
};

type Watching = ChartAlarm & { watches(series: MetricSeries): boolean };

/** The metric alarms of the world, from their views. */
function alarmsOf(simulation: Simulation, catalog: Catalog, settings: AwsWorldSettings): readonly Watching[] {
  const entry = catalog.find(({ description }) => description.name === 'cloudwatch');
  if (entry === undefined) return [];
  const views = entry.view(simulation.stateOf('cloudwatch'), simulation.now, settings);
  return views.flatMap((view) => watchingOf(view) ?? []);
}

function watchingOf({ name, fields }: ResourceView): Watching | undefined {
  const { attributes, StateValue, sinceMs } = fields;
  const { MetricName, Namespace, Dimensions, Threshold, ComparisonOperator } = attributes as {
    readonly MetricName?: string;
    readonly Namespace?: string;
    readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
    readonly Threshold?: number;
    readonly ComparisonOperator?: string;
  };
  if (MetricName === undefined || Threshold === undefined) return undefined;
  return {
    name,
    threshold: Threshold,
    above: ComparisonOperator?.startsWith('Greater') ?? true,
    state: StateValue as ChartAlarm['state'],
    since: Number(sinceMs),
    watches: (series) =>
      series.name === MetricName &&
      series.namespace === Namespace &&
      series.dimensions.length === (Dimensions?.length ?? 0) &&
      series.dimensions.every((one) =>
        Dimensions!.some(({ Name, Value }) => Name === one.Name && Value === one.Value),
      ),
  };
}
