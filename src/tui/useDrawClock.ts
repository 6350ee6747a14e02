/** The pace of the drawing test on the screen: one line arrives after the other, until all are there. */
import { useEffect } from 'react';
import { showNext } from './actions/draw.ts';
import type { Shell } from './shell.ts';
import { startClock } from './shellClock.ts';

const LINE_MS = 300;

const isPlaying = (shell: Shell): boolean => {
  const { screen, draw, popover } = shell.store.get();
  return screen === 'draw' && draw.page === 'run' && draw.playing && popover === undefined;
};

/** Gives back what ends it. */
export const startDrawClock = (shell: Shell): (() => void) => startClock(shell, LINE_MS, isPlaying, showNext);

export function useDrawClock(shell: Shell): void {
  useEffect(() => startDrawClock(shell), [shell]);
}
