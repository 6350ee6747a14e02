/** A person's side of the wire: opens the connection that a command needs, sends it, and takes the answers. */
import {
  BROKER_PROTOCOLS,
  type BrokerCall,
  type BrokerCommand,
  type BrokerError,
  type BrokerNews,
  type BrokerProtocol,
} from '../../contract/broker.ts';
import { settingsOf } from '../../contract/world.ts';
import { type CallId, type Context, PARKED, type Parked, type Timer } from '../../engine/service.ts';
import { after, milliseconds } from '../../engine/units.ts';
import { type BrokerClientsState, type Link, type Pending, RECEIVED_MAX } from './model.ts';
import { type Common, invalidValue } from './shapes.ts';

export type Ctx = Context<BrokerClientsState>;

/** What is read of MQ's state, for defaults only. */
interface Brokers {
  readonly brokers: ReadonlyMap<string, KnownBroker>;
}
interface KnownBroker {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  readonly account: string;
  readonly users: ReadonlyMap<string, unknown>;
}

function brokerNamed(context: Ctx, name: string): KnownBroker | undefined {
  const { account } = settingsOf(context);
  const state = context.peek('mq') as Brokers | undefined;
  for (const broker of state?.brokers.values() ?? []) {
    if (broker.account === account && (broker.name === name || broker.id === name)) return broker;
  }
  return undefined;
}

function protocolOf(given: string | undefined, known: KnownBroker | undefined): BrokerProtocol {
  if (given === undefined) return known?.engine === 'ACTIVEMQ' ? 'openwire' : 'amqp-0-9-1';
  const found = BROKER_PROTOCOLS.find((one) => one === given);
  if (found === undefined) throw invalidValue('protocol', given, `one of ${BROKER_PROTOCOLS.join(', ')}`);
  return found;
}

/** The link that a command goes over: the same for the same broker, user, protocol, virtual host and address. */
export function linkFor(context: Ctx, given: Common): Link {
  const { state } = context;
  const known = brokerNamed(context, given.broker);
  const broker = known?.name ?? given.broker;
  const user = given.user ?? [...(known?.users.keys() ?? [])][0] ?? '';
  const protocol = protocolOf(given.protocol, known);
  const virtualHost = given.virtualHost ?? '/';
  const more = [given.endpoint, given.clientId].map((one) => (one === undefined ? '' : `/${one}`)).join('');
  const name = `${broker}/${user}/${protocol}/${virtualHost}${more}`;
  let link = state.links.get(name);
  if (link === undefined) {
    link = {
      name,
      broker,
      user,
      protocol,
      virtualHost,
      order: state.linksMade++,
      open: false,
      nextRequest: 1,
      pending: new Map(),
      received: [],
      receivedCount: 0,
      blocked: false,
    };
    state.links.set(name, link);
  }
  return link;
}

/** Sends a command; the caller waits for the answer. */
export function send(
  context: Ctx,
  given: Common,
  operation: string,
  command: Exclude<BrokerCommand, { do: 'connect' }>,
): Parked {
  const link = linkFor(context, given);
  if (!link.open) {
    const { account } = settingsOf(context);
    hand(context, link, 0, {
      do: 'connect',
      broker: link.broker,
      account,
      protocol: link.protocol,
      user: link.user,
      virtualHost: link.virtualHost,
      ...(given.password !== undefined && { password: given.password }),
      ...(given.endpoint !== undefined && { endpoint: given.endpoint }),
      ...(given.clientId !== undefined && { clientId: given.clientId }),
    });
    link.open = true;
  }
  const request = link.nextRequest++;
  link.pending.set(request, Object.freeze({ call: context.call!, operation, returned: '' }));
  hand(context, link, request, command);
  if (command.do === 'publish' && (command.confirm === true || link.blocked))
    planGivingUp(context, link, request);
  if (command.do === 'close') link.open = false;
  return PARKED;
}

function hand(context: Ctx, link: Link, request: number, command: BrokerCommand): void {
  const { by } = context.caller;
  const payload: BrokerCall = { type: 'broker/Call', connection: link.name, request, by, command };
  context.deliver({ to: 'mq', from: 'broker', payload: Object.freeze(payload) });
}

/** The broker says something. */
export function newsCame(context: Ctx, { connection, request, event }: BrokerNews): void {
  const link = context.state.links.get(connection);
  if (link === undefined) return;
  const pending = link.pending.get(request);
  switch (event.is) {
    case 'answered':
      if (pending !== undefined) done(context, link, request, { ...event.result, ...returnedIn(pending) });
      break;
    case 'confirmed':
      if (pending !== undefined)
        done(context, link, request, { confirmed: event.ok, ...returnedIn(pending) });
      break;
    case 'returned':
      if (pending === undefined) break;
      link.pending.set(request, Object.freeze({ ...pending, returned: `${event.code} ${event.reason}` }));
      break;
    case 'refused':
      if (event.error.closes === 'connection') closed(context, link, event.error);
      else if (pending !== undefined) refuse(context, link, request, event.error);
      break;
    case 'closed':
      closed(context, link, event.error);
      break;
    case 'delivered': {
      const { tag, message } = event;
      const received = Object.freeze({ at: context.now, tag, message });
      link.received = [...link.received, received].slice(-RECEIVED_MAX);
      link.receivedCount++;
      break;
    }
    case 'blocked':
      link.blocked = true;
      for (const request of link.pending.keys()) planGivingUp(context, link, request);
      break;
    case 'unblocked':
      link.blocked = false;
      break;
    case 'cancelled':
      break;
  }
}

const returnedIn = ({ returned }: Pending): object => (returned === '' ? {} : { returned });

function done(context: Ctx, link: Link, request: number, output: object): void {
  const pending = link.pending.get(request)!;
  link.pending.delete(request);
  context.complete(pending.call as CallId, { ok: true, output });
}

function refuse(context: Ctx, link: Link, request: number, error: BrokerError): void {
  const pending = link.pending.get(request)!;
  link.pending.delete(request);
  const { code, message, why } = error;
  const refusal = {
    code,
    message,
    httpStatus: 400,
    fault: 'client',
    ...(why !== undefined && { why }),
  } as const;
  context.complete(pending.call as CallId, { ok: false, refusal });
}

/** The connection is gone: whoever waits hears why. The next command opens another. */
function closed(context: Ctx, link: Link, error: BrokerError): void {
  link.open = false;
  link.blocked = false;
  for (const request of [...link.pending.keys()]) refuse(context, link, request, error);
}

/** A person waits so long for a publish to be taken. Client libraries wait for ever, unless told otherwise. */
const PATIENCE = milliseconds(30_000);

export interface GiveUpDue extends Timer {
  readonly type: 'broker/GiveUpDue';
  readonly link: string;
  readonly request: number;
}

function planGivingUp(context: Ctx, { name }: Link, request: number): void {
  const timer: GiveUpDue = { type: 'broker/GiveUpDue', link: name, request };
  context.schedule(after(context.now, PATIENCE), timer);
}

export function giveUpDue(context: Ctx, { link: name, request }: GiveUpDue): void {
  const link = context.state.links.get(name);
  if (link === undefined || !link.pending.has(request)) return;
  refuse(context, link, request, {
    code: 'Timeout',
    message: 'The broker has not taken the message within 30 s',
    closes: 'nothing',
    why: link.blocked
      ? 'It holds publishers back, and takes what waits when there is room.'
      : 'The queue has no leader; what waits goes in when it has one.',
  });
}

/** Somebody gave up waiting. */
export function gaveUp(state: BrokerClientsState, call: CallId): void {
  for (const { pending } of state.links.values()) {
    for (const [request, one] of pending) if (one.call === call) pending.delete(request);
  }
}
