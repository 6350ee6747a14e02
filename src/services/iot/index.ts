/** AWS IoT: topic rules over the messages of the broker. Wiring only; `iotdata` publishes. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED } from './notModelled.ts';
import * as topicRules from './operations/topicRules.ts';
import { answered, delivered, due } from './timers.ts';
import { view } from './view.ts';
import { why } from './why.ts';

export const iot = defineService({
  name: 'iot',
  title: 'AWS IoT',
  kind: 'aws',
  summary: 'Rules that take messages of devices by topic and SQL, and hand them to other services.',
  operations: Object.values(topicRules),
  notModelled: NOT_MODELLED,
  instead: INSTEAD,
  create: createState,
  due,
  answered,
  delivered,
  latency: (random) => milliseconds(random.integer(20, 60)),
  access,
  view,
  why,
});
