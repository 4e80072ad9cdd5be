// Unit, machine, contract, telephony, hub and UI tests. End-to-end tests run under Playwright (playwright.config.ts).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Real sockets and real audio on a small, busy machine: a wait has its own deadline, this is only the last resort.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // The long files wait for real time, not for the processor.
    maxWorkers: 3,
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
        },
      },
      {
        extends: true,
        test: {
          name: 'ui',
          include: ['tests/ui/**/*.test.tsx'],
          environment: 'jsdom',
        },
      },
    ],
  },
});
