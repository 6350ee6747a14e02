/** Connections to ActiveMQ: who may come, what a session holds, and what happens when it ends. */
import type { Connect } from '../../../contract/broker.ts';
import { type Ground, tellClient } from '../engine.ts';
import { emit, zoneOf } from '../events.ts';
import { INSTANCE_TYPES, SCALED } from '../limits.ts';
import type { Broker, BrokerUser, Connection, MqState } from '../model.ts';
import { authorize } from './access.ts';
import { type Field, fieldOf } from './boxes.ts';
import { offerAll } from './dispatch.ts';
import type { Session } from './model.ts';
import { readDestinations } from './names.ts';
import { acceptNow } from './publish.ts';
import { badDestination, badLogin, badRequest, clientIdTaken, tooMany, unreachable } from './refusals.ts';
import { release } from './room.ts';
import { comeBack } from './settle.ts';
import { endConsumer, forgetSession, resumeSession } from './subscribe.ts';

const PORTS = {
  openwire: 61_617,
  'amqp-1-0': 5_671,
  stomp: 61_614,
  mqtt: 8_883,
  wss: 61_619,
  'amqp-0-9-1': 0,
} as const;

export function admit(
  ground: Ground,
  connect: Connect,
): Pick<Connection, 'node' | 'virtualHost' | 'clientId'> {
  const field = fieldOf(ground);
  const { runtime, broker } = field;
  const { protocol, clientId = '' } = connect;
  refuseIfNotActive(field, connect);
  refuseIfFull(field, connect);
  const user = broker.users.get(connect.user);
  if (user === undefined || (connect.password !== undefined && connect.password !== user.password)) {
    broker.counters.refusedConnections++;
    throw badLogin(protocol, connect.user);
  }
  if (protocol === 'mqtt' && clientId === '' && connect.cleanSession === false) {
    throw badRequest(
      protocol,
      'Connection Refused, identifier rejected',
      'A session that is kept needs a client id.',
    );
  }
  // MQTT 3.1.4: a newcomer takes the id over. JMS: the id is taken.
  if (clientId !== '' && protocol !== 'mqtt' && holderOf(field, clientId) !== undefined) {
    throw clientIdTaken(clientId);
  }
  checkWill(field, connect, user);
  return { node: runtime.active, virtualHost: '', clientId };
}

function checkWill(field: Field, { protocol, will }: Connect, { username, groups }: BrokerUser): void {
  if (will === undefined) return;
  const to = readDestinations(protocol, will.destination);
  if (to === undefined) throw badDestination(protocol, will.destination);
  for (const one of to) authorize(field, { protocol, user: username, groups }, 'write', one);
}

function refuseIfNotActive({ runtime, broker }: Field, { endpoint, protocol }: Connect): void {
  const isTaken = runtime.active !== 0 && (endpoint === undefined || endpoint === runtime.active);
  if (isTaken) return;
  broker.counters.refusedConnections++;
  const number = endpoint ?? runtime.active;
  const address = `${broker.id}${number > 0 ? `-${number}` : ''}:${PORTS[protocol]}`;
  throw unreachable(
    address,
    runtime.active === 0
      ? 'No node holds the lock now: the one that takes over opens its ports last.'
      : `Only the active node answers: that is -${runtime.active} now. A failover address tries both.`,
  );
}

/** Connections at most, of each protocol. */
export function connectionsMax({ limits }: Pick<MqState, 'limits'>, { settings }: Broker): number {
  if (limits === 'scaled') return SCALED.connections;
  if (limits === 'study-guide') return settings.hostInstanceType === 'mq.t3.micro' ? 100 : 1_000;
  return INSTANCE_TYPES[settings.hostInstanceType]?.wireConnections ?? 2_000;
}

function refuseIfFull({ broker, context }: Field, { protocol }: Connect): void {
  const most = connectionsMax(context.state, broker);
  let open = 0;
  for (const connection of broker.connections.values()) if (connection.protocol === protocol) open++;
  if (open < most) return;
  broker.counters.refusedConnections++;
  throw tooMany(protocol, most);
}

function holderOf({ runtime, broker }: Field, clientId: string): Connection | undefined {
  for (const session of runtime.sessions.values()) {
    if (session.clientId === clientId) return broker.connections.get(session.connection);
  }
  return undefined;
}

export function opened(ground: Ground, connection: Connection, connect: Connect): void {
  const field = fieldOf(ground);
  const { protocol, clientId, user } = connection;
  const isMqtt = protocol === 'mqtt';
  const before = isMqtt && clientId !== '' ? holderOf(field, clientId) : undefined;
  if (before !== undefined) steal(field, before);
  const session: Session = {
    connection: connection.number,
    protocol,
    clientId,
    keepsSession: isMqtt && connect.cleanSession === false,
    by: connection.client.by,
    user,
    groups: field.broker.users.get(user)?.groups ?? [],
    nextTag: 0,
    unacked: new Map(),
    consumers: new Map(),
    will: connect.will,
    publishes: false,
    stored: connection.opened,
    transaction: undefined,
  };
  field.runtime.sessions.set(connection.number, session);
  if (!isMqtt || clientId === '') return;
  if (session.keepsSession) resumeSession(field, connection, session);
  else forgetSession(field, clientId);
}

/** The older connection of the same client id is ended. */
function steal(field: Field, connection: Connection): void {
  const { broker, context } = field;
  const { client, protocol, user, number } = connection;
  const why = 'Another connection came with the same client id.';
  const error = { code: 'DISCONNECT', message: 'Stolen link', closes: 'connection', why } as const;
  tellClient(field, connection, { is: 'closed', error });
  broker.connections.delete(number);
  context.state.clients.delete(`${client.service}/${client.connection}`);
  closed(field, connection, false);
  const zone = zoneOf(broker, connection.node);
  emit(context, {
    type: 'mq/Disconnected',
    by: client.by,
    broker: broker.name,
    zone,
    protocol,
    user,
    reason: 'stolen',
  });
}

/** What it held goes back; the last will speaks if it did not say goodbye. */
export function closed(ground: Ground, connection: Connection, clean: boolean): void {
  const field = fieldOf(ground);
  const { runtime } = field;
  const session = runtime.sessions.get(connection.number);
  runtime.held = runtime.held.filter((held) => held.connection !== connection.number);
  if (session === undefined) return;
  runtime.sessions.delete(connection.number);
  if (session.publishes) runtime.totals.producers--;
  for (const number of [...session.consumers.values()]) {
    const consumer = runtime.consumers.get(number);
    if (consumer !== undefined) endConsumer(field, session, consumer);
  }
  // What it had got without a subscription.
  for (const unacked of session.unacked.values()) {
    const box = runtime.boxes.get(unacked.box);
    if (box === undefined) continue;
    comeBack(field, box, unacked.entry, session.by);
    offerAll(field, box);
  }
  session.unacked.clear();
  if (!clean && session.will !== undefined) acceptNow(field, session, { do: 'publish', ...session.will });
  release(field);
}

/** AMQP 1.0 detaches a link; the connection stays. What it held without a consumer goes back. */
export function channelClosed(ground: Ground, connection: Connection): void {
  const session = fieldOf(ground).runtime.sessions.get(connection.number);
  if (session !== undefined) session.transaction = undefined;
}
