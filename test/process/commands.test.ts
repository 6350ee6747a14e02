import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freshEnvironment, program, ROOT, Shell } from '../support/program.ts';

const SCRIPT = `# A queue, a worker, and a message that is refused.
aws sqs create-queue --queue-name orders
URL=$(aws sqs get-queue-url --queue-name orders --query QueueUrl --output text)
aws sqs send-message --queue-url $URL --message-body 'hello' --query MessageId
aws sqs send-message --queue-url $URL --message-body '' || true
app create-consumer --name worker --from queue/orders
sleep 5
expect queue/orders visible=0
`;

let shell: Shell;
beforeAll(() => {
  program();
  shell = new Shell();
  writeFileSync(join(shell.home, 'good.sh'), SCRIPT);
  writeFileSync(
    join(shell.home, 'refused.sh'),
    'aws sqs get-queue-url --queue-name none\naws sqs list-queues\n',
  );
  writeFileSync(
    join(shell.home, 'unmet.sh'),
    'aws sqs create-queue --queue-name a\nexpect queue/a visible=1\n',
  );
}, 120_000);
afterAll(() => shell.remove());
vi.setConfig({ testTimeout: 120_000 });

test('a command that does not exist is named, with the one that was perhaps meant', () => {
  const { status, stderr } = shell.run(['sandbx']);
  expect(status).toBe(2);
  expect(stderr).toContain('there is no command sandbx; sandbox, perhaps?');
});

describe('run', () => {
  test('prints a transcript, the same bytes twice, other ids for another seed', () => {
    const first = shell.run(['run', 'good.sh']);
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    expect(first.stdout).toMatch(/^\$ aws sqs create-queue --queue-name orders\n\{\n {4}"QueueUrl": "https:/);
    expect(first.stdout).toContain('An error occurred (');
    expect(shell.run(['run', 'good.sh']).stdout).toBe(first.stdout);
    const other = shell.run(['run', 'good.sh', '--seed', '2']);
    expect(other.status).toBe(0);
    expect(other.stdout).not.toBe(first.stdout);
  });

  test('reads a script from the input', () => {
    const answer = shell.run(['run', '-'], { input: SCRIPT });
    expect(answer.stdout).toBe(shell.run(['run', 'good.sh']).stdout);
  });

  test('stops with 1 at the first refusal that was not expected', () => {
    const { status, stdout, stderr } = shell.run(['run', 'refused.sh']);
    expect(status).toBe(1);
    expect(stdout).toContain('AWS.SimpleQueueService.NonExistentQueue');
    expect(stdout).not.toContain('list-queues');
    expect(stderr).toContain('was refused');
  });

  test('stops with 1 at an expectation that is not met', () => {
    const { status, stderr } = shell.run(['run', 'unmet.sh']);
    expect(status).toBe(1);
    expect(stderr).toContain('is not met');
  });

  test('lets time pass until a condition is met', () => {
    expect(shell.run(['run', 'good.sh', '--until', 'app/worker processed=1']).status).toBe(0);
  });

  test('gives lines and figures as JSON', () => {
    const { stdout, status } = shell.run(['run', 'good.sh', '--json', '--report', '--seed', '7']);
    expect(status).toBe(0);
    const told = JSON.parse(stdout) as {
      ok: boolean;
      seed: number;
      lines: { line: string }[];
      report: object;
    };
    expect(told).toMatchObject({
      ok: true,
      seed: 7,
      report: { resources: { 'app/worker': { processed: 1 } } },
    });
    expect(told.lines).toHaveLength(7);
  });

  test('tries seeds, and prints the command that shows the one that fails', () => {
    expect(shell.run(['run', 'good.sh', '--seeds', '1..3']).stdout).toBe('3 seeds, all good\n');
    const failed = shell.run(['run', 'unmet.sh', '--seeds', '5..9']);
    expect(failed.status).toBe(1);
    expect(failed.stdout).toContain('# see it: msg-playground run unmet.sh --seed 5\n');
  });

  test('with --strict takes only what bash would', () => {
    writeFileSync(join(shell.home, 'short.sh'), 'sqs create-queue --queue-name a\n');
    expect(shell.run(['run', 'short.sh']).status).toBe(0);
    const { status, stderr } = shell.run(['run', 'short.sh', '--strict']);
    expect(status).toBe(1);
    expect(stderr).toContain('must be written out: aws sqs create-queue --queue-name a');
  });

  test('survives a reader that goes away', async () => {
    const child = spawn(process.execPath, [program(), 'run', '-'], { env: freshEnvironment(shell.home) });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    child.stdin.on('error', () => {});
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.end(`aws sqs create-queue --queue-name a\n${'aws sqs list-queues\n'.repeat(2_000)}`);
    const status = await new Promise((resolve) => child.once('close', resolve));
    expect(errors).toBe('');
    expect(status).toBe(0);
  });
});

describe('wrong usage ends with 2', () => {
  test.each([
    [['dance']],
    [['run']],
    [['run', 'good.sh', '--seed', 'x']],
    [['run', 'good.sh', '--seeds', '9..1']],
    [['run', 'good.sh', '--delivery', 'wild']],
    [['lessons', 'check', 'sqs/none']],
    [['frame', '--size', 'big']],
    [['completion', 'tcsh']],
    [['serve', '--port', 'x']],
    [['arena', 'nowhere']],
    [['run', 'good.sh', '--endpoint-url', 'http://localhost']],
  ])('%j', (words) => {
    const { status, stderr, stdout } = shell.run(words);
    expect(stderr).not.toBe('');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test('no terminal: the help, and what needs none', () => {
    for (const words of [[], ['sandbox'], ['lesson', 'sqs/visibility-timeout']]) {
      const { status, stderr } = shell.run(words);
      expect(status).toBe(2);
      expect(stderr).toContain('Usage: msg-playground');
      expect(stderr).toContain('the input is not a terminal');
    }
  });
});

describe('frame', () => {
  test('prints home, a lesson, a script’s world and a pane in the size asked for, without codes', () => {
    for (const words of [
      [],
      ['--lesson', 'sqs/visibility-timeout'],
      ['--run', 'good.sh', '--pane', 'events'],
    ]) {
      const { stdout, status, stderr } = shell.run(['frame', '--plain', '--size', '100x30', ...words]);
      expect(stderr).toBe('');
      expect(status).toBe(0);
      expect(stdout.split('\n')).toHaveLength(31);
      expect(stdout).not.toContain('\x1b');
    }
  });

  test('is painted when a theme is asked for', () => {
    expect(shell.run(['frame', '--theme', 'dark', '--size', '80x24']).stdout).toContain('\x1b[');
    expect(
      shell.run(['frame', '--theme', 'dark', '--size', '80x24'], { env: { NO_COLOR: '1' } }).stdout,
    ).not.toMatch(/\x1b\[3[0-9;]/);
  });

  test('says what it does not find', () => {
    expect(shell.run(['frame', '--lesson', 'sqs/none'])).toMatchObject({ status: 1 });
    expect(shell.run(['frame', '--save', 'none']).stderr).toContain('There is no save named none');
  });
});

describe('progress, saves, lessons', () => {
  test('progress goes out and comes in', () => {
    const { stdout } = shell.run(['progress', 'export']);
    expect(JSON.parse(stdout)).toEqual({ formatVersion: 1, lessons: {}, facts: {} });
    const other = {
      formatVersion: 1,
      lessons: {
        'sqs/visibility-timeout': {
          steps: { receive: { status: 'done', when: '2026-01-05T09:00:00.000Z' } },
        },
      },
      facts: {},
    };
    writeFileSync(join(shell.home, 'other.json'), JSON.stringify(other));
    expect(shell.run(['progress', 'import', 'other.json']).status).toBe(0);
    expect(shell.run(['progress', 'show']).stdout).toContain('sqs/visibility-timeout: 1 of 4 steps');
    expect(shell.run(['progress', 'reset'])).toMatchObject({ status: 1 });
    expect(shell.run(['progress', 'reset', '--yes'])).toMatchObject({ status: 0 });
    expect(JSON.parse(shell.run(['progress', 'export']).stdout)).toMatchObject({ lessons: {} });
  });

  test('progress that cannot be read is set aside, not lost', () => {
    writeFileSync(join(shell.home, 'progress.json'), '{"formatVersion": 1, "lessons": 7}');
    expect(shell.run(['progress', 'show']).stdout).toContain('It is kept as');
    expect(readFileSync(join(shell.home, 'progress.json.broken'), 'utf8')).toContain('"lessons": 7');
  });

  test('a name that leads out of the folder is refused', () => {
    for (const name of ['../x', 'a/../../b', '..']) {
      expect(shell.run(['saves', 'delete', name]).status).toBe(1);
    }
    expect(shell.run(['sandbox', '--plain', '..']).stderr).toContain('cannot be a name');
  });

  test('lessons are listed, and words for them', () => {
    expect(shell.run(['lessons', 'list']).stdout).toContain('sqs/visibility-timeout');
    expect(JSON.parse(shell.run(['lessons', 'vocabulary', '--json']).stdout)).toHaveProperty('states');
  });
});

describe('play in lines', () => {
  test('a sandbox takes commands, and is kept', () => {
    const lines =
      'sqs create-queue --queue-name orders\nsqs send-message --queue-url orders --message-body hi\n:state\n:quit\n';
    const { stdout, status } = shell.run(['sandbox', '--plain', '--seed', '5'], { input: lines });
    expect(status).toBe(0);
    expect(stdout).toContain('queue/orders: 1 visible, 0 in flight, 0 delayed');
    expect(stdout).not.toContain('\x1b');
    expect(existsSync(join(shell.home, 'saves', 'sandbox.json'))).toBe(true);
    const again = shell.run(['sandbox', '--plain', 'sandbox'], { input: ':state\n' });
    expect(again.stdout).toContain('queue/orders: 1 visible');
    expect(shell.run(['saves', 'list']).stdout).toMatch(/^sandbox +at 00:00:00\.\d+, seed 5/);
    expect(shell.run(['replay', 'sandbox', '--verify'])).toMatchObject({ status: 0 });
    expect(shell.run(['saves', 'rename', 'sandbox', 'shop']).status).toBe(0);
    expect(shell.run(['saves', 'delete', 'shop']).status).toBe(0);
  });

  test('from world to world, in the order of the lines', () => {
    const lines =
      'world new --seed 8\nworld settings\nworld load fifo-groups\n:state\nlesson sqs/visibility-timeout\n';
    const { stdout } = shell.run(['sandbox', '--plain'], { input: lines });
    expect(stdout).toContain('"seed": 8');
    expect(stdout).toContain('queue/orders.fifo: 29 visible');
    expect(stdout).toContain('step 1 of 4');
  });

  test('a lesson asks, and goes on when its goal is met', () => {
    const lines = '1\naws sqs receive-message --queue-url orders\n:next\n:quit\n';
    const { stdout } = shell.run(['lesson', 'sqs/visibility-timeout', '--plain'], { input: lines });
    expect(stdout).toContain('step 1 of 4');
    expect(stdout).toContain('The goal is met.');
    expect(stdout).toContain('step 2 of 4');
    expect(shell.run(['progress', 'show']).stdout).toContain('sqs/visibility-timeout: 1 of 4 steps');
  });
});

describe('a damaged save', () => {
  test('is explained, and left as it is', () => {
    const path = join(shell.home, 'saves', 'broken.json');
    shell.run(['sandbox', '--plain'], { input: 'world save broken\n:quit\n' });
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.slice(0, 500));
    const { status, stderr } = shell.run(['replay', 'broken']);
    expect(status).toBe(1);
    expect(stderr).toContain('the file ends too early');
    expect(readFileSync(path, 'utf8')).toBe(whole.slice(0, 500));
    expect(shell.run(['doctor'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('look  save broken'),
    });
    shell.run(['saves', 'delete', 'broken']);
  });
});

test('the package’s version is the program’s', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(shell.run(['--version']).stdout).toBe(`${version}\n`);
});

test('completion scripts know every command', () => {
  for (const name of ['bash', 'zsh', 'fish']) {
    const { stdout, status } = shell.run(['completion', name]);
    expect(status).toBe(0);
    for (const word of ['sandbox', 'lessons', 'replay', 'vocabulary']) expect(stdout).toContain(word);
  }
});
