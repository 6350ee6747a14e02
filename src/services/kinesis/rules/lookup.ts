/** From what a call names to a stream, a shard, a consumer. */
import { parseArn } from '../../../contract/arn.ts';
import type { Context } from '../../../engine/service.ts';
import {
  consumerNotFound,
  invalidArgument,
  type Named,
  notActive,
  shardNotFound,
  streamNotFound,
} from '../errors.ts';
import { type Consumer, type KinesisState, type Shard, type Stream, shardId } from '../model.ts';
import { isGone } from './retention.ts';

export interface StreamRef {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

const STREAM_RESOURCE = /^stream\/([^/]+)$/u;

/** Account and name of the stream that a call names. */
export function named({ StreamName, StreamARN }: StreamRef, account: string): Named {
  if (StreamARN !== undefined) {
    const arn = parseArn(StreamARN);
    const name = STREAM_RESOURCE.exec(arn?.resource ?? '')?.[1];
    if (arn === undefined || name === undefined) {
      // UNSURE: the sentence.
      throw invalidArgument(`StreamARN ${StreamARN} is invalid.`);
    }
    return { account: arn.account, name };
  }
  // UNSURE: the sentence.
  if (StreamName === undefined) throw invalidArgument('Either StreamName or StreamARN should be provided.');
  return { account, name: StreamName };
}

export const findStream = (state: KinesisState, { account, name }: Named): Stream | undefined =>
  state.streams.get(`${account}/${name}`);

export function streamAt({ state, caller }: Context<KinesisState>, ref: StreamRef): Stream {
  const who = named(ref, caller.account);
  const stream = findStream(state, who);
  if (stream === undefined) throw streamNotFound(who);
  return stream;
}

/** For operations that need the stream to be ACTIVE. */
export function activeStream(context: Context<KinesisState>, ref: StreamRef): Stream {
  const stream = streamAt(context, ref);
  if (stream.status !== 'ACTIVE') throw notActive(stream, stream.status);
  return stream;
}

/** `shardId-000000000003`, `shardId-3`, `x-3` and `3` all mean shard 3; undefined: none of these. */
export function shardNumber(text: string): number | undefined {
  const digits = /(?:^|-)(\d+)$/u.exec(text)?.[1];
  const number = digits === undefined ? Number.NaN : Number(digits);
  return number <= 2_147_483_647 ? number : undefined;
}

/** Before the stream is looked for: can the shard's id be read? */
export function parsedShard(text: string, who: Named): number {
  const number = shardNumber(text);
  if (number === undefined) throw shardNotFound(text, who);
  return number;
}

/** A shard that still exists. */
export function shardIn(stream: Stream, number: number, now: number): Shard | undefined {
  const shard = stream.shards.get(number);
  return shard === undefined || isGone(stream, shard, now) ? undefined : shard;
}

/** For splits and merges: a shard of a stream. */
export function shardAt(stream: Stream, number: number, now: number): Shard {
  const shard = shardIn(stream, number, now);
  if (shard === undefined) throw shardNotFound(shardId(number), stream);
  return shard;
}

export interface ConsumerRef {
  readonly ConsumerARN?: string | undefined;
  readonly ConsumerName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

export function consumerAt(
  { state, caller }: Context<KinesisState>,
  { ConsumerARN, ConsumerName, StreamARN }: ConsumerRef,
): { readonly stream: Stream; readonly consumer: Consumer } {
  if (ConsumerARN !== undefined) {
    const found = consumerOfArn(state, ConsumerARN);
    if (found === undefined) throw consumerNotFound(ConsumerARN, caller.account);
    return found;
  }
  if (ConsumerName === undefined || StreamARN === undefined) {
    // UNSURE: the sentence.
    throw invalidArgument('Either ConsumerARN or both StreamARN and ConsumerName should be provided.');
  }
  const who = named({ StreamARN }, caller.account);
  const stream = findStream(state, who);
  if (stream === undefined) throw streamNotFound(who);
  const consumer = stream.consumers.get(ConsumerName);
  if (consumer === undefined) throw consumerNotFound(ConsumerName, who.account);
  return { stream, consumer };
}

export function consumerOfArn(
  state: KinesisState,
  text: string,
): { readonly stream: Stream; readonly consumer: Consumer } | undefined {
  const arn = parseArn(text);
  const [, name, , mark] = arn?.resource.split('/') ?? [];
  const stream = state.streams.get(`${arn?.account}/${name}`);
  const consumer = stream?.consumers.get(mark?.split(':')[0] ?? '');
  return stream !== undefined && consumer?.arn === text ? { stream, consumer } : undefined;
}
