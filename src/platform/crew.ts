/** Work shared out to copies of this program, each in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** How many processes can work at the same time. */
export const processors = (): number => availableParallelism();

interface Done {
  readonly task: string;
  readonly result: unknown;
}

const isDone = (message: unknown): message is Done =>
  typeof message === 'object' && message !== null && 'task' in message && 'result' in message;

/**
 * Starts the program `copies` times with these words, and hands each the next task when it is free. What comes back
 * holds a result by task; a task is missing when the copy that had it ended, or no copy could be started.
 */
export async function shareOut(
  words: readonly string[],
  tasks: readonly string[],
  copies: number,
): Promise<ReadonlyMap<string, unknown>> {
  const results = new Map<string, unknown>();
  const waiting = [...tasks];
  const program = process.argv[1];
  if (program === undefined) return results;
  const serve = (copy: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
      copy.on('error', () => resolve());
      copy.on('exit', () => resolve());
      // A copy speaks when it is free: at first with nothing in its hands.
      copy.on('message', (message) => {
        if (isDone(message)) results.set(message.task, message.result);
        const next = waiting.shift();
        if (next === undefined) copy.disconnect();
        else copy.send(next, () => {});
      });
    });
  const start = (): ChildProcess => fork(program, words, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  try {
    await Promise.all(Array.from({ length: copies }, () => serve(start())));
  } catch {
    // No process can be started here: whoever asked does the rest.
  }
  return results;
}

/** The other side: works on what it is handed, until the program that started it lets go or is gone. False: none did. */
export async function workForOther(work: (task: string) => unknown): Promise<boolean> {
  if (process.send === undefined) return false;
  await new Promise<void>((resolve) => {
    process.on('disconnect', resolve);
    process.on('message', (task: string) => process.send?.({ task, result: work(task) }));
    process.send?.('free');
  });
  return true;
}
