/**
 * Where the player's files are: saves, progress, settings and the log. Each system has its own place for them;
 * `MSG_PLAYGROUND_HOME` overrides it.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

export interface DataFolders {
  readonly home: string;
  readonly saves: string;
  readonly progress: string;
  readonly settings: string;
  readonly log: string;
}

export function dataFolders(environment: NodeJS.ProcessEnv = process.env): DataFolders {
  const given = environment.MSG_PLAYGROUND_HOME;
  const home =
    given === undefined || given === '' ? envPaths('msg-playground', { suffix: '' }).data : resolve(given);
  return {
    home,
    saves: join(home, 'saves'),
    progress: join(home, 'progress.json'),
    settings: join(home, 'settings.json'),
    log: join(home, 'msg-playground.log'),
  };
}

/**
 * The folder that holds `lessons` and `saves` of the program itself: above `dist` in the package, above `src` in a
 * checkout.
 */
export function programFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let step = 0; step < 4; step++) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    folder = dirname(folder);
  }
  return folder;
}
