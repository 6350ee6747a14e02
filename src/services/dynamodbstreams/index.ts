/** Amazon DynamoDB Streams: the changes of a table, for a day. Wiring only; the tables themselves are apps. */
import { defineService } from '../../contract/service.ts';
import { isWaitForRecords } from '../../contract/streamWaiting.ts';
import { isTableNews } from '../../contract/tableStreams.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { createState } from './model.ts';
import * as streams from './operations/streams.ts';
import { tableNews, waitFor } from './reading.ts';

export const dynamodbstreams = defineService({
  name: 'dynamodbstreams',
  title: 'DynamoDB Streams',
  kind: 'aws',
  summary: 'The changes of tables, to be read for a day.',
  operations: Object.values(streams),
  notModelled: [],
  create: createState,
  due: () => undefined,
  delivered(context, { payload }) {
    if (isTableNews(payload)) tableNews(context, payload);
    else if (isWaitForRecords(payload)) waitFor(context, payload);
  },
  latency: (random) => milliseconds(random.integer(4, 12)),
  access,
  view: () => [],
});
