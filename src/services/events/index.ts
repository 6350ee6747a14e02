/** Amazon EventBridge: rules on the default bus, and targets that they hand events to. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED } from './notModelled.ts';
import * as putting from './operations/putting.ts';
import * as rules from './operations/rules.ts';
import * as targets from './operations/targets.ts';
import { answered, delivered, due } from './timers.ts';
import { view } from './view.ts';
import { why, wonders } from './why.ts';

export const events = defineService({
  name: 'events',
  title: 'EventBridge',
  kind: 'aws',
  summary: 'Rules that hand events of services, apps and the clock to their targets.',
  operations: [rules, targets, putting].flatMap((group) => Object.values(group)),
  notModelled: NOT_MODELLED,
  instead: INSTEAD,
  create: createState,
  due,
  answered,
  delivered,
  latency: (random) => milliseconds(random.integer(8, 30)),
  access,
  view,
  why,
  wonders,
});
