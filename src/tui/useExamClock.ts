/** The seconds of a timed paper: while it lies on the screen its time is told, and it ends when it has run out. */
import { useEffect } from 'react';
import type { Shell } from './shell.ts';
import { startClock } from './shellClock.ts';

const SECOND_MS = 1_000;

const isTimed = (shell: Shell): boolean => {
  const { screen, exam } = shell.store.get();
  const run = shell.exam()?.run;
  return screen === 'exam' && exam.page === 'paper' && run?.mode === 'timed' && !run.finished;
};

/** One second of the wall. */
export function examSecond(shell: Shell): void {
  if (shell.exam()?.run?.tick() === true) {
    shell.store.update((state) => {
      state.popover = undefined;
      state.exam = { page: 'result', cursor: 0, scroll: 0 };
    });
  } else shell.refresh();
}

/** Gives back what ends it. */
const startExamClock = (shell: Shell): (() => void) => startClock(shell, SECOND_MS, isTimed, examSecond);

export function useExamClock(shell: Shell): void {
  useEffect(() => startExamClock(shell), [shell]);
}
