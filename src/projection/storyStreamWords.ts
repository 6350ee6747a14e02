/** What events of streams, delivery streams and buckets mean for a record or a write of an object. */
import { numberOf, placeOfEndpoint, type Tell, textOf } from './storyTelling.ts';

export const STREAM_TELLERS: Readonly<Record<string, Tell>> = {
  'kinesis/RecordPut': ({ fields, by }) => {
    const place = `stream/${textOf(fields, 'stream')}`;
    return {
      words: 'put',
      detail: `shard ${numberOf(fields, 'shard')}`,
      after: 'visible',
      place,
      from: by,
      to: place,
    };
  },
  'kinesis/RecordsRead': ({ fields, by }) => ({
    words: `read by ${textOf(fields, 'consumer') || by}`,
    detail: 'it stays in the stream',
    place: `stream/${textOf(fields, 'stream')}`,
  }),
  'kinesis/Checkpointed': ({ fields, by }) => ({
    words: `noted as done by ${by}`,
    detail: 'a later worker begins after it',
    tone: 'good',
    place: `stream/${textOf(fields, 'stream')}`,
  }),
  'kinesis/LeaseTaken': ({ fields, by }) => ({
    words: `its shard goes to ${by}`,
    detail: `${textOf(fields, 'before')} noted nothing of it: it comes again`,
    tone: 'watch',
    place: `stream/${textOf(fields, 'stream')}`,
  }),
  'firehose/ObjectDelivered': ({ fields }) => ({
    words: 'delivered in an object',
    detail: textOf(fields, 'key'),
    tone: 'good',
    place: `delivery/${textOf(fields, 'delivery')}`,
    to: `bucket/${textOf(fields, 'bucket')}`,
  }),
  'firehose/BackedUp': ({ fields }) => ({
    words: textOf(fields, 'result') === 'backup' ? 'backed up as it came' : 'failed: under the error prefix',
    detail: textOf(fields, 'key'),
    ...(textOf(fields, 'result') !== 'backup' && { tone: 'bad' as const }),
    place: `delivery/${textOf(fields, 'delivery')}`,
    to: `bucket/${textOf(fields, 'bucket')}`,
  }),
  's3/ObjectCreated': ({ fields, by }) => {
    const place = `bucket/${textOf(fields, 'bucket')}`;
    return {
      words: 'written',
      detail: textOf(fields, 'key'),
      after: 'visible',
      place,
      from: by,
      to: place,
    };
  },
  'autoscaling/NotificationSent': ({ fields }) => ({
    words: `${textOf(fields, 'instance')} is ${textOf(fields, 'event').endsWith('LAUNCH') ? 'in service' : 'gone'}: the topic is told`,
    after: 'passed',
    place: `group/${textOf(fields, 'group')}`,
    to: placeOfEndpoint(textOf(fields, 'topic')),
  }),
  'autoscaling/NotificationFailed': ({ fields }) => ({
    words: 'the topic refuses what it is told, and it is gone',
    detail: textOf(fields, 'reason'),
    tone: 'bad',
    place: `group/${textOf(fields, 'group')}`,
  }),
  'rds/EventHappened': ({ fields }) => ({
    words: textOf(fields, 'message'),
    detail: textOf(fields, 'eventId'),
    after: 'visible',
    place: `database/${textOf(fields, 'source')}`,
  }),
  'rds/NotificationSent': ({ fields }) => ({
    words: 'the topic is told',
    after: 'passed',
    place: `dbevents/${textOf(fields, 'subscription')}`,
    to: placeOfEndpoint(textOf(fields, 'topic')),
  }),
  'rds/NotificationFailed': ({ fields }) => ({
    words: 'the topic refuses what it is told, and it is gone',
    detail: textOf(fields, 'reason'),
    tone: 'bad',
    place: `dbevents/${textOf(fields, 'subscription')}`,
  }),
  's3/NotificationSent': ({ fields }) => ({
    words: 'its notification is taken',
    after: 'passed',
    place: `bucket/${textOf(fields, 'bucket')}`,
    to: placeOfEndpoint(textOf(fields, 'to')),
  }),
  's3/NotificationFailed': ({ fields }) => ({
    words: 'its notification is refused, and gone',
    detail: textOf(fields, 'reason'),
    tone: 'bad',
    place: `bucket/${textOf(fields, 'bucket')}`,
  }),
};
