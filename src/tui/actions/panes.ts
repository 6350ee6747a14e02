/** What the keys of the panes do. */

import { circumstancesOf } from '../keymap.ts';
import { layoutWorld, type WorldLayout } from '../layout.ts';
import { ARENA_STRIP_ROWS } from '../panes/arenaRows.ts';
import { bufferShown } from '../panes/bufferPane.ts';
import { stripHeight } from '../panes/lessonRows.ts';
import { type PaneId, panesOf, usualPane } from '../panesOf.ts';
import { hasColumn, type Shell } from '../shell.ts';
import type { UiState } from '../store.ts';
import { tabsNow } from '../tabsNow.ts';
import { toggleFold } from './prompt.ts';
import { queueOf } from './worlds.ts';

/** The frames on the screen now. */
export function currentLayout(shell: Shell): WorldLayout {
  const { recent: visited, full } = shell.store.get();
  const size = shell.size();
  const world = shell.world();
  const lesson = world?.play?.view();
  const kinds = new Set<string>(world?.session.view().resources.map(({ kind }) => kind));
  const recent = [...visited, usualPane(kinds, lesson?.id.split('/')[0])];
  const isStrip = hasColumn(world) && size.columns >= 80 && size.columns < 120;
  const lessonRows = !isStrip
    ? undefined
    : lesson === undefined
      ? ARENA_STRIP_ROWS
      : stripHeight(lesson, size.columns - 4);
  return layoutWorld({ ...size, lesson: hasColumn(world), recent, full, lessonRows });
}

const visit = (state: UiState, pane: PaneId): void => {
  state.focus = pane;
  state.recent = [pane, ...state.recent.filter((other) => other !== pane)];
  state.finding = false;
  if (state.full !== undefined) state.full = pane;
};

export const focusPane = (shell: Shell, pane: PaneId): void => {
  shell.store.update((state) => visit(state, pane));
  tellOpened(shell, pane);
};

/** Lessons may ask for a pane to be opened. */
const tellOpened = (shell: Shell, pane: PaneId): void => shell.world()?.session.you.tell('Opened', pane);

export function jumpToPane(shell: Shell, digit: string): void {
  const pane = panesOf(hasColumn(shell.world()))[Number(digit) - 1];
  if (pane !== undefined) focusPane(shell, pane);
}

/** Round the frames on the screen, the prompt last; in one-pane layouts round all panes. */
export function nextPane(shell: Shell, by: 1 | -1): void {
  const { focus } = shell.store.get();
  const layout = currentLayout(shell);
  const panes =
    layout.kind === 'tabs'
      ? tabsNow(circumstancesOf(shell), panesOf(hasColumn(shell.world())))
      : layout.slots.map((slot) => slot.pane);
  const round: readonly (PaneId | 'prompt')[] = [...panes, 'prompt'];
  const next = round[(round.indexOf(focus) + by + round.length) % round.length];
  if (next === 'prompt') toPrompt(shell);
  else if (next !== undefined) focusPane(shell, next);
}

export const toPrompt = (shell: Shell): void =>
  shell.store.update((state) => {
    state.focus = 'prompt';
    state.finding = false;
    state.full = undefined;
  });

export const toggleFull = (shell: Shell): void =>
  shell.store.update((state) => {
    if (state.focus === 'prompt') return;
    state.full = state.full === undefined ? state.focus : undefined;
  });

/** Esc in a pane: the search, then the full screen, then back to the prompt. */
export const leavePane = (shell: Shell): void => {
  const state = shell.store.get();
  if (state.focus === 'prompt') return;
  const pane = state.focus;
  if (state.panes[pane].find !== undefined) {
    shell.store.update((draft) => {
      draft.panes[pane].find = undefined;
      draft.finding = false;
    });
  } else if (pane === 'policy' && state.decision.open) {
    shell.store.update((draft) => {
      draft.decision.open = false;
      draft.panes.policy.scroll = 0;
    });
  } else if (pane === 'object' && state.object.open !== undefined) {
    shell.store.update((draft) => {
      draft.object.open = undefined;
    });
  } else if (pane === 'messages' && state.followed !== undefined) {
    shell.store.update((draft) => {
      draft.followed = undefined;
    });
  } else if (state.full !== undefined) {
    shell.store.update((draft) => {
      draft.full = undefined;
    });
  } else toPrompt(shell);
};

/** A pane over the whole body; Esc puts it back among the others. */
export const openPane = (shell: Shell, pane: PaneId): void => {
  shell.store.update((state) => {
    visit(state, pane);
    state.full = pane;
  });
  tellOpened(shell, pane);
};

export const openTimeline = (shell: Shell): void => openPane(shell, 'timeline');

/** Moves a list's cursor; the pane keeps it inside when it draws. The message it comes to is followed. */
export function moveSelection(shell: Shell, by: number): void {
  const { focus } = shell.store.get();
  const from =
    focus === 'messages' ? followedRow(shell) : focus === 'buffer' ? bufferShown(shell) : undefined;
  shell.store.update((state) => {
    if (state.focus === 'prompt') return;
    const pane = state.panes[state.focus];
    pane.selected = Math.max(0, (from ?? pane.selected) + by);
  });
  if (shell.store.get().focus === 'messages') followSelected(shell);
}

/** Rows of a queue that are looked through for the followed message. */
const FOLLOWED_WITHIN = 500;

/** Where the followed message stands in its queue's list now; undefined when it left, or the list is searched. */
export function followedRow(shell: Shell): number | undefined {
  const session = shell.world()?.session;
  const { followed, panes } = shell.store.get();
  const queue = queueOf(shell);
  if (session === undefined || queue === undefined || followed === undefined) return undefined;
  if ((panes.messages.find ?? '') !== '') return undefined;
  const at = session
    .messages(`queue/${queue}`, 0, FOLLOWED_WITHIN)
    .findIndex((row) => row.messageId === followed);
  return at < 0 ? undefined : at;
}

function followSelected(shell: Shell): void {
  const session = shell.world()?.session;
  const queue = queueOf(shell);
  const { find, selected } = shell.store.get().panes.messages;
  if (session === undefined || queue === undefined || (find ?? '') !== '') return;
  const row = session.messages(`queue/${queue}`, selected, 1)[0];
  if (row === undefined) return;
  shell.store.update((state) => {
    state.followed = row.messageId;
  });
}

/** Scrolls a text: lesson downwards from its top, Console and Events upwards from their newest. */
export const scroll = (shell: Shell, by: number): void =>
  shell.store.update((state) => {
    if (state.focus === 'prompt') return;
    const pane = state.panes[state.focus];
    pane.scroll = Math.max(0, pane.scroll + by);
  });

/** The same for a pane that has not the keys. */
export const scrollPane = (shell: Shell, pane: PaneId, by: number): void =>
  shell.store.update((state) => {
    state.panes[pane].scroll = Math.max(0, state.panes[pane].scroll + by);
  });

/** The next resource in order of creation, on the stage or, with `kind`, of one kind. */
export function selectResource(shell: Shell, by: 1 | -1, kind?: string): void {
  const session = shell.world()?.session;
  if (session === undefined) return;
  const ids = session
    .view()
    .resources.filter((resource) =>
      kind === undefined ? resource.offStage !== true : resource.kind === kind,
    )
    .map((resource) => resource.id as string);
  if (ids.length === 0) return;
  shell.store.update((state) => {
    const at = state.selected === undefined ? -1 : ids.indexOf(state.selected);
    state.selected = at < 0 ? ids[by === 1 ? 0 : ids.length - 1] : ids[(at + by + ids.length) % ids.length];
    state.panes.messages.selected = 0;
    state.panes.resources.selected = Math.max(0, ids.indexOf(state.selected ?? ''));
  });
}

export const startFind = (shell: Shell): void =>
  shell.store.update((state) => {
    if (state.focus === 'prompt') state.focus = 'console';
    state.finding = true;
    state.panes[state.focus].find ??= '';
  });

export const editFind = (shell: Shell, change: (query: string) => string): void =>
  shell.store.update((state) => {
    if (state.screen === 'home' && !state.home.facts) {
      state.home.find = change(state.home.find ?? '');
      // On the first lesson that was found: a track stands above it.
      state.home.cursor = state.home.find === '' ? 0 : 1;
      return;
    }
    if (state.focus === 'prompt') return;
    const pane = state.panes[state.focus];
    pane.find = change(pane.find ?? '');
    pane.selected = 0;
    pane.scroll = 0;
  });

export const endFind = (shell: Shell, keep: boolean): void =>
  shell.store.update((state) => {
    state.finding = false;
    if (state.screen === 'home' && !state.home.facts) {
      if (!keep) state.home.find = undefined;
    } else if (state.focus !== 'prompt' && (!keep || state.panes[state.focus].find === '')) {
      state.panes[state.focus].find = undefined;
    }
  });

/** Folds or unfolds the answer under the Console's cursor: entries count from the newest. */
export function foldSelected(shell: Shell): void {
  const entries = shell.world()?.session.console() ?? [];
  const entry = entries[entries.length - 1 - shell.store.get().panes.console.selected];
  if (entry !== undefined) toggleFold(shell, entry.id);
}
