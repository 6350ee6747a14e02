/** The Metrics pane: what CloudWatch shows of this world. */
import { empty } from './messageRows.ts';
import { body, type Painter, paneKeyNow } from './painter.ts';

export const metricsPane: Painter = (scene, _session, size) =>
  body(
    empty(
      scene.theme,
      'What CloudWatch shows of this world is drawn here, once a resource is there.',
      size.columns,
      [[paneKeyNow(scene, 'n'), 'makes one, from a form']],
    ),
  );
