/** Records out of a shard, for GetRecords and for pushes: from a position, oldest first. Reading takes nothing away. */
import { countTraffic } from '../../../contract/traffic.ts';
import { OnDemand } from '../../../engine/onDemand.ts';
import type { Context } from '../../../engine/service.ts';
import { type Milliseconds, milliseconds } from '../../../engine/units.ts';
import { emit } from '../events.ts';
import { countShard } from '../metrics.ts';
import { type KinesisState, type Shard, type Stream, shardId } from '../model.ts';
import { decimal } from './hashRange.ts';
import { utcSecond } from './putting.ts';
import { horizon } from './retention.ts';
import { type SequenceParts, sequenceNumber } from './sequenceNumber.ts';
import { arrivalOf, type LoggedRecord, nextNumber, readFrom } from './shardLog.ts';

type Ctx = Context<KinesisState>;

/** A record as AWS answers it. */
class ReadRecord extends OnDemand {
  readonly PartitionKey: string;
  readonly Data: Uint8Array;
  /** UTC milliseconds. */
  readonly ApproximateArrivalTimestamp: number;
  readonly EncryptionType?: 'KMS';
  readonly #shard: number;
  readonly #created: number;
  readonly #number: number;

  constructor(state: KinesisState, shard: Shard, record: LoggedRecord) {
    super();
    this.PartitionKey = record.key;
    this.Data = record.data;
    this.ApproximateArrivalTimestamp = state.epoch + record.at;
    if (record.encrypted) this.EncryptionType = 'KMS';
    this.#shard = shard.number;
    this.#created = utcSecond(state, shard.created);
    this.#number = record.number;
  }

  get SequenceNumber(): string {
    return sequenceNumber({
      shardCreated: this.#created,
      shard: this.#shard,
      number: this.#number,
      second: Math.floor(this.ApproximateArrivalTimestamp / 1_000),
    });
  }

  override toJSON(): object {
    const { SequenceNumber, ApproximateArrivalTimestamp, Data, PartitionKey, EncryptionType } = this;
    return {
      SequenceNumber,
      ApproximateArrivalTimestamp,
      Data,
      PartitionKey,
      ...(EncryptionType !== undefined && { EncryptionType }),
    };
  }
}

export interface Taken {
  readonly records: readonly ReadRecord[];
  readonly bytes: number;
  /** The number of the next record. */
  readonly position: number;
  /** From the arrival of the last one; 0 at the tip. */
  readonly behind: Milliseconds;
  /** A closed shard is read to its end. */
  readonly ended: boolean;
}

export function take(
  context: Ctx,
  stream: Stream,
  shard: Shard,
  from: number,
  max: { readonly records: number; readonly bytes: number },
  consumer?: string,
): Taken {
  const { state, now, caller } = context;
  const first = Math.max(from, horizon(stream, shard, now));
  const read = readFrom(shard.log, first, max);
  const position = first + read.records.length;
  const end = nextNumber(shard.log);
  const behind = behindOf(shard, position, now);
  const count = read.records.length;
  stream.counters.read += count;
  stream.counters.readBytes += read.bytes;
  countTraffic(stream.outgoing, now, count);
  countTraffic(shard.outgoing, now, count);
  countTraffic(shard.outgoingBytes, now, read.bytes);
  countShard(state, stream, shard, now, 'OutgoingBytes', read.bytes);
  countShard(state, stream, shard, now, 'OutgoingRecords', count);
  countShard(state, stream, shard, now, 'IteratorAgeMilliseconds', behind);
  if (count > 0) {
    emit(context, {
      type: 'kinesis/RecordsRead',
      by: consumer === undefined ? caller.by : 'kinesis.amazonaws.com',
      stream: stream.name,
      shard: shard.number,
      count,
      bytes: read.bytes,
      behindMs: behind,
      from: partsOf(state, shard, read.records[0]!),
      to: partsOf(state, shard, read.records[count - 1]!),
      ...(consumer !== undefined && { consumer }),
    });
  }
  return {
    records: read.records.map((record) => new ReadRecord(state, shard, record)),
    bytes: read.bytes,
    position,
    behind,
    ended: shard.closed !== undefined && position >= end,
  };
}

const partsOf = (state: KinesisState, shard: Shard, { number, at }: LoggedRecord): SequenceParts => ({
  shardCreated: utcSecond(state, shard.created),
  shard: shard.number,
  number,
  second: utcSecond(state, at),
});

/** How far a reader is behind whose next record is `position`: from the arrival of the last one read; 0 at the tip. */
export function behindOf({ log }: Shard, position: number, now: number): Milliseconds {
  if (position >= nextNumber(log)) return milliseconds(0);
  const at = arrivalOf(log, position - 1) ?? arrivalOf(log, position) ?? now;
  return milliseconds(Math.max(0, now - at));
}

const READERS_MAX = 50;

/** Notes who reads the shard and how far: for the screen. */
export function noteReader(
  shard: Shard,
  name: string,
  now: Context<unknown>['now'],
  at: { readonly position: number; readonly behind: Milliseconds; readonly fanOut: boolean },
): void {
  const { readers } = shard;
  readers.delete(name);
  readers.set(name, { position: at.position, at: now, behindMs: at.behind, fanOut: at.fanOut });
  if (readers.size <= READERS_MAX) return;
  for (const oldest of readers.keys()) {
    readers.delete(oldest);
    return;
  }
}

/** The open children of a closed shard, as GetRecords names them at its end. */
export function childShards(stream: Stream, { number }: Shard): object[] {
  return [...stream.shards.values()]
    .filter(({ parents }) => parents.includes(number))
    .map((child) => ({
      ShardId: child.id,
      ParentShards: child.parents.map(shardId),
      HashKeyRange: { StartingHashKey: decimal(child.start), EndingHashKey: decimal(child.end) },
    }));
}
