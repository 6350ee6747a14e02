/** A consumer closes the connection of its subscription: it is pushed no more. */
import type { SubscriptionClosed } from '../../../contract/subscriptionClosed.ts';
import type { Context } from '../../../engine/service.ts';
import { type KinesisState, shardId } from '../model.ts';
import { consumerOfArn } from './lookup.ts';
import { endSubscription } from './pushing.ts';

export function closeSubscription(
  context: Context<KinesisState>,
  { consumerArn, shardId: shard, by }: SubscriptionClosed,
): void {
  const { state } = context;
  const found = consumerOfArn(state, consumerArn);
  const subscription = [...state.subscriptions.values()].find(
    (one) =>
      one.stream === found?.stream.key &&
      one.consumer === found.consumer.name &&
      shardId(one.shard) === shard &&
      one.by === by,
  );
  if (subscription !== undefined) endSubscription(context, subscription, 'gone');
}
