/** Rules on a schedule: at each time one event, for this rule alone. */
import { instant } from '../../../engine/units.ts';
import type { Rule } from '../model.ts';
import { ruleKey } from '../model.ts';
import type { Ctx } from './lookup.ts';
import { envelopeOf, trigger } from './receiving.ts';
import { nextTime, readSchedule } from './schedule.ts';

export interface ScheduleDue {
  readonly type: 'events/ScheduleDue';
  /** `account/name`. */
  readonly rule: string;
}

/** After a rule was made, changed or enabled, and after each of its times. A rate counts from now. */
export function scheduleNext(context: Ctx, rule: Rule): void {
  const { state, now } = context;
  rule.next = -1;
  if (rule.schedule === null || rule.state !== 'ENABLED') return;
  const utc = state.epoch + now;
  const next = nextTime(readSchedule(rule.schedule), utc, utc);
  if (next === undefined) return;
  rule.next = next - state.epoch;
  const timer: ScheduleDue = { type: 'events/ScheduleDue', rule: ruleKey(rule.account, rule.name) };
  context.schedule(instant(rule.next), timer);
}

/** It may have been changed, or deleted, meanwhile. */
export function scheduleDue(context: Ctx, { rule: key }: ScheduleDue): void {
  const { state, now } = context;
  const rule = state.rules.get(key);
  if (rule?.next !== now) return;
  const event = envelopeOf(context, {
    source: 'aws.events',
    detailType: 'Scheduled Event',
    account: rule.account,
    resources: [rule.arn],
    detail: Object.freeze({}),
    time: state.epoch + now,
  });
  trigger(context, rule, event);
  scheduleNext(context, rule);
}
