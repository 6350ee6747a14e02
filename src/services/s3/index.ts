/** Amazon S3: buckets, objects, and notifications of what happens to them. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import * as images from './images.ts';
import { metrics } from './metrics.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED } from './notModelled.ts';
import * as buckets from './operations/buckets.ts';
import { listObjects, listObjectsV2 } from './operations/listing.ts';
import * as notifications from './operations/notifications.ts';
import {
  copyObject,
  deleteObject,
  deleteObjects,
  getObject,
  headObject,
  putObject,
} from './operations/objects.ts';
import * as policies from './operations/policies.ts';
import { answered, due } from './timers.ts';
import { usage } from './usage.ts';
import { object, objects, view } from './view.ts';
import { why } from './why.ts';

export const s3 = defineService({
  name: 's3',
  word: 's3api',
  title: 'S3',
  kind: 'aws',
  summary: 'Buckets of objects, which tell queues, topics and functions what happens.',
  operations: [
    ...Object.values(buckets),
    ...[
      putObject,
      getObject,
      headObject,
      copyObject,
      deleteObject,
      deleteObjects,
      listObjectsV2,
      listObjects,
    ],
    ...Object.values(policies),
    ...Object.values(notifications),
  ],
  notModelled: NOT_MODELLED,
  instead: INSTEAD,
  create: createState,
  due,
  answered,
  latency: (random) => milliseconds(random.integer(12, 60)),
  images,
  access,
  ledger: { of: ({ ledger }) => ledger },
  metrics,
  usage,
  view,
  why,
  objects,
  object,
});
