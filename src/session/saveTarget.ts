/**
 * The right to write `NAME.json`. A file that another program holds, or that is newer than what we opened, is left
 * alone and the world gets the next free name; a broken one is set aside with an explanation.
 */
import { exists, join, readText, setAside, writeText } from '../platform/files.ts';
import type { Codec } from '../platform/gzip.ts';
import type { Lock } from '../platform/lock.ts';
import { readSave, SAVE_BYTES_MAX } from './saveFile.ts';
import { ReadProblem } from './strictJson.ts';

interface Claim {
  readonly folder: string;
  readonly name: string;
  /** The revision that we opened or wrote last; 0 for a world that was never on disk. */
  readonly revision: number;
  readonly services: readonly string[];
  readonly codec: Codec;
  readonly lock: (path: string) => Lock | { readonly heldBy: string };
}

export interface Claimed {
  readonly name: string;
  readonly lock: Lock;
  readonly note?: string;
}

export function claim(wanted: Claim): Claimed {
  const notes: string[] = [];
  for (let number = 1; number < 1_000; number++) {
    const name = number === 1 ? wanted.name : `${wanted.name}-${number}`;
    const path = join(wanted.folder, `${name}.json`);
    const held = wanted.lock(path);
    if ('heldBy' in held) {
      notes.push(`${name} is open in another program (${held.heldBy}).`);
      continue;
    }
    const trouble = troubleWith(path, number === 1 ? wanted.revision : 0, wanted);
    if (trouble === undefined || trouble.setAside) {
      if (trouble !== undefined) notes.push(trouble.note);
      if (number > 1) notes.push(`This world is kept as ${name}.`);
      return { name, lock: held, ...(notes.length === 0 ? {} : { note: notes.join(' ') }) };
    }
    held.release();
    if (number === 1) notes.push(trouble.note);
  }
  throw new Error(`no free name for ${wanted.name}: delete some saves`);
}

function troubleWith(
  path: string,
  revision: number,
  { codec, services }: Claim,
): { readonly note: string; readonly setAside: boolean } | undefined {
  if (!exists(path)) return undefined;
  const found = readSave(readText(path, SAVE_BYTES_MAX), { codec, services });
  if (!(found instanceof ReadProblem)) {
    if (found.revision === revision && revision > 0) return undefined;
    return { note: `${found.name} was written by somebody else meanwhile.`, setAside: false };
  }
  if (found.where === 'formatVersion') return { note: `${path}: ${found.message}.`, setAside: false };
  const aside = setAside(path);
  writeText(
    `${aside}.txt`,
    `This save could not be read, and was kept here before another was written under its name.\n\n${found.message}\n`,
  );
  return { note: `A save that could not be read was kept as ${aside}.`, setAside: true };
}
