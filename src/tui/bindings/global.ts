/** Keys that work wherever nothing nearer takes them. */
import { clearLine } from '../actions/prompt.ts';
import { type Binding, inScopes, type Scope } from '../keymap.ts';
import { makeTheme } from '../paint/theme.ts';
import { helpPages } from '../popovers/helpPicture.ts';
import type { Shell } from '../shell.ts';

const COLOURLESS = makeTheme({ depth: 'none' });

const openPalette = (shell: Shell): void =>
  shell.store.update((state) => {
    state.popover = { type: 'palette', query: '', selected: 0 };
  });

const openHelp = (shell: Shell): void => {
  const pages = helpPages(COLOURLESS, shell, shell.size()).length;
  shell.store.update((state) => {
    state.popover = { type: 'help', page: 0, pages };
  });
};

export const askToLeave = (shell: Shell): void =>
  shell.store.update((state) => {
    state.popover = { type: 'quit', selected: 0 };
  });

export const openSettings = (shell: Shell): void =>
  shell.store.update((state) => {
    state.popover = { type: 'settings', selected: 0 };
  });

/** Stops what runs; else empties the line; else asks to leave; asked already, leaves. */
function interrupt(shell: Shell): void {
  const state = shell.store.get();
  const session = shell.world()?.session;
  if (state.popover?.type === 'quit') {
    shell.exit();
    return;
  }
  if (state.popover !== undefined) {
    shell.store.update((draft) => {
      draft.popover = undefined;
    });
    return;
  }
  if (session?.running !== undefined) {
    session.interrupt();
    return;
  }
  if (state.search !== undefined) {
    shell.store.update((draft) => {
      draft.search = undefined;
    });
    return;
  }
  if (state.focus === 'prompt' && state.line.text !== '' && state.screen === 'world') {
    clearLine(shell);
    return;
  }
  askToLeave(shell);
}

const notHelp = ({ state }: { state: { popover: { type: string } | undefined } }): boolean =>
  state.popover?.type !== 'help';

/** Scopes in which no letter is typed. */
const KEYS_ACT: readonly Scope[] = [
  'pane',
  'predict',
  'completed',
  'home',
  'homeFacts',
  'examDesk',
  'examPaper',
  'examResult',
  'drawDesk',
  'drawRun',
  'arenaDesk',
  'emptyPrompt',
];

export const GLOBAL: readonly Binding[] = [
  ...inScopes(KEYS_ACT, {
    keys: [':'],
    says: 'palette',
    about: 'everything, by name',
    group: 'Program',
    footer: 60,
    act: openPalette,
  }),
  ...inScopes(KEYS_ACT, {
    keys: ['?'],
    says: 'help',
    about: 'this page',
    group: 'Program',
    act: openHelp,
  }),
  {
    scope: 'global',
    keys: ['ctrl-p', 'ctrl-k'],
    says: 'palette',
    about: 'everything, by name',
    group: 'Program',
    footer: 80,
    when: ({ state }) => state.popover === undefined,
    act: openPalette,
  },
  {
    scope: 'global',
    keys: ['f1'],
    says: 'help',
    about: 'this page',
    group: 'Program',
    palette: 'Show the keys that work here',
    when: notHelp,
    act: openHelp,
  },
  {
    scope: 'global',
    keys: ['ctrl-l'],
    says: 'redraw',
    about: 'paint the screen anew',
    group: 'Program',
    palette: 'Paint the screen anew',
    act: (shell) => shell.redraw(),
  },
  {
    scope: 'global',
    keys: ['ctrl-z'],
    says: 'suspend',
    about: 'suspend the program',
    group: 'Program',
    when: () => true,
    act: (shell) => shell.suspend(),
  },
  {
    scope: 'global',
    keys: ['ctrl-c'],
    says: 'stop',
    about: 'stop, empty, leave',
    group: 'Program',
    act: interrupt,
  },
];
