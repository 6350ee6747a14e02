/**
 * What a subscriber gets. SNS Developer Guide, Parsing message formats. Texts that are alike for all subscribers of a
 * message (the signature above all) are made once.
 *
 * SIMPLER THAN AWS: the signature has its form and follows from the text that is signed, but no key made it.
 */
import { toUtcText } from '../../../contract/isoTime.ts';
import { mixWords } from '../../../contract/messageId.ts';
import { base64 } from '../../../engine/plainJson.ts';
import { hashText } from '../../../engine/random.ts';
import { idOf, type Message, type Protocol, type SnsState, type Subscription, type Topic } from '../model.ts';

const SIGNATURE_BYTES = 256;

/** The lines that are signed: names and values. SNS Developer Guide, Verifying the signatures of messages. */
function signingText(state: SnsState, message: Message, body: string): string {
  const confirmation = message.control !== undefined;
  const lines = ['Message', body, 'MessageId', idOf(message)];
  if (confirmation) lines.push('SubscribeURL', subscribeUrl(state, message));
  else if (message.subject !== undefined) lines.push('Subject', message.subject);
  lines.push('Timestamp', toUtcText(state.epoch + message.published));
  if (confirmation) lines.push('Token', message.token ?? '');
  lines.push('TopicArn', message.topicArn, 'Type', typeOf(message));
  return `${lines.join('\n')}\n`;
}

const typeOf = ({ control }: Message): string => control ?? 'Notification';

function signatureOf(text: string, seed: number): string {
  const start = hashText(text);
  const bytes = new Uint8Array(SIGNATURE_BYTES);
  for (let at = 0; at < SIGNATURE_BYTES; at += 4) {
    const word = mixWords(seed, start, at, text.length);
    bytes[at] = word >>> 24;
    bytes[at + 1] = word >>> 16;
    bytes[at + 2] = word >>> 8;
    bytes[at + 3] = word;
  }
  return base64(bytes);
}

const host = ({ region }: SnsState): string => `https://sns.${region}.amazonaws.com`;
const certificateUrl = (state: SnsState): string =>
  `${host(state)}/SimpleNotificationService-${mixWords(hashText(state.region), 1).toString(16).padStart(8, '0').repeat(4)}.pem`;
const unsubscribeUrl = (state: SnsState, { arn }: Subscription): string =>
  `${host(state)}/?Action=Unsubscribe&SubscriptionArn=${arn}`;
const subscribeUrl = (state: SnsState, { topicArn, token = '' }: Message): string =>
  `${host(state)}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;

/** What is alike for all subscribers of a message that get this body. */
interface Shared {
  readonly body: string;
  /** The envelope up to the URL to unsubscribe, and what follows it. */
  readonly before: string;
  readonly after: string;
}

/** Saves time only: a message never changes. */
const memory = new WeakMap<Message, Shared[]>();

function sharedOf(state: SnsState, topic: Topic | undefined, message: Message, body: string): Shared {
  const known = memory.get(message) ?? [];
  let shared = known.find((entry) => entry.body === body);
  if (shared === undefined) {
    shared = makeShared(state, topic, message, body);
    memory.set(message, [...known, shared]);
  }
  return shared;
}

function makeShared(state: SnsState, topic: Topic | undefined, message: Message, body: string): Shared {
  const fifo = message.sequenceNumber !== undefined;
  const head = {
    Type: typeOf(message),
    MessageId: idOf(message),
    ...(message.sequenceNumber !== undefined && { SequenceNumber: message.sequenceNumber }),
    ...(message.token !== undefined && { Token: message.token }),
    TopicArn: message.topicArn,
    ...(message.subject !== undefined && { Subject: message.subject }),
    Message: body,
    ...(message.control !== undefined && { SubscribeURL: subscribeUrl(state, message) }),
    Timestamp: toUtcText(state.epoch + message.published),
    ...(!fifo && signatureFields(state, topic, message, body)),
  };
  const after =
    message.attributes === undefined ? '' : `,"MessageAttributes":${JSON.stringify(attributesOf(message))}`;
  return { body, before: JSON.stringify(head).slice(0, -1), after };
}

const signatureFields = (state: SnsState, topic: Topic | undefined, message: Message, body: string) => ({
  SignatureVersion: topic?.settings.SignatureVersion ?? '1',
  Signature: signatureOf(signingText(state, message, body), state.seed),
  SigningCertURL: certificateUrl(state),
});

/** Names with type and value; a Binary value in base64. */
function attributesOf({ attributes = {} }: Message): Record<string, { Type: string; Value: string }> {
  const result: Record<string, { Type: string; Value: string }> = {};
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    result[name] = { Type: DataType, Value: StringValue ?? base64(BinaryValue ?? new Uint8Array()) };
  }
  return result;
}

/** The text for a protocol: with `MessageStructure=json` each can have its own. */
export function bodyFor(message: Message, protocol: Protocol | string): string {
  const { bodies, body } = message;
  return bodies !== undefined && Object.hasOwn(bodies, protocol) ? bodies[protocol]! : body;
}

/** The JSON that SQS, HTTP, email-json and Firehose get. */
export function envelope(
  state: SnsState,
  topic: Topic | undefined,
  subscription: Subscription,
  message: Message,
): string {
  const shared = sharedOf(state, topic, message, bodyFor(message, subscription.protocol));
  if (message.control !== undefined) return `${shared.before}}`;
  return `${shared.before},"UnsubscribeURL":${JSON.stringify(unsubscribeUrl(state, subscription))}${shared.after}}`;
}

/** The event that a function gets: one record (Lambda Developer Guide, Using Lambda with Amazon SNS). */
export function lambdaEvent(
  state: SnsState,
  topic: Topic | undefined,
  subscription: Subscription,
  message: Message,
): string {
  const body = bodyFor(message, 'lambda');
  const signature = signatureFields(state, topic, message, body);
  return JSON.stringify({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: 'Notification',
          MessageId: idOf(message),
          TopicArn: message.topicArn,
          Subject: message.subject ?? null,
          Message: body,
          Timestamp: toUtcText(state.epoch + message.published),
          SignatureVersion: signature.SignatureVersion,
          Signature: signature.Signature,
          SigningCertUrl: signature.SigningCertURL,
          UnsubscribeUrl: unsubscribeUrl(state, subscription),
          MessageAttributes: attributesOf(message),
        },
      },
    ],
  });
}

/** SNS Developer Guide, HTTP/HTTPS headers. */
export function httpHeaders(
  subscription: Subscription,
  message: Message,
  contentType: string,
): Readonly<Record<string, string>> {
  return Object.freeze({
    'x-amz-sns-message-type': typeOf(message),
    'x-amz-sns-message-id': idOf(message),
    'x-amz-sns-topic-arn': message.topicArn,
    ...(message.control !== 'SubscriptionConfirmation' && {
      'x-amz-sns-subscription-arn': subscription.arn,
    }),
    ...(subscription.settings.RawMessageDelivery &&
      message.control === undefined && { 'x-amz-sns-rawdelivery': 'true' }),
    'Content-Type': contentType,
    'User-Agent': 'Amazon Simple Notification Service Agent',
  });
}
