/** Why a move task was refused, ended, or does not move. */
import {
  counted,
  helps,
  helpsNot,
  moment,
  type Why,
  type WhyChange,
  type WhyGround,
  worded,
} from '../../../contract/why.ts';
import { several } from '../../../contract/whyWords.ts';
import { after, type Instant, milliseconds } from '../../../engine/units.ts';
import { MOVE_RATE_DEFAULT } from '../limits.ts';
import type { MoveTask, Queue, SqsState } from '../model.ts';
import { isActive } from '../rules/moveTasks.ts';
import { sourcesOf } from '../rules/redrivePolicy.ts';
import { RULES } from './rules.ts';

type Ground = WhyGround<SqsState>;

export function whyMoveRefused({ state, now }: Ground, source: Queue, sentence: string): Why {
  const active = state.moveTasks.find((task) => task.sourceArn === source.arn && isActive(task));
  const sources = sourcesOf(state, source);
  const running = active !== undefined && sources.length > 0;
  return {
    title: `no move task was started for ${source.name}`,
    answer: running
      ? `A task that began earlier still moves the messages of ${source.name}.`
      : sources.length === 0
        ? `${source.name} is no queue's dead-letter queue: no RedrivePolicy names it.`
        : sentence,
    at: now,
    rule: RULES.moveTasks,
    values: running
      ? taskValues(active)
      : [{ label: 'queues that name it as dead-letter queue', is: counted(sources.length) }],
    changes: running
      ? { by: 'time', at: endOf(state, source, active), into: 'the running task is done', notBefore: true }
      : { by: 'act', into: sources.length === 0 ? 'a RedrivePolicy that names it' : 'other parameters' },
    remedies: running
      ? [helps('wait for it, or stop it with cancel-message-move-task', LIST(source))]
      : sources.length === 0
        ? [
            helps('receive from it and send on, as from every queue'),
            helps('name it in the RedrivePolicy of the queue that its messages came from'),
          ]
        : [],
  };
}

const LIST = ({ arn }: Queue): string => `aws sqs list-message-move-tasks --source-arn ${arn}`;

const taskValues = (task: MoveTask): Why['values'] => [
  {
    label: 'moved',
    is: counted(task.moved),
    against: { label: 'to move at the start', is: counted(task.toMove) },
  },
  { label: 'messages a second', is: counted(task.ratePerSecond ?? MOVE_RATE_DEFAULT) },
  { label: 'began', is: moment(task.started) },
];

/** With what is visible now. */
function endOf({ store }: SqsState, source: Queue, task: MoveTask): Instant {
  const left = Math.max(1, store.counts(source.row).visible);
  const rate = task.ratePerSecond ?? MOVE_RATE_DEFAULT;
  return after(task.started, milliseconds(Math.floor(((task.moved + left) * 1000) / rate)));
}

/** The newest task of a queue, when it is running or did not end well; undefined: nothing to say. */
export function whyNotMoving(ground: Ground, source: Queue): Why | undefined {
  const { state, now } = ground;
  const task = state.moveTasks.findLast(({ sourceArn }) => sourceArn === source.arn);
  if (task === undefined || task.status === 'COMPLETED' || task.status === 'CANCELLED') return undefined;
  const { visible, inFlight } = state.store.counts(source.row);
  const left = visible + inFlight;
  if (left === 0) return undefined;
  const failed = task.status === 'FAILED';
  const changes: WhyChange = failed
    ? { by: 'act', into: 'another task' }
    : { by: 'time', at: endOf(state, source, task), into: 'the task is done', notBefore: true };
  return {
    title: `the move task of ${source.name}`,
    answer: failed
      ? `The task failed after ${several(task.moved, 'message')}: ${FAILURES[task.failure ?? ''] ?? task.failure}`
      : visible === 0
        ? `What is left in ${source.name} is in flight: a task takes only what is visible.`
        : `The task moves one message after the other; ${several(visible, 'is', 'are')} left.`,
    at: now,
    rule: RULES.moveTasks,
    values: [
      { label: 'status', is: worded(task.status) },
      ...taskValues(task),
      { label: 'left, visible', is: counted(visible) },
    ],
    changes,
    remedies: failed
      ? [
          helps(
            'say where they go',
            `aws sqs start-message-move-task --source-arn ${source.arn} --destination-arn …`,
          ),
          helpsNot('the same task again: it fails at the same message'),
        ]
      : [helps('a higher rate: --max-number-of-messages-per-second, up to 500')],
  };
}

const FAILURES: Readonly<Record<string, string>> = {
  CouldNotDetermineMessageSource:
    'a message was sent straight to the dead-letter queue, and has no source to go back to.',
  'AWS.SimpleQueueService.NonExistentQueue': 'the queue it goes to is not there.',
};
