/** What happens in Kinesis, in the vocabulary of lessons; texts are made when somebody asks. */
import type { Context, DomainEvent } from '../../engine/service.ts';
import type { Milliseconds } from '../../engine/units.ts';
import { type SequenceParts, sequenceNumber } from './rules/sequenceNumber.ts';

interface OfStream extends DomainEvent {
  readonly stream: string;
}
interface OfShard extends OfStream {
  readonly shard: number;
}
interface RecordPut extends OfShard {
  readonly type: 'kinesis/RecordPut';
  readonly partitionKey: string;
  readonly bytes: number;
  readonly parts: SequenceParts;
}
/** Which meter was full: of the shard, or (`stream`) of a stream on demand that grows too fast. */
export interface RecordThrottled extends OfShard {
  readonly type: 'kinesis/RecordThrottled';
  readonly partitionKey: string;
  readonly meter: 'records' | 'bytes';
  readonly of: 'shard' | 'stream';
}
interface RecordsRead extends OfShard {
  readonly type: 'kinesis/RecordsRead';
  readonly count: number;
  readonly bytes: number;
  readonly behindMs: Milliseconds;
  readonly consumer?: string;
  /** The first and the last of them. */
  readonly from: SequenceParts;
  readonly to: SequenceParts;
}
interface ReadThrottled extends OfShard {
  readonly type: 'kinesis/ReadThrottled';
  readonly meter: 'bytes' | 'calls';
  readonly operation: string;
}
interface RecordsTrimmed extends OfShard {
  readonly type: 'kinesis/RecordsTrimmed';
  readonly count: number;
}
interface ShardSplit extends OfShard {
  readonly type: 'kinesis/ShardSplit';
  readonly children: readonly number[];
}
interface ShardsMerged extends OfShard {
  readonly type: 'kinesis/ShardsMerged';
  readonly parents: readonly number[];
}
interface IteratorExpired extends OfShard {
  readonly type: 'kinesis/IteratorExpired';
  readonly ageMs: number;
}
interface StreamEvent extends OfStream {
  readonly type: 'kinesis/StreamCreated' | 'kinesis/StreamActive' | 'kinesis/StreamDeleted';
}
interface ConsumerEvent extends OfStream {
  readonly type: 'kinesis/ConsumerActive' | 'kinesis/ConsumerDeregistered';
  readonly consumer: string;
}
interface SubscriptionEvent extends OfShard {
  readonly type: 'kinesis/Subscribed' | 'kinesis/SubscriptionEnded';
  readonly consumer: string;
}

export type KinesisEvent =
  | RecordPut
  | RecordThrottled
  | RecordsRead
  | ReadThrottled
  | RecordsTrimmed
  | ShardSplit
  | ShardsMerged
  | IteratorExpired
  | StreamEvent
  | ConsumerEvent
  | SubscriptionEvent;

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: KinesisEvent): void =>
  context.emit(event);

/** Who causes what time does. */
export const KINESIS_PRINCIPAL = 'kinesis.amazonaws.com';

/** An event as flat fields of the vocabulary. */
export function tell(event: DomainEvent): Readonly<Record<string, unknown>> {
  const { type: _type, by: _by, ...facts } = event as KinesisEvent;
  if ('from' in facts) {
    const { from, to, ...rest } = facts;
    return { ...rest, first: sequenceNumber(from), last: sequenceNumber(to) };
  }
  if (!('parts' in facts)) return facts;
  const { parts, ...rest } = facts;
  return { ...rest, sequenceNumber: sequenceNumber(parts) };
}
