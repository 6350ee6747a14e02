/** Courses from elsewhere, from the shell: made, checked by several processes, played, their progress kept apart. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { lessonWith, sendStep } from '../support/course.ts';
import { program, Shell } from '../support/program.ts';

let shell: Shell;
const course = (id: string, more: object = {}): void => {
  const folder = join(shell.home, id);
  const file = (name: string, content: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  mkdirSync(join(folder, 'sqs'), { recursive: true });
  const tracks = [{ id: 'sqs', title: 'Letters' }];
  file('course.json', { formatVersion: 1, id, title: 'By Ana', language: 'en', tracks, ...more });
  const facts = ['SQS-01', 'SQS-05'].map((fact) => ({
    ...{ id: fact, service: 'sqs', kind: 'behaviour', statement: 'A queue keeps messages.' },
  }));
  file('facts.json', { facts });
  for (const number of [1, 2, 3, 4]) file(`sqs/0${number}-letter-${number}.json`, lessonWith());
};

beforeAll(() => {
  program();
  shell = new Shell();
  course('ana');
}, 120_000);
afterAll(() => shell.remove());
vi.setConfig({ testTimeout: 120_000 });

test('several processes find what one finds, in the same order', () => {
  const broken = lessonWith({ steps: [sendStep({ solution: ['aws sqs list-queues'] })] });
  writeFileSync(join(shell.home, 'ana', 'sqs', '03-letter-3.json'), JSON.stringify(broken));
  const check = (jobs: string): string => {
    const { status, stdout } = shell.run([
      ...['lessons', 'check', '--lessons', 'ana', '--json', '--jobs', jobs],
    ]);
    expect(status).toBe(1);
    return stdout;
  };
  const alone = check('1');
  expect(alone).toContain('the goal is not met');
  expect(check('2')).toBe(alone);
  writeFileSync(join(shell.home, 'ana', 'sqs', '03-letter-3.json'), JSON.stringify(lessonWith()));
});

test('a course from elsewhere is listed and played, and its progress is its own', () => {
  const play = shell.run(['lesson', 'sqs/letter-1', '--plain', '--lessons', 'ana'], {
    input: "aws sqs send-message --queue-url orders --message-body 'a'\n:next\n1\n:next\n:quit\n",
  });
  expect(play.stdout).toContain('Letters 1/4 A lesson');
  expect(existsSync(join(shell.home, 'courses', 'ana.json'))).toBe(true);
  expect(existsSync(join(shell.home, 'progress.json'))).toBe(false);
  const list = shell.run(['lessons', 'list', '--lessons', 'ana']).stdout;
  expect(list).toMatch(/\[[x~]\] sqs\/letter-1/);
  expect(shell.run(['lessons', 'list']).stdout).not.toContain('letter-1');
  expect(shell.run(['frame', '--lessons', 'ana', '--plain']).stdout).toContain('Letters');
});

test('a course that forbids to skip says so in lines, too', () => {
  course('strict', { allowSkip: false });
  const { stdout } = shell.run(['lesson', 'sqs/letter-1', '--plain', '--lessons', 'strict'], {
    input: ":skip\naws sqs send-message --queue-url orders --message-body 'a'\n:quit\n",
  });
  expect(stdout).toContain('this course does not allow to skip: solve the step; hint and reset help');
  expect(stdout.indexOf('The goal is met')).toBeGreaterThan(stdout.indexOf('does not allow to skip'));
});

test('a requirement of the arena is wired and judged in lines', () => {
  const lines = [
    'aws sqs create-queue --queue-name in.fifo --attributes FifoQueue=true,VisibilityTimeout=20',
    'app create-consumer --name billing --from queue/in.fifo --concurrency 4',
    ...[':judge', ':reference', ':arena', ':quit'],
  ];
  const { stdout } = shell.run(['arena', 'charge-once', '--plain'], { input: `${lines.join('\n')}\n` });
  expect(stdout).toContain('# Charge each card once (charge-once)');
  expect(stdout).toMatch(/\d+ of 100; the load went to queue\/in\.fifo/);
  expect(stdout).toContain('The reference design: A FIFO queue');
  expect(stdout).toMatch(/charge-once {2}Charge each card once, best \d+/);
});

test('a folder that holds no course is named', () => {
  for (const words of [['lessons', 'list'], ['lesson', 'sqs/letter-1', '--plain'], ['facts']]) {
    const { status, stderr } = shell.run([...words, '--lessons', 'none']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('--lessons none: there is no such folder')]);
  }
});
