/** Amazon MQ: brokers that run ActiveMQ or RabbitMQ. Wiring only. */
import { isBrokerCall } from '../../contract/broker.ts';
import type { FaultNews } from '../../contract/faults.ts';
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { tell } from './events.ts';
import { closeMinute, metrics } from './metrics.ts';
import { createState } from './model.ts';
import * as brokers from './operations/brokers.ts';
import * as configurations from './operations/configurations.ts';
import * as options from './operations/options.ts';
import * as tags from './operations/tags.ts';
import { updateBroker } from './operations/updateBroker.ts';
import * as users from './operations/users.ts';
import { usage } from './rules/billing.ts';
import { faultCame } from './rules/nodes.ts';
import { callCame } from './rules/wire.ts';
import { due } from './timers.ts';
import { messages, view } from './view.ts';
import { why } from './why.ts';

const { ownBroker: _, ...brokerOperations } = brokers;

export const mq = defineService({
  name: 'mq',
  title: 'MQ',
  kind: 'aws',
  summary: 'Brokers that run ActiveMQ or RabbitMQ, for clients that speak their protocols.',
  operations: [brokerOperations, { updateBroker }, users, configurations, tags, options].flatMap((group) =>
    Object.values(group),
  ),
  create: createState,
  due,
  delivered(context, { from, payload }) {
    if (isBrokerCall(payload)) callCame(context, from, payload);
    else if (from === 'fault') faultCame(context, payload as FaultNews);
  },
  latency: (random) => milliseconds(random.integer(40, 160)),
  access,
  usage,
  metrics,
  ledger: { of: ({ ledger }) => ledger, close: closeMinute },
  tell,
  view,
  messages,
  why,
});
