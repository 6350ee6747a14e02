/** What explanations of both engines share: rules, consumers as rows, and messages that are gone. */
import {
  counted,
  helps,
  helpsNot,
  type Why,
  type WhyGround,
  type WhyRow,
  type WhyRule,
  worded,
} from '../../contract/why.ts';
import { instantWords, several } from '../../contract/whyWords.ts';
import type { MessageEvent } from './events.ts';
import type { MqState } from './model.ts';

export type Ground = WhyGround<MqState>;
/** An explanation before it has its title and its instant. */
export type About = Omit<Why, 'title' | 'at'>;

export const rule = (name: string, says: string, page: string): WhyRule => ({
  name: `mq/${name}`,
  says,
  page,
});

export const PREFETCH = rule(
  'prefetch',
  'A consumer is handed up to its prefetch before it acknowledges; what one holds no other gets.',
  'RabbitMQ, Consumer Prefetch; Apache ActiveMQ, What is the Prefetch Limit For',
);
export const CONSUMERS = rule(
  'consumers',
  'A broker pushes messages to consumers that have subscribed; without one they wait.',
  'RabbitMQ, Consumers',
);
const QUEUES = rule(
  'queues',
  'A queue hands out what was sent to it, in its order, each message to one consumer.',
  'Amazon MQ Developer Guide',
);

const ROWS_MAX = 6;

/** A consumer as a row: how much of its prefetch it has used. */
export interface ConsumerFacts {
  readonly tag: string;
  readonly app: string;
  readonly unacked: number;
  /** 0: no limit. */
  readonly prefetch: number;
  /** Why it takes nothing more; '': it would. */
  readonly reason: string;
}

export const consumerTable = (consumers: readonly ConsumerFacts[]): NonNullable<Why['table']> => ({
  heads: ['consumer', 'holds', 'why it takes no more', 'changes'],
  rows: consumers.slice(0, ROWS_MAX).map(
    ({ tag, app, unacked, prefetch, reason }): WhyRow => ({
      mark: unacked > 0 ? 'working' : 'idle',
      name: app === '' || app === tag ? tag : `${app} ${tag}`,
      state: `${unacked} of ${prefetch === 0 ? 'any number' : prefetch}`,
      reason: reason === '' ? 'it would take one' : reason,
      change: reason === '' ? 'now' : 'never',
    }),
  ),
  more: Math.max(0, consumers.length - ROWS_MAX),
});

/** Nothing waits: either consumers hold all of it, or nothing came. */
export function nothingReady(unacked: number, consumers: readonly ConsumerFacts[], came: number): About {
  const held = consumers.filter((one) => one.unacked > 0);
  const [first] = held;
  const who = first === undefined ? 'somebody' : first.app === '' ? first.tag : first.app;
  return {
    answer:
      unacked === 0
        ? came === 0
          ? 'It is empty: nothing was sent to it yet.'
          : 'It is empty: all that came is done with, or gone.'
        : `Nothing waits: ${held.length > 1 ? several(held.length, 'consumer') : who} ${held.length > 1 ? 'hold' : 'holds'} ${unacked === 1 ? 'the only message' : `all ${unacked} messages`} unacknowledged.`,
    rule: unacked === 0 ? QUEUES : PREFETCH,
    values: [
      { label: 'ready', is: counted(0) },
      { label: 'unacknowledged', is: counted(unacked) },
      { label: 'came in', is: counted(came) },
    ],
    ...(consumers.length > 0 && { table: consumerTable(consumers) }),
    changes: {
      by: 'act',
      into: unacked === 0 ? 'somebody must send to it' : 'whoever holds them acknowledges, or ends',
    },
    remedies:
      unacked === 0
        ? []
        : [
            helps('a lower prefetch where much is held: then others get a share'),
            helpsNot('more consumers: what is handed out already stays where it is'),
          ],
  };
}

const ENDS: Partial<Record<MessageEvent['type'], (event: MessageEvent) => string>> = {
  'mq/Acknowledged': ({ by, destination }) => `${by} acknowledged it in ${destination}: it is done.`,
  'mq/DeadLettered': ({ destination, to, reason }) =>
    `It left ${destination} as a dead letter to ${to ?? 'its exchange'}: ${reason ?? ''}.`,
  'mq/MessageExpired': ({ destination }) => `Its time to live ended in ${destination}.`,
  'mq/MessageDropped': ({ destination, reason }) =>
    reason === 'unroutable'
      ? 'No binding took it, so no queue ever had it.'
      : `It was dropped at ${destination}: ${reason ?? ''}.`,
  'mq/MessageReturned': () => 'No binding took it, and it went back to its publisher.',
  'mq/MessageLost': ({ destination, reason }) =>
    `It is lost: it was in ${destination} when ${reason === 'notPersistent' ? 'the node went, and not on disk' : 'its place went'}.`,
  'mq/MessageDelivered': ({ destination, consumer, by }) =>
    `${consumer ?? by} got it from ${destination}, and a delivery without acknowledgement is the end of it.`,
};

/** The last that was heard of a message which no queue has. */
export function goneMessage({ lately, now }: Ground, prefix: string): Why | undefined {
  const last = lately(5_000).find(({ event }) => {
    const { messageId } = event as Partial<MessageEvent>;
    return event.type in ENDS && messageId?.startsWith(prefix) === true;
  });
  if (last === undefined) return undefined;
  const event = last.event as MessageEvent;
  const short = event.messageId.slice(0, 4);
  return {
    title: `message ${short}`,
    answer: ENDS[event.type]!(event),
    at: now,
    rule: rule(
      'gone',
      'A broker forgets a message when it is acknowledged, expired or dropped; only what is persistent outlives a node.',
      'Amazon MQ Developer Guide',
    ),
    values: [
      { label: 'when', is: worded(instantWords(last.at)) },
      { label: 'persistent', is: worded(event.persistent ? 'yes' : 'no') },
    ],
    changes: { by: 'act', into: 'it does not come back: it can only be sent anew' },
    remedies:
      event.type === 'mq/MessageLost'
        ? [helps('send it persistent'), helpsNot('a standby: it finds only what is on disk')]
        : [],
    see: [`broker/${event.broker}`],
  };
}
