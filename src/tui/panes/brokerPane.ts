/** The Broker pane: the inside of one broker, RabbitMQ or ActiveMQ. */
import type { ResourceView } from '../../contract/view.ts';
import type { WorldView } from '../../projection/snapshot.ts';
import { plain } from '../paint/plain.ts';
import type { Theme } from '../paint/theme.ts';
import type { Scene } from '../screens/scene.ts';
import type { BrokerFields } from './brokerFields.ts';
import { brokerRows } from './brokerRows.ts';
import { listRows } from './bufferPane.ts';
import { empty } from './messageRows.ts';
import { body, fieldsOf, type Painter, type PaneSize } from './painter.ts';
import { scrolled } from './scrolled.ts';

export const brokerPane: Painter = (scene, session, size) => {
  const { theme, now } = scene;
  const view = session.view();
  const found = view.resources.filter(({ kind }) => kind === 'broker');
  if (found.length === 0) return body(nothing(scene, size));
  const chosen = Math.min(now.state.panes.broker.selected, found.length - 1);
  const broker = found[chosen]!;
  const list = listRows(theme, found, chosen, size, ({ title, notes = [] }) => [title, ...notes].join(', '));
  const detail = insideOf(theme, view, broker, size.columns - 2);
  const name = plain(broker.name, { ascii: theme.marks.ascii });
  const scope = [name, broker.title, broker.scope?.label ?? ''].join(` ${theme.marks.dot} `);
  const below = { columns: size.columns, rows: size.rows - list.length };
  const rows = scrolled(
    theme,
    detail.map((row) => ` ${row}`),
    below,
    now.state.panes.broker.scroll,
  );
  return body([...list, ...rows], scope);
};

/** Everything that is drawn of one broker, however long. */
export function insideOf(
  theme: Theme,
  { resources, now }: Pick<WorldView, 'resources' | 'now'>,
  broker: ResourceView,
  columns: number,
): string[] {
  const queues = resources.filter(
    ({ kind, fields }) => kind === 'brokerqueue' && fields.broker === broker.name,
  );
  return brokerRows(theme, fieldsOf<BrokerFields>(broker), queues, now, columns);
}

function nothing({ theme, now }: Scene, { columns }: PaneSize): string[] {
  const key = now.state.focus === 'prompt' ? '$' : 'i';
  return empty(theme, 'A broker has exchanges, queues, topics and consumers; they are drawn here.', columns, [
    [key, 'aws mq create-broker --broker-name office'],
  ]);
}
