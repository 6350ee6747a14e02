/** Which explanation fits a question about SQS. */
import type { Why, WhyGround, WhyQuestion } from '../../../contract/why.ts';
import { helps } from '../../../contract/why.ts';
import { several } from '../../../contract/whyWords.ts';
import type { Refusal, Request } from '../../../engine/service.ts';
import type { ReceiveEmpty } from '../events.ts';
import type { Queue, SqsState } from '../model.ts';
import { keyInUrl } from '../rules/queueUrl.ts';
import { queueByArn } from '../rules/redrivePolicy.ts';
import type { SendRequest } from '../rules/sending.ts';
import { queueOf } from '../view.ts';
import { whyMessage } from './messages.ts';
import { whyMoveRefused, whyNotMoving } from './moveTasks.ts';
import { whyNameExists, whyNameTaken, whyNoQueue, whyPurgeRefused } from './queues.ts';
import { whyHandleRefused, whyNotDeleted, whyTooLong } from './receipts.ts';
import { answerOf, meet, roomIn, whyNothing } from './receiving.ts';
import { RULES } from './rules.ts';
import { whyDeduplicated, whyThrottled, whyTooLarge } from './sending.ts';
import { readyCount } from './tables.ts';

type Ground = WhyGround<SqsState>;

interface Given extends SendRequest {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly QueueOwnerAWSAccountId?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
  readonly SourceArn?: string;
  readonly Entries?: readonly SendRequest[];
}

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  switch (question.type) {
    case 'resource':
      return whyQueue(ground, question.id);
    case 'message':
      return whyMessage(ground, question.prefix);
    case 'call': {
      const { request, outcome } = question;
      if (request.service !== 'sqs') return undefined;
      return outcome.ok
        ? whyNothingHappened(ground, request, outcome.output)
        : whyRefused(ground, request, outcome.refusal);
    }
  }
}

/** Answers in which something may not have happened. */
export function wonders({ operation, input }: Request, output: object): boolean {
  const { Messages } = output as { readonly Messages?: readonly unknown[] };
  if (operation === 'ReceiveMessage') return (Messages ?? []).length === 0;
  if (operation === 'SendMessage') return (input as Given).MessageGroupId !== undefined;
  return operation === 'DeleteMessage';
}

function queueIn({ state }: Ground, { QueueUrl, SourceArn }: Given): Queue | undefined {
  if (QueueUrl === undefined) return SourceArn === undefined ? undefined : queueByArn(state, SourceArn);
  const key = keyInUrl(state, QueueUrl);
  return state.queueOfUrl.get(QueueUrl) ?? (key === undefined ? undefined : state.queues.get(key));
}

function whyNothingHappened(
  ground: Ground,
  { operation, input, caller }: Request,
  output: object,
): Why | undefined {
  const given = input as Given;
  const queue = queueIn(ground, given);
  if (queue === undefined) return undefined;
  const { Messages, MessageId = '' } = output as { Messages?: readonly unknown[]; MessageId?: string };
  switch (operation) {
    case 'ReceiveMessage': {
      if ((Messages ?? []).length > 0) return undefined;
      const title = `${ownerOf(caller.by)} receive of ${queue.name} came back empty`;
      return whyNothing(meet(ground, queue, title, emptiedNow(ground, queue, caller.by)));
    }
    case 'SendMessage':
      return queue.fifo ? whyDeduplicated(ground, queue, given, MessageId) : undefined;
    case 'DeleteMessage':
      return whyNotDeleted(ground, queue, given.ReceiptHandle ?? '');
    default:
      return undefined;
  }
}

const ownerOf = (by: string): string => (by === 'you' ? 'your' : `the ${by}`);

function emptiedNow({ lately, now }: Ground, queue: Queue, by: string): ReceiveEmpty | undefined {
  for (const { at, event } of lately(200)) {
    if (at !== now) return undefined;
    if (event.type !== 'sqs/ReceiveEmpty' || event.by !== by) continue;
    const emptied = event as ReceiveEmpty;
    if (emptied.queue === queue.name) return emptied;
  }
  return undefined;
}

const CODE = 'AWS.SimpleQueueService.';

function whyRefused(
  ground: Ground,
  { operation, input, caller }: Request,
  refusal: Refusal,
): Why | undefined {
  const given = input as Given;
  const { state } = ground;
  const { code, message } = refusal;
  if (code === `${CODE}NonExistentQueue`) {
    const name = `${given.QueueOwnerAWSAccountId ?? caller.account}/${given.QueueName}`;
    const key = given.QueueUrl === undefined ? name : keyInUrl(state, given.QueueUrl);
    return key === undefined ? undefined : whyNoQueue(ground, key);
  }
  const key = `${caller.account}/${given.QueueName}`;
  if (code === `${CODE}QueueDeletedRecently`) return whyNameTaken(ground, key);
  if (code === 'QueueAlreadyExists') {
    const there = state.queues.get(key);
    return there && whyNameExists(ground, there, given.Attributes ?? {});
  }
  const queue = queueIn(ground, given);
  if (queue === undefined) return undefined;
  switch (code) {
    case 'RequestThrottled':
      return whyThrottled(ground, queue, operation, given);
    case `${CODE}PurgeQueueInProgress`:
      return whyPurgeRefused(ground, queue);
    case `${CODE}BatchRequestTooLong`:
      return whyTooLarge(ground, queue, given);
    case 'OverLimit':
      return operation === 'ReceiveMessage' ? whyFull(ground, queue) : undefined;
    case 'ReceiptHandleIsInvalid':
      return whyHandleRefused(ground, queue, operation, given.ReceiptHandle ?? '');
    case 'InvalidParameterValue':
      return whyInvalid(ground, queue, operation, given, message);
    default:
      return undefined;
  }
}

/** By AWS's sentence: one code covers many rules. */
function whyInvalid(
  ground: Ground,
  queue: Queue,
  operation: string,
  given: Given,
  message: string,
): Why | undefined {
  const handle = given.ReceiptHandle ?? '';
  if (message.includes('must be shorter than')) return whyTooLarge(ground, queue, given);
  if (message.includes('parameter ReceiptHandle is invalid')) {
    return whyHandleRefused(ground, queue, operation, handle);
  }
  if (message.includes('Total VisibilityTimeout')) {
    return whyTooLong(ground, queue, handle, given.VisibilityTimeout ?? 0);
  }
  if (operation === 'StartMessageMoveTask') return whyMoveRefused(ground, queue, message);
  return undefined;
}

/** A short poll that was refused: it is answered again as soon as there is room, with messages or without. */
function whyFull(ground: Ground, queue: Queue): Why | undefined {
  const met = meet(ground, queue, `${queue.name} refused your receive`);
  const found = whyNothing(met);
  if (found === undefined) return undefined;
  return {
    ...found,
    changes: { by: 'time', at: roomIn(met), into: 'one fewer is in flight: a receive is let in' },
  };
}

/** Why nothing can be received from a queue now; or what the next receive gets. */
function whyQueue(ground: Ground, id: `${string}/${string}`): Why | undefined {
  const queue = id.startsWith('queue/') ? queueOf(ground.state, id) : undefined;
  if (queue === undefined) return undefined;
  const moving = whyNotMoving(ground, queue);
  if (moving !== undefined) return moving;
  const met = meet(ground, queue, `what ${queue.name} can hand out now`);
  const nothing = whyNothing(met);
  if (nothing !== undefined) return nothing;
  const ready = readyCount(queue, met.all, ground.now);
  return answerOf(
    met,
    `${several(ready, 'message')} of ${queue.name} can be received now.`,
    RULES.emptyQueue,
    { by: 'act', into: 'a receive' },
    [helps('a receive', `aws sqs receive-message --queue-url ${queue.name} --max-number-of-messages 10`)],
  );
}
