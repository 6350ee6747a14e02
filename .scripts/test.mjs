// `npm test`: types, style, tests, the bundle, and a check that every lesson can be learned from. The last line sums up.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BIN = join(ROOT, 'node_modules', '.bin');
const scratch = mkdtempSync(join(tmpdir(), 'msg-playground-test-'));
const results = join(scratch, 'vitest.json');
const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs a program in the open; true when it went well. */
function run(command, ...words) {
  const file = process.platform === 'win32' && command.startsWith(BIN) ? `${command}.cmd` : command;
  return spawnSync(file, words, { cwd: ROOT, stdio: 'inherit', shell: file.endsWith('.cmd') }).status === 0;
}

function check(name, ...steps) {
  console.log(`\n── ${name}`);
  const good = steps.every((step) => step());
  total[good ? 'passed' : 'failed']++;
  if (!good) console.log(`${name}: failed`);
}

function tests() {
  console.log('\n── tests');
  const config = ['--config', 'test/vitest.config.ts'];
  const good = run(
    join(BIN, 'vitest'),
    'run',
    ...config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  );
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests;
    total.skipped += report.numPendingTests + report.numTodoTests;
    // A file that cannot even be loaded holds no test that failed.
    if (!good && report.numFailedTests === 0) total.failed += Math.max(1, report.numFailedTestSuites);
  } catch {
    total.failed++;
  }
}

check('bundle', () => run(process.execPath, '.scripts/build.mjs'));
check(
  'types',
  () => run(join(BIN, 'tsc'), '-p', '.'),
  () => run(join(BIN, 'tsc'), '-p', 'src/engine'),
);
check('style', () => run(join(BIN, 'biome'), 'check'));
check('lessons', () => run(process.execPath, 'dist/main.js', 'lessons', 'check'));
tests();

rmSync(scratch, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
