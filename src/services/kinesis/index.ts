/** Amazon Kinesis Data Streams: records in order, kept, and read by many. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { isReadsSkipped, isWaitForRecords } from '../../contract/streamWaiting.ts';
import { isSubscriptionClosed } from '../../contract/subscriptionClosed.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { tell } from './events.ts';
import * as images from './images.ts';
import { metrics } from './metrics.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED, WAITERS, WITHOUT_COMMAND } from './notModelled.ts';
import * as account from './operations/account.ts';
import * as consumers from './operations/consumers.ts';
import * as policies from './operations/policies.ts';
import * as reading from './operations/reading.ts';
import * as records from './operations/records.ts';
import * as settings from './operations/settings.ts';
import * as shards from './operations/shards.ts';
import * as streams from './operations/streams.ts';
import * as tags from './operations/tags.ts';
import { closeSubscription } from './rules/closing.ts';
import { readsSkipped, waitForRecords } from './rules/waiting.ts';
import { due } from './timers.ts';
import { usage, work } from './usage.ts';
import { fields, shardsView, view } from './view.ts';
import { why, wonders } from './why.ts';

export const kinesis = defineService({
  name: 'kinesis',
  title: 'Kinesis',
  kind: 'aws',
  summary: 'Streams: records in the order of their keys, kept for a time, read by many.',
  operations: [
    ...[streams.createStream, streams.deleteStream, streams.listStreams],
    ...[streams.describeStream, streams.describeStreamSummary],
    ...[records.putRecord, records.putRecords, reading.getShardIterator, reading.getRecords],
    ...[shards.listShards, shards.splitShard, shards.mergeShards, shards.updateShardCount],
    ...Object.values(settings),
    ...Object.values(consumers),
    ...[tags.addTagsToStream, tags.removeTagsFromStream, tags.listTagsForStream],
    ...[tags.tagResource, tags.untagResource, tags.listTagsForResource],
    ...Object.values(policies),
    ...Object.values(account),
  ],
  notModelled: NOT_MODELLED,
  httpsOnly: true,
  instead: INSTEAD,
  withoutCommand: WITHOUT_COMMAND,
  waiters: WAITERS,
  create: createState,
  due,
  delivered(context, { payload }) {
    if (isWaitForRecords(payload)) waitForRecords(context, payload);
    else if (isReadsSkipped(payload)) readsSkipped(context, payload);
    else if (isSubscriptionClosed(payload)) closeSubscription(context, payload);
  },
  latency: (random) => milliseconds(random.integer(5, 20)),
  access,
  images,
  ledger: { of: ({ ledger }) => ledger },
  metrics,
  usage,
  work,
  tell,
  view,
  fields,
  shards: shardsView,
  why,
  wonders,
});
