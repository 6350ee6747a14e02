/**
 * Receives that wait. A long poll is parked as plain data and answered the moment a message can be handed out, the
 * oldest poll of the queue first; when its wait ends before that, it is answered empty.
 */
import type { CallId, Context, Timer } from '../../../engine/service.ts';
import { after, type Instant, type Milliseconds } from '../../../engine/units.ts';
import { nonExistentQueue } from '../errors.ts';
import type { ParkedPoll, Queue, SqsState } from '../model.ts';
import { alarmRang, setAlarm } from './alarm.ts';
import { answerEmpty, type Receive, take } from './receiving.ts';

const POLL_DUE: Timer = Object.freeze({ type: 'sqs/PollDue' });

/** Dead letters may wake the next queue, and its dead letters the one after; a ring of queues must end somewhere. */
const CHAIN_MAX = 3;

export function park(
  context: Context<SqsState>,
  queue: Queue,
  receive: Receive,
  call: CallId,
  wait: Milliseconds,
): void {
  const until = after(context.now, wait);
  const poll: ParkedPoll = Object.freeze({ ...receive, call, until });
  queue.polls = [...queue.polls, poll];
  setAlarm(context, context.state.pollAlarm, until, POLL_DUE);
}

/** Something in `queue` may have become visible: answers the polls that can be answered. */
export function wake(context: Context<SqsState>, queue: Queue, chain = 0): void {
  while (queue.polls.length > 0) {
    const poll = queue.polls[0]!;
    const { messages, movedTo } = take(context, queue, poll, 'long');
    if (messages.length > 0) {
      queue.polls = queue.polls.slice(1);
      context.complete(poll.call, { ok: true, output: { Messages: messages } });
    }
    if (movedTo !== undefined && chain < CHAIN_MAX) wake(context, movedTo, chain + 1);
    if (messages.length === 0) return;
  }
}

/** Answers the polls whose wait ends now. */
export function pollsDue(context: Context<SqsState>): void {
  const { state, now } = context;
  alarmRang(state.pollAlarm);
  let next: Instant | undefined;
  for (const queue of state.queues.values()) {
    if (queue.polls.length === 0) continue;
    const ended = queue.polls.filter((poll) => poll.until <= now);
    if (ended.length > 0) queue.polls = queue.polls.filter((poll) => poll.until > now);
    for (const poll of ended) {
      context.complete(poll.call, { ok: true, output: answerEmpty(context, queue, poll.by) });
    }
    for (const { until } of queue.polls) if (next === undefined || until < next) next = until;
  }
  if (next !== undefined) setAlarm(context, state.pollAlarm, next, POLL_DUE);
}

/** The caller gave up. */
export function forgetPoll(state: SqsState, call: CallId): void {
  for (const queue of state.queues.values()) {
    if (queue.polls.some((poll) => poll.call === call)) {
      queue.polls = queue.polls.filter((poll) => poll.call !== call);
      return;
    }
  }
}

/** UNSURE: what AWS answers to a long poll whose queue is deleted meanwhile. */
export function refusePolls(context: Context<SqsState>, queue: Queue): void {
  const { refusal } = nonExistentQueue({ why: 'The queue was deleted while the call waited.' });
  for (const poll of queue.polls) context.complete(poll.call, { ok: false, refusal });
  queue.polls = [];
}
