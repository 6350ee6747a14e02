/** The practice exam from the shell: papers for print, grades, and lines. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { program, Shell } from '../support/program.ts';

let shell: Shell;
beforeAll(() => {
  program();
  shell = new Shell();
}, 120_000);
afterAll(() => shell.remove());
vi.setConfig({ testTimeout: 120_000 });

interface Printed {
  readonly questions: readonly {
    readonly choices: readonly { readonly letter: string; readonly right?: boolean }[];
  }[];
}

test('a paper is the same for one seed, and graded by its own key it passes', () => {
  const paper = ['exam', '--seed', '4', '--count', '6'];
  const first = shell.run([...paper, '--paper']);
  expect(first.stdout).toBe(shell.run([...paper, '--paper']).stdout);
  expect(first.stdout).toMatch(/^# 6 questions, seed 4\n\n1\. /u);
  const key = JSON.parse(shell.run([...paper, '--key', '--json']).stdout) as Printed;
  const answers = key.questions.map(({ choices }, index) => {
    const letters = choices.filter(({ right }) => right === true).map(({ letter }) => letter);
    return `${index + 1} ${letters.join(' ')}`;
  });
  const good = shell.run([...paper, '--grade', '-'], { input: answers.join('\n') });
  expect([good.status, good.stdout]).toEqual([0, expect.stringContaining('6 of 6 right, 100%: passed')]);
  const half = shell.run([...paper, '--grade', '-', '--json'], { input: answers.slice(0, 3).join('\n') });
  expect([half.status, JSON.parse(half.stdout)]).toEqual([
    1,
    expect.objectContaining({ right: 3, answered: 3 }),
  ]);
  const wrong = shell.run([...paper, '--grade', '-'], { input: '1 a\ntwo\n' });
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('line 2')]);
});

test('in lines it asks, gives the reasons, and keeps what was answered', () => {
  const { stdout, status } = shell.run(['exam', '--plain', '--practice', '--count', '1', '--seed', '3'], {
    input: 'a\n:desk\n:quit\n',
  });
  expect(status).toBe(0);
  expect(stdout).toContain('Question 1 of 1: ');
  expect(stdout).toMatch(/Right\.|Not so\.|letters are asked for/u);
  expect(stdout).toContain('Results, newest first:');
  const kept = JSON.parse(readFileSync(join(shell.home, 'progress.json'), 'utf8')) as {
    exam: { results: unknown[] };
  };
  expect(kept.exam.results).toHaveLength(1);
  expect(JSON.parse(shell.run(['exam', '--json']).stdout)).toMatchObject({ facts: 128 });
});
