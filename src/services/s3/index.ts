/** Amazon S3: buckets, objects, and notifications of what happens to them. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import * as images from './images.ts';
import { metrics } from './metrics.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED } from './notModelled.ts';
import * as buckets from './operations/buckets.ts';
import * as defaults from './operations/defaults.ts';
import * as deleting from './operations/deleting.ts';
import { listObjects, listObjectsV2 } from './operations/listing.ts';
import * as notifications from './operations/notifications.ts';
import * as objectOperations from './operations/objects.ts';
import * as policies from './operations/policies.ts';
import * as publicAccess from './operations/publicAccess.ts';
import * as tagging from './operations/tagging.ts';
import * as uploadLists from './operations/uploadLists.ts';
import * as uploads from './operations/uploads.ts';
import * as versioning from './operations/versioning.ts';
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
    ...Object.values(objectOperations),
    ...Object.values(deleting),
    listObjectsV2,
    listObjects,
    ...Object.values(policies),
    ...Object.values(notifications),
    ...Object.values(uploads),
    ...Object.values(uploadLists),
    ...Object.values(tagging),
    ...Object.values(versioning),
    ...Object.values(publicAccess),
    ...Object.values(defaults),
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
