/** Making alarms, and changing them: the same call. */
import {
  PutCompositeAlarm$,
  type PutCompositeAlarmInput,
  PutMetricAlarm$,
  type PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch';
import { parseArn } from '../../../contract/arn.ts';
import type { Context } from '../../../engine/service.ts';
import {
  ACTION,
  ACTIONS_ENABLED,
  ALARM_NAME,
  cloudWatchOperation,
  DESCRIPTION,
  DIMENSIONS,
  EXTENDED,
  METRIC_NAME,
  NAMESPACE,
  PERIOD,
  STATISTIC,
  TAGS,
  UNIT,
  without,
} from '../define.ts';
import { notModelled, validation } from '../errors.ts';
import { emit } from '../events.ts';
import { ACTIONS_MAX, ALARM_NAME_MAX, RULE_MAX } from '../limits.ts';
import {
  type Alarm,
  alarmArn,
  alarmKey,
  type CloudWatchState,
  type MetricConfig,
  putAlarm,
} from '../model.ts';
import { alarmsIn, parseAlarmRule, type Rule } from '../rules/alarmRule.ts';
import { readMetricConfig } from '../rules/metricConfig.ts';
import { readTags } from '../rules/tags.ts';
import { addHistory, evaluateComposite } from '../rules/transitions.ts';
import { scheduleEvaluation } from '../timers.ts';

const RECENT = 'this came to AWS lately; give a metric and a threshold';

export const putMetricAlarm = cloudWatchOperation<PutMetricAlarmInput>(PutMetricAlarm$, {
  summary: 'Makes or changes an alarm that watches one metric, or one expression.',
  members: {
    AlarmName: ALARM_NAME,
    AlarmDescription: DESCRIPTION,
    ActionsEnabled: ACTIONS_ENABLED,
    OKActions: ACTION,
    AlarmActions: ACTION,
    InsufficientDataActions: ACTION,
    MetricName: METRIC_NAME,
    Namespace: NAMESPACE,
    Statistic: STATISTIC,
    ExtendedStatistic: EXTENDED,
    Dimensions: DIMENSIONS,
    Period: PERIOD,
    Unit: UNIT,
    EvaluationPeriods: { purpose: 'how many periods are looked at', min: 1 },
    DatapointsToAlarm: { purpose: 'how many of them must cross; default all', min: 1 },
    Threshold: { purpose: 'the figure that is compared with' },
    ComparisonOperator: {
      purpose: 'how it is compared',
      values: [
        'GreaterThanThreshold',
        'GreaterThanOrEqualToThreshold',
        'LessThanThreshold',
        'LessThanOrEqualToThreshold',
      ],
    },
    TreatMissingData: {
      purpose: 'what a period without data counts as',
      values: ['missing', 'ignore', 'breaching', 'notBreaching'],
      default: 'missing',
    },
    EvaluateLowSampleCountPercentile: EXTENDED,
    Metrics: { purpose: 'instead of a metric: queries, of which one returns data' },
    Tags: TAGS,
    ThresholdMetricId: without('a band of expected values', 'anomaly detection'),
    EvaluationWindow: without('another window', RECENT),
    WarmUpConfiguration: without('a warm-up', RECENT),
    EvaluationCriteria: without('a query as criterion', RECENT),
    EvaluationInterval: without('another interval', 'alarms look at the end of each period'),
    ActionConfiguration: without('settings of actions', RECENT),
  },
  handle(context, input) {
    const config = readMetricConfig(input);
    const before = beforeOf(context, input.AlarmName!);
    const alarm = alarmOf(context, input, config, before);
    const tags = readTags(input.Tags);
    const due = scheduleEvaluation(context, { ...alarm, config });
    put(context, { ...alarm, due }, before, tags);
    return {};
  },
});

export const putCompositeAlarm = cloudWatchOperation<PutCompositeAlarmInput>(PutCompositeAlarm$, {
  summary: 'Makes or changes an alarm that watches the states of other alarms.',
  members: {
    ActionsEnabled: ACTIONS_ENABLED,
    AlarmActions: ACTION,
    AlarmDescription: DESCRIPTION,
    AlarmName: ALARM_NAME,
    AlarmRule: { purpose: 'such as ALARM(a) AND NOT OK(b)', min: 1, max: RULE_MAX, unit: 'characters' },
    InsufficientDataActions: ACTION,
    OKActions: ACTION,
    Tags: TAGS,
    ActionsSuppressor: without('an alarm that keeps it quiet', 'suppression of actions'),
    ActionsSuppressorWaitPeriod: without('how long that waits', 'suppression of actions'),
    ActionsSuppressorExtensionPeriod: without('how long that goes on', 'suppression of actions'),
    ActionConfiguration: without('settings of actions', RECENT),
  },
  handle(context, input) {
    const { caller, state } = context;
    const name = input.AlarmName!;
    const rule = parseAlarmRule(input.AlarmRule!);
    if (rule === undefined) {
      // UNSURE: the sentence.
      throw validation('AlarmRule must be a valid expression.', {
        why: 'Expected are ALARM(name), OK(name), INSUFFICIENT_DATA(name), TRUE, FALSE with AND, OR, NOT and brackets.',
      });
    }
    checkChildren(state, caller.account, name, rule);
    const config = Object.freeze({ type: 'composite' as const, text: input.AlarmRule!, rule });
    const before = beforeOf(context, name);
    const alarm = alarmOf(context, input, config, before);
    put(context, alarm, before, readTags(input.Tags));
    evaluateComposite(context, state.alarms.get(alarmKey(caller.account, name))!, 'The rule was evaluated.');
    return {};
  },
});

/** UNSURE: the sentences. */
function checkChildren(state: CloudWatchState, account: string, name: string, rule: Rule): void {
  const seen = new Set<string>();
  const walk = (of: Rule): void => {
    for (const child of alarmsIn(of)) {
      if (child === name) {
        throw validation(`AlarmRule contains a cycle: ${name}`, {
          why: 'An alarm cannot depend on its own state.',
        });
      }
      const alarm = state.alarms.get(alarmKey(account, child));
      if (alarm === undefined) throw validation(`AlarmRule refers to an alarm that does not exist: ${child}`);
      if (seen.has(child)) continue;
      seen.add(child);
      if (alarm.config.type === 'composite') walk(alarm.config.rule);
    }
  };
  walk(rule);
}

type Given = Pick<
  PutMetricAlarmInput,
  | 'AlarmName'
  | 'AlarmDescription'
  | 'ActionsEnabled'
  | 'OKActions'
  | 'AlarmActions'
  | 'InsufficientDataActions'
>;

const beforeOf = ({ state, caller }: Context<CloudWatchState>, name: string): Alarm | undefined =>
  state.alarms.get(alarmKey(caller.account, name));

/** Checks what all alarms have. A change leaves the state as it is; a new one begins with no data. */
function alarmOf(
  context: Context<CloudWatchState>,
  given: Given,
  config: Alarm['config'],
  before: Alarm | undefined,
): Alarm {
  const { state, now, caller } = context;
  const name = given.AlarmName!;
  if (name.length === 0 || name.length > ALARM_NAME_MAX) {
    throw validation(
      `1 validation error detected: Value '${name}' at 'alarmName' failed to satisfy constraint: Member must have length ${name.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${ALARM_NAME_MAX}`}`,
    );
  }
  if (before !== undefined && before.config.type !== config.type) {
    // UNSURE: the sentence.
    throw validation(`An alarm of another type named ${name} already exists.`);
  }
  const actions = Object.freeze({
    OK: checkActions(context, given.OKActions, 'OKActions'),
    ALARM: checkActions(context, given.AlarmActions, 'AlarmActions'),
    INSUFFICIENT_DATA: checkActions(context, given.InsufficientDataActions, 'InsufficientDataActions'),
  });
  return {
    name,
    account: caller.account,
    arn: alarmArn(state, caller.account, name),
    order: before?.order ?? state.alarmsMade,
    created: before?.created ?? now,
    configured: now,
    description: given.AlarmDescription,
    actionsEnabled: given.ActionsEnabled ?? true,
    actions,
    config: config as MetricConfig,
    state:
      before?.state ??
      Object.freeze({
        value: 'INSUFFICIENT_DATA',
        reason: 'Unchecked: Initial alarm creation',
        data: undefined,
        updated: now,
        transitioned: now,
      }),
    due: undefined,
  };
}

/** Services that take an alarm's action, where the world has them. */
const ACTORS = new Set(['autoscaling', 'sns']);

function checkActions(
  context: Context<CloudWatchState>,
  given: readonly string[] = [],
  member: string,
): readonly string[] {
  if (given.length > ACTIONS_MAX) {
    throw validation(
      `1 validation error detected: Value '[${given.join(', ')}]' at '${member[0]!.toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must have length less than or equal to ${ACTIONS_MAX}`,
    );
  }
  for (const action of given) {
    const arn = parseArn(action);
    if (arn === undefined) throw validation(`Invalid arn syntax: ${action}`);
    if (!ACTORS.has(arn.service) || context.peek(arn.service) === undefined) {
      throw notModelled(
        `an alarm action of ${arn.service}`,
        `${action} is nothing that an alarm here can start.`,
      );
    }
  }
  return Object.freeze([...given]);
}

function put(
  context: Context<CloudWatchState>,
  alarm: Alarm,
  before: Alarm | undefined,
  tags: Readonly<Record<string, string>>,
): void {
  const { state, caller } = context;
  if (before === undefined) {
    state.alarmsMade++;
    // CloudWatch API Reference, PutMetricAlarm: tags of an alarm that is there are left alone.
    state.tags.set(alarmKey(alarm.account, alarm.name), tags);
  }
  putAlarm(state, alarm);
  const done = before === undefined ? 'created' : 'updated';
  addHistory(context, alarm, {
    type: 'ConfigurationUpdate',
    summary: `Alarm "${alarm.name}" ${done}`,
    data: { type: before === undefined ? 'Create' : 'Update' },
  });
  emit(context, { type: 'cloudwatch/AlarmPut', by: caller.by, alarm: alarm.name });
}
