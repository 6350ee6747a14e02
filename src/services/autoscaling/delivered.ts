/** Alarms that raise a policy, and CloudWatch's answers. */
import type { FaultNews } from '../../contract/faults.ts';
import type { Delivery, Outcome } from '../../engine/service.ts';
import { alarmAnswered, readAlarm, type Token } from './rules/alarms.ts';
import type { Ctx } from './rules/capacity.ts';
import { policyOf } from './rules/lookup.ts';
import { topicNotified, topicTested } from './rules/notifying.ts';
import { act, held } from './rules/scaling.ts';
import { zoneFault } from './rules/zones.ts';

/** As CloudWatch hands an alarm's action over. */
interface AlarmAction {
  readonly type: 'AlarmAction';
  /** ARN of the policy. */
  readonly action: string;
  readonly alarm: string;
  readonly state: string;
  readonly metricValue?: number | null;
  readonly threshold?: number;
}

export function delivered(context: Ctx, delivery: Delivery): void {
  const { from, payload } = delivery;
  if (from === 'fault') {
    zoneFault(context, payload as FaultNews);
    return;
  }
  const { type, action, alarm, state, metricValue, threshold } = payload as AlarmAction;
  if (type !== 'AlarmAction') return;
  const found = policyOf(context.state.groups.values(), action);
  if (found === undefined || found.policy.arn !== action) return;
  const { group, policy } = found;
  if (group.deleting) return;
  if (metricValue === undefined || metricValue === null || state === 'INSUFFICIENT_DATA') {
    // Without a figure only a simple policy knows what to do.
    if (policy.type !== 'SimpleScaling') {
      held(context, group, policy, 'enough');
      return;
    }
  }
  if (policy.type === 'StepScaling' && threshold === undefined) {
    readAlarm(context, group, { policy: policy.name, alarm, metricValue: metricValue ?? null });
    return;
  }
  act(context, group, policy, { alarm, metricValue: metricValue ?? undefined, threshold });
}

export function answered(context: Ctx, token: object, outcome: Outcome): void {
  const ours = token as Token;
  if (ours.type === 'alarmPut') {
    alarmAnswered(context, ours, outcome);
    return;
  }
  if (ours.type === 'notified') topicNotified(context, ours, outcome);
  if (ours.type === 'notificationTest') topicTested(context, ours, outcome);
  if (ours.type !== 'alarmRead') return;
  const group = context.state.groups.get(ours.group);
  const policy = group?.policies.get(ours.policy);
  if (group === undefined || policy === undefined || !outcome.ok) return;
  const { MetricAlarms = [] } = outcome.output as {
    readonly MetricAlarms?: { readonly Threshold?: number }[];
  };
  const threshold = MetricAlarms[0]?.Threshold;
  if (threshold === undefined) return;
  act(context, group, policy, { alarm: ours.alarm, metricValue: ours.metricValue ?? undefined, threshold });
}
