/** The Events pane: what happened, newest at the bottom. */
import type { EventView } from '../../projection/snapshot.ts';
import type { Session } from '../../session/sessionTypes.ts';
import { count } from '../paint/figures.ts';
import { eventRows } from './eventRows.ts';
import { idsOf } from './messageIds.ts';
import { body, type Painter } from './painter.ts';

export const eventsPane: Painter = (scene, session, size) => {
  const { find, scroll } = scene.now.state.panes.events;
  const model = { events: recentEvents(session), idOf: idsOf(session, undefined), find, scroll };
  return body(eventRows(scene.theme, model, size.columns, size.rows), count(session.view().eventCount));
};

const EVENTS_READ = 400;

const recentEvents = (session: Session): readonly EventView[] =>
  session.events(Math.max(0, session.view().eventCount - EVENTS_READ), EVENTS_READ);
