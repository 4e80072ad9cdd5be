// Unit, machine, contract, telephony, hub and UI tests. End-to-end tests run under Playwright (playwright.config.ts).
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/testing/longest-first.ts';

export default defineConfig({
  test: {
    // Real sockets and real audio on a small, busy machine: a wait has its own deadline, this is only the last resort.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // The long files wait for real time, not for the processor.
    maxWorkers: 4,
    // The programs that tests start, most of all hubs, are compiled once.
    env: {
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'offhook', 'compiled'),
    },
    sequence: { sequencer: LongestFirst },
    // As in playwright.config.ts: in CI a test on real sockets and audio may be tried twice.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/ui/**', 'tests/e2e/**'],
          environment: 'node',
          globalSetup: ['tests/support/postgres-for-all.ts'],
          // A worker loads the hub, JsSIP and the databases once for all its files. Nothing is mocked by module, and
          // each test makes what it uses itself, so that files have nothing to hide from one another.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'ui',
          include: ['tests/ui/**/*.test.tsx'],
          environment: 'jsdom',
          // A worker loads React, Mantine and the windows once for all its files, which takes as long as half of the tests.
          isolate: false,
          setupFiles: ['tests/support/between-ui-tests.ts'],
        },
      },
    ],
  },
});
