/**
 * What AWS bills: requests, a 64 KB chunk of payload each (Amazon SQS pricing). A receive counts what it returned, a
 * batch the sum of its messages. And what was counted about the same work (`work.ts`).
 *
 * UNSURE: whether refused calls are billed; here they are not.
 */
import { utf8Length } from '../../contract/text.ts';
import { requestsOf, type Usage, type Work } from '../../contract/usage.ts';
import type { Outcome, Request } from '../../engine/service.ts';
import type { Instant } from '../../engine/units.ts';
import { noteUse } from './metrics.ts';
import type { SqsState } from './model.ts';
import { attributesSize } from './rules/messageAttributes.ts';
import { type Action, countWork, REUSE_SECONDS } from './work.ts';

/** Billed at the FIFO rate on a FIFO queue; every other action is at the standard rate. */
const ACTIONS: Readonly<Record<string, Action>> = {
  SendMessage: 'send',
  SendMessageBatch: 'send',
  ReceiveMessage: 'receive',
  DeleteMessage: 'delete',
  DeleteMessageBatch: 'delete',
  ChangeMessageVisibility: 'change',
  ChangeMessageVisibilityBatch: 'change',
};

interface Payload {
  readonly Body?: string;
  readonly MessageBody?: string;
  readonly MessageAttributes?: Parameters<typeof attributesSize>[0];
  readonly MessageGroupId?: string;
}

interface Input extends Payload {
  readonly QueueUrl?: string;
  readonly Entries?: readonly Payload[];
  readonly WaitTimeSeconds?: number;
}

const NONE: readonly Payload[] = Object.freeze([]);

export function metered(state: SqsState, request: Request, outcome: Outcome, now: Instant): void {
  if (!outcome.ok) return;
  const { operation, caller } = request;
  const input = request.input as Input;
  const { QueueUrl: url = '', Entries } = input;
  const action = ACTIONS[operation];
  if (action === undefined) {
    state.requests.standard++;
    noteUse(state, url);
    return;
  }
  const { Messages = NONE } = outcome.output as { readonly Messages?: readonly Payload[] };
  const single = operation === 'SendMessage';
  const payloads = action === 'send' ? (Entries ?? NONE) : Messages;
  let bytes = single ? sizeOf(input) : 0;
  let largest = bytes;
  for (const payload of payloads) {
    const size = sizeOf(payload);
    bytes += size;
    if (size > largest) largest = size;
  }
  const requests = requestsOf(bytes);
  const fifo = url.endsWith('.fifo');
  state.requests[fifo ? 'fifo' : 'standard'] += requests;
  if (!fifo && (payloads.some(hasGroup) || (single && hasGroup(input)))) state.requests.fair += requests;

  const queue = state.queueOfUrl.get(url);
  const messages = action === 'receive' ? Messages.length : (Entries?.length ?? 1);
  const wait = input.WaitTimeSeconds ?? queue?.settings.ReceiveMessageWaitTimeSeconds ?? 0;
  countWork(state.work, {
    action,
    url,
    queue,
    caller,
    now,
    messages,
    bytes,
    largest,
    waitedMs: wait * 1_000,
  });
}

export const usage = ({ requests, work }: SqsState): readonly Usage[] => [
  { item: 'sqs/standard-requests', quantity: requests.standard },
  { item: 'sqs/fifo-requests', quantity: requests.fifo },
  { item: 'sqs/fair-queue-requests', quantity: requests.fair, surcharge: true },
  ...(work.keyCalls[0] === 0 ? [] : [{ item: 'kms/calls', quantity: work.keyCalls[0]! }]),
];

/** `standard.emptyReceives`, `fifo.sent`, `keyCallsAt.300` … */
export function work({ work: { standard, fifo, keyCalls } }: SqsState): Work {
  const facts: Record<string, number> = { keyCalls: keyCalls[0] ?? 0 };
  for (const [index, seconds] of REUSE_SECONDS.entries()) {
    facts[`keyCallsAt.${seconds}`] = keyCalls[index + 1] ?? 0;
  }
  for (const [name, count] of Object.entries(standard)) facts[`standard.${name}`] = count;
  for (const [name, count] of Object.entries(fifo)) facts[`fifo.${name}`] = count;
  return facts;
}

const hasGroup = ({ MessageGroupId }: Payload): boolean => MessageGroupId !== undefined;

const sizeOf = ({ Body, MessageBody, MessageAttributes }: Payload): number =>
  utf8Length(Body ?? MessageBody ?? '') +
  (MessageAttributes === undefined ? 0 : attributesSize(MessageAttributes));
