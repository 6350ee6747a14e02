/** What a consumer does with a message it holds: delete it, or change how long it stays hidden. */
import {
  ChangeMessageVisibility$,
  type ChangeMessageVisibilityRequest,
  DeleteMessage$,
  type DeleteMessageRequest,
} from '@aws-sdk/client-sqs';
import { QUEUE_URL, sqsOperation } from '../define.ts';
import { VISIBILITY_SECONDS_MAX } from '../limits.ts';
import { queueAt } from '../rules/queueUrl.ts';
import { changeVisibility, checkChange, deleteByHandle } from '../rules/receipts.ts';
import { admit } from '../rules/throughput.ts';

const RECEIPT_HANDLE = { purpose: 'the handle that the receive gave', refersTo: 'receiptHandle' } as const;

export const deleteMessage = sqsOperation<DeleteMessageRequest>(DeleteMessage$, {
  summary: 'Removes a received message for good: the work is done.',
  members: { QueueUrl: QUEUE_URL, ReceiptHandle: RECEIPT_HANDLE },
  handle(context, { QueueUrl, ReceiptHandle }) {
    const queue = queueAt(context, QueueUrl!);
    admit(context, queue, 'delete', 'DeleteMessage');
    deleteByHandle(context, queue, ReceiptHandle!);
    return {};
  },
});

export const changeMessageVisibility = sqsOperation<ChangeMessageVisibilityRequest>(
  ChangeMessageVisibility$,
  {
    summary: 'Hides a received message for longer, or shows it at once.',
    members: {
      QueueUrl: QUEUE_URL,
      ReceiptHandle: RECEIPT_HANDLE,
      VisibilityTimeout: {
        purpose: 'hide it for so long from now; 0 shows it at once',
        min: 0,
        max: VISIBILITY_SECONDS_MAX,
        unit: 's',
      },
    },
    handle(context, { QueueUrl, ReceiptHandle, VisibilityTimeout }) {
      const queue = queueAt(context, QueueUrl!);
      admit(context, queue, 'change', 'ChangeMessageVisibility');
      const change = checkChange(context, queue, ReceiptHandle!, VisibilityTimeout!);
      if (change !== undefined) changeVisibility(context, queue, change);
      return {};
    },
  },
);
