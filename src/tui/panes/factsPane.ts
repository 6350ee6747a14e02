/** The Facts pane: the facts of the study guide, and which were seen to be true. */
import { empty } from './messageRows.ts';
import { body, type Painter } from './painter.ts';

export const factsPane: Painter = (scene, _session, size) =>
  body(
    empty(scene.theme, 'The facts of the study guide are listed here, by service.', size.columns, [
      ['facts', 'lists them'],
    ]),
  );
