/** ActiveMQ inside a broker: wiring only. */
import type { Engine, EngineWork, Ground } from '../engine.ts';
import { INSTANCE_TYPES, SCALED } from '../limits.ts';
import { type Field, fieldOf, sortAnew } from './boxes.ts';
import { admit, channelClosed, closed, opened } from './connections.ts';
import { catchUp, nodeDown, nodeUp, takeoverDue } from './failover.ts';
import { storedDue } from './journal.ts';
import { newRuntime } from './model.ts';
import { perform } from './perform.ts';
import { type ActivePolicy, readPolicy } from './policy.ts';
import { scheduleDue } from './schedule.ts';
import { expiryDue, redeliveryDue } from './settle.ts';
import type { ActiveWork } from './timers.ts';
import { brokerFields, figures, messages, queueFigures, views } from './view.ts';

/** UNSURE: of an instance's memory, what Amazon MQ gives the broker; systemUsage takes 70 % of the heap. */
const MEMORY_SHARE = { numerator: 7, denominator: 20 } as const;

/** Of the revision that the broker runs with. */
function policyOf({ broker, context }: Ground): ActivePolicy {
  const use = broker.settings.configuration;
  const kept = use === undefined ? undefined : context.state.configurations.get(use.id);
  const instance = INSTANCE_TYPES[broker.settings.hostInstanceType];
  const share = ((instance?.memoryBytes ?? 0) * MEMORY_SHARE.numerator) / MEMORY_SHARE.denominator;
  return readPolicy(kept?.revisions.find(({ revision }) => revision === use?.revision)?.data ?? '', {
    memoryLimit: context.state.limits === 'scaled' ? SCALED.memoryBytes : Math.floor(share),
    storeLimit: instance?.storageBytes ?? 0,
  });
}

function due(field: Field, work: ActiveWork): void {
  switch (work.type) {
    case 'activemq/ExpiryDue':
      expiryDue(field, work.box);
      break;
    case 'activemq/RedeliveryDue':
      redeliveryDue(field, work.box);
      break;
    case 'activemq/ScheduleDue':
      scheduleDue(field);
      break;
    case 'activemq/TakeoverDue':
      takeoverDue(field, work.began);
      break;
    case 'activemq/StoredDue':
      storedDue(field, work);
      break;
  }
}

export const activemq: Engine = {
  type: 'ACTIVEMQ',
  protocols: ['openwire', 'amqp-1-0', 'stomp', 'mqtt', 'wss'],
  create: (ground) => newRuntime(policyOf(ground), ground.broker.nodes.find(({ up }) => up)?.number ?? 0),
  admit,
  opened,
  closed,
  channelClosed,
  perform(ground, connection, command, request) {
    const field = fieldOf(ground);
    const session = field.runtime.sessions.get(connection.number)!;
    return perform(field, connection, session, command, request);
  },
  due: (ground, work: EngineWork) => due(fieldOf(ground), work as ActiveWork),
  nodeDown,
  nodeUp,
  // Each node that went has been told by itself.
  stopped: () => {},
  started(ground) {
    const field = fieldOf(ground);
    field.runtime.policy = policyOf(ground);
    for (const box of field.runtime.boxes.values()) sortAnew(field.runtime, box);
    catchUp(field);
  },
  figures,
  brokerFields,
  views: (_state, broker, now) => views(broker, now),
  messages: (_state, broker, id, from, limit) => messages(broker, id, from, limit),
  queueFigures,
};
