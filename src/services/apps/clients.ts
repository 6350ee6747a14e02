/** Clients of brokers: started, stopped, crashed, changed, and seen. */
import type { ResourceView } from '../../contract/view.ts';
import type { Context } from '../../engine/service.ts';
import type { Instant } from '../../engine/units.ts';
import { type ClientReconnectDue, endLinks, reconnectDue, startLinks } from './clientLinks.ts';
import { type Client, type ClientSettings, linkName, ON_PREMISES } from './clientModel.ts';
import { type ClientSendDue, clientSendDue, planSend } from './clientSending.ts';
import { type ClientWorkDue, clientWorkDue } from './clientWork.ts';
import type { AppsState, Given } from './model.ts';
import { begin } from './pattern.ts';
import { percentiles, perSecond, type RateRing } from './rings.ts';

type AppsContext = Context<AppsState>;
export type ClientTimer = ClientSendDue | ClientReconnectDue | ClientWorkDue;

export const isClientTimer = (timer: { readonly type: string }): timer is ClientTimer =>
  timer.type.startsWith('app/Client');

export function clientDue(context: AppsContext, timer: ClientTimer): void {
  if (timer.type === 'app/ClientSendDue') clientSendDue(context, timer);
  else if (timer.type === 'app/ClientReconnectDue') reconnectDue(context, timer);
  else clientWorkDue(context, timer);
}

/** Connects what is not connected; a client that runs well is left alone. */
export function startClient(context: AppsContext, app: Client): void {
  const wasRunning = app.running;
  app.running = true;
  startLinks(context, app);
  if (wasRunning) return;
  app.since = context.now;
  const { rate, pattern } = app.settings;
  app.progress = begin(rate, pattern, context.now, context.random(`client/${app.name}`));
  planSend(context, app);
  context.emit(Object.freeze({ type: 'app/Started', by: context.caller.by, app: app.name }));
}

/** Says goodbye. What it had not finished goes back to the broker. */
export function stopClient(context: AppsContext, app: Client, reason: 'asked' | 'deleted'): void {
  if (!app.running) return;
  app.running = false;
  app.since = context.now;
  endLinks(context, app, false);
  context.emit(Object.freeze({ type: 'app/Stopped', by: context.caller.by, app: app.name, reason }));
}

/** Its connections break; what it had not handed over is gone with it. */
export function crashClient(context: AppsContext, app: Client): void {
  app.running = false;
  app.since = context.now;
  endLinks(context, app, true);
  app.counters.lost += app.unsent.length;
  app.unsent = [];
  context.emit(Object.freeze({ type: 'app/Crashed', by: context.caller.by, app: app.name }));
}

/** From now on; it connects anew. */
export function changeClient(
  context: AppsContext,
  app: Client,
  given: Given,
  settings: ClientSettings,
): void {
  const wasRunning = app.running;
  if (wasRunning) endLinks(context, app, false);
  app.links.length = 0;
  app.given = given;
  app.settings = settings;
  app.running = false;
  if (wasRunning) startClient(context, app);
}

/** The vocabulary of conditions: `app/NAME`. */
export function clientFigures(app: Client, now: Instant): Readonly<Record<string, unknown>> {
  const { counters, links, settings, figures } = app;
  const count = (state: string) => links.filter((link) => link.state === state).length;
  const isSender = settings.role !== 'consumer';
  return {
    running: app.running,
    ...counters,
    sentPerSecond: isSender ? rate(app, app.flow, now) : 0,
    throttledPerSecond: 0,
    latencyMs: percentiles(app.latency),
    ...figures,
    connected: count('up'),
    disconnected: links.length - count('up'),
    blocked: links.some(({ blocked }) => blocked),
    tries: links.reduce((most, { tries }) => Math.max(most, tries), 0),
    /** Made, and not yet accepted: the client still holds them. */
    waiting: app.unsent.length,
    held: links.reduce((sum, { inbox }) => sum + inbox.length, 0),
    protocol: String(app.given.protocol),
    broker: settings.broker,
    role: settings.role,
    frames: Object.fromEntries(app.frames),
  };
}

const rate = (app: Client, ring: RateRing, now: Instant): number =>
  perSecond(ring, now, app.running ? app.since : (0 as Instant));

export function clientView(app: Client, now: Instant): ResourceView {
  const { settings, links, given } = app;
  const { role, broker, destination, failover } = settings;
  const flow = rate(app, app.flow, now);
  const done = rate(app, app.done, now);
  const refused = rate(app, app.refusals, now);
  const outside = settings.protocol === 'amqp-0-9-1' ? `${broker}-rabbitmq` : broker;
  const to =
    broker === ON_PREMISES ? (`broker/${ON_PREMISES}/${outside}` as const) : (`broker/${broker}` as const);
  const up = links.filter(({ state }) => state === 'up').length;
  return {
    id: `app/${app.name}`,
    kind: 'app',
    name: app.name,
    title: `${String(given.protocol)} client`,
    role: role === 'consumer' ? 'sink' : 'source',
    order: app.life,
    fields: clientFigures(app, now),
    rates: { in: role === 'producer' ? 0 : done, out: role === 'consumer' ? 0 : flow, refused },
    links: [
      role === 'consumer'
        ? { to, type: 'poll', perSecond: flow, refusedPerSecond: refused }
        : { to, type: 'send', perSecond: flow, refusedPerSecond: refused },
    ],
    ...(role === 'producer'
      ? {}
      : {
          workers: links.slice(0, 40).map((link) => ({
            name: linkName(app, link.index),
            state:
              link.state === 'crashed'
                ? ('crashed' as const)
                : link.until >= 0
                  ? ('working' as const)
                  : ('idle' as const),
            since: link.since,
            ...(link.until >= 0 && { until: link.until as Instant }),
            ...(link.inbox[0] !== undefined && { messageId: link.inbox[0].messageId }),
          })),
        }),
    notes: [
      destination,
      ...(role === 'consumer' ? [] : [String(given.rate ?? '1/s')]),
      ...(app.running ? (up < links.length ? [`${links.length - up} not connected`] : []) : ['stopped']),
      ...(failover ? [] : ['no failover']),
    ],
    ...(app.running ? {} : { stopped: true }),
  };
}
