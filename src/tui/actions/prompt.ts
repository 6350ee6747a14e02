/** What the keys of the prompt do. */
import type { Line } from '../lineEditor.ts';
import {
  EMPTY_LINE,
  historyBack,
  historyForward,
  insert,
  replace,
  searchHistory,
  setText,
  splitPaste,
  toEnd,
} from '../lineEditor.ts';
import type { Shell } from '../shell.ts';
import type { UiState } from '../store.ts';
import { goOn } from './lesson.ts';

const HISTORY_LENGTH = 500;

const closed = { open: false, selected: 0, moved: false };

/** Applies an edit; typing opens the list of what may come next, other edits leave it as the text asks. */
export function edit(shell: Shell, change: (line: Line) => Line, opens = true): void {
  shell.store.update((state) => {
    state.line = change(state.line as Line);
    state.completion = { ...closed };
  });
  if (opens) openIfUseful(shell);
}

function openIfUseful(shell: Shell): void {
  const { line } = shell.store.get();
  if (line.text.trim() === '') return;
  const { items, from, to } = shell.completion();
  const token = line.text.slice(from, to);
  const only = items.length === 1 && items[0]?.text === token;
  if (items.length === 0 || only || (token === '' && items.length > 1 && !line.text.endsWith(' '))) return;
  shell.store.update((state) => {
    state.completion = { open: true, selected: 0, moved: false };
  });
}

export const typeText = (shell: Shell, text: string): void => edit(shell, (line) => insert(line, text));

/** A key that moves the cursor closes nothing and opens nothing. */
export const moveCursor = (shell: Shell, change: (line: Line) => Line): void =>
  shell.store.update((state) => {
    state.line = change(state.line as Line);
    state.completion = { ...closed };
  });

export const closeCompletion = (shell: Shell): void =>
  shell.store.update((state) => {
    state.completion = { ...closed };
  });

export function moveCompletion(shell: Shell, by: 1 | -1): void {
  const count = shell.completion().items.length;
  if (count === 0) return;
  shell.store.update((state) => {
    const { completion } = state;
    completion.selected = (completion.selected + by + count) % count;
    completion.moved = true;
  });
}

export function takeCompletion(shell: Shell): void {
  const { from, to, items } = shell.completion();
  const item = items[shell.store.get().completion.selected] ?? items[0];
  if (item === undefined) {
    closeCompletion(shell);
    return;
  }
  edit(shell, (line) => {
    const blank = /[=/'"{[:,]$/.test(item.text) || line.text[to] === ' ' ? '' : ' ';
    return replace(line, from, to, item.text + blank);
  });
}

/** Tab: takes what is offered, or opens the list, or leaves the prompt. */
export function tabInPrompt(shell: Shell): void {
  const { line, completion } = shell.store.get();
  if (line.text === '') {
    leavePrompt(shell);
    return;
  }
  if (completion.open) {
    takeCompletion(shell);
    return;
  }
  const { items, ghost } = shell.completion();
  if (items.length === 1) {
    takeCompletion(shell);
    return;
  }
  if (items.length > 1) {
    shell.store.update((state) => {
      state.completion = { open: true, selected: 0, moved: false };
    });
    return;
  }
  if (ghost !== '') takeGhost(shell);
  else leavePrompt(shell);
}

export const takeGhost = (shell: Shell): void => {
  const { ghost } = shell.completion();
  edit(shell, (line) => insert(toEnd(line), ghost));
};

export function leavePrompt(shell: Shell): void {
  shell.store.update((state) => {
    const first = state.recent.find((pane) => pane !== 'console' && pane !== 'lesson') ?? 'stage';
    state.focus = first;
    state.completion = { ...closed };
  });
}

const remember = (state: UiState, text: string): void => {
  if (state.history.at(-1) !== text) state.history.push(text);
  if (state.history.length > HISTORY_LENGTH) state.history.splice(0, state.history.length - HISTORY_LENGTH);
};

export function runLine(shell: Shell): void {
  const world = shell.world();
  const { completion, line } = shell.store.get();
  if (completion.open && completion.moved) {
    takeCompletion(shell);
    return;
  }
  const text = line.text.trim();
  if (world === undefined || text === '') return;
  clearLine(shell);
  if (text === 'exit' || text === 'quit') {
    shell.store.update((state) => {
      state.popover = { type: 'quit', selected: 0 };
    });
    return;
  }
  shell.store.update((state) => remember(state, text));
  world.session.enter(text);
}

/** Runs a line as if it had been typed: forms and the palette teach what they do. */
export function runText(shell: Shell, text: string): void {
  const world = shell.world();
  if (world === undefined) return;
  const lines = text.split('\n');
  shell.store.update((state) => {
    for (const line of lines) remember(state, line);
    state.focus = 'prompt';
  });
  if (lines.length > 1) world.session.enterAll(text);
  else world.session.enter(text);
}

/** Puts a line into the prompt for the player to look at and run. */
export function offerText(shell: Shell, text: string): void {
  shell.store.update((state) => {
    state.line = setText(EMPTY_LINE, text);
    state.focus = 'prompt';
    state.completion = { ...closed };
  });
}

export const clearLine = (shell: Shell): void =>
  shell.store.update((state) => {
    state.line = EMPTY_LINE;
    state.completion = { ...closed };
    state.panes.console.scroll = 0;
  });

export function walkHistory(shell: Shell, direction: 'back' | 'forward'): void {
  shell.store.update((state) => {
    const walk = direction === 'back' ? historyBack : historyForward;
    state.line = walk(state.line as Line, state.history);
    state.completion = { ...closed };
  });
}

/** Enter on an empty line: on with the lesson, or the newest long answer unfolded. */
export function enterEmpty(shell: Shell): void {
  const world = shell.world();
  if (world === undefined) return;
  if (world.play?.view().phase === 'reached') {
    goOn(shell);
    return;
  }
  const last = world.session.console().at(-1);
  if (last !== undefined) toggleFold(shell, last.id);
}

export const toggleFold = (shell: Shell, id: number): void =>
  shell.store.update((state) => {
    const at = state.unfolded.indexOf(id);
    if (at < 0) state.unfolded.push(id);
    else state.unfolded.splice(at, 1);
  });

export function paste(shell: Shell, text: string): void {
  const world = shell.world();
  const state = shell.store.get();
  if (world === undefined || state.focus !== 'prompt' || state.popover !== undefined) return;
  const { run, rest } = splitPaste(state.line.text, text);
  if (run.length === 0) {
    edit(shell, (line) => insert(line, text.replace(/[\r\n]+/g, ' ')));
    return;
  }
  shell.store.update((draft) => {
    for (const line of run) remember(draft, line);
    draft.line = setText(EMPTY_LINE, rest);
    draft.completion = { ...closed };
  });
  world.session.enterAll(run.join('\n'));
}

// History search.

export const openSearch = (shell: Shell): void =>
  shell.store.update((state) => {
    const at = state.search?.at;
    if (state.search === undefined) state.search = { query: '', at: undefined };
    else if (at !== undefined)
      state.search.at = searchHistory(state.history, state.search.query, at - 1) ?? at;
    state.completion = { ...closed };
  });

export const editSearch = (shell: Shell, change: (query: string) => string): void =>
  shell.store.update((state) => {
    if (state.search === undefined) return;
    state.search.query = change(state.search.query);
    state.search.at = searchHistory(state.history, state.search.query, state.history.length - 1);
  });

export const closeSearch = (shell: Shell, take: boolean): void =>
  shell.store.update((state) => {
    const found = state.search?.at === undefined ? undefined : state.history[state.search.at];
    if (take && found !== undefined) state.line = setText(EMPTY_LINE, found);
    state.search = undefined;
  });
