/** What a client does with what the broker pushes to it: one after the other, each on its own connection. */
import type { BrokerMessage } from '../../contract/broker.ts';
import { faultOn } from '../../contract/faults.ts';
import type { Context } from '../../engine/service.ts';
import { after, milliseconds } from '../../engine/units.ts';
import { say } from './clientLinks.ts';
import type { Client, Link } from './clientModel.ts';
import { linkName } from './clientModel.ts';
import { note, settlesAtOnce } from './clientWords.ts';
import { remember, remembers } from './memory.ts';
import type { AppsState } from './model.ts';
import { countIn } from './rings.ts';

type AppsContext = Context<AppsState>;

/** The work on one message ends. */
export interface ClientWorkDue {
  readonly type: 'app/ClientWorkDue';
  readonly app: string;
  readonly life: number;
  readonly link: number;
  readonly turn: number;
}

export function takeIn(context: AppsContext, app: Client, link: Link, message: BrokerMessage): void {
  const { settings, figures, counters } = app;
  const qos = message.properties.qos ?? settings.qos;
  note(app.frames, settings.protocol, 'deliver', qos);
  if (message.redelivered) figures.redelivered++;
  // MQTT 4.3.3: a client of QoS 2 hears each packet once.
  if (settings.protocol === 'mqtt' && qos === 2 && remembers(app.memory, message.messageId)) {
    figures.duplicatesDropped++;
    settle(context, app, link, message.deliveryTag, qos);
    return;
  }
  counters.received++;
  countIn(app.flow, context.now, settings.role === 'consumer' ? 1 : 0);
  const { deliveryTag, messageId } = message;
  link.inbox.push(Object.freeze({ deliveryTag, messageId, sent: context.now }));
  if (link.until < 0) begin(context, app, link);
}

function begin(context: AppsContext, app: Client, link: Link): void {
  const { min, max } = app.settings.time;
  const random = context.random(`client/${app.name}`);
  const time = random.integer(min, max) * (faultOn(context, `app/${app.name}`, 'slow')?.times ?? 1);
  const until = after(context.now, milliseconds(time));
  link.until = until;
  link.turn++;
  const { name, life } = app;
  const timer: ClientWorkDue = {
    type: 'app/ClientWorkDue',
    app: name,
    life,
    link: link.index,
    turn: link.turn,
  };
  context.schedule(until, timer);
}

export function clientWorkDue(context: AppsContext, timer: ClientWorkDue): void {
  const app = context.state.clients.get(timer.app);
  const link = app?.life === timer.life ? app.links[timer.link] : undefined;
  if (app === undefined || link === undefined || link.turn !== timer.turn) return;
  const done = link.inbox.shift();
  link.until = -1;
  if (done === undefined) return;
  finish(context, app, link, done.deliveryTag, done.messageId);
  if (link.inbox.length > 0 && link.until < 0) begin(context, app, link);
}

function finish(context: AppsContext, app: Client, link: Link, deliveryTag: number, messageId: string): void {
  const { settings, counters } = app;
  const { numerator, denominator } = settings.fail;
  if (context.random(`client/${app.name}`).chance(numerator, denominator)) {
    counters.failed++;
    giveBack(context, app, link, deliveryTag);
    return;
  }
  counters.processed++;
  countIn(app.done, context.now, 1);
  if (!remember(app.memory, messageId)) {
    counters.repeatedEffects++;
    const worker = linkName(app, link.index);
    context.emit(
      Object.freeze({ type: 'app/EffectRepeated', by: app.name, app: app.name, worker, messageId }),
    );
  }
  settle(context, app, link, deliveryTag, settings.qos);
}

function settle(context: AppsContext, app: Client, link: Link, deliveryTag: number, qos: 0 | 1 | 2): void {
  const { protocol, ack } = app.settings;
  const isDone = ack === 'auto' && settlesAtOnce(protocol);
  if (ack === 'never' || isDone || (protocol === 'mqtt' && qos === 0)) return;
  note(app.frames, protocol, 'ack', qos);
  const multiple = ack === 'client' && protocol === 'amqp-0-9-1';
  say(context, app, link, { do: 'ack', deliveryTag, multiple });
}

/** MQTT has no word for it: the message stays until the client comes anew. */
function giveBack(context: AppsContext, app: Client, link: Link, deliveryTag: number): void {
  const { protocol, ack } = app.settings;
  const isDone = ack === 'auto' && settlesAtOnce(protocol);
  if (ack === 'never' || isDone || protocol === 'mqtt') return;
  note(app.frames, protocol, 'nack', 0);
  say(context, app, link, { do: 'nack', deliveryTag, requeue: true });
}
