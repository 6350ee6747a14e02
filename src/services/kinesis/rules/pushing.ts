/**
 * Enhanced fan-out: a consumer that subscribed to a shard is pushed its records, with a meter of its own. Kinesis
 * Developer Guide, Develop enhanced fan-out consumers; API Reference, SubscribeToShard.
 *
 * A subscription that has read all plans nothing; the next put plans its push. SIMPLER THAN AWS: no empty events come
 * between; the continuation number is that of the last record.
 */
import type {
  FromKinesis,
  SubscribedRecord,
  SubscriptionEnded,
} from '../../../contract/subscribedRecords.ts';
import { BILLED_STEP, roundedUp } from '../../../contract/usage.ts';
import { type Context, OUTSIDE } from '../../../engine/service.ts';
import { after, type Instant, instant } from '../../../engine/units.ts';
import { emit } from '../events.ts';
import { PUSH_BYTES_PER_SECOND, PUSH_DELAY } from '../limits.ts';
import { countConsumer } from '../metrics.ts';
import { type KinesisState, type Stream, type Subscription, shardId } from '../model.ts';
import { childShards, noteReader, type Taken, take } from './reading.ts';
import { nextNumber } from './shardLog.ts';

type Ctx = Context<KinesisState>;

export interface PushDue {
  readonly type: 'kinesis/PushDue' | 'kinesis/SubscriptionDue';
  readonly subscription: number;
}

/** After puts, and when shards were closed: those who wait are pushed to soon. */
export function wakeSubscriptions(context: Ctx, stream: Stream): void {
  const { state, now } = context;
  for (const subscription of state.subscriptions.values()) {
    if (subscription.armed || subscription.stream !== stream.key) continue;
    const shard = stream.shards.get(subscription.shard);
    if (shard === undefined) continue;
    if (shard.closed !== undefined || subscription.position < nextNumber(shard.log)) {
      arm(context, subscription, after(now, PUSH_DELAY));
    }
  }
}

export function arm(context: Ctx, subscription: Subscription, at: Instant): void {
  subscription.armed = true;
  const when = instant(Math.max(at, subscription.free));
  context.schedule(when, { type: 'kinesis/PushDue', subscription: subscription.id } as PushDue);
}

export function pushDue(context: Ctx, { type, subscription: id }: PushDue): void {
  const { state } = context;
  const subscription = state.subscriptions.get(id);
  if (subscription === undefined) return;
  if (type === 'kinesis/SubscriptionDue') {
    endSubscription(context, subscription, 'time');
    return;
  }
  const stream = state.streams.get(subscription.stream);
  const shard = stream?.shards.get(subscription.shard);
  if (stream === undefined || stream.order !== subscription.order || shard === undefined) {
    endSubscription(context, subscription, 'gone');
    return;
  }
  subscription.armed = false;
  const max = { records: 10_000, bytes: PUSH_BYTES_PER_SECOND };
  const taken = take(context, stream, shard, subscription.position, max, subscription.consumer);
  subscription.position = taken.position;
  subscription.free = instant(context.now + Math.ceil((taken.bytes * 1_000) / PUSH_BYTES_PER_SECOND));
  push(context, stream, subscription, taken);
  if (taken.ended) endSubscription(context, subscription, 'shardEnd');
  else if (taken.position < nextNumber(shard.log)) arm(context, subscription, subscription.free);
}

function push(context: Ctx, stream: Stream, subscription: Subscription, taken: Taken): void {
  const { state, now } = context;
  const shard = stream.shards.get(subscription.shard)!;
  const { consumer, by, call } = subscription;
  noteReader(shard, consumer, now, { position: taken.position, behind: taken.behind, fanOut: true });
  const count = (metric: Parameters<typeof countConsumer>[4], value: number): void =>
    countConsumer(state, stream, consumer, now, metric, value);
  count('SubscribeToShardEvent.Bytes', taken.bytes);
  count('SubscribeToShardEvent.Records', taken.records.length);
  count('SubscribeToShardEvent.MillisBehindLatest', taken.behind);
  count('SubscribeToShardEvent.Success', 1);
  const billed = roundedUp(taken.bytes, BILLED_STEP.onDemandRecord);
  if (stream.mode === 'ON_DEMAND') state.used.onDemandFanOutBytes += billed;
  else state.used.fanOutBytes += taken.bytes;
  handOver(context, stream.arn, {
    type: 'SubscribedRecords',
    to: by,
    ...(call !== undefined && { call }),
    consumerArn: stream.consumers.get(consumer)?.arn ?? '',
    stream: stream.name,
    shardId: shardId(subscription.shard),
    records: taken.records as readonly SubscribedRecord[],
    continuationSequenceNumber: taken.records.at(-1)?.SequenceNumber,
    millisBehindLatest: taken.behind,
    ...(taken.ended && { childShards: childShards(stream, shard) }),
  });
}

/** To a real client, or to an app; a world without apps has nobody else to tell. */
function handOver(context: Ctx, from: string, payload: FromKinesis): void {
  if (payload.call !== undefined) context.deliver({ to: OUTSIDE, from, payload });
  else if (context.peek('app') !== undefined) context.deliver({ to: 'app', from, payload });
}

export function endSubscription(
  context: Ctx,
  subscription: Subscription,
  reason: SubscriptionEnded['reason'],
): void {
  const { state } = context;
  const { id, by, call, stream: key, consumer, shard } = subscription;
  state.subscriptions.delete(id);
  const stream = state.streams.get(key);
  const name = key.slice(key.indexOf('/') + 1);
  emit(context, { type: 'kinesis/SubscriptionEnded', by, stream: name, shard, consumer });
  const payload: SubscriptionEnded = {
    type: 'SubscriptionEnded',
    to: by,
    ...(call !== undefined && { call }),
    consumerArn: stream?.consumers.get(consumer)?.arn ?? '',
    stream: name,
    shardId: shardId(shard),
    reason,
  };
  handOver(context, stream?.arn ?? name, payload);
}

/** The stream, or one of its consumers, is gone. */
export function endSubscriptions(context: Ctx, stream: Stream, consumer?: string): void {
  for (const subscription of [...context.state.subscriptions.values()]) {
    if (subscription.stream !== stream.key) continue;
    if (consumer === undefined || subscription.consumer === consumer) {
      endSubscription(context, subscription, 'gone');
    }
  }
}
