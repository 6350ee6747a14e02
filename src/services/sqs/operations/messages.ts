/** Sending and receiving one call at a time. */
import {
  ReceiveMessage$,
  type ReceiveMessageRequest,
  SendMessage$,
  type SendMessageRequest,
} from '@aws-sdk/client-sqs';
import { PARKED } from '../../../engine/service.ts';
import { type Seconds, seconds, toMilliseconds } from '../../../engine/units.ts';
import { QUEUE_URL, sqsOperation } from '../define.ts';
import { invalidValue } from '../errors.ts';
import {
  ATTRIBUTE_RANGES,
  DELAY_SECONDS_MAX,
  RECEIVE_COUNT_MAX,
  VISIBILITY_SECONDS_MAX,
  WAIT_SECONDS_MAX,
} from '../limits.ts';
import { park, wake } from '../rules/longPolls.ts';
import { queueAt } from '../rules/queueUrl.ts';
import { answerEmpty, checkInFlight, type Receive, take } from '../rules/receiving.ts';
import { checkId, checkSend, send } from '../rules/sending.ts';
import { SentAnswer } from '../rules/sentAnswer.ts';
import { SYSTEM_ATTRIBUTE_NAMES } from '../rules/systemAttributes.ts';
import { admit, admitGroup } from '../rules/throughput.ts';

export const sendMessage = sqsOperation<SendMessageRequest>(SendMessage$, {
  summary: 'Puts a message into a queue.',
  members: {
    QueueUrl: QUEUE_URL,
    MessageBody: { purpose: 'the text of the message', min: 1, max: 1_048_576, unit: 'bytes' },
    DelaySeconds: {
      purpose: 'keep it back for so long; not on FIFO queues',
      min: 0,
      max: DELAY_SECONDS_MAX,
      unit: 's',
    },
    MessageAttributes: { purpose: 'up to ten values beside the body; they count in the size' },
    MessageSystemAttributes: { purpose: 'a trace header, AWSTraceHeader' },
    MessageDeduplicationId: {
      purpose: 'FIFO: the same id within 5 minutes is one message',
      min: 1,
      max: 128,
      unit: 'characters',
    },
    MessageGroupId: {
      purpose: 'FIFO: messages of one group stay in order',
      min: 1,
      max: 128,
      unit: 'characters',
    },
  },
  handle(context, input) {
    const queue = queueAt(context, input.QueueUrl!);
    const checked = checkSend(queue, input, false);
    admit(context, queue, 'send', 'SendMessage');
    admitGroup(context, queue, checked.group, 'SendMessage');
    return new SentAnswer(send(context, queue, checked), checked, queue.fifo);
  },
});

export const receiveMessage = sqsOperation<ReceiveMessageRequest>(ReceiveMessage$, {
  summary: 'Takes up to ten visible messages and hides them for a while.',
  members: {
    QueueUrl: QUEUE_URL,
    AttributeNames: {
      purpose: 'older name of MessageSystemAttributeNames',
      values: SYSTEM_ATTRIBUTE_NAMES,
    },
    MessageSystemAttributeNames: {
      purpose: 'show what SQS knows of the message; All for all',
      values: SYSTEM_ATTRIBUTE_NAMES,
    },
    MessageAttributeNames: { purpose: "show the sender's attributes; All for all" },
    MaxNumberOfMessages: {
      purpose: 'how many at most',
      min: 1,
      max: RECEIVE_COUNT_MAX,
      default: 1,
      unit: 'messages',
    },
    VisibilityTimeout: {
      purpose: "hide them for so long, not for the queue's time",
      min: 0,
      max: VISIBILITY_SECONDS_MAX,
      default: ATTRIBUTE_RANGES.VisibilityTimeout.default,
      unit: 's',
    },
    WaitTimeSeconds: {
      purpose: 'wait so long for a message (long poll)',
      min: 0,
      max: WAIT_SECONDS_MAX,
      default: ATTRIBUTE_RANGES.ReceiveMessageWaitTimeSeconds.default,
      unit: 's',
    },
    ReceiveRequestAttemptId: {
      purpose: 'FIFO: repeat a lost receive under the same id',
      min: 1,
      max: 128,
      unit: 'characters',
    },
  },
  handle(context, input) {
    const { state, call } = context;
    const queue = queueAt(context, input.QueueUrl!);
    const receive = readReceive(input, context.caller.by);
    const wait = readWait(input.WaitTimeSeconds) ?? queue.settings.ReceiveMessageWaitTimeSeconds;
    if (!queue.fifo && receive.attemptId !== undefined) {
      // UNSURE: whether AWS refuses it, and in which words.
      throw invalidValue(
        receive.attemptId,
        'ReceiveRequestAttemptId',
        'The request includes a parameter that is not valid for this queue type.',
      );
    }
    admit(context, queue, 'receive', 'ReceiveMessage');
    if (wait === 0) checkInFlight(state, queue);
    const { messages, movedTo, asked } = take(context, queue, receive, wait === 0 ? 'short' : 'long');
    if (movedTo !== undefined) wake(context, movedTo);
    if (messages.length > 0) return { Messages: messages };
    if (wait === 0 || call === undefined) return answerEmpty(context, queue, receive.by, asked);
    park(context, queue, receive, call, toMilliseconds(wait));
    return PARKED;
  },
});

function readReceive(input: ReceiveMessageRequest, by: string): Receive {
  const { MaxNumberOfMessages: max = 1, VisibilityTimeout: timeout } = input;
  if (!Number.isInteger(max) || max < 1 || max > RECEIVE_COUNT_MAX) {
    throw invalidValue(
      max,
      'MaxNumberOfMessages',
      `Must be between 1 and ${RECEIVE_COUNT_MAX}, if provided.`,
    );
  }
  if (timeout !== undefined && !inRange(timeout, VISIBILITY_SECONDS_MAX)) {
    throw invalidValue(
      timeout,
      'VisibilityTimeout',
      `Must be >= 0 and <= ${VISIBILITY_SECONDS_MAX}, if provided.`,
    );
  }
  checkId('ReceiveRequestAttemptId', input.ReceiveRequestAttemptId);
  return {
    by,
    max,
    timeout: timeout === undefined ? undefined : seconds(timeout),
    systemAttributes: input.MessageSystemAttributeNames ?? input.AttributeNames ?? NONE,
    attributeNames: input.MessageAttributeNames ?? NONE,
    attemptId: input.ReceiveRequestAttemptId,
  };
}

const NONE: readonly string[] = Object.freeze([]);

function readWait(given: number | undefined): Seconds | undefined {
  if (given === undefined) return undefined;
  if (inRange(given, WAIT_SECONDS_MAX)) return seconds(given);
  throw invalidValue(given, 'WaitTimeSeconds', `Must be >= 0 and <= ${WAIT_SECONDS_MAX}, if provided.`);
}

const inRange = (value: number, max: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= max;
