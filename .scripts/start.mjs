// `npm start`: builds when a source is newer than the bundle, then runs the bundle with the arguments given.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const ENTRY = join(ROOT, 'dist', 'main.js');

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const sources = ['src', '.scripts', 'package.json'].map((name) => newest(join(ROOT, name)));
if (!existsSync(ENTRY) || Math.max(...sources) > statSync(ENTRY).mtimeMs) {
  execFileSync(process.execPath, [join(ROOT, '.scripts', 'build.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

process.argv[1] = ENTRY;
await import(pathToFileURL(ENTRY).href);
