/** Why a send stored nothing, or was refused. */

import { sha256Hex } from '../../../contract/md5.ts';
import {
  counted,
  helps,
  helpsNot,
  mayHelp,
  moment,
  sized,
  type Why,
  type WhyGround,
  worded,
} from '../../../contract/why.ts';
import { countWords, instantWords } from '../../../contract/whyWords.ts';
import { after, instant } from '../../../engine/units.ts';
import { DEDUPLICATION_WINDOW, fifoCallsMax, sizeLimits } from '../limits.ts';
import { idOf, type MeteredAction, type Queue, type SqsState } from '../model.ts';
import { firstSend, sentBefore } from '../rules/deduplication.ts';
import { type SendRequest, sizeOf } from '../rules/sending.ts';
import { callsMax, callsNow, groupCallsNow, isHighThroughput } from '../rules/throughput.ts';
import { RULES } from './rules.ts';

type Ground = WhyGround<SqsState>;

/** A send that was accepted and not stored; undefined: it was stored. `messageId`: what the sender was told. */
export function whyDeduplicated(
  { state, now }: Ground,
  queue: Queue,
  request: SendRequest,
  messageId: string,
): Why | undefined {
  const { MessageGroupId: group, MessageBody: body = '' } = request;
  const deduplicationId = request.MessageDeduplicationId ?? sha256Hex(body);
  const sent = { group, deduplicationId };
  const first = firstSend(state, queue, sent, now);
  const content = sentBefore(state, queue, sent, now);
  // The first send is in the memory, too, by now.
  if (first === undefined || content === undefined || first === now || idOf(content) !== messageId)
    return undefined;
  const until = after(first, DEDUPLICATION_WINDOW);
  const byContent = request.MessageDeduplicationId === undefined;
  return {
    title: `your send to ${queue.name} was accepted and stored nothing`,
    answer: `${byContent ? 'The same body' : `Deduplication id ${deduplicationId.slice(0, 20)}`} was sent at ${instantWords(first)}, less than 5 minutes ago: this send counts as a repeat of ${idOf(content).slice(0, 4)}.`,
    at: now,
    rule: RULES.deduplication,
    values: [
      {
        label: byContent ? 'SHA-256 of the body' : 'MessageDeduplicationId',
        is: worded(deduplicationId.slice(0, 24)),
        against: { label: 'first sent with', is: worded(idOf(content)) },
      },
      {
        label: 'first accepted',
        is: moment(first),
        against: { label: 'remembered until', is: moment(until) },
      },
    ],
    changes: { by: 'time', at: until, into: 'the same send is a new message' },
    remedies: [
      helps('another MessageDeduplicationId: then it is another message'),
      mayHelp('DeduplicationScope messageGroup: the same id in another group is another message'),
      helpsNot('receiving or deleting the first one: its id is remembered all the same'),
    ],
  };
}

/** The meter that refused: of the queue for this action, or of the group. */
export function whyThrottled(
  { state, now }: Ground,
  queue: Queue,
  operation: string,
  request: SendRequest & { readonly Entries?: readonly SendRequest[] },
): Why {
  const action = ACTIONS[operation] ?? 'send';
  const limit = callsMax(state, queue);
  const used = callsNow(state, queue, action, now);
  const next = instant((Math.floor(now / 1000) + 1) * 1000);
  const groups = [request, ...(request.Entries ?? [])].flatMap(({ MessageGroupId: group }) => group ?? []);
  const groupLimit = fifoCallsMax(state.limits);
  const full = groups.find((group) => groupCallsNow(state, queue, group, now) >= groupLimit);
  const ofGroup = used < limit && full !== undefined;
  const scaled = state.limits === 'scaled' ? `, 1/100 of AWS's figure` : '';
  return {
    title: `${queue.name} refused your ${operation}`,
    answer: ofGroup
      ? `Group ${full} took ${groupLimit} of ${groupLimit} send calls in this second; its meter is full.`
      : `${queue.name} took ${used} of ${limit} ${action} calls in this second; its meter is full.`,
    at: now,
    rule: RULES.throughput,
    values: [
      {
        label: `${action} calls in this second${scaled}`,
        is: counted(used),
        against: { label: 'at most', is: counted(limit) },
      },
      ...(ofGroup
        ? [
            {
              label: `send calls of group ${full}`,
              is: counted(groupCallsNow(state, queue, full, now)),
              against: { label: 'at most', is: counted(groupLimit) },
            },
          ]
        : []),
      { label: 'over by', is: counted(1) },
    ],
    changes: { by: 'time', at: next, into: 'the next second begins, and the meter with it' },
    remedies: [
      helps('batches of ten: one call carries ten messages'),
      ...(isHighThroughput(queue)
        ? [helps('more message groups: each has its own partition')]
        : [
            helps(
              'high throughput: DeduplicationScope=messageGroup and FifoThroughputLimit=perMessageGroupId',
              `aws sqs set-queue-attributes --queue-url ${queue.name} --attributes DeduplicationScope=messageGroup,FifoThroughputLimit=perMessageGroupId`,
            ),
          ]),
      helpsNot(
        'trying again at once: the meter counts accepted calls, and stays full until the second is over',
      ),
    ],
  };
}

const ACTIONS: Readonly<Record<string, MeteredAction>> = {
  SendMessage: 'send',
  SendMessageBatch: 'send',
  ReceiveMessage: 'receive',
  DeleteMessage: 'delete',
  DeleteMessageBatch: 'delete',
  ChangeMessageVisibility: 'change',
  ChangeMessageVisibilityBatch: 'change',
};

/** Too large for the queue, or a batch too large for one request. */
export function whyTooLarge(
  { state, now }: Ground,
  queue: Queue,
  request: SendRequest & { readonly Entries?: readonly SendRequest[] },
): Why {
  const entries = request.Entries;
  const size =
    entries === undefined ? sizeOf(request) : entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  const { messageBytesMax, batchBytesMax } = sizeLimits(state.limits);
  const max = entries === undefined ? queue.settings.MaximumMessageSize : batchBytesMax;
  const mayGrow = entries === undefined && size <= messageBytesMax;
  return {
    title: `${queue.name} refused a ${entries === undefined ? 'message' : 'batch'} that is too large`,
    answer: `It counts ${countWords(size)} bytes; at most ${countWords(max)} are taken, ${countWords(size - max)} fewer.`,
    at: now,
    rule: RULES.messageSize,
    values: [
      {
        label: entries === undefined ? 'body and attributes' : 'all entries together',
        is: sized(size),
        against: {
          label: entries === undefined ? 'MaximumMessageSize' : 'of one request',
          is: sized(max),
        },
      },
    ],
    changes: {
      by: 'act',
      into: mayGrow ? 'a larger MaximumMessageSize, or a smaller message' : 'a smaller message',
    },
    remedies: [
      ...(mayGrow
        ? [
            helps(
              'the queue may take more',
              `aws sqs set-queue-attributes --queue-url ${queue.name} --attributes MaximumMessageSize=${messageBytesMax}`,
            ),
          ]
        : []),
      helps('keep the data in S3, and send where it is'),
      ...(entries === undefined ? [] : [helps('send fewer entries in one call')]),
      helpsNot('sending it again: the same bytes are refused the same'),
    ],
  };
}
