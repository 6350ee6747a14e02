/** Operations of CloudWatch that are refused by name, and what there is instead. */
import type { Waiter } from '../../contract/operation.ts';

export const NOT_MODELLED: readonly string[] = `
AssociateDatasetKmsKey CreateResourceMetricsConfiguration DeleteAlarmMuteRule DeleteAnomalyDetector DeleteDashboards
DeleteInsightRules DeleteMetricStream DeleteResourceMetricsConfiguration DescribeAlarmContributors
DescribeAnomalyDetectors DescribeInsightRules DisableInsightRules DisassociateDatasetKmsKey EnableInsightRules
GetAlarmMuteRule GetDashboard GetDataset GetInsightRuleReport GetMetricStream GetMetricWidgetImage GetOTelEnrichment
GetResourceMetricsConfiguration ListAlarmMuteRules ListDashboards ListManagedInsightRules ListMetricStreams
PutAlarmMuteRule PutAnomalyDetector PutDashboard PutInsightRule PutLogAlarm PutManagedInsightRules PutMetricStream
StartMetricStreams StartOTelEnrichment StopMetricStreams StopOTelEnrichment UpdateOTelEnrichment
UpdateResourceMetricsConfiguration`
  .trim()
  .split(/\s+/u);

export const INSTEAD: Readonly<Record<string, string>> = {
  GetMetricWidgetImage: 'the Metrics pane draws charts',
  GetDashboard: 'the Metrics pane draws charts',
  PutDashboard: 'the Metrics pane draws charts',
  PutAlarmMuteRule: 'cloudwatch disable-alarm-actions keeps an alarm from acting',
};

const exists = (path: string): Waiter => ({
  operation: 'DescribeAlarms',
  delaySeconds: 5,
  maxAttempts: 40,
  acceptors: [{ state: 'success', matcher: 'path', argument: `length(${path}[]) > \`0\``, expected: true }],
});

export const WAITERS: ReadonlyMap<string, Waiter> = new Map([
  ['AlarmExists', exists('MetricAlarms')],
  ['CompositeAlarmExists', exists('CompositeAlarms')],
]);
