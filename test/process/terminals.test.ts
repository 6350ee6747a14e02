/** Whatever terminal it is: the whole screen is there, in the terminal's own colours, and nothing foreign reaches it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lessonWith } from '../support/course.ts';
import { freshEnvironment, program, Shell } from '../support/program.ts';
import { TerminalProgram } from '../support/terminal.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shell: Shell;
let screen: TerminalProgram;
beforeEach(() => {
  program();
  shell = new Shell();
});
afterEach(() => shell.remove());

function open(words: readonly string[], env: Record<string, string> = {}, size: object = {}): void {
  screen = new TerminalProgram(process.execPath, [program(), ...words], {
    env: freshEnvironment(shell.home, env),
    cwd: shell.home,
    ...size,
  });
}

async function leave(): Promise<void> {
  screen.press('\x03');
  screen.press('\x03');
  expect(await screen.ended()).toMatchObject({ code: 0 });
  expect(screen.onAlternateScreen).toBe(false);
  expect(screen.pastesBracketed).toBe(false);
}

describe('colours', () => {
  const TRUE_COLOUR = /\x1b\[[\d;]*[34]8;2;/u;
  const OF_256 = /\x1b\[[\d;]*[34]8;5;/u;
  const OF_16 = /\x1b\[(?:3[0-7]|9[0-7])m/u;

  test.each([
    ['xterm', '', [false, false, true]],
    ['xterm-256color', '', [false, true, false]],
    ['xterm-256color', 'truecolor', [true, false, false]],
  ] as const)('TERM=%s COLORTERM=%s: no colour that it does not have', async (TERM, COLORTERM, has) => {
    open([], { COLORTERM }, { name: TERM });
    await screen.shows('Start here');
    await leave();
    expect([TRUE_COLOUR, OF_256, OF_16].map((colour) => colour.test(screen.written))).toEqual(has);
  });
});

describe('sizes', () => {
  test.each([
    [60, 16],
    [80, 24],
    [240, 70],
  ])('%i columns, %i rows: the title above, the keys below', async (columns, rows) => {
    open(['sandbox', 'fan-out'], {}, { columns, rows });
    await screen.shows('help');
    expect(screen.rows[0]).toContain('fan-out');
    expect(screen.rows.at(-1)).toContain('? help');
    await leave();
  });

  test('a terminal too small is told so, and the screen is there once it grows', async () => {
    open(['sandbox', 'fan-out'], {}, { columns: 40, rows: 10 });
    await screen.shows('60');
    expect(screen.text).not.toContain('help');
    screen.resize(100, 30);
    await screen.shows('? help');
    await leave();
  });

  test('a storm of sizes leaves nothing behind', async () => {
    open(['sandbox', 'fan-out']);
    await screen.shows('? help');
    for (let turn = 0; turn < 40; turn++) screen.resize(60 + ((turn * 37) % 120), 16 + ((turn * 11) % 40));
    screen.resize(100, 30);
    const whole = /^ ●◐◌ .*\n[\s\S]*\? help$/u;
    await screen.shows(whole);
    const after = screen.text;
    screen.press('\x0c');
    await screen.shows(whole);
    expect(screen.text).toBe(after);
    await leave();
  });
});

test('a paste of 100 KB is taken or refused, and the program goes on', async () => {
  open(['sandbox']);
  await screen.shows('paused');
  screen.press(`\x1b[200~${'x'.repeat(100_000)}\x1b[201~`);
  screen.press('\x15');
  screen.press('aws sqs create-queue --queue-name orders\r');
  await screen.shows('QueueUrl');
  await leave();
});

const FOREIGN = /[\x9b\u202E\u200B]|\x1b\]52/u;

test('no byte of a message reaches the terminal as a control sequence', async () => {
  const message = { QueueUrl: 'orders', MessageBody: 'a\x9b31mb\u202Ec\u200Bd' };
  writeFileSync(join(shell.home, 'message.json'), JSON.stringify(message));
  open(['sandbox']);
  await screen.shows('paused');
  screen.press('sqs create-queue --queue-name orders\r');
  await screen.shows('QueueUrl');
  screen.press('sqs send-message --cli-input-json file://message.json\r');
  await screen.shows('never received');
  screen.press('sqs receive-message --queue-url orders --wait-time-seconds 1\r');
  await screen.shows('ReceiptHandle');
  await leave();
  expect(screen.written).not.toMatch(FOREIGN);
});

test('no byte of a lesson reaches the terminal as a control sequence', async () => {
  const title = 'Harmless\x1b]52;c;ZXZpbA==\x07\x1b[2J\u202Eb';
  const folder = join(shell.home, 'ana');
  const file = (name: string, content: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  mkdirSync(join(folder, 'sqs'), { recursive: true });
  file('course.json', {
    ...{ formatVersion: 1, id: 'ana', title, language: 'en', tracks: [{ id: 'sqs', title }] },
  });
  file('facts.json', { facts: [{ id: 'SQS-01', service: 'sqs', kind: 'behaviour', statement: title }] });
  file('sqs/01-first.json', { ...lessonWith(), title, question: title });
  open(['--lessons', 'ana']);
  await screen.shows('Harmless');
  screen.press('\r');
  await screen.shows('Stage');
  await leave();
  expect(screen.written).not.toMatch(FOREIGN);
  for (const words of ['lessons list', 'lessons check', 'facts', 'frame --plain', 'lesson sqs/none']) {
    open([...words.split(' '), '--lessons', 'ana']);
    await screen.ended();
    expect(screen.written, words).not.toMatch(FOREIGN);
  }
});
