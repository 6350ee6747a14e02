/** What the Metrics pane shows: the resource, the span of its time axis, the chart and the instant of its cursor. */
import type { MetricsView } from '../projection/metrics.ts';
import type { Session } from '../session/sessionTypes.ts';
import type { UiState } from './store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** From close to far. */
export const SPANS: readonly number[] = [
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  12 * HOUR,
  24 * HOUR,
  3 * 24 * HOUR,
  15 * 24 * HOUR,
];
/** Without being asked, no more than three hours are drawn. */
const WIDEST_UNASKED = 3;

/** The place of the span: the chosen one, or the first that holds the whole world. */
export function zoomOf(session: Session, { metrics }: UiState): number {
  if (metrics.zoom !== undefined) return metrics.zoom;
  const { now } = session.view();
  const fitting = SPANS.findIndex((span) => span >= now);
  return Math.min(WIDEST_UNASKED, fitting < 0 ? WIDEST_UNASKED : fitting);
}

const known = new WeakMap<Session, { readonly key: string; readonly view: MetricsView | undefined }>();

/** Made once for each change of the world, or of what is asked. */
export function metricsOf(session: Session, state: UiState, columns: number): MetricsView | undefined {
  const spanMs = SPANS[zoomOf(session, state)]!;
  const { now } = session.view();
  // What waits grows older without an event.
  const key = [session.version, Math.floor(now / 1000), state.selected, spanMs, columns].join(' ');
  const last = known.get(session);
  if (last?.key === key) return last.view;
  const view = session.insight.metrics({ owner: state.selected, spanMs, columns });
  known.set(session, { key, view });
  return view;
}

/** Columns of a chart's axis, however wide it is drawn: actions ask with these. */
export const ASKED_COLUMNS = 48;

export const chosenChart = ({ panes }: UiState, view: MetricsView): number =>
  Math.min(panes.metrics.selected, view.charts.length - 1);

/** The column under the cursor; undefined: it stands at the end. */
export function cursorColumn({ metrics }: UiState, view: MetricsView): number | undefined {
  if (metrics.cursor === undefined) return undefined;
  const columns = view.charts[0]?.columns.length ?? 0;
  const column = Math.floor((metrics.cursor - view.from) / view.columnMs);
  return column < 0 ? 0 : column >= columns - 1 ? undefined : column;
}
