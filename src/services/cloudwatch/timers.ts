/**
 * What falls due in CloudWatch: the evaluation of a metric alarm, at each end of its period. An alarm whose metric
 * reports nothing, and will not until somebody does something, sleeps; the first thing that happens wakes it.
 */
import type { Context, Delivery, Timer } from '../../engine/service.ts';
import { type Alarm, alarmKey, type CloudWatchState, type MetricConfig, putAlarm } from './model.ts';
import { look, nextPeriodEnd } from './rules/evaluating.ts';
import { judge } from './rules/judging.ts';
import { reasonData, reasonOf } from './rules/reasons.ts';
import type { FindSeries } from './rules/series.ts';
import { actsAgain, setState } from './rules/transitions.ts';

interface EvaluationDue extends Timer {
  readonly type: 'cloudwatch/EvaluationDue';
  /** `account/name`. */
  readonly alarm: string;
}

/** Sets the timer of an alarm that is to be put; answers when it is due. */
export function scheduleEvaluation(
  context: Context<CloudWatchState>,
  { account, name, config }: Pick<Alarm, 'account' | 'name'> & { readonly config: MetricConfig },
): Alarm['due'] {
  const at = nextPeriodEnd(context.state, context.now, config.period * 1000);
  const timer: EvaluationDue = { type: 'cloudwatch/EvaluationDue', alarm: alarmKey(account, name) };
  context.schedule(at, timer);
  return at;
}

export const dueWith =
  (find: FindSeries) =>
  (context: Context<CloudWatchState>, timer: Timer): void => {
    const { state, now } = context;
    const alarm = state.alarms.get((timer as EvaluationDue).alarm);
    // It may have been changed, or deleted, meanwhile.
    if (alarm?.due !== now || alarm.config.type !== 'metric') return;
    evaluate(find, context, alarm, alarm.config);
  };

function evaluate(
  find: FindSeries,
  context: Context<CloudWatchState>,
  alarm: Alarm,
  config: MetricConfig,
): void {
  const { values, times, quiet } = look(find, context, alarm);
  const verdict = judge(config, values);
  const to = verdict.state ?? alarm.state.value;
  const isSettled = quiet && to === alarm.state.value && !actsAgain(alarm);
  const due = isSettled ? undefined : scheduleEvaluation(context, { ...alarm, config });
  const judged = { config, verdict, values, times, to };
  const isNew = to !== alarm.state.value;
  const newest = verdict.evaluated[0];
  setState(
    context,
    alarm,
    {
      to,
      reason: isNew ? reasonOf(judged) : alarm.state.reason,
      data: isNew ? reasonData(judged, context.state.epoch + context.now) : alarm.state.data,
      metricValue: newest === undefined ? undefined : values[newest],
    },
    due,
  );
}

/** Some metric moves again: those who sleep look at the end of their period. */
export function wakeAlarms(context: Context<CloudWatchState>): void {
  const { state } = context;
  if (state.asleepCount === 0) return;
  for (const alarm of [...state.alarms.values()]) {
    const { config } = alarm;
    if (config.type !== 'metric' || alarm.due !== undefined) continue;
    putAlarm(state, { ...alarm, due: scheduleEvaluation(context, { ...alarm, config }) });
  }
}

export function delivered(context: Context<CloudWatchState>, { payload }: Delivery): void {
  if ((payload as { readonly type?: string }).type === 'MetricsMoved') wakeAlarms(context);
}
