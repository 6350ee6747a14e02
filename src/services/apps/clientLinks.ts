/**
 * A client's connections: how it comes, what it says first, what it does when the connection goes. With failover (or
 * automatic recovery) it tries again by itself and keeps what the broker has not accepted; without it stays down.
 */
import type { BrokerCommand, BrokerError, BrokerNews, BrokerProtocol } from '../../contract/broker.ts';
import { settingsOf } from '../../contract/world.ts';
import type { Context } from '../../engine/service.ts';
import { after, type Instant, milliseconds } from '../../engine/units.ts';
import { userOf } from './brokerUsers.ts';
import { type Client, type Link, linkName, newLink, ON_PREMISES, type Pending } from './clientModel.ts';
import { flush } from './clientSending.ts';
import { note, settlesAtOnce } from './clientWords.ts';
import { takeIn } from './clientWork.ts';
import type { AppsState } from './model.ts';
import { countIn, sample } from './rings.ts';

type AppsContext = Context<AppsState>;

/** A link that is down tries again. */
export interface ClientReconnectDue {
  readonly type: 'app/ClientReconnectDue';
  readonly app: string;
  readonly life: number;
  readonly link: number;
  readonly tries: number;
}

export function startLinks(context: AppsContext, app: Client): void {
  while (app.links.length < app.settings.concurrency) app.links.push(newLink(app.links.length, context.now));
  for (const link of app.links)
    if (link.state === 'down' || link.state === 'crashed') connect(context, app, link);
}

/**
 * `lost`: without a goodbye, as in a crash. SIMPLER THAN AWS: a goodbye would wait until what is out is stored; it counts
 * as sent at once.
 */
export function endLinks(context: AppsContext, app: Client, lost: boolean): void {
  for (const link of app.links) {
    if (!lost && !link.blocked) {
      for (const pending of link.pending.values()) {
        if (pending.what !== 'publish') continue;
        app.figures.confirmed++;
        accepted(context, app, pending);
      }
    }
    if (link.state === 'up' || link.state === 'connecting') {
      say(context, app, link, { do: 'close', lost });
      if (!lost) note(app.frames, app.settings.protocol, 'close', 0);
    }
    reset(link, lost ? 'crashed' : 'down', context.now);
    link.tries = 0;
  }
}

function reset(link: Link, state: Link['state'], now: Link['since']): void {
  link.state = state;
  link.connection = '';
  link.blocked = false;
  link.node = 0;
  link.pending.clear();
  link.inbox = [];
  link.until = -1;
  link.turn++;
  link.since = now;
}

function connect(context: AppsContext, app: Client, link: Link): void {
  const { settings } = app;
  const { protocol, lastWill, endpoint, clientId, durable, failover } = settings;
  reset(link, 'connecting', context.now);
  link.connection = `${linkName(app, link.index)}/${app.life}.${link.turn}`;
  const name = settings.concurrency === 1 || clientId === '' ? clientId : `${clientId}-${link.index + 1}`;
  const onPremises = settings.broker === ON_PREMISES;
  say(
    context,
    app,
    link,
    {
      do: 'connect',
      broker: settings.broker,
      account: onPremises ? ON_PREMISES : settingsOf(context).account,
      protocol,
      user: app.given.user === undefined ? userOf(context, settings.broker, settings.user) : settings.user,
      ...(!failover && endpoint !== undefined && { endpoint }),
      ...(name !== '' && { clientId: name }),
      ...(protocol === 'mqtt' && { cleanSession: !durable }),
      ...(lastWill !== undefined && { will: { ...lastWill, properties: { qos: settings.qos } } }),
    },
    { what: 'connect', number: 0, at: context.now },
  );
}

/** One command; what its answer will mean is kept. */
export function say(
  context: AppsContext,
  app: Client,
  link: Link,
  command: BrokerCommand,
  pending?: Pending,
): void {
  app.counters.requests++;
  const request = pending === undefined ? 0 : ++link.requests;
  if (pending !== undefined) link.pending.set(request, Object.freeze(pending));
  context.deliver({
    to: 'mq',
    from: 'app',
    payload: Object.freeze({
      type: 'broker/Call',
      connection: link.connection,
      request,
      by: linkName(app, link.index),
      command,
    }),
  });
}

export function newsCame(context: AppsContext, { connection, request, event }: BrokerNews): void {
  const found = linkOf(context, connection);
  if (found === undefined) return;
  const { app, link } = found;
  switch (event.is) {
    case 'answered':
      answered(context, app, link, request, event.result);
      break;
    case 'confirmed':
      published(context, app, link, request, event.ok);
      break;
    case 'refused':
      refused(context, app, link, request, event.error);
      break;
    case 'delivered':
      takeIn(context, app, link, event.message);
      break;
    case 'returned':
      app.counters.failed++;
      break;
    case 'cancelled':
      subscribe(context, app, link);
      break;
    case 'blocked':
      link.blocked = true;
      app.figures.blockedTimes++;
      break;
    case 'unblocked':
      link.blocked = false;
      flush(context, app);
      break;
    case 'closed':
      app.figures.connectionsLost++;
      noteClientRefusal(context, app, 'connection', event.error);
      lose(context, app, link);
      break;
  }
}

/** `till-2/7.3`: the app's life is in it. */
function linkOf({ state }: AppsContext, connection: string): { app: Client; link: Link } | undefined {
  const name = connection.slice(0, connection.lastIndexOf('/'));
  const app = state.clients.get(name) ?? state.clients.get(name.replace(/-\d+$/u, ''));
  const link = app?.links.find((one) => one.connection === connection);
  return app && link && { app, link };
}

function answered(
  context: AppsContext,
  app: Client,
  link: Link,
  request: number,
  result: Readonly<Record<string, unknown>>,
): void {
  const pending = link.pending.get(request);
  if (pending === undefined) return;
  // A publish that wants to be confirmed is not done with its answer.
  if (pending.what === 'publish' && wantsConfirm(app)) return;
  link.pending.delete(request);
  if (pending.what === 'publish') accepted(context, app, pending);
  if (pending.what !== 'connect') return;
  link.state = 'up';
  link.since = context.now;
  link.node = Number(result.node ?? 0);
  if (link.tries > 0) app.figures.reconnects++;
  link.tries = 0;
  note(app.frames, app.settings.protocol, 'connect', app.settings.qos);
  if (app.settings.role !== 'producer') subscribe(context, app, link);
  flush(context, app);
}

/** Persistent messages and QoS above 0 are done when the broker says so. */
export const wantsConfirm = ({ settings }: Pick<Client, 'settings'>): boolean =>
  settings.protocol === 'mqtt' ? settings.qos > 0 : settings.persistent !== false;

function published(context: AppsContext, app: Client, link: Link, request: number, ok: boolean): void {
  const pending = link.pending.get(request);
  if (pending?.what !== 'publish') return;
  link.pending.delete(request);
  note(app.frames, app.settings.protocol, 'confirm', app.settings.qos);
  if (!ok) {
    app.counters.failed++;
    return;
  }
  app.figures.confirmed++;
  accepted(context, app, pending);
  flush(context, app);
}

function accepted(context: AppsContext, app: Client, { at }: Pending): void {
  app.counters.sent++;
  countIn(app.flow, context.now, 1);
  sample(app.latency, milliseconds(context.now - at));
}

/** RabbitMQ: the queue is declared first, and bound if an exchange is named. ActiveMQ makes it by itself. */
function subscribe(context: AppsContext, app: Client, link: Link): void {
  const { settings } = app;
  const { protocol, destination, exchange, routingKey, prefetch, selector, durable, qos } = settings;
  const at = context.now;
  if (protocol === 'amqp-0-9-1') {
    const queue = destination;
    say(context, app, link, { do: 'declareQueue', queue, durable: true }, { what: 'prepare', number: 0, at });
    if (exchange !== '') {
      const bind = { do: 'bind', exchange, to: 'queue', destination, routingKey: routingKey ?? '#' } as const;
      say(context, app, link, bind, { what: 'prepare', number: 0, at });
    }
  }
  note(app.frames, protocol, 'subscribe', qos);
  say(
    context,
    app,
    link,
    {
      do: 'subscribe',
      destination,
      tag: destination,
      ack: ackOnWire(protocol, settings.ack),
      ...(prefetch !== undefined && { prefetch }),
      ...(selector !== undefined && { selector }),
      ...(protocol === 'mqtt' && { qos }),
      ...(durable && protocol !== 'mqtt' && { durableName: app.name }),
    },
    { what: 'subscribe', number: 0, at },
  );
}

/** `auto` of JMS and MQTT is said by the client's library after the work, not by the broker before it. */
function ackOnWire(
  protocol: BrokerProtocol,
  ack: Client['settings']['ack'],
): 'auto' | 'client' | 'individual' {
  if (ack === 'auto' && settlesAtOnce(protocol)) return 'auto';
  return ack === 'client' ? 'client' : 'individual';
}

function refused(context: AppsContext, app: Client, link: Link, request: number, error: BrokerError): void {
  const pending = link.pending.get(request);
  link.pending.delete(request);
  noteClientRefusal(context, app, pending?.what ?? 'call', error);
  if (pending?.what === 'publish') app.counters.failed++;
  if (pending?.what === 'connect') app.figures.refusedConnections++;
  if (error.closes === 'connection' || pending?.what === 'connect') lose(context, app, link);
}

/** The connection is gone. What was handed over and not done comes to somebody again. */
function lose(context: AppsContext, app: Client, link: Link): void {
  const unanswered = [...link.pending.values()].flatMap(({ what, number }) =>
    what === 'publish' ? [number] : [],
  );
  reset(link, 'down', context.now);
  if (!app.settings.failover) {
    app.counters.lost += unanswered.length;
    return;
  }
  app.unsent = [...unanswered, ...app.unsent];
  link.tries++;
  const timer: ClientReconnectDue = {
    type: 'app/ClientReconnectDue',
    app: app.name,
    life: app.life,
    link: link.index,
    tries: link.tries,
  };
  context.schedule(nextTry(app, link), timer);
}

/** When a link that is down tries again. The failover transport: 10 ms, then twice as long each time, 30 s at most. */
export function nextTry({ settings }: Client, { tries, since }: Link): Instant {
  const grown = Math.min(30_000, 10 * 2 ** Math.min(tries - 1, 12));
  return after(since, settings.reconnect > 0 ? settings.reconnect : milliseconds(grown));
}

export function reconnectDue(context: AppsContext, timer: ClientReconnectDue): void {
  const app = context.state.clients.get(timer.app);
  const link = app?.life === timer.life ? app.links[timer.link] : undefined;
  if (app === undefined || link === undefined || !app.running) return;
  if (link.state === 'down' && link.tries === timer.tries) connect(context, app, link);
}

/** Counts a refusal, and tells it once a second for each kind. */
function noteClientRefusal(
  context: AppsContext,
  app: Client,
  operation: string,
  { code, message }: Pick<BrokerError, 'code' | 'message'>,
): void {
  countIn(app.refusals, context.now, 1);
  const last = app.refusal;
  const isTold =
    last !== null &&
    last.code === code &&
    last.operation === operation &&
    Math.floor(last.at / 1_000) === Math.floor(context.now / 1_000);
  if (isTold) return;
  app.refusal = Object.freeze({ operation, code, message, at: context.now });
  context.emit(Object.freeze({ type: 'app/Refused', by: app.name, app: app.name, operation, code, message }));
}
