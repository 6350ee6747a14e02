/**
 * Message move tasks: a dead-letter queue's messages go back to where they were sent, or to another queue, one after
 * the other at a steady rate. A moved message is a new message at its target: new id, new send time, count zero.
 *
 * SQS Developer Guide, Configure a dead-letter queue redrive. SIMPLER THAN AWS: the rate is steady, and without one
 * it is MOVE_RATE_DEFAULT; a task ends when no message of its source is visible. UNSURE: the target's DelaySeconds;
 * here moved messages are visible at once.
 */
import type { Context, Timer } from '../../../engine/service.ts';
import { after, type Instant, milliseconds } from '../../../engine/units.ts';
import { emit, SQS_PRINCIPAL } from '../events.ts';
import { MOVE_RATE_DEFAULT, MOVE_TASKS_KEPT } from '../limits.ts';
import type { MessageContent, MoveTask, Queue, SqsState } from '../model.ts';
import { forgetCopy } from './hosts.ts';
import { wake } from './longPolls.ts';
import { queueByArn } from './redrivePolicy.ts';
import { setStoreAlarm } from './storeAlarm.ts';

export interface MoveDue extends Timer {
  readonly type: 'sqs/MoveDue';
  readonly task: number;
}

export const isActive = ({ status }: MoveTask): boolean => status === 'RUNNING' || status === 'CANCELLING';

export function addTask(state: SqsState, task: MoveTask): void {
  state.moveTasks.push(task);
  const ofSource = state.moveTasks.filter(({ sourceArn }) => sourceArn === task.sourceArn);
  if (ofSource.length <= MOVE_TASKS_KEPT) return;
  state.moveTasks.splice(state.moveTasks.indexOf(ofSource[0]!), 1);
}

/**
 * The n-th message moves n/rate seconds after the start: whole milliseconds that do not drift. A task that had to
 * wait goes on at its rate; it does not hurry.
 */
export function scheduleMove(context: Context<SqsState>, task: MoveTask): void {
  const rate = task.ratePerSecond ?? MOVE_RATE_DEFAULT;
  const planned = after(task.started, milliseconds(Math.floor(((task.moved + 1) * 1000) / rate)));
  const soonest = after(context.now, milliseconds(Math.floor(1000 / rate)));
  const due: MoveDue = { type: 'sqs/MoveDue', task: task.number };
  context.schedule(Math.max(planned, soonest) as Instant, due);
}

/** Moves one message; ends the task when there is none, or when it was cancelled meanwhile. */
export function moveDue(context: Context<SqsState>, { task: number }: MoveDue): void {
  const { state } = context;
  const task = state.moveTasks.find((one) => one.number === number);
  if (task === undefined || !isActive(task)) return;
  const source = queueByArn(state, task.sourceArn);
  if (source === undefined) {
    fail(task, VANISHED);
    return;
  }
  const [row] = state.store.receivable(source.row, 1);
  if (row !== undefined) {
    const content = state.store.facts(row).content as MessageContent;
    const target = targetOf(state, task, source, content);
    if (typeof target === 'string') {
      fail(task, target);
      return;
    }
    moveOne(context, source, target, content);
    task.moved++;
  }
  if (task.status === 'CANCELLING') task.status = 'CANCELLED';
  else if (state.store.counts(source.row).visible === 0) task.status = 'COMPLETED';
  else scheduleMove(context, task);
}

const VANISHED = 'AWS.SimpleQueueService.NonExistentQueue';

/**
 * Where a message goes, or why the task ends. SQS Developer Guide, Troubleshooting dead-letter queue redrive: of a
 * message that was sent straight to the dead-letter queue nobody knows a source.
 */
function targetOf(state: SqsState, task: MoveTask, source: Queue, { home }: MessageContent): Queue | string {
  const { destinationArn } = task;
  if (destinationArn === undefined && home === source.key) return 'CouldNotDetermineMessageSource';
  const target = destinationArn === undefined ? state.queues.get(home) : queueByArn(state, destinationArn);
  return target?.fifo === source.fifo ? target : VANISHED;
}

function fail(task: MoveTask, reason: string): void {
  task.status = 'FAILED';
  task.failure = reason;
}

/** The next message of `source`; `content` is what it holds. */
function moveOne(context: Context<SqsState>, source: Queue, target: Queue, content: MessageContent): void {
  const { state, now } = context;
  const [row] = state.store.receivable(source.row, 1);
  const { receiveCount } = state.store.facts(row!);
  const copy: MessageContent = Object.freeze({
    ...content,
    sequence: state.messagesMade++,
    home: target.key,
  });
  state.store.drop(row!);
  const delay = milliseconds(0);
  const { group } = content;
  state.store.send(target.row, copy, now, target.fifo && group !== undefined ? { delay, group } : { delay });
  source.counters.moved++;
  source.handedOutAgain.delete(content.sequence);
  forgetCopy(state, source, content);
  emit(context, {
    type: 'sqs/MessageMoved',
    by: SQS_PRINCIPAL,
    queue: source.name,
    content,
    receiveCount,
    to: target.name,
    as: copy,
  });
  wake(context, target);
  setStoreAlarm(context);
}
