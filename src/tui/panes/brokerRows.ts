/** One broker in rows: its nodes, how a standby takes over, exchanges with bindings, queues, topics, subscriptions. */
import type { ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import { meter } from '../paint/bars.ts';
import { count, duration, instantShort, rate, size } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, tableLines } from '../paint/rows.ts';
import { padEnd, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { BrokerFields, BrokerQueueFields, TakeoverFields } from './brokerFields.ts';
import { consumerRows, meterRows } from './brokerMeters.ts';
import { exchangeRows } from './brokerRouting.ts';
import { ZONES_FROM, zoneRows } from './brokerZones.ts';
import { fieldsOf } from './painter.ts';

export function brokerRows(
  theme: Theme,
  fields: BrokerFields,
  queues: readonly ResourceView[],
  now: Instant,
  columns: number,
): string[] {
  const parts = [
    [...alarmRows(theme, fields, columns), ...placeRows(theme, fields, queues, columns)],
    meterRows(theme, fields, columns),
    takeoverRows(theme, fields.takeover, now, columns),
    exchangeRows(theme, fields, queues, columns),
    queueRows(theme, queues, fields, columns),
    topicRows(theme, fields, columns),
    subscriptionRows(theme, fields, columns),
    consumerRows(theme, fields, queues, columns),
  ];
  return parts.filter((part) => part.length > 0).flatMap((part, at) => (at === 0 ? part : ['', ...part]));
}

const shown = (theme: Theme, value: string, limit = 60): string =>
  plain(value, { ascii: theme.marks.ascii, limit });

function alarmRows(theme: Theme, { blocked, blockedBy, alarm }: BrokerFields, columns: number): string[] {
  const cause = blockedBy === '' ? (alarm ?? '') : blockedBy;
  if (!blocked && cause === '') return [];
  const said = `${theme.marks.refused} ${shown(theme, cause)}: publishers wait until there is room again.`;
  return wrap(said, columns).map(theme.bad);
}

/** A pair stands in its zones, where there is room for them. */
const placeRows = (
  theme: Theme,
  fields: BrokerFields,
  queues: readonly ResourceView[],
  columns: number,
): string[] =>
  fields.active !== undefined && fields.nodes.length === 2 && columns >= ZONES_FROM
    ? zoneRows(theme, fields, columns)
    : nodeRows(theme, fields, queues);

/** Of a cluster what each node leads; of a pair who serves. */
function nodeRows(theme: Theme, fields: BrokerFields, queues: readonly ResourceView[]): string[] {
  const { marks } = theme;
  if (fields.nodes.length === 0) {
    return [theme.second(`No node runs: ${shown(theme, fields.state.toLowerCase().replaceAll('_', ' '))}.`)];
  }
  return fields.nodes.map(({ number, zone, up, since }) => {
    const mark = up ? theme.done(marks.working) : theme.bad(marks.dead);
    const name = `${mark} ${theme.strong(`node ${number}`)} ${theme.second(padEnd(shown(theme, zone), 12))}`;
    if (!up) return `${name} ${theme.bad('down')} ${theme.second(`since ${instantShort(since)}`)}`;
    return `${name} ${roleOf(theme, fields, number, queues)}`;
  });
}

function roleOf(
  theme: Theme,
  { active, takeover, journal, nodes }: BrokerFields,
  number: number,
  queues: readonly ResourceView[],
): string {
  if (active !== undefined) {
    if (takeover !== undefined && !takeover.done && takeover.to === number) return theme.flight('takes over');
    if (active !== number) return theme.second('standby: waits for the lock');
    const held =
      journal === undefined
        ? ''
        : `, journal ${count(journal.messages)} ${journal.messages === 1 ? 'message' : 'messages'}, ${size(journal.bytes)}`;
    return `${nodes.length > 1 ? 'active: has the lock' : 'serves'}${theme.second(held)}`;
  }
  const led = queues.filter((queue) => fieldsOf<BrokerQueueFields>(queue).leader === number);
  const names = led.slice(0, 6).map(({ name }) => shown(theme, name, 24));
  const more = led.length > names.length ? ` and ${led.length - names.length} more` : '';
  return led.length === 0 ? 'up' : `up, leads ${names.join(', ')}${more}`;
}

const PHASES: Readonly<Record<string, string>> = {
  lease: 'lease runs out',
  lock: 'takes the lock',
  journal: 'reads the journal',
  ports: 'opens its ports',
};

const REASONS = { failure: 'failed', reboot: 'rebooted', start: 'started' } as const;

function takeoverRows(
  theme: Theme,
  takeover: TakeoverFields | undefined,
  now: Instant,
  columns: number,
): string[] {
  if (takeover === undefined) return [];
  const { from, to, reason, began, done, phases, fate, connectionsLost, endsAtMs } = takeover;
  const { marks } = theme;
  const who = from === 0 ? `node ${to} starts` : `node ${from} ${REASONS[reason]}, node ${to} takes over`;
  const till = done
    ? theme.done(`over at ${instantShort(endsAtMs)}`)
    : theme.flight(`${duration(Math.max(0, endsAtMs - now))} to go`);
  const width = Math.max(8, Math.min(30, columns - 44));
  const steps = phases.map(({ name, from: since, until }) => {
    const isOver = until <= now;
    const runs = !isOver && since <= now;
    const mark = isOver ? theme.done(marks.done) : runs ? theme.flight(marks.inFlight) : marks.open;
    const ratio = isOver ? 1 : runs ? (now - since) / Math.max(1, until - since) : 0;
    const bar = meter(theme, { ratio, width, role: isOver ? 'done' : 'flight' });
    return `${mark} ${padEnd(PHASES[name] ?? name, 18)} ${bar} ${theme.second(duration(until - since))}`;
  });
  const messages = [
    theme.visible(`${marks.visible} ${count(fate.kept)} kept in the journal`),
    theme.flight(`${marks.inFlight} ${count(fate.redelivered)} delivered again`),
    (fate.lost > 0 ? theme.bad : theme.second)(`${marks.refused} ${count(fate.lost)} lost: only in memory`),
    theme.second(`${count(connectionsLost)} clients dropped`),
  ];
  return [
    `${theme.strong(who)} ${theme.second(`at ${instantShort(began)},`)} ${till}`,
    ...steps,
    ...wrap(messages.join('   '), columns),
  ];
}

const QUEUES: readonly Column[] = [
  { title: 'queue', flexible: true, least: 8 },
  { title: 'ready', align: 'right' },
  { title: 'unacked', align: 'right' },
  { title: 'consumers', align: 'right' },
  { title: 'in', align: 'right' },
  { title: 'out', align: 'right' },
];
const KIND: readonly Column[] = [{ title: 'type' }, { title: 'leader' }];

function queueRows(
  theme: Theme,
  queues: readonly ResourceView[],
  { virtualHosts }: BrokerFields,
  columns: number,
): string[] {
  if (queues.length === 0) return [];
  const kinds = virtualHosts !== undefined && columns >= 74;
  const cells = queues.map((queue) => {
    const { name, rates } = queue;
    const { ready, unacknowledged, consumers, type, leader } = fieldsOf<BrokerQueueFields>(queue);
    const led = leader === 0 ? theme.bad('none') : leader === undefined ? '' : `node ${leader}`;
    return [
      theme.strong(shown(theme, name)),
      figure(theme, ready),
      figure(theme, unacknowledged),
      consumers === 0 ? theme.second('none') : count(consumers),
      rate(rates?.in ?? 0),
      rate(rates?.out ?? 0),
      ...(kinds ? [type ?? '', led] : []),
    ];
  });
  const table = tableLines(theme, kinds ? [...QUEUES, ...KIND] : QUEUES, cells, columns);
  return [table.header, ...table.rows];
}

const figure = (theme: Theme, value: number): string => (value === 0 ? theme.second('0') : count(value));

const TOPICS: readonly Column[] = [
  { title: 'topic', flexible: true, least: 8 },
  { title: 'published', align: 'right' },
  { title: 'delivered', align: 'right' },
  { title: 'dropped', align: 'right' },
  { title: 'subscribers', align: 'right' },
];

function topicRows(theme: Theme, { topics = [] }: BrokerFields, columns: number): string[] {
  if (topics.length === 0) return [];
  const cells = topics.map(({ name, published, delivered, dropped, subscriptions }) => [
    theme.strong(shown(theme, name)),
    ...[published, delivered, dropped, subscriptions].map((value) => figure(theme, value)),
  ]);
  const table = tableLines(theme, TOPICS, cells, columns);
  return [table.header, ...table.rows];
}

const DURABLE: readonly Column[] = [
  { title: 'durable subscriber', flexible: true, least: 8 },
  { title: 'topic' },
  { title: 'ready', align: 'right' },
  { title: 'unacked', align: 'right' },
  { title: '' },
];

function subscriptionRows(theme: Theme, { subscriptions = [] }: BrokerFields, columns: number): string[] {
  const durable = subscriptions.filter((one) => one.durable);
  if (durable.length === 0) return [];
  const cells = durable.map(({ clientId, name, topic, ready, unacknowledged, active }) => [
    theme.strong(shown(theme, `${clientId} ${name}`.trim())),
    shown(theme, topic, 24),
    figure(theme, ready),
    figure(theme, unacknowledged),
    active ? theme.done('here') : theme.second('away: kept for it'),
  ]);
  const table = tableLines(theme, DURABLE, cells, columns);
  return [table.header, ...table.rows];
}
