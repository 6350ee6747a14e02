/** A folder as a flat list of paths with `/`, and its files read within bounds. Links that lead out are not followed. */
import { readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { exists, inside, readBytes, withFile } from './files.ts';

const ENTRIES_MAX = 5_000;

export interface FileTree {
  list(): readonly string[];
  read(path: string): Uint8Array | undefined;
}

export function fileTree(folder: string, fileBytesMax: number): FileTree {
  return {
    list() {
      if (!exists(folder)) return [];
      const entries = withFile(folder, () => readdirSync(folder, { recursive: true, withFileTypes: true }));
      return entries
        .filter((entry) => entry.isFile())
        .slice(0, ENTRIES_MAX)
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort((a, b) => (a < b ? -1 : 1));
    },
    read(path) {
      const found = inside(folder, path);
      if (found === undefined || !exists(found)) return undefined;
      const real = withFile(found, () => realpathSync(found));
      if (inside(realpathSync(folder), real) === undefined) return undefined;
      return readBytes(found, fileBytesMax);
    },
  };
}
