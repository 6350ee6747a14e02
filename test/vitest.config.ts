import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Sources whose rules `npm run mutants` has changed, by their path: they exist in memory only. */
const changed = new Map<string, string>(
  process.env.MUTANT_SOURCES ? JSON.parse(readFileSync(process.env.MUTANT_SOURCES, 'utf8')) : [],
);

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [{ name: 'changed-sources', enforce: 'pre', load: (id: string) => changed.get(id) }],
  test: {
    include: ['test/**/*.test.{ts,tsx}', 'examples/*.test.mjs'],
    // Modules hold no state, so that test files may share them: loading them anew for each file took longer than the tests.
    isolate: false,
    setupFiles: ['test/support/seed.ts'],
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
    env: { FORCE_COLOR: '0', NODE_ENV: 'test' },
  },
});
