/** Keys of the popovers: Esc closes each of them and destroys nothing. */
import { handIn } from '../actions/exam.ts';
import { openSandbox } from '../actions/home.ts';
import { comeBack, jumpTo } from '../actions/lesson.ts';
import { offerText } from '../actions/prompt.ts';
import * as worlds from '../actions/worlds.ts';
import { KINDS } from '../forms/all.ts';
import { type Binding, inScopes, keyTable, type Scope } from '../keymap.ts';
import { findEntries, paletteEntries, runEntry } from '../palette.ts';
import { changeSetting, SETTING_COUNT } from '../settings.ts';
import type { Shell } from '../shell.ts';
import type { Popover } from '../store.ts';

type Listed = Extract<Popover, { selected: number }>;

/** How many rows a popover's list has. */
function countOf(shell: Shell, popover: Listed): number {
  switch (popover.type) {
    case 'palette':
      return findEntries(paletteEntries(shell, keyTable()), popover.query).length;
    case 'kinds':
      return KINDS.length;
    case 'open':
      return shell.host.home().saves.length + 1;
    case 'settings':
      return SETTING_COUNT;
    case 'quit':
    case 'handIn':
    case 'comeBack':
      return 2;
    case 'steps':
      return shell.world()?.play?.view().steps.length ?? 0;
    case 'why':
      return 0;
  }
}

const move = (shell: Shell, by: number): void => {
  const { popover } = shell.store.get();
  if (popover === undefined || !('selected' in popover)) return;
  const count = countOf(shell, popover);
  if (count === 0) return;
  shell.store.update((state) => {
    if (state.popover !== undefined && 'selected' in state.popover) {
      state.popover.selected = (state.popover.selected + by + count) % count;
    }
  });
};

const selectedIn = (shell: Shell): number => {
  const { popover } = shell.store.get();
  return popover !== undefined && 'selected' in popover ? popover.selected : 0;
};

const LISTED: readonly Scope[] = [
  'popover:palette',
  'popover:kinds',
  'popover:open',
  'popover:settings',
  'popover:quit',
  'popover:handIn',
  'popover:comeBack',
  'popover:steps',
];

const CHOOSING = inScopes(LISTED, {
  keys: ['down', 'up'],
  label: (marks) => marks.upDown,
  says: 'choose',
  about: 'choose',
  footer: 1,
  act: (shell, key) => move(shell, key === 'down' ? 1 : -1),
});

const enter = (scope: Scope, says: string, act: (shell: Shell) => void): Binding => ({
  scope,
  keys: ['enter'],
  says,
  about: says,
  footer: 0,
  act,
});

function foundEntry(shell: Shell) {
  const { popover } = shell.store.get();
  if (popover?.type !== 'palette') return undefined;
  return findEntries(paletteEntries(shell, keyTable()), popover.query)[popover.selected]?.entry;
}

const PALETTE: readonly Binding[] = [
  enter('popover:palette', 'do it', (shell) => {
    const entry = foundEntry(shell);
    if (entry !== undefined) runEntry(shell, entry);
  }),
  {
    scope: 'popover:palette',
    keys: ['tab'],
    says: 'as a command',
    about: 'put the command into the prompt',
    footer: 2,
    act: (shell) => {
      const entry = foundEntry(shell);
      if (entry?.line === undefined) return;
      worlds.closePopover(shell);
      offerText(shell, entry.line);
    },
  },
];

/** Typing into the one text field of a popover. */
export function typeInto(shell: Shell, change: (text: string) => string): void {
  const { popover } = shell.store.get();
  if (popover?.type === 'form') {
    worlds.editField(shell, change);
    return;
  }
  shell.store.update((state) => {
    if (state.popover?.type === 'palette') {
      state.popover.query = change(state.popover.query).slice(0, 60);
      state.popover.selected = 0;
    } else if (state.popover?.type === 'save') {
      state.popover.name = change(state.popover.fresh ? '' : state.popover.name).slice(0, 60);
      state.popover.fresh = false;
      state.popover.problem = '';
    }
  });
}

const ERASING = inScopes(['popover:palette', 'popover:form', 'popover:save'], {
  keys: ['backspace'],
  says: 'erase',
  about: 'erase',
  act: (shell) => typeInto(shell, (text) => text.slice(0, -1)),
});

const FORM: readonly Binding[] = [
  enter('popover:form', 'create', (shell) => worlds.finishForm(shell, 'run')),
  {
    scope: 'popover:form',
    keys: ['down', 'up', 'tab', 'shift-tab'],
    label: (marks) => marks.upDown,
    says: 'field',
    about: 'next field, field before',
    footer: 1,
    act: (shell, key) => worlds.moveField(shell, key === 'down' || key === 'tab' ? 1 : -1),
  },
  {
    scope: 'popover:form',
    keys: ['right', 'left', 'space'],
    label: (marks) => marks.leftRight,
    says: 'change',
    about: 'change a choice',
    footer: 2,
    act: (shell, key) => {
      if (key === 'space') worlds.editField(shell, (value) => `${value} `);
      worlds.changeChoice(shell, key === 'left' ? -1 : 1);
    },
  },
  {
    scope: 'popover:form',
    keys: ['ctrl-e'],
    says: 'edit as a command',
    about: 'put the command into the prompt',
    footer: 3,
    act: (shell) => worlds.finishForm(shell, 'edit'),
  },
  {
    scope: 'popover:form',
    keys: ['ctrl-u'],
    says: 'empty',
    about: 'empty the field',
    act: (shell) => typeInto(shell, () => ''),
  },
];

const SAVE = enter('popover:save', 'save', worlds.saveWorld);

const LISTS: readonly Binding[] = [
  enter('popover:kinds', 'fill in', (shell) => worlds.chooseKind(shell, selectedIn(shell))),
  enter('popover:open', 'open', (shell) => {
    const save = shell.host.home().saves[selectedIn(shell) - 1];
    worlds.closePopover(shell);
    openSandbox(shell, save?.name);
  }),
  enter('popover:steps', 'jump', (shell) => {
    const step = selectedIn(shell);
    worlds.closePopover(shell);
    jumpTo(shell, step);
  }),
  enter('popover:comeBack', 'go back', (shell) => {
    const keep = selectedIn(shell) === 1;
    worlds.closePopover(shell);
    comeBack(shell, keep);
  }),
  enter('popover:handIn', 'choose', (shell) => {
    const handsIn = selectedIn(shell) === 0;
    worlds.closePopover(shell);
    if (handsIn) handIn(shell);
  }),
  enter('popover:quit', 'choose', (shell) => {
    if (selectedIn(shell) === 0) shell.exit();
    else worlds.closePopover(shell);
  }),
  {
    scope: 'popover:quit',
    keys: ['q', 'y'],
    says: 'leave',
    about: 'leave',
    act: (shell) => shell.exit(),
  },
  {
    scope: 'popover:settings',
    keys: ['right', 'left', 'enter', 'space'],
    label: (marks) => marks.leftRight,
    says: 'change',
    about: 'change a setting',
    footer: 0,
    act: (shell, key) => changeSetting(shell, selectedIn(shell), key === 'left' ? -1 : 1),
  },
];

const turnPage = (shell: Shell, by: 1 | -1): void =>
  shell.store.update((state) => {
    if (state.popover?.type !== 'help') return;
    const { page, pages } = state.popover;
    state.popover.page = (page + by + pages) % pages;
  });

const ANY: readonly Binding[] = [
  {
    scope: 'popover',
    keys: ['esc'],
    says: 'close',
    about: 'close; nothing is lost',
    footer: 50,
    act: worlds.closePopover,
  },
  {
    scope: 'popover:help',
    keys: ['down', 'up', 'right', 'left', 'space', 'pagedown', 'pageup'],
    label: (marks) => marks.upDown,
    says: 'page',
    about: 'next page, page before',
    footer: 1,
    when: ({ state }) => state.popover?.type === 'help' && state.popover.pages > 1,
    act: (shell, key) => turnPage(shell, key === 'up' || key === 'left' || key === 'pageup' ? -1 : 1),
  },
  {
    scope: 'popover:help',
    keys: ['q', '?', 'enter', 'f1'],
    says: 'close',
    about: 'close',
    act: worlds.closePopover,
  },
  {
    scope: 'popover:text',
    keys: ['q', 'enter'],
    says: 'close',
    about: 'close',
    act: worlds.closePopover,
  },
];

export const POPOVERS: readonly Binding[] = [
  ...CHOOSING,
  ...ERASING,
  ...PALETTE,
  ...FORM,
  SAVE,
  ...LISTS,
  ...ANY,
];
