/**
 * One program at a time writes a save. A lock is a file with the number of the process that holds it; what a dead
 * process left behind is taken over.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { withFile } from './files.ts';

export interface Lock {
  release(): void;
}

/** A lock made on another machine counts as left behind after this long. */
const FOREIGN_STALE_MS = 24 * 3_600_000;

/** The lock on `path`, or who holds it, in words. */
export function lock(path: string): Lock | { readonly heldBy: string } {
  const file = `${path}.lock`;
  for (let attempt = 0; attempt < 3; attempt++) {
    const mine = withFile(file, () => create(file));
    if (mine !== undefined) return mine;
    const holder = holderOf(file);
    if (holder !== undefined) return { heldBy: holder };
    rmSync(file, { force: true });
  }
  return { heldBy: 'another program' };
}

function create(file: string): Lock | undefined {
  mkdirSync(dirname(file), { recursive: true });
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  writeSync(descriptor, `${process.pid} ${hostname()}\n`);
  closeSync(descriptor);
  const release = (): void => {
    process.off('exit', release);
    if (isMine(file)) rmSync(file, { force: true });
  };
  process.on('exit', release);
  return { release };
}

function isMine(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').startsWith(`${process.pid} `);
  } catch {
    return false;
  }
}

/** Who holds the lock on `path` now; what a dead process left does not count. */
export const heldBy = (path: string): string | undefined => holderOf(`${path}.lock`);

/** Undefined when nobody does any more. */
function holderOf(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const [, process_, host] = /^(\d+) (\S+)/.exec(text) ?? [];
  if (process_ === undefined || host === undefined) return undefined;
  if (host !== hostname()) {
    const age = Date.now() - statSync(file).mtimeMs;
    return age < FOREIGN_STALE_MS ? `process ${process_} on ${host}` : undefined;
  }
  return isAlive(Number(process_)) ? `process ${process_}` : undefined;
}

function isAlive(id: number): boolean {
  if (id === process.pid) return true;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
