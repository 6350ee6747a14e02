/** Metrics of one's own. */
import { type MetricDatum, PutMetricData$, type PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { joined, type MetricName } from '../../../contract/metrics.ts';
import { insertSamples, minuteOf, newTrack, type StatisticSet } from '../../../contract/metricTrack.ts';
import type { Context } from '../../../engine/service.ts';
import type { Instant } from '../../../engine/units.ts';
import { cloudWatchOperation, NAMESPACE, without } from '../define.ts';
import { invalidCombination, invalidValue, missing, notModelled } from '../errors.ts';
import { FUTURE_MS_MAX, METRIC_DATA_MAX, PAST_MS_MAX, VALUES_MAX } from '../limits.ts';
import type { CloudWatchState, OwnMetric } from '../model.ts';
import { readDimensions } from '../rules/metricConfig.ts';
import { ownKey } from '../rules/series.ts';
import { instantOf } from '../rules/times.ts';
import { wakeAlarms } from '../timers.ts';

interface Read {
  readonly name: MetricName;
  readonly unit: string;
  readonly at: Instant;
  readonly samples: StatisticSet;
}

/** SIMPLER THAN AWS: the data are kept by the minute, and can be read when it has ended. */
export const putMetricData = cloudWatchOperation<PutMetricDataInput>(PutMetricData$, {
  summary: 'Stores data points of a metric of your own.',
  members: {
    Namespace: { ...NAMESPACE, purpose: 'a namespace of your own, not AWS/…' },
    MetricData: { purpose: 'the data: names, values, units', max: METRIC_DATA_MAX, unit: 'entries' },
    EntityMetricData: without('data of entities', 'entities'),
    StrictEntityValidation: without('how entities are checked', 'entities'),
  },
  handle(context, { Namespace, MetricData = [] }) {
    const namespace = Namespace!;
    // UNSURE: the sentence.
    if (namespace.startsWith('AWS/')) {
      throw invalidValue(`The value ${namespace} for parameter Namespace is invalid.`, {
        why: 'Namespaces that begin with AWS/ belong to the services of AWS.',
      });
    }
    if (MetricData.length > METRIC_DATA_MAX) {
      throw invalidValue(`The collection MetricData must not have a size greater than ${METRIC_DATA_MAX}.`);
    }
    const read = MetricData.map((datum, index) =>
      readDatum(context, namespace, datum, `MetricData.member.${index + 1}`),
    );
    for (const one of read) store(context.state, one);
    if (read.length > 0) wakeAlarms(context);
    return {};
  },
});

function readDatum(
  { state, caller, now }: Context<CloudWatchState>,
  namespace: string,
  datum: MetricDatum,
  place: string,
): Read {
  if (!datum.MetricName) throw missing(`${place}.MetricName`);
  if (datum.StorageResolution === 1) {
    throw notModelled('StorageResolution 1', 'Metrics are kept by the minute; leave it out.');
  }
  const at = datum.Timestamp === undefined ? now : instantOf(datum.Timestamp, 'Timestamp', state.epoch);
  if (at < now - PAST_MS_MAX || at > now + FUTURE_MS_MAX) {
    // UNSURE: the sentence.
    throw invalidValue(`The parameter ${place}.Timestamp must specify a time within the past two weeks.`, {
      why: 'Data can be two weeks old and two hours ahead.',
    });
  }
  const name = {
    account: caller.account,
    namespace,
    name: datum.MetricName,
    dimensions: readDimensions(datum.Dimensions),
  };
  return { name, unit: datum.Unit ?? 'None', at, samples: samplesOf(datum, place) };
}

function samplesOf({ Value, Values, Counts, StatisticValues }: MetricDatum, place: string): StatisticSet {
  const given = [Value, Values, StatisticValues].filter((one) => one !== undefined).length;
  if (given === 0) throw missing(`${place}.Value`);
  if (given > 1) {
    throw invalidCombination(
      `The parameters ${place}.Value, ${place}.Values and ${place}.StatisticValues are mutually exclusive and you have specified more than one.`,
    );
  }
  if (StatisticValues !== undefined) {
    const { SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 } = StatisticValues;
    if (SampleCount <= 0)
      throw invalidValue(`The parameter ${place}.StatisticValues.SampleCount must be greater than 0.`);
    return { sum: Sum, minimum: Minimum, maximum: Maximum, sampleCount: SampleCount };
  }
  const values = Values ?? [Value!];
  if (values.length === 0 || values.length > VALUES_MAX) {
    throw invalidValue(`The collection ${place}.Values must have between 1 and ${VALUES_MAX} values.`);
  }
  if (Counts !== undefined && Counts.length !== values.length) {
    throw invalidValue(`The parameters ${place}.Values and ${place}.Counts must be of the same length.`);
  }
  const sets = values.map((value, index): StatisticSet => {
    const sampleCount = Counts?.[index] ?? 1;
    return { sum: value * sampleCount, minimum: value, maximum: value, sampleCount };
  });
  return sets.reduce(joined);
}

function store(state: CloudWatchState, { name, unit, at, samples }: Read): void {
  const key = ownKey(name);
  let metric = state.ownMetrics.get(key);
  if (metric === undefined) {
    metric = { ...name, unit, track: newTrack() } satisfies OwnMetric;
    state.ownMetrics.set(key, metric);
  }
  insertSamples(metric.track, minuteOf(at), samples);
}
