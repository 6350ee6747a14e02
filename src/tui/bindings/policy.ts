/** Keys of the Policy pane. */
import { moveDecision, unfoldDecision } from '../actions/decisions.ts';
import { shownDecisions } from '../decisions.ts';
import type { Binding, Circumstances } from '../keymap.ts';

const listed = ({ session, state }: Circumstances): number =>
  session === undefined ? 0 : shownDecisions(session, state).decisions.length;

const reads = (now: Circumstances): boolean => now.state.decision.open || listed(now) === 1;

export const POLICY: readonly Binding[] = [
  {
    scope: 'pane:policy',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: (now) => (reads(now) ? 'scroll' : 'choose'),
    about: 'choose a decision, read on',
    group: 'Here',
    footer: 1,
    when: (now) => listed(now) > 0,
    act: (shell, key) => moveDecision(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'pane:policy',
    keys: ['pagedown', 'pageup'],
    says: 'page',
    about: 'a page down, a page up',
    when: (now) => listed(now) > 0,
    act: (shell, key) => moveDecision(shell, key === 'pagedown' ? 8 : -8),
  },
  {
    scope: 'pane:policy',
    keys: ['enter'],
    says: ({ state }) => (state.decision.open ? 'fold' : 'unfold'),
    about: 'unfold a decision, fold it',
    group: 'Here',
    footer: 2,
    when: (now) => listed(now) > 1,
    act: unfoldDecision,
  },
];
