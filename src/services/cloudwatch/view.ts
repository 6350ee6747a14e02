/** An alarm as screens and conditions see it. */
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import type { Alarm, CloudWatchState } from './model.ts';
import { describeAlarm } from './rules/describing.ts';

const WORDS = { OK: 'OK', ALARM: 'ALARM', INSUFFICIENT_DATA: 'no data' } as const;

/** `alarm/NAME` in the world's own account, `alarm/ACCOUNT/NAME` elsewhere. */
const idOf = (state: CloudWatchState, { account, name }: Alarm): ResourceId =>
  `alarm/${account === state.account ? name : `${account}/${name}`}`;

/** What it watches, and how it stands: a line of a list. */
const noteOf = ({ state, config }: Alarm): string => {
  const { value } = state;
  if (config.type === 'composite') return `${WORDS[value]}: ${config.text}`;
  const { watched } = config;
  return `${WORDS[value]}: ${watched.type === 'metric' ? watched.name : 'metric math'}`;
};

export const view = (state: CloudWatchState): ResourceView[] =>
  [...state.alarms.values()].map((alarm) => ({
    id: idOf(state, alarm),
    kind: 'alarm',
    name: alarm.name,
    title: 'CloudWatch',
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
    notes: [noteOf(alarm)],
    scope: { label: 'state', value: WORDS[alarm.state.value] },
    links: [],
  }));
