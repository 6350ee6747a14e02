/** Connections of clients: they come, say what they want, and go. Which engine does it is `engines.ts`' business. */
import type { BrokerCall, BrokerError, Connect } from '../../../contract/broker.ts';
import type { Ctx, Ground } from '../engine.ts';
import { tellClient } from '../engine.ts';
import { engineOf } from '../engines.ts';
import { Refused } from '../errors.ts';
import { emit, zoneOf } from '../events.ts';
import { type Broker, brokerNamed, type Connection, ON_PREMISES } from '../model.ts';
import { keepFigures } from './figuresKept.ts';
import { onPremisesBroker } from './onPremises.ts';

const clientKey = (service: string, connection: string): string => `${service}/${connection}`;

/** A frame of a client comes. */
export function callCame(context: Ctx, from: string, call: BrokerCall): void {
  try {
    serveCall(context, from, call);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuse(context, from, call, error.error);
  }
}

function serveCall(context: Ctx, from: string, call: BrokerCall): void {
  const { command, request } = call;
  if (command.do === 'connect') {
    connect(context, from, call, command);
    return;
  }
  const found = connectionOf(context, from, call.connection);
  if (found === undefined) {
    throw new Refused({ code: 'NotConnected', message: 'the connection is closed', closes: 'connection' });
  }
  const { ground, connection } = found;
  if (command.do === 'close') {
    closeConnection(ground, connection, command.lost !== true);
    answer(context, from, call, {});
    return;
  }
  const result = engineOf(ground.broker).perform(ground, connection, command, request);
  if (result !== undefined && request !== 0) answer(context, from, call, result);
  keepFigures(ground);
}

const answer = (
  context: Ctx,
  to: string,
  call: BrokerCall,
  result: Readonly<Record<string, unknown>>,
): void =>
  context.deliver({
    to,
    from: 'mq',
    payload: Object.freeze({
      type: 'broker/News',
      connection: call.connection,
      request: call.request,
      event: { is: 'answered', result },
    }),
  });

function connectionOf(
  context: Ctx,
  service: string,
  name: string,
): { ground: Ground; connection: Connection } | undefined {
  const place = context.state.clients.get(clientKey(service, name));
  const broker = place && context.state.brokers.get(place[0]);
  const connection = place && broker?.connections.get(place[1]);
  return broker && connection && { ground: { context, broker }, connection };
}

const UNREACHABLE = (name: string, why: string): Refused =>
  new Refused({
    code: 'ConnectionRefused',
    message: `connection refused: ${name}`,
    closes: 'connection',
    why,
  });

function connect(context: Ctx, from: string, call: BrokerCall, asked: Connect): void {
  const { state, now } = context;
  const broker =
    asked.account === ON_PREMISES
      ? onPremisesBroker(context, asked.protocol, asked.user)
      : brokerNamed(state, asked.account, asked.broker);
  if (broker === undefined)
    throw UNREACHABLE(asked.broker, 'There is no such broker: see aws mq list-brokers.');
  const ground: Ground = { context, broker };
  if (broker.runtime === undefined || !broker.nodes.some(({ up }) => up)) {
    broker.counters.refusedConnections++;
    throw UNREACHABLE(broker.name, `No node of the broker answers: its state is ${broker.state}.`);
  }
  const before = connectionOf(context, from, call.connection);
  if (before !== undefined) closeConnection(before.ground, before.connection, true);
  const engine = engineOf(broker);
  if (!engine.protocols.includes(asked.protocol)) {
    throw UNREACHABLE(
      broker.name,
      `Nothing listens for ${asked.protocol} here: ${engine.protocols.join(', ')} do.`,
    );
  }
  const admitted = engine.admit(ground, asked);
  const connection: Connection = {
    number: ++state.connectionsMade,
    client: Object.freeze({ service: from, connection: call.connection, by: call.by }),
    user: asked.user,
    protocol: asked.protocol,
    opened: now,
    blocked: false,
    ...admitted,
  };
  broker.connections.set(connection.number, connection);
  state.clients.set(clientKey(from, call.connection), Object.freeze([broker.id, connection.number] as const));
  const { protocol, user } = connection;
  const zone = zoneOf(broker, connection.node);
  emit(context, { type: 'mq/Connected', by: call.by, broker: broker.name, zone, protocol, user });
  engine.opened(ground, connection, asked);
  answer(context, from, call, { connection: connection.number, node: connection.node });
  keepFigures(ground);
}

/** Takes it out, and lets the engine give back what it held. The client is not told: whoever closes it does. */
function closeConnection(ground: Ground, connection: Connection, clean: boolean): void {
  const { context, broker } = ground;
  const { client, protocol, user, number } = connection;
  if (!broker.connections.delete(number)) return;
  context.state.clients.delete(clientKey(client.service, client.connection));
  engineOf(broker).closed(ground, connection, clean);
  const zone = zoneOf(broker, connection.node);
  const reason = clean ? 'closed' : 'lost';
  emit(context, {
    type: 'mq/Disconnected',
    by: client.by,
    broker: broker.name,
    zone,
    protocol,
    user,
    reason,
  });
  keepFigures(ground);
}

/** The broker, or a node, ends connections. */
export function dropConnections(
  ground: Ground,
  error: BrokerError,
  which: (connection: Connection) => boolean = () => true,
): void {
  for (const connection of [...ground.broker.connections.values()]) {
    if (!which(connection)) continue;
    tellClient(ground, connection, { is: 'closed', error });
    closeConnection(ground, connection, false);
  }
}

function refuse(context: Ctx, from: string, call: BrokerCall, error: BrokerError): void {
  const found = connectionOf(context, from, call.connection);
  const { command } = call;
  const broker: Broker | undefined =
    found?.ground.broker ??
    (command.do === 'connect' ? brokerNamed(context.state, command.account, command.broker) : undefined);
  emit(context, {
    type: 'mq/Refused',
    by: call.by,
    broker: broker?.name ?? '',
    zone: broker === undefined ? '' : zoneOf(broker, found?.connection.node),
    protocol: found?.connection.protocol ?? (command.do === 'connect' ? command.protocol : ''),
    user: found?.connection.user ?? (command.do === 'connect' ? command.user : ''),
    code: error.code,
    message: error.message,
    reason: command.do,
  });
  context.deliver({
    to: from,
    from: 'mq',
    payload: Object.freeze({
      type: 'broker/News',
      connection: call.connection,
      request: call.request,
      event: { is: 'refused', error },
    }),
  });
  if (found === undefined) return;
  if (error.closes === 'connection') closeConnection(found.ground, found.connection, false);
  else if (error.closes === 'channel') {
    engineOf(found.ground.broker).channelClosed(found.ground, found.connection);
    keepFigures(found.ground);
  }
}
