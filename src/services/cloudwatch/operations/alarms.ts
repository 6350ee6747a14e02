/** Alarms that are there: described, deleted, set, and their actions allowed or not. */
import {
  DeleteAlarms$,
  type DeleteAlarmsInput,
  DescribeAlarmHistory$,
  type DescribeAlarmHistoryInput,
  DescribeAlarms$,
  DescribeAlarmsForMetric$,
  type DescribeAlarmsForMetricInput,
  type DescribeAlarmsInput,
  DisableAlarmActions$,
  type DisableAlarmActionsInput,
  EnableAlarmActions$,
  type EnableAlarmActionsInput,
  SetAlarmState$,
  type SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import type { Context } from '../../../engine/service.ts';
import {
  ALARM_NAME,
  ALARM_NAMES,
  cloudWatchOperation,
  DIMENSIONS,
  END_TIME,
  EXTENDED,
  MAX_RECORDS,
  METRIC_NAME,
  NAMESPACE,
  NEXT_TOKEN,
  PERIOD,
  SCAN_BY,
  START_TIME,
  STATISTIC,
  UNIT,
  without,
} from '../define.ts';
import { validation } from '../errors.ts';
import { emit } from '../events.ts';
import {
  type Alarm,
  alarmKey,
  type CloudWatchState,
  dropAlarm,
  putAlarm,
  type StateValue,
} from '../model.ts';
import { alarmsIn } from '../rules/alarmRule.ts';
import { describeAlarm } from '../rules/describing.ts';
import { alarmNamed } from '../rules/lookup.ts';
import { checkRecords, page } from '../rules/paging.ts';
import { sameDimensions } from '../rules/series.ts';
import { utcOf } from '../rules/times.ts';
import { addHistory, setState } from '../rules/transitions.ts';
import { scheduleEvaluation } from '../timers.ts';

const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const TYPES = ['MetricAlarm', 'CompositeAlarm'] as const;
const typeOf = ({ config }: Alarm): string => (config.type === 'metric' ? TYPES[0] : TYPES[1]);

const ofAccount = ({ state, caller }: Context<CloudWatchState>): Alarm[] =>
  [...state.alarms.values()]
    .filter(({ account }) => account === caller.account)
    .sort((a, b) => (a.name < b.name ? -1 : 1));

export const describeAlarms = cloudWatchOperation<DescribeAlarmsInput>(DescribeAlarms$, {
  summary: 'Tells what alarms watch, and the state they are in.',
  members: {
    AlarmNames: ALARM_NAMES,
    AlarmNamePrefix: { purpose: 'only names that begin so', refersTo: 'alarmName' },
    AlarmTypes: { purpose: 'which kinds; without it, metric alarms', values: TYPES },
    ChildrenOfAlarmName: { purpose: 'the alarms that this one names', refersTo: 'alarmName' },
    ParentsOfAlarmName: { purpose: 'the alarms that name this one', refersTo: 'alarmName' },
    StateValue: { purpose: 'only those in this state', values: STATES },
    ActionPrefix: { purpose: 'only those with an action that begins so' },
    MaxRecords: MAX_RECORDS,
    NextToken: NEXT_TOKEN,
  },
  // No pages are put together: the answer has two lists, and composite alarms must not be lost.
  handle(context, input) {
    const limit = checkRecords(input.MaxRecords);
    const { AlarmNames, AlarmNamePrefix, StateValue, ActionPrefix, AlarmTypes = ['MetricAlarm'] } = input;
    const family = familyOf(context, input);
    const found = ofAccount(context).filter(
      (alarm) =>
        (family?.includes(alarm.name) ?? (AlarmTypes as readonly string[]).includes(typeOf(alarm))) &&
        (AlarmNames === undefined || AlarmNames.includes(alarm.name)) &&
        (AlarmNamePrefix === undefined || alarm.name.startsWith(AlarmNamePrefix)) &&
        (StateValue === undefined || alarm.state.value === StateValue) &&
        (ActionPrefix === undefined ||
          Object.values(alarm.actions)
            .flat()
            .some((action) => action.startsWith(ActionPrefix))),
    );
    const { items, rest } = page(found, input.NextToken, limit);
    const described = (type: string): object[] =>
      items.filter((alarm) => typeOf(alarm) === type).map((alarm) => describeAlarm(context.state, alarm));
    return { CompositeAlarms: described('CompositeAlarm'), MetricAlarms: described('MetricAlarm'), ...rest };
  },
});

/** Children or parents of an alarm, by name; undefined: neither was asked for. */
function familyOf(
  context: Context<CloudWatchState>,
  { ChildrenOfAlarmName, ParentsOfAlarmName }: DescribeAlarmsInput,
): readonly string[] | undefined {
  const { state, caller } = context;
  const children = (alarm: Alarm): string[] =>
    alarm.config.type === 'composite' ? alarmsIn(alarm.config.rule) : [];
  if (ChildrenOfAlarmName !== undefined) {
    return children(alarmNamed(state, caller.account, ChildrenOfAlarmName));
  }
  if (ParentsOfAlarmName === undefined) return undefined;
  alarmNamed(state, caller.account, ParentsOfAlarmName);
  return ofAccount(context)
    .filter((alarm) => children(alarm).includes(ParentsOfAlarmName))
    .map(({ name }) => name);
}

export const describeAlarmsForMetric = cloudWatchOperation<DescribeAlarmsForMetricInput>(
  DescribeAlarmsForMetric$,
  {
    summary: 'Tells which alarms watch a metric.',
    members: {
      MetricName: METRIC_NAME,
      Namespace: NAMESPACE,
      Statistic: STATISTIC,
      ExtendedStatistic: EXTENDED,
      Dimensions: DIMENSIONS,
      Period: PERIOD,
      Unit: UNIT,
    },
    handle(context, { MetricName, Namespace, Statistic, Dimensions, Period, Unit }) {
      const dimensions = (Dimensions ?? []).map(({ Name, Value }) => ({ Name: Name!, Value: Value! }));
      const found = ofAccount(context).filter(({ config }) => {
        if (config.type !== 'metric' || config.watched.type !== 'metric') return false;
        const { watched, period } = config;
        return (
          watched.name === MetricName &&
          watched.namespace === Namespace &&
          sameDimensions(watched.dimensions, dimensions) &&
          (Statistic === undefined || watched.statistic === Statistic) &&
          (Period === undefined || period === Period) &&
          (Unit === undefined || watched.unit === Unit)
        );
      });
      return { MetricAlarms: found.map((alarm) => describeAlarm(context.state, alarm)) };
    },
  },
);

export const describeAlarmHistory = cloudWatchOperation<DescribeAlarmHistoryInput>(DescribeAlarmHistory$, {
  summary: 'Tells what became of alarms: states, actions, changes.',
  members: {
    AlarmName: ALARM_NAME,
    AlarmContributorId: without('a part of an alarm', 'alarms here watch one figure each'),
    AlarmTypes: { purpose: 'which kinds; without it, metric alarms', values: TYPES },
    HistoryItemType: {
      purpose: 'only such items',
      values: ['ConfigurationUpdate', 'StateUpdate', 'Action'],
    },
    StartDate: START_TIME,
    EndDate: END_TIME,
    MaxRecords: MAX_RECORDS,
    NextToken: NEXT_TOKEN,
    ScanBy: SCAN_BY,
  },
  pagination: {
    inputToken: 'NextToken',
    outputToken: 'NextToken',
    result: 'AlarmHistoryItems',
    limitKey: 'MaxRecords',
  },
  handle({ state, caller }, input) {
    const limit = checkRecords(input.MaxRecords);
    const {
      AlarmName,
      HistoryItemType,
      AlarmTypes = AlarmName === undefined ? ['MetricAlarm'] : TYPES,
    } = input;
    const from = input.StartDate === undefined ? undefined : utcOf(input.StartDate, 'StartDate');
    const to = input.EndDate === undefined ? undefined : utcOf(input.EndDate, 'EndDate');
    const found = state.history.filter(
      (item) =>
        item.account === caller.account &&
        (AlarmName === undefined || item.alarm === AlarmName) &&
        (AlarmTypes as readonly string[]).includes(item.alarmType) &&
        (HistoryItemType === undefined || item.type === HistoryItemType) &&
        (from === undefined || state.epoch + item.at >= from) &&
        (to === undefined || state.epoch + item.at < to),
    );
    if (input.ScanBy !== 'TimestampAscending') found.reverse();
    const { items, rest } = page(found, input.NextToken, limit);
    return {
      AlarmHistoryItems: items.map((item) => ({
        AlarmName: item.alarm,
        AlarmType: item.alarmType,
        Timestamp: state.epoch + item.at,
        HistoryItemType: item.type,
        HistorySummary: item.summary,
        HistoryData: item.data,
      })),
      ...rest,
    };
  },
});

/** CloudWatch API Reference, DeleteAlarms: with one name that is not there, none is deleted. */
export const deleteAlarms = cloudWatchOperation<DeleteAlarmsInput>(DeleteAlarms$, {
  summary: 'Deletes alarms.',
  members: { AlarmNames: ALARM_NAMES },
  handle(context, { AlarmNames = [] }) {
    const { state, caller } = context;
    const alarms = AlarmNames.map((name) => alarmNamed(state, caller.account, name));
    for (const alarm of alarms) {
      const above = ofAccount(context).find(
        ({ name, config }) =>
          config.type === 'composite' &&
          !AlarmNames.includes(name) &&
          alarmsIn(config.rule).includes(alarm.name),
      );
      if (above !== undefined) {
        // UNSURE: the sentence.
        throw validation(`${alarm.name} cannot be deleted as there are composite alarms depending on it`, {
          why: `The rule of ${above.name} names it.`,
        });
      }
    }
    for (const alarm of new Set(alarms)) {
      dropAlarm(state, alarm);
      addHistory(context, alarm, {
        type: 'ConfigurationUpdate',
        summary: `Alarm "${alarm.name}" deleted`,
        data: { type: 'Delete' },
      });
      emit(context, { type: 'cloudwatch/AlarmDeleted', by: caller.by, alarm: alarm.name });
    }
    return {};
  },
});

export const setAlarmState = cloudWatchOperation<SetAlarmStateInput>(SetAlarmState$, {
  summary: 'Puts an alarm into a state for a try; its next evaluation decides again.',
  members: {
    AlarmName: ALARM_NAME,
    StateValue: { purpose: 'the state', values: STATES },
    StateReason: { purpose: 'why, in words', max: 1023, unit: 'characters' },
    StateReasonData: { purpose: 'why, in JSON', max: 4000, unit: 'characters' },
  },
  handle(context, { AlarmName, StateValue, StateReason, StateReasonData }) {
    const { state, caller } = context;
    if (!STATES.includes(StateValue!)) {
      throw validation(
        `1 validation error detected: Value '${StateValue}' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]`,
      );
    }
    const data = readData(StateReasonData);
    const alarm = alarmNamed(state, caller.account, AlarmName!);
    const { config } = alarm;
    // A sleeper must look again, or it would stay in this state.
    const due =
      config.type === 'metric' && alarm.due === undefined
        ? scheduleEvaluation(context, { ...alarm, config })
        : alarm.due;
    const change = { to: StateValue as StateValue, reason: StateReason!, data, by: caller.by };
    setState(context, alarm, change, due);
    return {};
  },
});

function readData(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    JSON.parse(text);
  } catch {
    throw validation('stateReasonData is not valid JSON.');
  }
  return text;
}

/** Names that are not there are passed over. */
function setEnabled(
  { state, caller }: Context<CloudWatchState>,
  names: readonly string[],
  actionsEnabled: boolean,
): object {
  for (const name of names) {
    const alarm = state.alarms.get(alarmKey(caller.account, name));
    if (alarm !== undefined) putAlarm(state, { ...alarm, actionsEnabled });
  }
  return {};
}

export const enableAlarmActions = cloudWatchOperation<EnableAlarmActionsInput>(EnableAlarmActions$, {
  summary: 'Lets alarms act again when their state changes.',
  members: { AlarmNames: ALARM_NAMES },
  handle: (context, { AlarmNames = [] }) => setEnabled(context, AlarmNames, true),
});

export const disableAlarmActions = cloudWatchOperation<DisableAlarmActionsInput>(DisableAlarmActions$, {
  summary: 'Keeps alarms from acting; their states go on changing.',
  members: { AlarmNames: ALARM_NAMES },
  handle: (context, { AlarmNames = [] }) => setEnabled(context, AlarmNames, false),
});
