/** What an alarm tells a topic: subject and JSON, as SNS publishes them. */
import { type AwsWorldSettings, toUtc } from '../../../contract/world.ts';
import type { Alarm, StateValue } from '../model.ts';
import { longTime } from './reasons.ts';

/** UNSURE: regions other than these keep their code. */
const REGION_NAMES: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'eu-west-1': 'EU (Ireland)',
  'eu-central-1': 'EU (Frankfurt)',
};

export function notification(
  settings: AwsWorldSettings,
  alarm: Alarm,
  from: StateValue,
): { readonly subject: string; readonly message: string } {
  const region = REGION_NAMES[settings.region] ?? settings.region;
  const { actions, config, state } = alarm;
  const message = {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: alarm.account,
    AlarmConfigurationUpdatedTimestamp: longTime(toUtc(settings, alarm.configured)),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: longTime(toUtc(settings, state.transitioned)),
    Region: region,
    AlarmArn: alarm.arn,
    OldStateValue: from,
    OKActions: actions.OK,
    AlarmActions: actions.ALARM,
    InsufficientDataActions: actions.INSUFFICIENT_DATA,
    ...(config.type === 'composite' ? { AlarmRule: config.text } : { Trigger: triggerOf(alarm) }),
  };
  return { subject: `${state.value}: "${alarm.name}" in ${region}`, message: JSON.stringify(message) };
}

function triggerOf({ config }: Alarm): object {
  if (config.type !== 'metric') return {};
  const { watched } = config;
  return {
    ...(watched.type === 'metric'
      ? {
          MetricName: watched.name,
          Namespace: watched.namespace,
          StatisticType: 'Statistic',
          Statistic: watched.statistic === 'SampleCount' ? 'SAMPLE_COUNT' : watched.statistic.toUpperCase(),
          Unit: watched.unit ?? null,
          Dimensions: watched.dimensions.map(({ Name, Value }) => ({ value: Value, name: Name })),
        }
      : { Metrics: watched.queries }),
    Period: config.period,
    EvaluationPeriods: config.evaluationPeriods,
    ...(config.datapointsToAlarm !== undefined && { DatapointsToAlarm: config.datapointsToAlarm }),
    ComparisonOperator: config.comparison,
    Threshold: config.threshold,
    TreatMissingData: config.treatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: '',
  };
}
