/** Keys of the arena: its list, a world that is built for a requirement, and the score card. */
import * as arena from '../actions/arena.ts';
import { closePopover } from '../actions/worlds.ts';
import type { Binding, Circumstances } from '../keymap.ts';
import { makeTheme } from '../paint/theme.ts';
import { scoreScrollMost } from '../popovers/scorePicture.ts';
import { arenaScrollMost } from '../screens/arenaPicture.ts';

const COLOURLESS = makeTheme({ depth: 'none' });
const isDown = (key: string): boolean => key === 'down' || key === 'j' || key === 'pagedown';
const isReference = ({ arena: view }: Circumstances): boolean => view?.shown === 'reference';

const DESK: readonly Binding[] = [
  {
    scope: 'arenaDesk',
    keys: ['enter'],
    says: 'wire it',
    about: 'open its world, wire a design',
    group: 'Here',
    footer: 0,
    act: arena.openChosen,
  },
  {
    scope: 'arenaDesk',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'choose',
    about: 'choose a requirement',
    group: 'Here',
    footer: 1,
    act: (shell, key) => arena.moveArena(shell, isDown(key) ? 1 : -1),
  },
  {
    scope: 'arenaDesk',
    keys: ['pagedown', 'pageup', 'space'],
    label: (marks) => (marks.ascii ? 'pgdn' : 'PgDn'),
    says: 'read on',
    about: 'read on, read back',
    group: 'Here',
    footer: 2,
    act: (shell, key) => arena.scrollArena(shell, key === 'pageup' ? -5 : 5, arenaScrollMost(shell)),
  },
  {
    scope: 'arenaDesk',
    keys: ['esc', 'q'],
    says: 'home',
    about: 'to the home screen',
    group: 'Program',
    footer: 7,
    act: arena.closeArena,
  },
];

const WORLD: readonly Binding[] = [
  {
    scope: 'arenaKeys',
    keys: ['J'],
    says: 'judge',
    about: 'load a copy, and score it',
    group: 'Here',
    footer: 2,
    palette: 'Judge this design: the load comes to a copy',
    act: arena.judgeDesign,
  },
  {
    scope: 'arenaKeys',
    keys: ['v'],
    says: (now) => (isReference(now) ? 'your design' : 'reference'),
    about: 'the reference design, and back',
    group: 'Here',
    footer: 3,
    palette: 'Show the reference design, or yours again',
    act: arena.toggleDesign,
  },
  {
    scope: 'arenaKeys',
    keys: ['e'],
    says: 'score card',
    about: 'the last score card',
    group: 'Here',
    footer: 4,
    palette: 'Show the last score card',
    when: ({ arena: view }) => {
      const known = view?.shown === 'reference' ? view.reference : view?.last;
      return known !== undefined || 'J judges first.';
    },
    act: arena.showScore,
  },
  {
    scope: 'arenaKeys',
    keys: ['R'],
    says: 'begin again',
    about: 'an empty world again',
    group: 'Here',
    palette: 'Begin this design again',
    when: (now) => !isReference(now),
    act: arena.beginAgain,
  },
  {
    scope: 'arenaKeys',
    keys: ['q'],
    says: 'arena',
    about: 'to the list of requirements',
    group: 'World',
    footer: 50,
    palette: 'Go to the list of requirements',
    act: arena.openArena,
  },
];

const SCORE: readonly Binding[] = [
  {
    scope: 'popover:score',
    keys: ['down', 'up', 'j', 'k', 'pagedown', 'pageup'],
    label: (marks) => marks.upDown,
    says: 'scroll',
    about: 'read on, read back',
    footer: 1,
    when: ({ state }) => state.popover?.type === 'score',
    act: (shell, key) =>
      arena.scrollScore(
        shell,
        (isDown(key) ? 1 : -1) * (key.startsWith('page') ? 6 : 1),
        scoreScrollMost(COLOURLESS, shell),
      ),
  },
  {
    scope: 'popover:score',
    keys: ['v'],
    says: (now) => (isReference(now) ? 'your design' : 'reference design'),
    about: 'the reference design, and back',
    footer: 2,
    act: (shell) => {
      closePopover(shell);
      arena.toggleDesign(shell);
    },
  },
  {
    scope: 'popover:score',
    keys: ['enter', 'q'],
    says: 'build on',
    about: 'close, and build on',
    footer: 0,
    act: closePopover,
  },
];

export const ARENA: readonly Binding[] = [...DESK, ...WORLD, ...SCORE];
