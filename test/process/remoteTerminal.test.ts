/** `run --endpoint-url` at a real terminal: the question before the first change, and Ctrl+C once and twice. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';
import { freshEnvironment, program, Shell } from '../support/program.ts';
import { TerminalProgram } from '../support/terminal.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const LINES = `aws sqs list-queues
aws sqs create-queue --queue-name orders
aws sqs send-message --queue-url orders --message-body one
aws sqs send-message --queue-url orders --message-body two
`;

let shell: Shell;
let endpoint: TestEndpoint;
beforeEach(async () => {
  program();
  shell = new Shell();
  endpoint = await startEndpoint();
});
afterEach(async () => {
  endpoint.session().clients.left();
  await endpoint.close();
  shell.remove();
});

function open(): TerminalProgram {
  writeFileSync(join(shell.home, 'lines.sh'), LINES);
  const env = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return new TerminalProgram(
    process.execPath,
    [program(), 'run', 'lines.sh', '--endpoint-url', endpoint.url],
    { env: freshEnvironment(shell.home, env), cwd: shell.home },
  );
}

const made = (): readonly string[] =>
  endpoint
    .session()
    .view()
    .resources.filter(({ kind }) => kind === 'queue')
    .map(({ name }) => name);
const sent = (): unknown => endpoint.session().view().resources[0]?.stock?.visible;

async function held(): Promise<void> {
  while (endpoint.session().clients.held.length === 0) await new Promise((resolve) => setImmediate(resolve));
}

describe('before the first line that changes something', () => {
  test('it asks, and yes sends that line and all that follow', async () => {
    const screen = open();
    await screen.shows('Send it, and those that follow? (y/n)');
    expect(screen.text).toContain(`The next line changes something at ${endpoint.url}`);
    expect(made()).toEqual([]);
    screen.press('y\r');
    expect(await screen.ended()).toMatchObject({ code: 0 });
    expect(screen.text).toContain('# The script made this, and it is still there.');
    expect(screen.text.match(/\(y\/n\)/gu)).toHaveLength(1);
    expect([made(), sent()]).toEqual([['orders'], 2]);
  });

  test.each([
    ['n', 'n\r'],
    ['Ctrl+C', '\x03'],
    ['Ctrl+D', '\x04'],
  ])('%s ends it, and nothing was changed', async (_name, keys) => {
    const screen = open();
    await screen.shows('(y/n)');
    screen.press(keys);
    expect(await screen.ended()).toMatchObject({ code: 1 });
    expect(screen.text).toContain('stopped: nothing was changed');
    expect(made()).toEqual([]);
  });
});

describe('while a call is under way', () => {
  async function underWay(operation: string): Promise<TerminalProgram> {
    endpoint.session().clients.hold('all', operation);
    const screen = open();
    await screen.shows('(y/n)');
    screen.press('y\r');
    await held();
    return screen;
  }

  test('Ctrl+C waits for the answer that says what was made, and sends no more', async () => {
    const screen = await underWay('CreateQueue');
    screen.press('\x03');
    await screen.shows('^C');
    endpoint.session().clients.release();
    expect(await screen.ended()).toMatchObject({ code: 1 });
    expect(screen.text).toContain('stopped by Ctrl+C');
    expect(screen.text).toMatch(/delete-queue --queue-url \S+orders/u);
    expect([made(), sent()]).toEqual([['orders'], 0]);
  });

  test('Ctrl+C twice cuts it off, and says what may have been made', async () => {
    const screen = await underWay('CreateQueue');
    screen.press('\x03');
    await screen.shows('^C');
    screen.press('\x03');
    expect(await screen.ended()).toMatchObject({ code: 1 });
    expect(screen.text).toContain('stopped by Ctrl+C');
    expect(screen.text).toContain('# sqs create-queue was cut off: look whether it was made');
    expect(made()).toEqual([]);
  });

  test('Ctrl+C once cuts off what makes nothing', async () => {
    const screen = await underWay('SendMessage');
    screen.press('\x03');
    expect(await screen.ended()).toMatchObject({ code: 1 });
    expect(screen.text).toMatch(/delete-queue --queue-url \S+orders/u);
    expect(sent()).toBe(0);
  });
});
