/** The real program as a process: bundled once for each state of the sources, run in a data folder of its own. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

let entry: string | undefined;

/** The entry of a bundle of the sources as they are. */
export function program(): string {
  entry ??= bundled();
  return entry;
}

function bundled(): string {
  const stamp = Math.round(Math.max(newest(join(ROOT, 'src')), newest(join(ROOT, '.scripts'))));
  const dist = join(ROOT, 'dist', 'main.js');
  if (existsSync(dist) && statSync(dist).mtimeMs >= stamp) return dist;
  const cache = join(ROOT, 'node_modules', '.cache');
  const folder = join(cache, `program-${stamp}`);
  if (!existsSync(join(folder, 'main.js'))) {
    const mine = `${folder}-${process.pid}`;
    const built = spawnSync(process.execPath, [join(ROOT, '.scripts', 'build.mjs'), mine], {
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(built.stderr);
    if (existsSync(folder)) rmSync(mine, { recursive: true });
    else renameSync(mine, folder);
  }
  return join(folder, 'main.js');
}

/** The environment of a person who has just installed the program. */
export function freshEnvironment(home: string, more: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', SystemRoot = '' } = process.env;
  return { PATH, SystemRoot, HOME: home, LANG: 'C.UTF-8', MSG_PLAYGROUND_HOME: home, ...more };
}

export class Shell {
  readonly home = mkdtempSync(join(tmpdir(), 'playground-home-'));

  /** Runs the program to its end. */
  run(
    words: readonly string[],
    more: { input?: string; env?: Record<string, string> } = {},
  ): SpawnSyncReturns<string> {
    return spawnSync(process.execPath, [program(), ...words], {
      encoding: 'utf8',
      cwd: this.home,
      env: freshEnvironment(this.home, more.env),
      input: more.input ?? '',
      timeout: 60_000,
    });
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
