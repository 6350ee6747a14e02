/** Worlds for the commands of the shell: settings from flags, saves from the player's folder, files for `file://`. */
import { dirname, resolve } from 'node:path';
import { CATALOG } from '../catalog.ts';
import { type AwsWorldSettings, worldSettings } from '../contract/world.ts';
import type { GlobalFlags } from '../flags.ts';
import { exists, inside, join, readBytes } from '../platform/files.ts';
import { type DataFolders, dataFolders, programFolder } from '../platform/folders.ts';
import { gzip } from '../platform/gzip.ts';
import type { SavesFolder } from '../session/savesFolder.ts';
import type { ReadFile } from '../session/surroundings.ts';

const SERVICES: readonly string[] = CATALOG.map(({ description }) => description.name);

export function settingsFrom(
  flags: GlobalFlags,
  otherwise: Partial<AwsWorldSettings> = {},
): AwsWorldSettings {
  const { seed, limits, delivery, dials } = flags;
  return worldSettings({
    ...otherwise,
    ...(seed === undefined ? {} : { seed }),
    ...(limits === undefined ? {} : { limits }),
    ...(delivery === undefined ? {} : { delivery }),
    ...(dials === undefined ? {} : { dials }),
  });
}

export function savesFolder(folders: DataFolders = dataFolders()): SavesFolder {
  return { folder: folders.saves, gallery: join(programFolder(), 'saves'), codec: gzip, services: SERVICES };
}

const FILE_MAX = 8 * 1_048_576;

/** `file://NAME` reaches what lies below these folders, nothing else. */
export function filesBelow(...folders: readonly string[]): ReadFile {
  return (path) => {
    for (const folder of folders) {
      const found = inside(folder, path);
      if (found !== undefined && exists(found)) return readBytes(found, FILE_MAX);
    }
    return undefined;
  };
}

/** For a script: its own folder, and where it is run. */
export const filesOfScript = (file: string): ReadFile =>
  file === '-' ? filesBelow(process.cwd()) : filesBelow(dirname(resolve(file)), process.cwd());
