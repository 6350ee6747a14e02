/** The terminal is always given back as it was. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freshEnvironment, program, ROOT, Shell } from '../support/program.ts';
import { TerminalProgram } from '../support/terminal.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shell: Shell;
beforeEach(() => {
  program();
  shell = new Shell();
});
afterEach(() => shell.remove());

function open(
  words: readonly string[],
  env: Record<string, string> = {},
  size: object = {},
): TerminalProgram {
  return new TerminalProgram(process.execPath, [program(), ...words], {
    env: freshEnvironment(shell.home, env),
    cwd: shell.home,
    ...size,
  });
}

test('q at home asks, and leaves with the screen as it was', async () => {
  const screen = open([]);
  await screen.shows('Start here');
  expect(screen.onAlternateScreen).toBe(true);
  screen.press('q');
  await screen.shows('leave');
  screen.press('\r');
  expect(await screen.ended()).toMatchObject({ code: 0 });
  expect(screen.onAlternateScreen).toBe(false);
  expect(screen.pastesBracketed).toBe(false);
  expect(screen.written).toContain('\x1b[?25h');
});

test('Ctrl+C twice leaves a sandbox, and the world is kept', async () => {
  const screen = open(['sandbox']);
  await screen.shows('paused');
  screen.press('sqs create-queue --queue-name orders\r');
  await screen.shows('QueueUrl');
  screen.press('\x03');
  screen.press('\x03');
  expect(await screen.ended()).toMatchObject({ code: 0 });
  expect(screen.onAlternateScreen).toBe(false);
  expect(existsSync(join(shell.home, 'saves', 'sandbox.json'))).toBe(true);
  expect(existsSync(join(shell.home, 'saves', 'sandbox.journal'))).toBe(false);
});

test.each(['SIGTERM', 'SIGHUP'])('%s leaves with the screen as it was', async (signal) => {
  const screen = open([]);
  await screen.shows('Start here');
  screen.kill(signal);
  const { code } = await screen.ended();
  expect(code).toBe(signal === 'SIGTERM' ? 143 : 129);
  expect(screen.onAlternateScreen).toBe(false);
});

test('Ctrl+Z stops the program in a shell, and fg brings the screen back', async () => {
  const screen = new TerminalProgram('bash', ['--norc', '--noprofile', '-i'], {
    env: { ...freshEnvironment(shell.home), PS1: 'ready> ' },
    cwd: shell.home,
  });
  await screen.shows('ready>');
  screen.press(`'${process.execPath}' '${program()}' sandbox\r`);
  await screen.shows('paused');
  screen.press('\x1a');
  await screen.shows('Stopped');
  expect(screen.onAlternateScreen).toBe(false);
  screen.press('echo still a shell\r');
  await screen.shows(/^still a shell/m);
  screen.press('fg\r');
  await screen.shows('paused');
  expect(screen.onAlternateScreen).toBe(true);
  screen.press('\x03');
  screen.press('\x03');
  // The shell's own prompt is the last thing on the screen again.
  await screen.shows(/ready>\s*$/);
  screen.kill('SIGKILL');
  await screen.ended();
});

test('NO_COLOR: no colour reaches the terminal', async () => {
  const screen = open([], { NO_COLOR: '1' });
  await screen.shows('Start here');
  screen.press('\x03');
  screen.press('\x03');
  await screen.ended();
  expect(screen.written).not.toMatch(/\x1b\[[0-9;]*(?:3[0-8]|4[0-8]|9[0-7])[0-9;]*m/);
});

test('a locale without Unicode: ASCII only', async () => {
  const screen = open([], { LANG: 'C', LC_ALL: 'C' });
  await screen.shows('Start here');
  const text = screen.text;
  screen.press('\x03');
  screen.press('\x03');
  await screen.ended();
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
});

test('a terminal that cannot place its cursor gets lines instead of a screen', () => {
  const { status, stderr } = shell.run([], { env: { TERM: 'dumb' } });
  expect(status).toBe(2);
  expect(stderr).toContain('--plain');
});

describe('an error that nobody caught', () => {
  const run = (body: string): ReturnType<typeof spawnSync> => {
    const code = `import { onTrouble } from './src/platform/process.ts';
      onTrouble({ log: ${JSON.stringify(join(shell.home, 'the.log'))}, keep: () => console.log('kept'), giveBack: () => console.log('given back') });
      ${body}`;
    return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      cwd: ROOT,
      encoding: 'utf8',
    });
  };

  test.each([
    ['thrown later', "setTimeout(() => { throw new Error('the wheel came off'); }, 1);"],
    ['in a promise', "Promise.reject(new Error('the wheel came off'));"],
  ])('%s: the screen first, then one sentence, the story in the log', (_how, body) => {
    const { status, stdout, stderr } = run(body);
    expect(status).toBe(1);
    expect(stdout).toBe('given back\nkept\n');
    expect(stderr).toContain('msg-playground stopped: the wheel came off\nThe world is kept up to here.');
    expect(String(stderr).split('\n')).toHaveLength(3);
    expect(readFileSync(join(shell.home, 'the.log'), 'utf8')).toContain('Error: the wheel came off\n    at');
  });
});
