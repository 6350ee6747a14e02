/**
 * Tells when files of a folder change: once for what an editor does in one go. Each folder below is watched by itself:
 * an editor that puts a new file in the place of the old one is seen each time.
 */
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { exists, withFile } from './files.ts';

/** Editors write, rename and touch; after this long without more of it, they are done. */
const SETTLE_MS = 150;
const FOLDERS_MAX = 200;

/** `''` and all folders below, as relative paths with `/`. */
function foldersIn(folder: string): string[] {
  if (!exists(folder)) return [''];
  const entries = withFile(folder, () => readdirSync(folder, { recursive: true, withFileTypes: true }));
  const below = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(folder).length + 1)
        .replaceAll('\\', '/'),
    );
  return ['', ...below].slice(0, FOLDERS_MAX);
}

/** `changed` gets paths relative to the folder, with `/`. What comes back ends it. Throws `FileTrouble`. */
export function watchFolder(folder: string, changed: (paths: readonly string[]) => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  const paths = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = (path: string): void => {
    watchers.get(path)?.close();
    watchers.delete(path);
  };
  const heard = (path: string): void => {
    if (path !== '') paths.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      follow();
      const all = [...paths].sort();
      paths.clear();
      changed(all);
    }, SETTLE_MS);
  };
  /** Folders come and go while an author works. */
  const follow = (): void => {
    const folders = foldersIn(folder);
    for (const path of [...watchers.keys()]) if (!folders.includes(path)) forget(path);
    for (const path of folders) {
      if (watchers.has(path)) continue;
      const watcher = withFile(folder, () => watch(join(folder, path)));
      watcher.on('change', (_event, name) => heard([path, String(name ?? '')].filter(Boolean).join('/')));
      watcher.on('error', () => forget(path));
      watchers.set(path, watcher);
    }
  };
  follow();
  return () => {
    clearTimeout(timer);
    for (const path of [...watchers.keys()]) forget(path);
  };
}

/** The same until the process is ended: the program has nothing else to do. */
export function watchUntilLeft(folder: string, changed: (paths: readonly string[]) => void): Promise<never> {
  watchFolder(folder, changed);
  return new Promise(() => {});
}
