/** Why a receipt handle did nothing, or was refused. */

import { messageId } from '../../../contract/messageId.ts';
import {
  helps,
  helpsNot,
  lasting,
  moment,
  type Why,
  type WhyChange,
  type WhyGround,
  type WhyValue,
  worded,
} from '../../../contract/why.ts';
import { instantWords, spanWords } from '../../../contract/whyWords.ts';
import { after, type Instant, milliseconds, toMilliseconds } from '../../../engine/units.ts';
import { VISIBILITY_SECONDS_MAX } from '../limits.ts';
import type { Queue, SqsState } from '../model.ts';
import { parseReceiptHandle } from '../rules/receiptHandle.ts';
import { RULES } from './rules.ts';
import { type Standing, standings } from './standing.ts';

type Ground = WhyGround<SqsState>;

/** What a handle stands for now. */
interface Held {
  readonly id: string;
  /** The message, while it is in the queue. */
  readonly standing: Standing | undefined;
  /** The handle is still the message's newest. */
  readonly isNewest: boolean;
}

function heldBy({ state, now }: Ground, queue: Queue, handle: string): Held | undefined {
  const facts = parseReceiptHandle(state.seed, queue.order, handle);
  if (facts === undefined) return undefined;
  return {
    id: messageId(state.seed, facts.message),
    standing: standings(state, queue, now).find(({ content }) => content.sequence === facts.message),
    isNewest: state.store.held(facts.receipt) !== undefined,
  };
}

const standingValues = ({ state }: Ground, { standing, isNewest }: Held): readonly WhyValue[] => {
  if (standing === undefined) return [{ label: 'the message', is: worded('not in the queue any more') }];
  const holder = state.holders[standing.facts.holder - 1];
  const received = standing.facts.received;
  return [
    { label: 'the message', is: worded(standing.state === 'inFlight' ? 'in flight' : standing.state) },
    { label: 'this handle', is: worded(isNewest ? 'the newest' : 'of an earlier receive') },
    ...(received === undefined
      ? []
      : [{ label: `last received${holder === undefined ? '' : ` by ${holder}`}`, is: moment(received) }]),
  ];
};

/** An accepted delete that deleted nothing; undefined: it did, or the handle is nobody's. */
export function whyNotDeleted(ground: Ground, queue: Queue, handle: string): Why | undefined {
  const { lately, now } = ground;
  const held = heldBy(ground, queue, handle);
  if (held === undefined || deletedNow(ground, held.id)) return undefined;
  const gone = held.standing === undefined;
  const last = gone ? lastOf(lately, held.id) : undefined;
  return {
    title: `your delete in ${queue.name} deleted nothing`,
    answer: gone
      ? `Message ${held.id.slice(0, 4)} was not in the queue any more${last === undefined ? '' : `: ${last}`}.`
      : `Message ${held.id.slice(0, 4)} has been received again since: this handle is old, and the message stays.`,
    at: now,
    rule: RULES.receiptHandles,
    values: standingValues(ground, held),
    changes: {
      by: 'act',
      into: gone ? 'nothing has to change: the message is gone' : 'a delete with the newest handle',
    },
    remedies: gone
      ? [helpsNot('deleting it once more: it is a success any number of times')]
      : [
          helps('delete within the visibility timeout, before somebody else receives it'),
          helps('a longer VisibilityTimeout, or change-message-visibility while the work goes on'),
          helpsNot('sending the same delete again: an old handle stays old'),
        ],
    see: [`${held.id.slice(0, 8)}`],
  };
}

const idIn = (event: object): string | undefined => {
  const { content } = event as { content?: { seed: number; sequence: number } };
  return content && messageId(content.seed, content.sequence);
};

function deletedNow({ lately, now }: Ground, id: string): boolean {
  for (const { at, event } of lately(200)) {
    if (at !== now) return false;
    if (event.type === 'sqs/MessageDeleted' && idIn(event) === id) return true;
  }
  return false;
}

const ENDS: Readonly<Record<string, string>> = {
  'sqs/MessageDeleted': 'deleted',
  'sqs/MessageExpired': 'expired',
  'sqs/MessageDeadLettered': 'moved to the dead letters',
  'sqs/MessageMoved': 'moved by a move task',
};

function lastOf(lately: Ground['lately'], id: string): string | undefined {
  for (const { at, event } of lately(2_000)) {
    const end = ENDS[event.type];
    if (end !== undefined && idIn(event) === id) return `${end} at ${instantWords(at)}`;
  }
  return undefined;
}

/** FIFO: the handle has expired; or there is no such message to change. */
export function whyHandleRefused(ground: Ground, queue: Queue, operation: string, handle: string): Why {
  const held = heldBy(ground, queue, handle);
  const what = operation.startsWith('Delete') ? 'delete' : 'visibility change';
  const base = { title: `${queue.name} refused your ${what}`, at: ground.now, rule: RULES.receiptHandles };
  if (held === undefined) {
    return {
      ...base,
      answer: `No receive of ${queue.name} gave this handle.`,
      values: [{ label: 'given', is: worded(handle.slice(0, 24)) }],
      changes: { by: 'act', into: 'a handle that a receive of this queue gave' },
      remedies: [helps('take the ReceiptHandle of the last receive, whole; not the MessageId')],
    };
  }
  const { id, standing } = held;
  return {
    ...base,
    answer:
      standing === undefined
        ? `Message ${id.slice(0, 4)} is not in the queue any more.`
        : queue.fifo
          ? `The timeout of this receive of ${id.slice(0, 4)} has ended; on a FIFO queue its handle ends with it.`
          : `Message ${id.slice(0, 4)} has been received again since: this handle is old.`,
    values: standingValues(ground, held),
    changes: expiredChange(queue, operation, standing),
    remedies: [
      helps('finish, or extend the timeout, before it ends'),
      helps('receive it again, and use the new handle'),
      helpsNot('the same call again: the handle does not come back'),
    ],
    see: [id.slice(0, 8)],
  };
}

/** On a FIFO queue the refusal lasts as long as the message is there. */
function expiredChange(queue: Queue, operation: string, standing: Standing | undefined): WhyChange {
  if (!queue.fifo || standing === undefined)
    return { by: 'act', into: 'a receive, which gives a new handle' };
  const into = operation.startsWith('Delete')
    ? 'the message expires; the same delete is then accepted, and has nothing to delete'
    : 'the message expires; the refusal then says that it does not exist';
  return { by: 'time', at: standing.expiresAt, into };
}

/** More than twelve hours in all. */
export function whyTooLong(ground: Ground, queue: Queue, handle: string, timeout: number): Why | undefined {
  const standing = heldBy(ground, queue, handle)?.standing;
  const received = standing?.facts.received;
  if (standing === undefined || received === undefined) return undefined;
  const max = toMilliseconds(VISIBILITY_SECONDS_MAX);
  const held = ground.now - received;
  const end: Instant = standing.visibleAt < standing.expiresAt ? standing.visibleAt : standing.expiresAt;
  return {
    title: `${queue.name} refused your visibility change`,
    answer: `The message has been hidden for ${spanWords(held)}; ${spanWords(timeout * 1000)} more would be over 12 hours.`,
    at: ground.now,
    rule: RULES.visibilityMax,
    values: [
      { label: 'hidden so far', is: lasting(held) },
      { label: 'asked for', is: lasting(timeout * 1000) },
      {
        label: 'in all',
        is: lasting(held + timeout * 1000),
        against: { label: 'at most', is: lasting(max) },
      },
      { label: 'latest end', is: moment(after(received, milliseconds(max))) },
    ],
    changes: { by: 'time', at: end, into: 'its timeout ends; the handle then stands for nothing in flight' },
    remedies: [
      helps(`ask for ${Math.floor((max - held) / 1000)} s or less`),
      helpsNot('waiting: what is left of the 12 hours only gets less'),
    ],
  };
}
