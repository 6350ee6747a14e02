/**
 * A consumer with enhanced fan-out: it registers with the stream, subscribes to each shard, and is pushed the records
 * as they come, with 2 MB a second of each shard for itself; after five minutes it subscribes again. Kinesis Developer
 * Guide, Develop enhanced fan-out consumers.
 *
 * SIMPLER THAN AWS: what is pushed to a slow app waits in the app, without bound.
 */
import { isFromKinesis } from '../../contract/subscribedRecords.ts';
import type { SubscriptionClosed } from '../../contract/subscriptionClosed.ts';
import { settingsOf } from '../../contract/world.ts';
import type { Context, Outcome } from '../../engine/service.ts';
import { after, milliseconds } from '../../engine/units.ts';
import { call, noteRefusal } from './calling.ts';
import type { AppsState, Consumer } from './model.ts';
import { type AppsContext, nameOf, turn } from './shardAsking.ts';
import type { ShardReader } from './shardModel.ts';
import type { FanOutDue, FanOutToken, ShardToken } from './timers.ts';

const ASK_AGAIN = milliseconds(1_000);

export const hasFanOut = ({ settings }: Pick<Consumer, 'settings'>): boolean => settings.fanOut === true;

/** It is registered, or needs not be. */
export const isReady = (app: Consumer): boolean => !hasFanOut(app) || app.reading.consumerArn !== undefined;

const streamArn = (context: AppsContext, { settings }: Consumer): string => {
  const { region, account } = settingsOf(context);
  return `arn:aws:kinesis:${region}:${account}:stream/${settings.from.name}`;
};

/** Registers with the stream; an earlier registration of the name is used again. */
export function register(context: AppsContext, app: Consumer): void {
  ask(context, app, 'RegisterStreamConsumer');
}

function ask(context: AppsContext, app: Consumer, operation: FanOutToken['operation']): void {
  const { name, life, reading } = app;
  reading.turn = ++app.turns;
  const token: FanOutToken = { type: 'fanOut', app: name, life, operation, turn: reading.turn };
  const input = { StreamARN: streamArn(context, app), ConsumerName: name };
  call(context, app, nameOf(app), operation, input, token, 'kinesis');
}

/** Its registration takes some seconds. Answers whether it is ACTIVE now. */
export function registrationAnswered(
  context: AppsContext,
  app: Consumer,
  { operation }: FanOutToken,
  outcome: Outcome,
): boolean {
  if (!outcome.ok) {
    const { refusal } = outcome;
    if (operation === 'RegisterStreamConsumer' && refusal.code === 'ResourceInUseException') {
      ask(context, app, 'DescribeStreamConsumer');
      return false;
    }
    noteRefusal(context, app, nameOf(app), operation, refusal, 1);
    again(context, app, 'RegisterStreamConsumer');
    return false;
  }
  const { Consumer: made, ConsumerDescription: found } = outcome.output as Registration;
  const consumer = found ?? made;
  if (consumer?.ConsumerStatus !== 'ACTIVE') {
    again(context, app, 'DescribeStreamConsumer');
    return false;
  }
  app.reading.consumerArn = consumer.ConsumerARN;
  return true;
}

interface Registration {
  readonly Consumer?: { readonly ConsumerARN: string; readonly ConsumerStatus: string };
  readonly ConsumerDescription?: { readonly ConsumerARN: string; readonly ConsumerStatus: string };
}

function again(context: AppsContext, app: Consumer, operation: FanOutToken['operation']): void {
  const { name, life, reading } = app;
  reading.turn = ++app.turns;
  const timer: FanOutDue = { type: 'app/FanOutDue', app: name, life, operation, turn: reading.turn };
  context.schedule(after(context.now, ASK_AGAIN), timer);
}

export function fanOutDue(context: AppsContext, app: Consumer, { operation, turn: at }: FanOutDue): void {
  if (app.running && app.reading.turn === at) ask(context, app, operation);
}

/** From after what it got last; without that, from where the app begins, or from when it was subscribed last. */
export function subscribe(context: AppsContext, app: Consumer, reader: ShardReader): void {
  turn(context, app, reader, 'asking');
  const { epoch } = settingsOf(context);
  const last = reader.batch.at(-1)?.sequenceNumber ?? reader.done;
  const begins = reader.isChild || app.settings.start === 'trim-horizon' ? 'TRIM_HORIZON' : 'LATEST';
  const StartingPosition =
    last !== ''
      ? { Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: last }
      : reader.issued > 0
        ? { Type: 'AT_TIMESTAMP', Timestamp: epoch + reader.issued }
        : { Type: begins };
  const token: ShardToken = {
    type: 'shard',
    app: app.name,
    life: app.life,
    shard: reader.shard,
    turn: reader.turn,
  };
  const input = { ConsumerARN: app.reading.consumerArn, ShardId: reader.shard, StartingPosition };
  const by = nameOf(app, reader.by);
  reader.call = call(context, app, by, 'SubscribeToShard', input, token, 'kinesis');
}

/** It closes the connection: nothing more is pushed to it. */
export function unsubscribe(context: Context<AppsState>, app: Consumer, reader: ShardReader): void {
  if (reader.isSubscribed !== true || app.reading.consumerArn === undefined) return;
  reader.isSubscribed = false;
  const payload: SubscriptionClosed = {
    type: 'SubscriptionClosed',
    consumerArn: app.reading.consumerArn,
    shardId: reader.shard,
    by: nameOf(app, reader.by),
  };
  context.deliver({ to: 'kinesis', from: 'app', payload: Object.freeze(payload) });
}

/** Whom a push is for. */
export function readerPushedTo(
  { state }: AppsContext,
  payload: object,
): { readonly app: Consumer; readonly reader: ShardReader } | undefined {
  if (!isFromKinesis(payload)) return undefined;
  for (const app of state.apps.values()) {
    if (app.kind !== 'consumer' || app.reading.consumerArn !== payload.consumerArn) continue;
    const reader = app.reading.readers.get(payload.shardId);
    if (reader !== undefined && nameOf(app, reader.by) === payload.to) return { app, reader };
  }
  return undefined;
}

/** May it be handed records: it stands, or its answer is on the way. */
export const takesPushes = (reader: ShardReader): boolean =>
  reader.isSubscribed === true || reader.state === 'asking';
