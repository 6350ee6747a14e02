/** The Costs pane: what this world costs, and why. */
import { empty } from './messageRows.ts';
import { body, type Painter, paneKeyNow } from './painter.ts';

export const costsPane: Painter = (scene, _session, size) =>
  body(
    empty(scene.theme, 'What this world costs is listed here, once a request was made.', size.columns, [
      [paneKeyNow(scene, 'i'), 'types a command'],
    ]),
  );
