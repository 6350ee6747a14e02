/** The Costs pane: what this world costs, and why. */
import { money } from '../paint/figures.ts';
import { costsRows } from './costsRows.ts';
import { empty } from './messageRows.ts';
import { body, type Painter, paneKeyNow } from './painter.ts';

export const costsPane: Painter = (scene, session, size) => {
  const { theme, now } = scene;
  const view = session.insight.cost();
  if (view.lines.length === 0) {
    return body(
      empty(theme, 'What this world costs is listed here, once a request was made.', size.columns, [
        [paneKeyNow(scene, 'i'), 'types a command'],
        [now.state.focus === 'prompt' ? '$' : 'i', 'cost'],
      ]),
    );
  }
  return body(costsRows(theme, view, now.state.panes.costs.scroll, size), theme.strong(money(view.usd)));
};
