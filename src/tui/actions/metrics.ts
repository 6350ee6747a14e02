/** What the keys of the Metrics pane do. */
import type { MetricsView } from '../../projection/metrics.ts';
import { ASKED_COLUMNS, metricsOf, SPANS, zoomOf } from '../metricsShown.ts';
import type { Shell } from '../shell.ts';

const shown = (shell: Shell): MetricsView | undefined => {
  const session = shell.world()?.session;
  return session && metricsOf(session, shell.store.get(), ASKED_COLUMNS);
};

export function chooseChart(shell: Shell, by: 1 | -1): void {
  const view = shown(shell);
  if (view === undefined) return;
  shell.store.update((state) => {
    const pane = state.panes.metrics;
    const at = Math.min(pane.selected, view.charts.length - 1);
    pane.selected = Math.max(0, Math.min(view.charts.length - 1, at + by));
  });
}

/** Another resource that has metrics. */
export function chooseOwner(shell: Shell, by: 1 | -1): void {
  const view = shown(shell);
  if (view === undefined) return;
  const { owners, owner } = view;
  shell.store.update((state) => {
    state.selected = owners[(owners.indexOf(owner) + by + owners.length) % owners.length];
  });
}

/** A minute, or a column where that is longer; at the right end the cursor goes with time. */
export function moveCursor(shell: Shell, by: 1 | -1): void {
  const view = shown(shell);
  if (view === undefined) return;
  const step = Math.max(60_000, view.columnMs);
  shell.store.update((state) => {
    const at = (state.metrics.cursor ?? view.to - 1) + by * step;
    state.metrics.cursor = at >= view.to ? undefined : Math.max(view.from, at);
  });
}

/** A shorter span (-1), or a longer one (1). */
export function zoom(shell: Shell, by: 1 | -1): void {
  const session = shell.world()?.session;
  if (session === undefined) return;
  const at = zoomOf(session, shell.store.get());
  shell.store.update((state) => {
    state.metrics.zoom = Math.max(0, Math.min(SPANS.length - 1, at + by));
  });
}
