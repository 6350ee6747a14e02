/** What goes on by the wall's clock on one screen, and only while that screen wants it. */
import type { Shell } from './shell.ts';

/**
 * Does `tick` every so many milliseconds while `isRunning`, which is asked whenever the shell changes. Gives back what
 * ends it. One timer at most is ever set.
 */
export function startClock(
  shell: Shell,
  everyMs: number,
  isRunning: (shell: Shell) => boolean,
  tick: (shell: Shell) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = (): void => {
    if (!isRunning(shell)) {
      clearTimeout(timer);
      timer = undefined;
    } else {
      timer ??= setTimeout(() => {
        timer = undefined;
        tick(shell);
        arm();
      }, everyMs);
    }
  };
  const release = shell.subscribe(arm);
  arm();
  return () => {
    release();
    clearTimeout(timer);
  };
}
