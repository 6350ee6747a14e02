/** Exchanges of RabbitMQ: each with its keys, the queues behind them, and who consumes there, on one line. */
import type { ResourceView } from '../../contract/view.ts';
import { count, rate } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { padEnd, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { trayOf } from '../stage/tray.ts';
import type { BrokerFields, BrokerQueueFields, ExchangeFields } from './brokerFields.ts';
import { fieldsOf } from './painter.ts';

/** From this width on a binding's line goes on to the queue's messages, and from the next on to its consumers. */
const STOCK_FROM = 64;
const CONSUMERS_FROM = 84;
const TRAY = 8;

const shown = (theme: Theme, value: string, limit = 60): string =>
  plain(value, { ascii: theme.marks.ascii, limit });

export function exchangeRows(
  theme: Theme,
  { virtualHosts }: BrokerFields,
  queues: readonly ResourceView[],
  columns: number,
): string[] {
  const hosts = virtualHosts ?? [];
  const rows = hosts.flatMap(({ name, exchanges }) =>
    exchanges.flatMap((exchange) =>
      exchangeLines(
        theme,
        exchange,
        hosts.length > 1 ? ` in ${name}` : '',
        queues.filter((queue) => (fieldsOf<BrokerQueueFields>(queue).virtualHost ?? '/') === name),
        columns,
      ),
    ),
  );
  if (rows.length === 0) return [];
  const heads = ['exchanges, binding keys, queues', ...(columns >= CONSUMERS_FROM ? ['consumers'] : [])];
  return [theme.second(heads.join(', ')), ...rows];
}

function exchangeLines(
  theme: Theme,
  exchange: ExchangeFields,
  host: string,
  queues: readonly ResourceView[],
  columns: number,
): string[] {
  const { name, type, published, unroutable, perSecond, bindings } = exchange;
  const { marks } = theme;
  const dropped = unroutable > 0 ? `  ${theme.bad(`${marks.refused} ${count(unroutable)} no binding`)}` : '';
  const title = `${theme.strong(shown(theme, name === '' ? 'default' : name))} ${theme.second(`${type}${shown(theme, host)}`)}  ${rate(perSecond)}  ${theme.second(`${count(published)} published`)}${dropped}`;
  const keys = bindings.map(({ routingKey }) => shown(theme, keyOf(type, routingKey), 40));
  const wide = Math.max(0, ...keys.map(width));
  const targets = bindings.map(
    ({ to, destination }) => `${to === 'exchange' ? 'exchange ' : ''}${shown(theme, destination, 32)}`,
  );
  const wideTarget = Math.max(0, ...targets.map(width));
  const lines = bindings.map(({ to, destination }, at) => {
    const corner = at === bindings.length - 1 ? marks.bottomLeft : marks.teeRight;
    const queue = to === 'exchange' ? undefined : queues.find((one) => one.name === destination);
    const behind = queue === undefined ? '' : behindQueue(theme, queue, columns);
    const target = behind === '' ? targets[at]! : padEnd(targets[at]!, wideTarget);
    return `  ${theme.faint(`${corner}${marks.line}`)} ${padEnd(keys[at]!, wide)} ${theme.second(`${marks.line}${marks.right}`)} ${target}${behind}`;
  });
  return [title, ...lines];
}

const keyOf = (type: string, key: string): string =>
  type === 'fanout' ? 'all' : type === 'headers' ? 'by headers' : key === '' ? 'empty key' : key;

function behindQueue(theme: Theme, queue: ResourceView, columns: number): string {
  if (columns < STOCK_FROM) return '';
  const { marks } = theme;
  const { ready, unacknowledged, readers = [] } = fieldsOf<BrokerQueueFields>(queue);
  const tray = trayOf({ visible: ready, inFlight: unacknowledged, delayed: 0 }, TRAY);
  const stock = padEnd(
    theme.visible(marks.visible.repeat(tray.visible)) + theme.flight(marks.inFlight.repeat(tray.inFlight)),
    TRAY,
  );
  const figures = padEnd(`${marks.visible} ${count(ready)} ${marks.inFlight} ${count(unacknowledged)}`, 14);
  const behind = `  ${stock} ${theme.second(figures)}`;
  if (columns < CONSUMERS_FROM) return behind;
  return `${behind} ${theme.second(`${marks.line}${marks.right}`)} ${consumersOf(theme, readers)}`;
}

/** `■■ eu-svc ×2`: squares for those who work, then names. */
function consumersOf(theme: Theme, readers: NonNullable<BrokerQueueFields['readers']>): string {
  const { marks } = theme;
  if (readers.length === 0) return theme.second(`${marks.idle} none`);
  const busy = readers.filter(({ unacknowledged }) => unacknowledged > 0).length;
  const squares = Math.min(readers.length, 5);
  const working = Math.min(squares, Math.ceil((busy * squares) / readers.length));
  const apps = [...new Set(readers.map(({ app, tag }) => (app === '' ? tag : app.replace(/-\d+$/u, ''))))];
  const name = shown(theme, apps[0] ?? '', 20);
  const more =
    apps.length > 1
      ? ` and ${apps.length - 1} more`
      : readers.length > 1
        ? ` ${marks.times}${readers.length}`
        : '';
  return `${theme.done(marks.working.repeat(working))}${theme.second(marks.idle.repeat(squares - working))} ${name}${theme.second(more)}`;
}
