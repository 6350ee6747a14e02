/** The Messages pane: one queue's messages. */
import { followedRow } from '../actions/panes.ts';
import { queueOf } from '../actions/worlds.ts';
import { count } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { idsOf } from './messageIds.ts';
import { messageCount, messageRows } from './messageRows.ts';
import { body, type Painter } from './painter.ts';

export const messagesPane: Painter = (scene, session, size) => {
  const { state } = scene.now;
  const view = session.view();
  const name = queueOf(scene.shell);
  const queue = view.resources.find((resource) => resource.id === `queue/${name}`);
  const model = {
    queue,
    now: view.now,
    rows: (from: number, limit: number) =>
      queue === undefined ? [] : session.messages(queue.id, from, limit),
    idOf: idsOf(session, queue),
    find: state.panes.messages.find,
    cursor:
      state.focus === 'messages'
        ? Math.min(
            // While the list moves, the cursor stays on the message that is followed.
            followedRow(scene.shell) ?? state.panes.messages.selected,
            Math.max(0, messageCount(queue) - 1),
          )
        : undefined,
    followed: state.followed,
    typing: state.focus === 'prompt',
    isBrokerThere: view.resources.some(({ kind }) => kind === 'broker'),
    isStreamThere: view.resources.some(({ kind }) => kind === 'stream'),
  };
  const scope =
    queue === undefined ? '' : `${plain(queue.name)} ${scene.theme.marks.dot} ${count(messageCount(queue))}`;
  return body(messageRows(scene.theme, model, size.columns, size.rows), scope);
};
