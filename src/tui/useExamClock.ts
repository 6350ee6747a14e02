/** The seconds of a timed paper: while it lies on the screen its time is told, and it ends when it has run out. */
import { useEffect } from 'react';
import type { Shell } from './shell.ts';

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

/** Gives back what ends it. One timer at most is ever set. */
export function startExamClock(shell: Shell): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = (): void => {
    if (!isTimed(shell)) {
      clearTimeout(timer);
      timer = undefined;
    } else timer ??= setTimeout(tick, SECOND_MS);
  };
  const tick = (): void => {
    timer = undefined;
    examSecond(shell);
    arm();
  };
  const release = shell.subscribe(arm);
  arm();
  return () => {
    release();
    clearTimeout(timer);
  };
}

export function useExamClock(shell: Shell): void {
  useEffect(() => startExamClock(shell), [shell]);
}
