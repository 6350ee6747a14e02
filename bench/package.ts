/** B15 and B18: the bundle as it is published: how soon it paints, and how large it is. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { build } from 'esbuild';
import { atMost, type Bench, remark } from './measure.ts';

const ROOT = process.cwd();
/** Bundles and data folders of the benches; below the project, so that packages are found. */
const WORK = join(ROOT, 'node_modules/.cache/msg-playground-bench');
const DIST = join(WORK, 'dist');

/** An Ink program that paints one frame and leaves. */
const HELLO = `
import { createElement } from 'react';
import { render, Text } from 'ink';
render(createElement(Text, null, 'hello')).unmount();
`;

let isBuilt = false;
function buildOnce(): void {
  if (isBuilt) return;
  execFileSync(process.execPath, [join(ROOT, '.scripts/build.mjs'), DIST], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  isBuilt = true;
}

async function buildHello(): Promise<string> {
  const outfile = join(WORK, 'hello.mjs');
  writeFileSync(join(WORK, 'hello-source.mjs'), HELLO);
  await build({
    entryPoints: [join(WORK, 'hello-source.mjs')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
    external: ['react-devtools-core'],
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return outfile;
}

interface Painted {
  /** Milliseconds until the first words stood on the terminal. */
  readonly first: number;
}

/** Runs a program on a terminal until it has painted words, then lets it end. */
function paint(argv: readonly string[], extra: Record<string, string> = {}): Promise<Painted> {
  const home = mkdtempSync(join(tmpdir(), 'msg-playground-bench-'));
  const env = { ...process.env, TERM: 'xterm-256color', MSG_PLAYGROUND_HOME: home, ...extra };
  const start = performance.now();
  const terminal = spawn(process.execPath, [...argv], { cols: 120, rows: 36, cwd: home, env });
  return new Promise((resolve) => {
    let [text, first] = ['', 0];
    terminal.onData((data) => {
      text += data;
      if (first > 0 || !/\p{L}{4}/u.test(stripVTControlCharacters(text))) return;
      first = performance.now() - start;
      terminal.write('\x03\x03');
      setTimeout(() => terminal.kill('SIGTERM'), 2_000).unref();
    });
    terminal.onExit(() => {
      rmSync(home, { recursive: true, force: true });
      resolve({ first });
    });
  });
}

export const startUp: Bench = {
  name: 'B15',
  title: 'start to the first painted frame',
  async run() {
    buildOnce();
    const hello = await buildHello();
    const program = [join(DIST, 'main.js'), '--theme', 'dark'];
    const best = { mine: Number.POSITIVE_INFINITY, hello: Number.POSITIVE_INFINITY };
    for (let run = 0; run < 6; run++) {
      best.mine = Math.min(best.mine, (await paint(program)).first);
      best.hello = Math.min(best.hello, (await paint([hello])).first);
    }
    const note = ` (${best.mine.toFixed(0)} / ${best.hello.toFixed(0)} ms)`;
    return [atMost('first frame, against a bare Ink program', best.mine / best.hello, 1.3, '×', note)];
  },
};

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** The files of the bundle that a start to the home screen loads. */
async function filesOfStart(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'msg-playground-coverage-'));
  await paint([join(DIST, 'main.js'), '--theme', 'dark'], { NODE_V8_COVERAGE: folder });
  const base = pathToFileURL(`${DIST}/`).href;
  const urls = new Set<string>();
  for (const name of readdirSync(folder)) {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage;
    for (const { url } of result) if (url.startsWith(base)) urls.add(url);
  }
  rmSync(folder, { recursive: true, force: true });
  return [...urls].map((url) => join(DIST, url.slice(base.length)));
}

export const size: Bench = {
  name: 'B18',
  title: 'the published bundle',
  async run() {
    buildOnce();
    const files = readdirSync(DIST, { recursive: true }).map((name) => join(DIST, String(name)));
    const bytesOf = (paths: readonly string[]): number =>
      paths.reduce((sum, path) => sum + (statSync(path).isFile() ? statSync(path).size : 0), 0);
    const start = await filesOfStart();
    const code = files.filter((path) => path.endsWith('.js'));
    return [
      atMost('loaded by a start to the home screen, minified', bytesOf(start) / 1_048_576, 1, 'MB'),
      atMost('all of the bundle', bytesOf(code) / 1_048_576, 4, 'MB'),
      remark('files', `${code.length}, ${start.length} at the start`),
    ];
  },
};
