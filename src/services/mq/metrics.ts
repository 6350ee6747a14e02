/**
 * The CloudWatch metrics of brokers. Amazon MQ Developer Guide, Monitoring Amazon MQ for RabbitMQ; for ActiveMQ. Rates and
 * levels as they stand at the end of each minute in which something happened. SIMPLER THAN AWS: those that speak of the
 * host alone (CpuUtilization, BurstBalance …) are not told.
 */
import {
  count,
  type MetricDimension,
  type MetricName,
  type MetricSeries,
  note,
  report,
  subjectOf,
  trackSeries,
} from '../../contract/metrics.ts';
import { ENDLESS, MINUTE_MS, minuteOf, newTrack, type TrackKind } from '../../contract/metricTrack.ts';
import { type Instant, instant } from '../../engine/units.ts';
import type { Figures, QueueFigures } from './engine.ts';
import { engineOf } from './engines.ts';
import type { Broker, BrokerCounters, MqState } from './model.ts';
import { idOfBroker } from './view.ts';

type Row = readonly [name: string, kind: TrackKind, unit: string];

const RABBITMQ: readonly (readonly [...Row, (figures: Figures, broker: Broker) => number])[] = [
  ['MessageCount', 'level', 'Count', ({ ready, unacknowledged }) => ready + unacknowledged],
  ['MessageReadyCount', 'level', 'Count', ({ ready }) => ready],
  ['MessageUnacknowledgedCount', 'level', 'Count', ({ unacknowledged }) => unacknowledged],
  ['ConsumerCount', 'level', 'Count', ({ consumers }) => consumers],
  ['ConnectionCount', 'level', 'Count', (_, { connections }) => connections.size],
  ['ChannelCount', 'level', 'Count', ({ channels }) => channels],
  ['QueueCount', 'level', 'Count', ({ queues }) => queues],
  ['ExchangeCount', 'level', 'Count', ({ exchanges }) => exchanges],
  ['RabbitMQMemUsed', 'level', 'Bytes', ({ memoryBytes }) => memoryBytes],
  ['RabbitMQMemLimit', 'level', 'Bytes', ({ memoryLimitBytes }) => memoryLimitBytes],
  [
    'RabbitMQDiskFree',
    'level',
    'Bytes',
    ({ diskBytes, diskLimitBytes }) => Math.max(0, diskLimitBytes - diskBytes),
  ],
];
const ACTIVEMQ: typeof RABBITMQ = [
  ['TotalMessageCount', 'level', 'Count', ({ ready, unacknowledged }) => ready + unacknowledged],
  ['TotalConsumerCount', 'level', 'Count', ({ consumers }) => consumers],
  ['TotalProducerCount', 'level', 'Count', ({ producers }) => producers],
  ['CurrentConnectionsCount', 'level', 'Count', (_, { connections }) => connections.size],
  ['EstablishedConnectionsCount', 'level', 'Count', (_, { connections }) => connections.size],
  [
    'HeapUsage',
    'level',
    'Percent',
    ({ memoryBytes, memoryLimitBytes }) => percent(memoryBytes, memoryLimitBytes),
  ],
  [
    'StorePercentUsage',
    'level',
    'Percent',
    ({ diskBytes, diskLimitBytes }) => percent(diskBytes, diskLimitBytes),
  ],
];

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part * 100) / whole));

/** Counted in a minute: from the broker's own counters. */
const RATES: Readonly<
  Record<Broker['engine'], readonly (readonly [name: string, of: keyof BrokerCounters])[]>
> = {
  RABBITMQ: [
    ['PublishRate', 'published'],
    ['AckRate', 'acknowledged'],
  ],
  ACTIVEMQ: [],
};

const QUEUE_LEVELS = [
  ['MessageCount', 'Count'],
  ['MessageReadyCount', 'Count'],
  ['MessageUnacknowledgedCount', 'Count'],
  ['ConsumerCount', 'Count'],
] as const;
const ACTIVE_QUEUE_LEVELS = [
  ['QueueSize', 'Count'],
  ['InFlightCount', 'Count'],
  ['ConsumerCount', 'Count'],
  ['ProducerCount', 'Count'],
] as const;

/** Amazon MQ tells no queue of RabbitMQ 4 to CloudWatch. */
const tellsQueues = ({ engine, settings }: Broker): boolean =>
  engine === 'ACTIVEMQ' || settings.engineVersion.startsWith('3.');

/** A broker, or a queue of it, with its figures as they are now. */
interface Snapshot {
  /** In the ledger. */
  readonly key: string;
  readonly dimensions: readonly MetricDimension[];
  readonly resource: string;
  readonly rows: readonly (readonly [...Row, value: number])[];
}

function snapshots(state: MqState, broker: Broker, at: Instant): Snapshot[] {
  if (broker.runtime === undefined) return [];
  const engine = engineOf(broker);
  const figures = engine.figures(broker, at);
  const levels = broker.engine === 'RABBITMQ' ? RABBITMQ : ACTIVEMQ;
  const own: Snapshot = {
    key: broker.id,
    dimensions: [{ Name: 'Broker', Value: broker.name }],
    resource: idOfBroker(state, broker),
    rows: [
      ...levels.map(([name, kind, unit, of]) => [name, kind, unit, of(figures, broker)] as const),
      ...RATES[broker.engine].map(
        ([name, of]) => [name, 'sum', 'Count', broker.counters[of] - (broker.told[of] ?? 0)] as const,
      ),
    ],
  };
  if (!tellsQueues(broker)) return [own];
  return [own, ...engine.queueFigures(broker).map((queue) => queueSnapshot(broker, queue))];
}

function queueSnapshot(broker: Broker, queue: QueueFigures): Snapshot {
  const { name, virtualHost, kind, ready, unacknowledged, consumers, producers } = queue;
  const isRabbit = broker.engine === 'RABBITMQ';
  const values = isRabbit
    ? [ready + unacknowledged, ready, unacknowledged, consumers]
    : // What is in flight stays in an ActiveMQ queue until it is acknowledged.
      [ready + unacknowledged, unacknowledged, consumers, producers];
  const shown = isRabbit && virtualHost !== '/' ? `${virtualHost}:${name}` : name;
  return {
    key: `${broker.id} ${virtualHost} ${kind} ${name}`,
    dimensions: [
      { Name: 'Broker', Value: broker.name },
      { Name: kind === 'topic' ? 'Topic' : 'Queue', Value: name },
      ...(isRabbit ? [{ Name: 'VirtualHost', Value: virtualHost }] : []),
    ],
    resource: `brokerqueue/${broker.name}/${shown}`,
    rows: (isRabbit ? QUEUE_LEVELS : ACTIVE_QUEUE_LEVELS).map(
      ([metric, unit], index) => [metric, 'level', unit, values[index]!] as const,
    ),
  };
}

/** The last minute in which something happened. */
const openMinute = ({ ledger }: MqState): Instant => instant(Math.max(0, ledger.closesAt - MINUTE_MS));

/** Something happens in a later minute: the last one in which something did is written down. */
export function closeMinute(state: MqState): void {
  const at = openMinute(state);
  for (const broker of state.brokers.values()) {
    for (const { key, rows } of snapshots(state, broker, at)) {
      const subject = subjectOf(state.ledger, key);
      report(subject, at);
      for (const [name, kind, , value] of rows) {
        if (kind === 'sum') count(subject, at, name, value);
        else note(subject, at, name, value);
      }
    }
    for (const [, of] of RATES[broker.engine]) broker.told[of] = broker.counters[of];
  }
}

/** What is not written down yet is read from the brokers as they are. Queues that are gone are not listed. */
export function* metrics(
  state: MqState,
  now: Instant,
  _settings: unknown,
  wanted: Partial<MetricName> = {},
): Iterable<MetricSeries> {
  if (wanted.namespace !== undefined && wanted.namespace !== 'AWS/AmazonMQ') return;
  const minute = minuteOf(openMinute(state));
  for (const broker of state.brokers.values()) {
    const { account } = broker;
    if (wanted.account !== undefined && wanted.account !== account) continue;
    for (const { key, rows, dimensions, resource } of snapshots(state, broker, now)) {
      const subject = state.ledger.subjects.get(key);
      const spans = subject === undefined || subject.spans.length === 0 ? [minute, ENDLESS] : subject.spans;
      for (const [name, kind, unit, value] of rows) {
        if (wanted.name !== undefined && wanted.name !== name) continue;
        const track = subject?.tracks.get(name) ?? newTrack();
        const pending = [minute, value];
        const series = { account, namespace: 'AWS/AmazonMQ', name, unit, dimensions, resource };
        yield trackSeries(series, { kind, track, spans, now, pending });
      }
    }
  }
}
