// `npm run soak`: random histories of every service against its model, 10,000 of each, in processes side by side. One
// line for each service; a history that fails is shrunk and told as a script for `msg-playground run`.
//
//     npm run soak                          all services, 10,000 histories each
//     npm run soak -- sqs kinesis           some of them
//     HISTORIES=500 FIRST=2001 npm run soak
//     POOL=2 npm run soak                   so many processes at once
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');

/** By name: the test files, and into how many processes the histories are dealt. */
const SERVICES = {
  sqs: { file: 'test/oracle/sqs.test.ts', parts: 8, only: 'short histories' },
  sns: { file: 'test/oracle/sns.test.ts', parts: 4 },
  'sns-filters': { file: 'test/oracle/filterOracle.test.ts', parts: 1 },
  kinesis: { file: 'test/oracle/kinesis.test.ts', parts: 4, only: 'random histories' },
  firehose: { file: 'test/oracle/firehose.test.ts', parts: 8 },
  rabbitmq: { file: 'test/oracle/broker.test.ts', parts: 8, only: 'random histories' },
  'rabbitmq-cluster': { file: 'test/oracle/rabbitFailover.test.ts', parts: 8 },
  activemq: { file: 'test/oracle/activemq.test.ts', parts: 8 },
  alarms: { file: 'test/behaviour/cloudwatch/oracle.test.ts', parts: 4 },
  iam: { file: 'test/behaviour/iam/decisionOracle.test.ts', parts: 1 },
  store: { file: 'test/store/oracle.test.ts', parts: 8, only: 'answers alike' },
  timeline: { file: 'test/replay/jumps.test.ts', parts: 8 },
  lessons: { file: 'test/lessons/runnerAtRandom.test.ts', parts: 8 },
};

const histories = whole('HISTORIES', 10_000);
const first = whole('FIRST', 1);
const pool = whole('POOL', availableParallelism());
const names = process.argv.slice(2);
const unknown = names.find((name) => !(name in SERVICES));
if (unknown !== undefined) stop(`${unknown} is not known; choose of ${Object.keys(SERVICES).join(', ')}`);

function whole(name, otherwise) {
  const value = Number(process.env[name] ?? otherwise);
  if (!Number.isSafeInteger(value) || value < 1) stop(`${name} has to be a whole number from 1`);
  return value;
}

function stop(why) {
  console.error(`soak: ${why}`);
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'msg-playground-soak-'));

/** Plays some seeds of a service in a process of its own. */
function play(name, from, count) {
  const { file, only } = SERVICES[name];
  const report = join(scratch, `${name}-${from}.json`);
  const words = [VITEST, 'run', '--config', 'test/vitest.config.ts', file];
  words.push('--reporter=json', `--outputFile.json=${report}`, '--maxWorkers=1', '--testTimeout=86400000');
  if (only !== undefined) words.push('-t', only);
  const env = { ...process.env, HISTORIES: String(count), FIRST: String(from), PROPERTY_SEED: String(from) };
  const started = Date.now();
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: ROOT, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const seconds = (Date.now() - started) / 1_000;
      resolve({ seconds, failures: failuresOf(report, error, `${stdout}${stderr}`) });
    });
  });
}

/** What each failed test says; a process that ends badly has failed, too. */
function failuresOf(report, error, output) {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const tests = testResults.flatMap((each) => each.assertionResults);
    const told = tests
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n')}`);
    if (told.length > 0) return told;
    if (error === null && tests.some(({ status }) => status === 'passed')) return [];
  } catch {
    // There is no report: the output says why.
  }
  return [output.trim().slice(-4_000) || 'no test was run'];
}

const parts = [];
const results = new Map();
for (const [name, { parts: dealt }] of Object.entries(SERVICES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const many = Math.min(dealt, pool, Math.max(1, Math.floor(histories / 50)));
  const each = Math.ceil(histories / many);
  results.set(name, { open: 0, seconds: 0, failures: [] });
  for (let from = first; from < first + histories; from += each) {
    parts.push([name, from, Math.min(each, first + histories - from)]);
    results.get(name).open++;
  }
}

let failed = 0;
async function work() {
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const [name] = part;
    const { seconds, failures } = await play(...part);
    const result = results.get(name);
    result.seconds += seconds;
    result.failures.push(...failures);
    if (--result.open > 0) continue;
    failed += result.failures.length;
    const figures = `${String(histories).padStart(7)} histories ${result.seconds.toFixed(1).padStart(8)} s`;
    console.log(`${name.padEnd(18)} ${figures} ${String(result.failures.length).padStart(4)} failures`);
    for (const failure of result.failures) console.log(`\n${failure}\n`);
  }
}

await Promise.all(Array.from({ length: pool }, work));
rmSync(scratch, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
