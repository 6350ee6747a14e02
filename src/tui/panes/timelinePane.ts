/** The Timeline pane: the branches of this world. */
import type { EventView } from '../../projection/snapshot.ts';
import { plain } from '../paint/plain.ts';
import { comparisonOf, comparisonRows } from './comparisonRows.ts';
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
  const { pair, marked } = state.comparing;
  const marks =
    marked === undefined ? '' : ` ${scene.theme.marks.dot} ${timeline.branches[marked]?.name} marked`;
  if (pair === undefined || pair.some((id) => timeline.branches[id] === undefined)) {
    return body(timelineRows(scene.theme, model, size.columns, size.rows), scope + plain(marks));
  }
  const found = comparisonOf(session, pair);
  const above = Math.min(
    4 + 3 * timeline.branches.length,
    Math.max(BANDS_LEAST, Math.floor(size.rows * 0.4)),
  );
  if (size.rows - above <= COMPARISON_LEAST)
    return body(comparisonRows(scene.theme, found, size.columns, size.rows), scope);
  return body(
    [
      ...timelineRows(scene.theme, model, size.columns, above),
      scene.theme.faint(scene.theme.marks.line.repeat(size.columns)),
      ...comparisonRows(scene.theme, found, size.columns, size.rows - above - 1),
    ],
    scope,
  );
};

/** Two bands with their axis. */
const BANDS_LEAST = 8;
/** With fewer rows left a comparison takes the whole pane. */
const COMPARISON_LEAST = 9;

const TIMELINE_EVENTS = 2_000;

const isRefusal = (event: EventView): boolean =>
  event.type === 'app/Refused' ||
  (event.type === 'api/Answered' && typeof event.fields.error === 'string' && event.fields.error !== '');
