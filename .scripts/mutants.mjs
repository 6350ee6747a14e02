// Changes one rule at a time and plays the lessons that show it, or runs the test that holds it: each change must make
// one fail. The changed sources exist in memory only. `npm run mutants`, or `npm run mutants -- SQS-05 dead-letters`.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { MUTANTS } from '../test/mutants/table.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CACHE = join(ROOT, 'node_modules', '.cache', 'msg-playground-mutants');
const POOL = 2;
/** A changed rule can make a lesson run for ever. */
const PLAY_MS_MAX = 180_000;
const SOUND_MS_MAX = 900_000;
const FACT_KINDS = ['behaviour', 'limit', 'security'];

/** The sources with the edits made. Throws where a text is not there, or not once: the table is out of date. */
function edited(edits) {
  const files = new Map();
  for (const [file, find, replace] of edits) {
    const text = files.get(file) ?? readFileSync(join(ROOT, file), 'utf8');
    const parts = text.split(find);
    if (parts.length !== 2) {
      throw new Error(`${file} has ${parts.length - 1} times, and not once: ${JSON.stringify(find)}`);
    }
    files.set(file, parts.join(replace));
  }
  return files;
}

const withEdits = (files) => ({
  name: 'with-edits',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const contents = files.get(relative(ROOT, path).replaceAll('\\', '/'));
      return contents === undefined ? undefined : { contents, loader: 'ts' };
    });
  },
});

async function bundle(files, outfile) {
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['test/mutants/play.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    plugins: [withEdits(files)],
  });
}

/** What the lessons say of the changed program. One that hangs has been noticed as well. */
function play(outfile, asked, timeout = PLAY_MS_MAX) {
  const words = ['--max-old-space-size=1024', outfile, join(ROOT, 'lessons'), ...asked];
  return new Promise((resolve) => {
    execFile(process.execPath, words, { timeout, cwd: ROOT }, (error, stdout, stderr) => {
      if (error?.killed) resolve({ lessons: asked, failure: 'a lesson does not end' });
      else if (error) resolve({ lessons: [], failure: undefined, broken: stderr.trim().slice(-400) });
      else resolve(JSON.parse(stdout));
    });
  });
}

/** What a test file says of the changed program, in the words of `play`. */
function tried(test, files, name, timeout = PLAY_MS_MAX) {
  const [sources, outputFile] = [join(CACHE, `${name}-sources.json`), join(CACHE, `${name}-report.json`)];
  writeFileSync(sources, JSON.stringify([...files].map(([file, text]) => [join(ROOT, file), text])));
  const words = ['run', '--config', 'test/vitest.config.ts', test, '--reporter=json'];
  const env = { ...process.env, MUTANT_SOURCES: sources };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(ROOT, 'node_modules/vitest/vitest.mjs'), ...words, `--outputFile=${outputFile}`],
      { timeout, cwd: ROOT, env },
      (error, _stdout, stderr) => {
        const said = { lessons: [test], failure: undefined };
        if (error?.killed) return resolve({ ...said, failure: 'a test does not end' });
        const report = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : undefined;
        if (!report?.numTotalTests)
          return resolve({ ...said, broken: stderr.trim().slice(-400) || 'no test ran' });
        const failed = report.testResults.flatMap(({ assertionResults }) => assertionResults);
        const first = failed.find(({ status }) => status === 'failed');
        resolve({ ...said, failure: first && `${first.title}: ${first.failureMessages[0] ?? ''}` });
      },
    );
  });
}

async function verdictOf(mutant, index) {
  const started = Date.now();
  const outfile = join(CACHE, `mutant-${index}.mjs`);
  let found;
  try {
    const files = edited(mutant.edits);
    if (mutant.test !== undefined) found = await tried(mutant.test, files, `mutant-${index}`);
    else {
      await bundle(files, outfile);
      found = await play(outfile, mutant.lessons ?? [mutant.fact]);
    }
  } catch (error) {
    found = { lessons: [], failure: undefined, broken: error.message };
  }
  if (found.broken === undefined && found.lessons.length === 0) found.broken = 'no lesson shows this fact';
  const state = found.broken !== undefined ? 'BROKEN' : found.failure ? 'caught' : 'SURVIVES';
  const where = mutant.fact ?? mutant.lessons?.[0] ?? basename(mutant.test);
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  const why = found.broken ?? found.failure ?? `played: ${found.lessons.join(', ')}`;
  console.log(
    `${state.padEnd(8)} ${where.padEnd(18)} ${mutant.name.padEnd(62)} ${seconds.padStart(5)} s  ${short(why)}`,
  );
  return state;
}

const short = (text) => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 110 ? `${line.slice(0, 109)}…` : line;
};

const words = process.argv.slice(2);
const chosen = MUTANTS.filter(
  ({ name, fact, lessons, test }) =>
    words.length === 0 ||
    words.some((word) => [name, fact ?? '', ...(lessons ?? []), test ?? ''].join(' ').includes(word)),
);
rmSync(CACHE, { recursive: true, force: true });
mkdirSync(CACHE, { recursive: true });

const unchanged = join(CACHE, 'unchanged.mjs');
await bundle(new Map(), unchanged);
const asked = [...new Set(chosen.flatMap(({ fact, lessons, test }) => lessons ?? (test ? [] : [fact])))];
const tests = [...new Set(chosen.flatMap(({ test }) => test ?? []))];
for (const sounds of [
  () => play(unchanged, asked, SOUND_MS_MAX),
  ...tests.map((test, index) => () => tried(test, new Map(), `unchanged-${index}`)),
]) {
  const { failure, broken } = await sounds();
  if (failure === undefined && broken === undefined) continue;
  console.log(`the unchanged program fails: ${failure ?? broken}`);
  process.exit(1);
}

const waiting = chosen.map((mutant, index) => [mutant, index]);
const states = [];
await Promise.all(
  Array.from({ length: POOL }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      states.push(await verdictOf(...next));
    }
  }),
);

const facts = JSON.parse(readFileSync(join(ROOT, 'lessons', 'facts.json'), 'utf8')).facts;
const missing = facts
  .filter(({ id, kind }) => id.startsWith('SQS-') && FACT_KINDS.includes(kind))
  .filter(({ id }) => words.length === 0 && !MUTANTS.some(({ fact }) => fact === id));
for (const { id } of missing) console.log(`MISSING  ${id} has no mutant`);
const caught = states.filter((state) => state === 'caught').length;
console.log(`\n${caught} of ${states.length} mutants are caught`);
process.exitCode = caught === states.length && missing.length === 0 ? 0 : 1;
