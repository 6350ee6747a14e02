/** The edges of the process: broken pipes, signals, and errors that nobody caught. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { GIVE_BACK } from './terminal.ts';

/** A reader that went away (`| head`) ends the program quietly. */
export function leaveWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
}

export interface LastWords {
  /** Where the whole story is written. */
  readonly log: string;
  /** Keeps what can be kept: called once, whatever happens. */
  readonly keep: () => void;
  /** Leaves the full screen, if we are in it. */
  readonly giveBack: () => void;
}

/** An error of ours that nobody caught: the terminal back, a short sentence, the story in the log, exit 1. */
export function onTrouble({ log, keep, giveBack }: LastWords): (error: unknown) => void {
  let ending = false;
  const end = (error: unknown): void => {
    if (ending) return;
    ending = true;
    if (!attempt(giveBack)) process.stdout.write(GIVE_BACK);
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    const kept = attempt(keep);
    const written = attempt(() => writeLog(log, error));
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `msg-playground stopped: ${message}\n` +
        `${kept ? 'The world is kept up to here. ' : ''}${written ? `The details are in ${log}` : ''}\n`,
    );
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  return end;
}

/** SIGTERM and SIGHUP: keeps the world, gives the terminal back, and leaves with the signal's own code. */
export function onSignal({ keep, giveBack }: Pick<LastWords, 'keep' | 'giveBack'>): void {
  const codes = { SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(codes)) {
    process.on(signal, () => {
      attempt(keep);
      attempt(giveBack);
      process.exit(code);
    });
  }
}

function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

function writeLog(path: string, error: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
  appendFileSync(path, `${new Date().toISOString()} node ${process.version}\n${story}\n\n`);
}

/** All of the standard input, at most `max` bytes. */
export async function readInput(max: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > max) throw new Error(`the standard input holds more than ${max} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
