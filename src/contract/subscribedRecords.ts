/**
 * What Kinesis pushes to an app that called SubscribeToShard (enhanced fan-out): delivered to the service `app`, or to
 * whom else the subscription names. Kinesis API Reference, SubscribeToShardEvent.
 */
import type { CallId } from '../engine/service.ts';

export interface SubscribedRecords {
  readonly type: 'SubscribedRecords';
  /** The caller of SubscribeToShard, by its name. */
  readonly to: string;
  /** The call of a real client, to whom it leaves the world. */
  readonly call?: CallId;
  readonly consumerArn: string;
  readonly stream: string;
  readonly shardId: string;
  /** In AWS's shape; empty ones are pushed when a shard has ended. */
  readonly records: readonly SubscribedRecord[];
  readonly continuationSequenceNumber: string | undefined;
  readonly millisBehindLatest: number;
  /** At the end of a closed shard: nothing more comes. */
  readonly childShards?: readonly object[];
}

export interface SubscribedRecord {
  readonly SequenceNumber: string;
  readonly ApproximateArrivalTimestamp: number;
  readonly PartitionKey: string;
  readonly Data: Uint8Array;
}

/** The five minutes are over, somebody else took over, or what it reads is gone: subscribe again. */
export interface SubscriptionEnded {
  readonly type: 'SubscriptionEnded';
  readonly to: string;
  readonly call?: CallId;
  readonly consumerArn: string;
  readonly stream: string;
  readonly shardId: string;
  readonly reason: 'time' | 'takenOver' | 'gone' | 'shardEnd';
}

export type FromKinesis = SubscribedRecords | SubscriptionEnded;

export const isFromKinesis = (payload: object): payload is FromKinesis =>
  'type' in payload && (payload.type === 'SubscribedRecords' || payload.type === 'SubscriptionEnded');
