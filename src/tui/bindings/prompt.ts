/** Keys of the prompt: on an empty line the keys that begin no command act. */
import { scrollPane, startFind } from '../actions/panes.ts';
import * as prompt from '../actions/prompt.ts';
import { faster, pauseOrResume, slower, stepBack, stepForward } from '../actions/time.ts';
import type { Binding, Circumstances } from '../keymap.ts';
import type { Line } from '../lineEditor.ts';
import * as line from '../lineEditor.ts';
import { hasColumn } from '../shell.ts';

const editing = (keys: readonly string[], change: (line: Line) => Line, about: string): Binding => ({
  scope: 'prompt',
  keys,
  says: about,
  about,
  act: (shell) => prompt.edit(shell, change),
});

const moving = (keys: readonly string[], change: (line: Line) => Line, about: string): Binding => ({
  scope: 'prompt',
  keys,
  says: about,
  about,
  act: (shell) => prompt.moveCursor(shell, change),
});

const atEnd = ({ state }: Circumstances): boolean => state.line.cursor === state.line.text.length;
const reached = ({ lesson }: Circumstances): boolean => lesson?.phase === 'reached';
const hasText = ({ state }: Circumstances): boolean => state.line.text !== '';

const EMPTY: readonly Binding[] = [
  {
    scope: 'emptyPrompt',
    keys: ['enter'],
    says: (now) => (reached(now) ? 'go on' : 'unfold'),
    about: 'go on, or unfold',
    group: 'Prompt',
    footer: 1,
    when: (now) => reached(now) || (now.session?.console().length ?? 0) > 0,
    act: prompt.enterEmpty,
  },
  {
    scope: 'emptyPrompt',
    keys: ['space'],
    says: ({ session }) => (session?.paused === true ? 'run' : 'pause'),
    about: 'pause, or run',
    group: 'Time',
    footer: 10,
    palette: 'Pause or run the clock',
    act: pauseOrResume,
  },
  {
    scope: 'emptyPrompt',
    keys: ['right'],
    says: 'step',
    about: 'to the next event',
    group: 'Time',
    footer: 11,
    palette: 'Step to the next event',
    act: stepForward,
  },
  {
    scope: 'emptyPrompt',
    keys: ['left'],
    says: 'back',
    about: 'to the event before',
    group: 'Time',
    footer: 12,
    palette: 'Step back to the event before',
    act: stepBack,
  },
  {
    scope: 'emptyPrompt',
    keys: ['>', '.'],
    label: () => '< >',
    says: 'pace',
    about: 'slower, faster',
    group: 'Time',
    footer: 13,
    palette: 'Make time run faster',
    act: faster,
  },
  {
    scope: 'emptyPrompt',
    keys: ['<', ','],
    says: 'slower',
    about: 'slower',
    palette: 'Make time run slower',
    act: slower,
  },
  {
    scope: 'emptyPrompt',
    keys: ['/'],
    says: 'find',
    about: 'find in the Console',
    group: 'Prompt',
    act: startFind,
  },
];

const COMPLETION: readonly Binding[] = [
  {
    scope: 'completion',
    keys: ['tab'],
    says: 'take',
    about: 'take what is offered',
    footer: 2,
    act: prompt.takeCompletion,
  },
  {
    scope: 'completion',
    keys: ['down', 'up'],
    label: (marks) => marks.upDown,
    says: 'choose',
    about: 'choose in the list',
    footer: 3,
    act: (shell, key) => prompt.moveCompletion(shell, key === 'down' ? 1 : -1),
  },
  {
    scope: 'completion',
    keys: ['esc'],
    says: 'close',
    about: 'close the list',
    footer: 70,
    act: prompt.closeCompletion,
  },
];

const ALWAYS: readonly Binding[] = [
  {
    scope: 'prompt',
    keys: ['enter'],
    says: ({ state }) => (state.completion.open && state.completion.moved ? 'take' : 'run'),
    about: 'run the line',
    group: 'Prompt',
    footer: 1,
    when: hasText,
    act: prompt.runLine,
  },
  {
    scope: 'prompt',
    keys: ['tab'],
    says: ({ state, completes }) => (state.line.text === '' || !completes ? 'panes' : 'complete'),
    about: 'complete; empty: to panes',
    group: 'Prompt',
    footer: 20,
    act: prompt.tabInPrompt,
  },
  {
    scope: 'prompt',
    keys: ['up', 'down'],
    label: (marks) => marks.upDown,
    says: 'history',
    about: 'lines run before',
    group: 'Prompt',
    footer: 30,
    when: ({ state }) => state.history.length > 0,
    act: (shell, key) => prompt.walkHistory(shell, key === 'up' ? 'back' : 'forward'),
  },
  {
    scope: 'prompt',
    keys: ['ctrl-r'],
    says: 'search',
    about: 'search the history',
    group: 'Prompt',
    footer: 31,
    when: ({ state }) => state.history.length > 0 || 'No line has been run yet.',
    act: prompt.openSearch,
  },
  {
    scope: 'prompt',
    keys: ['esc'],
    says: 'panes',
    about: 'to the panes',
    group: 'Prompt',
    footer: 71,
    when: hasText,
    act: prompt.leavePrompt,
  },
  { scope: 'prompt', keys: ['esc'], says: 'panes', about: 'to the panes', act: prompt.leavePrompt },
  {
    scope: 'prompt',
    keys: ['pageup', 'pagedown'],
    label: () => 'PgUp PgDn',
    says: 'scroll',
    about: 'scroll lesson or Console',
    group: 'Prompt',
    act: (shell, key) => {
      if (!hasColumn(shell.world())) scrollPane(shell, 'console', key === 'pageup' ? 5 : -5);
      else scrollPane(shell, 'lesson', key === 'pageup' ? -3 : 3);
    },
  },
];

const SEARCH: readonly Binding[] = [
  {
    scope: 'search',
    keys: ['enter', 'tab', 'right'],
    says: 'take',
    about: 'put the line into the prompt',
    footer: 1,
    act: (shell) => prompt.closeSearch(shell, true),
  },
  {
    scope: 'search',
    keys: ['ctrl-r', 'up'],
    says: 'older',
    about: 'the one before',
    footer: 2,
    act: prompt.openSearch,
  },
  {
    scope: 'search',
    keys: ['esc'],
    says: 'close',
    about: 'close the search',
    footer: 3,
    act: (shell) => prompt.closeSearch(shell, false),
  },
  {
    scope: 'search',
    keys: ['backspace'],
    says: 'erase',
    about: 'erase',
    act: (shell) => prompt.editSearch(shell, (query) => query.slice(0, -1)),
  },
];

const RUNNING: readonly Binding[] = [
  {
    scope: 'running',
    keys: ['esc'],
    says: 'give up',
    about: 'give up what runs',
    footer: 0,
    act: (shell) => shell.world()?.session.interrupt(),
  },
];

const EDITING: readonly Binding[] = [
  {
    scope: 'prompt',
    keys: ['right', 'ctrl-e', 'end'],
    says: 'take',
    about: 'take the faint text',
    when: (now) => hasText(now) && atEnd(now),
    act: prompt.takeGhost,
  },
  editing(['backspace'], line.backspace, 'erase'),
  editing(['delete', 'ctrl-d'], line.deleteForward, 'erase forward'),
  editing(['ctrl-k'], line.killToEnd, 'cut to the end'),
  editing(['ctrl-u'], line.killToStart, 'cut to the start'),
  editing(['ctrl-w', 'alt-backspace', 'ctrl-backspace'], line.killWord, 'cut a word'),
  editing(['ctrl-y'], line.yank, 'put back what was cut'),
  moving(['left'], line.left, 'left'),
  moving(['right'], line.right, 'right'),
  moving(['ctrl-left', 'alt-left', 'alt-b'], line.wordLeft, 'a word left'),
  moving(['ctrl-right', 'alt-right', 'alt-f'], line.wordRight, 'a word right'),
  moving(['home', 'ctrl-a'], line.toStart, 'to the start'),
  moving(['end', 'ctrl-e'], line.toEnd, 'to the end'),
];

export const PROMPT: readonly Binding[] = [
  ...COMPLETION,
  ...RUNNING,
  ...EMPTY,
  ...ALWAYS,
  ...EDITING,
  ...SEARCH,
];
