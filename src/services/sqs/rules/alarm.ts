/**
 * One kernel timer for many deadlines, set at the earliest. A timer that is set cannot be taken back, so an alarm
 * remembers all that are set (the earliest last) and never sets one that would be no earlier than one it has: they
 * do not pile up, however often the earliest deadline changes.
 */
import type { Context, Timer } from '../../../engine/service.ts';
import type { Instant } from '../../../engine/units.ts';
import type { Alarm } from '../model.ts';

/** Makes sure that the alarm rings at `at` or earlier. */
export function setAlarm(context: Context<unknown>, alarm: Alarm, at: Instant, timer: Timer): void {
  const earliest = alarm.at(-1);
  if (earliest !== undefined && earliest <= at) return;
  alarm.push(at);
  context.schedule(at, timer);
}

/** The alarm rings: its earliest timer is gone. */
export function alarmRang(alarm: Alarm): void {
  alarm.pop();
}
