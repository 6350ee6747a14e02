/**
 * Records golden transcripts from the real AWS CLI version 2: each case of cases.mjs is run against a server on the
 * loopback that answers what the case says; what the CLI sent, printed and left with is written to recorded/.
 *
 *   node test/cli/record.mjs [--aws /usr/bin/aws] [--models DIR] [GROUP …]
 *
 * `--models` names a folder in botocore's layout (sqs/2012-11-05/service-2.json …) with a newer model of SQS than
 * Debian's CLI carries: the JSON protocol and the move tasks. The tests read recorded/ and need no CLI.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILES, GROUPS } from './cases.mjs';

const here = new URL('.', import.meta.url).pathname;
const args = process.argv.slice(2);
const option = (name, otherwise) => {
  const index = args.indexOf(name);
  return index < 0 ? otherwise : args.splice(index, 2)[1];
};
const aws = option('--aws', '/usr/bin/aws');
const models = option('--models', undefined);
const version = spawnSync(aws, ['--version'], { encoding: 'utf8' }).stdout.split(' ')[0];
const home = mkdtempSync(join(tmpdir(), 'record-'));
for (const [name, content] of Object.entries(FILES)) writeFileSync(join(home, name), content);

let responses = [];
let requests = [];
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const target = String(request.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1);
    requests.push({ target, body: JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') });
    const answer = responses.shift() ?? { status: 500, body: { __type: 'NoMoreAnswers' } };
    const headers = { 'content-type': 'application/x-amz-json-1.0', ...(answer.headers ?? {}) };
    response.writeHead(answer.status ?? 200, headers);
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const endpoint = `http://127.0.0.1:${server.address().port}`;

const environment = {
  PATH: process.env.PATH,
  HOME: home,
  LC_ALL: 'C.UTF-8',
  COLUMNS: '80',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_PAGER: '',
  AWS_EC2_METADATA_DISABLED: 'true',
  ...(models === undefined ? {} : { AWS_DATA_PATH: models }),
};

function run(argv) {
  return new Promise((done) => {
    const child = spawn(aws, argv, { cwd: home, env: environment });
    const out = [];
    const err = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.stdin.end();
    child.on('close', (exit) =>
      done({
        exit,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      }),
    );
  });
}

mkdirSync(join(here, 'recorded'), { recursive: true });
const files = Object.entries(FILES).map(([name, content]) => [name, Buffer.from(content).toString('base64')]);
writeFileSync(
  join(here, 'recorded', 'files.json'),
  `${JSON.stringify(Object.fromEntries(files), null, 1)}\n`,
);
for (const [group, cases] of Object.entries(GROUPS)) {
  if (args.length > 0 && !args.includes(group)) continue;
  const recorded = [];
  for (const { name, argv, answers = [] } of cases) {
    responses = structuredClone(answers);
    requests = [];
    const sent = argv.includes('--endpoint-url') ? argv : [...argv, '--endpoint-url', endpoint];
    const { exit, stdout, stderr } = await run(sent);
    recorded.push({ name, argv, answers, requests, exit, stdout, stderr });
    process.stderr.write(`${exit} ${name}\n`);
  }
  const note = `${version}${models === undefined ? '' : ', with a newer model of SQS (JSON protocol)'}`;
  writeFileSync(
    join(here, 'recorded', `${group}.json`),
    `${JSON.stringify({ recordedFrom: note, cases: recorded }, null, 1)}\n`,
  );
}
server.close();
rmSync(home, { recursive: true, force: true });
