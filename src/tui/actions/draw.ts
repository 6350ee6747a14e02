/** What the keys of the drawing test do: at its list of ways, and while a picture arrives. */
import type { Drawing } from '../../lessons/drawing.ts';
import type { DrawingTest } from '../../lessons/drawingTest.ts';
import { DRAWING_WAYS } from '../../lessons/drawingWays.ts';
import type { Shell } from '../shell.ts';
import type { UiState } from '../store.ts';

/** What is chosen from the start; without a way, the list of ways. */
export interface DrawStart {
  readonly way: number | undefined;
  readonly picture: number;
  readonly seed: number;
}

const change = (shell: Shell, act: (draw: UiState['draw']) => void): void =>
  shell.store.update((state) => act(state.draw));

export const drawingTestOf = (shell: Shell): DrawingTest | undefined => {
  const opened = shell.host.openDrawing();
  return opened.ok ? opened.value : undefined;
};

export function openDraw(shell: Shell): void {
  const opened = shell.host.openDrawing();
  if (!opened.ok) {
    shell.notice(opened.why);
    return;
  }
  shell.store.update((state) => {
    state.screen = 'draw';
    state.popover = undefined;
    state.draw.page = 'desk';
  });
}

export function beginDraw(shell: Shell, { way, picture, seed }: DrawStart): void {
  openDraw(shell);
  change(shell, (draw) => {
    draw.picture = picture;
    draw.seed = seed;
    if (way !== undefined) draw.way = way;
  });
  if (way !== undefined) runDraw(shell);
}

export const closeDraw = (shell: Shell): void =>
  shell.store.update((state) => {
    state.screen = 'home';
  });

export const toWays = (shell: Shell): void =>
  change(shell, (draw) => {
    draw.page = 'desk';
    draw.playing = false;
  });

export const moveWay = (shell: Shell, by: number): void =>
  change(shell, (draw) => {
    draw.way = Math.max(0, Math.min(DRAWING_WAYS.length - 1, draw.way + by));
  });

export function changePicture(shell: Shell, by: number): void {
  const count = drawingTestOf(shell)?.pictures.length ?? 1;
  change(shell, (draw) => {
    draw.picture = (draw.picture + by + count) % count;
  });
}

/** The drawing on the screen; undefined at the list of ways. */
export function drawingOf(shell: Shell): Drawing | undefined {
  const { screen, draw } = shell.store.get();
  const way = DRAWING_WAYS[draw.way];
  if (screen !== 'draw' || draw.page !== 'run' || way === undefined) return undefined;
  return drawingTestOf(shell)?.drawing(way, draw.picture, draw.seed);
}

/** Sends the picture; where nothing moves on the screen, all of it is there at once. */
export function runDraw(shell: Shell): void {
  change(shell, (draw) => {
    draw.page = 'run';
    draw.shown = 0;
    draw.playing = shell.host.settings.fps > 0;
    draw.scroll = undefined;
  });
  if (shell.host.settings.fps === 0) showAll(shell);
}

export function nextSeed(shell: Shell, by: number): void {
  change(shell, (draw) => {
    draw.seed = Math.max(0, draw.seed + by);
  });
  runDraw(shell);
}

export function showNext(shell: Shell, by = 1): void {
  const all = drawingOf(shell)?.arrivals.length ?? 0;
  change(shell, (draw) => {
    draw.shown = Math.max(0, Math.min(all, draw.shown + by));
    draw.playing = draw.playing && draw.shown < all;
    draw.scroll = undefined;
  });
}

export const showAll = (shell: Shell): void => showNext(shell, Number.MAX_SAFE_INTEGER);

export function stepDraw(shell: Shell, by: number): void {
  change(shell, (draw) => {
    draw.playing = false;
  });
  showNext(shell, by);
}

export function holdOrPlay(shell: Shell): void {
  const all = drawingOf(shell)?.arrivals.length ?? 0;
  if (shell.store.get().draw.shown >= all) {
    runDraw(shell);
    return;
  }
  change(shell, (draw) => {
    draw.playing = !draw.playing;
  });
}

/** Rows of a picture that stand above what is seen. */
export const scrollDraw = (shell: Shell, to: number): void =>
  change(shell, (draw) => {
    draw.scroll = to;
  });
