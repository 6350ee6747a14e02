/** From world to world by commands of the prompt, on the real screen. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freshEnvironment, program, ROOT, Shell } from '../support/program.ts';
import { TerminalProgram } from '../support/terminal.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shell: Shell;
beforeEach(() => {
  program();
  shell = new Shell();
});
afterEach(() => shell.remove());

function open(...words: string[]): TerminalProgram {
  return new TerminalProgram(process.execPath, [program(), ...words], {
    env: freshEnvironment(shell.home),
    cwd: shell.home,
  });
}

async function leave(screen: TerminalProgram): Promise<void> {
  screen.press('\x03');
  screen.press('\x03');
  await screen.ended();
}

const saved = (): string[] => readdirSync(join(shell.home, 'saves')).sort();

test('a world is saved under a name, another is opened, a third is begun', async () => {
  const screen = open('sandbox', '--seed', '3');
  await screen.shows('seed 3');
  screen.press('sqs create-queue --queue-name orders\r');
  await screen.shows('QueueUrl');
  screen.press('world save shop\r');
  await screen.shows('saved as shop');
  await screen.shows(/Sandbox › shop/);
  screen.press('world load flash-sale\r');
  await screen.shows(/Sandbox › flash-sale/);
  await screen.shows('worker');
  screen.press('world new --seed 8\r');
  await screen.shows('seed 8');
  await leave(screen);
  // The gallery's world was only looked at, and in the third nothing was done.
  expect(saved()).toEqual(['shop.json']);
});

test('a gallery world that is played is kept as a world of one’s own', async () => {
  const screen = open('sandbox', 'fifo-groups');
  await screen.shows(/Sandbox › fifo-groups/);
  screen.press('app stop --name web\r');
  await screen.shows('app stop');
  await leave(screen);
  expect(saved()).toEqual(['fifo-groups.json']);
  expect(shell.run(['saves', 'list']).stdout.match(/fifo-groups/g)).toHaveLength(2);
  expect(existsSync(join(ROOT, 'saves', 'fifo-groups.journal'))).toBe(false);
});

test('a lesson is opened from the prompt, and remembers its step', async () => {
  const screen = open('sandbox');
  await screen.shows('Sandbox');
  screen.press('lesson sqs/visibility-timeout\r');
  await screen.shows('The visibility timeout');
  await leave(screen);
  const home = open();
  await home.shows('Start here');
  await leave(home);
});

test('a world that is open is not written by a second program', async () => {
  const first = open('sandbox');
  await first.shows('paused');
  first.press('sqs create-queue --queue-name mine\r');
  await first.shows('QueueUrl');
  await vi.waitFor(() => expect(saved()).toContain('sandbox.json'), { timeout: 20_000 });
  const second = open('sandbox', 'sandbox');
  await second.shows('mine');
  second.press('sqs create-queue --queue-name other\r');
  await second.shows('is open in another program');
  await leave(second);
  await leave(first);
  expect(saved()).toEqual(['sandbox-2.json', 'sandbox.json']);
});
