/** Where a message is, and why it is not received. */

import { idsWithPrefix, messageId } from '../../../contract/messageId.ts';
import {
  counted,
  helps,
  helpsNot,
  mayHelp,
  moment,
  type Why,
  type WhyChange,
  type WhyGround,
  type WhyRule,
  type WhyValue,
  worded,
} from '../../../contract/why.ts';
import { instantWords, several, spanWords } from '../../../contract/whyWords.ts';
import type { LoggedEvent } from '../../../engine/service.ts';
import type { Queue, SqsState } from '../model.ts';
import { deadLetterQueueOf } from '../rules/deadLetters.ts';
import { RULES } from './rules.ts';
import { byGroup, firstOfGroup, receivesMax, type Standing, shortId, standings } from './standing.ts';

type Ground = WhyGround<SqsState>;

const IDS_MAX = 8;

export function whyMessage(ground: Ground, prefix: string): Why | undefined {
  const { state, now } = ground;
  const ids = idsWithPrefix({ seed: state.seed, count: state.messagesMade }, prefix, IDS_MAX);
  const numbers = new Set(ids.map(({ number }) => number));
  if (numbers.size === 0) return undefined;
  for (const queue of state.queues.values()) {
    const all = standings(state, queue, now);
    const standing = all.find(({ content }) => numbers.has(content.sequence));
    if (standing !== undefined) return whereItIs(ground, queue, all, standing);
  }
  return whyGone(ground, ids[0]!.id);
}

interface Told {
  readonly answer: string;
  readonly rule: WhyRule;
  readonly changes: WhyChange;
  readonly remedies: Why['remedies'];
}

function whereItIs(ground: Ground, queue: Queue, all: readonly Standing[], standing: Standing): Why {
  const told = tell(ground, queue, all, standing);
  return {
    title: `message ${shortId(standing.content)} in ${queue.name}`,
    at: ground.now,
    ...told,
    values: valuesOf(ground, queue, standing),
    see: [`queue/${queue.account === ground.state.account ? queue.name : queue.key}`],
  };
}

function tell(ground: Ground, queue: Queue, all: readonly Standing[], standing: Standing): Told {
  const { now, state } = ground;
  const { content, facts, visibleAt, expiresAt, isDead } = standing;
  const id = shortId(content);
  if (expiresAt <= visibleAt && standing.state !== 'visible') {
    return {
      answer: `${id} is ${standing.state === 'delayed' ? 'delayed' : 'in flight'}, and expires in ${spanWords(expiresAt - now)}, before that ends.`,
      rule: RULES.retention,
      changes: { by: 'time', at: expiresAt, into: 'it is dropped: it will not be received again' },
      remedies: [helps('a longer MessageRetentionPeriod, before it expires')],
    };
  }
  const into = isDead ? 'the next receive moves it to the dead-letter queue' : 'it can be received';
  if (standing.state === 'delayed') {
    return {
      answer: `${id} is delayed: it cannot be received for another ${spanWords(visibleAt - now)}.`,
      rule: RULES.delay,
      changes: { by: 'time', at: visibleAt, into },
      remedies: [
        helps('a shorter --delay-seconds when it is sent'),
        helpsNot('receiving: a delayed message is not found'),
      ],
    };
  }
  if (standing.state === 'inFlight') {
    const holder = state.holders[facts.holder - 1] ?? 'somebody';
    return {
      answer: `${holder} received ${id} ${spanWords(now - (facts.received ?? now))} ago; it is hidden for another ${spanWords(visibleAt - now)}.`,
      rule: RULES.visibilityTimeout,
      changes: { by: 'time', at: visibleAt, into },
      remedies: [
        helps('the holder deletes it when the work is done'),
        helps('the holder shows it again at once: change-message-visibility to 0'),
        helpsNot('receiving: what is hidden is hidden from everybody'),
      ],
    };
  }
  if (isDead) {
    const target = deadLetterQueueOf(state, queue)?.name ?? '';
    return {
      answer: `${id} is still here because nobody has asked: the next receive that comes to it moves it to ${target}.`,
      rule: RULES.deadLetters,
      changes: { by: 'act', into: 'a receive' },
      remedies: [
        helps('a receive', `aws sqs receive-message --queue-url ${queue.name}`),
        helpsNot('waiting: time moves nothing to a dead-letter queue'),
      ],
    };
  }
  return queue.fifo ? inGroup(ground, all, standing) : ready(queue, standing);
}

function inGroup({ now }: Ground, all: readonly Standing[], standing: Standing): Told {
  const group = byGroup(all).get(standing.facts.group ?? '') ?? [];
  const place = group.indexOf(standing);
  const before = group.slice(0, place);
  const blocker = before.find(({ state }) => state !== 'visible');
  const id = shortId(standing.content);
  const name = standing.facts.group ?? '';
  if (blocker === undefined) {
    return {
      answer: `${id} can be received now${before.length === 0 ? '' : `, after the ${before.length} before it in group ${name}`}.`,
      rule: RULES.messageGroups,
      changes: { by: 'act', into: 'a receive' },
      remedies: [helps('a receive: nothing stands in its way')],
    };
  }
  const at = firstOfGroup(group, now);
  return {
    answer: `${shortId(blocker.content)} of group ${name} is ${blocker.state === 'inFlight' ? 'in flight' : 'delayed'}; ${id} stands ${several(place, 'place')} behind the front of its group and waits.`,
    rule: RULES.messageGroups,
    changes:
      at === undefined
        ? { by: 'act', into: 'the group must move on' }
        : { by: 'time', at, into: 'its group can be received again, from the front on' },
    remedies: [
      helps(`${shortId(blocker.content)} is deleted: then the next of the group can go at once`),
      mayHelp('another message group per customer, order or device: they do not wait for each other'),
      helpsNot('more consumers: one group is one after the other'),
    ],
  };
}

const ready = (queue: Queue, { content }: Standing): Told => ({
  answer: `${shortId(content)} can be received now: nothing hides it.`,
  rule: RULES.emptyQueue,
  changes: { by: 'act', into: 'a receive' },
  remedies: [
    helps('a receive', `aws sqs receive-message --queue-url ${queue.name} --max-number-of-messages 10`),
    mayHelp('a long poll asks all storage hosts; a short poll may miss it'),
  ],
});

function valuesOf({ state }: Ground, queue: Queue, standing: Standing): readonly WhyValue[] {
  const { facts, content, expiresAt } = standing;
  const limit = receivesMax(state, queue);
  return [
    { label: 'sent', is: moment(facts.sent) },
    {
      label: 'received',
      is: counted(facts.receiveCount),
      ...(limit !== undefined && { against: { label: 'dead at the receive after', is: counted(limit) } }),
    },
    ...(standing.state === 'visible' ? [] : [{ label: 'visible again', is: moment(standing.visibleAt) }]),
    { label: 'expires', is: moment(expiresAt) },
    ...(content.home === queue.key
      ? []
      : [{ label: 'came from', is: worded(content.home.slice(content.home.indexOf('/') + 1)) }]),
  ];
}

const ENDS: Readonly<Record<string, (at: string, by: string) => string>> = {
  'sqs/MessageDeleted': (at, by) => `${by} deleted it at ${at}`,
  'sqs/MessageExpired': (at) => `it expired at ${at}: it was older than the retention period`,
  'sqs/MessageMoved': (at) => `a move task sent it on at ${at}, as a new message with a new id`,
};

/** It is in no queue any more. */
function whyGone({ lately, now }: Ground, id: string): Why {
  const end = lately(2_000).find(({ event }) => ENDS[event.type] !== undefined && idIn(event) === id);
  const said = end && ENDS[end.event.type]!(instantWords(end.at), end.event.by);
  return {
    title: `message ${id.slice(0, 4)}`,
    answer:
      said === undefined
        ? `${id.slice(0, 4)} is in no queue any more.`
        : `${id.slice(0, 4)} is gone: ${said}.`,
    at: now,
    rule: end?.event.type === 'sqs/MessageExpired' ? RULES.retention : RULES.emptyQueue,
    values: end === undefined ? [] : [{ label: 'gone since', is: moment(end.at) }],
    changes: { by: 'act', into: 'it does not come back' },
    remedies: [
      ...(end?.event.type === 'sqs/MessageExpired'
        ? [helps('a longer MessageRetentionPeriod, up to 14 days, before messages expire')]
        : []),
      mayHelp('its story tells where it has been', `story ${id.slice(0, 8)}`),
    ],
  };
}

const idIn = (event: LoggedEvent['event']): string | undefined => {
  const { content } = event as { content?: { seed: number; sequence: number } };
  return content && messageId(content.seed, content.sequence);
};
