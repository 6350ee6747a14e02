/** Keys of the drawing test. */
import * as draw from '../actions/draw.ts';
import type { Binding, Circumstances } from '../keymap.ts';
import { scrollBy } from '../screens/drawPicture.ts';

const isDown = (key: string): boolean => key === 'down' || key === 'j' || key === 'pagedown';
const isRight = (key: string): boolean => key === 'right' || key === 'l';

const DESK: readonly Binding[] = [
  {
    scope: 'drawDesk',
    keys: ['enter'],
    says: 'send it',
    about: 'send the picture this way',
    group: 'Here',
    footer: 0,
    act: draw.runDraw,
  },
  {
    scope: 'drawDesk',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'way',
    about: 'choose a way',
    group: 'Here',
    footer: 1,
    act: (shell, key) => draw.moveWay(shell, isDown(key) ? 1 : -1),
  },
  {
    scope: 'drawDesk',
    keys: ['right', 'left', 'l', 'h'],
    label: (marks) => marks.leftRight,
    says: 'picture',
    about: 'choose a picture',
    group: 'Here',
    footer: 2,
    act: (shell, key) => draw.changePicture(shell, isRight(key) ? 1 : -1),
  },
  {
    scope: 'drawDesk',
    keys: ['esc', 'q'],
    says: 'home',
    about: 'to the home screen',
    group: 'Program',
    footer: 7,
    act: draw.closeDraw,
  },
];

const playing = ({ state }: Circumstances): boolean => state.draw.playing;

const RUN: readonly Binding[] = [
  {
    scope: 'drawRun',
    keys: ['space'],
    says: (now) => (playing(now) ? 'hold' : 'play'),
    about: 'hold, go on, play it again',
    group: 'Here',
    footer: 0,
    act: draw.holdOrPlay,
  },
  {
    scope: 'drawRun',
    keys: ['right', 'left', 'l', 'h'],
    label: (marks) => marks.leftRight,
    says: 'line',
    about: 'one line on, one back',
    group: 'Here',
    footer: 1,
    act: (shell, key) => draw.stepDraw(shell, isRight(key) ? 1 : -1),
  },
  {
    scope: 'drawRun',
    keys: ['enter'],
    says: 'to the end',
    about: 'all lines at once',
    group: 'Here',
    footer: 2,
    act: draw.showAll,
  },
  {
    scope: 'drawRun',
    keys: ['s', 'S'],
    says: 'next seed',
    about: 'the same by another chance; S: back',
    group: 'Here',
    footer: 3,
    act: (shell, key) => draw.nextSeed(shell, key === 's' ? 1 : -1),
  },
  {
    scope: 'drawRun',
    keys: ['down', 'up', 'j', 'k', 'pagedown', 'pageup'],
    label: (marks) => marks.upDown,
    says: 'scroll',
    about: 'through the pictures',
    group: 'Here',
    footer: 4,
    act: (shell, key) => scrollBy(shell, (key.startsWith('page') ? 6 : 1) * (isDown(key) ? 1 : -1)),
  },
  {
    scope: 'drawRun',
    keys: ['esc', 'q'],
    says: 'ways',
    about: 'back to the ways',
    group: 'Program',
    footer: 7,
    act: draw.toWays,
  },
];

export const DRAW: readonly Binding[] = [...DESK, ...RUN];
