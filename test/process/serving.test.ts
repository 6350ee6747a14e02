/** The flags of `serve`, end to end: what is kept, how the clock begins, who may call. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { freshEnvironment, program, Shell } from '../support/program.ts';

const shell = new Shell();
let served: ChildProcess | undefined;

interface Running {
  readonly url: string;
  readonly greeting: string;
}

/** Waits for the greeting. */
function serve(...flags: string[]): Promise<Running> {
  const child = spawn(process.execPath, [program(), 'serve', '--headless', '--port', '0', ...flags], {
    env: freshEnvironment(shell.home),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  served = child;
  return new Promise((resolve, reject) => {
    let greeting = '';
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}`)));
    child.stdout!.on('data', (text: Buffer) => {
      greeting += text.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+/u.exec(greeting)?.[0];
      if (url !== undefined && /kept in/u.test(greeting)) resolve({ url, greeting });
    });
  });
}

async function end(): Promise<void> {
  const child = served;
  served = undefined;
  if (child === undefined || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
afterEach(end);

const sqs = async (url: string, operation: string, input: object, headers = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
      ...headers,
    },
    body: JSON.stringify(input),
  });
const clock = async (url: string): Promise<object> =>
  ((await (await fetch(`${url}/_playground/state`)).json()) as { clock: object }).clock;

test('a world with --save is there again; the clock is as told; one web page may call', async () => {
  const file = join(shell.home, 'kept.json');
  const first = await serve('--save', file, '--paused', '--cors', 'http://app.example');
  expect(first.greeting).toContain(`kept in ${file}`);
  expect(await clock(first.url)).toMatchObject({ paused: true });
  const made = await sqs(first.url, 'CreateQueue', { QueueName: 'orders' }, { origin: 'http://app.example' });
  expect([made.status, made.headers.get('access-control-allow-origin')]).toEqual([200, 'http://app.example']);
  const { QueueUrl } = (await made.json()) as { QueueUrl: string };
  const other = await sqs(first.url, 'CreateQueue', { QueueName: 'o' }, { origin: 'http://other.example' });
  expect(other.status).toBe(403);
  await sqs(first.url, 'SendMessage', { QueueUrl, MessageBody: 'still here' });
  await end();

  const second = await serve('--save', file, '--speed', '1000');
  expect(await clock(second.url)).toMatchObject({ paused: false, speed: 1_000 });
  const received = await sqs(second.url, 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 1 });
  expect(await received.text()).toContain('still here');
}, 120_000);

test('--listen says who may call, and without --save what is kept', async () => {
  const { url, greeting } = await serve('--listen', '0.0.0.0');
  expect(greeting).toContain('kept in memory only, with the last 10 minutes to look back on');
  expect(greeting).toContain('listens on 0.0.0.0: everybody who reaches this machine may call');
  const named = await sqs(url, 'ListQueues', {}, { host: 'build.example' });
  expect(named.status).toBe(200);
}, 120_000);
