/** The player's saves and the gallery: finding, listing, opening, renaming and deleting them. */
import { exists, join, nameOf, nameTrouble, readText, remove, rename, setAside } from '../platform/files.ts';
import type { Codec } from '../platform/gzip.ts';
import { heldBy } from '../platform/lock.ts';
import { recover } from './autosaveJournal.ts';
import { readSave, SAVE_BYTES_MAX } from './saveFile.ts';
import { type ListedFolders, listSaves } from './savesList.ts';
import type { Save } from './saveTypes.ts';
import type { Done } from './sessionTypes.ts';
import { ReadProblem } from './strictJson.ts';

export { listSaves } from './savesList.ts';

export interface SavesFolder extends ListedFolders {
  readonly codec: Codec;
  readonly services: readonly string[];
}

export type FoundSave =
  | {
      readonly ok: true;
      readonly save: Save;
      readonly path: string;
      /** Whose it is: a gallery world or a file from elsewhere is copied when it is played. */
      readonly own: boolean;
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

/** By a name of the player's, a name of the gallery, or a path. What happened after the save is brought in. */
export function findSave(saves: SavesFolder, wanted: string): FoundSave {
  const isPath = /[/\\]/.test(wanted) || wanted.endsWith('.json');
  const own = join(saves.folder, `${wanted}.json`);
  const inGallery = join(saves.gallery, `${wanted}.json`);
  if (!isPath) {
    const trouble = nameTrouble(wanted);
    if (trouble !== undefined) return { ok: false, why: trouble };
    if (exists(own)) return readFound(saves, own, true);
    if (exists(inGallery)) return readFound(saves, inGallery, false);
    const names = [...new Set(listSaves(saves).map(({ name }) => name))];
    const known = names.length === 0 ? 'There are none yet.' : `There are: ${names.slice(0, 20).join(', ')}.`;
    return { ok: false, why: `There is no save named ${wanted}. ${known}` };
  }
  if (!exists(wanted)) return { ok: false, why: `${wanted}: there is no such file` };
  return readFound(saves, wanted, false);
}

function readFound(saves: SavesFolder, path: string, own: boolean): FoundSave {
  const read = readSave(readText(path, SAVE_BYTES_MAX), saves);
  if (read instanceof ReadProblem) {
    return { ok: false, why: `${path} cannot be read. ${read.message}. The file is left as it is.` };
  }
  const save = { ...read, name: nameOf(path) };
  const journal = path.replace(/\.json$/, '.journal');
  if (!own || !exists(journal)) return { ok: true, save, path, own, notes: [] };
  return { ok: true, path, own, ...bringIn(saves, save, journal) };
}

/** A journal beside a save means that the program did not end well: what it holds is played again. */
function bringIn(
  saves: SavesFolder,
  save: Save,
  path: string,
): { readonly save: Save; readonly notes: readonly string[] } {
  const rules = { settings: save.settings, services: saves.services };
  const { result, problem } = recover(save, readText(path, SAVE_BYTES_MAX), rules);
  if (result.type === 'stale') return { save, notes: [] };
  if (result.type === 'foreign') {
    const aside = setAside(path);
    const why =
      problem?.message ?? `it goes on from revision ${result.revision}, the save is ${save.revision}`;
    return { save, notes: [`A journal does not belong to this save (${why}). It is kept as ${aside}.`] };
  }
  const notes = result.lines > 0 ? ['The program ended without leaving: the world is as it was then.'] : [];
  if (problem !== undefined) notes.push(`The journal cannot be read to its end: ${problem.message}.`);
  return { save: result.save, notes };
}

export function renameSave({ folder }: SavesFolder, from: string, to: string): Done {
  const trouble = nameTrouble(to);
  if (trouble !== undefined) return { ok: false, why: trouble };
  if (nameTrouble(from) !== undefined || !exists(join(folder, `${from}.json`))) {
    return { ok: false, why: `There is no save of yours named ${from}.` };
  }
  if (exists(join(folder, `${to}.json`))) return { ok: false, why: `A save named ${to} exists.` };
  const holder = heldBy(join(folder, `${from}.json`));
  if (holder !== undefined) return { ok: false, why: `${from} is open in another program (${holder}).` };
  // The journal goes first: when the program ends between the two, renaming again brings them together.
  if (exists(join(folder, `${from}.journal`))) {
    if (exists(join(folder, `${to}.journal`))) setAside(join(folder, `${to}.journal`));
    rename(join(folder, `${from}.journal`), join(folder, `${to}.journal`));
  }
  rename(join(folder, `${from}.json`), join(folder, `${to}.json`));
  return { ok: true };
}

export function deleteSave({ folder }: SavesFolder, name: string): Done {
  const path = join(folder, `${name}.json`);
  if (nameTrouble(name) !== undefined || !exists(path)) {
    return { ok: false, why: `There is no save of yours named ${name}.` };
  }
  const holder = heldBy(path);
  if (holder !== undefined) return { ok: false, why: `${name} is open in another program (${holder}).` };
  remove(path);
  remove(join(folder, `${name}.journal`));
  return { ok: true };
}

/** `sandbox`, `sandbox-2` …: the first that no save has. */
export function freeName({ folder }: SavesFolder, base: string, taken: readonly string[] = []): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!exists(join(folder, `${name}.json`)) && !taken.includes(name)) return name;
  }
}
