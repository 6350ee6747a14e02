/** Brokers as screens and conditions see them: small plain values, made new each time. */
import { perSecond } from '../../contract/traffic.ts';
import type { MessageRow, MeterView, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import { connectionsMax as protocolConnectionsMax } from './activemq/connections.ts';
import type { Figures } from './engine.ts';
import { engineOf } from './engines.ts';
import { INSTANCE_TYPES } from './limits.ts';
import type { Broker, BrokerState, MqState } from './model.ts';
import { connectionsMax as nodeConnectionsMax } from './rabbit/runtime.ts';
import { described } from './rules/brokerAnswers.ts';

export const view = (state: MqState, now: Instant): ResourceView[] =>
  [...state.brokers.values()].flatMap((broker) => [
    brokerView(state, broker, now),
    ...(broker.runtime === undefined ? [] : engineOf(broker).views(state, broker, now)),
  ]);

/** Rows of the Messages pane: `brokerqueue/BROKER/QUEUE`. */
export function messages(state: MqState, id: ResourceId, from: number, limit: number): MessageRow[] {
  const name = id.split('/')[1];
  const broker = [...state.brokers.values()].find((one) => one.name === name && one.runtime !== undefined);
  return broker === undefined ? [] : engineOf(broker).messages(state, broker, id, from, limit);
}

/** `broker/NAME` in the world's own account, `broker/ACCOUNT/NAME` elsewhere. */
export const idOfBroker = (state: MqState, { account, name }: Pick<Broker, 'account' | 'name'>): ResourceId =>
  `broker/${account === state.account ? name : `${account}/${name}`}`;

const STATE_WORDS: Readonly<Record<BrokerState, string>> = {
  CREATION_IN_PROGRESS: 'being made',
  CREATION_FAILED: 'was not made',
  RUNNING: 'running',
  REBOOT_IN_PROGRESS: 'restarts',
  DELETION_IN_PROGRESS: 'being deleted',
  CRITICAL_ACTION_REQUIRED: 'needs an action',
};

const TITLES = { ACTIVEMQ: 'ActiveMQ', RABBITMQ: 'RabbitMQ' } as const;
const MODES = {
  SINGLE_INSTANCE: 'one instance',
  ACTIVE_STANDBY_MULTI_AZ: 'active and standby',
  CLUSTER_MULTI_AZ: 'cluster of 3',
} as const;

function brokerView(state: MqState, broker: Broker, now: Instant): ResourceView {
  const { counters, nodes, connections } = broker;
  const runs = broker.runtime !== undefined;
  const figures = engineOf(broker).figures(broker, now);
  const active = nodes.find(({ number }) => number === figures.activeNode);
  const isUp = runs && active !== undefined;
  return {
    id: idOfBroker(state, broker),
    kind: 'broker',
    name: broker.name,
    title: TITLES[broker.engine],
    role: 'resource',
    order: broker.order,
    fields: {
      attributes: described(state, broker),
      state: broker.state,
      activeZone: active?.zone ?? '',
      connections: connections.size,
      blocked: figures.blocked !== '',
      blockedBy: figures.blocked,
      ...counters,
      ready: figures.ready,
      unacknowledged: figures.unacknowledged,
      consumers: figures.consumers,
      queues: figures.queues,
      memoryBytes: figures.memoryBytes,
      memoryLimitBytes: figures.memoryLimitBytes,
      diskBytes: figures.diskBytes,
      diskLimitBytes: figures.diskLimitBytes,
      connectionMeters: runs ? connectionMeters(state, broker) : [],
      nodes: nodes.map((node) => ({ ...node })),
      clients: clientsOf(broker),
      createdAtMs: broker.created,
      pendingSinceReboot: broker.pending !== undefined || broker.pendingUsers.size > 0,
      maintenanceAtMs: broker.maintenanceAt,
      ...(runs && engineOf(broker).brokerFields(broker, now)),
    },
    scope: { label: MODES[broker.deploymentMode], value: broker.settings.hostInstanceType },
    rates: {
      in: perSecond(broker.incoming, now),
      out: perSecond(broker.outgoing, now),
      refused: 0,
    },
    ...(figures.blocked !== '' && { full: figures.blocked }),
    meters: metersOf(broker, figures),
    links: [],
    notes: [STATE_WORDS[broker.state]],
    ...(!isUp && { stopped: true }),
  };
}

const SHOWN_MAX = 200;

const clientsOf = ({ connections }: Broker): object[] =>
  [...connections.values()].slice(0, SHOWN_MAX).map(({ client, user, protocol, node, blocked, opened }) => ({
    app: client.by,
    service: client.service,
    user,
    protocol,
    node,
    blocked,
    openedAtMs: opened,
  }));

/** RabbitMQ counts connections by node, ActiveMQ by protocol. */
function connectionMeters(state: MqState, broker: Broker): Omit<MeterView, 'unit'>[] {
  const all = [...broker.connections.values()];
  if (broker.engine === 'RABBITMQ') {
    return broker.nodes
      .filter(({ up }) => up)
      .map(({ number }) => ({
        label: `node ${number}`,
        used: all.filter(({ node }) => node === number).length,
        limit: nodeConnectionsMax(state, broker),
      }));
  }
  return [...new Set(all.map(({ protocol }) => protocol))].map((protocol) => ({
    label: protocol,
    used: all.filter((one) => one.protocol === protocol).length,
    limit: protocolConnectionsMax(state, broker),
  }));
}

function metersOf({ settings }: Broker, figures: Figures): MeterView[] {
  const limits = INSTANCE_TYPES[settings.hostInstanceType];
  if (limits === undefined) return [];
  return [
    { label: 'memory', short: 'mem', used: figures.memoryBytes, limit: figures.memoryLimitBytes, unit: 'B' },
    { label: 'disk', used: figures.diskBytes, limit: figures.diskLimitBytes, unit: 'B' },
  ];
}
