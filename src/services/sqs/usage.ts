/**
 * What AWS bills: requests, a 64 KB chunk of payload each (Amazon SQS pricing). A receive counts what it returned, a
 * batch the sum of its messages. And what was counted about the same work (`work.ts`).
 *
 * UNSURE: whether refused calls are billed; here they are not.
 */
import { utf8Length } from '../../contract/text.ts';
import { requestsOf, type Usage, type Work } from '../../contract/usage.ts';
import type { Caller, Outcome, Request } from '../../engine/service.ts';
import type { Instant } from '../../engine/units.ts';
import { noteUse } from './metrics.ts';
import type { SqsState } from './model.ts';
import { attributesSize } from './rules/messageAttributes.ts';
import {
  type Action,
  countEmptyReceive,
  countKeyCalls,
  countReceive,
  countSend,
  endLongPoll,
  type Load,
  REUSE_SECONDS,
} from './work.ts';

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
  const fifo = url.endsWith('.fifo');
  const kind = fifo ? state.work.fifo : state.work.standard;
  if (action === 'delete' || action === 'change') {
    state.requests[fifo ? 'fifo' : 'standard']++;
    const messages = Entries?.length ?? 1;
    if (action === 'delete') {
      kind.deleted += messages;
      kind.deleteRequests++;
    } else {
      kind.changed += messages;
      kind.changeRequests++;
    }
    return;
  }
  const { Messages = NONE } = outcome.output as { readonly Messages?: readonly Payload[] };
  const load =
    action === 'receive' ? loadOf(Messages) : Entries === undefined ? loadOfOne(input) : loadOf(Entries);
  const requests = requestsOf(load.bytes);
  state.requests[fifo ? 'fifo' : 'standard'] += requests;
  if (!fifo && load.grouped) state.requests.fair += requests;
  const queue = state.queueOfUrl.get(url);
  if (action === 'send') countSend(kind, load);
  else if (load.messages > 0) {
    if (state.work.longPolls.size > 0) endLongPoll(state.work, kind, pollerOf(url, caller), now);
    countReceive(kind, load);
  } else {
    const wait = input.WaitTimeSeconds ?? queue?.settings.ReceiveMessageWaitTimeSeconds ?? 0;
    countEmptyReceive(state.work, kind, pollerOf(url, caller), now, wait * 1_000);
    return;
  }
  if (queue?.settings.KmsMasterKeyId !== undefined) countKeyCalls(state.work, queue, action, caller, now);
}

const pollerOf = (url: string, { by }: Caller): string => `${url} ${by}`;

interface Measured extends Load {
  /** Does a message name a group? */
  readonly grouped: boolean;
}

function loadOfOne(payload: Payload): Measured {
  const bytes = sizeOf(payload);
  return { messages: 1, bytes, largest: bytes, grouped: hasGroup(payload) };
}

function loadOf(payloads: readonly Payload[]): Measured {
  let bytes = 0;
  let largest = 0;
  let grouped = false;
  for (const payload of payloads) {
    const size = sizeOf(payload);
    bytes += size;
    if (size > largest) largest = size;
    if (hasGroup(payload)) grouped = true;
  }
  return { messages: payloads.length, bytes, largest, grouped };
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
