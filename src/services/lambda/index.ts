/** AWS Lambda: functions of a fixed set of behaviours, called directly, by events, or with batches. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { metrics } from './metrics.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED } from './notModelled.ts';
import * as concurrency from './operations/concurrency.ts';
import * as eventInvokeConfigs from './operations/eventInvokeConfigs.ts';
import * as functions from './operations/functions.ts';
import { invoke } from './operations/invoke.ts';
import * as mappings from './operations/mappings.ts';
import * as permissions from './operations/permissions.ts';
import * as tags from './operations/tags.ts';
import { answered, delivered, due } from './timers.ts';
import { usage } from './usage.ts';
import { view } from './view.ts';
import { why } from './why.ts';

export const lambda = defineService({
  name: 'lambda',
  title: 'Lambda',
  kind: 'aws',
  summary: 'Functions that are called with events, and mappings that read queues and streams for them.',
  operations: [
    invoke,
    ...[functions, concurrency, eventInvokeConfigs, mappings, permissions, tags].flatMap((group) =>
      Object.values(group),
    ),
  ],
  notModelled: NOT_MODELLED,
  instead: INSTEAD,
  create: createState,
  due,
  answered,
  delivered,
  // UNSURE: how long Lambda itself takes beside the function.
  latency: (random) => milliseconds(random.integer(3, 12)),
  access,
  ledger: { of: ({ ledger }) => ledger },
  metrics,
  usage,
  view,
  why,
});
