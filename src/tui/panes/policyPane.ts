/** The Policy pane: what policies decided, statement by statement. */
import { empty } from './messageRows.ts';
import { body, type Painter } from './painter.ts';

export const policyPane: Painter = (scene, _session, size) =>
  body(
    empty(
      scene.theme,
      'What policies decide is taken apart here, statement by statement, once one was asked.',
      size.columns,
      [['--profile', 'makes a command as another caller']],
    ),
  );
