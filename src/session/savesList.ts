/** The saves of a folder as a list, from the beginnings of the files: nothing here reads a whole save. */
import { join, listFiles, nameOf, readStart } from '../platform/files.ts';

export interface ListedSave {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** UTC milliseconds. */
  readonly changed: number;
  readonly gallery: boolean;
  /** From the beginning of the file; undefined where that cannot be read. */
  readonly about:
    | { readonly engineVersion: string; readonly seed: number; readonly leftAt: number }
    | undefined;
}

export interface ListedFolders {
  readonly folder: string;
  /** Worlds that come with the program. */
  readonly gallery: string;
}

/** The player's, newest first, then the gallery's by name. */
export function listSaves({ folder, gallery }: ListedFolders): ListedSave[] {
  const own = listIn(folder, false).sort((a, b) => b.changed - a.changed || (a.name < b.name ? -1 : 1));
  return [...own, ...listIn(gallery, true)];
}

function listIn(folder: string, gallery: boolean): ListedSave[] {
  return listFiles(folder)
    .filter(({ name }) => name.endsWith('.json'))
    .map(({ name, bytes, changed }) => {
      const path = join(folder, name);
      return { name: nameOf(name), path, bytes, changed, gallery, about: aboutOf(path) };
    });
}

/** The members that stand first in the file, read without the rest. */
function aboutOf(path: string): ListedSave['about'] {
  const text = readStart(path, 4_000);
  const find = (pattern: RegExp): string | undefined => pattern.exec(text)?.[1];
  const engineVersion = find(/"engineVersion": "([^"]{1,40})"/);
  const seed = find(/"seed":(\d{1,16})/);
  const leftAt = find(/"leftAt": \{"at":(\d{1,16})/);
  if (engineVersion === undefined || seed === undefined || leftAt === undefined) return undefined;
  return { engineVersion, seed: Number(seed), leftAt: Number(leftAt) };
}
