/** To Kinesis: the connection over which a consumer was pushed a shard's records is closed by the consumer. */
export interface SubscriptionClosed {
  readonly type: 'SubscriptionClosed';
  readonly consumerArn: string;
  readonly shardId: string;
  /** Who subscribed. */
  readonly by: string;
}

export const isSubscriptionClosed = (payload: object): payload is SubscriptionClosed =>
  'type' in payload && payload.type === 'SubscriptionClosed';
