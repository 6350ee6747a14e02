/**
 * Files on disk: written so that a crash leaves the old or the new one, read with a bound on their size, named so
 * that they cannot lie outside their folder. Errors of the disk come as `FileTrouble`, in words.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** What the disk would not do: a sentence for the player. */
export class FileTrouble extends Error {
  override readonly name = 'FileTrouble';
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be opened: check its permissions',
  EPERM: 'it may not be changed: check its permissions',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
};

/** Runs work on a file; what fails comes back in words. */
export function withFile<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof FileTrouble) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!/^E[A-Z]+$/.test(code)) throw error;
    throw new FileTrouble(`${path}: ${WORDS[code] ?? code}`);
  }
}

export const exists = (path: string): boolean => existsSync(path);

/** The text of a file of at most `max` bytes. */
export function readText(path: string, max: number): string {
  return Buffer.from(readBytes(path, max)).toString('utf8');
}

export function readBytes(path: string, max: number): Uint8Array {
  return withFile(path, () => {
    const { size } = statSync(path);
    if (size > max) throw new FileTrouble(`${path}: ${size} bytes, at most ${max} are read`);
    return readFileSync(path);
  });
}

/** The first characters of a file, however long it is. */
export function readStart(path: string, bytes: number): string {
  return withFile(path, () => {
    const file = openSync(path, 'r');
    try {
      const start = Buffer.alloc(bytes);
      return start.toString('utf8', 0, readSync(file, start, 0, bytes, 0));
    } finally {
      closeSync(file);
    }
  });
}

/** The old text or the new one, never a part, also when the machine stops in the middle. */
export function writeText(path: string, text: string): void {
  withFile(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileAtomic.sync(path, text, { fsync: true });
    syncFolder(dirname(path));
  });
}

/** Adds to a file. It survives the end of the program at once, and with `durable` also that of the machine. */
export function appendText(path: string, text: string, durable: boolean): void {
  withFile(path, () => {
    const file = openSync(path, 'a');
    try {
      appendFileSync(file, text);
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
  });
}

/** A renaming is on the disk only when its folder is. Not every system can do this. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export function remove(path: string): void {
  withFile(path, () => rmSync(path, { force: true }));
}

export function rename(from: string, to: string): void {
  withFile(from, () => renameSync(from, to));
}

/** Moves a file aside to the first free of `NAME.broken`, `NAME.broken2` … and returns where it is now. */
export function setAside(path: string): string {
  for (let number = 1; ; number++) {
    const aside = `${path}.broken${number === 1 ? '' : number}`;
    if (existsSync(aside)) continue;
    rename(path, aside);
    return aside;
  }
}

export interface FileEntry {
  readonly name: string;
  readonly bytes: number;
  /** Wall time of the last change, in UTC milliseconds. */
  readonly changed: number;
}

/** The plain files of a folder; empty where there is none. */
export function listFiles(folder: string): FileEntry[] {
  if (!existsSync(folder)) return [];
  return withFile(folder, () =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => {
        const { size, mtimeMs } = statSync(join(folder, name));
        return { name, bytes: size, changed: Math.round(mtimeMs) };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

export const makeFolder = (path: string): void => {
  withFile(path, () => mkdirSync(path, { recursive: true }));
};

/** Windows keeps these names for itself. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Why a name cannot be a file's; undefined when it can. */
export function nameTrouble(name: string): string | undefined {
  if (!/^[A-Za-z0-9][A-Za-z0-9 _-]{0,59}$/.test(name) || name.endsWith(' ') || RESERVED.test(name)) {
    return `"${name.slice(0, 80)}" cannot be a name: letters, digits, blanks, - and _, 60 at most`;
  }
  return undefined;
}

/** A path below `folder`, or nothing when `relative` leads out of it. */
export function inside(folder: string, relative: string): string | undefined {
  const root = resolve(folder);
  const path = resolve(root, relative);
  return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : undefined;
}

export const nameOf = (path: string): string => basename(path).replace(/\.json$/, '');
export { join };
