/** Sentences for what happens to streams, to those who read them, to delivery streams and to batches of functions. */
import type { EventView } from '../../projection/snapshot.ts';
import { instantShort, size, span } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import type { Words } from './eventWords.ts';

type Say = (event: EventView) => Words;

function text({ fields }: EventView, name: string): string {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? plain(String(value), { limit: 120 }) : '';
}
const number = ({ fields }: EventView, name: string): number =>
  typeof fields[name] === 'number' ? fields[name] : 0;
const records = (event: EventView, name = 'records'): string => {
  const count = number(event, name);
  return count === 1 ? '1 record' : `${count} records`;
};
const shard = (event: EventView): string => `shard ${number(event, 'shard')}`;
const shardOf = (event: EventView): string => {
  const id = text(event, 'shardId');
  return `shard ${Number(id.slice(id.lastIndexOf('-') + 1))}`;
};
/** Sequence numbers differ at their ends. */
const short = (sequence: string): string => (sequence.length > 10 ? `…${sequence.slice(-8)}` : sequence);
const listed = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(' and ') : '');

const TAKEN: Readonly<Record<string, string>> = {
  free: 'nobody had it',
  expired: 'it was not renewed for the failover time',
  balance: 'to even the leases out',
};

export const STREAM_WORDS: Readonly<Record<string, Say>> = {
  'kinesis/RecordPut': (event) => ({
    mark: 'visible',
    role: 'visible',
    says: `put by ${event.by} into ${shard(event)}, key ${text(event, 'partitionKey')}`,
  }),
  'kinesis/RecordThrottled': (event) => ({
    mark: 'refused',
    role: 'bad',
    says:
      text(event, 'of') === 'stream'
        ? 'a record refused: the stream grew too fast'
        : `a record refused: ${shard(event)} takes no more ${text(event, 'meter')} in this second`,
  }),
  'kinesis/RecordsRead': (event) => ({
    mark: 'right',
    role: 'accent',
    says: `${records(event, 'count')} of ${shard(event)} read by ${text(event, 'consumer') || event.by}, ${
      number(event, 'behindMs') > 0 ? `${span(number(event, 'behindMs'))} behind` : 'up to the newest'
    }`,
  }),
  'kinesis/ReadThrottled': (event) => ({
    mark: 'refused',
    role: 'bad',
    says: `a read of ${shard(event)} refused: its ${text(event, 'meter')} of this second are used up`,
  }),
  'kinesis/RecordsTrimmed': (event) => ({
    mark: 'dead',
    role: 'bad',
    says: `${records(event, 'count')} of ${shard(event)} gone: the retention period is over`,
  }),
  'kinesis/ShardSplit': (event) => ({
    mark: 'working',
    role: 'accent',
    says: `${shard(event)} split into ${listed(event.fields.children)}`,
  }),
  'kinesis/ShardsMerged': (event) => ({
    mark: 'working',
    role: 'accent',
    says: `shards ${listed(event.fields.parents)} merged into ${number(event, 'shard')}`,
  }),
  'kinesis/IteratorExpired': (event) => ({
    mark: 'refused',
    role: 'bad',
    says: `an iterator of ${shard(event)} was too old: ${span(number(event, 'ageMs'))}`,
  }),
  'kinesis/Subscribed': (event) => ({
    mark: 'right',
    role: 'accent',
    says: `${text(event, 'consumer')} is pushed the records of ${shard(event)}`,
  }),
  'kinesis/SubscriptionEnded': (event) => ({
    mark: 'idle',
    role: 'second',
    says: `the push of ${shard(event)} to ${text(event, 'consumer')} ended`,
  }),
  'kinesis/LeaseTaken': (event) => {
    const before = text(event, 'before');
    return {
      mark: 'right',
      role: text(event, 'reason') === 'expired' ? 'flight' : 'accent',
      says: `${text(event, 'worker')} took the lease of ${shard(event)}${before === '' ? '' : ` from ${before}`}: ${
        TAKEN[text(event, 'reason')] ?? ''
      }`,
    };
  },
  'kinesis/Checkpointed': (event) => {
    const at = text(event, 'sequenceNumber');
    return {
      mark: 'done',
      role: 'done',
      says:
        at === 'SHARD_END'
          ? `${text(event, 'worker')} noted that ${shard(event)} is read to its end`
          : `${text(event, 'worker')} noted ${shard(event)} as done up to ${short(at)}`,
    };
  },
  'app/WindowClosed': (event) => ({
    mark: 'done',
    role: 'done',
    says: `window of ${instantShort(number(event, 'startMs'))} to ${instantShort(number(event, 'endMs'))} closed: ${records(event, 'total')} of ${number(event, 'keys') === 1 ? '1 key' : `${number(event, 'keys')} keys`}`,
  }),
  'lambda/WindowClosed': (event) => ({
    mark: 'done',
    role: event.fields.early === true ? 'flight' : 'done',
    says: `window of ${shardOf(event)} from ${instantShort(number(event, 'startMs'))} closed${event.fields.early === true ? ' early: its state is too large' : ''}`,
  }),
  'lambda/BatchRetryScheduled': (event) => ({
    mark: 'slow',
    role: 'flight',
    says: `${records(event)} of ${shardOf(event)} failed${event.fields.halved === true ? ', are halved' : ''} and are tried again in ${span(number(event, 'waitMs'))}`,
  }),
  'lambda/BatchGivenUp': (event) => ({
    mark: 'dead',
    role: 'bad',
    says: `${records(event)} of ${shardOf(event)} given up: ${
      text(event, 'reason') === 'RecordAgeExceeded' ? 'too old' : `${number(event, 'attempts')} calls failed`
    }`,
  }),
  'firehose/RecordsPut': (event) => ({
    mark: 'visible',
    role: 'visible',
    says: `${records(event)} taken from ${event.by}`,
  }),
  'firehose/Throttled': (event) => ({
    mark: 'refused',
    role: 'bad',
    says: `${records(event)} refused: too many ${text(event, 'meter')} in this second`,
  }),
  'firehose/BufferFlushed': (event) => ({
    mark: 'right',
    role: 'accent',
    says: `buffer sent on, ${records(event)}: ${
      text(event, 'reason') === 'size'
        ? 'it is full'
        : text(event, 'reason') === 'interval'
          ? 'its time is over'
          : 'nothing is buffered'
    }`,
  }),
  'firehose/ObjectDelivered': (event) => ({
    mark: 'done',
    role: 'done',
    says: `an object of ${records(event)}, ${size(number(event, 'bytes'))}, written to ${text(event, 'bucket')}`,
  }),
  'firehose/RecordsDelivered': (event) => ({
    mark: 'done',
    role: 'done',
    says: `${records(event)} delivered to ${text(event, 'to')}`,
  }),
  'firehose/DeliveryFailed': (event) => ({
    mark: 'slow',
    role: 'flight',
    says: `attempt ${number(event, 'attempt')} failed, ${records(event)}${
      event.fields.nextMs === undefined ? ': the last one' : `; the next in ${span(number(event, 'nextMs'))}`
    }`,
  }),
  'firehose/RecordsFailed': (event) => ({
    mark: 'dead',
    role: 'bad',
    says: `${records(event)} failed: ${text(event, 'result')}`,
  }),
  'firehose/RecordsLost': (event) => ({ mark: 'dead', role: 'bad', says: `${records(event)} lost` }),
};
