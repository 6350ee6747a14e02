/** A session killed in the middle of play: kill -9 gives no chance to tidy up. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freshEnvironment, program, Shell } from '../support/program.ts';
import { TerminalProgram } from '../support/terminal.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shell: Shell;
beforeEach(() => {
  program();
  shell = new Shell();
});
afterEach(() => shell.remove());

const saves = (): string => join(shell.home, 'saves');
const onDisk = (name: string): string => {
  const path = join(saves(), name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

/** Looks at the disk until it holds a text. */
async function written(name: string, text: string): Promise<void> {
  await vi.waitFor(() => expect(onDisk(name)).toContain(text), { timeout: 20_000, interval: 50 });
}

function sandbox(...words: string[]): TerminalProgram {
  return new TerminalProgram(process.execPath, [program(), 'sandbox', ...words], {
    env: freshEnvironment(shell.home),
    cwd: shell.home,
  });
}

interface Shown {
  readonly notes: readonly string[];
  readonly resources: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
const show = (name: string): Shown =>
  JSON.parse(shell.run(['saves', 'show', name, '--json']).stdout) as Shown;

test('what was done before the kill is there again, in the save and on the screen', async () => {
  const screen = sandbox('--seed', '3');
  await screen.shows('paused');
  screen.press('sqs create-queue --queue-name orders\r');
  await screen.shows('QueueUrl');
  await written('sandbox.json', 'orders');
  screen.press("sqs send-message --queue-url orders --message-body 'keep me'\r");
  await screen.shows('MD5OfMessageBody');
  await written('sandbox.journal', 'keep me');
  process.kill(screen.pid, 'SIGKILL');
  await screen.ended();

  // What the dead program left does not stand in the way.
  expect(shell.run(['saves', 'rename', 'sandbox', 'kept'])).toMatchObject({ status: 0, stderr: '' });
  expect(shell.run(['saves', 'rename', 'kept', 'sandbox']).status).toBe(0);
  const shown = show('sandbox');
  expect(shown.notes).toEqual(['The program ended without leaving: the world is as it was then.']);
  expect(shown.resources['queue/orders']).toMatchObject({ sent: 1, visible: 1 });

  const again = sandbox('sandbox');
  await again.shows('orders');
  again.press('sqs create-queue --queue-name second\r');
  await again.shows('second');
  await written('sandbox.json', 'second');
  again.kill('SIGTERM');
  await again.ended();
  expect(show('sandbox').resources).toHaveProperty('queue/second');
  expect(readdirSync(saves()).filter((name) => !/^sandbox\.(json|journal)$/.test(name))).toEqual([]);
});

test('a world that runs by itself is kept too, to the last second', async () => {
  const screen = sandbox('--seed', '4');
  await screen.shows('paused');
  screen.press('sqs create-queue --queue-name orders\r');
  await screen.shows('QueueUrl');
  screen.press('app create-producer --name web --to queue/orders --rate 20/s\r');
  await screen.shows('web');
  screen.press('time resume\r');
  await vi.waitFor(() => expect(onDisk('sandbox.journal').split('"here"').length).toBeGreaterThan(4), {
    timeout: 20_000,
  });
  const last = onDisk('sandbox.journal')
    .trimEnd()
    .split('\n')
    .findLast((line) => line.includes('"here"'))!;
  process.kill(screen.pid, 'SIGKILL');
  await screen.ended();
  const { here } = JSON.parse(last) as { here: { position: { at: number } } };
  const { resources } = show('sandbox');
  const seconds = here.position.at / 1_000;
  expect(resources['app/web']!.sent!).toBeGreaterThan((seconds - 2) * 20 * 0.9);
});
