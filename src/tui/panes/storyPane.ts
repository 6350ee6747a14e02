/** The Story pane: the life of one message. */
import { empty } from './messageRows.ts';
import { body, type Painter, paneKeyNow } from './painter.ts';

export const storyPane: Painter = (scene, _session, size) =>
  body(
    empty(scene.theme, 'The story of one message is told here, from its send to its end.', size.columns, [
      [paneKeyNow(scene, '2'), 'goes to the messages; the cursor chooses one'],
      [paneKeyNow(scene, 'm'), 'tells the story of the chosen one'],
    ]),
  );
