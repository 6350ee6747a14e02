/** RabbitMQ inside a broker: what each command, timer and node does. Wiring only. */
import type { BrokerCommand, Connect } from '../../../contract/broker.ts';
import { unreachable } from '../../../engine/assert.ts';
import { type Engine, type EngineWork, type Ground, plan } from '../engine.ts';
import type { Connection } from '../model.ts';
import { createRuntime, putUser, putVirtualHost, setPermissions } from './administration.ts';
import { checkAlarms } from './alarms.ts';
import { admit, channelClosed, closed, opened } from './connecting.ts';
import { get, setPrefetch, subscribe, unsubscribe } from './consuming.ts';
import {
  bind,
  declareExchange,
  declareQueue,
  deleteExchange,
  deleteQueue,
  removeExchange,
} from './declaring.ts';
import type { TimeoutWork } from './delivering.ts';
import { figures, queueFigures } from './figures.ts';
import { type ElectionWork, electionDue, nodeDown, nodeUp } from './nodes.ts';
import { publish } from './publishing.ts';
import { purge } from './purging.ts';
import { removeQueue } from './removing.ts';
import { queueIn, runtimeOf } from './runtime.ts';
import { type ExpiryWork, expiryDue, type UnusedWork } from './storing.ts';
import { timeoutDue } from './timeouts.ts';
import { begin, commit, rollback, settleOrKeep } from './transactions.ts';
import { brokerFields, messages, views } from './views.ts';

type Command = Exclude<BrokerCommand, Connect | { readonly do: 'close' }>;
type Work = ExpiryWork | UnusedWork | TimeoutWork | ElectionWork;

function perform(
  ground: Ground,
  connection: Connection,
  command: Command,
  request: number,
): object | undefined {
  switch (command.do) {
    case 'declareQueue':
      return declareQueue(ground, connection, command);
    case 'declareExchange':
      return declareExchange(ground, connection, command);
    case 'deleteQueue':
      return deleteQueue(ground, connection, command);
    case 'deleteExchange':
      return deleteExchange(ground, connection, command);
    case 'bind':
    case 'unbind':
      return bind(ground, connection, command);
    case 'publish':
      return publish(ground, connection, command, request);
    case 'get':
      return get(ground, connection, command.destination, command.autoAck ?? false);
    case 'subscribe':
      return subscribe(ground, connection, command);
    case 'unsubscribe':
      return unsubscribe(ground, connection, command.tag);
    case 'ack':
      return settleOrKeep(ground, connection, command.deliveryTag, command.multiple ?? false, 'ack');
    case 'nack': {
      const how = command.requeue ? 'requeue' : 'reject';
      return settleOrKeep(ground, connection, command.deliveryTag, command.multiple ?? false, how);
    }
    case 'qos':
      return setPrefetch(ground, connection, command);
    case 'purge':
      return purge(ground, connection, command.destination);
    case 'begin':
      return begin(ground, connection);
    case 'commit':
      return commit(ground, connection);
    case 'rollback':
      return rollback(ground, connection);
    case 'putVirtualHost':
      return putVirtualHost(ground, connection, command.virtualHost);
    case 'putUser':
      return putUser(ground, connection, command);
    case 'setPermissions':
      return setPermissions(ground, connection, command);
    default:
      return unreachable(command);
  }
}

function due(ground: Ground, work: EngineWork): void {
  const ours = work as Work;
  if (ours.type === 'timeout') {
    timeoutDue(ground, ours.connection);
    return;
  }
  const queue = queueIn(ground, ours.virtualHost, ours.queue);
  if (queue === undefined) return;
  if (ours.type === 'expiry') expiryDue(ground, queue);
  else if (ours.type === 'election') electionDue(ground, queue);
  else if (queue.unusedAt >= 0 && queue.unusedAt <= ground.context.now) {
    queue.unusedAt = -1;
    const end = queue.usedAt + queue.settings.expiresMs;
    if (queue.consumers.size > 0) return;
    if (end <= ground.context.now) removeQueue(ground, queue);
    else {
      queue.unusedAt = end;
      plan(ground, end as typeof ground.context.now, ours);
    }
  }
}

/** Of a single instance: exchanges that were not durable are gone; queues went with their node. */
function stopped(ground: Ground): void {
  for (const host of runtimeOf(ground.broker).virtualHosts.values()) {
    for (const exchange of [...host.exchanges.values()]) {
      if (!exchange.durable) removeExchange(ground, host, exchange);
    }
  }
}

export const rabbit: Engine = {
  type: 'RABBITMQ',
  protocols: ['amqp-0-9-1', 'amqp-1-0'],
  create: ({ broker, context }) => createRuntime(broker, context.state.limits),
  admit,
  opened,
  closed(ground, connection) {
    closed(ground, connection);
    checkAlarms(ground);
  },
  channelClosed(ground, connection) {
    channelClosed(ground, connection);
    checkAlarms(ground);
  },
  perform(ground, connection, command, request) {
    const result = perform(ground, connection, command, request);
    checkAlarms(ground);
    return result === undefined ? undefined : { ...result };
  },
  due(ground, work) {
    due(ground, work);
    checkAlarms(ground);
  },
  nodeDown,
  nodeUp,
  stopped,
  started: checkAlarms,
  figures,
  brokerFields,
  views,
  messages,
  queueFigures,
};
