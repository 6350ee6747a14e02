/** Keys of the Facts pane, in a world and on home. */
import * as facts from '../actions/facts.ts';
import { startFind } from '../actions/panes.ts';
import { nextShown } from '../factList.ts';
import type { Binding } from '../keymap.ts';

export const FACTS: readonly Binding[] = [
  {
    scope: 'pane:facts',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'choose',
    about: 'choose a fact',
    group: 'Here',
    footer: 1,
    act: (shell, key) => facts.moveFact(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'pane:facts',
    keys: ['pagedown', 'pageup'],
    says: 'page',
    about: 'a page down, a page up',
    act: (shell, key) => facts.moveFact(shell, key === 'pagedown' ? 8 : -8),
  },
  {
    scope: 'pane:facts',
    keys: ['right', 'left', 'l', 'h'],
    label: (marks) => marks.leftRight,
    says: 'service',
    about: 'next service, or before',
    group: 'Here',
    footer: 3,
    act: (shell, key) => facts.moveService(shell, key === 'right' || key === 'l' ? 1 : -1),
  },
  {
    scope: 'pane:facts',
    keys: ['enter'],
    says: 'open the step',
    about: 'open the step that shows it',
    group: 'Here',
    footer: 2,
    act: facts.openFactStep,
  },
  {
    scope: 'pane:facts',
    keys: ['a'],
    says: ({ state }) =>
      nextShown(state.factsShown) === 'all' ? 'all' : `only ${nextShown(state.factsShown)}`,
    about: 'all, seen, missed, not seen',
    group: 'Here',
    footer: 4,
    act: facts.showOtherFacts,
  },
  {
    scope: 'homeFacts',
    keys: ['/'],
    says: 'find',
    about: 'find a fact',
    group: 'Here',
    footer: 5,
    act: startFind,
  },
  {
    scope: 'homeFacts',
    keys: ['esc', 'q', 'F', 'f'],
    says: 'lessons',
    about: 'back to the lessons',
    group: 'Program',
    footer: 7,
    act: facts.closeFacts,
  },
];
