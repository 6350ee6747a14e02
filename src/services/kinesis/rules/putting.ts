/** Records into shards: the shard by the key, its meters, and what a refusal is called. */
import { utf8Length } from '../../../contract/text.ts';
import { countTraffic } from '../../../contract/traffic.ts';
import { BILLED_STEP, putPayloadUnitsOf, roundedUp } from '../../../contract/usage.ts';
import { OnDemand } from '../../../engine/onDemand.ts';
import type { Context } from '../../../engine/service.ts';
import type { Instant } from '../../../engine/units.ts';
import { faulty, invalidArgument, rateExceeded } from '../errors.ts';
import { emit } from '../events.ts';
import { type ShardLimits, shardLimits } from '../limits.ts';
import { countShard, countStream } from '../metrics.ts';
import type { KinesisState, Shard, Stream } from '../model.ts';
import { type Capacity, capacityOf, countLoad, enterQuarter, fullStream } from './capacity.ts';
import { tooLong } from './constraints.ts';
import { HASH_KEYS, shardOfHash, shardOfKey, toHash } from './hashRange.ts';
import { wakeSubscriptions } from './pushing.ts';
import { planTrim } from './retention.ts';
import { type SequenceParts, sequenceNumber } from './sequenceNumber.ts';
import { append } from './shardLog.ts';
import { countPut, type FullMeter, fullMeter, putClears } from './throughput.ts';
import { wakeReaders } from './waiting.ts';

type Ctx = Context<KinesisState>;

export interface GivenRecord {
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | undefined;
}

export const sizeOf = ({ Data, PartitionKey }: GivenRecord): number => Data.length + utf8Length(PartitionKey);

/** Refuses a record that no shard of this stream could take; `place`: in its call, from 1. */
export function checkRecord({ recordKiB }: Stream, record: GivenRecord, size: number, place?: number): void {
  const { ExplicitHashKey: hash, Data } = record;
  if (hash !== undefined && BigInt(hash) >= HASH_KEYS) {
    throw invalidArgument(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${hash}`,
    );
  }
  const max = recordKiB * 1_024;
  if (size > max) {
    const path = place === undefined ? 'data' : `records.${place}.member.data`;
    throw faulty([tooLong(Data, path, max)]);
  }
}

/** A record was put: where, and its sequence number when somebody reads it. */
export class PutDone extends OnDemand {
  readonly ShardId: string;
  readonly #parts: SequenceParts;

  constructor(shard: string, parts: SequenceParts) {
    super();
    this.ShardId = shard;
    this.#parts = parts;
  }

  get SequenceNumber(): string {
    return sequenceNumber(this.#parts);
  }

  override toJSON(): object {
    return { SequenceNumber: this.SequenceNumber, ShardId: this.ShardId };
  }
}

interface PutRefused {
  readonly shard: Shard;
  readonly meter: FullMeter;
  readonly of: 'shard' | 'stream';
  readonly message: string;
  /** Ours: the meter, and when it clears. */
  readonly why: string;
}

export type PutOutcome = PutDone | PutRefused;

/** The puts of one call, in their order. `sizes`: of each, key and data, in bytes. */
export function putAll(
  context: Ctx,
  stream: Stream,
  records: readonly GivenRecord[],
  sizes: readonly number[],
): PutOutcome[] {
  const { state, now } = context;
  const limits = shardLimits(state.limits);
  enterQuarter(context, stream);
  const capacity = stream.mode === 'ON_DEMAND' ? capacityOf(stream, limits, now) : undefined;
  const before = stream.counters.put;
  const outcomes: PutOutcome[] = [];
  for (let index = 0; index < records.length; index++) {
    outcomes.push(put(context, stream, records[index]!, sizes[index]!, limits, capacity));
  }
  countTraffic(stream.incoming, now, stream.counters.put - before);
  planTrim(context, stream);
  if (state.subscriptions.size > 0) wakeSubscriptions(context, stream);
  if (state.waiting.size > 0) wakeReaders(context, stream);
  return outcomes;
}

function put(
  context: Ctx,
  stream: Stream,
  record: GivenRecord,
  size: number,
  limits: ShardLimits,
  capacity: Capacity | undefined,
): PutOutcome {
  const { state, now, caller } = context;
  const { PartitionKey: key, ExplicitHashKey: hash, Data: data } = record;
  const shard = hash === undefined ? shardOfKey(stream, key) : shardOfHash(stream, toHash(BigInt(hash)));
  const ofStream = fullStream(stream, capacity, size, now);
  const meter = ofStream ?? fullMeter(stream, shard, size, limits, now);
  if (meter !== undefined) {
    return refuse(
      context,
      stream,
      { shard, meter, of: ofStream === undefined ? 'shard' : 'stream' },
      key,
      size,
    );
  }
  countPut(stream, shard, size, limits, now);
  countLoad(stream, size);
  const number = append(shard.log, { at: now, key, data, size }, stream.keyId !== undefined);
  stream.counters.put++;
  stream.counters.putBytes += size;
  countTraffic(shard.incoming, now);
  countTraffic(shard.incomingBytes, now, size);
  bill(state, stream, size);
  if (stream.monitoring.length > 0) {
    countShard(state, stream, shard, now, 'IncomingBytes', size);
    countShard(state, stream, shard, now, 'IncomingRecords', 1);
    countShard(state, stream, shard, now, 'WriteProvisionedThroughputExceeded', 0);
  }
  const parts: SequenceParts = {
    shardCreated: utcSecond(state, shard.created),
    shard: shard.number,
    number,
    second: utcSecond(state, now),
  };
  emit(context, {
    type: 'kinesis/RecordPut',
    by: caller.by,
    stream: stream.name,
    shard: shard.number,
    partitionKey: key,
    bytes: size,
    parts,
  });
  return new PutDone(shard.id, parts);
}

export const utcSecond = ({ epoch }: KinesisState, at: Instant): number => Math.floor((epoch + at) / 1_000);

function bill({ used }: KinesisState, { mode }: Stream, size: number): void {
  const rounded = roundedUp(size, BILLED_STEP.onDemandRecord);
  const units = putPayloadUnitsOf(size);
  if (mode === 'PROVISIONED') {
    used.putPayloadUnits += units;
    used.provisioned.records++;
    used.provisioned.roundedBytes += rounded;
  } else {
    used.onDemandBytesIn += rounded;
    used.onDemand.records++;
    used.onDemand.payloadUnits += units;
  }
}

function refuse(
  context: Ctx,
  stream: Stream,
  { shard, meter, of }: Pick<PutRefused, 'shard' | 'meter' | 'of'>,
  partitionKey: string,
  size: number,
): PutRefused {
  const { state, now, caller } = context;
  stream.counters.throttledPuts++;
  countTraffic(shard.refusedPuts, now);
  countTraffic(stream.refused, now);
  countShard(state, stream, shard, now, 'WriteProvisionedThroughputExceeded', 1);
  emit(context, {
    type: 'kinesis/RecordThrottled',
    by: caller.by,
    stream: stream.name,
    shard: shard.number,
    partitionKey,
    meter,
    of,
  });
  const message = rateExceeded(shard.id, stream);
  return { shard, meter, of, message, why: whyFull(state, stream, shard, { meter, of, size, now }) };
}

function whyFull(
  state: KinesisState,
  stream: Stream,
  shard: Shard,
  full: { meter: FullMeter; of: PutRefused['of']; size: number; now: Instant },
): string {
  const limits = shardLimits(state.limits);
  const scaled = state.limits === 'scaled' ? ' (scaled: 1/100 of the AWS figure)' : '';
  const wait = putClears(stream, shard, full.size, limits, full.now) - full.now;
  if (full.of === 'stream') {
    return `Stream ${stream.name} grows faster than a stream on demand does: double its peak in 15 minutes; it clears in ${wait} ms${scaled}.`;
  }
  const used =
    full.meter === 'records'
      ? `${shard.put.records} of ${limits.records} records`
      : `${shard.put.bytes} of ${limits.bytes} bytes`;
  return `Shard ${shard.number} took ${used} in this second, ${full.size} bytes more were asked${scaled}; it clears in ${wait} ms.`;
}

/** What a call of PutRecord or PutRecords adds to the metrics. */
export function countCall(
  { state, now }: Ctx,
  stream: Stream,
  operation: 'PutRecord' | 'PutRecords',
  sizes: readonly number[],
  outcomes: readonly PutOutcome[],
): void {
  let bytes = 0;
  let failed = 0;
  for (let index = 0; index < outcomes.length; index++) {
    if (outcomes[index] instanceof PutDone) bytes += sizes[index]!;
    else failed++;
  }
  const good = sizes.length - failed;
  countStream(state, stream, now, 'IncomingBytes', bytes);
  countStream(state, stream, now, 'IncomingRecords', good);
  countStream(state, stream, now, `${operation}.Bytes`, bytes);
  countStream(state, stream, now, `${operation}.Success`, good > 0 ? 1 : 0);
  countStream(state, stream, now, 'WriteProvisionedThroughputExceeded', failed);
  if (operation === 'PutRecord') return;
  countStream(state, stream, now, 'PutRecords.Records', good);
  countStream(state, stream, now, 'PutRecords.TotalRecords', sizes.length);
  countStream(state, stream, now, 'PutRecords.SuccessfulRecords', good);
  countStream(state, stream, now, 'PutRecords.FailedRecords', failed);
  countStream(state, stream, now, 'PutRecords.ThrottledRecords', failed);
}
