/** Consumers with enhanced fan-out: registered, then subscribed shard by shard. */

import {
  DeregisterStreamConsumer$,
  type DeregisterStreamConsumerInput,
  DescribeStreamConsumer$,
  type DescribeStreamConsumerInput,
  ListStreamConsumers$,
  type ListStreamConsumersInput,
  RegisterStreamConsumer$,
  type RegisterStreamConsumerInput,
  SubscribeToShard$,
  type SubscribeToShardInput,
} from '@aws-sdk/client-kinesis';
import { lifeTime } from '../../../contract/world.ts';
import type { Context } from '../../../engine/service.ts';
import { after, type Milliseconds } from '../../../engine/units.ts';
import { DRY_RUN, kinesisOperation, NEXT_TOKEN, results, STREAM_ARN, STREAM_ID } from '../define.ts';
import { consumerNotFound, limitExceeded, resourceInUse, shardMissing } from '../errors.ts';
import { emit } from '../events.ts';
import {
  CONSUMER_CREATING,
  CONSUMER_DELETING,
  CONSUMERS_CREATING_MAX,
  CONSUMERS_MAX,
  SUBSCRIPTION_LIFE,
  SUBSCRIPTION_TAKEOVER,
} from '../limits.ts';
import { countConsumer } from '../metrics.ts';
import { type Consumer, type KinesisState, type Stream, type Subscription, shardId } from '../model.ts';
import { accrue } from '../rules/billing.ts';
import type { ConsumerDue } from '../rules/consumers.ts';
import { describedConsumer } from '../rules/describing.ts';
import { activeStream, consumerAt, consumerOfArn, parsedShard, shardIn, streamAt } from '../rules/lookup.ts';
import { readToken, tokenText } from '../rules/paging.ts';
import { positionOf } from '../rules/positions.ts';
import { arm, endSubscription, type PushDue } from '../rules/pushing.ts';
import { nextNumber } from '../rules/shardLog.ts';
import { readTags } from '../rules/tags.ts';

type Ctx = Context<KinesisState>;

const CONSUMER = {
  StreamARN: STREAM_ARN,
  ConsumerName: { purpose: 'the consumer, by its name' },
  ConsumerARN: { purpose: 'the consumer, by its ARN' },
  StreamId: STREAM_ID,
} as const;

function later(context: Ctx, stream: Stream, { arn }: Consumer, becomes: ConsumerDue['becomes']): void {
  const wait: Milliseconds = becomes === 'ACTIVE' ? CONSUMER_CREATING : CONSUMER_DELETING;
  const timer: ConsumerDue = { type: 'kinesis/ConsumerDue', stream: stream.key, arn, becomes };
  context.schedule(after(context.now, lifeTime(context, wait)), timer);
}

export const registerStreamConsumer = kinesisOperation<RegisterStreamConsumerInput>(RegisterStreamConsumer$, {
  summary: 'Gives a consumer 2 MB a second of each shard for itself.',
  members: {
    StreamARN: STREAM_ARN,
    ConsumerName: { purpose: 'what it is called', min: 1, max: 128, unit: 'characters' },
    StreamId: STREAM_ID,
    Tags: { purpose: 'labels of your own, a=b' },
  },
  handle(context, input) {
    const { state, now } = context;
    const stream = activeStream(context, input);
    const name = input.ConsumerName!;
    const tags = readTags({}, input.Tags as Readonly<Record<string, string>> | undefined);
    if (stream.consumers.has(name)) {
      // UNSURE: the sentence.
      throw resourceInUse(
        `Consumer ${name} under stream ${stream.name} already exists for account ${stream.account}.`,
      );
    }
    const creating = [...stream.consumers.values()].filter(({ status }) => status === 'CREATING').length;
    if (stream.consumers.size >= CONSUMERS_MAX || creating >= CONSUMERS_CREATING_MAX) {
      // UNSURE: the sentence.
      throw limitExceeded(
        `Stream ${stream.name} under account ${stream.account} has ${stream.consumers.size} consumers, of which ${creating} are CREATING.`,
        `A stream has at most ${CONSUMERS_MAX}, and at most ${CONSUMERS_CREATING_MAX} that are being made.`,
      );
    }
    accrue(stream, now);
    const second = Math.floor((state.epoch + now) / 1_000);
    const consumer: Consumer = {
      name,
      arn: `${stream.arn}/consumer/${name}:${second}`,
      created: now,
      tags,
      status: 'CREATING',
      policy: undefined,
    };
    stream.consumers.set(name, consumer);
    later(context, stream, consumer, 'ACTIVE');
    return { Consumer: describedConsumer(state, consumer) };
  },
});

export const deregisterStreamConsumer = kinesisOperation<DeregisterStreamConsumerInput>(
  DeregisterStreamConsumer$,
  {
    summary: 'Takes a consumer with enhanced fan-out away.',
    members: CONSUMER,
    handle(context, input) {
      const { stream, consumer } = consumerAt(context, input);
      if (consumer.status === 'DELETING') return {};
      consumer.status = 'DELETING';
      later(context, stream, consumer, 'DELETING');
      return {};
    },
  },
);

export const describeStreamConsumer = kinesisOperation<DescribeStreamConsumerInput>(DescribeStreamConsumer$, {
  summary: 'Describes a consumer with enhanced fan-out.',
  members: CONSUMER,
  handle(context, input) {
    const { stream, consumer } = consumerAt(context, input);
    return {
      ConsumerDescription: { ...describedConsumer(context.state, consumer), StreamARN: stream.arn },
    };
  },
});

const PAGE = 100;

export const listStreamConsumers = kinesisOperation<ListStreamConsumersInput>(ListStreamConsumers$, {
  summary: 'Lists the consumers with enhanced fan-out of a stream.',
  members: {
    StreamARN: STREAM_ARN,
    NextToken: NEXT_TOKEN,
    MaxResults: results(PAGE),
    StreamCreationTimestamp: { purpose: 'tells it from an older stream of the name' },
    StreamId: STREAM_ID,
  },
  pagination: {
    inputToken: 'NextToken',
    outputToken: 'NextToken',
    result: 'Consumers',
    limitKey: 'MaxResults',
  },
  handle(context, { StreamARN, NextToken, MaxResults = PAGE }) {
    const { state, now } = context;
    const stream = streamAt(context, { StreamARN });
    const last = NextToken === undefined ? '' : readToken(NextToken, now).after;
    const found = [...stream.consumers.values()]
      .filter(({ name }) => name > last)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = found.slice(0, MaxResults);
    return {
      Consumers: page.map((consumer) => describedConsumer(state, consumer)),
      ...(found.length > page.length && {
        NextToken: tokenText({ issued: now, stream: stream.key, after: page.at(-1)!.name }),
      }),
    };
  },
});

/**
 * The answer says that it stands; records are delivered to the app (contract/subscribedRecords.ts) until five minutes
 * have passed. The AWS CLI has no such command.
 */
export const subscribeToShard = kinesisOperation<SubscribeToShardInput>(SubscribeToShard$, {
  summary: 'Has a consumer pushed the records of a shard, for five minutes.',
  members: {
    ConsumerARN: { purpose: 'the consumer, by its ARN' },
    ShardId: { purpose: 'the shard' },
    StartingPosition: { purpose: 'where to begin: Type=LATEST' },
    StreamId: STREAM_ID,
    DryRun: DRY_RUN,
  },
  handle(context, input) {
    const { state, now, caller } = context;
    const found = consumerOfArn(state, input.ConsumerARN!);
    if (found === undefined) throw consumerNotFound(input.ConsumerARN!, caller.account);
    const { stream, consumer } = found;
    const number = parsedShard(input.ShardId!, stream);
    const shard = shardIn(stream, number, now);
    if (shard === undefined) throw shardMissing(shardId(number), stream);
    const { Type, SequenceNumber, Timestamp } = input.StartingPosition!;
    const position = positionOf(context, stream, shard, {
      type: Type!,
      sequenceNumber: SequenceNumber,
      timestamp: Timestamp,
    });
    if (consumer.status !== 'ACTIVE') {
      // UNSURE: the sentence.
      throw resourceInUse(`Consumer ${consumer.arn} is not ACTIVE, instead in state ${consumer.status}`);
    }
    takeOver(context, stream, consumer, number);
    const subscription: Subscription = {
      id: state.subscriptionsMade++,
      stream: stream.key,
      order: stream.order,
      consumer: consumer.name,
      shard: number,
      by: caller.by,
      ...(caller.remote === true && context.call !== undefined && { call: context.call }),
      since: now,
      until: after(now, SUBSCRIPTION_LIFE),
      position,
      armed: false,
      free: now,
    };
    state.subscriptions.set(subscription.id, subscription);
    countConsumer(state, stream, consumer.name, now, 'SubscribeToShard.Success', 1);
    emit(context, {
      type: 'kinesis/Subscribed',
      by: caller.by,
      stream: stream.name,
      shard: number,
      consumer: consumer.name,
    });
    if (position < nextNumber(shard.log) || shard.closed !== undefined) arm(context, subscription, now);
    const ends: PushDue = { type: 'kinesis/SubscriptionDue', subscription: subscription.id };
    context.schedule(subscription.until, ends);
    return {};
  },
});

/** API Reference, SubscribeToShard: again within five seconds it is in use; after that the new one takes over. */
function takeOver(context: Ctx, stream: Stream, consumer: Consumer, shard: number): void {
  const { state, now } = context;
  const before = [...state.subscriptions.values()].find(
    (one) => one.stream === stream.key && one.consumer === consumer.name && one.shard === shard,
  );
  if (before === undefined) return;
  if (now - before.since < SUBSCRIPTION_TAKEOVER) {
    countConsumer(state, stream, consumer.name, now, 'SubscribeToShard.RateExceeded', 1);
    // UNSURE: the sentence.
    throw resourceInUse(
      `Another active subscription exists for this consumer: ${stream.account}:${stream.name}:${shardId(shard)}:${consumer.name}`,
      `It was made ${now - before.since} ms ago; after 5 s another one takes over.`,
    );
  }
  endSubscription(context, before, 'takenOver');
}
