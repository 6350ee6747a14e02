/** ActiveMQ as screens and conditions see it. */
import { perSecond } from '../../../contract/traffic.ts';
import type { MessageRow, ResourceId, ResourceView } from '../../../contract/view.ts';
import type { Instant } from '../../../engine/units.ts';
import type { Figures, QueueFigures } from '../engine.ts';
import type { Broker } from '../model.ts';
import { readyOf } from './boxes.ts';
import type { ActiveRuntime, Box, Consumer, Entry, Topic } from './model.ts';
import { virtualTopicOf } from './names.ts';

const runtimeOf = ({ runtime }: Broker): ActiveRuntime | undefined =>
  runtime?.type === 'ACTIVEMQ' ? runtime : undefined;

export function figures(broker: Broker): Figures {
  const runtime = runtimeOf(broker);
  const totals = runtime?.totals;
  return {
    ready: totals?.ready ?? 0,
    unacknowledged: totals?.unacked ?? 0,
    consumers: runtime?.consumers.size ?? 0,
    producers: totals?.producers ?? 0,
    channels: runtime?.sessions.size ?? 0,
    queues: runtime?.boxes.size ?? 0,
    exchanges: 0,
    topics: runtime?.topics.size ?? 0,
    memoryBytes: totals?.memoryBytes ?? 0,
    memoryLimitBytes: runtime?.policy.memoryLimit ?? 0,
    diskBytes: totals?.diskBytes ?? 0,
    diskLimitBytes: runtime?.policy.storeLimit ?? 0,
    blocked: runtime?.held[0]?.reason ?? '',
    activeNode: runtime === undefined || runtime.active === 0 ? undefined : runtime.active,
  };
}

/** For the Broker pane. */
export function brokerFields(broker: Broker, now: Instant): Readonly<Record<string, unknown>> {
  const runtime = runtimeOf(broker);
  if (runtime === undefined) return {};
  const { takeover, totals, active } = runtime;
  return {
    active,
    activeZone: broker.nodes.find(({ number }) => number === active)?.zone ?? '',
    journal: { messages: totals.ready, unacknowledged: totals.unacked, bytes: totals.diskBytes },
    scheduled: runtime.scheduled.size,
    held: runtime.held.length,
    retained: [...runtime.retained.keys()],
    topics: [...runtime.topics.values()].map((topic) => topicFields(runtime, topic, now)),
    subscriptions: [...runtime.boxes.values()]
      .filter(({ kind }) => kind === 'subscription')
      .map((box) => ({
        topic: box.name,
        durable: box.durable,
        clientId: box.clientId,
        name: box.subscriptionName,
        active: box.consumers.size > 0,
        ready: box.ready,
        unacknowledged: box.unacked,
      })),
    consumers: [...runtime.consumers.values()]
      .slice(0, 100)
      .map((consumer) => consumerFields(runtime, consumer)),
    ...(takeover !== undefined && {
      takeover: {
        ...takeover,
        /** Which of its phases runs now; '': it is over. */
        phase: takeover.done ? '' : (takeover.phases.find(({ until }) => until > now)?.name ?? 'ports'),
        endsAtMs: takeover.phases.at(-1)?.until ?? takeover.began,
      },
    }),
  };
}

const consumerFields = (runtime: ActiveRuntime, consumer: Consumer) => ({
  client: runtime.sessions.get(consumer.connection)?.by ?? '',
  protocol: runtime.sessions.get(consumer.connection)?.protocol ?? '',
  destination: consumer.destination,
  prefetch: consumer.prefetch,
  unacknowledged: consumer.unacked,
  delivered: consumer.delivered,
  exclusive: consumer.exclusive,
});

const topicFields = (runtime: ActiveRuntime, topic: Topic, now: Instant) => ({
  name: topic.name,
  published: topic.counters.published,
  delivered: topic.counters.delivered,
  dropped: topic.counters.dropped,
  subscriptions: topic.boxes.size,
  publishedPerSecond: perSecond(topic.incoming, now),
  queues: [...runtime.boxes.values()].flatMap(({ kind, name }) =>
    kind === 'queue' && virtualTopicOf(name) === topic.name ? [name] : [],
  ),
});

export function views(broker: Broker, now: Instant): ResourceView[] {
  const runtime = runtimeOf(broker);
  if (runtime === undefined) return [];
  return [...runtime.boxes.values()]
    .filter(({ kind }) => kind === 'queue')
    .map((box) => queueView(broker, box, now));
}

const idOf = (broker: Broker, box: Box): ResourceId => `brokerqueue/${broker.name}/${box.name}`;

function queueView(broker: Broker, box: Box, now: Instant): ResourceView {
  const { counters } = box;
  const [incoming, outgoing] = [perSecond(box.incoming, now), perSecond(box.outgoing, now)];
  return {
    id: idOf(broker, box),
    kind: 'brokerqueue',
    name: box.name,
    title: 'ActiveMQ queue',
    role: 'resource',
    order: broker.order + box.order / 1_000_000,
    fields: {
      broker: broker.name,
      ready: box.ready,
      unacknowledged: box.unacked,
      consumers: box.consumers.size,
      ...counters,
      groups: box.groups.size,
      inPerSecond: incoming,
      outPerSecond: outgoing,
    },
    stock: {
      visible: box.ready,
      inFlight: box.unacked - box.redelivering.size,
      delayed: box.redelivering.size,
    },
    rates: { in: incoming, out: outgoing, refused: 0 },
    links: [],
  };
}

export function messages(broker: Broker, id: ResourceId, from: number, limit: number): MessageRow[] {
  const runtime = runtimeOf(broker);
  const box = [...(runtime?.boxes.values() ?? [])].find(
    (one) => one.kind === 'queue' && idOf(broker, one) === id,
  );
  if (runtime === undefined || box === undefined) return [];
  const rows: MessageRow[] = [];
  for (const session of runtime.sessions.values()) {
    for (const { box: key, entry, since } of session.unacked.values()) {
      if (key === box.key)
        rows.push(rowOf(entry, { state: 'inFlight', received: since, holder: session.by }));
    }
  }
  for (const { entry, at } of box.redelivering.values())
    rows.push(rowOf(entry, { state: 'delayed', due: at }));
  for (const entry of readyOf(box)) {
    if (rows.length >= from + limit) break;
    rows.push(rowOf(entry, { state: 'visible' }));
  }
  return rows.slice(from, from + limit);
}

const rowOf = (
  { message, deliveries }: Entry,
  facts: Pick<MessageRow, 'state'> & Partial<MessageRow>,
): MessageRow => ({
  messageId: message.id,
  body: message.body,
  sent: message.published,
  received: undefined,
  due: undefined,
  receiveCount: deliveries,
  holder: undefined,
  group: message.properties.groupId,
  ...facts,
});

export function queueFigures(broker: Broker): readonly QueueFigures[] {
  const runtime = runtimeOf(broker);
  if (runtime === undefined) return [];
  const queues = [...runtime.boxes.values()]
    .filter(({ kind }) => kind === 'queue')
    .map(
      (box): QueueFigures => ({
        name: box.name,
        virtualHost: '',
        kind: 'queue',
        ready: box.ready,
        unacknowledged: box.unacked,
        consumers: box.consumers.size,
        producers: 0,
        memoryBytes: box.readyBytes + box.unackedBytes,
        counters: { ...box.counters },
      }),
    );
  const topics = [...runtime.topics.values()].map(
    (topic): QueueFigures => ({
      name: topic.name,
      virtualHost: '',
      kind: 'topic',
      ready: 0,
      unacknowledged: 0,
      consumers: topic.boxes.size,
      producers: 0,
      memoryBytes: 0,
      counters: { enqueued: topic.counters.published, dispatched: topic.counters.delivered },
    }),
  );
  return [...queues, ...topics].sort((a, b) => b.consumers - a.consumers);
}
