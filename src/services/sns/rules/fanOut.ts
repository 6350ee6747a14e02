/**
 * From one published message to its subscribers: who gets it is decided at once, with the filter policies of now. A
 * publish that matches nobody makes no objects; one that matches many makes a list of numbers and a timer for each
 * kind of endpoint.
 */
import { countTraffic } from '../../../contract/traffic.ts';
import type { Context, Timer } from '../../../engine/service.ts';
import { after } from '../../../engine/units.ts';
import { emit, ofSubscription, SNS_PRINCIPAL } from '../events.ts';
import { FILTERED_TOLD_MAX } from '../limits.ts';
import { countTopic, type TopicMetric } from '../metrics.ts';
import type { Message, SnsState, Subscription, Topic } from '../model.ts';
import { bill, count } from './counting.ts';
import { explain, type Facts, factsOf, filterOf, matches } from './filterPolicy/index.ts';
import { KINDS, type Kind, kindOf, timeOnTheWay } from './latency.ts';

/** A message reaches its subscribers of one kind. */
export interface FanOutDue extends Timer {
  readonly type: 'sns/FanOutDue';
  readonly message: Message;
  readonly subscriptions: readonly number[];
}

export function fanOut(context: Context<SnsState>, topic: Topic, message: Message): void {
  const { now } = context;
  const chosen = choose(context, topic, message);
  for (const kind of KINDS) {
    const subscriptions = chosen.get(kind);
    if (subscriptions === undefined) continue;
    const at = after(now, timeOnTheWay(context, kind, topic.fifo));
    context.schedule(at, { type: 'sns/FanOutDue', message, subscriptions } as FanOutDue);
  }
  let all = 0;
  for (const ids of chosen.values()) all += ids.length;
  topic.counters.pending += all;
  countTraffic(topic.outgoing, now, all);
}

function choose(context: Context<SnsState>, topic: Topic, message: Message): ReadonlyMap<Kind, number[]> {
  const { state } = context;
  const chosen = new Map<Kind, number[]>();
  const seen = new Seen(message);
  let told = 0;
  let byBody = 0;
  let byAttributes = 0;
  for (const id of topic.subscriptions) {
    const subscription = state.subscriptions.get(id)!;
    if (!subscription.confirmed) continue;
    const policy = filterOf(subscription.settings);
    if (policy !== undefined) {
      const body = subscription.settings.FilterPolicyScope === 'MessageBody';
      if (body) bill(state, 'sns/body-filtering', message.bytes);
      const facts = body ? seen.body : seen.attributes;
      if (!matches(policy, facts)) {
        count(state, subscription, 'filteredOut', 1);
        if (body) byBody++;
        else byAttributes++;
        if (told++ < FILTERED_TOLD_MAX) tellFilteredOut(context, subscription, message, facts);
        continue;
      }
    }
    subscription.counters.pending++;
    const kind = kindOf(subscription.protocol);
    const ids = chosen.get(kind);
    if (ids === undefined) chosen.set(kind, [id]);
    else ids.push(id);
  }
  countFiltered(context, message, { byBody, byAttributes, isBody: byBody > 0 && seen.body !== undefined });
  return chosen;
}

/** SNS Developer Guide: filtered out, and by what. */
function countFiltered(
  { state, now }: Context<SnsState>,
  { topicArn, attributes }: Message,
  by: { readonly byBody: number; readonly byAttributes: number; readonly isBody: boolean },
): void {
  const add = (metric: TopicMetric, value: number): void => countTopic(state, topicArn, now, metric, value);
  add('NumberOfNotificationsFilteredOut', by.byBody + by.byAttributes);
  add(`NumberOfNotificationsFilteredOut-${by.isBody ? 'MessageBody' : 'InvalidMessageBody'}`, by.byBody);
  const none = attributes === undefined;
  add(
    `NumberOfNotificationsFilteredOut-${none ? 'NoMessageAttributes' : 'MessageAttributes'}`,
    by.byAttributes,
  );
}

/** What filter policies look at, read when the first one asks. */
class Seen {
  readonly #message: Message;
  #attributes: Facts | undefined;
  #body: Facts | undefined | null = null;

  constructor(message: Message) {
    this.#message = message;
  }

  get attributes(): Facts {
    this.#attributes ??= factsOf(this.#message, 'MessageAttributes')!;
    return this.#attributes;
  }

  get body(): Facts | undefined {
    if (this.#body === null) this.#body = factsOf(this.#message, 'MessageBody');
    return this.#body;
  }
}

function tellFilteredOut(
  context: Context<SnsState>,
  subscription: Subscription,
  message: Message,
  facts: Facts | undefined,
): void {
  const reasons = explain(filterOf(subscription.settings)!, facts);
  const failed = reasons.find(({ matched }) => !matched) ?? reasons[0];
  emit(context, {
    type: 'sns/MessageFilteredOut',
    by: SNS_PRINCIPAL,
    ...ofSubscription(subscription),
    message,
    reason:
      failed === undefined ? 'no match' : `${failed.key}: wanted ${failed.wanted}, found ${failed.found}`,
  });
}

/** Messages of the archive to one subscription; answers how many passed its filter. */
export function replayTo(
  context: Context<SnsState>,
  subscription: Subscription,
  messages: readonly Message[],
): number {
  const { state, now } = context;
  const policy = filterOf(subscription.settings);
  const scope = subscription.settings.FilterPolicyScope;
  const at = after(now, timeOnTheWay(context, 'aws', true));
  const subscriptions = Object.freeze([subscription.id]);
  let sent = 0;
  for (const kept of messages) {
    if (policy !== undefined && !matches(policy, factsOf(kept, scope))) continue;
    const message = Object.freeze({ ...kept, replayed: true as const });
    context.schedule(at, { type: 'sns/FanOutDue', message, subscriptions } as FanOutDue);
    sent++;
  }
  count(state, subscription, 'pending', sent);
  return sent;
}
