/** Queues of RabbitMQ as screens and conditions see them; exchanges and bindings as data for the Broker pane. */
import { perSecond } from '../../../contract/traffic.ts';
import type { LinkView, MessageRow, ResourceId, ResourceView } from '../../../contract/view.ts';
import { type Instant, instant } from '../../../engine/units.ts';
import type { Broker, MqState } from '../model.ts';
import { entriesOf } from './lanes.ts';
import type { Entry, Exchange, Queue } from './model.ts';
import { runtimeOf } from './runtime.ts';

const SHOWN_MAX = 200;

const idOf = (broker: Broker, { virtualHost, name }: Pick<Queue, 'virtualHost' | 'name'>): ResourceId =>
  `brokerqueue/${broker.name}/${virtualHost === '/' ? name : `${virtualHost}:${name}`}`;

export function brokerFields(broker: Broker, now: Instant): Readonly<Record<string, unknown>> {
  const { virtualHosts, alarm, users } = runtimeOf(broker);
  return {
    alarm,
    brokerUsers: [...users.values()].map(({ name, tags, permissions }) => ({ name, tags, permissions })),
    virtualHosts: [...virtualHosts.values()].map(({ name, exchanges, queues }) => ({
      name,
      exchanges: [...exchanges.values()].filter(isShown).map((exchange) => exchangeFields(exchange, now)),
      queues: [...queues.keys()].slice(0, SHOWN_MAX),
    })),
  };
}

/** The built-in ones only when they are used. */
const isShown = ({ name, bindings, counters }: Exchange): boolean =>
  (name !== '' && !name.startsWith('amq.')) || bindings.length > 0 || counters.published > 0;

const exchangeFields = (exchange: Exchange, now: Instant): object => ({
  name: exchange.name,
  type: exchange.type,
  durable: exchange.durable,
  internal: exchange.internal,
  arguments: exchange.arguments,
  published: exchange.counters.published,
  unroutable: exchange.counters.unroutable,
  perSecond: perSecond(exchange.traffic, now),
  bindings: exchange.bindings.slice(0, SHOWN_MAX).map((binding) => ({ ...binding })),
});

export function views(_state: MqState, broker: Broker, now: Instant): ResourceView[] {
  const views: ResourceView[] = [];
  for (const { queues } of runtimeOf(broker).virtualHosts.values()) {
    for (const queue of queues.values()) {
      if (views.length >= SHOWN_MAX) return views;
      views.push(queueView(broker, queue, now));
    }
  }
  return views;
}

function queueView(broker: Broker, queue: Queue, now: Instant): ResourceView {
  const { counters, settings, leader, ready, unacked, consumers } = queue;
  const full = settings.maxLength >= 0 && ready >= settings.maxLength ? 'length' : undefined;
  return {
    id: idOf(broker, queue),
    kind: 'brokerqueue',
    name: queue.name,
    title: `${queue.kind} queue`,
    role: 'resource',
    order: queue.order,
    fields: {
      ready,
      unacknowledged: unacked,
      consumers: consumers.size,
      ...counters,
      waiting: queue.waiting.length,
      broker: broker.name,
      virtualHost: queue.virtualHost,
      type: queue.kind,
      durable: queue.durable,
      exclusive: queue.exclusive !== 0,
      autoDelete: queue.autoDelete,
      arguments: queue.arguments,
      settings,
      leader,
      nodes: queue.members,
      electionEndsMs: queue.electionEnds,
      available: leader !== 0,
      readers: readersOf(broker, queue),
      createdAtMs: queue.created,
    },
    scope: { label: 'of', value: broker.name },
    stock: { visible: ready, inFlight: unacked, delayed: queue.waiting.length },
    rates: { in: perSecond(queue.incoming, now), out: perSecond(queue.outgoing, now), refused: 0 },
    ...(full !== undefined && { full }),
    links: linksOf(broker, queue),
    ...(leader === 0 && { stopped: true, notes: ['no leader'] }),
  };
}

function readersOf(broker: Broker, queue: Queue): object[] {
  const runtime = runtimeOf(broker);
  return [...queue.consumers].slice(0, SHOWN_MAX).map((number) => {
    const { tag, connection, prefetch, unacked, delivered, noAck, priority } = runtime.consumers.get(number)!;
    const app = broker.connections.get(connection)?.client.by ?? '';
    const active = queue.active === 0 || queue.active === number;
    return { tag, app, prefetch, unacknowledged: unacked, delivered, noAck, priority, active };
  });
}

/** Where its dead letters go, as far as one step tells. */
function linksOf(broker: Broker, queue: Queue): LinkView[] {
  const { deadLetterExchange, deadLetterRoutingKey } = queue.settings;
  if (deadLetterExchange === undefined) return [];
  const host = runtimeOf(broker).virtualHosts.get(queue.virtualHost);
  const link = (name: string): LinkView => ({
    to: idOf(broker, { virtualHost: queue.virtualHost, name }),
    type: 'redrive',
    label: 'dead letters',
    perSecond: 0,
    refusedPerSecond: 0,
  });
  if (deadLetterExchange === '') return [link(deadLetterRoutingKey ?? queue.name)];
  const bindings = host?.exchanges.get(deadLetterExchange)?.bindings ?? [];
  return bindings.filter(({ to }) => to === 'queue').map(({ destination }) => link(destination));
}

/** Unacknowledged ones first, then ready ones in their order. */
export function messages(
  _state: MqState,
  broker: Broker,
  id: ResourceId,
  from: number,
  limit: number,
): MessageRow[] {
  const runtime = runtimeOf(broker);
  const queue = [...runtime.virtualHosts.values()]
    .flatMap(({ queues }) => [...queues.values()])
    .find((one) => idOf(broker, one) === id);
  if (queue === undefined) return [];
  const rows: MessageRow[] = [];
  for (const row of rowsOf(broker, queue)) {
    if (rows.length >= from + limit) break;
    rows.push(row);
  }
  return rows.slice(from);
}

function* rowsOf(broker: Broker, queue: Queue): Iterable<MessageRow> {
  const runtime = runtimeOf(broker);
  for (const channel of queue.unacked === 0 ? [] : runtime.channels.values()) {
    for (const { queue: name, order, entry, since } of channel.unacked.values()) {
      if (name !== queue.name || order !== queue.order) continue;
      const holder = broker.connections.get(channel.connection)?.client.by;
      yield { ...rowOf(entry), state: 'inFlight', received: since, holder };
    }
  }
  for (const lane of queue.lanes) for (const entry of entriesOf(lane)) yield rowOf(entry);
}

const rowOf = ({ message, returns, redelivered, arrived, expires }: Entry): MessageRow => ({
  messageId: message.id,
  body: message.body,
  state: 'visible',
  sent: arrived,
  received: undefined,
  due: expires < 0 ? undefined : instant(expires),
  receiveCount: Math.max(returns, redelivered ? 1 : 0),
  holder: undefined,
  group: undefined,
});
