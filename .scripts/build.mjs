// Bundles the program into dist, or into the folder given: main.js, and chunks that are loaded when they are needed. No dependency is left outside.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const REMOTE_CLIENTS = join(ROOT, 'src', 'cli', 'remote', 'clients.ts');

/** React's developer tools are asked for by Ink only under DEV; the import alone would break the bundle. */
const withoutDevtools = {
  name: 'without-devtools',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: 'devtools', namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'export default {};' }));
  },
};

/**
 * Of an SDK client only its runtime schemas are needed: not its transport, credentials and commands. Only `run
 * --endpoint-url` takes the clients themselves, in a chunk that nothing else loads.
 */
const schemasOnly = {
  name: 'schemas-only',
  setup({ onResolve }) {
    onResolve({ filter: /^@aws-sdk\/client-[a-z-]+$/ }, ({ path, importer }) => {
      const made = join(ROOT, 'node_modules', path, 'dist-es');
      return importer === REMOTE_CLIENTS
        ? { path: join(made, 'index.js'), sideEffects: false }
        : { path: join(made, 'schemas', 'schemas_0.js') };
    });
  },
};

/**
 * string-width takes 0.1 s of its first call to compile what it knows of emoji, and is asked for every row again.
 * Rows of narrow letters are counted here; whatever else there is starts it.
 */
const narrowFirst = {
  name: 'narrow-first',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^string-width$/ }, () => ({ path: 'width', namespace: 'narrow' }));
    onLoad({ filter: /.*/, namespace: 'narrow' }, () => ({
      resolveDir: ROOT,
      contents: `
        import { allNarrow } from './src/tui/paint/narrow.ts';
        const CODES = /\\x1b\\[[0-9;]*m/g;
        let whole;
        export default function stringWidth(text, options) {
          if (options === undefined && typeof text === 'string') {
            const bare = text.includes('\\x1b') ? text.replace(CODES, '') : text;
            if (allNarrow(bare)) return bare.length;
          }
          whole ??= require('./node_modules/string-width/index.js').default;
          return whole(text, options);
        }`,
    }));
  },
};

/** Yoga's program is inside the bundle; reading it by `fetch` loads all of Node's HTTP client first. */
const withoutFetch = {
  name: 'without-fetch',
  setup({ onLoad }) {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace('"function"!=typeof fetch', 'true');
      if (contents === source) throw new Error(`${path} no longer asks for fetch: look at withoutFetch`);
      return { contents };
    });
  },
};

async function bundle(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { main: 'src/main.ts', library: 'src/library/index.ts' },
    outdir: folder,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // ES modules where a package has them: what is not used is left out.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    plugins: [withoutDevtools, schemasOnly, narrowFirst, withoutFetch],
    banner: {
      // For CommonJS packages inside the bundle.
      js: [
        "import {createRequire as __createRequire} from 'node:module';",
        "import {fileURLToPath as __toPath} from 'node:url';",
        'const require=__createRequire(import.meta.url);',
        'const __filename=__toPath(import.meta.url);',
      ].join(''),
    },
  });
  // The library's types stand in one file that imports nothing.
  const types = readFileSync(join(ROOT, 'src/library/publicTypes.ts'), 'utf8');
  const made = 'export declare function createPlayground(options?: PlaygroundOptions): Playground;\n';
  writeFileSync(join(folder, 'library.d.ts'), `${types}\n/** A world in this process. */\n${made}`);
  // The package has no source: what its comments say is UNSURE is written down beside the bundle.
  const notes = execFileSync(process.execPath, [join(folder, 'main.js'), 'coverage', '--unsure', '--json']);
  writeFileSync(join(folder, 'unsure.json'), notes);
  return metafile;
}

const started = Date.now();
const { outputs } = await bundle(process.argv[2] ?? join(ROOT, 'dist'));
const bytes = Object.values(outputs).reduce((sum, output) => sum + output.bytes, 0);
const seconds = ((Date.now() - started) / 1_000).toFixed(1);
console.log(`dist: ${Object.keys(outputs).length} files, ${Math.round(bytes / 1_024)} KB, ${seconds} s`);
