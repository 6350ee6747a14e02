/**
 * Alarms that change: the state, the history, what is to be done, and the composite alarms above.
 *
 * CloudWatch User Guide, Alarm actions: once, when the state changes; those of Auto Scaling again at each evaluation
 * while the alarm stays in the state. SIMPLER THAN AWS: an action is handed over in the same instant.
 */
import { settingsOf, toUtc } from '../../../contract/world.ts';
import type { Context, Outcome } from '../../../engine/service.ts';
import { CLOUDWATCH_PRINCIPAL, emit } from '../events.ts';
import { HISTORY_MAX } from '../limits.ts';
import {
  type Alarm,
  type AlarmState,
  alarmKey,
  type CloudWatchState,
  type HistoryItem,
  putAlarm,
  type StateValue,
} from '../model.ts';
import { alarmsIn, holds } from './alarmRule.ts';
import { tellBus } from './busEvent.ts';
import { notification } from './notification.ts';
import { longTime } from './reasons.ts';

export function addHistory(
  { state, now }: Context<CloudWatchState>,
  alarm: Alarm,
  item: Pick<HistoryItem, 'type' | 'summary'> & { readonly data: object },
): void {
  state.history.push(
    Object.freeze({
      at: now,
      account: alarm.account,
      alarm: alarm.name,
      alarmType: alarm.config.type === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
      type: item.type,
      summary: item.summary,
      data: JSON.stringify({ version: '1.0', ...item.data }),
    }),
  );
  if (state.history.length > HISTORY_MAX) state.history.splice(0, state.history.length - HISTORY_MAX);
}

export interface Change {
  readonly to: StateValue;
  readonly reason: string;
  readonly data: string | undefined;
  /** The newest number that decided, for who acts on it. */
  readonly metricValue?: number | undefined;
  readonly by?: string;
}

/** Puts an alarm into a state, with all that follows. `due`: as in `Alarm`. */
export function setState(
  context: Context<CloudWatchState>,
  alarm: Alarm,
  change: Change,
  due: Alarm['due'],
): void {
  const { state, now } = context;
  const from = alarm.state.value;
  const isNew = from !== change.to;
  const next: AlarmState = Object.freeze({
    value: change.to,
    reason: isNew ? change.reason : alarm.state.reason,
    data: isNew ? change.data : alarm.state.data,
    updated: isNew ? now : alarm.state.updated,
    transitioned: isNew ? now : alarm.state.transitioned,
  });
  const changed: Alarm = { ...alarm, state: next, due };
  putAlarm(state, changed);
  if (!isNew) {
    act(context, changed, from, change.metricValue, true);
    return;
  }
  const { epoch } = state;
  const told = (of: AlarmState): object => ({
    stateValue: of.value,
    stateReason: of.reason,
    ...(of.data !== undefined && { stateReasonData: JSON.parse(of.data) }),
  });
  addHistory(context, changed, {
    type: 'StateUpdate',
    summary: `Alarm updated from ${from} to ${change.to}`,
    data: { oldState: told(alarm.state), newState: told(next) },
  });
  emit(context, {
    type: 'cloudwatch/AlarmChanged',
    by: change.by ?? CLOUDWATCH_PRINCIPAL,
    alarm: alarm.name,
    StateValue: change.to,
    before: from,
    reason: change.reason,
  });
  tellBus(context, changed, alarm.state);
  act(context, changed, from, change.metricValue, false);
  evaluateAbove(context, changed, longTime(epoch + now));
}

const ofAutoScaling = (action: string): boolean => action.startsWith('arn:aws:autoscaling:');

/** Must it go on acting although nothing changes? Then it cannot sleep. */
export const actsAgain = ({ actionsEnabled, actions, state }: Alarm): boolean =>
  actionsEnabled && actions[state.value].some(ofAutoScaling);

function act(
  context: Context<CloudWatchState>,
  alarm: Alarm,
  from: StateValue,
  metricValue: number | undefined,
  again: boolean,
): void {
  if (!alarm.actionsEnabled) return;
  for (const action of alarm.actions[alarm.state.value]) {
    if (again && !ofAutoScaling(action)) continue;
    const service = action.split(':')[2]!;
    // It may be that a world has lost a service, with a save from elsewhere.
    if (context.peek(service) === undefined) continue;
    if (service === 'sns') {
      publish(context, alarm, action, from);
      continue;
    }
    context.deliver({
      to: service,
      from: 'cloudwatch',
      payload: {
        type: 'AlarmAction',
        action,
        alarm: alarm.name,
        alarmArn: alarm.arn,
        state: alarm.state.value,
        metricValue,
        ...(alarm.config.type === 'metric' && { threshold: alarm.config.threshold }),
        at: context.now,
      },
    });
    if (again) continue;
    acted(context, alarm, action, undefined);
    emit(context, {
      type: 'cloudwatch/ActionStarted',
      by: CLOUDWATCH_PRINCIPAL,
      alarm: alarm.name,
      action,
    });
  }
}

/** A call of CloudWatch's own that waits for its answer. */
export interface Publishing {
  readonly type: 'publishing';
  /** `account/name`. */
  readonly alarm: string;
  readonly action: string;
}

/** As a service does it: the topic's policy must let cloudwatch.amazonaws.com publish. */
function publish(context: Context<CloudWatchState>, alarm: Alarm, action: string, from: StateValue): void {
  const { subject, message } = notification(settingsOf(context), alarm, from);
  const caller = {
    by: CLOUDWATCH_PRINCIPAL,
    account: alarm.account,
    profile: CLOUDWATCH_PRINCIPAL,
    secure: true,
    sourceArn: alarm.arn,
  };
  const input = { TopicArn: action, Subject: subject, Message: message };
  const token: Publishing = { type: 'publishing', alarm: alarmKey(alarm.account, alarm.name), action };
  context.request({ service: 'sns', operation: 'Publish', input, caller }, token);
  emit(context, { type: 'cloudwatch/ActionStarted', by: CLOUDWATCH_PRINCIPAL, alarm: alarm.name, action });
}

export function published(context: Context<CloudWatchState>, token: Publishing, outcome: Outcome): void {
  const alarm = context.state.alarms.get(token.alarm);
  if (alarm === undefined) return;
  acted(context, alarm, token.action, outcome.ok ? undefined : outcome.refusal.message);
}

/** UNSURE: the words of an action that failed. */
function acted(
  context: Context<CloudWatchState>,
  alarm: Alarm,
  action: string,
  error: string | undefined,
): void {
  addHistory(context, alarm, {
    type: 'Action',
    summary:
      error === undefined
        ? `Successfully executed action ${action}`
        : `Failed to execute action ${action}. Received error: "${error}"`,
    data: {
      actionState: error === undefined ? 'Succeeded' : 'Failed',
      notificationResource: action,
      ...(error !== undefined && { error }),
    },
  });
}

/** The composite alarms that name this one. */
function evaluateAbove(context: Context<CloudWatchState>, child: Alarm, at: string): void {
  for (const alarm of context.state.alarms.values()) {
    if (alarm.account !== child.account || alarm.config.type !== 'composite') continue;
    if (!alarmsIn(alarm.config.rule).includes(child.name)) continue;
    evaluateComposite(context, alarm, `${child.arn} transitioned to ${child.state.value} at ${at}`);
  }
}

/** UNSURE: the sentence. */
export function evaluateComposite(context: Context<CloudWatchState>, alarm: Alarm, reason: string): void {
  if (alarm.config.type !== 'composite') return;
  const { state } = context;
  const stateOf = (name: string): StateValue | undefined =>
    state.alarms.get(alarmKey(alarm.account, name))?.state.value;
  const to = holds(alarm.config.rule, stateOf) ? 'ALARM' : 'OK';
  if (to === alarm.state.value) return;
  const utc = toUtc(settingsOf(context), context.now);
  const triggeringAlarms = alarmsIn(alarm.config.rule).map((name) => ({
    name,
    state: { value: stateOf(name), timestamp: longTime(utc) },
  }));
  setState(context, alarm, { to, reason, data: JSON.stringify({ triggeringAlarms }) }, undefined);
}
