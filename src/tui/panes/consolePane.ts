/** The Console pane: what was typed and answered. */
import { consoleRows } from './consoleRows.ts';
import { body, type Painter } from './painter.ts';
import { undoneEntries } from './undoneEntries.ts';

export const consolePane: Painter = (scene, session, size) => {
  const { state } = scene.now;
  const entries = session.console();
  const { find, scroll, selected } = state.panes.console;
  const cursor = state.focus === 'console' ? selected : undefined;
  const model = {
    entries,
    running: session.running,
    now: session.view().now,
    unfolded: state.unfolded,
    find,
    cursor,
    scroll,
    undone: undoneEntries(entries, session.timeline()),
  };
  const rows = consoleRows(scene.theme, model, size.columns, size.rows);
  const refused =
    entries.at(-1)?.result?.error?.kind === 'refused' && entries.at(-1)?.result?.tolerated !== true;
  const { theme } = scene;
  return body(rows, refused ? theme.bad(`${theme.marks.refused} refused`) : '', refused);
};
