import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
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
