/** The Timeline pane: the branches of this world. */
import type { EventView } from '../../projection/snapshot.ts';
import { body, type Painter } from './painter.ts';
import { timelineRows } from './timelineRows.ts';

export const timelinePane: Painter = (scene, session, size) => {
  const { state } = scene.now;
  const timeline = session.timeline();
  const events = session.events(0, TIMELINE_EVENTS);
  const model = {
    timeline,
    resources: session.view().resources,
    happened: events.filter((event) => !isRefusal(event)).map((event) => event.at as number),
    refused: events.filter(isRefusal).map((event) => event.at as number),
    cursor:
      state.focus === 'timeline'
        ? Math.min(state.panes.timeline.selected, timeline.branches.length - 1)
        : undefined,
  };
  const forks = timeline.branches.length - 1;
  const scope = forks === 0 ? 'no forks yet' : forks === 1 ? '1 fork' : `${forks} forks`;
  return body(timelineRows(scene.theme, model, size.columns, size.rows), scope);
};

const TIMELINE_EVENTS = 2_000;

const isRefusal = (event: EventView): boolean =>
  event.type === 'app/Refused' ||
  (event.type === 'api/Answered' && typeof event.fields.error === 'string' && event.fields.error !== '');
