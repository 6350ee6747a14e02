/** Keys of the Timeline pane that put two forks side by side. */
import { closeComparison, compareChosen, markChosen, toFirstDifference } from '../actions/comparison.ts';
import type { Binding, Circumstances } from '../keymap.ts';

const hasForks = ({ session }: Circumstances): boolean => (session?.timeline().branches.length ?? 0) > 1;
const isOpen = ({ state }: Circumstances): boolean => state.comparing.pair !== undefined;

export const COMPARISON: readonly Binding[] = [
  {
    scope: 'pane:timeline',
    keys: ['c'],
    says: 'compare',
    about: 'compare the chosen fork with the marked one, else with this',
    group: 'Here',
    footer: 5,
    palette: 'Compare two forks',
    when: (circumstances) => hasForks(circumstances) || 'There is one course of events: fork it first.',
    act: compareChosen,
  },
  {
    scope: 'pane:timeline',
    keys: ['x'],
    says: 'mark',
    about: 'mark a fork, to compare it with another',
    group: 'Here',
    footer: 7,
    when: hasForks,
    act: markChosen,
  },
  {
    scope: 'pane:timeline',
    keys: ['d'],
    says: 'first difference',
    about: 'go to the first difference',
    group: 'Here',
    footer: 6,
    when: isOpen,
    act: toFirstDifference,
  },
  {
    scope: 'pane:timeline',
    keys: ['esc'],
    says: 'close',
    about: 'close the comparison',
    when: isOpen,
    act: closeComparison,
  },
];
