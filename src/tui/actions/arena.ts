/** What the keys of the arena do: at its list of requirements, and in a world that is built for one. */
import type { ArenaRow } from '../../lessons/arenaDesk.ts';
import type { ArenaPlay, ArenaView } from '../../lessons/arenaPlay.ts';
import type { Shell } from '../shell.ts';

const deskOf = (shell: Shell) => {
  const opened = shell.host.openArena();
  return opened.ok ? opened.value : undefined;
};

export const arenaRowsOf = (shell: Shell): readonly ArenaRow[] => deskOf(shell)?.rows() ?? [];

/** The list of requirements. */
export function openArena(shell: Shell): void {
  const opened = shell.host.openArena();
  if (!opened.ok) {
    shell.notice(opened.why);
    return;
  }
  if (opened.value.rows().length === 0) {
    shell.notice('This course has no requirements. Its author puts them into the folder arena.');
    return;
  }
  leaveWorld(shell);
  shell.store.update((state) => {
    state.screen = 'arena';
    state.popover = undefined;
  });
}

function leaveWorld(shell: Shell): void {
  const world = shell.world();
  if (world === undefined) return;
  shell.host.leave(world.session);
  shell.show(undefined);
}

/** A requirement's world, as it was left in this sitting. False where there is no such requirement. */
export function openRequirement(shell: Shell, id: string): boolean {
  const play = deskOf(shell)?.open(id);
  if (play === undefined) return false;
  const at = arenaRowsOf(shell).findIndex((row) => row.id === id);
  leaveWorld(shell);
  shell.store.update((state) => {
    state.arena = { cursor: Math.max(0, at), scroll: 0 };
  });
  play.show('yours');
  showPlay(shell, play);
  return true;
}

export function openChosen(shell: Shell): void {
  const row = arenaRowsOf(shell)[shell.store.get().arena.cursor];
  if (row !== undefined) openRequirement(shell, row.id);
}

const showPlay = (shell: Shell, play: ArenaPlay): void =>
  shell.show({ session: play.session, play: undefined, arena: play });

export const closeArena = (shell: Shell): void =>
  shell.store.update((state) => {
    state.screen = 'home';
  });

export const moveArena = (shell: Shell, by: number): void => {
  const { length } = arenaRowsOf(shell);
  shell.store.update(({ arena }) => {
    arena.cursor = Math.max(0, Math.min(length - 1, arena.cursor + by));
    arena.scroll = 0;
  });
};

export const scrollArena = (shell: Shell, by: number, most: number): void =>
  shell.store.update(({ arena }) => {
    arena.scroll = Math.max(0, Math.min(most, arena.scroll + by));
  });

/** Loads a copy of the world on the screen, and shows what it came to. */
export function judgeDesign(shell: Shell): void {
  const play = shell.world()?.arena;
  if (play === undefined) return;
  play.judge();
  showScore(shell);
}

export const showScore = (shell: Shell): void =>
  shell.store.update((state) => {
    state.popover = { type: 'score', scroll: 0 };
  });

export const scrollScore = (shell: Shell, by: number, most: number): void =>
  shell.store.update(({ popover }) => {
    if (popover?.type === 'score') popover.scroll = Math.max(0, Math.min(most, popover.scroll + by));
  });

/** The reference design as a world, or the learner's own again. */
function showDesign(shell: Shell, shown: ArenaView['shown']): void {
  const play = shell.world()?.arena;
  if (play === undefined) return;
  play.show(shown);
  showPlay(shell, play);
  if (shown === 'reference')
    shell.notice('The reference design, to look at and to try; v goes back to yours.');
}

export const toggleDesign = (shell: Shell): void =>
  showDesign(shell, shell.world()?.arena?.view().shown === 'reference' ? 'yours' : 'reference');

export function beginAgain(shell: Shell): void {
  const play = shell.world()?.arena;
  if (play === undefined) return;
  play.reset();
  showPlay(shell, play);
}
