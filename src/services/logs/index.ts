/** Amazon CloudWatch Logs: log groups, and filters that hand their events on. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED } from './notModelled.ts';
import * as filters from './operations/filters.ts';
import * as groups from './operations/groups.ts';
import * as logEvents from './operations/logEvents.ts';
import { answered, delivered, due } from './timers.ts';
import { view } from './view.ts';

export const logs = defineService({
  name: 'logs',
  title: 'CloudWatch Logs',
  kind: 'aws',
  summary: 'Log groups, and subscription filters that hand their events to Firehose, Kinesis or Lambda.',
  operations: [groups, logEvents, filters].flatMap((group) => Object.values(group)),
  notModelled: NOT_MODELLED,
  instead: INSTEAD,
  create: createState,
  due,
  answered,
  delivered,
  latency: (random) => milliseconds(random.integer(10, 40)),
  access,
  view,
});
