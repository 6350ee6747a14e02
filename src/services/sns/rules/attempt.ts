/**
 * One attempt to reach an endpoint. Queues, functions and delivery streams are called as any client calls them, so
 * their own policies decide; endpoints outside AWS get a delivery and send an answer.
 */
import { parseArn } from '../../../contract/arn.ts';
import type { EndpointDelivery, EndpointProtocol } from '../../../contract/endpoint.ts';
import { utf8Bytes } from '../../../contract/text.ts';
import type { Caller, Context } from '../../../engine/service.ts';
import { after, type Instant } from '../../../engine/units.ts';
import { SNS_PRINCIPAL } from '../events.ts';
import { ANSWER_WAIT } from '../limits.ts';
import type { Message, SnsState, Subscription, Topic } from '../model.ts';
import type { AnswerDue } from '../timers.ts';
import { contentTypeOf, isHttp } from './deliveryPolicy.ts';
import { bodyFor, envelope, httpHeaders, lambdaEvent } from './envelope.ts';
import { type QueueMessage, queueMessage, queueUrlOf } from './queueMessage.ts';

/** What comes back with the answer to a call of ours. Frozen plain data. */
export interface AttemptToken {
  readonly type: 'attempt';
  readonly subscription: number;
  readonly messages: readonly Message[];
  readonly attempt: number;
  readonly started: Instant;
}

/** Why an attempt failed. */
export interface Failure {
  readonly reason: string;
  /** The server's fault: it is tried again. The client's: never. */
  readonly again: boolean;
  readonly statusCode: number;
  readonly response: string;
}

/** SNS as it calls on behalf of a topic; queue and key policies ask for the topic's ARN. */
function callerFor(topicArn: string): Caller {
  let known = callers.get(topicArn);
  if (known === undefined) {
    known = Object.freeze({
      by: SNS_PRINCIPAL,
      account: '',
      profile: SNS_PRINCIPAL,
      secure: true,
      sourceArn: topicArn,
    });
    if (callers.size > 1_000) callers.clear();
    callers.set(topicArn, known);
  }
  return known;
}
const callers = new Map<string, Caller>();

/** Sends; a failure that is known at once is answered. */
export function sendAttempt(
  context: Context<SnsState>,
  subscription: Subscription,
  messages: readonly Message[],
  attempt: number,
): Failure | undefined {
  const topic = context.state.topics.get(subscription.topicArn);
  const token: AttemptToken = {
    type: 'attempt',
    subscription: subscription.id,
    messages,
    attempt,
    started: context.now,
  };
  switch (subscription.protocol) {
    case 'sqs':
      return toQueue(context, topic, subscription, token);
    case 'lambda':
      return toFunction(context, topic, subscription, token);
    case 'firehose':
      return toStream(context, topic, subscription, token);
    default:
      return toEndpoint(context, topic, subscription, token);
  }
}

function toQueue(
  context: Context<SnsState>,
  topic: Topic | undefined,
  subscription: Subscription,
  token: AttemptToken,
): Failure | undefined {
  const { endpoint, settings } = subscription;
  const { state } = context;
  const { messages } = token;
  const texts = messages.map((message) => queueMessage(state, topic, subscription, message, endpoint));
  if (settings.RawMessageDelivery && messages.length === 1 && tooManyAttributes(messages[0]!)) {
    return clientFault(400, 'InvalidMessageAttributes', 'A message of SQS carries 10 attributes at most.');
  }
  sendToQueue(context, endpoint, subscription.topicArn, texts, token);
  return undefined;
}

/** SNS Developer Guide, Raw message delivery: more than ten are a client-side error. */
const RAW_MAX = 10;
export const tooManyAttributes = ({ attributes }: Message): boolean =>
  attributes !== undefined && Object.keys(attributes).length > RAW_MAX;

/** One message by SendMessage, several by SendMessageBatch, which keeps their order. */
export function sendToQueue(
  context: Context<SnsState>,
  queueArn: string,
  topicArn: string,
  texts: readonly QueueMessage[],
  token: object,
): void {
  const QueueUrl = queueUrlOf(queueArn);
  const caller = callerFor(topicArn);
  if (texts.length === 1) {
    const input = { QueueUrl, ...texts[0]! };
    context.request({ service: 'sqs', operation: 'SendMessage', input, caller }, token);
    return;
  }
  const Entries = texts.map((text, index) => ({ Id: String(index), ...text }));
  context.request(
    { service: 'sqs', operation: 'SendMessageBatch', input: { QueueUrl, Entries }, caller },
    token,
  );
}

/** Lambda Developer Guide, Using Lambda with Amazon SNS: asynchronous, one record a call. */
function toFunction(
  context: Context<SnsState>,
  topic: Topic | undefined,
  subscription: Subscription,
  token: AttemptToken,
): Failure | undefined {
  if (context.peek('lambda') === undefined) return notThere(subscription.endpoint, 'Function');
  const input = {
    FunctionName: subscription.endpoint,
    InvocationType: 'Event',
    Payload: utf8Bytes(lambdaEvent(context.state, topic, subscription, token.messages[0]!)),
  };
  const caller = callerFor(subscription.topicArn);
  context.request({ service: 'lambda', operation: 'Invoke', input, caller }, token);
  return undefined;
}

function toStream(
  context: Context<SnsState>,
  topic: Topic | undefined,
  subscription: Subscription,
  token: AttemptToken,
): Failure | undefined {
  if (context.peek('firehose') === undefined) return notThere(subscription.endpoint, 'Delivery stream');
  const message = token.messages[0]!;
  const raw = subscription.settings.RawMessageDelivery;
  const Data = raw ? bodyFor(message, 'firehose') : envelope(context.state, topic, subscription, message);
  const name = parseArn(subscription.endpoint)!.resource.replace(/^deliverystream\//u, '');
  const input = { DeliveryStreamName: name, Record: { Data: utf8Bytes(Data) } };
  const caller = callerFor(subscription.topicArn);
  context.request({ service: 'firehose', operation: 'PutRecord', input, caller }, token);
  return undefined;
}

const notThere = (arn: string, what: string): Failure =>
  clientFault(404, 'ResourceNotFoundException', `${what} not found: ${arn}`);

const clientFault = (statusCode: number, code: string, message: string): Failure => ({
  reason: code,
  again: false,
  statusCode,
  response: JSON.stringify({ ErrorCode: code, ErrorMessage: message }),
});

function toEndpoint(
  context: Context<SnsState>,
  topic: Topic | undefined,
  subscription: Subscription,
  token: AttemptToken,
): Failure | undefined {
  const { state, now } = context;
  const message = token.messages[0]!;
  if (context.peek('app') === undefined) return REFUSED;
  const address = addressFor(state, subscription);
  if (typeof address !== 'string') return address;
  const id = ++state.deliveriesMade;
  state.awaiting.set(
    id,
    Object.freeze({ subscription: subscription.id, message, attempt: token.attempt, started: now }),
  );
  const protocol = subscription.protocol as EndpointProtocol;
  const subject = subjectOf(subscription, message, topic);
  const payload: EndpointDelivery = {
    type: 'endpoint/Delivery',
    delivery: id,
    protocol,
    address,
    headers: isHttp(protocol)
      ? httpHeaders(subscription, message, contentTypeOf(topic, subscription))
      : NO_HEADERS,
    ...(subject !== undefined && { subject }),
    body: bodyOf(state, topic, subscription, message),
    attempt: token.attempt,
    sent: now,
    ...(message.control === 'SubscriptionConfirmation' && {
      confirmation: Object.freeze({ TopicArn: message.topicArn, Token: message.token! }),
    }),
  };
  context.deliver({ to: 'app', from: 'sns', payload: Object.freeze(payload) });
  context.schedule(after(now, ANSWER_WAIT), { type: 'sns/AnswerDue', delivery: id } as AnswerDue);
  return undefined;
}

/** Nobody keeps endpoints in this world. */
const REFUSED: Failure = {
  reason: 'connectionRefused',
  again: true,
  statusCode: 0,
  response: 'connection refused',
};
const NO_HEADERS = Object.freeze({});

/** Where it goes; or why it cannot. */
function addressFor(state: SnsState, { protocol, endpoint, account }: Subscription): string | Failure {
  if (protocol === 'sms') {
    return state.optedOut.has(`${account}/${endpoint}`)
      ? clientFault(400, 'OptedOut', 'Phone number is opted out')
      : endpoint;
  }
  if (protocol !== 'application') return endpoint;
  const device = state.endpoints.get(endpoint);
  if (device === undefined) return clientFault(404, 'NotFound', 'Endpoint does not exist');
  if (device.attributes.Enabled === 'false') {
    return clientFault(400, 'EndpointDisabled', 'Endpoint is disabled');
  }
  return device.attributes.Token ?? endpoint;
}

/** UNSURE: the subject of a mail whose message has none. */
function subjectOf(
  { protocol }: Subscription,
  message: Message,
  topic: Topic | undefined,
): string | undefined {
  if (protocol !== 'email' && protocol !== 'email-json') return undefined;
  if (message.control !== undefined) return 'AWS Notification - Subscription Confirmation';
  return message.subject ?? (topic?.settings.DisplayName || 'AWS Notification Message');
}

function bodyOf(
  state: SnsState,
  topic: Topic | undefined,
  subscription: Subscription,
  message: Message,
): string {
  const { protocol, settings } = subscription;
  switch (protocol) {
    case 'email':
    case 'sms':
      return plainBody(message, protocol);
    case 'application':
      return pushBody(subscription, message);
    default:
      return settings.RawMessageDelivery && message.control === undefined
        ? bodyFor(message, protocol)
        : envelope(state, topic, subscription, message);
  }
}

const plainBody = (message: Message, protocol: string): string =>
  message.control === undefined ? bodyFor(message, protocol) : message.body;

/** `arn:aws:sns:R:A:endpoint/GCM/app/uuid` → `GCM`. */
const platformOf = (endpointArn: string): string => endpointArn.split('/')[1] ?? '';

/** UNSURE: what SNS wraps around a plain text for each platform. */
function pushBody({ endpoint }: Subscription, message: Message): string {
  const platform = platformOf(endpoint);
  const { bodies, body } = message;
  if (bodies !== undefined && Object.hasOwn(bodies, platform)) return bodies[platform]!;
  if (platform.startsWith('APNS')) return JSON.stringify({ aps: { alert: body } });
  return JSON.stringify({ data: { [platform === 'ADM' ? 'message' : 'default']: body } });
}
