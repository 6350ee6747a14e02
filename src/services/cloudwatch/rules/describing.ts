/** An alarm as DescribeAlarms answers it. */
import type { Alarm, CloudWatchState } from '../model.ts';

export function describeAlarm({ epoch }: CloudWatchState, alarm: Alarm): object {
  const { config, state, actions } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    ...(alarm.description !== undefined && { AlarmDescription: alarm.description }),
    AlarmConfigurationUpdatedTimestamp: epoch + alarm.configured,
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [...actions.OK],
    AlarmActions: [...actions.ALARM],
    InsufficientDataActions: [...actions.INSUFFICIENT_DATA],
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.data !== undefined && { StateReasonData: state.data }),
    StateUpdatedTimestamp: epoch + state.updated,
    StateTransitionedTimestamp: epoch + state.transitioned,
    ...(config.type === 'composite' ? { AlarmRule: config.text } : describeMetric(config)),
  };
}

function describeMetric(config: Extract<Alarm['config'], { type: 'metric' }>): object {
  const { watched } = config;
  return {
    ...(watched.type === 'metric'
      ? {
          MetricName: watched.name,
          Namespace: watched.namespace,
          Statistic: watched.statistic,
          Dimensions: watched.dimensions.map(({ Name, Value }) => ({ Name, Value })),
          Period: config.period,
          ...(watched.unit !== undefined && { Unit: watched.unit }),
        }
      : { Metrics: structuredQueries(watched.queries) }),
    EvaluationPeriods: config.evaluationPeriods,
    ...(config.datapointsToAlarm !== undefined && { DatapointsToAlarm: config.datapointsToAlarm }),
    Threshold: config.threshold,
    ComparisonOperator: config.comparison,
    ...(config.treatMissingData !== undefined && { TreatMissingData: config.treatMissingData }),
  };
}

/** A copy: what is answered must not lead back into the state. */
const structuredQueries = (queries: readonly object[]): unknown => JSON.parse(JSON.stringify(queries));
