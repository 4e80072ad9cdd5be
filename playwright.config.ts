// End-to-end tests on the built app, on the Chromium host or, with OFFHOOK_RUNTIME=electron, on the real Electron.
// They start the app themselves (tests/support), so no browser is configured here. Run by test.mjs and test:e2e.
import { defineConfig } from '@playwright/test';

const minutes = 60_000;

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  // Calls are real-time: two apps at once on a small machine would make late audio look like lost audio.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 1 * minutes,
  globalTimeout: 8 * minutes,
  expect: { timeout: 10_000 },
  reporter: [['list']],
});
