/** What a broker's servers carry: memory, disk and connections, each against its limit; and who consumes. */
import type { ResourceView } from '../../contract/view.ts';
import { fullness, meter } from '../paint/bars.ts';
import { count, size } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, tableLines } from '../paint/rows.ts';
import { padEnd, padStart } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { BrokerFields, BrokerQueueFields } from './brokerFields.ts';
import { fieldsOf } from './painter.ts';

const METER_MAX = 30;

interface Line {
  readonly label: string;
  readonly used: number;
  readonly limit: number;
  readonly said: string;
}

export function meterRows(theme: Theme, fields: BrokerFields, columns: number): string[] {
  const { memoryBytes, memoryLimitBytes, diskBytes, diskLimitBytes, connectionMeters = [] } = fields;
  const bytes = (label: string, used = 0, limit = 0): Line => ({
    label,
    used,
    limit,
    said: `${size(used)} of ${size(limit)}`,
  });
  const lines = [
    bytes('memory', memoryBytes, memoryLimitBytes),
    bytes('disk', diskBytes, diskLimitBytes),
    ...clients(connectionMeters),
  ].filter(({ limit }) => limit > 0);
  if (lines.length === 0) return [];
  const wide = Math.max(...lines.map(({ label }) => label.length));
  const bar = Math.max(6, Math.min(METER_MAX, columns - wide - 36));
  return lines.map(({ label, used, limit, said }) => {
    const ratio = used / limit;
    const role = fullness(ratio);
    const percent = padStart(`${Math.floor(ratio * 100)}%`, 4);
    return `${theme.second(padEnd(plain(label, { ascii: theme.marks.ascii }), wide))} ${meter(theme, { ratio, width: bar, role })} ${theme[role === 'done' ? 'second' : role](percent)}  ${said}`;
  });
}

/** Of several nodes or protocols the one that is nearest to its limit. */
function clients(meters: NonNullable<BrokerFields['connectionMeters']>): Line[] {
  const [most] = [...meters].sort((a, b) => b.used / b.limit - a.used / a.limit);
  if (most === undefined) return [];
  const which = meters.length === 1 ? most.label : `most ${most.label}`;
  return [
    {
      label: 'clients',
      used: most.used,
      limit: most.limit,
      said: `${count(most.used)} of ${count(most.limit)}, ${which}`,
    },
  ];
}

const CONSUMERS: readonly Column[] = [
  { title: 'consumer', flexible: true, least: 8 },
  { title: 'of', least: 8 },
  { title: 'prefetch', align: 'right' },
  { title: 'unacked', align: 'right' },
  { title: 'delivered', align: 'right' },
];
const SHOWN_MAX = 100;

export function consumerRows(
  theme: Theme,
  fields: BrokerFields,
  queues: readonly ResourceView[],
  columns: number,
): string[] {
  const all = [...ofRabbit(queues), ...ofActive(fields)];
  if (all.length === 0) return [];
  const ascii = theme.marks.ascii;
  const cells = all
    .slice(0, SHOWN_MAX)
    .map(({ name, of, prefetch, unacknowledged, delivered }) => [
      theme.strong(plain(name, { ascii, limit: 40 })),
      plain(of, { ascii, limit: 32 }),
      prefetch === 0 ? theme.second('no limit') : count(prefetch),
      unacknowledged > 0 && prefetch > 0 && unacknowledged >= prefetch
        ? theme.flight(count(unacknowledged))
        : count(unacknowledged),
      count(delivered),
    ]);
  const table = tableLines(theme, CONSUMERS, cells, columns);
  const left = all.length - SHOWN_MAX;
  return [table.header, ...table.rows, ...(left > 0 ? [theme.second(`and ${count(left)} more`)] : [])];
}

interface Consumer {
  readonly name: string;
  readonly of: string;
  readonly prefetch: number;
  readonly unacknowledged: number;
  readonly delivered: number;
}

const ofRabbit = (queues: readonly ResourceView[]): Consumer[] =>
  queues.flatMap((queue) =>
    (fieldsOf<BrokerQueueFields>(queue).readers ?? []).map(({ app, tag, ...more }) => ({
      ...more,
      name: app === '' || app === tag ? tag : app,
      of: queue.name,
    })),
  );

const ofActive = ({ consumers }: BrokerFields): Consumer[] =>
  Array.isArray(consumers)
    ? (consumers as NonNullable<Exclude<BrokerFields['consumers'], number>>).map(
        ({ client, destination, ...more }) => ({
          ...more,
          name: client,
          of: destination,
        }),
      )
    : [];
