/** What an alarm tells EventBridge when its state changes. CloudWatch User Guide, Alarm events and EventBridge. */
import { tellEventBus } from '../../../contract/awsEvents.ts';
import { settingsOf, toUtc } from '../../../contract/world.ts';
import type { Context } from '../../../engine/service.ts';
import type { Alarm, AlarmState, CloudWatchState } from '../model.ts';
import { longTime } from './reasons.ts';

/** `alarm` as it is now, and its state before. */
export function tellBus(context: Context<CloudWatchState>, alarm: Alarm, before: AlarmState): void {
  const shown = ({ value, reason, data, transitioned }: AlarmState): object => ({
    value,
    reason,
    ...(data !== undefined && { reasonData: data }),
    timestamp: longTime(toUtc(settingsOf(context), transitioned)),
  });
  const { account, name, arn } = alarm;
  tellEventBus(context, 'cloudwatch', {
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    account,
    resources: [arn],
    detail: Object.freeze({
      alarmName: name,
      state: shown(alarm.state),
      previousState: shown(before),
      configuration: configurationOf(alarm),
    }),
    origin: `alarm/${account === context.state.account ? name : `${account}/${name}`}`,
  });
}

function configurationOf({ config, description }: Alarm): object {
  const about = description === undefined ? {} : { description };
  if (config.type === 'composite') return { alarmRule: config.text, ...about };
  const { watched, period } = config;
  if (watched.type === 'math') return { metrics: watched.queries, ...about };
  const { namespace, name, dimensions, statistic } = watched;
  const metric = {
    namespace,
    name,
    dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])),
  };
  return {
    metrics: [{ id: 'm1', metricStat: { metric, period, stat: statistic }, returnData: true }],
    ...about,
  };
}
