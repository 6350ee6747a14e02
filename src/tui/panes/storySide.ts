/** Beside the chart where there is room: the message itself, and where its time went. */
import type { Story } from '../../projection/storyTypes.ts';
import { ENDED } from '../../projection/storyTypes.ts';
import { meter } from '../paint/bars.ts';
import { duration, exactInstant } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, padStart, wrap } from '../paint/text.ts';
import type { Role, Theme } from '../paint/theme.ts';
import { roleOfState } from './storyChart.ts';

const BODY_ROWS = 6;
const NAME = 9;

const STATE_WORDS = {
  visible: 'visible',
  inFlight: 'in flight',
  delayed: 'delayed',
  deleted: 'deleted',
  expired: 'expired',
  gone: 'gone',
  moved: 'moved',
  passed: 'handed on',
  lost: 'lost',
} as const;

export function storySide(theme: Theme, story: Story, columns: number, height: number): string[] {
  const ascii = theme.marks.ascii;
  const copy = story.copies.findLast(({ state }) => !ENDED.has(state)) ?? story.copies.at(-1);
  if (copy === undefined) return [];
  const text = (value: string): string => plain(value, { ascii, limit: 400 });
  const named = (name: string, value: string): string =>
    cut(`${theme.second(padEnd(name, NAME))} ${value}`, columns, theme.marks.more);
  const state = copy.dead && copy.state === 'visible' ? 'dead' : STATE_WORDS[copy.state];
  const place = story.lanes[copy.lane]?.name ?? '';
  const receivers = [...new Set(copy.receivers)].join(' ');
  const rows = [
    '',
    named('id', copy.messageId.slice(0, 23)),
    named('state', `${theme[roleOfState(copy.state, copy.dead)](state)} in ${text(place)}`),
    ...(copy.sent === undefined ? [] : [named('sent', exactInstant(copy.sent))]),
    named('received', copy.receiveCount === 1 ? 'once' : `${copy.receiveCount} times`),
    ...(receivers === '' ? [] : [named('by', text(receivers))]),
    ...(copy.group === undefined ? [] : [named('group', text(copy.group))]),
    '',
    ...wrap(text(copy.body), columns).slice(0, BODY_ROWS),
    '',
    theme.second('Time spent'),
    ...spentRows(theme, story, columns),
  ];
  return rows.slice(0, height);
}

function spentRows(theme: Theme, { spent }: Story, columns: number): string[] {
  const all = spent.visible + spent.hidden + spent.delayed + spent.dead;
  const kinds: readonly (readonly [string, number, Role])[] = [
    ['visible', spent.visible, 'visible'],
    ['hidden', spent.hidden, 'flight'],
    ['delayed', spent.delayed, 'delayed'],
    ['dead', spent.dead, 'bad'],
  ];
  return kinds
    .filter(([, value]) => value > 0)
    .map(([name, value, role]) => {
      const bar = meter(theme, { ratio: value / Math.max(1, all), width: columns - NAME - 12, role });
      return `${theme[role](padEnd(name, NAME))} ${bar} ${padStart(duration(value), 10)}`;
    });
}
