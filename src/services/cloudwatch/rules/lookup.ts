/** Alarms by what a call names. */
import { notFound, unknownResource } from '../errors.ts';
import { type Alarm, alarmKey, type CloudWatchState } from '../model.ts';

export function alarmNamed(state: CloudWatchState, account: string, name: string): Alarm {
  const alarm = state.alarms.get(alarmKey(account, name));
  if (alarm === undefined) throw notFound();
  return alarm;
}

/** `arn:aws:cloudwatch:region:account:alarm:name`. */
export function alarmByArn(state: CloudWatchState, account: string, arn: string): Alarm {
  for (const alarm of state.alarms.values()) {
    if (alarm.arn === arn && alarm.account === account) return alarm;
  }
  throw unknownResource(arn);
}
