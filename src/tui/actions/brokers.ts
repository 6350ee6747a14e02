/** What the keys of the Broker pane do. */
import { makeTheme } from '../paint/theme.ts';
import { insideOf } from '../panes/brokerPane.ts';
import type { Shell } from '../shell.ts';

/** The fewest rows that the pane ever has. */
const ROWS_LEAST = 5;
const PLAIN = makeTheme({ depth: 'none' });

export function scrollBroker(shell: Shell, by: number): void {
  const view = shell.world()?.session.view();
  const brokers = view?.resources.filter(({ kind }) => kind === 'broker') ?? [];
  const broker = brokers[Math.min(shell.store.get().panes.broker.selected, brokers.length - 1)];
  if (view === undefined || broker === undefined) return;
  const last = Math.max(0, insideOf(PLAIN, view, broker, shell.size().columns - 4).length - ROWS_LEAST);
  shell.store.update(({ panes: { broker: pane } }) => {
    pane.scroll = Math.max(0, Math.min(last, pane.scroll + by));
  });
}

/** The next broker, from its first row. */
export function otherBroker(shell: Shell, by: 1 | -1): void {
  const count = (shell.world()?.session.view().resources ?? []).filter(
    ({ kind }) => kind === 'broker',
  ).length;
  if (count === 0) return;
  shell.store.update(({ panes: { broker: pane } }) => {
    pane.selected = (Math.min(pane.selected, count - 1) + by + count) % count;
    pane.scroll = 0;
  });
}
