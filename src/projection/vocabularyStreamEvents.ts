/** The events of Kinesis and Firehose that conditions may name. */
import { type Entry, events, list, number, oneOf, size, span, text } from './vocabularyFields.ts';

const kinesis = events(
  'kinesis',
  {
    stream: text('the stream’s name'),
    partitionKey: text('the record’s key'),
    shard: number('the shard’s number'),
    sequenceNumber: text('the record'),
    meter: oneOf('which limit', 'records', 'bytes', 'calls'),
  },
  {
    StreamCreated: ['a stream is being made'],
    StreamActive: ['a stream is ready'],
    StreamDeleted: ['a stream is gone, with its records'],
    RecordPut: ['a record was accepted', { bytes: size('its size with the key') }],
    RecordThrottled: [
      'a record was refused: its shard was full, or its stream grew too fast',
      { of: oneOf('what was full', 'shard', 'stream') },
    ],
    RecordsRead: [
      'records were read',
      {
        count: number('how many'),
        bytes: size('their size with the keys'),
        behindMs: span('how far the reader is behind'),
        consumer: text('the consumer with enhanced fan-out; absent: it polled'),
        first: text('sequence number of the first'),
        last: text('and of the last'),
      },
    ],
    ReadThrottled: ['a read was refused', { operation: text('which call') }],
    RecordsTrimmed: ['records outlived the retention period', { count: number('how many') }],
    ShardSplit: ['a shard was split', { children: list('numbers of the two new ones') }],
    ShardsMerged: ['two shards were merged', { parents: list('their numbers') }],
    IteratorExpired: ['an iterator was too old', { ageMs: span('its age') }],
    ConsumerActive: ['a consumer with enhanced fan-out is ready', { consumer: text('its name') }],
    ConsumerDeregistered: ['a consumer with enhanced fan-out is gone', { consumer: text('its name') }],
    Subscribed: ['a consumer is pushed the records of a shard', { consumer: text('its name') }],
    SubscriptionEnded: ['a consumer is pushed no more', { consumer: text('its name') }],
    LeaseTaken: [
      'a KCL worker took the lease of a shard, and reads it from the checkpoint on',
      {
        app: text('the group of workers'),
        worker: text('who took it'),
        before: text('who had it before; absent: nobody, or it was given back'),
        reason: oneOf('why', 'free', 'expired', 'balance'),
      },
    ],
    Checkpointed: [
      'a KCL worker noted how far it is: sequenceNumber is the newest record done, or SHARD_END',
      { app: text('the group of workers'), worker: text('who noted it') },
    ],
  },
);

const spans = list('of a data stream: shardId, first and last sequence number');

const firehose = events(
  'firehose',
  {
    delivery: text('the delivery stream’s name'),
    reason: oneOf('why', 'size', 'interval', 'off'),
    result: text('what became of it'),
    bucket: text('where the object is'),
    key: text('the object’s name'),
    records: number('how many'),
  },
  {
    StreamCreated: ['a delivery stream was made'],
    StreamActive: ['a delivery stream takes data from now on'],
    StreamDeleted: ['a delivery stream is gone', { lost: number('records that were still in it') }],
    DestinationChanged: ['the destination was changed', { version: number('its version from now on') }],
    RecordsPut: ['records were accepted', { bytes: size('their size') }],
    Throttled: [
      'records were refused: too much in this second',
      { meter: oneOf('which limit', 'records', 'requests', 'bytes') },
    ],
    BufferFlushed: [
      'a buffer was sent on',
      { purpose: text('transform, data, backup, or the type of error'), bytes: size('its size') },
    ],
    RecordTransformed: ['a function answered for records: Ok, Dropped or ProcessingFailed'],
    ObjectDelivered: ['an object was written', { bytes: size('before compression'), spans }],
    RecordsDelivered: [
      'a table, an index or an endpoint took records',
      { to: text('which'), bytes: size('their size') },
    ],
    DeliveryFailed: [
      'an attempt failed',
      { attempt: number('which attempt'), nextMs: span('before the next one; absent: there is none') },
    ],
    RecordsFailed: ['records go to the error prefix'],
    RecordsLost: ['records were given up'],
    BackedUp: [
      'records were written to the backup, or under the error prefix',
      { bytes: size('their size'), spans },
    ],
  },
);

export const STREAM_EVENTS: readonly Entry[] = [...kinesis, ...firehose];
