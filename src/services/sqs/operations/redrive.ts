/** Dead-letter queues: who feeds one, and moving its messages on. */
import {
  CancelMessageMoveTask$,
  type CancelMessageMoveTaskRequest,
  ListDeadLetterSourceQueues$,
  type ListDeadLetterSourceQueuesRequest,
  ListMessageMoveTasks$,
  type ListMessageMoveTasksRequest,
  StartMessageMoveTask$,
  type StartMessageMoveTaskRequest,
} from '@aws-sdk/client-sqs';
import { parseArn } from '../../../contract/arn.ts';
import { messageId } from '../../../contract/messageId.ts';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64, fromBase64 } from '../../../engine/plainJson.ts';
import type { Context } from '../../../engine/service.ts';
import { QUEUE_URL, sqsOperation } from '../define.ts';
import { invalidParameterValue, invalidValue, resourceNotFound } from '../errors.ts';
import { LIST_RESULTS_MAX, MOVE_RATE_MAX, MOVE_TASKS_LISTED_MAX } from '../limits.ts';
import { type MoveTask, type Queue, type SqsState, utc } from '../model.ts';
import { addTask, isActive, scheduleMove } from '../rules/moveTasks.ts';
import { page, pageMembers } from '../rules/paging.ts';
import { queueAt } from '../rules/queueUrl.ts';
import { jsonObject, queueByArn, sourcesOf } from '../rules/redrivePolicy.ts';

export const listDeadLetterSourceQueues = sqsOperation<ListDeadLetterSourceQueuesRequest>(
  ListDeadLetterSourceQueues$,
  {
    summary: 'Lists the queues whose failed messages end in this dead-letter queue.',
    members: {
      QueueUrl: { ...QUEUE_URL, purpose: 'the dead-letter queue, by its URL' },
      ...pageMembers({ max: LIST_RESULTS_MAX, unit: 'entries' }),
    },
    pagination: {
      inputToken: 'NextToken',
      outputToken: 'NextToken',
      result: 'queueUrls',
      limitKey: 'MaxResults',
    },
    handle(context, { QueueUrl, MaxResults, NextToken }) {
      const queue = queueAt(context, QueueUrl!);
      const urls = sourcesOf(context.state, queue)
        .map(({ url }) => url)
        .sort();
      const { items, next } = page(urls, { MaxResults, NextToken });
      return { queueUrls: items, ...(next === undefined ? {} : { NextToken: next }) };
    },
  },
);

export const startMessageMoveTask = sqsOperation<StartMessageMoveTaskRequest>(StartMessageMoveTask$, {
  summary: 'Moves the messages of a dead-letter queue back, or to another queue.',
  members: {
    SourceArn: { purpose: 'the dead-letter queue, by its ARN', refersTo: 'queueArn' },
    DestinationArn: {
      purpose: 'where to; left out: where each message was sent first',
      refersTo: 'queueArn',
    },
    MaxNumberOfMessagesPerSecond: {
      purpose: 'no faster than this',
      min: 1,
      max: MOVE_RATE_MAX,
      unit: '/s',
    },
  },
  handle(context, { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond }) {
    const { state, now } = context;
    const source = ownQueue(context, 'SourceArn', SourceArn!);
    if (sourcesOf(state, source).length === 0) {
      throw invalidParameterValue('Source queue must be configured as a Dead Letter Queue.');
    }
    if (DestinationArn !== undefined) {
      if (DestinationArn === SourceArn) {
        throw invalidParameterValue('Source queue arn and destination queue arn cannot be the same.');
      }
      const { fifo } = ownQueue(context, 'DestinationArn', DestinationArn);
      if (fifo !== source.fifo) {
        // UNSURE: the sentence.
        throw invalidParameterValue('Source and destination queue must be of the same type.');
      }
    }
    const rate = MaxNumberOfMessagesPerSecond;
    if (rate !== undefined && !(Number.isInteger(rate) && rate >= 1 && rate <= MOVE_RATE_MAX)) {
      throw invalidParameterValue(
        `Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a number that's between 1 and ${MOVE_RATE_MAX}.`,
      );
    }
    if (state.moveTasks.some((task) => task.sourceArn === source.arn && isActive(task))) {
      throw invalidParameterValue(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const { visible, inFlight, delayed } = state.store.counts(source.row);
    const task: MoveTask = {
      number: state.tasksMade++,
      sourceArn: source.arn,
      destinationArn: DestinationArn,
      ratePerSecond: rate,
      started: now,
      toMove: visible + inFlight + delayed,
      moved: 0,
      status: 'RUNNING',
      failure: undefined,
    };
    addTask(state, task);
    scheduleMove(context, task);
    return { TaskHandle: handleOf(state, task) };
  },
});

function ownQueue({ state, caller }: Context<SqsState>, parameter: string, arn: string): Queue {
  if (parseArn(arn) === undefined) {
    throw invalidParameterValue(
      `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
    );
  }
  const queue = queueByArn(state, arn);
  if (queue === undefined || queue.account !== caller.account) {
    throw resourceNotFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
  }
  return queue;
}

const TASK_IDS = 1;

const taskId = (state: SqsState, task: MoveTask): string => messageId(state.seed, task.number, TASK_IDS);

const handleOf = (state: SqsState, task: MoveTask): string =>
  base64(utf8Bytes(JSON.stringify({ taskId: taskId(state, task), sourceArn: task.sourceArn })));

export const listMessageMoveTasks = sqsOperation<ListMessageMoveTasksRequest>(ListMessageMoveTasks$, {
  summary: 'Shows the latest move tasks of a dead-letter queue, newest first.',
  members: {
    SourceArn: { purpose: 'the dead-letter queue, by its ARN', refersTo: 'queueArn' },
    MaxResults: {
      purpose: 'how many at most',
      min: 1,
      max: MOVE_TASKS_LISTED_MAX,
      default: 1,
      unit: 'entries',
    },
  },
  handle(context, { SourceArn, MaxResults = 1 }) {
    const { state } = context;
    const source = ownQueue(context, 'SourceArn', SourceArn!);
    if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > MOVE_TASKS_LISTED_MAX) {
      // UNSURE: the sentence.
      throw invalidValue(
        MaxResults,
        'MaxResults',
        `Must be between 1 and ${MOVE_TASKS_LISTED_MAX}, if provided.`,
      );
    }
    const tasks = state.moveTasks.filter(({ sourceArn }) => sourceArn === source.arn).reverse();
    if (tasks.length === 0) return {};
    return { Results: tasks.slice(0, MaxResults).map((task) => describeTask(state, task)) };
  },
});

function describeTask(state: SqsState, task: MoveTask): object {
  return {
    ...(task.status === 'RUNNING' && { TaskHandle: handleOf(state, task) }),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
    ...(task.ratePerSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.ratePerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failure !== undefined && { FailureReason: task.failure }),
    StartedTimestamp: utc(state, task.started),
  };
}

export const cancelMessageMoveTask = sqsOperation<CancelMessageMoveTaskRequest>(CancelMessageMoveTask$, {
  summary: 'Stops a move task; what has been moved stays moved.',
  members: {
    TaskHandle: { purpose: 'the handle that the start gave', refersTo: 'taskHandle' },
  },
  handle({ state, caller }, { TaskHandle }) {
    const given = jsonObject(utf8Text(fromBase64(TaskHandle!)) ?? '');
    if (typeof given?.taskId !== 'string' || typeof given.sourceArn !== 'string') {
      throw invalidParameterValue('Value for parameter TaskHandle is invalid.');
    }
    const task = state.moveTasks.find((one) => handleOf(state, one) === TaskHandle);
    const source = queueByArn(state, given.sourceArn);
    if (task === undefined || !isActive(task) || source?.account !== caller.account) {
      throw resourceNotFound('Task does not exist.');
    }
    // The message on its way still arrives.
    task.status = 'CANCELLING';
    return { ApproximateNumberOfMessagesMoved: task.moved };
  },
});
