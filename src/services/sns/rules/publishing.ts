/** One message to a topic: first everything is checked, then it is done. A batch loops over these two. */
import { sha256Hex } from '../../../contract/md5.ts';
import { utf8Length } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { requestsOf } from '../../../contract/usage.ts';
import type { Context } from '../../../engine/service.ts';
import { invalidParameter } from '../errors.ts';
import { emit } from '../events.ts';
import { MESSAGE_BYTES_MAX, SUBJECT_LENGTH_MAX } from '../limits.ts';
import { countTopic } from '../metrics.ts';
import type { Message, MessageAttributes, SnsState, Topic } from '../model.ts';
import { keep } from './archive.ts';
import { bill } from './counting.ts';
import { publishedBefore, remember } from './deduplication.ts';
import { fanOut } from './fanOut.ts';
import { jsonObject } from './json.ts';
import { attributesSize, type GivenAttributes, readMessageAttributes } from './messageAttributes.ts';

/** What Publish and an entry of PublishBatch have in common. */
export interface PublishRequest {
  readonly Message?: string | undefined;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: GivenAttributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** A publish that will be accepted. */
export interface CheckedPublish {
  readonly body: string;
  readonly bodies: Readonly<Record<string, string>> | undefined;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes | undefined;
  readonly bytes: number;
  readonly group: string | undefined;
  readonly deduplicationId: string | undefined;
}

export const sizeOf = ({ Message = '', MessageAttributes }: PublishRequest): number =>
  utf8Length(Message) + (MessageAttributes === undefined ? 0 : attributesSize(MessageAttributes));

/** What needs no topic. `at`: where attributes stand in the call. */
export function checkContent(
  request: PublishRequest,
  at: string,
): Omit<CheckedPublish, 'group' | 'deduplicationId'> {
  const { Message: body = '', Subject: subject, MessageAttributes } = request;
  if (subject !== undefined && !goodSubject(subject)) {
    throw invalidParameter(
      'Subject',
      `1 to ${SUBJECT_LENGTH_MAX - 1} characters, none of them a line break or a control character.`,
    );
  }
  if (body === '') throw invalidParameter('Empty message');
  const bytes = sizeOf(request);
  if (bytes > MESSAGE_BYTES_MAX) {
    throw invalidParameter(
      'Message too long',
      `Body and attributes count ${bytes} bytes; a message has at most ${MESSAGE_BYTES_MAX}.`,
    );
  }
  const attributes =
    MessageAttributes === undefined || Object.keys(MessageAttributes).length === 0
      ? undefined
      : readMessageAttributes(MessageAttributes, at);
  return { body, bodies: undefined, subject, attributes, bytes };
}

const goodSubject = (text: string): boolean =>
  text.length > 0 && text.length < SUBJECT_LENGTH_MAX && !/\p{Cc}/u.test(text);

/** SNS API Reference, Publish: MessageGroupId, MessageDeduplicationId. */
export function checkFifo(
  topic: Topic,
  { Message: body = '', MessageGroupId, MessageDeduplicationId }: PublishRequest,
): Pick<CheckedPublish, 'group' | 'deduplicationId'> {
  if (!topic.fifo) {
    if (MessageDeduplicationId !== undefined) {
      throw invalidParameter(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
        `${topic.name} is a standard topic; deduplication ids belong to FIFO topics.`,
      );
    }
    checkId('MessageGroupId', MessageGroupId);
    return { group: MessageGroupId, deduplicationId: undefined };
  }
  if (MessageGroupId === undefined) {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  checkId('MessageGroupId', MessageGroupId);
  checkId('MessageDeduplicationId', MessageDeduplicationId);
  if (MessageDeduplicationId === undefined && !topic.settings.ContentBasedDeduplication) {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return { group: MessageGroupId, deduplicationId: MessageDeduplicationId ?? sha256Hex(body) };
}

/** UNSURE: the sentence. */
function checkId(name: string, value: string | undefined): void {
  if (value === undefined || /^[\x21-\x7e]{1,128}$/u.test(value)) return;
  throw invalidParameter(
    `${name} Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length`,
  );
}

/** `MessageStructure=json`: a body for each protocol, and one for all others. */
export function withStructure<Content extends Pick<CheckedPublish, 'body' | 'bodies'>>(
  content: Content,
  structure: string | undefined,
  needsDefault = true,
): Content {
  if (structure === undefined) return content;
  if (structure !== 'json') throw invalidParameter('MessageStructure', 'The only value is json.');
  const value = jsonObject(content.body);
  if (value === undefined) {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  if (needsDefault && typeof value.default !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  const bodies: Record<string, string> = {};
  for (const [protocol, text] of Object.entries(value)) {
    if (typeof text === 'string') bodies[protocol] = text;
  }
  return { ...content, body: bodies.default ?? '', bodies: Object.freeze(bodies) };
}

export interface Published {
  readonly sequence: number;
  readonly sequenceNumber: string | undefined;
}

/** Sends it to the subscribers, or recognises it. */
export function publish(context: Context<SnsState>, topic: Topic, checked: CheckedPublish): Published {
  const { state, now, caller } = context;
  const { counters } = topic;
  const fifo = checked.deduplicationId !== undefined;
  const before = fifo ? publishedBefore(state, topic, asMessage(checked), now) : undefined;
  bill(state, fifo ? 'sns/fifo-publishes' : 'sns/publishes', requestsOf(checked.bytes));
  if (before !== undefined) {
    counters.deduplicated++;
    const { sequence, sequenceNumber } = before;
    const message = messageOf(state, topic, checked, { sequence, sequenceNumber, now });
    emit(context, { type: 'sns/MessageDeduplicated', by: caller.by, topic: topic.name, message });
    return before;
  }
  const sequence = state.messagesMade++;
  const sequenceNumber = fifo ? sequenceText(++state.sequenceNumbers) : undefined;
  const message = messageOf(state, topic, checked, { sequence, sequenceNumber, now });
  counters.published++;
  topic.newest = message;
  counters.publishedBytes += message.bytes;
  countTraffic(topic.incoming, now);
  countTopic(state, topic.arn, now, 'NumberOfMessagesPublished');
  countTopic(state, topic.arn, now, 'PublishSize', message.bytes);
  if (fifo) {
    remember(state, topic, message, now);
    keep(topic, message, now);
    bill(state, 'sns/fifo-payload', message.bytes);
  }
  emit(context, { type: 'sns/MessagePublished', by: caller.by, topic: topic.name, message });
  fanOut(context, topic, message);
  return { sequence, sequenceNumber };
}

const asMessage = ({
  group,
  deduplicationId,
}: CheckedPublish): Pick<Message, 'group' | 'deduplicationId'> => ({
  ...(group !== undefined && { group }),
  ...(deduplicationId !== undefined && { deduplicationId }),
});

/** Twenty digits, as AWS shows them; they grow, and not by one. */
const sequenceText = (count: number): string => `1${String(count * 1_000).padStart(19, '0')}`;

function messageOf(
  { seed }: SnsState,
  topic: Topic,
  checked: CheckedPublish,
  made: {
    readonly sequence: number;
    readonly sequenceNumber: string | undefined;
    readonly now: Message['published'];
  },
): Message {
  const { body, bodies, subject, attributes, bytes, group, deduplicationId } = checked;
  return Object.freeze({
    seed,
    sequence: made.sequence,
    topicArn: topic.arn,
    body,
    published: made.now,
    bytes,
    ...(bodies !== undefined && { bodies }),
    ...(subject !== undefined && { subject }),
    ...(attributes !== undefined && { attributes }),
    ...(group !== undefined && { group }),
    ...(deduplicationId !== undefined && { deduplicationId }),
    ...(made.sequenceNumber !== undefined && { sequenceNumber: made.sequenceNumber }),
  });
}
