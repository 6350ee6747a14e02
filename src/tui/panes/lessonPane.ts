/** The Lesson pane: its steps and its text, or the strip where there is no column for it. */
import { arenaPaneRows, arenaScope } from './arenaRows.ts';
import { lessonRows, lessonStrip } from './lessonRows.ts';
import { body, type Painter } from './painter.ts';

export const lessonPane: Painter = (scene, session, size) => {
  const { lesson, arena, state } = scene.now;
  const strip = scene.columns >= 80 && scene.columns < 120 && state.full !== 'lesson';
  if (arena !== undefined)
    return body(arenaPaneRows(scene, arena, strip, size), arenaScope(scene.theme, arena));
  if (lesson === undefined) return body([]);
  const model = {
    lesson,
    now: session.view().now,
    scroll: state.panes.lesson.scroll,
    typing:
      state.focus === 'prompt' &&
      (lesson.phase === 'doing' || lesson.phase === 'spoiled' || lesson.phase === 'reached'),
  };
  const rows = (strip ? lessonStrip : lessonRows)(scene.theme, model, size.columns, size.rows);
  const { theme } = scene;
  const scope = lesson.freePlay
    ? theme.flight('free play')
    : `${theme.strong(String(lesson.stepIndex + 1))}${theme.second(`/${lesson.steps.length}`)}`;
  return body(rows, scope);
};
