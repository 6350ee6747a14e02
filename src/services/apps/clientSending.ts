/** What a client sends: messages fall due by its pattern, and go out over the connections that stand, in turn. */
import type { MessageProperties } from '../../contract/broker.ts';
import type { Context } from '../../engine/service.ts';
import { after, instant, milliseconds } from '../../engine/units.ts';
import { say, wantsConfirm } from './clientLinks.ts';
import type { Client, Link } from './clientModel.ts';
import { note } from './clientWords.ts';
import type { AppsState } from './model.ts';
import { nextDue, takeDue } from './pattern.ts';
import { fill } from './template.ts';

type AppsContext = Context<AppsState>;

/** A client's next messages are due. */
export interface ClientSendDue {
  readonly type: 'app/ClientSendDue';
  readonly app: string;
  readonly life: number;
  readonly plan: number;
}

/** What a client holds while its connection is away, or the broker holds it back; more is given up. */
const UNSENT_MAX = 10_000;

export function planSend(context: AppsContext, app: Client): void {
  const { rate, pattern, role, count } = app.settings;
  if (!app.running || role === 'consumer' || app.next > (count ?? Number.MAX_SAFE_INTEGER)) return;
  const due = nextDue(app.progress, rate, pattern, context.now, 1);
  app.plan++;
  const timer: ClientSendDue = { type: 'app/ClientSendDue', app: app.name, life: app.life, plan: app.plan };
  context.schedule(instant(Math.max(due, after(context.now, milliseconds(1)))), timer);
}

export function clientSendDue(context: AppsContext, timer: ClientSendDue): void {
  const app = context.state.clients.get(timer.app);
  if (app === undefined || app.life !== timer.life || !app.running || app.plan !== timer.plan) return;
  const { rate, pattern, count = Number.MAX_SAFE_INTEGER, failover } = app.settings;
  const due = takeDue(app.progress, rate, pattern, context.now, context.random(`client/${app.name}`));
  for (let index = 0; index < due && app.next <= count; index++) app.unsent.push(app.next++);
  flush(context, app);
  // Without failover a message that finds no connection is an exception in the application.
  const isHeld = app.links.some((link) => link.state === 'connecting' || link.blocked || waits(app, link));
  const most = failover || isHeld ? UNSENT_MAX : 0;
  if (app.unsent.length > most) {
    app.counters.lost += app.unsent.length - most;
    app.unsent = app.unsent.slice(0, most);
  }
  planSend(context, app);
}

/** As much as the connections take. */
export function flush(context: AppsContext, app: Client): void {
  if (!app.running || app.unsent.length === 0) return;
  const able = app.links.filter((link) => link.state === 'up' && !link.blocked && !waits(app, link));
  if (able.length === 0) return;
  const most = isSynchronous(app) ? able.length : app.unsent.length;
  const numbers = app.unsent;
  app.unsent = numbers.slice(most);
  for (const number of numbers.slice(0, most)) send(context, app, able[app.turn++ % able.length]!, number);
}

/** JMS: a persistent send returns when the broker has stored the message. Apache ActiveMQ, Async Sends. */
const isSynchronous = ({ settings }: Client): boolean =>
  settings.protocol === 'openwire' && settings.persistent !== false;

const waits = (app: Client, { pending }: Link): boolean =>
  isSynchronous(app) && [...pending.values()].some(({ what }) => what === 'publish');

function send(context: AppsContext, app: Client, link: Link, number: number): void {
  const { settings } = app;
  const { protocol, destination, exchange, routingKey, body, qos } = settings;
  note(app.frames, protocol, 'publish', qos);
  say(
    context,
    app,
    link,
    {
      do: 'publish',
      ...(exchange !== '' && { exchange }),
      destination: exchange === '' ? destination : (routingKey ?? destination),
      body: fill(body, number),
      properties: propertiesOf(app, number),
      confirm: wantsConfirm(app),
    },
    { what: 'publish', number, at: context.now },
  );
}

function propertiesOf(app: Client, number: number): MessageProperties {
  const { name, life, settings } = app;
  const { protocol, persistent, qos, retained, group, headers, priority, ttl } = settings;
  const messageId = `${name}.${life}.${number}`;
  if (protocol === 'mqtt') {
    return Object.freeze({ qos, ...(retained && { retain: true }), ...(qos === 2 && { messageId }) });
  }
  return Object.freeze({
    ...(isSynchronous(app) && { messageId }),
    ...(persistent !== undefined && { persistent }),
    ...(group !== undefined && { groupId: fill(group, number) }),
    ...(headers !== undefined && { headers }),
    ...(priority !== undefined && { priority }),
    ...(ttl !== undefined && { ttlMs: ttl }),
  });
}
