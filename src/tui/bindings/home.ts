/** Keys of the home screen. */

import { openArena } from '../actions/arena.ts';
import { openDraw } from '../actions/draw.ts';
import { openExam } from '../actions/exam.ts';
import { openFacts } from '../actions/facts.ts';
import * as home from '../actions/home.ts';
import { endFind } from '../actions/panes.ts';
import type { Binding, Circumstances } from '../keymap.ts';
import { askToLeave } from './global.ts';

const onLessons = ({ state }: Circumstances): boolean => state.screen === 'home' && !state.home.facts;

export const HOME: readonly Binding[] = [
  {
    scope: 'home',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'choose',
    about: 'choose a lesson',
    group: 'Here',
    footer: 0,
    act: (shell, key) => home.moveHome(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'home',
    keys: ['pagedown', 'pageup'],
    says: 'page',
    about: 'a page',
    act: (shell, key) => home.moveHome(shell, key === 'pagedown' ? 8 : -8),
  },
  {
    scope: 'home',
    keys: ['enter'],
    says: 'open',
    about: 'open what is chosen',
    group: 'Here',
    footer: 1,
    act: home.openRow,
  },
  {
    scope: 'home',
    keys: ['right', 'l', 'left', 'h'],
    label: (marks) => marks.leftRight,
    says: 'unfold',
    about: 'unfold a track, fold it',
    group: 'Here',
    footer: 2,
    act: (shell, key) => (key === 'right' || key === 'l' ? home.unfold(shell) : home.fold(shell)),
  },
  {
    scope: 'home',
    keys: ['/'],
    says: 'find',
    about: 'find a lesson',
    group: 'Here',
    footer: 3,
    act: (shell) =>
      shell.store.update((state) => {
        state.finding = true;
        state.home.find ??= '';
        state.home.cursor = 0;
      }),
  },
  {
    scope: 'home',
    keys: ['c'],
    says: 'continue',
    about: 'go on where you were',
    group: 'Here',
    footer: 4,
    when: () => true,
    act: home.continueLast,
  },
  {
    scope: 'home',
    keys: ['s'],
    says: 'sandbox',
    about: 'a world of your own',
    group: 'Here',
    footer: 5,
    act: home.openSandboxOrAsk,
  },
  {
    scope: 'home',
    keys: ['f', 'F'],
    says: 'facts',
    about: 'the facts of the guide',
    group: 'Here',
    footer: 6,
    act: (shell) => openFacts(shell),
  },
  {
    scope: 'home',
    keys: ['e'],
    says: 'exam',
    about: 'the practice exam',
    group: 'Here',
    footer: 7,
    act: (shell) => openExam(shell),
  },
  {
    scope: 'home',
    keys: ['a'],
    says: 'arena',
    about: 'requirements to wire a design for',
    group: 'Here',
    footer: 7,
    act: openArena,
  },
  {
    scope: 'home',
    keys: ['d'],
    says: 'draw',
    about: 'the drawing test',
    group: 'Here',
    footer: 7,
    act: (shell) => openDraw(shell),
  },
  {
    scope: 'home',
    keys: ['q'],
    says: 'quit',
    about: 'leave; all is kept',
    group: 'Program',
    footer: 8,
    act: askToLeave,
  },
  {
    scope: 'home',
    keys: ['esc'],
    says: 'show all',
    about: 'show all lessons again',
    when: ({ state }) => state.home.find !== undefined,
    act: (shell) => endFind(shell, false),
  },
];

/** While a lesson is searched, letters are what is searched. */
export const HOME_FIND: readonly Binding[] = [
  {
    scope: 'find',
    keys: ['up'],
    says: 'choose',
    about: 'choose',
    when: onLessons,
    act: (shell) => home.moveHome(shell, -1),
  },
  {
    scope: 'find',
    keys: ['down'],
    says: 'choose',
    about: 'choose',
    when: onLessons,
    act: (shell) => home.moveHome(shell, 1),
  },
  {
    scope: 'find',
    keys: ['enter'],
    says: 'open',
    about: 'open',
    footer: 0,
    when: onLessons,
    act: (shell) => {
      home.openRow(shell);
      endFind(shell, false);
    },
  },
];
