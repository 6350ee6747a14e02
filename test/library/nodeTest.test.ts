/** The examples run: under vitest by vitest itself, under node:test here. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from '../support/program.ts';

it('runs under node:test, from the package’s own name', () => {
  const { status, stdout } = spawnSync(process.execPath, ['--test', 'examples/orders.node-test.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
    // A runner within a runner reports to nobody.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  expect(stdout).toMatch(/pass 1/u);
  expect(status).toBe(0);
}, 60_000);
