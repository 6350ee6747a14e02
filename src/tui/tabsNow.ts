/** Which panes have a tab at this moment. */
import type { Session } from '../session/sessionTypes.ts';
import type { Circumstances } from './keymap.ts';
import { type PaneId, tabsWorth } from './panesOf.ts';

/** The panes among `panes` whose tab is drawn: a pane without one is reached by its key or by name. */
export function tabsNow({ state, session }: Circumstances, panes: readonly PaneId[]): readonly PaneId[] {
  return tabsWorth(panes, {
    recent: state.recent,
    followsMessage: state.followed !== undefined,
    kinds: new Set(session?.view().resources.map(({ kind }) => kind)),
    hasDecisions: session !== undefined && hasDecisions(session),
  });
}

/** Looking through the log at each frame is slow: whether anybody is there whom a policy binds is enough. */
const hasDecisions = (session: Session): boolean =>
  session.view().resources.some(({ kind }) => kind === 'user') ||
  session.console().some((entry) => entry.result?.error?.code?.startsWith('AccessDenied') === true);
