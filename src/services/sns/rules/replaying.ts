/** A subscription with a replay policy gets the archive again: when it is set, and when it subscribes with one. */
import type { Context } from '../../../engine/service.ts';
import type { SnsState, Subscription, Topic } from '../model.ts';
import { replayed, tellReplay } from './archive.ts';
import { replayTo } from './fanOut.ts';

export function replay(context: Context<SnsState>, subscription: Subscription, topic: Topic): void {
  const messages = replayed(context.state, topic, subscription, context.now);
  tellReplay(context, subscription, replayTo(context, subscription, messages));
}

/** As soon as it is confirmed. SNS API Reference, Subscribe: ReplayPolicy is one of its attributes. */
export function replayAtFirst(context: Context<SnsState>, subscription: Subscription): void {
  const topic = context.state.topics.get(subscription.topicArn);
  if (topic === undefined || !subscription.confirmed) return;
  if (subscription.settings.ReplayPolicy !== undefined) replay(context, subscription, topic);
}
