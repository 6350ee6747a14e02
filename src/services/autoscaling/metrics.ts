/** The group's own metrics in CloudWatch, once EnableMetricsCollection was called: namespace AWS/AutoScaling. */
import {
  endReport,
  ledgerSeries,
  type MetricName,
  type MetricSeries,
  note,
  report,
  subjectOf,
} from '../../contract/metrics.ts';
import type { Instant } from '../../engine/units.ts';
import { GROUP_METRICS, type GroupMetric } from './limits.ts';
import { type AutoScalingState, countOf, type Group, keyOf } from './model.ts';

const NAMESPACE = 'AWS/AutoScaling';

const READ: Readonly<Record<GroupMetric, (group: Group) => number>> = {
  GroupMinSize: ({ min }) => min,
  GroupMaxSize: ({ max }) => max,
  GroupDesiredCapacity: ({ desired }) => desired,
  GroupInServiceInstances: (group) => countOf(group, 'InService'),
  GroupPendingInstances: (group) => countOf(group, 'Pending'),
  GroupStandbyInstances: () => 0,
  GroupTerminatingInstances: (group) => countOf(group, 'Terminating'),
  GroupTotalInstances: ({ instances }) => instances.size,
};

/** Something about the group changed. */
export function noteGroup(state: AutoScalingState, group: Group, now: Instant): void {
  if (group.enabledMetrics.length === 0) return;
  const subject = subjectOf(state.ledger, keyOf(group.account, group.name));
  report(subject, now);
  for (const metric of group.enabledMetrics) note(subject, now, metric, READ[metric](group));
}

/** It counts no more. */
export function endGroupMetrics(state: AutoScalingState, group: Group, now: Instant): void {
  const subject = state.ledger.subjects.get(keyOf(group.account, group.name));
  if (subject !== undefined) endReport(subject, now);
}

export function* metrics(
  state: AutoScalingState,
  now: Instant,
  _settings: unknown,
  wanted: Partial<MetricName> = {},
): Iterable<MetricSeries> {
  if (wanted.namespace !== undefined && wanted.namespace !== NAMESPACE) return;
  const only = wanted.dimensions?.find(({ Name }) => Name === 'AutoScalingGroupName')?.Value;
  for (const [key, subject] of state.ledger.subjects) {
    const account = key.slice(0, key.indexOf('/'));
    const group = key.slice(account.length + 1);
    if (only !== undefined && group !== only) continue;
    for (const metric of GROUP_METRICS) {
      if ((wanted.name !== undefined && wanted.name !== metric) || !subject.tracks.has(metric)) continue;
      const name = {
        account,
        namespace: NAMESPACE,
        name: metric,
        dimensions: [{ Name: 'AutoScalingGroupName', Value: group }],
        unit: 'None',
        resource: `group/${account === state.account ? group : key}`,
      };
      yield ledgerSeries(name, 'level', subject, now);
    }
  }
}
