/** The Broker pane: the inside of one broker, RabbitMQ or ActiveMQ. */
import { plain } from '../paint/plain.ts';
import type { Scene } from '../screens/scene.ts';
import type { BrokerFields } from './brokerFields.ts';
import { brokerRows } from './brokerRows.ts';
import { listRows } from './bufferPane.ts';
import { empty } from './messageRows.ts';
import { body, fieldsOf, type Painter, type PaneSize } from './painter.ts';

export const brokerPane: Painter = (scene, session, size) => {
  const { theme, now } = scene;
  const view = session.view();
  const found = view.resources.filter(({ kind }) => kind === 'broker');
  if (found.length === 0) return body(nothing(scene, size));
  const chosen = Math.min(now.state.panes.broker.selected, found.length - 1);
  const broker = found[chosen]!;
  const list = listRows(theme, found, chosen, size, ({ title, notes = [] }) => [title, ...notes].join(', '));
  const queues = view.resources.filter(
    ({ kind, fields }) => kind === 'brokerqueue' && fields.broker === broker.name,
  );
  const fields = fieldsOf<BrokerFields>(broker);
  const detail = brokerRows(theme, fields, queues, view.now, size.columns - 2);
  const name = plain(broker.name, { ascii: theme.marks.ascii });
  const scope = [name, broker.title, broker.scope?.label ?? ''].join(` ${theme.marks.dot} `);
  return body([...list, ...detail.map((row) => ` ${row}`)].slice(0, size.rows), scope);
};

function nothing({ theme, now }: Scene, { columns }: PaneSize): string[] {
  const key = now.state.focus === 'prompt' ? '$' : 'i';
  return empty(theme, 'A broker has exchanges, queues, topics and consumers; they are drawn here.', columns, [
    [key, 'aws mq create-broker --broker-name office'],
  ]);
}
