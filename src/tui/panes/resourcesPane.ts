/** The Resources pane: what there is. */
import { body, type Painter } from './painter.ts';
import { resourceRows } from './resourceRows.ts';

export const resourcesPane: Painter = (scene, session, size) => {
  const { state } = scene.now;
  const { resources } = session.view();
  const cursor =
    state.focus === 'resources'
      ? Math.min(state.panes.resources.selected, Math.max(0, resources.length - 1))
      : undefined;
  const model = {
    resources,
    selected: state.selected,
    find: state.panes.resources.find,
    cursor,
    typing: state.focus === 'prompt',
  };
  return body(resourceRows(scene.theme, model, size.columns, size.rows), String(resources.length));
};
