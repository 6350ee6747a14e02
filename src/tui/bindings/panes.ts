/** Keys of the panes: letters are commands; Enter or `i` returns to the prompt. */
import { clientHere, holdOrRelease, isHeld } from '../actions/clients.ts';
import { goHome, openSandboxOrAsk } from '../actions/home.ts';
import * as panes from '../actions/panes.ts';
import * as time from '../actions/time.ts';
import { copySelected, openKinds, openSave } from '../actions/worlds.ts';
import type { Binding, Circumstances } from '../keymap.ts';

const isSandbox = ({ lesson }: Circumstances): boolean => lesson === undefined;
/** Panes with a cursor on a row, and nothing else on these keys. */
const LISTS: ReadonlySet<string> = new Set(['messages', 'resources', 'subscriptions', 'buffer']);
const isList = ({ state }: Circumstances): boolean => LISTS.has(state.focus);

const TIME: readonly Binding[] = [
  {
    scope: 'pane',
    keys: ['space'],
    says: ({ session }) => (session?.paused === true ? 'run' : 'pause'),
    about: 'pause, or run',
    group: 'Time',
    footer: 20,
    act: time.pauseOrResume,
  },
  {
    scope: 'pane',
    keys: ['>', '.', '<', ','],
    label: () => '< >',
    says: 'pace',
    about: 'slower, faster',
    group: 'Time',
    footer: 24,
    act: (shell, key) => (key === '>' || key === '.' ? time.faster(shell) : time.slower(shell)),
  },
  {
    scope: 'pane',
    keys: ['right', 'left'],
    label: (marks) => marks.leftRight,
    says: 'step',
    about: 'event before, or next',
    group: 'Time',
    footer: 22,
    act: (shell, key) => (key === 'right' ? time.stepForward(shell) : time.stepBack(shell)),
  },
  {
    scope: 'pane',
    keys: ['t'],
    says: 'timeline',
    about: 'the timeline',
    group: 'Time',
    footer: 30,
    palette: 'Open the timeline',
    act: panes.openTimeline,
  },
  {
    scope: 'pane',
    keys: ['u'],
    says: 'undo',
    about: 'undo my last command',
    group: 'Time',
    footer: 34,
    palette: 'Undo my last command',
    act: time.undo,
  },
];

const MOVING: readonly Binding[] = [
  {
    scope: 'pane:timeline',
    keys: ['right', 'left'],
    label: (marks) => marks.leftRight,
    says: 'event',
    about: 'event before, or next',
    group: 'Here',
    footer: 1,
    act: (shell, key) => (key === 'right' ? time.stepForward(shell) : time.stepBack(shell)),
  },
  {
    scope: 'pane:timeline',
    keys: ['[', ']', 'ctrl-left', 'ctrl-right'],
    label: () => '[ ]',
    says: 'minute',
    about: 'a minute back or on',
    group: 'Here',
    footer: 2,
    act: (shell, key) =>
      key === ']' || key === 'ctrl-right' ? time.minuteForward(shell) : time.minuteBack(shell),
  },
  {
    scope: 'pane:timeline',
    keys: ['up', 'down', 'k', 'j'],
    label: (marks) => marks.upDown,
    says: 'fork',
    about: 'choose a fork',
    group: 'Here',
    footer: 3,
    when: ({ session }) => (session?.timeline().branches.length ?? 0) > 1,
    act: (shell, key) => panes.moveSelection(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'pane:timeline',
    keys: ['enter'],
    says: 'go to it',
    about: 'go to the chosen fork',
    group: 'Here',
    footer: 4,
    when: ({ session, state }) => {
      const timeline = session?.timeline();
      const branch = timeline?.branches[state.panes.timeline.selected];
      return branch !== undefined && branch.id !== timeline?.current;
    },
    act: time.switchBranch,
  },
  {
    scope: 'pane:timeline',
    keys: ['f'],
    says: 'fork here',
    about: 'fork at this instant',
    group: 'Here',
    footer: 5,
    palette: 'Fork the world at this instant',
    act: time.forkHere,
  },
  {
    scope: 'pane:timeline',
    keys: ['n', 'end'],
    says: 'now',
    about: 'back to now',
    group: 'Here',
    footer: 6,
    palette: 'Go back to now',
    when: ({ session }) => session?.timeline().past === true,
    act: time.toNow,
  },
  {
    scope: 'pane:stage',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'walk',
    about: 'select a resource',
    group: 'Here',
    footer: 1,
    when: ({ session }) => (session?.view().resources.length ?? 0) > 0,
    act: (shell, key) => panes.selectResource(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'pane:messages',
    keys: [']', '['],
    label: () => '[ ]',
    says: 'queue',
    about: 'another queue',
    group: 'Here',
    footer: 2,
    when: ({ session }) =>
      (session?.view().resources.filter((resource) => resource.kind === 'queue').length ?? 0) > 1,
    act: (shell, key) => panes.selectResource(shell, key === ']' ? 1 : -1, 'queue'),
  },
  {
    scope: 'pane:console',
    keys: ['up', 'down', 'k', 'j'],
    label: (marks) => marks.upDown,
    says: 'choose',
    about: 'choose an answer',
    group: 'Here',
    footer: 1,
    act: (shell, key) => panes.moveSelection(shell, key === 'up' || key === 'k' ? 1 : -1),
  },
  {
    scope: 'pane:console',
    keys: ['enter'],
    says: 'unfold',
    about: 'unfold an answer, fold it',
    group: 'Here',
    footer: 2,
    when: ({ session }) => (session?.console().length ?? 0) > 0,
    act: panes.foldSelected,
  },
  {
    scope: 'pane:events',
    keys: ['up', 'down', 'k', 'j'],
    label: (marks) => marks.upDown,
    says: 'scroll',
    about: 'older, newer',
    group: 'Here',
    footer: 1,
    act: (shell, key) => panes.scroll(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'pane:lesson',
    keys: ['down', 'up'],
    label: (marks) => marks.upDown,
    says: 'scroll',
    about: 'read on, read back',
    group: 'Here',
    footer: 3,
    act: (shell, key) => panes.scroll(shell, key === 'down' ? 1 : -1),
  },
  {
    scope: 'pane',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'choose',
    about: 'choose a row',
    group: 'Here',
    footer: 1,
    when: isList,
    act: (shell, key) => panes.moveSelection(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'pane',
    keys: ['pagedown', 'pageup'],
    says: 'page',
    about: 'a page down, a page up',
    act: (shell, key) => page(shell, key === 'pagedown' ? 1 : -1),
  },
];

function page(shell: Parameters<Binding['act']>[0], direction: 1 | -1): void {
  const { focus } = shell.store.get();
  if (LISTS.has(focus)) panes.moveSelection(shell, direction * 8);
  else if (focus === 'lesson' || focus === 'events') panes.scroll(shell, direction * 8);
  else if (focus === 'console') panes.moveSelection(shell, -direction * 4);
}

const WORLD: readonly Binding[] = [
  {
    scope: 'pane',
    keys: ['n'],
    says: 'new',
    about: 'new queue or app',
    group: 'World',
    footer: 10,
    palette: 'New queue, producer or consumer',
    act: openKinds,
  },
  {
    scope: 'sandboxKeys',
    keys: ['s'],
    says: 'save',
    about: 'save under a name',
    group: 'World',
    footer: 36,
    palette: 'Save the world',
    when: isSandbox,
    act: openSave,
  },
  {
    scope: 'sandboxKeys',
    keys: ['o'],
    says: 'open',
    about: 'open another world',
    group: 'World',
    footer: 37,
    palette: 'Open a world',
    when: isSandbox,
    act: openSandboxOrAsk,
  },
  {
    scope: 'sandboxKeys',
    keys: ['h'],
    says: ({ session, state }) => (session !== undefined && isHeld(session, state) ? 'let in' : 'hold'),
    about: 'hold a client, or let it in',
    group: 'World',
    footer: 6,
    when: ({ session, state }) => session !== undefined && clientHere(session, state) !== undefined,
    act: holdOrRelease,
  },
  {
    scope: 'pane',
    keys: ['y'],
    says: 'copy',
    about: 'copy what is selected',
    group: 'Panes',
    footer: 40,
    act: copySelected,
  },
];

const MOVES: readonly Binding[] = [
  {
    scope: 'pane',
    keys: ['enter', 'i'],
    label: () => 'i',
    says: 'prompt',
    about: 'back to the prompt',
    group: 'Panes',
    footer: 8,
    act: panes.toPrompt,
  },
  {
    scope: 'pane',
    keys: ['tab'],
    says: 'next pane',
    about: 'next pane',
    group: 'Panes',
    footer: 12,
    act: (shell) => panes.nextPane(shell, 1),
  },
  {
    scope: 'pane',
    keys: ['shift-tab'],
    says: 'pane before',
    about: 'pane before',
    act: (shell) => panes.nextPane(shell, -1),
  },
  {
    scope: 'pane',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    label: (marks) => `1${marks.dash}9`,
    says: 'pane',
    about: 'pane by number',
    group: 'Panes',
    footer: 14,
    act: panes.jumpToPane,
  },
  {
    scope: 'pane',
    keys: ['f'],
    says: 'full screen',
    about: 'full screen, and back',
    group: 'Panes',
    footer: 41,
    act: panes.toggleFull,
  },
  {
    scope: 'pane',
    keys: ['/'],
    says: 'find',
    about: 'find in this pane',
    group: 'Panes',
    footer: 16,
    when: ({ state }) =>
      ['messages', 'events', 'console', 'resources', 'subscriptions', 'policy', 'facts', 'object'].includes(
        state.focus,
      ),
    act: panes.startFind,
  },
  {
    scope: 'pane',
    keys: ['esc'],
    says: 'prompt',
    about: 'one level out',
    act: panes.leavePane,
  },
  {
    scope: 'pane',
    keys: ['q'],
    says: 'home',
    about: 'home; all is kept',
    group: 'World',
    footer: 50,
    palette: 'Go to the home screen',
    act: goHome,
  },
];

const FIND: readonly Binding[] = [
  {
    scope: 'find',
    keys: ['enter', 'down'],
    says: 'keep',
    about: 'keep what is found',
    footer: 1,
    act: (shell) => panes.endFind(shell, true),
  },
  {
    scope: 'find',
    keys: ['esc'],
    says: 'close',
    about: 'show all again',
    footer: 2,
    act: (shell) => panes.endFind(shell, false),
  },
  {
    scope: 'find',
    keys: ['backspace'],
    says: 'erase',
    about: 'erase',
    act: (shell) => panes.editFind(shell, (query) => query.slice(0, -1)),
  },
];

export const PANES: readonly Binding[] = [...MOVING, ...TIME, ...WORLD, ...MOVES, ...FIND];
