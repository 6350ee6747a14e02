/** Which panes have a tab at this moment. */
import type { Session } from '../session/sessionTypes.ts';
import type { Circumstances } from './keymap.ts';
import { type PaneId, tabsWorth } from './panesOf.ts';

/** The panes among `panes` whose tab is drawn: a pane without one is reached by its key or by name. */
export function tabsNow({ state, session }: Circumstances, panes: readonly PaneId[]): readonly PaneId[] {
  return tabsWorth(panes, {
    recent: state.recent,
    followsMessage: state.followed !== undefined,
    hasResources: (session?.view().resources.length ?? 0) > 0,
    hasDecisions: session !== undefined && hasDecisions(session),
  });
}

/** Only refusals decided by a policy count: of a call let in nothing is kept, and asking again at each frame is slow. */
const hasDecisions = (session: Session): boolean =>
  session.console().some((entry) => entry.result?.error?.kind === 'refused');
