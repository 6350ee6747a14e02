/** One message into one queue: first everything is checked, then it is done. A batch loops over these two. */
import { sha256Hex } from '../../../contract/md5.ts';
import { utf8Length } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context } from '../../../engine/service.ts';
import { type Milliseconds, seconds, toMilliseconds } from '../../../engine/units.ts';
import { invalidParameterValue, invalidValue, missingParameter } from '../errors.ts';
import { emit } from '../events.ts';
import { DELAY_SECONDS_MAX } from '../limits.ts';
import { noteSize } from '../metrics.ts';
import type { AttributeValue, MessageContent, Queue, SqsState } from '../model.ts';
import { rememberSent, sentBefore } from './deduplication.ts';
import { wake } from './longPolls.ts';
import {
  attributesSize,
  checkCharacters,
  type GivenAttributes,
  readMessageAttributes,
  readValue,
} from './messageAttributes.ts';
import { setStoreAlarm } from './storeAlarm.ts';

/** What SendMessage and an entry of SendMessageBatch have in common. */
export interface SendRequest {
  readonly MessageBody?: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: GivenAttributes | undefined;
  readonly MessageSystemAttributes?: GivenAttributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** A send that will be accepted. */
export interface CheckedSend {
  readonly body: string;
  /** Bytes of body and attributes. */
  readonly size: number;
  readonly delay: Milliseconds;
  readonly attributes: Readonly<Record<string, AttributeValue>> | undefined;
  readonly trace: Readonly<Record<string, AttributeValue>> | undefined;
  readonly group: string | undefined;
  readonly deduplicationId: string | undefined;
}

export const sizeOf = ({ MessageBody, MessageAttributes }: SendRequest): number =>
  utf8Length(MessageBody ?? '') + (MessageAttributes === undefined ? 0 : attributesSize(MessageAttributes));

/** Refuses in AWS's order. `inBatch`: the words for an entry of a batch differ. */
export function checkSend(queue: Queue, request: SendRequest, inBatch: boolean): CheckedSend {
  const { MessageBody: body, MessageDeduplicationId, MessageGroupId } = request;
  if (body === undefined || body === '') throw missingParameter('MessageBody');
  const size = sizeOf(request);
  const max = queue.settings.MaximumMessageSize;
  if (size > max) {
    const opening = inBatch ? 'cannot be validated' : 'are invalid';
    throw invalidParameterValue(
      `One or more parameters ${opening}. Reason: Message must be shorter than ${max} bytes.`,
      { why: `Body and attributes count ${size} bytes; MaximumMessageSize of ${queue.name} is ${max}.` },
    );
  }
  checkCharacters(body, 'The body');
  const attributes = request.MessageAttributes && readMessageAttributes(request.MessageAttributes);
  const trace = request.MessageSystemAttributes && readSystemAttributes(request.MessageSystemAttributes);
  checkId('MessageDeduplicationId', MessageDeduplicationId);
  checkId('MessageGroupId', MessageGroupId);
  if (!queue.fifo && MessageDeduplicationId !== undefined) {
    throw invalidValue(
      MessageDeduplicationId,
      'MessageDeduplicationId',
      'The request includes a parameter that is not valid for this queue type.',
      { why: `${queue.name} is a standard queue; deduplication ids belong to FIFO queues.` },
    );
  }
  return {
    body,
    size,
    delay: delayOf(queue, request.DelaySeconds),
    attributes,
    trace,
    group: groupOf(queue, MessageGroupId, inBatch),
    deduplicationId: deduplicationIdOf(queue, MessageDeduplicationId, body),
  };
}

/** SQS API Reference, SendMessage: alphanumeric characters and ASCII punctuation. */
const ID_PATTERN = /^[\x21-\x7e]{1,128}$/;

export function checkId(parameter: string, value: string | undefined): void {
  if (value === undefined || ID_PATTERN.test(value)) return;
  throw invalidValue(
    value,
    parameter,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function readSystemAttributes(given: GivenAttributes): Readonly<Record<string, AttributeValue>> {
  const result: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name !== 'AWSTraceHeader') {
      // UNSURE: the sentence; AWSTraceHeader of type String is the only one there is.
      throw invalidParameterValue(`Message system attribute name '${name}' is invalid.`);
    }
    const read = readValue('system', name, value ?? {});
    if (read.StringValue === undefined || read.DataType !== 'String') {
      // UNSURE: the sentence.
      throw invalidParameterValue(
        `The message system attribute '${name}' has an invalid type, the supported type is String.`,
      );
    }
    result[name] = read;
  }
  return Object.freeze(result);
}

/** A message's own delay replaces the queue's; on a FIFO queue only the queue's counts. */
function delayOf(queue: Queue, given: number | undefined): Milliseconds {
  if (given !== undefined && (!Number.isInteger(given) || given < 0 || given > DELAY_SECONDS_MAX)) {
    throw invalidValue(given, 'DelaySeconds', `DelaySeconds must be >= 0 and <= ${DELAY_SECONDS_MAX}.`);
  }
  if (queue.fifo && given !== undefined && given > 0) {
    throw invalidValue(
      given,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
      { why: `On a FIFO queue only the queue's own DelaySeconds (${queue.settings.DelaySeconds}) counts.` },
    );
  }
  return toMilliseconds(queue.fifo || given === undefined ? queue.settings.DelaySeconds : seconds(given));
}

export const NO_GROUP = {
  why: 'A FIFO queue keeps order inside a message group: each message names its own.',
};

function groupOf(queue: Queue, given: string | undefined, inBatch: boolean): string | undefined {
  if (!queue.fifo || given !== undefined) return given;
  // Recorded: the code differs between SendMessage and SendMessageBatch, the sentence does not.
  throw inBatch
    ? invalidParameterValue('The request must contain the parameter MessageGroupId.', NO_GROUP)
    : missingParameter('MessageGroupId', NO_GROUP);
}

/** Undefined on a standard queue. Refuses a FIFO message that nothing tells apart from others. */
export function deduplicationIdOf(queue: Queue, given: string | undefined, body: string): string | undefined {
  if (!queue.fifo || given !== undefined) return given;
  if (queue.settings.ContentBasedDeduplication) return sha256Hex(body);
  throw invalidParameterValue(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    { why: 'A FIFO queue knows a repeat by its deduplication id: yours, or one made from the body.' },
  );
}

/** Queues the message, or recognises it. Answers the content whose id the sender is told. */
export function send(context: Context<SqsState>, queue: Queue, checked: CheckedSend): MessageContent {
  const { state, now, caller } = context;
  const before = sentBefore(state, queue, checked, now);
  if (before !== undefined) {
    queue.open.deduplicated++;
    emit(context, {
      type: 'sqs/MessageDeduplicated',
      by: caller.by,
      queue: queue.name,
      content: before,
    });
    return before;
  }
  const content = contentOf(state, queue, checked, caller.account);
  const { delay, group } = checked;
  state.store.send(queue.row, content, now, queue.fifo && group !== undefined ? { delay, group } : { delay });
  if (queue.fifo) rememberSent(state, queue, checked, content, now);
  noteSize(queue, checked.size);
  queue.counters.sent++;
  countTraffic(queue.incoming, now);
  emit(context, {
    type: 'sqs/MessageSent',
    by: caller.by,
    queue: queue.name,
    content,
    delayMs: delay,
  });
  wake(context, queue);
  setStoreAlarm(context);
  return content;
}

function contentOf(
  state: SqsState,
  queue: Queue,
  { body, attributes, trace, group, deduplicationId }: CheckedSend,
  senderAccount: string,
): MessageContent {
  const core = { seed: state.seed, sequence: state.messagesMade++, body, home: queue.key, senderAccount };
  if (attributes === undefined && trace === undefined && group === undefined) return Object.freeze(core);
  const traceHeader = trace?.AWSTraceHeader?.StringValue;
  return Object.freeze({
    ...core,
    ...(attributes && { attributes }),
    ...(traceHeader !== undefined && { traceHeader }),
    ...(group !== undefined && { group }),
    ...(deduplicationId !== undefined && { deduplicationId }),
  });
}
