import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    env: { FORCE_COLOR: '0', NODE_ENV: 'test' },
  },
});
