/**
 * Up to ten at once. A batch has rules of its own only for the whole request; each entry follows the single
 * operation's. HTTP says 200 also when entries failed: look at Failed.
 */
import {
  ChangeMessageVisibilityBatch$,
  type ChangeMessageVisibilityBatchRequest,
  DeleteMessageBatch$,
  type DeleteMessageBatchRequest,
  SendMessageBatch$,
  type SendMessageBatchRequest,
} from '@aws-sdk/client-sqs';
import { QUEUE_URL, sqsOperation } from '../define.ts';
import { batchRequestTooLong, invalidParameterValue, missingParameter } from '../errors.ts';
import { BATCH_ENTRIES_MAX, sizeLimits } from '../limits.ts';
import { checkEntries, eachEntry } from '../rules/batches.ts';
import { queueAt } from '../rules/queueUrl.ts';
import { changeVisibility, checkChange, deleteByHandle } from '../rules/receipts.ts';
import { checkSend, deduplicationIdOf, NO_GROUP, send, sizeOf } from '../rules/sending.ts';
import { SentAnswer } from '../rules/sentAnswer.ts';
import { admit, admitGroup } from '../rules/throughput.ts';

const entries = (purpose: string) => ({ purpose, min: 1, max: BATCH_ENTRIES_MAX, unit: 'entries' }) as const;

export const sendMessageBatch = sqsOperation<SendMessageBatchRequest>(SendMessageBatch$, {
  summary: 'Puts up to ten messages into a queue in one call.',
  members: {
    QueueUrl: QUEUE_URL,
    Entries: entries('the messages, each with an Id of your own and a MessageBody'),
  },
  handle(context, input) {
    const queue = queueAt(context, input.QueueUrl!);
    const given = checkEntries(input.Entries, 'SendMessageBatchRequestEntry');
    const total = given.reduce((sum, entry) => sum + sizeOf(entry), 0);
    const max = sizeLimits(context.state.limits).batchBytesMax;
    if (total > max) throw batchRequestTooLong(max, total);
    if (queue.fifo && given.some((entry) => entry.MessageGroupId === undefined)) {
      throw invalidParameterValue('The request must contain the parameter MessageGroupId.', NO_GROUP);
    }
    // Recorded: one entry without it refuses the whole batch.
    for (const { MessageDeduplicationId: id, MessageBody = '' } of given)
      deduplicationIdOf(queue, id, MessageBody);
    admit(context, queue, 'send', 'SendMessageBatch');
    const groups = new Set<string>();
    return eachEntry(given, (entry) => {
      const checked = checkSend(queue, entry, true);
      admitGroup(context, queue, checked.group, 'SendMessageBatch', groups);
      return new SentAnswer(send(context, queue, checked), checked, queue.fifo);
    });
  },
});

export const deleteMessageBatch = sqsOperation<DeleteMessageBatchRequest>(DeleteMessageBatch$, {
  summary: 'Removes up to ten received messages in one call.',
  members: {
    QueueUrl: QUEUE_URL,
    Entries: entries('the handles, each with an Id of your own'),
  },
  handle(context, input) {
    const queue = queueAt(context, input.QueueUrl!);
    const given = checkEntries(input.Entries, 'DeleteMessageBatchRequestEntry');
    admit(context, queue, 'delete', 'DeleteMessageBatch');
    return eachEntry(given, ({ ReceiptHandle }) => {
      if (ReceiptHandle === undefined) throw missingParameter('ReceiptHandle');
      deleteByHandle(context, queue, ReceiptHandle);
      return {};
    });
  },
});

export const changeMessageVisibilityBatch = sqsOperation<ChangeMessageVisibilityBatchRequest>(
  ChangeMessageVisibilityBatch$,
  {
    summary: 'Changes how long up to ten received messages stay hidden, in one call.',
    members: {
      QueueUrl: QUEUE_URL,
      Entries: entries('the handles, each with an Id of your own and a VisibilityTimeout'),
    },
    handle(context, input) {
      const queue = queueAt(context, input.QueueUrl!);
      const given = checkEntries(input.Entries, 'ChangeMessageVisibilityBatchRequestEntry');
      admit(context, queue, 'change', 'ChangeMessageVisibilityBatch');
      return eachEntry(given, ({ ReceiptHandle, VisibilityTimeout }) => {
        if (ReceiptHandle === undefined) throw missingParameter('ReceiptHandle');
        if (VisibilityTimeout === undefined) throw missingParameter('VisibilityTimeout');
        const change = checkChange(context, queue, ReceiptHandle, VisibilityTimeout);
        if (change !== undefined) changeVisibility(context, queue, change);
        return {};
      });
    },
  },
);
