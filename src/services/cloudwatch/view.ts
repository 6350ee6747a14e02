/** An alarm as screens and conditions see it. */
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import type { Alarm, CloudWatchState } from './model.ts';
import { describeAlarm } from './rules/describing.ts';

const WORDS = { OK: 'OK', ALARM: 'ALARM', INSUFFICIENT_DATA: 'no data' } as const;

/** `alarm/NAME` in the world's own account, `alarm/ACCOUNT/NAME` elsewhere. */
const idOf = (state: CloudWatchState, { account, name }: Alarm): ResourceId =>
  `alarm/${account === state.account ? name : `${account}/${name}`}`;

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
    scope: { label: 'state', value: WORDS[alarm.state.value] },
    links: [],
  }));
