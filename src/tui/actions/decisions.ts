/** What the keys of the Policy pane do. */
import { decisionKey, shownDecisions } from '../decisions.ts';
import type { Shell } from '../shell.ts';

const choose = (shell: Shell, by: number): void => {
  const session = shell.world()?.session;
  if (session === undefined) return;
  const { decisions, chosen } = shownDecisions(session, shell.store.get());
  const next = decisions[Math.max(0, Math.min(decisions.length - 1, chosen + by))];
  if (next === undefined) return;
  shell.store.update((state) => {
    state.decision.key = decisionKey(next);
  });
};

/** Through the list; through the text once a decision is unfolded, or is the only one. */
export function moveDecision(shell: Shell, by: number): void {
  const session = shell.world()?.session;
  if (session === undefined) return;
  const state = shell.store.get();
  const { decisions } = shownDecisions(session, state);
  if (!state.decision.open && decisions.length > 1) {
    choose(shell, by);
    return;
  }
  shell.store.update((draft) => {
    draft.panes.policy.scroll = Math.max(0, draft.panes.policy.scroll + by);
  });
}

/** Over the whole pane, from its first row. */
export function unfoldDecision(shell: Shell): void {
  const session = shell.world()?.session;
  if (session === undefined) return;
  const { decisions, chosen } = shownDecisions(session, shell.store.get());
  const decision = decisions[chosen];
  if (decision === undefined) return;
  shell.store.update((state) => {
    // What is read stays, also when newer decisions come.
    state.decision = { key: decisionKey(decision), open: !state.decision.open };
    state.panes.policy.scroll = 0;
  });
}
