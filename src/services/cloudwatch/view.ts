/** An alarm as screens and conditions see it. */
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import type { Alarm, CloudWatchState } from './model.ts';
import { describeAlarm } from './rules/describing.ts';

const WORDS = { OK: 'off', ALARM: 'on', INSUFFICIENT_DATA: 'no data' } as const;

/** `alarm/NAME` in the world's own account, `alarm/ACCOUNT/NAME` elsewhere. */
const idOf = (state: CloudWatchState, { account, name }: Alarm): ResourceId =>
  `alarm/${account === state.account ? name : `${account}/${name}`}`;

/** Kinds of resources by the dimension that names one. */
const KINDS: Readonly<Record<string, string>> = {
  QueueName: 'queue',
  TopicName: 'topic',
  StreamName: 'stream',
  DeliveryStreamName: 'delivery',
  AutoScalingGroupName: 'group',
  FunctionName: 'function',
};

function watchesOf({ config }: Alarm): Pick<ResourceView, 'watches'> {
  if (config.type !== 'metric' || config.watched.type !== 'metric') return {};
  const [first] = config.watched.dimensions;
  const kind = first && KINDS[first.Name];
  return kind === undefined ? {} : { watches: `${kind}/${first!.Value}` };
}

export const view = (state: CloudWatchState): ResourceView[] =>
  [...state.alarms.values()].map((alarm) => ({
    id: idOf(state, alarm),
    kind: 'alarm',
    name: alarm.name,
    title: 'alarm',
    role: 'resource',
    order: alarm.order,
    offStage: true,
    fields: {
      attributes: describeAlarm(state, alarm),
      StateValue: alarm.state.value,
      StateReason: alarm.state.reason,
      sinceMs: alarm.state.transitioned,
      createdAtMs: alarm.created,
    },
    notes: [WORDS[alarm.state.value]],
    ...watchesOf(alarm),
    scope: { label: 'state', value: WORDS[alarm.state.value] },
    links: [],
  }));
