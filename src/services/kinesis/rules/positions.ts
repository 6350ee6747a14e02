/** Where reading begins: the five types of iterators, and the same as positions of a subscription. */
import type { Context } from '../../../engine/service.ts';
import { instant } from '../../../engine/units.ts';
import { invalidArgument } from '../errors.ts';
import { type KinesisState, type Shard, type Stream, shardId } from '../model.ts';
import { utcSecond } from './putting.ts';
import { horizon } from './retention.ts';
import { decode } from './sequenceNumber.ts';
import { firstAt, nextNumber } from './shardLog.ts';

export interface Position {
  readonly type: string;
  readonly sequenceNumber: string | undefined;
  /** UTC milliseconds, or a Date. */
  readonly timestamp: unknown;
}

/** The number of the record at which reading begins. */
export function positionOf(
  { state, now }: Context<KinesisState>,
  stream: Stream,
  shard: Shard,
  { type, sequenceNumber, timestamp }: Position,
): number {
  checkPair(type, sequenceNumber);
  switch (type) {
    case 'TRIM_HORIZON':
      return horizon(stream, shard, now);
    case 'LATEST':
      return nextNumber(shard.log);
    case 'AT_TIMESTAMP':
      return Math.max(
        horizon(stream, shard, now),
        firstAt(shard.log, instant(timeOf(state, now, timestamp))),
      );
    default: {
      const number = numberOf(state, stream, shard, sequenceNumber!);
      return type === 'AFTER_SEQUENCE_NUMBER'
        ? Math.min(number + 1, nextNumber(shard.log))
        : Math.max(1, number);
    }
  }
}

const MUST =
  'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified';

function checkPair(type: string, sequenceNumber: string | undefined): void {
  const wants = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER';
  if (wants && sequenceNumber === undefined) {
    throw invalidArgument(`${MUST} ${type} and no StartingSequenceNumber.`);
  }
  if (!wants && sequenceNumber !== undefined) {
    throw invalidArgument(`${MUST} ${type} and also a StartingSequenceNumber.`);
  }
}

function timeOf({ epoch }: KinesisState, now: number, given: unknown): number {
  if (given === undefined) {
    throw invalidArgument(
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
    );
  }
  const utc = utcOf(given);
  if (Number.isNaN(utc)) throw invalidArgument(`The value ${String(given)} is not a timestamp.`);
  if (utc > epoch + now) {
    throw invalidArgument(
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${utc}, currentTimestampInMillis: ${epoch + now}`,
    );
  }
  return utc - epoch;
}

/** Times in a request: milliseconds UTC, or what a client's library made of them. */
export const utcOf = (given: unknown): number =>
  typeof given === 'number' ? given : given instanceof Date ? given.getTime() : Date.parse(String(given));

/** The record that a sequence number of this shard names. */
function numberOf(state: KinesisState, stream: Stream, shard: Shard, text: string): number {
  const decoded = decode(text);
  const sentence = `StartingSequenceNumber ${text} used in GetShardIterator on shard ${shard.id} in stream ${stream.name} under account ${stream.account} is invalid`;
  if (decoded.type === 'none') throw invalidArgument(`${sentence}.`);
  const encoded = decoded.type === 'shard' ? decoded.shard : decoded.parts.shard;
  if (encoded !== shard.number) {
    throw invalidArgument(
      `Invalid StartingSequenceNumber. It encodes ${shardId(encoded)}, while it was used in a call to a shard with ${shard.id}`,
    );
  }
  if (decoded.type === 'shard') return 0;
  if (decoded.parts.shardCreated !== utcSecond(state, shard.created)) {
    throw invalidArgument(`${sentence} because it did not come from this stream.`);
  }
  return Math.min(decoded.parts.number, nextNumber(shard.log));
}
