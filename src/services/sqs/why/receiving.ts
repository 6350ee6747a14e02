/** Why a receive got nothing, or gets nothing now. */

import { NAMED_DIALS } from '../../../contract/hostDials.ts';
import {
  counted,
  helps,
  helpsNot,
  mayHelp,
  type Why,
  type WhyChange,
  type WhyGround,
  type WhyRemedy,
  type WhyRule,
  type WhyValue,
} from '../../../contract/why.ts';
import { several } from '../../../contract/whyWords.ts';
import type { Instant } from '../../../engine/units.ts';
import type { ReceiveEmpty } from '../events.ts';
import { inFlightMax } from '../limits.ts';
import type { Queue, SqsState } from '../model.ts';
import { deadLetterQueueOf } from '../rules/deadLetters.ts';
import { dialsIn, hostsOf } from '../rules/hosts.ts';
import { hostRows } from './hosts.ts';
import { RULES } from './rules.ts';
import { byGroup, firstReceivable, firstRoom, type Standing, standings } from './standing.ts';
import { groupTable, messageTable } from './tables.ts';

type Ground = WhyGround<SqsState>;

/** What a receive meets in a queue. */
export interface Met {
  readonly ground: Ground;
  readonly queue: Queue;
  readonly all: readonly Standing[];
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly max: number;
  /** `your receive of orders came back empty`. */
  readonly title: string;
  /** What a short poll that just came back asked; undefined: no host matters. */
  readonly asked: readonly number[] | undefined;
  /** Messages that this very receive moved to the dead-letter queue. */
  readonly sweptCount: number;
}

export function meet(ground: Ground, queue: Queue, title: string, emptied?: ReceiveEmpty): Met {
  const { state, now } = ground;
  const all = standings(state, queue, now);
  const count = (wanted: Standing['state']): number => all.filter((one) => one.state === wanted).length;
  return {
    ground,
    queue,
    all,
    visible: count('visible'),
    inFlight: count('inFlight'),
    delayed: count('delayed'),
    max: inFlightMax(state.limits),
    title,
    asked: emptied?.asked,
    sweptCount: emptied === undefined ? 0 : sweptNow(ground, queue),
  };
}

function sweptNow({ lately, now }: Ground, queue: Queue): number {
  let count = 0;
  for (const { at, event } of lately(5_000)) {
    if (at !== now) break;
    if (event.type === 'sqs/MessageDeadLettered' && 'queue' in event && event.queue === queue.name) count++;
  }
  return count;
}

/** Undefined: a receive gets something. */
export function whyNothing(met: Met): Why | undefined {
  const { all, inFlight, max, queue, ground } = met;
  if (inFlight >= max) return inFlightFull(met);
  if (met.asked !== undefined && met.visible > 0) return hostsNotAsked(met);
  if (firstReceivable(queue.fifo, all, ground.now) === ground.now) return undefined;
  if (all.length === 0) return noMessages(met);
  if (queue.fifo && all.some(({ state }) => state === 'visible')) return groupBlocked(met);
  return hidden(met);
}

export const answerOf = (
  met: Met,
  answer: string,
  rule: WhyRule,
  changes: WhyChange,
  remedies: readonly WhyRemedy[],
  more: Partial<Why> = {},
): Why => ({
  title: met.title,
  answer,
  at: met.ground.now,
  rule,
  values: stock(met),
  changes,
  remedies,
  ...more,
});

const stock = ({ visible, inFlight, delayed, max, sweptCount, all }: Met): readonly WhyValue[] => [
  { label: 'messages in the queue', is: counted(all.length) },
  { label: 'visible', is: counted(visible) },
  { label: 'in flight', is: counted(inFlight), against: { label: 'at most', is: counted(max) } },
  { label: 'delayed', is: counted(delayed) },
  ...(sweptCount > 0
    ? [{ label: 'moved to the dead letters by this receive', is: counted(sweptCount) }]
    : []),
];

/** When the same receive gets something, if nothing else happens. */
function changeOf({ queue, all, ground }: Met, from: Instant = ground.now): WhyChange {
  const at = firstReceivable(queue.fifo, all, from);
  if (at !== undefined) return { by: 'time', at, into: 'a receive gets a message' };
  return {
    by: 'act',
    into: all.length === 0 ? 'a message must be sent' : 'what waits expires first; a message must be sent',
  };
}

const RECEIVE = (queue: Queue): string =>
  `aws sqs receive-message --queue-url ${queue.name} --wait-time-seconds 20`;

function noMessages(met: Met): Why {
  const { queue, sweptCount } = met;
  const target = deadLetterQueueOf(met.ground.state, queue)?.name ?? '';
  const answer =
    sweptCount > 0
      ? `${queue.name} holds no messages any more: this receive moved ${several(sweptCount, 'message')} to ${target}.`
      : `${queue.name} holds no messages.`;
  return answerOf(met, answer, sweptCount > 0 ? RULES.deadLetters : RULES.emptyQueue, changeOf(met), [
    helps('a long poll waits up to 20 s and answers when a message comes', RECEIVE(queue)),
    helpsNot('more receives: each empty one costs a request'),
  ]);
}

/** None is visible: in flight, delayed, or some of each. */
function hidden(met: Met): Why {
  const { queue, inFlight, delayed, all } = met;
  const total = several(all.length, 'message');
  const answer =
    delayed === 0
      ? `${queue.name} holds ${total}, and none is visible: ${all.length === 1 ? 'it is' : 'all are'} in flight.`
      : inFlight === 0
        ? `${queue.name} holds ${total}, and none is visible: ${all.length === 1 ? 'it is' : 'all are'} still delayed.`
        : `${queue.name} holds ${total}, and none is visible: ${inFlight} in flight, ${delayed} delayed.`;
  return answerOf(
    met,
    answer,
    inFlight > 0 ? RULES.visibilityTimeout : RULES.delay,
    changeOf(met),
    inFlight > 0 ? ofTimeouts(queue) : ofDelays(),
    { table: messageTable(met) },
  );
}

const ofTimeouts = (queue: Queue): readonly WhyRemedy[] => [
  helps('who holds a message can show it again at once, with change-message-visibility to 0'),
  helps('a long poll waits for the first timeout that ends', RECEIVE(queue)),
  helpsNot('a shorter VisibilityTimeout of the queue: it counts from the next receive on'),
  helpsNot('more consumers: what is hidden is hidden from all of them'),
];

const ofDelays = (): readonly WhyRemedy[] => [
  helps('a long poll waits until the first delay is over'),
  helpsNot('DelaySeconds of the queue: on a standard queue a change does not touch what was sent before'),
];

function groupBlocked(met: Met): Why {
  const { all } = met;
  const groups = [...byGroup(all).values()];
  const blocked = groups.filter((group) => group.some(({ state }) => state === 'visible'));
  const waiting = all.filter(({ state }) => state === 'visible').length;
  const first = blocked[0]!;
  const name = first[0]!.facts.group ?? '';
  const answer =
    blocked.length === 1
      ? `The first message of group ${name} is ${wordOf(first[0]!)}; until that ends the ${waiting === 1 ? 'one' : waiting} behind it ${waiting === 1 ? 'waits' : 'wait'}.`
      : `In ${blocked.length} groups the first message is in flight or delayed, and holds back ${several(waiting, 'visible message')}.`;
  return answerOf(
    met,
    answer,
    RULES.messageGroups,
    changeOf(met),
    [
      helps('the message in front is deleted: the next one of its group can go at once'),
      mayHelp('another message group: only messages of one group wait for each other'),
      helpsNot('more consumers: the group is one after the other, whoever asks'),
      helpsNot('a long poll finds nothing sooner, but is there when the group opens'),
    ],
    { table: groupTable(met) },
  );
}

const wordOf = ({ state, isDead }: Standing): string =>
  state === 'inFlight' ? 'in flight' : state === 'delayed' ? 'delayed' : isDead ? 'dead' : 'visible';

/** When fewer are in flight than may be. */
export const roomIn = ({ all, max, ground }: Met): Instant => firstRoom(all, max, ground.now);

function inFlightFull(met: Met): Why {
  const { queue, inFlight, max } = met;
  const answer = `${inFlight} messages of ${queue.name} are in flight, and a queue holds at most ${max}: nothing more is handed out.`;
  return answerOf(
    met,
    answer,
    RULES.inFlight,
    changeOf(met, roomIn(met)),
    [
      helps('delete what has been worked: each delete makes room for one'),
      helpsNot('a higher limit: this one cannot be raised'),
    ],
    { table: messageTable(met) },
  );
}

function hostsNotAsked(met: Met): Why {
  const { queue, visible, asked = [], all, ground } = met;
  const { hosts, copies } = dialsIn(ground.settings) ?? NAMED_DIALS.typical;
  const ways = choiceCount(hosts, copies);
  const ready = all.filter(({ state, isDead }) => state === 'visible' && !isDead);
  const missed = choiceCount(hosts - asked.length, copies);
  const one = ready.length === 1;
  return answerOf(
    met,
    `${several(visible, 'message')} of ${queue.name} ${visible === 1 ? 'is' : 'are'} visible, on hosts that this short poll did not ask.`,
    {
      ...RULES.shortPolling,
      says: `A short poll asks some of the storage hosts, not all. This one asked ${asked.length} of ${hosts}.`,
    },
    {
      by: 'chance',
      ways: one ? ways - missed : 1,
      of: one ? ways : 1,
      into: one
        ? 'the next short poll finds it'
        : 'the next short poll asks other hosts, and finds some of them',
    },
    [
      helps(
        'a long poll asks all hosts, and waits',
        `aws sqs receive-message --queue-url ${queue.name} --wait-time-seconds 1`,
      ),
      mayHelp(`another short poll asks ${asked.length} hosts anew`),
      helpsNot('more workers poll more often, pay more, and still miss'),
    ],
    { table: messageTable(met), hosts: hostRows(met, hostsOf) },
  );
}

/** In how many ways a message can lie on so many of these hosts. */
function choiceCount(hosts: number, copies: number): number {
  let count = 1;
  for (let index = 0; index < copies; index++) count = (count * (hosts - index)) / (index + 1);
  return Math.max(0, count);
}
