/**
 * The life of a delivery: attempts after the retry policy, then a dead-letter queue or loss. What is on its way is
 * plain data in timers, calls and `waiting`; nothing vanishes uncounted: each delivery that began ends as delivered,
 * dead-lettered or lost.
 */
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context, Outcome, Refusal, Timer } from '../../../engine/service.ts';
import { after, type Instant, instant } from '../../../engine/units.ts';
import { emit, ofSubscription, SNS_PRINCIPAL } from '../events.ts';
import { countTopic } from '../metrics.ts';
import type { Message, SnsState, Subscription } from '../model.ts';
import { type AttemptToken, type Failure, sendAttempt, sendToQueue, tooManyAttributes } from './attempt.ts';
import { bill, count, counts, forgetIfGone } from './counting.ts';
import { delayBefore, isHttp, receivesPerSecond, retryPolicyOf } from './deliveryPolicy.ts';
import { laneFree, lanesOf } from './lanes.ts';
import { jittered } from './latency.ts';
import { queueMessage } from './queueMessage.ts';
import { logDelivery } from './statusLog.ts';

/** The next attempt of a delivery that failed, or that a throttle held back. */
export interface RetryDue extends Timer {
  readonly type: 'sns/RetryDue';
  readonly waiting: number;
}

/** Comes back with the answer of a dead-letter queue. */
export interface DeadLetterToken {
  readonly type: 'deadLetter';
  readonly subscription: number;
  readonly messages: readonly Message[];
  readonly attempt: number;
  readonly reason: string;
  readonly to: string;
}

/** The message has come as far as its endpoint: first attempt, or behind others of its group. */
export function arrive(context: Context<SnsState>, subscription: Subscription, message: Message): void {
  if (lanesOf(context.state, subscription, message)) return;
  attempt(context, subscription, [message], 1);
}

function attempt(
  context: Context<SnsState>,
  subscription: Subscription,
  messages: readonly Message[],
  number: number,
): void {
  if (subscription.gone || subscription.detached !== undefined) {
    const reason = subscription.gone ? 'unsubscribed' : 'topicDeleted';
    lose(context, subscription, messages, number, reason);
    ended(context, subscription, messages[0]!);
    return;
  }
  const held = heldBack(context, subscription);
  if (held !== undefined) {
    wait(context, subscription, messages, { attempt: number - 1, next: held, reason: 'throttlePolicy' });
    return;
  }
  const failure = sendAttempt(context, subscription, messages, number);
  if (failure !== undefined) failed(context, subscription, messages, number, context.now, failure);
}

/** SNS Developer Guide, throttlePolicy: the second in which the next one may go. */
function heldBack({ state, now }: Context<SnsState>, subscription: Subscription): Instant | undefined {
  if (!isHttp(subscription.protocol)) return undefined;
  const rate = receivesPerSecond(state.topics.get(subscription.topicArn), subscription);
  if (rate === undefined) return undefined;
  const second = Math.floor(now / 1000);
  subscription.throttle ??= { second, count: 0 };
  if (subscription.throttle.second !== second) subscription.throttle = { second, count: 0 };
  if (subscription.throttle.count >= rate) return instant((second + 1) * 1000);
  subscription.throttle.count++;
  return undefined;
}

function wait(
  context: Context<SnsState>,
  subscription: Subscription,
  messages: readonly Message[],
  facts: { readonly attempt: number; readonly next: Instant; readonly reason: string },
): void {
  const { state } = context;
  const id = ++state.deliveriesMade;
  state.waiting.set(id, Object.freeze({ id, subscription: subscription.id, messages, ...facts }));
  if (counts(messages[0]!)) count(state, subscription, 'retrying', messages.length);
  context.schedule(facts.next, { type: 'sns/RetryDue', waiting: id } as RetryDue);
}

export function retryDue(context: Context<SnsState>, { waiting }: RetryDue): void {
  const { state } = context;
  const found = state.waiting.get(waiting);
  if (found === undefined) return;
  state.waiting.delete(waiting);
  const subscription = state.subscriptions.get(found.subscription);
  if (subscription === undefined) return;
  if (counts(found.messages[0]!)) count(state, subscription, 'retrying', -found.messages.length);
  attempt(context, subscription, found.messages, found.attempt + 1);
}

/** An answer to a call of ours. */
export function answered(
  context: Context<SnsState>,
  token: AttemptToken | DeadLetterToken,
  outcome: Outcome,
): void {
  const subscription = context.state.subscriptions.get(token.subscription);
  if (subscription === undefined) return;
  if (token.type === 'deadLetter') {
    deadLetterAnswered(context, subscription, token, outcome);
    return;
  }
  const { messages, attempt: number, started } = token;
  if (!outcome.ok) {
    failed(context, subscription, messages, number, started, failureOf(outcome.refusal, subscription));
    return;
  }
  const refused = refusedEntries(outcome.output, messages);
  const good = refused.length === 0 ? messages : messages.filter((message) => !refused.includes(message));
  if (good.length > 0) delivered(context, subscription, good, number, started, outcome.output);
  if (refused.length > 0) {
    const failure = { reason: 'InvalidMessage', again: false, statusCode: 400, response: '' };
    failed(context, subscription, refused, number, started, failure, good.length > 0);
  }
}

/** Of a batch: the messages that the queue did not take. */
function refusedEntries(output: object, messages: readonly Message[]): readonly Message[] {
  const { Failed } = output as { readonly Failed?: readonly { readonly Id: string }[] };
  return Failed === undefined ? [] : Failed.map(({ Id }) => messages[Number(Id)]!);
}

/** SNS Developer Guide, message delivery retries: whose fault it is. UNSURE: which of the key's errors are ours. */
function failureOf(refusal: Refusal, { endpoint }: Subscription): Failure {
  const { code, httpStatus, fault, message } = refusal;
  const again = fault === 'server' || /Thrott|ServiceUnavailable|TooManyRequests|OverLimit/u.test(code);
  const denied = code === 'AccessDenied';
  return {
    reason: code,
    again,
    statusCode: httpStatus,
    response: JSON.stringify({
      ErrorCode: code,
      ErrorMessage: denied ? `Access to the resource ${endpoint} is denied.` : message,
      ...(denied && { sqsRequestId: 'Unrecoverable' }),
    }),
  };
}

export function delivered(
  context: Context<SnsState>,
  subscription: Subscription,
  messages: readonly Message[],
  number: number,
  started: Instant,
  output: object,
): void {
  const { state, now } = context;
  const { protocol } = subscription;
  for (const message of messages) {
    if (!counts(message)) continue;
    count(state, subscription, 'pending', -1);
    count(state, subscription, 'delivered', 1);
    countTraffic(subscription.traffic, now);
    countTopic(state, subscription.topicArn, now, 'NumberOfNotificationsDelivered');
    if (message.sequenceNumber === undefined) bill(state, BILLED[protocol], 1);
    else {
      bill(state, 'sns/fifo-deliveries', 1);
      bill(state, 'sns/fifo-delivered-data', message.bytes);
    }
    emit(context, {
      type: 'sns/MessageDelivered',
      by: SNS_PRINCIPAL,
      ...ofSubscription(subscription),
      message,
      attempt: number,
      answer: output,
      place: messages.indexOf(message),
    });
    logDelivery(context, subscription, message, {
      status: 'SUCCESS',
      statusCode: 200,
      attempts: number,
      started,
      response: () => JSON.stringify(output),
    });
  }
  ended(context, subscription, messages[0]!);
}

/** Names of the price list. */
const BILLED: Readonly<Record<Subscription['protocol'], string>> = {
  sqs: 'sns/queue-deliveries',
  lambda: 'sns/lambda-deliveries',
  firehose: 'sns/firehose-deliveries',
  http: 'sns/http-deliveries',
  https: 'sns/http-deliveries',
  email: 'sns/email-deliveries',
  'email-json': 'sns/email-deliveries',
  sms: 'sns/sms-deliveries',
  application: 'sns/mobile-push-deliveries',
};

/** An attempt that failed: another is scheduled, or it was the last. */
export function failed(
  context: Context<SnsState>,
  subscription: Subscription,
  messages: readonly Message[],
  number: number,
  started: Instant,
  failure: Failure,
  stays = false,
): void {
  const { state, now } = context;
  const policy = retryPolicyOf(state.topics.get(subscription.topicArn), subscription);
  const planned = failure.again ? delayBefore(policy, number) : undefined;
  const delay = planned === undefined ? undefined : jittered(context, planned);
  for (const message of messages) {
    emit(context, {
      type: 'sns/DeliveryFailed',
      by: SNS_PRINCIPAL,
      ...ofSubscription(subscription),
      message,
      attempt: number,
      reason: failure.reason,
      ...(delay !== undefined && { nextMs: delay }),
    });
  }
  if (delay !== undefined) {
    const next = after(now, delay);
    wait(context, subscription, messages, { attempt: number, next, reason: failure.reason });
    return;
  }
  for (const message of messages) {
    logDelivery(context, subscription, message, {
      status: 'FAILURE',
      statusCode: failure.statusCode,
      attempts: number,
      started,
      response: () => failure.response,
    });
  }
  giveUp(context, subscription, messages, number, failure.reason);
  if (!stays) ended(context, subscription, messages[0]!);
}

function giveUp(
  context: Context<SnsState>,
  subscription: Subscription,
  messages: readonly Message[],
  number: number,
  reason: string,
): void {
  const { state } = context;
  const own = messages.filter(counts);
  if (own.length === 0) return;
  count(state, subscription, 'failed', own.length);
  countTopic(state, subscription.topicArn, context.now, 'NumberOfNotificationsFailed', own.length);
  const to = subscription.settings.RedrivePolicy?.value.deadLetterTargetArn;
  if (to === undefined) {
    lose(context, subscription, own, number, reason);
    return;
  }
  // One by one: a dead-letter queue takes what it can.
  for (const message of own) deadLetter(context, subscription, message, { attempt: number, reason, to });
}

/** SNS Developer Guide, Amazon SNS dead-letter queues: it arrives as it would have been delivered. */
function deadLetter(
  context: Context<SnsState>,
  subscription: Subscription,
  message: Message,
  facts: { readonly attempt: number; readonly reason: string; readonly to: string },
): void {
  const { state } = context;
  const topic = state.topics.get(subscription.topicArn);
  const text = queueMessage(state, topic, subscription, message, facts.to);
  const { MessageAttributes: _all, ...bare } = text;
  const token: DeadLetterToken = {
    type: 'deadLetter',
    subscription: subscription.id,
    messages: [message],
    ...facts,
  };
  const fits = tooManyAttributes(message) ? bare : text;
  sendToQueue(context, facts.to, subscription.topicArn, [fits], token);
}

function deadLetterAnswered(
  context: Context<SnsState>,
  subscription: Subscription,
  { messages, attempt: number, reason, to }: DeadLetterToken,
  outcome: Outcome,
): void {
  const { state } = context;
  const { topicArn } = subscription;
  if (!outcome.ok) {
    countTopic(state, topicArn, context.now, 'NumberOfNotificationsFailedToRedriveToDlq', messages.length);
    const why = `${reason}; dead-letter queue: ${outcome.refusal.code}`;
    lose(context, subscription, messages, number, why);
    return;
  }
  for (const message of messages) {
    count(state, subscription, 'pending', -1);
    count(state, subscription, 'deadLettered', 1);
    countTopic(state, topicArn, context.now, 'NumberOfNotificationsRedrivenToDlq');
    emit(context, {
      type: 'sns/MessageDeadLettered',
      by: SNS_PRINCIPAL,
      ...ofSubscription(subscription),
      message,
      attempt: number,
      to: to.slice(to.lastIndexOf(':') + 1),
      reason,
    });
  }
  forgetIfGone(state, subscription);
}

function lose(
  context: Context<SnsState>,
  subscription: Subscription,
  messages: readonly Message[],
  number: number,
  reason: string,
): void {
  const { state } = context;
  for (const message of messages) {
    if (!counts(message)) continue;
    count(state, subscription, 'pending', -1);
    count(state, subscription, 'lost', 1);
    emit(context, {
      type: 'sns/MessageLost',
      by: SNS_PRINCIPAL,
      ...ofSubscription(subscription),
      message,
      attempt: number,
      reason,
    });
  }
  forgetIfGone(state, subscription);
}

/** What waits behind it in its group goes now. */
function ended(context: Context<SnsState>, subscription: Subscription, message: Message): void {
  const { state } = context;
  const next = laneFree(state, subscription, message);
  if (next !== undefined) attempt(context, subscription, next, 1);
  forgetIfGone(state, subscription);
}
