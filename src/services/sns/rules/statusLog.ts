/**
 * Delivery status logging: a topic that names a role writes how each delivery ended. SNS Developer Guide, Amazon SNS
 * message delivery status.
 *
 * SIMPLER THAN AWS: the lines are kept with the subscription and told as events; there is no CloudWatch Logs.
 * UNSURE: that a sample rate which is not set means all.
 */
import type { Context } from '../../../engine/service.ts';
import { between, type Instant } from '../../../engine/units.ts';
import { emit, ofSubscription, SNS_PRINCIPAL } from '../events.ts';
import { LOG_KEPT } from '../limits.ts';
import type { DeliveryLog, Message, Protocol, SnsState, Subscription } from '../model.ts';
import { counts } from './counting.ts';

const PREFIX: Readonly<Partial<Record<Protocol, string>>> = {
  sqs: 'SQS',
  lambda: 'Lambda',
  firehose: 'Firehose',
  http: 'HTTP',
  https: 'HTTP',
  application: 'Application',
};

interface Ending {
  readonly status: DeliveryLog['status'];
  readonly statusCode: number;
  readonly attempts: number;
  readonly started: Instant;
  /** Asked for when a line is written. */
  response(): string;
}

export function logDelivery(
  context: Context<SnsState>,
  subscription: Subscription,
  message: Message,
  { status, statusCode, attempts, response }: Ending,
): void {
  const topic = context.state.topics.get(subscription.topicArn);
  const prefix = PREFIX[subscription.protocol];
  if (topic === undefined || prefix === undefined || !counts(message)) return;
  const { feedback } = topic.settings;
  const good = status === 'SUCCESS';
  if (feedback[`${prefix}${good ? 'Success' : 'Failure'}FeedbackRoleArn`] === undefined) return;
  const rate = Number(feedback[`${prefix}SuccessFeedbackSampleRate`] ?? 100);
  if (good && !context.random('sampling of logs').chance(rate, 100)) return;
  const dwellTimeMs = between(message.published, context.now);
  const line: DeliveryLog = Object.freeze({
    at: context.now,
    sequence: message.sequence,
    status,
    statusCode,
    attempts,
    dwellTimeMs,
    providerResponse: response(),
  });
  subscription.log = [...subscription.log.slice(1 - LOG_KEPT), line];
  emit(context, {
    type: 'sns/DeliveryLogged',
    by: SNS_PRINCIPAL,
    ...ofSubscription(subscription),
    message,
    status,
    statusCode,
    dwellTimeMs,
    attempt: attempts,
  });
}
