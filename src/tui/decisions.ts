/** The decisions that the Policy pane lists, and which of them is chosen. */
import type { DecisionView } from '../projection/decision.ts';
import type { Session } from '../session/sessionTypes.ts';
import type { UiState } from './store.ts';

const LISTED = 50;

const known = new WeakMap<
  Session,
  { readonly version: number; readonly decisions: readonly DecisionView[] }
>();

/** Newest first. Asked several times a frame, made once for each change of the world. */
function decisionsOf(session: Session): readonly DecisionView[] {
  const last = known.get(session);
  if (last?.version === session.version) return last.decisions;
  const decisions = session.insight.decisions(LISTED);
  known.set(session, { version: session.version, decisions });
  return decisions;
}

/** Names a line of the list while others come before it. */
export const decisionKey = ({ profile, service, operation, allowed, decisions }: DecisionView): string =>
  [profile, service, operation, decisions.at(-1)?.resource ?? '', allowed].join('\n');

const matchesFind = ({ profile, decisions }: DecisionView, find: string): boolean =>
  `${profile} ${decisions.map(({ action, resource }) => `${action} ${resource}`).join(' ')}`
    .toLowerCase()
    .includes(find.toLowerCase());

/** What is listed now, and the place of the chosen line in it; -1 when the list is empty. */
export function shownDecisions(
  session: Session,
  state: UiState,
): { readonly decisions: readonly DecisionView[]; readonly chosen: number } {
  const { find } = state.panes.policy;
  const all = decisionsOf(session);
  const decisions =
    find === undefined || find === '' ? all : all.filter((decision) => matchesFind(decision, find));
  const at = decisions.findIndex((decision) => decisionKey(decision) === state.decision.key);
  return { decisions, chosen: at >= 0 ? at : decisions.length > 0 ? 0 : -1 };
}
