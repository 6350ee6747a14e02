/**
 * A subscription is taken when its topic takes a first message. RDS User Guide, Subscribing to Amazon RDS event
 * notification: RDS tells in a message that it will attempt to send.
 */
import { parseArn } from '../../../contract/arn.ts';
import type { ServiceError } from '../../../contract/errors.ts';
import type { Caller, CallId, Context, Outcome } from '../../../engine/service.ts';
import { invalidTopic, noAuthorization, noSuchTopic } from '../errors.ts';
import { emit } from '../events.ts';
import { type EventSubscription, keyOf, type RdsState, replace } from '../model.ts';
import { described } from './describing.ts';
import { callerFor, SUBJECT } from './telling.ts';

type Ctx = Context<RdsState>;

/** Comes back with the topic's answer to the first message, or with the answer whether it is there. Frozen. */
export interface SubscribingToken {
  readonly type: 'subscribing';
  readonly call: CallId;
  readonly by: string;
  readonly subscription: EventSubscription;
  readonly isNew: boolean;
  /** RDS was refused with these words; the question is now whether the topic is there at all. */
  readonly refused?: string;
}

export function checkTopic(state: RdsState, topic: string): void {
  const arn = parseArn(topic);
  if (arn?.service !== 'sns' || arn.region !== state.region) {
    throw invalidTopic('Expected is the ARN of a topic of this region.');
  }
  if (topic.endsWith('.fifo')) throw invalidTopic('RDS publishes to standard topics only.');
}

export function firstMessage(context: Ctx, token: SubscribingToken): void {
  const { topic, sourceType } = token.subscription;
  const type = sourceType === undefined ? '' : ` of type ${sourceType}`;
  // UNSURE: the words without a type.
  const Message = `This is a message to notify that RDS will attempt to send you event notifications${type} to the topic ${topic}.`;
  const caller = callerFor(context.state, token.subscription);
  const input = { TopicArn: topic, Subject: SUBJECT, Message };
  context.request({ service: 'sns', operation: 'Publish', input, caller }, token);
}

export function topicAnswered(context: Ctx, token: SubscribingToken, outcome: Outcome): void {
  const { subscription, refused } = token;
  const { state } = context;
  if (refused === undefined && !outcome.ok) {
    // A topic tells a stranger only that he may not; its owner is told whether it is there.
    const caller: Caller = {
      by: 'rds',
      account: parseArn(subscription.topic)!.account,
      profile: 'default',
      secure: true,
    };
    const input = { TopicArn: subscription.topic };
    const next: SubscribingToken = Object.freeze({ ...token, refused: outcome.refusal.message });
    context.request({ service: 'sns', operation: 'GetTopicAttributes', input, caller }, next);
    return;
  }
  if (refused !== undefined) {
    refuse(context, token, outcome.ok ? noAuthorization(refused) : noSuchTopic());
    return;
  }
  const before = state.subscriptions.get(keyOf(subscription.account, subscription.name));
  replace(state, { ...subscription, ...(before && { sent: before.sent, failed: before.failed }) });
  emit(context, {
    type: token.isNew ? 'rds/EventSubscriptionCreated' : 'rds/EventSubscriptionModified',
    by: token.by,
    subscription: subscription.name,
    topic: subscription.topic,
  });
  const status = token.isNew ? 'creating' : 'modifying';
  const output = { EventSubscription: described(state, subscription, status) };
  context.complete(token.call, { ok: true, output });
}

const refuse = (context: Ctx, { call }: SubscribingToken, error: ServiceError): void =>
  context.complete(call, { ok: false, refusal: error.refusal });
