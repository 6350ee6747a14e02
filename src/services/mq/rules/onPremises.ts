/**
 * Brokers of one's own data centre: the same engines on a server that is no part of AWS. They are there when a client
 * first asks for them, in no account, on no bill. SIMPLER THAN AWS: one of each engine, always up, without limits of AWS.
 */
import type { BrokerProtocol } from '../../../contract/broker.ts';
import type { Ctx } from '../engine.ts';
import { engineOf } from '../engines.ts';
import {
  type Broker,
  type BrokerUser,
  type EngineType,
  nameKey,
  newBrokerTraffic,
  newCounters,
  ON_PREMISES,
} from '../model.ts';

const NAMES: Readonly<Record<EngineType, string>> = { ACTIVEMQ: 'onprem', RABBITMQ: 'onprem-rabbitmq' };

/** The one that speaks this protocol; made if it is not there. Everybody who asks for it is a user of it. */
export function onPremisesBroker(context: Ctx, protocol: BrokerProtocol, user: string): Broker {
  const { state } = context;
  const engine: EngineType = protocol === 'amqp-0-9-1' ? 'RABBITMQ' : 'ACTIVEMQ';
  const found = state.brokers.get(NAMES[engine]);
  const broker = found ?? newBroker(context, engine);
  if (!broker.users.has(user)) broker.users.set(user, userOf(user));
  if (found !== undefined) return found;
  state.brokers.set(broker.id, broker);
  state.brokerNames.set(nameKey(ON_PREMISES, broker.name), broker.id);
  broker.runtime = engineOf(broker).create({ context, broker });
  return broker;
}

const userOf = (username: string): BrokerUser =>
  Object.freeze({
    username,
    password: '',
    consoleAccess: true,
    groups: Object.freeze([]),
    replicationUser: false,
  });

function newBroker({ state, now }: Ctx, engine: EngineType): Broker {
  const name = NAMES[engine];
  return {
    id: name,
    name,
    arn: '',
    account: ON_PREMISES,
    order: state.resourcesMade++,
    created: now,
    engine,
    deploymentMode: 'SINGLE_INSTANCE',
    storageType: 'EBS',
    publiclyAccessible: false,
    subnetIds: [],
    kmsKeyId: undefined,
    creatorRequestId: undefined,
    autoMinorVersionUpgrade: false,
    maintenance: Object.freeze({ dayOfWeek: 'SUNDAY', timeOfDay: '00:00', timeZone: 'UTC' }),
    state: 'RUNNING',
    stateSince: now,
    settings: Object.freeze({
      engineVersion: engine === 'ACTIVEMQ' ? '5.18' : '3.13',
      hostInstanceType: 'mq.m5.large',
      securityGroups: Object.freeze([]),
      logs: Object.freeze({ general: false, audit: false }),
      configuration: undefined,
      authenticationStrategy: 'SIMPLE',
    }),
    pending: undefined,
    history: [],
    nodes: [{ number: 1, zone: 'on premises', ipAddress: '192.168.0.10', up: true, since: now }],
    users: new Map(),
    pendingUsers: new Map(),
    tags: new Map(),
    actionsRequired: [],
    maintenanceAt: -1,
    rebooting: [],
    crashed: 0,
    starts: 0,
    connections: new Map(),
    counters: newCounters(),
    told: {},
    ...newBrokerTraffic(),
    storage: { bytes: 0, since: now, byteSeconds: 0 },
    runningMs: 0,
    runningSince: -1,
    runtime: undefined,
  };
}
