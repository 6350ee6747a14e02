/**
 * What AWS bills: requests, a 64 KB chunk of payload each (Amazon SQS pricing). A receive counts what it returned, a
 * batch the sum of its messages.
 *
 * UNSURE: whether refused calls are billed; here they are not.
 */
import { utf8Length } from '../../contract/text.ts';
import type { Usage } from '../../contract/usage.ts';
import type { Outcome, Request } from '../../engine/service.ts';
import type { SqsState } from './model.ts';
import { attributesSize } from './rules/messageAttributes.ts';

/** Bytes in one billed chunk. */
const CHUNK = 65_536;

/** Billed at the FIFO rate on a FIFO queue; every other action is at the standard rate. */
const FIFO_RATED = /^(?:SendMessage|ReceiveMessage|DeleteMessage|ChangeMessageVisibility)(?:Batch)?$/;

interface Payload {
  readonly Body?: string;
  readonly MessageBody?: string;
  readonly MessageAttributes?: Parameters<typeof attributesSize>[0];
  readonly MessageGroupId?: string;
}

const NONE: readonly Payload[] = Object.freeze([]);

export function metered(state: SqsState, { operation, input }: Request, outcome: Outcome): void {
  if (!outcome.ok) return;
  const { QueueUrl = '', Entries } = input as {
    readonly QueueUrl?: string;
    readonly Entries?: readonly Payload[];
  };
  const { Messages = NONE } = outcome.output as { readonly Messages?: readonly Payload[] };
  const single = operation === 'SendMessage' ? (input as Payload) : undefined;
  const payloads = operation === 'SendMessageBatch' ? (Entries ?? NONE) : Messages;
  let bytes = single === undefined ? 0 : sizeOf(single);
  for (const payload of payloads) bytes += sizeOf(payload);
  const requests = Math.max(1, Math.ceil(bytes / CHUNK));
  const fifo = QueueUrl.endsWith('.fifo') && FIFO_RATED.test(operation);
  state.requests[fifo ? 'fifo' : 'standard'] += requests;
  const hasGroup = ({ MessageGroupId }: Payload): boolean => MessageGroupId !== undefined;
  if (!fifo && (payloads.some(hasGroup) || (single !== undefined && hasGroup(single)))) {
    state.requests.fair += requests;
  }
}

export const usage = ({ requests }: SqsState): readonly Usage[] => [
  { item: 'sqs/standard-requests', quantity: requests.standard },
  { item: 'sqs/fifo-requests', quantity: requests.fifo },
  { item: 'sqs/fair-queue-requests', quantity: requests.fair, surcharge: true },
];

const sizeOf = ({ Body, MessageBody, MessageAttributes }: Payload): number =>
  utf8Length(Body ?? MessageBody ?? '') +
  (MessageAttributes === undefined ? 0 : attributesSize(MessageAttributes));
