/** Counters of a subscription and of its topic, together. */
import type { DeliveryCounters, Message, SnsState, Subscription } from '../model.ts';

export function count(
  state: SnsState,
  subscription: Subscription,
  what: keyof DeliveryCounters,
  by: number,
): void {
  subscription.counters[what] += by;
  const topic = state.topics.get(subscription.topicArn);
  if (topic !== undefined) topic.counters[what] += by;
}

/** A message of a publisher; what SNS sends of its own accord counts nowhere. */
export const counts = ({ control }: Message): boolean => control === undefined;

/** Billed: `item` of the price list. */
export function bill(state: SnsState, item: string, quantity: number): void {
  state.used.set(item, (state.used.get(item) ?? 0) + quantity);
}

/** A subscription that was taken back is kept until nothing is on its way to it any more. */
export function forgetIfGone(state: SnsState, subscription: Subscription): void {
  if (subscription.gone && subscription.counters.pending <= 0) state.subscriptions.delete(subscription.id);
}
