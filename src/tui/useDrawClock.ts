/** The pace of the drawing test on the screen: one line arrives after the other, until all are there. */
import { useEffect } from 'react';
import { showNext } from './actions/draw.ts';
import type { Shell } from './shell.ts';

const LINE_MS = 300;

const isPlaying = (shell: Shell): boolean => {
  const { screen, draw, popover } = shell.store.get();
  return screen === 'draw' && draw.page === 'run' && draw.playing && popover === undefined;
};

/** Gives back what ends it. One timer at most is ever set. */
export function startDrawClock(shell: Shell): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = (): void => {
    if (!isPlaying(shell)) {
      clearTimeout(timer);
      timer = undefined;
    } else timer ??= setTimeout(tick, LINE_MS);
  };
  const tick = (): void => {
    timer = undefined;
    showNext(shell);
    arm();
  };
  const release = shell.subscribe(arm);
  arm();
  return () => {
    release();
    clearTimeout(timer);
  };
}

export function useDrawClock(shell: Shell): void {
  useEffect(() => startDrawClock(shell), [shell]);
}
