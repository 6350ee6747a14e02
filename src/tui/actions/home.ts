/** What the keys of the home screen do, and opening of lessons and worlds from anywhere. */
import { cursorOf, type HomeRow, homeRows } from '../homeRows.ts';
import type { Shell } from '../shell.ts';
import { openArena } from './arena.ts';
import { openDraw } from './draw.ts';
import { goOnWithExam, openExam } from './exam.ts';

function leaveWorld(shell: Shell): void {
  const world = shell.world();
  if (world !== undefined) shell.host.leave(world.session);
}

export function goHome(shell: Shell): void {
  leaveWorld(shell);
  shell.show(undefined);
}

export function openLesson(shell: Shell, id: string): void {
  const opened = shell.host.openLesson(id);
  if (!opened.ok) {
    shell.notice(opened.why);
    return;
  }
  leaveWorld(shell);
  shell.show({ session: opened.value.session, play: opened.value });
}

export function openSandbox(shell: Shell, name?: string): void {
  const opened = shell.host.openSandbox(name);
  if (!opened.ok) {
    shell.notice(opened.why);
    return;
  }
  leaveWorld(shell);
  shell.show({ session: opened.value, play: undefined });
}

const rowsOf = (shell: Shell): { rows: readonly HomeRow[]; cursor: number } => {
  const { home } = shell.store.get();
  const rows = homeRows(shell.host.home(), home);
  return { rows, cursor: cursorOf(rows, home) };
};

export function moveHome(shell: Shell, by: number): void {
  const { rows, cursor } = rowsOf(shell);
  let next = Math.max(0, Math.min(rows.length - 1, cursor + by));
  if (rows[next]?.type === 'rule') next += by > 0 ? 1 : -1;
  shell.store.update((state) => {
    state.home.cursor = next;
  });
}

function setFold(shell: Shell, open: boolean): void {
  const { rows, cursor } = rowsOf(shell);
  const row = rows[cursor];
  if (row === undefined || (row.type !== 'track' && row.type !== 'lesson')) return;
  const shown = rows.flatMap((other) => (other.type === 'track' && other.open ? [other.track.id] : []));
  const { id } = row.track;
  const unfolded = open ? [...new Set([...shown, id])] : shown.filter((other) => other !== id);
  const trackRow = rows.findIndex((other) => other.type === 'track' && other.track.id === id);
  shell.store.update((state) => {
    state.home.unfolded = unfolded.length === 0 ? ['none'] : unfolded;
    state.home.cursor = open ? cursor : trackRow;
  });
}

export const unfold = (shell: Shell): void => setFold(shell, true);
export const fold = (shell: Shell): void => setFold(shell, false);

export function openRow(shell: Shell): void {
  const { rows, cursor } = rowsOf(shell);
  const row = rows[cursor];
  if (row === undefined || row.type === 'rule') return;
  if (row.type === 'track') setFold(shell, !row.open);
  else if (row.type === 'lesson') openLesson(shell, row.lesson.id);
  else if (row.type === 'exam') openExam(shell);
  else if (row.type === 'arena') openArena(shell);
  else if (row.type === 'draw') openDraw(shell);
  else openSandboxOrAsk(shell);
}

/** A new world, or the list of worlds when there are any. */
export function openSandboxOrAsk(shell: Shell): void {
  if (shell.host.home().saves.length === 0) {
    openSandbox(shell);
    return;
  }
  shell.store.update((state) => {
    state.popover = { type: 'open', selected: 0 };
  });
}

export function continueLast(shell: Shell): void {
  const last = shell.host.home().continues[0];
  if (last === undefined) {
    shell.notice('Nothing has been begun yet. Choose a lesson.');
    return;
  }
  if (last.kind === 'lesson') openLesson(shell, last.id);
  else if (last.kind === 'exam') goOnWithExam(shell);
  else openSandbox(shell, last.id);
}
